//! Heads of the journal: what the whole record comes down to, signed, to be kept where the operator of the database
//! cannot change it.

use std::path::Path;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use nachweis_domain::{
    access::{Act, Caller},
    language::Text,
    proof::{Head, ORIGIN, chain::Follower, merkle},
    record::Sha256,
};
use serde::{Deserialize, Serialize};

use crate::{error::ServiceError, gate, hex, secret::SecretKey, service::Service};

mod file;

pub use file::{KeptHeads, read_heads};

/// The key that signs heads (Ed25519, RFC 8032): 32 secret bytes, the seed.
pub struct HeadKey(Ed25519KeyPair);

impl std::fmt::Debug for HeadKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeadKey({})", self.public())
    }
}

impl HeadKey {
    /// The key of a seed; `None` when the library does not take it.
    pub fn new(seed: &SecretKey) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed.as_bytes())
            .ok()
            .map(Self)
    }

    /// The public half, which everybody may have.
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        for (byte, given) in bytes.iter_mut().zip(self.0.public_key().as_ref()) {
            *byte = *given;
        }
        PublicKey(Sha256(bytes))
    }

    /// Signs a head.
    pub fn sign(&self, head: Head) -> SignedHead {
        SignedHead {
            head,
            key: self.public(),
            signature: hex::encode(self.0.sign(&head.message()).as_ref()),
        }
    }
}

/// The public half of a [`HeadKey`], written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(Sha256);

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for PublicKey {
    type Err = nachweis_domain::record::Sha256Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim().parse().map(Self)
    }
}

/// A head with a signature over [`Head::message`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// The head.
    #[serde(flatten)]
    pub head: Head,
    /// The public key.
    pub key: PublicKey,
    /// The signature: 128 hexadecimal digits.
    pub signature: String,
}

impl SignedHead {
    /// Whether the holder of a key signed exactly this head.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let Some(signature) = hex::decode::<64>(&self.signature) else {
            return false;
        };
        let public = UnparsedPublicKey::new(&ED25519, (key.0).0);
        self.key == *key && public.verify(&self.head.message(), &signature).is_ok()
    }
}

/// That a later journal only added to an earlier one (RFC 9162 §2.1.4), for whoever has both heads and no journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consistency {
    /// The earlier head.
    pub from: Head,
    /// The later head.
    pub to: Head,
    /// The nodes of the proof, in the order of the RFC.
    pub proof: Vec<Sha256>,
}

impl Consistency {
    /// Whether the proof holds.
    pub fn holds(&self) -> bool {
        let (from, to) = (&self.from, &self.to);
        merkle::consistent(&from.root, from.position, &to.root, to.position, &self.proof)
    }
}

impl Service {
    /// What the journal comes down to now.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all who may not read the journal; [`ServiceError::Invalid`] when the journal does
    /// not fit together, with the position; or when the database fails.
    pub fn head(&self, caller: &Caller) -> Result<Head, ServiceError> {
        gate::programme(caller, Act::ReadJournal)?;
        let mut follower = Follower::default();
        self.follow(&mut follower, u64::MAX, &mut |_| Ok(()))?;
        Ok(follower.head())
    }

    /// Proves that the journal up to one position grew into the journal up to a later one.
    ///
    /// # Errors
    /// As [`Service::head`]; [`ServiceError::Invalid`] unless `0 < from ≤ to` and both are in the journal.
    pub fn consistency(&self, caller: &Caller, from: u64, to: u64) -> Result<Consistency, ServiceError> {
        gate::programme(caller, Act::ReadJournal)?;
        let mut follower = Follower::default();
        let mut leaves = Vec::new();
        let mut old = None;
        self.follow(&mut follower, to, &mut |follower| {
            leaves.push(merkle::leaf(&follower.link()));
            if follower.position() == from {
                old = Some(follower.head());
            }
            Ok(())
        })?;
        let head = follower.head();
        let size = usize::try_from(from).unwrap_or(usize::MAX);
        let proof = merkle::consistency_proof(&leaves, size);
        let (Some(from), Some(proof), true) = (old, proof, head.position == to) else {
            return Err(no_such_positions(head.position));
        };
        Ok(Consistency {
            from,
            to: head,
            proof,
        })
    }

