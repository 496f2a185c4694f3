//! The hash chain: each entry of the journal is hashed together with the hash of the one before it.
//!
//! What is hashed is a fixed sequence of bytes, every text with its length before it, so that no two entries share one
//! and no field can flow into the next.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256 as Hasher};

use super::merkle::Frontier;
use crate::{
    key::RoundCode,
    record::{JournalEntry, Sha256, UserId},
};

/// Names what is hashed and how. Another order of fields is another tag.
const TAG: &[u8] = b"nachweis/journal/1\n";

/// What stands before the first entry.
pub const ORIGIN: Sha256 = Sha256([0; 32]);

/// The hash of an entry and, through its predecessor, of all before it.
pub type Link = Sha256;

/// The link of an entry that follows `before`.
///
/// ```
/// use nachweis_domain::{proof::{ORIGIN, chain::link}, record::{Action, JournalEntry}};
/// let first = JournalEntry {
///     position: 1,
///     at: chrono::DateTime::UNIX_EPOCH,
///     actor: None,
///     action: Action::SignedIn,
///     object: "a".to_owned(),
///     detail: "{}".to_owned(),
///     figures_of: None,
/// };
/// let moved = JournalEntry { object: String::new(), detail: "a{}".to_owned(), ..first.clone() };
/// assert_ne!(link(&ORIGIN, &first), link(&ORIGIN, &moved));
/// ```
pub fn link(before: &Link, entry: &JournalEntry) -> Link {
    Written::of(entry).link(before)
}

/// An entry as it was written: what is hashed, without any reading of it. An entry of another version of this program
/// can be followed, and one that was damaged can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'a> {
    /// The position, from 1.
    pub position: u64,
    /// When: microseconds since 1970 in UTC.
    pub at_micros: i64,
    /// Who.
    pub actor: Option<UserId>,
    /// What.
    pub action: &'a str,
    /// On which thing.
    pub object: &'a str,
    /// Values that belong to it, as JSON.
    pub detail: &'a str,
    /// The round whose figures or plans it changed.
    pub figures_of: Option<&'a str>,
}

impl<'a> Written<'a> {
    /// An entry as it is written.
    pub fn of(entry: &'a JournalEntry) -> Self {
        Self {
            position: entry.position,
            at_micros: entry.at.timestamp_micros(),
            actor: entry.actor,
            action: entry.action.as_str(),
            object: &entry.object,
            detail: &entry.detail,
            figures_of: entry.figures_of.as_ref().map(RoundCode::as_str),
        }
    }

    /// The link of the entry when it follows `before`.
    pub fn link(&self, before: &Link) -> Link {
        let mut hasher = Hasher::new();
        hasher.update(TAG);
        hasher.update(before.0);
        hasher.update(self.position.to_be_bytes());
        hasher.update(self.at_micros.to_be_bytes());
        match self.actor {
            Some(actor) => {
                hasher.update([1]);
                hasher.update(actor.0.as_bytes());
            }
            None => hasher.update([0]),
        }
        text(&mut hasher, self.action);
        text(&mut hasher, self.object);
        text(&mut hasher, self.detail);
        match self.figures_of {
            Some(round) => {
                hasher.update([1]);
                text(&mut hasher, round);
            }
            None => hasher.update([0]),
        }
        Sha256(hasher.finalize().into())
    }
}

/// Hashes a text with its length before it.
pub(super) fn text(hasher: &mut Hasher, text: &str) {
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    hasher.update(length.to_be_bytes());
    hasher.update(text);
}

/// What the journal comes down to at one position. Whoever keeps a head can later tell whether the journal before it
/// was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The position of the last entry; 0 before the first.
    pub position: u64,
    /// When that entry was written.
    pub at: DateTime<Utc>,
    /// The link of that entry; [`ORIGIN`] before the first.
    pub link: Link,
    /// The root of the Merkle tree over all links up to it.
    pub root: Sha256,
}

/// Names what a signature of a head covers.
const HEAD_TAG: &[u8] = b"nachweis/head/1\n";

impl Head {
    /// The bytes that are signed: a tag, the position and the moment (microseconds since 1970) as eight bytes each, most
    /// significant first, link and root.
    pub fn message(&self) -> Vec<u8> {
        let mut message = HEAD_TAG.to_vec();
        message.extend(self.position.to_be_bytes());
        message.extend(self.at.timestamp_micros().to_be_bytes());
        message.extend(self.link.0);
        message.extend(self.root.0);
        message
    }
}

/// What does not fit in a journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Entries are missing, doubled or out of order.
    #[error("entry {found} stands where {expected} belongs")]
    Position {
        /// What should stand there.
        expected: u64,
        /// What stands there.
        found: u64,
    },
    /// The entry, or one before it, is not what was hashed.
    #[error("entry {position} does not fit its hash")]
    Link {
        /// Where.
        position: u64,
    },
    /// Time ran backwards.
    #[error("entry {position} is older than the one before it")]
    Time {
        /// Where.
        position: u64,
    },
}

/// Follows a journal entry by entry and keeps its head. Memory does not grow with the journal.
#[derive(Clone, Debug)]
pub struct Follower {
    head: Head,
    tree: Frontier,
}

impl Default for Follower {
    fn default() -> Self {
        let tree = Frontier::default();
        Self {
            head: Head {
                position: 0,
                at: DateTime::UNIX_EPOCH,
                link: ORIGIN,
                root: tree.root(),
            },
            tree,
        }
    }
}

impl Follower {
    /// Takes the next entry with the link that was kept with it.
    ///
    /// The kept link is followed even where it does not fit, so that one changed entry is named once and not as a break
    /// of everything behind it.
    ///
    /// # Errors
    /// The first [`Break`] that the entry shows.
    pub fn follow(&mut self, entry: &Written<'_>, kept: &Link) -> Result<(), Break> {
        let expected = self.head.position + 1;
        let before = self.head.link;
        let last_at = self.head.at;
        self.head.position = entry.position;
        self.head.at = DateTime::from_timestamp_micros(entry.at_micros).unwrap_or(last_at);
        self.head.link = *kept;
        self.tree.push(kept);
        if entry.position != expected {
            return Err(Break::Position {
                expected,
                found: entry.position,
            });
        }
        if entry.link(&before) != *kept {
            return Err(Break::Link {
                position: entry.position,
            });
        }
        if entry.at_micros < last_at.timestamp_micros() {
            return Err(Break::Time {
                position: entry.position,
            });
        }
        Ok(())
    }

    /// The position of the last entry; 0 before the first.
    pub const fn position(&self) -> u64 {
        self.head.position
    }

    /// The link of the last entry; [`ORIGIN`] before the first.
    pub const fn link(&self) -> Link {
        self.head.link
    }

    /// The head so far.
    pub fn head(&self) -> Head {
        Head {
            root: self.tree.root(),
            ..self.head
        }
    }
}

#[cfg(test)]
mod tests;
