//! What the guard saw in the parts of a workbook and the cell reader cannot tell: hidden rows, merges, the date system.
//!
//! The guard fills this in while it scans; the reader turns it into findings. No text of a cell is kept here.

use nachweis_domain::{finding::Hiding, rules::personal::PersonalKind};

/// What the guard found out about a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inspection {
    /// Each sheet in the order of the workbook.
    pub(crate) sheets: Vec<SheetFacts>,
    /// Whether dates count from 1904.
    pub(crate) date1904: bool,
    /// Names of the sheets that are charts and hold no cells.
    pub(crate) charts: Vec<String>,
    /// Cells of all sheets, empty ones with a format included.
    pub(crate) cells: u64,
    /// Data about single persons beside the cells: where, and what kind.
    pub(crate) personal: Vec<(Place, PersonalKind)>,
}

/// Where data stands beside the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Notes and comments of cells.
    Note,
    /// The stored data of a pivot table.
    PivotTable,
    /// Text boxes and charts.
    Drawing,
    /// Properties of the document.
    Property,
    /// Headers and footers of pages, drop-down lists, names of the workbook.
    PageHeader,
    /// The name of a sheet.
    SheetName,
    /// Parts that no program shows.
    HiddenPart,
}

impl Place {
    /// The stable name in findings.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::PivotTable => "pivot_table",
            Self::Drawing => "drawing",
            Self::Property => "property",
            Self::PageHeader => "page_header",
            Self::SheetName => "sheet_name",
            Self::HiddenPart => "hidden_part",
        }
    }
}

/// What the guard found out about a sheet. Positions count from zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetFacts {
    /// The name as shown.
    pub(crate) name: String,
    /// Whether people see it.
    pub(crate) state: SheetState,
    /// Rows that are hidden, ascending.
    pub(crate) hidden_rows: Vec<u32>,
    /// Those of them that belong to an outline, which hides them when it is collapsed.
    pub(crate) outlined_rows: Vec<u32>,
    /// Ranges whose filter leaves out rows; the first row of each holds the headers.
    pub(crate) filters: Vec<CellRange>,
    /// Whether the sheet says that it is filtered, whatever filters it.
    pub(crate) is_filtered: bool,
    /// Whether there are tables on the sheet, which have filters of their own.
    pub(crate) has_tables: bool,
    /// Columns that are hidden, as first and last of each span.
    pub(crate) hidden_columns: Vec<(u16, u16)>,
    /// Those of them that belong to an outline.
    pub(crate) outlined_columns: Vec<(u16, u16)>,
    /// Merged ranges.
    pub(crate) merges: Vec<CellRange>,
    /// Data about single persons in the texts of formulas: row, column, and what kind.
    pub(crate) personal: Vec<(u32, u16, PersonalKind)>,
}

/// Whether people see a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SheetState {
    /// It has a tab.
    #[default]
    Visible,
    /// It is hidden; the menu can show it.
    Hidden,
    /// It is hidden even from the menu.
    VeryHidden,
}

/// A rectangle of cells; first and last are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellRange {
    /// The first row.
    pub(crate) first_row: u32,
    /// The first column.
    pub(crate) first_col: u16,
    /// The last row.
    pub(crate) last_row: u32,
    /// The last column.
    pub(crate) last_col: u16,
}

impl Inspection {
    /// The facts of a sheet by its exact name.
    pub(crate) fn sheet(&self, name: &str) -> Option<&SheetFacts> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl SheetFacts {
    /// Whether a row is hidden.
    pub(crate) fn hides_row(&self, row: u32) -> bool {
        self.hidden_rows.binary_search(&row).is_ok()
    }

    /// What hides a hidden row other than a hand: a collapsed outline, or a filter whose range holds the row. A sheet that
    /// is filtered without a known range has been filtered in another way, anywhere.
    pub(crate) fn hiding(&self, row: u32) -> Option<Hiding> {
        if self.outlined_rows.binary_search(&row).is_ok() {
            return Some(Hiding::Outline);
        }
        let holds = |range: &CellRange| (range.first_row + 1..=range.last_row).contains(&row);
        let is_filtered = match self.filters.as_slice() {
            [] => self.is_filtered,
            ranges => ranges.iter().any(holds),
        };
        is_filtered.then_some(Hiding::Filter)
    }

    /// Whether a hidden column belongs to an outline, which hides it when it is collapsed.
    pub(crate) fn outlines_column(&self, col: u16) -> bool {
        let mut spans = self.outlined_columns.iter();
        spans.any(|(first, last)| (*first..=*last).contains(&col))
    }

    /// Whether a column is hidden.
    pub(crate) fn hides_column(&self, col: u16) -> bool {
        self.hidden_columns
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&col))
    }
}
