//! FIN-13: money called is spent in time.
//!
//! ## Was geprüft wird
//! Was aus einer Quelle der EU oder des Zuwendungsgebers mindestens so viele Tage vor dem Quartalsende eingegangen
//! ist, wie die Förderrunde erlaubt (üblich: 42), ist am Quartalsende verausgabt. Maßgeblich sind die hier
//! verzeichneten Auszahlungen; für eine Quelle ohne verzeichnete Auszahlung gilt, was in früheren Quartalen als
//! erhalten gemeldet wurde.
//!
//! ## Warum
//! Mittel dürfen nur so weit abgerufen werden, wie sie innerhalb von sechs Wochen für fällige Zahlungen gebraucht
//! werden (ANBest-P Nr. 1.4); auf verspätet verwendete Mittel können Zinsen anfallen (§ 49a Verwaltungsverfahrensgesetz).
//!
//! ## Beispiel
//! Am 15.07.2024 wurden 5.000,00 € mehr ausgezahlt, als bis zum 30.09.2024 verausgabt sind.
//!
//! ## Abhilfe
//! Erläutern, wofür die Mittel gebraucht werden, oder sie zurückzahlen.
//!
//! ## What it checks
//! What was received from a source of the Union or the granting authority at least as many days before the end of
//! the quarter as the funding round allows (usually 42) is spent by the end of the quarter. The payments recorded
//! here decide; for a source without recorded payments, what earlier quarters reported as received.
//!
//! ## Why
//! Money may be called only as far as it is needed for payments due within six weeks (ANBest-P no. 1.4); interest
//! may be due on money used late (section 49a of the Administrative Procedure Act).
//!
//! ## Example
//! On 15 July 2024 €5,000.00 more was paid out than is spent by 30 September 2024.
//!
//! ## How to fix
//! Explain what the money is needed for, or pay it back.

use chrono::Days;

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding},
    key::SourceKey,
    money::Money,
    round::SourceKind,
};

/// Compares old money with spending, source by source; the finding stands at what was spent.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for fund in &subject.figures.funds {
        let called = subject
            .round
            .source(&fund.source)
            .is_some_and(|source| matches!(source.kind, SourceKind::Union | SourceKind::Grant));
        let Some(spent) = fund.spent.as_ref().filter(|_| called) else {
            continue;
        };
        let spent_so_far = subject.funds_before(&fund.source).spent + spent.value;
        let unspent = old_money(subject, &fund.source) - spent_so_far;
        if unspent > Money::ZERO {
            let days = subject.round.thresholds.call_days;
            let related = fund.received.iter().map(|received| received.at.clone()).collect();
            let detail = Detail::UnspentCall { unspent, days };
            found.push(Finding::at(spent.at.clone(), detail).with_related(related));
        }
    }
    found
}

/// Money of a source that was received so long before the end of the quarter that it must be spent.
fn old_money(subject: &Subject<'_>, source: &SourceKey) -> Money {
    let history = &subject.context.history;
    let quarter = subject.context.quarter;
    let days = Days::new(subject.round.thresholds.call_days.into());
    let Some(last) = quarter.last_day().checked_sub_days(days) else {
        return Money::ZERO;
    };
    let mut payments = history
        .disbursements
        .iter()
        .filter(|payment| &payment.source == source)
        .peekable();
    if payments.peek().is_some() {
        let old = payments.filter(|payment| payment.paid_on <= last);
        return old.map(|payment| payment.amount).sum();
    }
    if last >= quarter.previous().last_day() {
        subject.funds_before(source).received
    } else {
        Money::ZERO
    }
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        context::FundTotals,
        finding::Code,
        key::SourceKey,
        money::Money,
        rules::testing::{Grid, day, disbursement},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().context(|context| {
            context.history.disbursements = vec![disbursement(day(7, 15), "esf_plus", 47_000)];
        })
    }

    #[test]
    fn old_money_that_is_not_spent_is_found_at_what_was_spent() {
        assert_eq!(example().lines(), ["FIN-13 Mittel!D5"]);
    }

    #[test]
    fn six_weeks_count_back_from_the_end_of_the_quarter() {
        for (paid_on, found) in [(day(8, 19), 1), (day(8, 20), 0), (day(9, 30), 0)] {
            let grid = Grid::sound().context(|context| {
                context
                    .history
                    .disbursements
                    .push(disbursement(paid_on, "esf_plus", 1));
            });
            assert_eq!(grid.cells(Code::Fin13).len(), found, "{paid_on}");
        }
    }

    #[test]
    fn money_paid_back_is_no_longer_unspent() {
        let grid = example().context(|context| {
            context
                .history
                .disbursements
                .push(disbursement(day(8, 1), "esf_plus", -5_000));
        });
        assert!(grid.check().is_empty());
    }

    #[test]
    fn without_recorded_payments_what_was_reported_counts() {
        let received = |euro: i64| {
            Grid::sound().context(|context| {
                let totals = FundTotals {
                    received: Money::from_euro(euro),
                    spent: Money::from_euro(49_500),
                    ..FundTotals::default()
                };
                context.history.funds.insert(SourceKey::new("federal"), totals);
            })
        };
        assert!(received(57_750).check().is_empty());
        assert_eq!(received(57_751).lines(), ["FIN-13 Mittel!D6"]);
    }

    #[test]
    fn own_funds_are_not_called() {
        let grid = Grid::sound().context(|context| {
            context
                .history
                .disbursements
                .push(disbursement(day(7, 1), "own_public", 99_000));
        });
        assert!(grid.check().is_empty());
    }
}
