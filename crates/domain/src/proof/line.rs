//! A journal outside the database: one line of JSON for each entry, one for the head at its end. Whoever has the file can
//! follow the chain without the service.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Head, Link,
    chain::{Break, Follower, Written},
};
use crate::record::UserId;

/// The format that the first line names.
pub const FORMAT: &str = "nachweis-journal-1";

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Line {
    /// The first line: which format the file has.
    Format(String),
    /// An entry with its link.
    Entry(Entry),
    /// The last line: what the entries come down to.
    Head(Head),
}

/// An entry as the file holds it: each text is what was hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The position, from 1.
    pub position: u64,
    /// When, in UTC with microseconds.
    pub at: String,
    /// Who; `null` for the system.
    pub actor: Option<UserId>,
    /// What.
    pub action: String,
    /// On which thing.
    pub object: String,
    /// Values that belong to it: JSON as text, since its very bytes are hashed.
    pub detail: String,
    /// The round whose figures or plans it changed.
    pub figures_of: Option<String>,
    /// Its link.
    pub link: Link,
}

impl Entry {
    /// An entry for the file.
    pub fn new(written: &Written<'_>, link: Link) -> Self {
        let at = DateTime::from_timestamp_micros(written.at_micros).unwrap_or(DateTime::UNIX_EPOCH);
        Self {
            position: written.position,
            at: spelled(at),
            actor: written.actor,
            action: written.action.to_owned(),
            object: written.object.to_owned(),
            detail: written.detail.to_owned(),
            figures_of: written.figures_of.map(ToOwned::to_owned),
            link,
        }
    }

    /// The moment, when it is spelled as [`Entry::new`] does: the chain hashes the moment, not its spelling.
    fn at_micros(&self) -> Option<i64> {
        let at: DateTime<Utc> = self.at.parse().ok()?;
        (spelled(at) == self.at).then_some(at.timestamp_micros())
    }

    fn written(&self) -> Option<Written<'_>> {
        Some(Written {
            position: self.position,
            at_micros: self.at_micros()?,
            actor: self.actor,
            action: &self.action,
            object: &self.object,
            detail: &self.detail,
            figures_of: self.figures_of.as_deref(),
        })
    }
}

fn spelled(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A line is not what this format writes, byte for byte.
    Line {
        /// The line, from 1.
        line: u64,
    },
    /// An entry does not fit those before it.
    Entry {
        /// The line, from 1.
        line: u64,
        /// How.
        found: Break,
    },
    /// The head at the end is not that of the entries.
    Head {
        /// The line, from 1.
        line: u64,
    },
    /// The file ends without its head: lines are missing.
    Truncated,
}

/// Follows a file line by line. Memory does not grow with it.
#[derive(Clone, Debug, Default)]
pub struct FileFollower {
    lines: u64,
    follower: Follower,
    ended: bool,
}

impl FileFollower {
    /// Takes the next line, without its line break.
    ///
    /// # Errors
    /// The [`Fault`] that the line shows; the following lines can still be taken.
    pub fn take(&mut self, text: &str) -> Result<(), Fault> {
        self.lines += 1;
        let line = self.lines;
        let parsed: Line = serde_json::from_str(text).map_err(|_not_ours| Fault::Line { line })?;
        // Bytes that change nothing in meaning are a change all the same.
        if serde_json::to_string(&parsed).ok().as_deref() != Some(text) || self.ended {
            return Err(Fault::Line { line });
        }
        match parsed {
            Line::Format(format) if line == 1 && format == FORMAT => Ok(()),
            Line::Entry(entry) if line > 1 => {
                let written = entry.written().ok_or(Fault::Line { line })?;
                let followed = self.follower.follow(&written, &entry.link);
                followed.map_err(|found| Fault::Entry { line, found })
            }
            Line::Head(head) if line > 1 => {
                self.ended = true;
                if head == self.follower.head() {
                    Ok(())
                } else {
                    Err(Fault::Head { line })
                }
            }
            _ => Err(Fault::Line { line }),
        }
    }

    /// What the entries come down to.
    ///
    /// # Errors
    /// [`Fault::Truncated`] when the last line was no head.
    pub fn end(&self) -> Result<Head, Fault> {
        if self.ended {
            Ok(self.follower.head())
        } else {
            Err(Fault::Truncated)
        }
    }

    /// The position of the last entry.
    pub const fn position(&self) -> u64 {
        self.follower.position()
    }

    /// The link of the last entry.
    pub const fn link(&self) -> Link {
        self.follower.link()
    }

    /// The head of the entries so far.
    pub fn head(&self) -> Head {
        self.follower.head()
    }
}

#[cfg(test)]
mod tests;
