//! What verification finds, each with its place and what it means.

use nachweis_domain::{
    cell::CellRef,
    language::{Language, Text},
    limits,
    proof::{Head, chain::Break},
    record::{Sha256, UploadId},
};
use nachweis_store::StoreError;
use serde::Serialize;

use crate::error::ServiceError;

/// Something in the record that is not what was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database itself finds its file damaged.
    Database {
        /// What it says.
        line: String,
    },
    /// Something could not be read to its end.
    Damaged {
        /// Why.
        error: Text,
    },
    /// An entry of the journal does not fit those before it.
    Journal {
        /// Where and how.
        found: Break,
    },
    /// The journal did not grow from a head that was kept outside.
    Head {
        /// The head.
        kept: Head,
    },
    /// A hash that somebody noted is not in the chain.
    Expected {
        /// The hash.
        hash: Sha256,
    },
    /// Rows are not those for which the journal vouches.
    Rows {
        /// Table and key.
        group: String,
        /// The entry that vouches for them.
        position: u64,
    },
    /// Rows for which the journal vouches are gone.
    Missing {
        /// Table and key.
        group: String,
        /// The entry that vouches for them.
        position: u64,
    },
    /// Rows that the journal does not know.
    Strange {
        /// Table and key.
        group: String,
    },
    /// An entry vouches anew for rows that are written once.
    Again {
        /// Table and key.
        group: String,
        /// The entry that vouches for them.
        first: u64,
        /// The entry that does so again.
        position: u64,
    },
    /// An entry vouches for rows, and entries of its kind do not.
    Vouched {
        /// Table and key.
        group: String,
        /// The entry.
        position: u64,
    },
    /// An original has other bytes.
    Original {
        /// What it was.
        sha256: Sha256,
    },
    /// An original is gone.
    OriginalMissing {
        /// What it was.
        sha256: Sha256,
    },
    /// An original that belongs to no upload.
    Orphan {
        /// What it is.
        sha256: Sha256,
    },
    /// A report that was frozen with a closed quarter has other bytes.
    Frozen {
        /// Round, quarter and file.
        name: String,
    },
    /// An original can no longer be read.
    Unread {
        /// The upload.
        upload: UploadId,
        /// The original.
        sha256: Sha256,
    },
    /// A figure is not what reading its original gives.
    Figure {
        /// The upload.
        upload: UploadId,
        /// The cell.
        cell: CellRef,
    },
}

/// Where a fault is, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The stable code of the fault.
    pub code: &'static str,
    /// The position in the journal, if it has one.
    pub position: Option<u64>,
    /// Table and key, hash or cell.
    pub at: String,
}

impl Fault {
    /// The stable code and the place.
    pub fn place(&self) -> Place {
        let (code, position, at) = match self {
            Self::Database { line } => ("database-damaged", None, line.clone()),
            Self::Damaged { error } => ("damaged", None, error.en.clone()),
            Self::Journal { found } => {
                let (code, position) = match found {
                    Break::Position { found, .. } => ("journal-position", *found),
                    Break::Link { position } => ("journal-entry", *position),
                    Break::Time { position } => ("journal-time", *position),
                };
                (code, Some(position), "journal".to_owned())
            }
            Self::Head { kept } => ("head", Some(kept.position), kept.link.to_string()),
            Self::Expected { hash } => ("expected-head", None, hash.to_string()),
            Self::Rows { group, position } => ("rows-changed", Some(*position), group.clone()),
            Self::Missing { group, position } => ("rows-missing", Some(*position), group.clone()),
            Self::Strange { group } => ("rows-unknown", None, group.clone()),
            Self::Again { group, position, .. } => ("rows-vouched-again", Some(*position), group.clone()),
            Self::Vouched { group, position } => ("rows-vouched-wrongly", Some(*position), group.clone()),
            Self::Original { sha256 } => ("original-changed", None, sha256.to_string()),
            Self::OriginalMissing { sha256 } => ("original-missing", None, sha256.to_string()),
            Self::Orphan { sha256 } => ("original-unknown", None, sha256.to_string()),
            Self::Frozen { name } => ("frozen-changed", None, name.clone()),
            Self::Unread { sha256, .. } => ("original-unread", None, sha256.to_string()),
            Self::Figure { upload, cell } => ("figure-differs", None, format!("{upload} {cell}")),
        };
        Place { code, position, at }
    }

