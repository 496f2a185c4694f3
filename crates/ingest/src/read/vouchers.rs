//! The voucher list: every row below the headers in which anything stands is a voucher.

use calamine::XlsxError;
use nachweis_domain::{
    cell::CellRef,
    figures::{Voucher, VoucherColumn, VoucherList},
    finding::Detail,
    rules::value::text,
};

use super::{
    gathered::Gathered,
    hidden::Hidden,
    items::Items,
    scan::{CellIn, Cells, Table, scan},
    typed::Reader,
};
use crate::layout::{ColumnKey, Entry, Kind, Sheet, Slot};

/// What the voucher list is read with.
pub(super) struct VoucherReader<'r> {
    pub(super) reader: Reader,
    pub(super) items: Items<'r>,
    pub(super) hidden: Hidden<'r>,
}

/// Reads the voucher list.
pub(super) fn read<'s>(
    cells: &mut Cells<'_, '_>,
    sheet: &'s Sheet,
    name: &str,
    with: &VoucherReader<'_>,
    gathered: &mut Gathered,
) -> Result<(VoucherList, Table<'s>), XlsxError> {
    let mut rows = Vec::new();
    let table = scan(
        cells,
        sheet,
        (name, with.reader.epoch),
        gathered,
        &mut |table, row, cells, gathered| {
            with.hidden.row(table, row, cells, gathered);
            rows.push(voucher(table, row, cells, with, gathered));
        },
    )?;
    let columns = table
        .found()
        .into_iter()
        .filter_map(|(key, col)| voucher_column(key).map(|key| (key, col)))
        .collect();
    let list = VoucherList {
        sheet: std::sync::Arc::clone(&table.name),
        columns,
        rows,
    };
    Ok((list, table))
}

fn voucher(
    table: &Table<'_>,
    row: u32,
    cells: &[CellIn<'_>],
    with: &VoucherReader<'_>,
    gathered: &mut Gathered,
) -> Voucher {
    let mut voucher = Voucher {
        row,
        number: None,
        paid_on: None,
        payee: None,
        purpose: None,
        item: None,
        amount: None,
        corrects: None,
    };
    for (column, (cell, spec)) in cells.iter().zip(&table.sheet.columns).enumerate() {
        if cell.is_blank() {
            continue;
        }
        let at = || table.cell(row, column);
        let Some(entry) = with.reader.input(spec.kind, cell, &at, gathered) else {
            continue;
        };
        match (spec.key, entry) {
            (ColumnKey::Number, Entry::Text(text)) => voucher.number = Some(text),
            (ColumnKey::PaidOn, Entry::Date(date)) => voucher.paid_on = Some(date),
            (ColumnKey::Payee, Entry::Text(text)) => voucher.payee = Some(text),
            (ColumnKey::Purpose, Entry::Text(text)) => voucher.purpose = Some(text),
            (ColumnKey::Amount, Entry::Money(money)) => voucher.amount = Some(money),
            (ColumnKey::Corrects, Entry::Quarter(quarter)) => voucher.corrects = Some(quarter),
            (ColumnKey::Item, Entry::Text(typed)) => {
                voucher.item = with.items.find(&typed);
                if voucher.item.is_none() {
                    let detail = Detail::UnknownChoice {
                        typed: text::quoted(&typed),
                        choices: with.items.choices(),
                    };
                    gathered.unreadable(at(), detail, typed);
                }
            }
            _ => {}
        }
    }
    voucher
}

impl Reader {
    /// The value of an input cell; what cannot be read and formulas are reported. Empty cells give nothing.
    pub(super) fn input(
        self,
        kind: Kind,
        cell: &CellIn<'_>,
        at: &dyn Fn() -> CellRef,
        gathered: &mut Gathered,
    ) -> Option<Entry> {
        match self.input_slot(kind, cell, at, gathered) {
            Slot::Value(entry) | Slot::Typed(entry) => Some(entry),
            Slot::Empty | Slot::Unreadable => None,
        }
    }

    /// The same as a slot for formulas.
    pub(super) fn input_slot(
        self,
        kind: Kind,
        cell: &CellIn<'_>,
        at: &dyn Fn() -> CellRef,
        gathered: &mut Gathered,
    ) -> Slot {
        match self.slot(kind, &cell.value) {
            Ok(Slot::Empty) if cell.is_formula => {
                gathered.at(at(), Detail::FormulaWithoutResult);
                Slot::Unreadable
            }
            Ok(slot) => {
                if cell.is_formula {
                    let stored = self.quoted(&cell.value);
                    gathered.at(at(), Detail::FormulaForValue { stored });
                }
                slot
            }
            Err(detail) => {
                gathered.unreadable(at(), detail, self.shown(&cell.value));
                Slot::Unreadable
            }
        }
    }
}

const fn voucher_column(key: ColumnKey) -> Option<VoucherColumn> {
    Some(match key {
        ColumnKey::Number => VoucherColumn::Number,
        ColumnKey::PaidOn => VoucherColumn::PaidOn,
        ColumnKey::Payee => VoucherColumn::Payee,
        ColumnKey::Purpose => VoucherColumn::Purpose,
        ColumnKey::Item => VoucherColumn::Item,
        ColumnKey::Amount => VoucherColumn::Amount,
        ColumnKey::Corrects => VoucherColumn::Corrects,
        _ => return None,
    })
}
