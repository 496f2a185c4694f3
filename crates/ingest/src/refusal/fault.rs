//! What is beyond a limit, and how archives, parts and cells are faulty.

use serde::{Deserialize, Serialize};

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
