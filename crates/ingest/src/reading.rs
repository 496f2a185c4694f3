//! What reading a workbook gives.

use nachweis_domain::{
    cell::CellRef,
    figures::QuarterlyFigures,
    finding::{Code, Finding},
};
use serde::{Deserialize, Serialize};

use crate::{
    envelope::Envelope,
    layout::{ColumnKey, SheetKind},
};

/// What reading a workbook gives: figures with their cells, and everything that is wrong with the workbook as such
/// (codes `VAL` and `TPL`). Rules on the figures are `nachweis_domain::rules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the workbook says it is; `None` for a workbook that this service did not issue.
    pub envelope: Option<Envelope>,
    /// The figures; empty when the workbook holds data about single persons.
    pub figures: QuarterlyFigures,
    /// Findings in the order of the workbook, within the limits; `TPL-22` says how many more there are.
    pub findings: Vec<Finding>,
    /// Cells of the workbook, empty ones with a format included.
    pub cells_read: u64,
    /// Formulas of the template without a stored result, which were computed here. Programs that do not calculate
    /// leave them so; nothing is wrong with it.
    pub recomputed: u64,
    /// What was typed into cells that could not be read, for the marked copy.
    pub raw: Vec<(CellRef, String)>,
    /// Where rows and columns of the template stand, for the marked copy.
    pub places: Places,
}

impl Reading {
    /// Whether the workbook holds data about single persons and must not be kept.
    pub fn holds_person_level_data(&self) -> bool {
        self.findings.iter().any(|finding| finding.code() == Code::Tpl15)
    }
}

/// Where rows and columns of the template stand in a workbook that a lead may have rearranged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub(crate) sheets: Vec<SheetPlaces>,
}

/// Where rows and columns of a sheet stand, counted from zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SheetPlaces {
    /// Which sheet.
    pub(crate) sheet: SheetKind,
    /// Its name as the workbook writes it.
    pub(crate) name: String,
    /// The columns found.
    pub(crate) columns: Vec<(ColumnKey, u16)>,
    /// The keyed rows found.
    pub(crate) rows: Vec<(String, u32)>,
}

impl Places {
    /// The places of a sheet by its name in the workbook.
    pub(crate) fn sheet_named(&self, name: &str) -> Option<&SheetPlaces> {
        self.sheets.iter().find(|places| places.name == name)
    }
}
