//! Why a file is refused before anything of it is read: stable codes, a class for HTTP, whole sentences with a remedy.
//!
//! A refusal is about the file, never about figures: those are findings. It holds names of parts, sheets and cells,
//! never the text of a cell.

use nachweis_domain::{cell::CellRef, language::Language, limits::Limit};
use serde::{Deserialize, Serialize};

mod english;
mod fault;
mod german;

pub use fault::{ArchiveFault, Bounded, CellFault, PartFault};

/// What kind of refusal it is, with its HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalClass {
    /// Damaged or contradictory: 400.
    Malformed,
    /// Beyond a limit: 413.
    TooLarge,
    /// A format that is not taken: 415.
    Unsupported,
    /// Sound, but with content that is not taken: 422.
    Unprocessable,
}

impl RefusalClass {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::TooLarge => 413,
            Self::Unsupported => 415,
            Self::Unprocessable => 422,
        }
    }
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {}", self.code(), self.text(Language::En))]
pub enum Refusal {
    /// No XLSX: empty, text, HTML, a picture …
    NotAWorkbook,
    /// The old Excel format `.xls`.
    OldFormat,
    /// Protected by a password.
    Encrypted,
    /// `OpenDocument` (`.ods`).
    OpenDocument,
    /// The binary workbook `.xlsb`.
    BinaryWorkbook,
    /// A document or presentation of an office program.
    OtherOfficeFile,
    /// The workbook holds macros.
    Macros,
    /// The workbook refers to other files.
    ExternalLinks,
    /// The workbook holds embedded objects.
    EmbeddedObjects,
    /// Beyond a limit of [`nachweis_domain::limits`].
    TooLarge {
        /// What is beyond.
        what: Bounded,
        /// How much there is, or at least is.
        found: u64,
        /// How much is allowed.
        allowed: u64,
        /// The part, sheet or cell; empty when it concerns the whole file.
        place: String,
    },
    /// The ZIP archive is damaged or contradicts itself.
    DamagedArchive {
        /// How.
        fault: ArchiveFault,
    },
    /// A part is no well-formed XML, or not of the form that the format prescribes.
    DamagedPart {
        /// The name of the part.
        part: String,
        /// How.
        fault: PartFault,
    },
    /// A part is missing.
    MissingPart {
        /// Its name.
        part: String,
    },
    /// A part declares a document type (DTD).
    DocumentType {
        /// The name of the part.
        part: String,
    },
    /// A part is not written in UTF-8.
    Encoding {
        /// The name of the part.
        part: String,
    },
    /// A cell is stored in a form that programs read differently.
    UnclearCell {
        /// The cell.
        at: CellRef,
        /// How.
        fault: CellFault,
    },
    /// Two sheets have the same name.
    DuplicateSheet {
        /// The name.
        name: String,
    },
    /// Two sheets are stored in the same part.
    SharedPart {
        /// The second sheet.
        sheet: String,
    },
    /// The reader does not agree with the guard.
    Unreadable {
        /// The sheet, if one is known; else empty.
        sheet: String,
    },
    /// A quotation mark in a CSV file is not closed and would swallow the rows below it.
    UnclosedQuote {
        /// The line of the file, from one.
        line: u32,
    },
}

impl Refusal {
    /// The stable code, `FILE-01` …; never reused.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAWorkbook => "FILE-01",
            Self::OldFormat => "FILE-02",
            Self::Encrypted => "FILE-03",
            Self::OpenDocument => "FILE-04",
            Self::BinaryWorkbook => "FILE-05",
            Self::OtherOfficeFile => "FILE-06",
            Self::Macros => "FILE-07",
            Self::ExternalLinks => "FILE-08",
            Self::EmbeddedObjects => "FILE-09",
            Self::TooLarge { .. } => "FILE-10",
            Self::DamagedArchive { .. } => "FILE-11",
            Self::DamagedPart { .. } => "FILE-12",
            Self::MissingPart { .. } => "FILE-13",
            Self::DocumentType { .. } => "FILE-14",
            Self::Encoding { .. } => "FILE-15",
            Self::UnclearCell { .. } => "FILE-16",
            Self::DuplicateSheet { .. } => "FILE-17",
            Self::SharedPart { .. } => "FILE-18",
            Self::Unreadable { .. } => "FILE-19",
            Self::UnclosedQuote { .. } => "FILE-20",
        }
    }

    /// The class, from which the HTTP status follows.
    pub const fn class(&self) -> RefusalClass {
        match self {
            Self::NotAWorkbook
            | Self::OldFormat
            | Self::Encrypted
            | Self::OpenDocument
            | Self::BinaryWorkbook
            | Self::OtherOfficeFile
            | Self::Macros => RefusalClass::Unsupported,
            Self::TooLarge { .. } => RefusalClass::TooLarge,
            Self::DamagedArchive { .. }
            | Self::DamagedPart { .. }
            | Self::MissingPart { .. }
            | Self::DocumentType { .. }
            | Self::Encoding { .. }
            | Self::SharedPart { .. }
            | Self::UnclosedQuote { .. } => RefusalClass::Malformed,
            Self::ExternalLinks
            | Self::EmbeddedObjects
            | Self::UnclearCell { .. }
            | Self::DuplicateSheet { .. }
            | Self::Unreadable { .. } => RefusalClass::Unprocessable,
        }
    }

    /// What is there, what is expected and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => german::text(self),
            Language::En => english::text(self),
        }
    }

    /// The cell that it is about, if it is about one.
    pub const fn at(&self) -> Option<&CellRef> {
        match self {
            Self::UnclearCell { at, .. } => Some(at),
            _ => None,
        }
    }
}

/// A limit that a file is held to.
pub(crate) trait Held {
    /// Refuses what is above the limit; `place` is a part, sheet or cell, or empty.
    fn check(&self, what: Bounded, found: u64, place: &str) -> Result<(), Refusal>;
}

impl Held for Limit {
    fn check(&self, what: Bounded, found: u64, place: &str) -> Result<(), Refusal> {
        if self.is_exceeded_by(found) {
            Err(Refusal::TooLarge {
                what,
                found,
                allowed: self.value,
                place: place.to_owned(),
            })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests;
