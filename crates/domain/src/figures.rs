//! The figures of one quarterly workbook, each with the cell it came from.
//!
//! This is what reading a workbook gives and what rules and the store take: no sheets, no files.
//! Values are those of the quarter; cumulative values are computed (design.md §3).

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    cell::{CellRef, Located},
    finding::Shown,
    key::{CounterKey, IndicatorCode, ItemKey, NarrativeKey, SourceKey},
    money::Money,
    quarter::Quarter,
};

/// All figures of one workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterlyFigures {
    /// Sheet `Ausgaben`: one figure per plan item that has a value; flat-rate items hold what is computed.
    pub expenditure: Vec<ItemFigure>,
    /// Sheet `Belege`.
    pub vouchers: VoucherList,
    /// Sheet `Mittel`: one figure per source.
    pub funds: Vec<FundFigure>,
    /// Sheet `Indikatoren`.
    pub indicators: Vec<IndicatorFigure>,
    /// Sheet `Kennzahlen`.
    pub counters: Vec<CounterFigure>,
    /// Sheet `Sachbericht`.
    pub narrative: Vec<NarrativeFigure>,
    /// Numbers typed over formulas of the template that give others. The figures above hold what the formulas give;
    /// rules that recompute a figure say what is wrong with the typed one. Not stored: the findings are.
    #[serde(default)]
    pub typed_over: Vec<TypedOver>,
}

/// A number typed over a formula of the template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedOver {
    /// The cell.
    pub at: CellRef,
    /// What was typed.
    pub typed: Shown,
}

/// The expenditure of a plan item in the quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFigure {
    /// The plan item.
    pub item: ItemKey,
    /// What was spent in the quarter.
    pub amount: Located<Money>,
}

/// A source of finance in the quarter. Empty cells are `None`: empty is not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundFigure {
    /// The source.
    pub source: SourceKey,
    /// The row's key cell, for findings about the row as a whole.
    pub at: CellRef,
    /// Called in the quarter.
    pub called: Option<Located<Money>>,
    /// Received in the quarter.
    pub received: Option<Located<Money>>,
    /// Spent in the quarter.
    pub spent: Option<Located<Money>>,
}

/// An indicator in the quarter. Entities have only `total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFigure {
    /// `EECO01`.
    pub code: IndicatorCode,
    /// The row's key cell, for findings about the row as a whole.
    pub at: CellRef,
    /// Women.
    pub women: Option<Located<i64>>,
    /// Men.
    pub men: Option<Located<i64>>,
    /// Non-binary persons.
    pub non_binary: Option<Located<i64>>,
    /// The total: computed for persons, typed for entities.
    pub total: Option<Located<i64>>,
    /// The quarter that a fall corrects.
    pub corrects: Option<Located<Quarter>>,
    /// Why the value falls.
    pub note: Option<Located<String>>,
}

impl IndicatorFigure {
    /// Women, men and non-binary persons together, absent ones as zero; the typed total for entities.
    pub fn sum(&self) -> i64 {
        let parts = [&self.women, &self.men, &self.non_binary];
        if parts.iter().all(|part| part.is_none()) {
            return self.total.as_ref().map_or(0, |total| total.value);
        }
        parts
            .iter()
            .filter_map(|part| part.as_ref())
            .map(|part| part.value)
            .sum()
    }
}

/// One of the programme's own counters in the quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterFigure {
    /// The counter.
    pub counter: CounterKey,
    /// The row's key cell.
    pub at: CellRef,
    /// The count; empty is not zero.
    pub count: Option<Located<i64>>,
}

/// A part of the narrative report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NarrativeFigure {
    /// The part.
    pub part: NarrativeKey,
    /// The text in NFC.
    pub text: Located<String>,
}

/// A column of the voucher list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoucherColumn {
    /// The carrier's voucher number.
    Number,
    /// The day of payment.
    PaidOn,
    /// Who was paid. Personal: shown to lead, coordinator, manager and auditor only.
    Payee,
    /// What for.
    Purpose,
    /// The plan item.
    Item,
    /// The amount.
    Amount,
    /// The quarter that the line corrects.
    Corrects,
}

/// The voucher list. Rows keep their row number only; a cell is row and column together, which keeps
/// twenty thousand vouchers small on their way from the confined reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherList {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Where each column stands, counted from zero.
    pub columns: BTreeMap<VoucherColumn, u16>,
    /// The vouchers in the order of the sheet.
    pub rows: Vec<Voucher>,
}

impl VoucherList {
    /// The cell of a voucher in a column; the first column when that one is missing.
    pub fn cell(&self, voucher: &Voucher, column: VoucherColumn) -> CellRef {
        CellRef::at(
            Arc::clone(&self.sheet),
            voucher.row,
            self.columns.get(&column).copied().unwrap_or(0),
        )
    }
}

/// A voucher. A field that is empty or could not be read is `None`; the reader has said so in a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// The row counted from zero.
    pub row: u32,
    /// The carrier's voucher number.
    pub number: Option<String>,
    /// The day of payment.
    #[serde(default, with = "crate::day::optional")]
    pub paid_on: Option<NaiveDate>,
    /// Who was paid. Personal.
    pub payee: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// The plan item; unknown items are a finding of the reader.
    pub item: Option<ItemKey>,
    /// The amount; negative only in a correction.
    pub amount: Option<Money>,
    /// The quarter that the line corrects.
    pub corrects: Option<Quarter>,
}
