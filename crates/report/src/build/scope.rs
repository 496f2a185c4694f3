//! Which entries of the ledger count: all, or those up to and including a quarter.

use chrono::NaiveDate;
use nachweis_domain::{ledger::Ledger, quarter::Quarter};

/// A ledger with the quarter up to which it is read.
pub(super) struct Scope<'a> {
    pub(super) ledger: &'a Ledger,
    /// The quarter that was asked for.
    pub(super) asked: Option<Quarter>,
    /// The last quarter with figures.
    pub(super) last: Option<Quarter>,
    /// The quarter at whose end plan and time are measured: the one asked for, otherwise the last with figures,
    /// before the first figures the quarter before the round. None only for a round outside 2000–2099.
    pub(super) reference: Option<Quarter>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(ledger: &'a Ledger, asked: Option<Quarter>) -> Self {
        let last = last_with_figures(ledger);
        let before = || Quarter::of(ledger.round.period.first).map(Quarter::previous);
        Self {
            ledger,
            asked,
            last,
            reference: asked.or(last).or_else(before),
        }
    }

    /// Whether the figures of a quarter count.
    pub(super) fn counts(&self, quarter: Quarter) -> bool {
        self.asked.is_none_or(|last| quarter <= last)
    }

    /// Whether a payment of that day counts.
    pub(super) fn counts_day(&self, day: NaiveDate) -> bool {
        self.asked.is_none_or(|last| day <= last.last_day())
    }
}

/// The last quarter of which something was submitted.
fn last_with_figures(ledger: &Ledger) -> Option<Quarter> {
    let expenditure = ledger.expenditure.iter().map(|entry| entry.quarter);
    let funds = ledger.funds.iter().map(|entry| entry.quarter);
    let indicators = ledger.indicators.iter().map(|entry| entry.quarter);
    let counters = ledger.counters.iter().map(|entry| entry.quarter);
    expenditure.chain(funds).chain(indicators).chain(counters).max()
}
