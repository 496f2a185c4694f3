//! Why a file is refused before anything of it is read: stable codes, a class for HTTP, whole sentences with a remedy.
//!
//! A refusal is about the file, never about figures: those are findings. It holds names of parts, sheets and cells,
//! never the text of a cell.

use nachweis_domain::{cell::CellRef, language::Language};
use serde::{Deserialize, Serialize};

use crate::limits::Limit;

mod english;
mod german;

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
    /// Beyond a limit of [`crate::limits`].
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
}

/// What can be beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounded {
    /// The file.
    File,
    /// Files in the archive.
    Entries,
    /// The name of a file in the archive.
    EntryName,
    /// One unpacked part.
    Entry,
    /// All unpacked parts.
    Unpacked,
    /// Unpacked to packed size.
    Ratio,
    /// Sheets.
    Sheets,
    /// The name of a sheet.
    SheetName,
    /// Cells.
    Cells,
    /// The last row with a value.
    Rows,
    /// The last column with a value.
    Columns,
    /// Rows times columns.
    Area,
    /// Rows written in the file.
    RowElements,
    /// Entries of the table of texts.
    Strings,
    /// Text of all cells.
    Text,
    /// The text of a cell.
    CellText,
    /// The text of a formula.
    Formula,
    /// The number of a shared formula.
    SharedFormula,
    /// Nested elements.
    Depth,
    /// Attributes of an element.
    Attributes,
    /// Cell formats.
    Styles,
    /// Number formats.
    NumberFormats,
    /// The text of a number format.
    NumberFormat,
    /// Merged ranges, hidden columns, defined names.
    Ranges,
    /// Relationships.
    Relationships,
}

/// How an archive is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveFault {
    /// The end of the archive is missing: the file is cut off.
    CutOff,
    /// Bytes stand before the archive, after it or between its entries.
    ForeignBytes,
    /// The directory contradicts the entries.
    Directory,
    /// An entry has a name that no workbook has: absolute, with `..`, with control characters.
    Name,
    /// Two entries have the same name.
    DuplicateName,
    /// Entries overlap.
    Overlap,
    /// An entry is encrypted.
    EncryptedEntry,
    /// An entry is packed in a way that workbooks are not.
    Method,
    /// The archive has the 64-bit form, which no small file needs.
    Zip64,
    /// An entry does not unpack to the declared size.
    Size,
    /// An entry does not unpack, or has a wrong checksum.
    Data,
}

/// How a part is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartFault {
    /// A mark-up that does not end.
    Unclosed,
    /// An end that does not fit its start.
    Mismatch,
    /// A tag or attribute that is not well-formed.
    Tag,
    /// A reference such as `&name;` that XML does not know.
    Reference,
    /// Text, comment or character data where none belongs.
    Content,
    /// An element where none belongs, twice, or in a foreign namespace.
    Element,
    /// A value that the format does not know, or that is missing.
    Value,
}

/// How a cell is stored that programs read differently (robustness.md §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellFault {
    /// A number that is not a plain finite decimal.
    Number,
    /// A number of 10^15 or more.
    NumberTooLarge,
    /// A comment, character data, processing instruction or reference inside a value.
    Markup,
    /// Two values, texts or formulas in one cell.
    Twice,
    /// A value beside a text of its own.
    ValueBesideText,
    /// A reference to a text that does not exist.
    TextIndex,
    /// A truth value other than 0 and 1.
    Truth,
    /// An error value that Excel does not know.
    ErrorValue,
    /// A date that is not in ISO form.
    Date,
    /// A kind of cell that the format does not know.
    Kind,
    /// An address that is not like `D17`, or outside Excel's sheet.
    Address,
    /// The same cell twice, or cells out of order.
    Order,
    /// A formula whose attributes contradict the format.
    Formula,
    /// Something in the cell that is neither value, text nor formula.
    Content,
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
            | Self::SharedPart { .. } => RefusalClass::Malformed,
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

impl Limit {
    /// Refuses what is above the limit; `place` is a part, sheet or cell, or empty.
    pub(crate) fn check(&self, what: Bounded, found: u64, place: &str) -> Result<(), Refusal> {
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
