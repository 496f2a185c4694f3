//! Single sums compared one by one: subproject × quarter × key, so that errors that cancel out are seen, too.

use std::{cmp::Ordering, collections::BTreeMap};

use nachweis_domain::{language::Text, ledger::Ledger};

use super::{
    control::ControlTotal,
    summed::{COUNTS, FUNDS, Summed},
};
use crate::Value;

/// Values by place, each place once; places without value count as zero.
type Places<'a> = BTreeMap<(usize, i64, &'a str), [i64; 4]>;

/// A kind of sum: its name in German and English, how a ledger's are gathered, and the rows that they add up.
type Kind = (&'static str, &'static str, fn(&Ledger) -> Places<'_>, Summed);

/// For each kind of figure: how many sums the reports have, and how many of them the other two ways have alike.
pub(super) fn by_place(reports: &Ledger, stored: &Ledger, rows: &Ledger) -> Vec<ControlTotal> {
    let kinds: [Kind; 5] = [
        (
            "Teilvorhaben × Quartal × Einzelansatz",
            "subproject × quarter × plan item",
            expenditure,
            Summed::Expenditure {
                item: None,
                accepted: false,
            },
        ),
        (
            "Teilvorhaben × Quartal × Mittelherkunft",
            "subproject × quarter × source",
            funds,
            Summed::Funds {
                parts: FUNDS,
                source: None,
            },
        ),
        (
            "Teilvorhaben × Quartal × Indikator",
            "subproject × quarter × indicator",
            indicators,
            Summed::Indicator {
                code: None,
                parts: COUNTS,
            },
        ),
        (
            "Teilvorhaben × Quartal × Kennzahl",
            "subproject × quarter × counter",
            counters,
            Summed::Counter(None),
        ),
        (
            "Teilvorhaben × Auszahlungstag × Mittelherkunft",
            "subproject × day of payment × source",
            payments,
            Summed::Payments(None),
        ),
    ];
    kinds
        .into_iter()
        .map(|(de, en, places, summed)| {
            let expected = places(reports);
            let alike = |other: &Ledger| {
                let all = i64::try_from(expected.len()).unwrap_or(i64::MAX);
                Value::Count(all.saturating_sub(differing(&expected, &places(other))))
            };
            ControlTotal {
                by: None,
                area: Text::new("Übereinstimmende Einzelsummen", "Single sums that agree"),
                name: Text::new(de, en),
                reports: Value::Count(i64::try_from(expected.len()).unwrap_or(i64::MAX)),
                stored: alike(stored),
                rows: alike(rows),
                summed: Summed::Places(Box::new(summed)),
            }
        })
        .collect()
}

/// How many places differ.
fn differing(expected: &Places<'_>, found: &Places<'_>) -> i64 {
    let (mut left, mut right) = (expected.iter().peekable(), found.iter().peekable());
    let mut count = 0;
    while let Some(order) = match (left.peek(), right.peek()) {
        (Some((a, _)), Some((b, _))) => Some(a.cmp(b)),
        (Some(_), None) => Some(Ordering::Less),
        (None, Some(_)) => Some(Ordering::Greater),
        (None, None) => None,
    } {
        let a = if order.is_le() { left.next() } else { None };
        let b = if order.is_ge() { right.next() } else { None };
        count += i64::from(a.map(|(_, values)| values) != b.map(|(_, values)| values));
    }
    count
}

fn expenditure(ledger: &Ledger) -> Places<'_> {
    gathered(ledger.expenditure.iter().map(|entry| {
        let values = [entry.reported.cents(), entry.accepted.cents(), 0, 0];
        (
            (
                entry.subproject,
                entry.quarter.ordinal().into(),
                entry.item.as_str(),
            ),
            values,
        )
    }))
}

fn funds(ledger: &Ledger) -> Places<'_> {
    gathered(ledger.funds.iter().map(|entry| {
        let totals = entry.totals;
        let values = [
            totals.called.cents(),
            totals.received.cents(),
            totals.spent.cents(),
            0,
        ];
        (
            (
                entry.subproject,
                entry.quarter.ordinal().into(),
                entry.source.as_str(),
            ),
            values,
        )
    }))
}

fn indicators(ledger: &Ledger) -> Places<'_> {
    gathered(ledger.indicators.iter().map(|entry| {
        let counts = entry.counts;
        let values = [counts.women, counts.men, counts.non_binary, counts.total];
        (
            (
                entry.subproject,
                entry.quarter.ordinal().into(),
                entry.code.as_str(),
            ),
            values,
        )
    }))
}

fn counters(ledger: &Ledger) -> Places<'_> {
    gathered(ledger.counters.iter().map(|entry| {
        (
            (
                entry.subproject,
                entry.quarter.ordinal().into(),
                entry.counter.as_str(),
            ),
            [entry.count, 0, 0, 0],
        )
    }))
}

fn payments(ledger: &Ledger) -> Places<'_> {
    let states = ledger.subprojects.iter().enumerate();
    gathered(states.flat_map(|(index, state)| {
        state.disbursements.iter().map(move |payment| {
            let day = chrono::Datelike::num_days_from_ce(&payment.paid_on);
            (
                (index, day.into(), payment.source.as_str()),
                [payment.amount.cents(), 0, 0, 0],
            )
        })
    }))
}

fn gathered<'a>(entries: impl Iterator<Item = ((usize, i64, &'a str), [i64; 4])>) -> Places<'a> {
    let mut places = Places::new();
    for (place, values) in entries {
        let sums = places.entry(place).or_default();
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
    }
    places.retain(|_, values| *values != [0; 4]);
    places
}
