//! The rows of a control total, added up.

use nachweis_domain::{audit::FigurePart, audit::PlanRowKind, ledger::Ledger, money::Money};

use super::{ENTITIES, Summed};
use crate::audit::recount::Vouchers;

impl Summed {
    /// The sum of the rows, in cents or as a count, from a ledger that was counted of them and its vouchers. `None` for
    /// what is counted as rows or single sums.
    pub(in crate::audit) fn sum(&self, ledger: &Ledger, vouchers: &Vouchers) -> Option<i64> {
        Some(match self {
            Self::Rows(_) | Self::Unlisted | Self::Places(_) => return None,
            Self::Expenditure { item, accepted } => expenditure(ledger, item.as_ref(), *accepted).cents(),
            Self::Vouchers(item) => vouchers.get(item).copied().unwrap_or_default().cents(),
            Self::Funds { parts, source } => {
                let funds = ledger.funds.iter();
                let funds =
                    funds.filter(|entry| source.as_ref().is_none_or(|source| *source == entry.source));
                let amounts = funds.flat_map(|entry| {
                    parts.iter().map(|part| match part {
                        FigurePart::Called => entry.totals.called,
                        FigurePart::Received => entry.totals.received,
                        _ => entry.totals.spent,
                    })
                });
                amounts.sum::<Money>().cents()
            }
            Self::Payments(source) => {
                let payments = ledger.subprojects.iter().flat_map(|state| &state.disbursements);
                let payments =
                    payments.filter(|payment| source.as_ref().is_none_or(|source| *source == payment.source));
                payments.map(|payment| payment.amount).sum::<Money>().cents()
            }
            Self::Plans(kind, source) => {
                let plans = ledger.subprojects.iter();
                let plans = plans.filter_map(|state| state.plan_on(ledger.day()));
                match kind {
                    PlanRowKind::Item => plans
                        .map(|plan| plan.awarded(&ledger.round))
                        .sum::<Money>()
                        .cents(),
                    PlanRowKind::Source => plans
                        .flat_map(|plan| &plan.sources)
                        .filter(|(key, _)| source.as_ref().is_none_or(|source| source == *key))
                        .map(|(_, amount)| *amount)
                        .sum::<Money>()
                        .cents(),
                    PlanRowKind::Target => {
                        let targets: u64 = plans.flat_map(|plan| plan.targets.values()).sum();
                        i64::try_from(targets).unwrap_or(i64::MAX)
                    }
                }
            }
            Self::Indicator { code, parts } => {
                let entries = ledger.indicators.iter();
                let entries = entries.filter(|entry| code.as_ref().is_none_or(|code| *code == entry.code));
                let counts = entries.map(|entry| {
                    let counts = entry.counts;
                    if *parts == ENTITIES {
                        counts.total
                    } else {
                        counts.women + counts.men + counts.non_binary
                    }
                });
                counts.sum()
            }
            Self::Counter(key) => {
                let entries = ledger.counters.iter();
                let entries = entries.filter(|entry| key.as_ref().is_none_or(|key| *key == entry.counter));
                entries.map(|entry| entry.count).sum()
            }
        })
    }
}

fn expenditure(ledger: &Ledger, item: Option<&nachweis_domain::key::ItemKey>, accepted: bool) -> Money {
    let entries = ledger.expenditure.iter();
    let amounts = entries.filter_map(|entry| {
        let amount = if accepted { entry.accepted } else { entry.reported };
        match item {
            // All items: income is deducted.
            None => Some(ledger.round.signed(&entry.item, amount)),
            Some(item) => (*item == entry.item).then_some(amount),
        }
    });
    amounts.sum()
}
