//! Sheets and where things stand on a freshly issued one.

use nachweis_domain::{cell::CellRef, language::Text};
use serde::{Deserialize, Serialize};

use super::{
    cell::{self, Role},
    column::{Column, ColumnKey, Kind},
    row::{Row, RowKind},
};

/// The row of the headers, counted from zero; above stand title, subproject and instructions.
pub(crate) const HEADER_ROW: u32 = 4;
/// The first row below the headers.
pub(crate) const FIRST_ROW: u32 = 5;
/// Rows of the voucher list that are prepared with formats; further ones may be added.
pub(crate) const VOUCHER_ROWS: u32 = 500;

/// Which sheet of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SheetKind {
    /// `Deckblatt`.
    Cover,
    /// `Ausgaben`.
    Expenditure,
    /// `Belege`.
    Vouchers,
    /// `Mittel`.
    Funds,
    /// `Indikatoren`.
    Indicators,
    /// `Kennzahlen`.
    Counters,
    /// `Sachbericht`.
    Narrative,
}

impl SheetKind {
    /// All sheets in the order of the workbook.
    pub(crate) const ALL: [Self; 7] = [
        Self::Cover,
        Self::Expenditure,
        Self::Vouchers,
        Self::Funds,
        Self::Indicators,
        Self::Counters,
        Self::Narrative,
    ];

    /// The name of the sheet, the same in both languages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cover => "Deckblatt",
            Self::Expenditure => "Ausgaben",
            Self::Vouchers => "Belege",
            Self::Funds => "Mittel",
            Self::Indicators => "Indikatoren",
            Self::Counters => "Kennzahlen",
            Self::Narrative => "Sachbericht",
        }
    }
}

/// A sheet of the layout. The voucher list has no rows of its own: every row is a voucher.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Which sheet.
    pub(crate) kind: SheetKind,
    /// The title above the table.
    pub(crate) title: Text,
    /// What to do on it.
    pub(crate) intro: Text,
    /// The columns in the order of the template.
    pub(crate) columns: Vec<Column>,
    /// The rows in the order of the template.
    pub(crate) rows: Vec<Row>,
}

impl Sheet {
    /// The name of the sheet.
    pub(crate) const fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// Where a column stands in the template.
    pub(crate) fn column_index(&self, key: ColumnKey) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// Where a row stands in the template, by its exact key.
    pub(crate) fn row_index(&self, key: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// What a cell is for; `None` outside the layout.
    pub(crate) fn role(&self, row: usize, column: usize) -> Option<Role> {
        Some(cell::role(self.rows.get(row)?, self.columns.get(column)?))
    }

    /// What a cell holds; `None` outside the layout.
    pub(crate) fn kind_of(&self, row: usize, column: usize) -> Option<Kind> {
        Some(cell::kind(self.rows.get(row)?, self.columns.get(column)?))
    }

    /// The cell of a row and a column in a freshly issued workbook.
    pub(crate) fn issued_cell(&self, row: usize, column: usize) -> CellRef {
        CellRef::at(
            self.name(),
            FIRST_ROW.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)),
            u16::try_from(column).unwrap_or(u16::MAX),
        )
    }

    /// Whether a row belongs to the template for people only, so that its absence is no finding.
    pub(crate) fn is_optional(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|row| row.kind == RowKind::Total)
    }
}
