//! Counted values as entries of a ledger.

use nachweis_domain::{
    context::FundTotals,
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    ledger::{CounterEntry, ExpenditureEntry, FundEntry, IndicatorEntry},
    money::Money,
};

use super::cells::{Persons, Place};

pub(super) fn expenditure(cells: Vec<(Place, [Money; 2])>) -> Vec<ExpenditureEntry> {
    let entries =
        cells.into_iter().map(
            |((subproject, quarter, item), [reported, accepted])| ExpenditureEntry {
                subproject,
                quarter,
                item: ItemKey::new(item),
                reported,
                accepted,
            },
        );
    entries.collect()
}

pub(super) fn funds(cells: Vec<(Place, FundTotals)>) -> Vec<FundEntry> {
    let entries = cells
        .into_iter()
        .map(|((subproject, quarter, source), totals)| FundEntry {
            subproject,
            quarter,
            source: SourceKey::new(source),
            totals,
        });
    entries.collect()
}

/// Where genders were typed they sum to all (as [`nachweis_domain::figures::IndicatorFigure::sum`]).
pub(super) fn indicators(cells: Vec<(Place, Persons)>) -> Vec<IndicatorEntry> {
    let entries = cells.into_iter().map(|((subproject, quarter, code), persons)| {
        let mut counts = persons.counts;
        if persons.has_genders {
            counts.total = counts.women + counts.men + counts.non_binary;
        }
        IndicatorEntry {
            subproject,
            quarter,
            code: IndicatorCode::new(code),
            counts,
        }
    });
    entries.collect()
}

pub(super) fn counters(cells: Vec<(Place, i64)>) -> Vec<CounterEntry> {
    let entries = cells
        .into_iter()
        .map(|((subproject, quarter, counter), count)| CounterEntry {
            subproject,
            quarter,
            counter: CounterKey::new(counter),
            count,
        });
    entries.collect()
}
