//! Why the store could not do something: typed, with a remedy in both languages.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use nachweis_domain::{language::Language, record::UploadState};

/// Why the store could not do something. Messages never hold a password, nor values of a workbook.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no database at this place yet.
    #[error("{}", self.text(Language::En))]
    Absent {
        /// The address without its password.
        place: String,
    },
    /// There is a database, but of another program.
    #[error("{}", self.text(Language::En))]
    NotOurs {
        /// The address without its password.
        place: String,
    },
    /// The database is older than this program.
    #[error("{}", self.text(Language::En))]
    Older {
        /// The address without its password.
        place: String,
        /// Migrations that it lacks.
        missing: Vec<String>,
    },
    /// The database is newer than this program.
    #[error("{}", self.text(Language::En))]
    Newer {
        /// The address without its password.
        place: String,
        /// Migrations that this program does not know.
        unknown: Vec<String>,
    },
    /// The database cannot be reached.
    #[error("{}", self.text(Language::En))]
    Unreachable {
        /// The address without its password.
        place: String,
        /// What the database or system said.
        reason: String,
    },
    /// No space is left where the database lies.
    #[error("{}", self.text(Language::En))]
    Full,
    /// The database can be read but not written.
    #[error("{}", self.text(Language::En))]
    ReadOnly,
    /// Others kept the database busy for too long; trying again later helps.
    #[error("{}", self.text(Language::En))]
    Busy,
    /// The record does not know this thing.
    #[error("{}", self.text(Language::En))]
    Unknown {
        /// What was looked for.
        thing: Thing,
        /// Its number, code or id.
        key: String,
    },
    /// The state of the upload forbids it.
    #[error("{}", self.text(Language::En))]
    State {
        /// The state it is in.
        found: UploadState,
    },
    /// Something else in the record forbids it.
    #[error("{}", self.text(Language::En))]
    Conflict(Conflict),
    /// A value that the record cannot hold: beyond the limits of amounts, counts or rows.
    #[error("{}", self.text(Language::En))]
    Unfit {
        /// Which value.
        what: &'static str,
    },
    /// A kept row cannot be read back: the record was changed behind its back or is damaged.
    #[error("{}", self.text(Language::En))]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The id of the row.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Any other failure of the database.
    #[error("the database could not {operation}")]
    Query {
        /// What was being done, as a verb with its object.
        operation: &'static str,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A kind of thing in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A funding round.
    Round,
    /// A regional network.
    Network,
    /// A subproject.
    Subproject,
    /// A plan version.
    Plan,
    /// An upload.
    Upload,
    /// A finding of an upload.
    Finding,
    /// A person with an account.
    User,
}

impl Thing {
    const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Round => language.pick("die Förderrunde", "funding round"),
            Self::Network => language.pick("das Netzwerk", "network"),
            Self::Subproject => language.pick("das Teilvorhaben", "subproject"),
            Self::Plan => language.pick("den Finanzierungsplan", "plan version"),
            Self::Upload => language.pick("die Einreichung", "upload"),
            Self::Finding => language.pick("die Feststellung", "finding"),
            Self::User => language.pick("das Konto", "account"),
        }
    }
}

/// What in the record stands against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Another revision of the quarter is submitted and not yet decided.
    OpenRevision {
        /// Its number.
        revision: u32,
    },
    /// A newer revision of the quarter was already accepted.
    NewerRevision {
        /// Its number.
        revision: u32,
    },
    /// Four eyes: nobody decides on what they handed in.
    FourEyes,
    /// The sign-in name is taken (capitals do not count).
    LoginTaken {
        /// The name.
        name: String,
    },
    /// A subproject's number belongs to another round.
    OtherRound {
        /// The number.
        subproject: String,
    },
    /// Two people changed the same thing at the same time.
    Concurrent,
}

