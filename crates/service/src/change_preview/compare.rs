//! Comparing two sets of figures value by value.

use nachweis_domain::{
    cell::Located,
    figures::{FundFigure, IndicatorFigure, QuarterlyFigures},
    language::Text,
    money::Money,
    round::FundingRound,
};

use super::{Change, Changed, Quantity};

/// A value of an indicator or a source, picked out of its row.
type Pick<Row, Value> = fn(&Row) -> Option<&Located<Value>>;

/// What differs between two sets of figures, in the order of the round's lists.
pub(crate) fn compare(
    round: &FundingRound,
    before: &QuarterlyFigures,
    after: &QuarterlyFigures,
) -> Vec<Change> {
    let mut changes = Vec::new();
    expenditure(round, before, after, &mut changes);
    vouchers(before, after, &mut changes);
    funds(round, before, after, &mut changes);
    indicators(round, before, after, &mut changes);
    counters(round, before, after, &mut changes);
    changes
}

fn expenditure(
    round: &FundingRound,
    before: &QuarterlyFigures,
    after: &QuarterlyFigures,
    changes: &mut Vec<Change>,
) {
    for spec in &round.plan_items {
        let amount = |figures: &QuarterlyFigures| {
            let figure = figures.expenditure.iter().find(|figure| figure.item == spec.key);
            figure.map(|figure| figure.amount.value)
        };
        let (before, after) = (amount(before), amount(after));
        changes.extend(money(
            Changed::Expenditure,
            spec.key.as_str(),
            &spec.name,
            before,
            after,
        ));
    }
}

fn vouchers(before: &QuarterlyFigures, after: &QuarterlyFigures, changes: &mut Vec<Change>) {
    let count = |figures: &QuarterlyFigures| i64::try_from(figures.vouchers.rows.len()).ok();
    let sum = |figures: &QuarterlyFigures| {
        let amounts = figures.vouchers.rows.iter().filter_map(|voucher| voucher.amount);
        Some(amounts.sum())
    };
    let name = Text::new("Zahl der Belege", "Number of vouchers");
    changes.extend(counted(Changed::Vouchers, "", &name, count(before), count(after)));
    let name = Text::new("Summe der Belege", "Sum of vouchers");
    changes.extend(money(Changed::VoucherSum, "", &name, sum(before), sum(after)));
}

fn funds(
    round: &FundingRound,
    before: &QuarterlyFigures,
    after: &QuarterlyFigures,
    changes: &mut Vec<Change>,
) {
    const COLUMNS: [(Changed, Pick<FundFigure, Money>); 3] = [
        (Changed::Called, |row| row.called.as_ref()),
        (Changed::Received, |row| row.received.as_ref()),
        (Changed::Spent, |row| row.spent.as_ref()),
    ];
    for spec in &round.sources {
        let row = |figures| {
            row_of(
                figures,
                |figures: &QuarterlyFigures| &figures.funds,
                |row| row.source == spec.key,
            )
        };
        let (before, after) = (row(before), row(after));
        for (what, pick) in COLUMNS {
            let (before, after) = (value(before, pick), value(after, pick));
            changes.extend(money(what, spec.key.as_str(), &spec.name, before, after));
        }
    }
}

fn indicators(
    round: &FundingRound,
    before: &QuarterlyFigures,
    after: &QuarterlyFigures,
    changes: &mut Vec<Change>,
) {
    const COLUMNS: [(Changed, Pick<IndicatorFigure, i64>); 4] = [
        (Changed::Women, |row| row.women.as_ref()),
        (Changed::Men, |row| row.men.as_ref()),
        (Changed::NonBinary, |row| row.non_binary.as_ref()),
        (Changed::Total, |row| row.total.as_ref()),
    ];
    for spec in &round.indicators {
        let row = |figures| {
            row_of(
                figures,
                |figures: &QuarterlyFigures| &figures.indicators,
                |row| row.code == spec.code,
            )
        };
        let (before, after) = (row(before), row(after));
        for (what, pick) in COLUMNS {
            let (before, after) = (value(before, pick), value(after, pick));
            changes.extend(counted(what, spec.code.as_str(), &spec.name, before, after));
        }
    }
}

fn counters(
    round: &FundingRound,
    before: &QuarterlyFigures,
    after: &QuarterlyFigures,
    changes: &mut Vec<Change>,
) {
    for spec in &round.counters {
        let count = |figures| {
            let row = row_of(
                figures,
                |figures: &QuarterlyFigures| &figures.counters,
                |row| row.counter == spec.key,
            );
            value(row, |row| row.count.as_ref())
        };
        let (before, after) = (count(before), count(after));
        changes.extend(counted(
            Changed::Counter,
            spec.key.as_str(),
            &spec.name,
            before,
            after,
        ));
    }
}