    /// Follows the journal up to a position and tells after each entry.
    fn follow(
        &self,
        follower: &mut Follower,
        to: u64,
        each: &mut dyn FnMut(&Follower) -> Result<(), ServiceError>,
    ) -> Result<(), ServiceError> {
        self.store.for_each_link_up_to(to, &mut |linked| {
            follower
                .follow(&linked.entry, &linked.link.unwrap_or(ORIGIN))
                .map_err(|_broken| broken(linked.entry.position))?;
            each(follower)
        })
    }

    /// Writes the head of now to the end of a file, unless it is there already. Before, every head of the file is compared
    /// with the journal, which is followed once: a journal that did not grow from them gets no new signature.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when a head of the file is not signed by this key, or the journal did not grow from it;
    /// [`ServiceError::File`] when the file cannot be read or written; or when the database fails.
    pub fn note_head(&self, key: &HeadKey, file: &Path) -> Result<NotedHead, ServiceError> {
        let kept = if file.exists() {
            read_heads(file)?
        } else {
            KeptHeads::default()
        };
        if let Some(line) = kept.foreign(&[key.public()]) {
            return Err(foreign_head(line));
        }
        let found = kept.heads().count();
        let mut heads: Vec<Head> = kept.heads().map(|signed| signed.head).collect();
        heads.sort_by_key(|head| head.position);
        let mut heads = heads.into_iter().peekable();
        let mut follower = Follower::default();
        let mut compare = |follower: &Follower| {
            while let Some(head) = heads.next_if(|head| head.position <= follower.position()) {
                if head != follower.head() {
                    return Err(broken(head.position));
                }
            }
            Ok(())
        };
        compare(&follower)?;
        self.follow(&mut follower, u64::MAX, &mut compare)?;
        if let Some(beyond) = heads.next() {
            return Err(broken(beyond.position));
        }
        let signed = key.sign(follower.head());
        let is_new = kept.heads().all(|kept| kept.head != signed.head);
        if is_new {
            kept.append(file, &signed)?;
        }
        Ok(NotedHead {
            signed,
            found,
            kept: found + usize::from(is_new),
            torn: kept.torn_at_the_end(),
        })
    }
}

/// A head that was noted in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedHead {
    /// The head of now.
    pub signed: SignedHead,
    /// Heads that the file held before: none where there was no file.
    pub found: usize,
    /// Heads that it holds now.
    pub kept: usize,
    /// The last line of the file, when it ended in the middle of a head. The head of now stands on the line after it.
    pub torn: Option<usize>,
}

fn broken(position: u64) -> ServiceError {
    ServiceError::Invalid {
        code: "journal-broken",
        text: Text::new(
            format!(
                "Das Journal passt bei Eintrag {position} nicht zusammen. Es wird kein Kopf unterschrieben; `nachweis verify` nennt alles, was abweicht."
            ),
            format!(
                "The journal does not fit together at entry {position}. No head is signed; `nachweis verify` names everything that differs."
            ),
        ),
    }
}

fn foreign_head(line: usize) -> ServiceError {
    ServiceError::Invalid {
        code: "head-not-signed",
        text: Text::new(
            format!(
                "Zeile {line} der Datei der Köpfe hält einen, den dieser Schlüssel nicht unterschrieben hat. Bitte NACHWEIS_HEAD_KEY und die Datei prüfen; ein neuer Schlüssel beginnt eine neue Datei."
            ),
            format!(
                "Line {line} of the file of heads holds one that this key did not sign. Please check NACHWEIS_HEAD_KEY and the file; a new key begins a new file."
            ),
        ),
    }
}

fn no_such_positions(last: u64) -> ServiceError {
    ServiceError::Invalid {
        code: "no-such-entries",
        text: Text::new(
            format!("Das Journal hat die Einträge 1 bis {last}; der frühere muss vor dem späteren stehen."),
            format!("The journal has the entries 1 to {last}; the earlier must stand before the later."),
        ),
    }
}
