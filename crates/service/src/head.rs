//! Heads of the journal: what the whole record comes down to, signed, to be kept where the operator of the database
//! cannot change it.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use nachweis_domain::{
    access::{Act, Caller},
    language::Text,
    proof::{Head, ORIGIN, chain::Follower, merkle},
    record::Sha256,
};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Doing, ServiceError},
    gate, hex,
    secret::SecretKey,
    service::Service,
};

/// The most of a file of heads that is read: more than a century of hourly heads.
const HEADS_FILE_LIMIT: u64 = 512 * 1024 * 1024;

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
        self.follow(&mut follower, u64::MAX, &mut |_| {})?;
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
        each: &mut dyn FnMut(&Follower),
    ) -> Result<(), ServiceError> {
        let after = follower.position();
        self.store.for_each_link(after, &mut |linked| {
            if linked.entry.position > to {
                return Ok(());
            }
            follower
                .follow(&linked.entry, &linked.link.unwrap_or(ORIGIN))
                .map_err(|_broken| broken(linked.entry.position))?;
            each(follower);
            Ok::<(), ServiceError>(())
        })
    }

    /// Writes the head of now to the end of a file, unless it is there already, and gives it. Before, every head of the
    /// file is compared with the journal: a journal that did not grow from them gets no new signature.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when a head of the file is not signed by this key, or the journal did not grow from it;
    /// [`ServiceError::File`] when the file cannot be read or written; or when the database fails.
    pub fn note_head(&self, key: &HeadKey, file: &Path) -> Result<SignedHead, ServiceError> {
        let mut kept = if file.exists() {
            read_heads(file)?
        } else {
            Vec::new()
        };
        if kept.iter().any(|head| !head.is_signed_by(&key.public())) {
            return Err(foreign_head());
        }
        kept.sort_by_key(|signed| signed.head.position);
        let mut follower = Follower::default();
        for signed in &kept {
            self.follow(&mut follower, signed.head.position, &mut |_| {})?;
            if follower.head() != signed.head {
                return Err(broken(signed.head.position));
            }
        }
        self.follow(&mut follower, u64::MAX, &mut |_| {})?;
        let signed = key.sign(follower.head());
        if kept.last().is_none_or(|last| last.head != signed.head) {
            append(file, &signed)?;
        }
        Ok(signed)
    }
}

/// The heads of a file, one JSON object a line.
///
/// # Errors
/// [`ServiceError::File`] when it cannot be read, [`ServiceError::Invalid`] when a line is no signed head.
pub fn read_heads(file: &Path) -> Result<Vec<SignedHead>, ServiceError> {
    let failed = |source| ServiceError::File {
        doing: Doing::Read,
        path: file.to_owned(),
        source,
    };
    let opened = File::open(file).map_err(failed)?.take(HEADS_FILE_LIMIT);
    let mut heads = Vec::new();
    for (index, line) in BufReader::new(opened).lines().enumerate() {
        let line = line.map_err(failed)?;
        if !line.trim().is_empty() {
            heads.push(serde_json::from_str(&line).map_err(|_line| not_a_head(index + 1))?);
        }
    }
    Ok(heads)
}

fn append(file: &Path, head: &SignedHead) -> Result<(), ServiceError> {
    let failed = |source| ServiceError::File {
        doing: Doing::Write,
        path: file.to_owned(),
        source,
    };
    let line = serde_json::to_string(head).map_err(|error| failed(error.into()))?;
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .map_err(failed)?;
    file.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
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

fn foreign_head() -> ServiceError {
    ServiceError::Invalid {
        code: "head-not-signed",
        text: Text::new(
            "In der Datei der Köpfe steht einer, den dieser Schlüssel nicht unterschrieben hat. Bitte NACHWEIS_HEAD_KEY und die Datei prüfen.",
            "The file of heads holds one that this key did not sign. Please check NACHWEIS_HEAD_KEY and the file.",
        ),
    }
}

fn not_a_head(line: usize) -> ServiceError {
    ServiceError::Invalid {
        code: "not-a-head",
        text: Text::new(
            format!("Zeile {line} der Datei der Köpfe ist kein unterschriebener Kopf."),
            format!("Line {line} of the file of heads is no signed head."),
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
