//! Figures as cells, to compare what is kept with what reading the original gives.

use std::{collections::BTreeMap, fmt::Display};

use nachweis_domain::{
    cell::{CellRef, Located},
    figures::{QuarterlyFigures, Voucher, VoucherColumn, VoucherList},
};

/// What cells hold, by place; two figures in one place have an order.
type Cells = BTreeMap<CellRef, Vec<String>>;

/// How many cells there are, and those that differ, in their order.
pub(super) fn compare(mut kept: QuarterlyFigures, mut read: QuarterlyFigures) -> (u64, Vec<CellRef>) {
    // What was typed over formulas is told by findings and is not kept with the figures.
    kept.typed_over.clear();
    read.typed_over.clear();
    let same = kept == read;
    let kept = cells(&kept);
    let count = u64::try_from(kept.len()).unwrap_or(u64::MAX);
    if same {
        return (count, Vec::new());
    }
    let read = cells(&read);
    let mut differing: Vec<CellRef> = kept
        .keys()
        .chain(read.keys())
        .filter(|cell| kept.get(*cell) != read.get(*cell))
        .cloned()
        .collect();
    differing.sort_unstable();
    differing.dedup();
    (count, differing)
}

fn cells(figures: &QuarterlyFigures) -> Cells {
    let mut cells = Cells::new();
    let mut add = |at: &CellRef, content: String| cells.entry(at.clone()).or_default().push(content);
    for figure in &figures.expenditure {
        add(
            &figure.amount.at,
            format!("{} {}", figure.item, figure.amount.value.cents()),
        );
    }
    for figure in &figures.funds {
        add(&figure.at, figure.source.to_string());
        for amount in [&figure.called, &figure.received, &figure.spent]
            .into_iter()
            .flatten()
        {
            add(&amount.at, amount.value.cents().to_string());
        }
    }
    for figure in &figures.indicators {
        add(&figure.at, figure.code.to_string());
        let counts = [&figure.women, &figure.men, &figure.non_binary, &figure.total];
        counts
            .into_iter()
            .flatten()
            .for_each(|count| add(&count.at, count.value.to_string()));
        let texts = [shown(figure.corrects.as_ref()), shown(figure.note.as_ref())];
        texts.into_iter().flatten().for_each(|(at, text)| add(at, text));
    }
    for figure in &figures.counters {
        add(&figure.at, figure.counter.to_string());
        if let Some(count) = &figure.count {
            add(&count.at, count.value.to_string());
        }
    }
    for figure in &figures.narrative {
        add(&figure.text.at, format!("{} {}", figure.part, figure.text.value));
    }
    for voucher in &figures.vouchers.rows {
        voucher_cells(&figures.vouchers, voucher, &mut add);
    }
    cells
}

fn shown<T: Display>(cell: Option<&Located<T>>) -> Option<(&CellRef, String)> {
    cell.map(|cell| (&cell.at, cell.value.to_string()))
}

fn voucher_cells(list: &VoucherList, voucher: &Voucher, add: &mut impl FnMut(&CellRef, String)) {
    let columns = [
        (VoucherColumn::Number, voucher.number.clone()),
        (VoucherColumn::PaidOn, voucher.paid_on.map(|day| day.to_string())),
        (VoucherColumn::Payee, voucher.payee.clone()),
        (VoucherColumn::Purpose, voucher.purpose.clone()),
        (
            VoucherColumn::Item,
            voucher.item.as_ref().map(ToString::to_string),
        ),
        (
            VoucherColumn::Amount,
            voucher.amount.map(|amount| amount.cents().to_string()),
        ),
        (
            VoucherColumn::Corrects,
            voucher.corrects.map(|quarter| quarter.to_string()),
        ),
    ];
    for (column, content) in columns {
        if let Some(content) = content {
            add(&list.cell(voucher, column), content);
        }
    }
}
