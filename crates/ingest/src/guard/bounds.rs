//! Which limits hold for which kind of file: uploads are held tightly, published lists are wider.

use super::styles::Numbers;
use nachweis_domain::limits::{self, Limit};

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// An uploaded quarterly workbook.
    Workbook,
    /// A list of the programme import.
    List,
}

/// The limits that differ between purposes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) file_size: Limit,
    pub(super) entries: Limit,
    pub(super) entry_size: Limit,
    pub(super) unpacked_size: Limit,
    pub(super) sheet_name: Limit,
    pub(super) cells: Limit,
    pub(super) rows: Limit,
    pub(super) columns: Limit,
    /// Lists are read cell by cell and may lie as they like.
    pub(super) area: Option<Limit>,
    pub(super) strings: Limit,
    pub(super) text: Limit,
    /// Lists may hold any finite number in columns that nobody reads.
    pub(super) exact_numbers: bool,
    /// Lists may name other files: nothing follows the names.
    pub(super) links: bool,
    /// Whether numbers count that a format shows otherwise; rates of a list are in per cent.
    pub(super) numbers: Numbers,
    /// Uploads are kept as they are, so that data about single persons is looked for beside the cells, too.
    pub(super) personal: bool,
}

impl Bounds {
    /// The limits of a purpose.
    pub(super) const fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Workbook => Self {
                file_size: limits::FILE_SIZE,
                entries: limits::ENTRIES,
                entry_size: limits::ENTRY_SIZE,
                unpacked_size: limits::UNPACKED_SIZE,
                sheet_name: limits::SHEET_NAME,
                cells: limits::CELLS,
                rows: limits::ROWS,
                columns: limits::COLUMNS,
                area: Some(limits::AREA),
                strings: limits::STRINGS,
                text: limits::TEXT,
                exact_numbers: true,
                links: false,
                numbers: Numbers::Seen,
                personal: true,
            },
            Purpose::List => Self {
                file_size: limits::LIST_FILE_SIZE,
                entries: limits::ENTRIES,
                entry_size: limits::LIST_ENTRY_SIZE,
                unpacked_size: limits::LIST_UNPACKED_SIZE,
                sheet_name: limits::LIST_SHEET_NAME,
                cells: limits::LIST_CELLS,
                rows: limits::LIST_ROWS,
                columns: limits::LIST_COLUMNS,
                area: None,
                strings: limits::LIST_STRINGS,
                text: limits::LIST_TEXT,
                exact_numbers: false,
                links: true,
                numbers: Numbers::Stored,
                personal: false,
            },
        }
    }
}
