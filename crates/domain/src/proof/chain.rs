//! The hash chain: each entry of the journal is hashed together with the hash of the one before it.
//!
//! What is hashed is a fixed sequence of bytes, every text with its length before it, so that no two entries share one
//! and no field can flow into the next.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256 as Hasher};

use super::merkle::Frontier;
use crate::record::{JournalEntry, Sha256};

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
    let mut hasher = Hasher::new();
    hasher.update(TAG);
    hasher.update(before.0);
    hasher.update(entry.position.to_be_bytes());
    hasher.update(entry.at.timestamp_micros().to_be_bytes());
    match entry.actor {
        Some(actor) => {
            hasher.update([1]);
            hasher.update(actor.0.as_bytes());
        }
        None => hasher.update([0]),
    }
    text(&mut hasher, entry.action.as_str());
    text(&mut hasher, &entry.object);
    text(&mut hasher, &entry.detail);
    match &entry.figures_of {
        Some(round) => {
            hasher.update([1]);
            text(&mut hasher, round.as_str());
        }
        None => hasher.update([0]),
    }
    Sha256(hasher.finalize().into())
}

fn text(hasher: &mut Hasher, text: &str) {
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
    pub fn follow(&mut self, entry: &JournalEntry, kept: &Link) -> Result<(), Break> {
        let expected = self.head.position + 1;
        let before = self.head.link;
        let last_at = self.head.at;
        self.head.position = entry.position;
        self.head.at = entry.at;
        self.head.link = *kept;
        self.tree.push(kept);
        if entry.position != expected {
            return Err(Break::Position {
                expected,
                found: entry.position,
            });
        }
        if link(&before, entry) != *kept {
            return Err(Break::Link {
                position: entry.position,
            });
        }
        if entry.at < last_at {
            return Err(Break::Time {
                position: entry.position,
            });
        }
        Ok(())
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