impl StoreError {
    /// The stable code in logs and problems.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "database_absent",
            Self::NotOurs { .. } => "database_not_ours",
            Self::Older { .. } => "database_older",
            Self::Newer { .. } => "database_newer",
            Self::Unreachable { .. } => "database_unreachable",
            Self::Full => "database_full",
            Self::ReadOnly => "database_read_only",
            Self::Busy => "database_busy",
            Self::Unknown { .. } => "unknown",
            Self::State { .. } => "state",
            Self::Conflict(Conflict::OpenRevision { .. }) => "open_revision",
            Self::Conflict(Conflict::NewerRevision { .. }) => "newer_revision",
            Self::Conflict(Conflict::FourEyes) => "four_eyes",
            Self::Conflict(Conflict::LoginTaken { .. }) => "login_taken",
            Self::Conflict(Conflict::OtherRound { .. }) => "other_round",
            Self::Conflict(Conflict::Concurrent) => "concurrent",
            Self::Unfit { .. } => "unfit",
            Self::Corrupt { .. } => "record_damaged",
            Self::Query { .. } => "database_failed",
        }
    }

    /// Whether the connection cannot be used any longer.
    pub(crate) const fn breaks_connection(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }

    /// The same error, naming what was being done.
    pub(crate) fn during(self, doing: &'static str) -> Self {
        match self {
            Self::Query { source, .. } => Self::Query {
                operation: doing,
                source,
            },
            other => other,
        }
    }

    /// What happened and what to do about it: whole sentences.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => self.german(),
            Language::En => self.english(),
        }
    }

    fn german(&self) -> String {
        match self {
            Self::Absent { place } => {
                format!("Unter {place} gibt es noch keine Datenbank. Bitte zuerst `nachweis migrate` ausführen.")
            }
            Self::NotOurs { place } => format!(
                "Die Datenbank unter {place} gehört einem anderen Programm. Sie bleibt unverändert; bitte eine andere Adresse angeben."
            ),
            Self::Older { place, missing } => format!(
                "Die Datenbank unter {place} ist älter als dieses Programm (es fehlt: {}). Bitte `nachweis migrate` ausführen.",
                missing.join(", ")
            ),
            Self::Newer { place, unknown } => format!(
                "Die Datenbank unter {place} ist neuer als dieses Programm (unbekannt: {}). Bitte das Programm aktualisieren.",
                unknown.join(", ")
            ),
            Self::Unreachable { place, reason } => format!(
                "Die Datenbank unter {place} ist nicht erreichbar ({reason}). Bitte Adresse und Datenbankserver prüfen."
            ),
            Self::Full => "Auf dem Datenträger der Datenbank ist kein Platz mehr. Es wurde nichts gespeichert; bitte Platz schaffen und den Vorgang wiederholen.".into(),
            Self::ReadOnly => "Die Datenbank kann nur gelesen werden. Bitte Schreibrechte auf die Datei und ihren Ordner prüfen.".into(),
            Self::Busy => "Die Datenbank ist ausgelastet. Es wurde nichts gespeichert; bitte gleich noch einmal versuchen.".into(),
            Self::Unknown { thing, key } => {
                format!("Die Datenbank kennt {} {key} nicht. Bitte die Angabe prüfen.", thing.name(Language::De))
            }
            Self::State { found } => format!(
                "Das geht im Zustand „{}“ nicht. Bitte den Stand der Einreichung neu laden.",
                found.as_str()
            ),
            Self::Conflict(conflict) => conflict.german(),
            Self::Unfit { what } => {
                format!("Ein Wert liegt außerhalb dessen, was gespeichert werden kann ({what}). Es wurde nichts gespeichert; bitte den Wert berichtigen.")
            }
            Self::Corrupt { table, id, reason } => format!(
                "Der gespeicherte Eintrag {table} {id} ist beschädigt ({reason}). Bitte die Datenbank aus einer Sicherung wiederherstellen."
            ),
            Self::Query { .. } => "Die Datenbank hat einen Fehler gemeldet. Es wurde nichts gespeichert; bitte das Protokoll des Dienstes ansehen.".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Absent { place } => format!("There is no database at {place} yet. Please run `nachweis migrate` first."),
            Self::NotOurs { place } => format!(
                "The database at {place} belongs to another program. It was left as it is; please give another address."
            ),
            Self::Older { place, missing } => format!(
                "The database at {place} is older than this program (it lacks {}). Please run `nachweis migrate`.",
                missing.join(", ")
            ),
            Self::Newer { place, unknown } => format!(
                "The database at {place} is newer than this program (unknown: {}). Please update the program.",
                unknown.join(", ")
            ),
            Self::Unreachable { place, reason } => format!(
                "The database at {place} cannot be reached ({reason}). Please check the address and the database server."
            ),
            Self::Full => "No space is left where the database lies. Nothing was stored; please make room and repeat it.".into(),
            Self::ReadOnly => "The database can only be read. Please check the write permissions of the file and its folder.".into(),
            Self::Busy => "The database is busy. Nothing was stored; please try again in a moment.".into(),
            Self::Unknown { thing, key } => {
                format!("The record does not know the {} {key}. Please check it.", thing.name(Language::En))
            }
            Self::State { found } => {
                format!("The state `{}` does not allow this. Please reload the submission.", found.as_str())
            }
            Self::Conflict(conflict) => conflict.english(),
            Self::Unfit { what } => {
                format!("A value is beyond what can be stored ({what}). Nothing was stored; please correct the value.")
            }
            Self::Corrupt { table, id, reason } => {
                format!("The stored row {table} {id} is damaged ({reason}). Please restore the database from a backup.")
            }
            Self::Query { operation, .. } => format!(
                "The database could not {operation}. Nothing was stored; please see the log of the service."
            ),
        }
    }
}

