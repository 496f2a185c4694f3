//! Formulas that only help the lead: sums of vouchers beside the plan items and above the voucher list. They are never
//! read; a number in place of one is named like any other.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::CellRef,
    figures::{VoucherColumn, VoucherList},
    finding::{Detail, Recomputed, Shown},
    money::Money,
};

use super::{
    computed::{ComputedCell, Standing, Stored, judge, shown_of},
    gathered::Gathered,
    scan::Table,
    typed::Reader,
};
use crate::layout::{ColumnKey, Entry, Formula, Kind, Role, Sheet, SheetKind, Slot};

/// Judges the sums of vouchers on the sheet of expenditure, once the vouchers are read.
pub(super) fn voucher_sums(
    sheet: &Sheet,
    cells: &[ComputedCell],
    vouchers: &VoucherList,
    gathered: &mut Gathered,
) {
    let sums = sums(vouchers);
    let slots = |row, column| match (sheet.role(row, column), sheet.rows.get(row)) {
        (Some(Role::Aid(Formula::VoucherSum)), Some(row)) => match &sums {
            Some(sums) => match sums.get(row.key.as_str()).copied().unwrap_or(Some(Money::ZERO)) {
                Some(sum) => Slot::Value(Entry::Money(sum)),
                None => Slot::Unreadable,
            },
            None => Slot::Unreadable,
        },
        _ => Slot::Empty,
    };
    judge(sheet, cells, &slots, Stored::Ignored, gathered);
}

/// The sum of each item that has vouchers, `None` where one has no readable amount; nothing without the columns.
fn sums(vouchers: &VoucherList) -> Option<BTreeMap<&str, Option<Money>>> {
    let has = |column| vouchers.columns.contains_key(&column);
    if !has(VoucherColumn::Item) || !has(VoucherColumn::Amount) {
        return None;
    }
    let mut sums: BTreeMap<&str, Option<Money>> = BTreeMap::new();
    for voucher in &vouchers.rows {
        if let Some(item) = &voucher.item {
            let sum = sums.entry(item.as_str()).or_insert(Some(Money::ZERO));
            *sum = sum.zip(voucher.amount).map(|(sum, amount)| sum + amount);
        }
    }
    Some(sums)
}

/// The cell of the sum above the voucher list: the one over the header of the amounts.
pub(super) fn cell_of_list_sum(table: &Table<'_>) -> Option<(u32, u16)> {
    if table.sheet.kind != SheetKind::Vouchers {
        return None;
    }
    let column = table.sheet.column_index(ColumnKey::Amount)?;
    Some((
        table.header_row?.checked_sub(1)?,
        table.columns.get(column).copied().flatten()?,
    ))
}

/// Judges the sum above the voucher list.
pub(super) fn list_sum(reader: Reader, table: &Table<'_>, vouchers: &VoucherList, gathered: &mut Gathered) {
    let Some((row, col)) = cell_of_list_sum(table) else {
        return;
    };
    let Some((_, cell)) = table.above.iter().find(|(above, _)| *above == col) else {
        return;
    };
    let Standing::Number(typed) = Standing::of(reader, Kind::Money, cell) else {
        return;
    };
    let at = CellRef::at(std::sync::Arc::clone(&table.name), row, col);
    let sum: Option<Money> = vouchers.rows.iter().map(|voucher| voucher.amount).sum();
    let computed = sum.map_or(Shown::Nothing, Shown::Money);
    let typed = shown_of(&typed);
    if typed == computed {
        gathered.alike.push(Recomputed {
            at,
            found: typed,
            computed,
        });
    } else {
        gathered.at(at, Detail::TypedOver { typed, computed });
    }
}