fn row_of<Row>(
    figures: &QuarterlyFigures,
    rows: impl Fn(&QuarterlyFigures) -> &Vec<Row>,
    is_it: impl Fn(&Row) -> bool,
) -> Option<&Row> {
    rows(figures).iter().find(|row| is_it(row))
}

fn value<Row, Value: Copy>(row: Option<&Row>, pick: Pick<Row, Value>) -> Option<Value> {
    row.and_then(pick).map(|located| located.value)
}

fn money(
    what: Changed,
    item: &str,
    name: &Text,
    before: Option<Money>,
    after: Option<Money>,
) -> Option<Change> {
    (before != after).then(|| Change {
        what,
        item: item.to_owned(),
        name: name.clone(),
        before: before.map(Quantity::AmountCents),
        after: after.map(Quantity::AmountCents),
        difference: Quantity::AmountCents(after.unwrap_or_default() - before.unwrap_or_default()),
    })
}

fn counted(
    what: Changed,
    item: &str,
    name: &Text,
    before: Option<i64>,
    after: Option<i64>,
) -> Option<Change> {
    (before != after).then(|| Change {
        what,
        item: item.to_owned(),
        name: name.clone(),
        before: before.map(Quantity::Count),
        after: after.map(Quantity::Count),
        difference: Quantity::Count(
            after
                .unwrap_or_default()
                .saturating_sub(before.unwrap_or_default()),
        ),
    })
}

#[cfg(test)]
mod tests {
    use nachweis_domain::{
        figures::{CounterFigure, ItemFigure},
        key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    };

    use super::*;
    use crate::sample::{at, round};

    fn spent(cents: i64) -> QuarterlyFigures {
        QuarterlyFigures {
            expenditure: vec![ItemFigure {
                item: ItemKey::new("staff_employees"),
                amount: at(Money::from_cents(cents)),
            }],
            ..QuarterlyFigures::default()
        }
    }

    #[test]
    fn equal_figures_give_no_rows() {
        assert_eq!(compare(&round(), &spent(5), &spent(5)), []);
    }

    #[test]
    fn a_changed_amount_is_one_row_with_its_difference() {
        let changes = compare(&round(), &spent(10_000), &spent(8_050));
        let [change] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        assert_eq!(
            (change.what, change.item.as_str()),
            (Changed::Expenditure, "staff_employees")
        );
        assert_eq!(
            change.before,
            Some(Quantity::AmountCents(Money::from_cents(10_000)))
        );
        assert_eq!(
            change.difference,
            Quantity::AmountCents(Money::from_cents(-1_950))
        );
    }

    #[test]
    fn empty_is_not_zero_but_counts_as_zero_in_the_difference() {
        let fund = |called: Option<i64>| QuarterlyFigures {
            funds: vec![FundFigure {
                source: SourceKey::new("esf_plus"),
                at: at(()).at,
                called: called.map(|cents| at(Money::from_cents(cents))),
                received: None,
                spent: None,
            }],
            ..QuarterlyFigures::default()
        };
        let changes = compare(&round(), &fund(None), &fund(Some(0)));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].before, None);
        assert_eq!(changes[0].after, Some(Quantity::AmountCents(Money::ZERO)));
        assert_eq!(changes[0].difference, Quantity::AmountCents(Money::ZERO));
    }

    #[test]
    fn rows_stand_in_the_order_of_the_workbook() {
        let mut after = spent(1);
        after.counters.push(CounterFigure {
            counter: CounterKey::new("persons_advised"),
            at: at(()).at,
            count: Some(at(3)),
        });
        after.indicators.push(IndicatorFigure {
            code: IndicatorCode::new("EECO02"),
            at: at(()).at,
            women: Some(at(4)),
            men: None,
            non_binary: None,
            total: Some(at(4)),
            corrects: None,
            note: None,
        });
        let changes = compare(&round(), &QuarterlyFigures::default(), &after);
        let order: Vec<Changed> = changes.iter().map(|change| change.what).collect();
        assert_eq!(
            order,
            [
                Changed::Expenditure,
                Changed::Women,
                Changed::Total,
                Changed::Counter
            ]
        );
    }

    #[test]
    fn amounts_are_written_as_cents_and_counts_as_counts() {
        let json = serde_json::to_value(Quantity::AmountCents(Money::from_cents(5))).unwrap();
        assert_eq!(json, serde_json::json!({ "amount_cents": 5 }));
    }
}