impl Conflict {
    fn german(&self) -> String {
        match self {
            Self::OpenRevision { revision } => format!(
                "Revision {revision} dieses Quartals ist bereits eingereicht und noch nicht entschieden. Bitte die Entscheidung abwarten."
            ),
            Self::NewerRevision { revision } => format!(
                "Die neuere Revision {revision} dieses Quartals wurde bereits angenommen. Bitte eine neue Revision hochladen."
            ),
            Self::FourEyes => {
                "Über die eigene Einreichung darf niemand selbst entscheiden. Bitte eine andere Person entscheiden lassen.".into()
            }
            Self::LoginTaken { name } => {
                format!("Der Anmeldename „{name}“ ist schon vergeben. Bitte einen anderen wählen.")
            }
            Self::OtherRound { subproject } => {
                format!("Das Teilvorhaben {subproject} gehört zu einer anderen Förderrunde. Bitte die Nummer prüfen.")
            }
            Self::Concurrent => {
                "Jemand anderes hat gleichzeitig dasselbe geändert. Bitte neu laden und noch einmal versuchen.".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::OpenRevision { revision } => format!(
                "Revision {revision} of this quarter is submitted and not yet decided. Please wait for the decision."
            ),
            Self::NewerRevision { revision } => format!(
                "The newer revision {revision} of this quarter was already accepted. Please upload a new revision."
            ),
            Self::FourEyes => {
                "Nobody may decide on what they handed in. Please let another person decide.".into()
            }
            Self::LoginTaken { name } => {
                format!("The sign-in name \"{name}\" is taken. Please choose another one.")
            }
            Self::OtherRound { subproject } => {
                format!(
                    "The subproject {subproject} belongs to another funding round. Please check the number."
                )
            }
            Self::Concurrent => {
                "Someone else changed the same thing at the same time. Please reload and try again.".into()
            }
        }
    }
}

/// Sorts what the databases say into what can be done about it. Server messages may be in German or English.
impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        let said = error.to_string();
        let lower = said.to_lowercase();
        let says = |texts: &[&str]| texts.iter().any(|text| lower.contains(text));
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
            | DieselError::BrokenTransactionManager => Self::lost(said),
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => {
                Self::Conflict(Conflict::Concurrent)
            }
            DieselError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => Self::ReadOnly,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Self::Conflict(Conflict::Concurrent)
            }
            _ if says(&[
                "disk is full",
                "no space left",
                "kein speicherplatz",
                "disk quota",
            ]) =>
            {
                Self::Full
            }
            _ if says(&["database is locked", "database table is locked"]) => Self::Busy,
            _ if says(&["deadlock"]) => Self::Conflict(Conflict::Concurrent),
            _ if says(&["readonly database", "read-only file system"]) => Self::ReadOnly,
            _ if says(&[
                "server closed the connection",
                "terminating connection",
                "no connection to the server",
            ]) =>
            {
                Self::lost(said)
            }
            _ => Self::Query {
                operation: "do its work",
                source: Box::new(error),
            },
        }
    }
}

impl StoreError {
    fn lost(reason: String) -> Self {
        Self::Unreachable {
            place: "its address".into(),
            reason,
        }
    }
}
