//! Rows of the voucher lists.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::AuditOrigin;
use crate::{cell::CellRef, key::ItemKey, money::Money, quarter::Quarter};

/// A voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditVoucher {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The row counted from zero.
    pub row: u32,
    /// The column of the amount counted from zero, when the workbook had one.
    pub amount_col: Option<u16>,
    /// The carrier's voucher number.
    pub number: Option<String>,
    /// The day of payment.
    pub paid_on: Option<NaiveDate>,
    /// Who was paid. Personal.
    pub payee: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// The plan item.
    pub item: Option<ItemKey>,
    /// The amount.
    pub amount: Option<Money>,
    /// The quarter that the line corrects.
    pub corrects: Option<Quarter>,
}

impl AuditVoucher {
    /// The cell of the amount; the first cell of the row when the workbook had no such column.
    pub fn cell(&self) -> CellRef {
        CellRef::at(Arc::clone(&self.sheet), self.row, self.amount_col.unwrap_or(0))
    }
}
