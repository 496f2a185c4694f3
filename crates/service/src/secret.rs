//! Keys that a deployment must keep secret: 32 bytes, never printed.

use std::{fmt, str::FromStr};

use crate::hex;

/// A secret key of 256 bits, written as 64 hexadecimal digits in the configuration.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key has 64 hexadecimal digits (256 bits) that are not all the same")]
pub struct SecretKeyError;

impl SecretKey {
    /// A new key from the operating system's randomness.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The key of these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key as the configuration holds it. Write it to a file that only the service may read.
    pub fn to_hex(&self) -> String {
        hex::encode(&self.0)
    }
}

impl FromStr for SecretKey {
    type Err = SecretKeyError;

    /// Refuses short keys and keys of one repeated digit, such as the zeros of an example.
    fn from_str(text: &str) -> Result<Self, SecretKeyError> {
        let text = text.trim();
        let first = text.chars().next();
        if text.chars().all(|digit| Some(digit) == first) {
            return Err(SecretKeyError);
        }
        hex::decode_32(text).map(Self).ok_or(SecretKeyError)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_way_through_the_configuration() {
        let key = SecretKey::random();
        assert_eq!(key.to_hex().parse(), Ok(key));
    }

    #[test]
    fn short_foreign_and_default_keys_are_refused() {
        for text in ["", "abc", &"0".repeat(64), &"z".repeat(64), &"ä".repeat(32)] {
            assert_eq!(text.parse::<SecretKey>(), Err(SecretKeyError), "{text}");
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", SecretKey::from_bytes([7; 32])), "SecretKey(…)");
    }
}
