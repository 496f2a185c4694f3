//! The voucher list: every row below the headers in which anything stands is a voucher.

use calamine::XlsxError;
use nachweis_domain::{
    cell::CellRef,
    figures::{Voucher, VoucherColumn, VoucherList},
    finding::Detail,
    rules::{personal::of_header, value::text},
};

use super::{
    gathered::Gathered,
    hidden::Hidden,
    items::Items,
    personal,
    scan::{CellIn, Cells, Table, scan, text_of},
    typed::Reader,
};
use crate::layout::{ColumnKey, Entry, Kind, Sheet, Slot};

/// First words that name a sum.
const SUM_WORDS: [&str; 9] = [
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "insgesamt",
    "übertrag",
    "sum",
    "total",
    "subtotal",
];

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
            tell_headers(table, row, cells, gathered);
            if let Some((column, detail)) = own_row(table.sheet, cells, with.reader) {
                gathered.at(table.cell(row, column), detail);
                return;
            }
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

/// Reports the headers of another table below the vouchers that announce persons: two of them side by side.
fn tell_headers(table: &Table<'_>, row: u32, cells: &[CellIn<'_>], gathered: &mut Gathered) {
    // A voucher has a date or an amount.
    if cells
        .iter()
        .any(|cell| !cell.is_blank() && text_of(&cell.value).is_none())
    {
        return;
    }
    let mut headers = cells.iter().enumerate().filter_map(|(column, cell)| {
        let kind = of_header(text_of(&cell.value)?)?;
        Some((column, kind))
    });
    if let (Some((column, kind)), Some(_)) = (headers.next(), headers.next()) {
        personal::tell_kind(kind, table.cell(row, column), gathered);
    }
}

/// A row of the lead's own, with the column that shows it and what is said: a sum of vouchers, or a single remark.
/// Neither can be a voucher: it has no number, no date, no payee.
fn own_row(sheet: &Sheet, cells: &[CellIn<'_>], reader: Reader) -> Option<(usize, Detail)> {
    let filled = || {
        let columns = sheet.columns.iter().zip(cells).enumerate();
        columns.filter(|(_, (_, cell))| !cell.is_blank())
    };
    let is_sum_word = |cell: &CellIn<'_>| {
        let text = text_of(&cell.value).unwrap_or_default();
        let mut words = text.split(|char: char| !char.is_alphabetic());
        let first = words.find(|word| !word.is_empty()).unwrap_or_default();
        SUM_WORDS.contains(&first.to_lowercase().as_str())
    };
    let has = |key| filled().any(|(_, (column, cell))| column.key == key && !is_sum_word(cell));
    if has(ColumnKey::Number) || has(ColumnKey::PaidOn) || has(ColumnKey::Payee) {
        return None;
    }
    let amount = filled().find(|(_, (column, _))| column.key == ColumnKey::Amount);
    let is_named_sum = filled().any(|(_, (_, cell))| is_sum_word(cell));
    if let Some((column, (_, cell))) = amount {
        let is_sum = !has(ColumnKey::Item) && (is_named_sum || cell.is_formula);
        return is_sum.then_some((column, Detail::SumNotRead));
    }
    let mut filled = filled();
    let (column, (_, cell)) = filled.next().filter(|_| filled.next().is_none())?;
    let typed = reader.quoted(&cell.value);
    Some((column, Detail::NoteNotRead { typed }))
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
