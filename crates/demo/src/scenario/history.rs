//! What earlier quarters hold, as the service would give it with the next issued workbook.

use nachweis_domain::{context::History, figures::QuarterlyFigures, quarter::Quarter};

/// Adds the figures of a quarter to what is known. `spent_this_year` starts anew with each first quarter.
pub fn record(history: &mut History, quarter: Quarter, figures: &QuarterlyFigures) {
    history.reported_quarters.get_or_insert_default().insert(quarter);
    if quarter.number() == 1 {
        history.spent_this_year.clear();
    }
    for figure in &figures.expenditure {
        *history.spent.entry(figure.item.clone()).or_default() += figure.amount.value;
        *history.spent_this_year.entry(figure.item.clone()).or_default() += figure.amount.value;
    }
    if quarter.number() == 4 {
        history.spent_this_year.clear();
    }
    for fund in &figures.funds {
        let totals = history.funds.entry(fund.source.clone()).or_default();
        let value = |cell: &Option<nachweis_domain::cell::Located<_>>| {
            cell.as_ref().map(|cell| cell.value).unwrap_or_default()
        };
        totals.called += value(&fund.called);
        totals.received += value(&fund.received);
        totals.spent += value(&fund.spent);
    }
    for figure in &figures.indicators {
        let counts = history.indicators.entry(figure.code.clone()).or_default();
        let value =
            |cell: &Option<nachweis_domain::cell::Located<i64>>| cell.as_ref().map_or(0, |cell| cell.value);
        counts.women += value(&figure.women);
        counts.men += value(&figure.men);
        counts.non_binary += value(&figure.non_binary);
        counts.total += figure.sum();
    }
    for figure in &figures.counters {
        *history.counters.entry(figure.counter.clone()).or_default() +=
            figure.count.as_ref().map_or(0, |count| count.value);
    }
    let numbers = figures
        .vouchers
        .rows
        .iter()
        .filter_map(|voucher| voucher.number.clone());
    history.voucher_numbers.extend(numbers);
}
