//! The keyed seal of an issued workbook: who holds the key can tell that this server issued exactly this content.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use nachweis_domain::record::Sha256;
use sha2::{Digest as _, Sha256 as Hasher};

/// What is hashed before the checksum, so that a seal of something else can never pass for one of a workbook.
const PURPOSE: &[u8] = b"nachweis issued workbook 1\n";

/// The server's key for seals. Never printed.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl SealKey {
    /// The key of these 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What stands in the record for something that must not: only who holds the key can tell whether it is this.
    pub fn keyed_hash(&self, purpose: &str, content: &[u8]) -> Sha256 {
        // HMAC takes keys of any length; the default cannot occur.
        let Ok(mut mac) = Hmac::<Hasher>::new_from_slice(&self.0) else {
            return Sha256([0; 32]);
        };
        for part in [
            b"nachweis keyed hash 1\n".as_slice(),
            purpose.as_bytes(),
            b"\n",
            content,
        ] {
            mac.update(part);
        }
        Sha256(mac.finalize().into_bytes().into())
    }

    /// The seal on a checksum: HMAC-SHA-256.
    pub(crate) fn seal(&self, checksum: &Sha256) -> Sha256 {
        self.mac(checksum)
            .map_or(Sha256([0; 32]), |mac| Sha256(mac.finalize().into_bytes().into()))
    }

    /// Whether a seal belongs to a checksum, compared in constant time.
    pub(crate) fn has_sealed(&self, checksum: &Sha256, seal: &Sha256) -> bool {
        self.mac(checksum)
            .is_some_and(|mac| mac.verify_slice(&seal.0).is_ok())
    }

    fn mac(&self, checksum: &Sha256) -> Option<Hmac<Hasher>> {
        // HMAC takes keys of any length; `None` cannot occur.
        let mut mac = Hmac::<Hasher>::new_from_slice(&self.0).ok()?;
        mac.update(PURPOSE);
        mac.update(&checksum.0);
        Some(mac)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(..)")
    }
}

/// The SHA-256 of a text.
pub(crate) fn checksum(text: &str) -> Sha256 {
    Sha256(Hasher::digest(text.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_key_and_its_content_only() {
        let key = SealKey::from_bytes([7; 32]);
        let content = checksum("content");
        let seal = key.seal(&content);
        assert!(key.has_sealed(&content, &seal));
        assert!(!key.has_sealed(&checksum("Content"), &seal));
        assert!(!SealKey::from_bytes([8; 32]).has_sealed(&content, &seal));
        assert!(!key.has_sealed(&content, &Sha256([0; 32])));
    }

    #[test]
    fn a_keyed_hash_depends_on_key_purpose_and_content() {
        let key = SealKey::from_bytes([7; 32]);
        let hash = key.keyed_hash("a", b"b");
        assert_eq!(hash, key.keyed_hash("a", b"b"));
        for other in [
            SealKey::from_bytes([8; 32]).keyed_hash("a", b"b"),
            key.keyed_hash("b", b"b"),
            key.keyed_hash("a", b"a"),
        ] {
            assert_ne!(hash, other);
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", SealKey::from_bytes([7; 32])), "SealKey(..)");
    }
}