    /// A whole sentence with the place.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => self.german(),
            Language::En => self.english(),
        }
    }

    fn german(&self) -> String {
        match self {
            Self::Database { line } => format!("Die Datenbank meldet eine Beschädigung: {line}"),
            Self::Damaged { error } => {
                format!("Etwas konnte nicht bis zum Ende gelesen werden: {}", error.de)
            }
            Self::Journal { found } => match found {
                Break::Position { expected, found } => format!(
                    "Journal: An der Stelle von Eintrag {expected} steht Eintrag {found}; Einträge fehlen, sind doppelt oder vertauscht."
                ),
                Break::Link { position } => format!(
                    "Journal, Eintrag {position}: Der Eintrag passt nicht zu seinem Hash; er oder der vor ihm wurde geändert."
                ),
                Break::Time { position } => {
                    format!("Journal, Eintrag {position}: Er ist älter als der Eintrag vor ihm.")
                }
            },
            Self::Head { kept } => format!(
                "Journal: Der aufbewahrte Kopf bei Eintrag {} ({}) ist nicht der dieses Journals; es wurde davor geändert oder neu geschrieben.",
                kept.position, kept.link
            ),
            Self::Expected { hash } => format!("Journal: Der erwartete Kopf {hash} kommt nicht vor."),
            Self::Rows { group, position } => format!(
                "{group}: Die Zeilen sind nicht die, die Eintrag {position} des Journals bezeugt; sie wurden am Programm vorbei geändert."
            ),
            Self::Missing { group, position } => {
                format!("{group}: Zeilen, die Eintrag {position} des Journals bezeugt, fehlen.")
            }
            Self::Strange { group } => {
                format!("{group}: Für diese Zeilen gibt es keinen Eintrag im Journal.")
            }
            Self::Again {
                group,
                first,
                position,
            } => format!(
                "{group}: Eintrag {position} des Journals bezeugt noch einmal Zeilen, die nur einmal geschrieben werden; er kam am Programm vorbei hinzu. Es gilt, was Eintrag {first} bezeugt."
            ),
            Self::Vouched { group, position } => format!(
                "{group}: Eintrag {position} des Journals bezeugt diese Zeilen, was ein Eintrag seiner Art nicht tut; er kam am Programm vorbei hinzu."
            ),
            Self::Original { sha256 } => format!("Original {sha256}: Seine Bytes haben einen anderen Hash."),
            Self::OriginalMissing { sha256 } => format!("Original {sha256}: Die Datei fehlt."),
            Self::Orphan { sha256 } => format!("Original {sha256}: Es gehört zu keiner Einreichung."),
            Self::Frozen { name } => {
                format!("Eingefrorener Bericht {name}: Seine Bytes haben einen anderen Hash.")
            }
            Self::Unread { upload, sha256 } => {
                format!("Original {sha256} (Einreichung {upload}): Es kann nicht mehr gelesen werden.")
            }
            Self::Figure { upload, cell } => format!(
                "Einreichung {upload}, {cell}: Die gespeicherte Zahl ist nicht die, die das Original enthält."
            ),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Database { line } => format!("The database reports damage: {line}"),
            Self::Damaged { error } => format!("Something could not be read to its end: {}", error.en),
            Self::Journal { found } => match found {
                Break::Position { expected, found } => format!(
                    "Journal: entry {found} stands where entry {expected} belongs; entries are missing, doubled or out of order."
                ),
                Break::Link { position } => format!(
                    "Journal, entry {position}: the entry does not fit its hash; it or the one before it was changed."
                ),
                Break::Time { position } => {
                    format!("Journal, entry {position}: it is older than the entry before it.")
                }
            },
            Self::Head { kept } => format!(
                "Journal: the head kept at entry {} ({}) is not that of this journal; it was changed before it or written anew.",
                kept.position, kept.link
            ),
            Self::Expected { hash } => format!("Journal: the expected head {hash} does not occur."),
            Self::Rows { group, position } => format!(
                "{group}: the rows are not those for which entry {position} of the journal vouches; they were changed behind the program's back."
            ),
            Self::Missing { group, position } => {
                format!("{group}: rows for which entry {position} of the journal vouches are missing.")
            }
            Self::Strange { group } => format!("{group}: there is no entry in the journal for these rows."),
            Self::Again {
                group,
                first,
                position,
            } => format!(
                "{group}: entry {position} of the journal vouches again for rows that are written only once; it was added behind the program's back. What counts is what entry {first} vouches for."
            ),
            Self::Vouched { group, position } => format!(
                "{group}: entry {position} of the journal vouches for these rows, which an entry of its kind does not do; it was added behind the program's back."
            ),
            Self::Original { sha256 } => format!("Original {sha256}: its bytes have another hash."),
            Self::OriginalMissing { sha256 } => format!("Original {sha256}: the file is missing."),
            Self::Orphan { sha256 } => format!("Original {sha256}: it belongs to no upload."),
            Self::Frozen { name } => format!("Frozen report {name}: its bytes have another hash."),
            Self::Unread { upload, sha256 } => {
                format!("Original {sha256} (upload {upload}): it can no longer be read.")
            }
            Self::Figure { upload, cell } => {
                format!("Upload {upload}, {cell}: the figure kept is not the one that the original holds.")
            }
        }
    }
}

/// Faults, of which so many are told one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    told: Vec<Fault>,
    further: u64,
}

impl Faults {
    /// Adds one.
    pub(super) fn add(&mut self, fault: Fault) {
        if self.told.len() < limits::FAULTS_TOLD.size() {
            self.told.push(fault);
        } else {
            self.further += 1;
        }
    }

    /// Adds those of another list.
    pub(super) fn append(&mut self, other: Self) {
        other.told.into_iter().for_each(|fault| self.add(fault));
        self.further += other.further;
    }

    /// Those that are told one by one.
    pub fn told(&self) -> &[Fault] {
        &self.told
    }

    /// How many there are in all.
    pub fn count(&self) -> u64 {
        u64::try_from(self.told.len())
            .unwrap_or(u64::MAX)
            .saturating_add(self.further)
    }
}

/// Notes what could not be read and goes on; a database that is not there or too busy ends it.
pub(super) fn or_damaged(done: Result<(), StoreError>, faults: &mut Faults) -> Result<(), ServiceError> {
    match done {
        Ok(()) => Ok(()),
        Err(error @ (StoreError::Unreachable { .. } | StoreError::Busy)) => Err(error.into()),
        Err(error) => {
            faults.add(Fault::Damaged {
                error: Text::new(error.text(Language::De), error.text(Language::En)),
            });
            Ok(())
        }
    }
}
