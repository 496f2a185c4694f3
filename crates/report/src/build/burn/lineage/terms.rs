//! The terms of the amounts that are added up.

use nachweis_domain::{
    burn::{BurnBasis, BurnFigures},
    key::ItemKey,
    ledger::ExpenditureEntry,
    money::Money,
    plan::Schedule,
    quarter::Quarter,
};

use super::{Member, Row, Window};
use crate::build::moves::Spent;
use crate::lineage::{Amount, FigureKey, Made, Share, Source, Term, spread};

/// An amount of a row that is added up from the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    Awarded,
    Planned,
    PlannedOutstanding,
    Reported,
    Accepted,
    PaidOut,
    /// Reported in the last four reported quarters.
    Realised,
    /// Planned for them.
    RealisedPlan,
}

impl Sum {
    pub(super) fn of(column: &str) -> Option<Self> {
        Some(match column {
            "awarded" => Self::Awarded,
            "planned" => Self::Planned,
            "planned_outstanding" => Self::PlannedOutstanding,
            "reported" => Self::Reported,
            "accepted" => Self::Accepted,
            "paid_out" => Self::PaidOut,
            "realised" => Self::Realised,
            "realised_plan" => Self::RealisedPlan,
            _ => return None,
        })
    }

    /// The figure; none for what is no column.
    pub(super) const fn field(self) -> Option<fn(&BurnFigures) -> Money> {
        Some(match self {
            Self::Awarded => |figures| figures.awarded,
            Self::Planned => |figures| figures.planned_to_date,
            Self::PlannedOutstanding => |figures| figures.planned_outstanding,
            Self::Reported => |figures| figures.spent,
            Self::Accepted => |figures| figures.accepted,
            Self::PaidOut => |figures| figures.paid_out,
            Self::Realised | Self::RealisedPlan => return None,
        })
    }
}

impl Row<'_> {
    /// The terms of an amount, subproject by subproject.
    pub(super) fn amounts(&self, sum: Sum) -> Vec<Term> {
        let mut all = Vec::new();
        for member in &self.members {
            let entries = self.known.entries(self.scope, member.index);
            let entries: Vec<&ExpenditureEntry> = match sum {
                Sum::Reported | Sum::Accepted | Sum::Realised => {
                    entries.filter(|entry| self.holds_item(&entry.item)).collect()
                }
                _ => Vec::new(),
            };
            let mut terms = self.terms(member, sum, &entries);
            if let (Some(_), Some(field)) = (member.whole, sum.field()) {
                spread(&mut terms, &Amount::Money(field(&member.now)));
            }
            all.append(&mut terms);
        }
        all
    }

    fn holds_item(&self, item: &ItemKey) -> bool {
        self.item.as_ref().is_none_or(|only| only == item)
    }

    fn terms(&self, member: &Member<'_>, sum: Sum, entries: &[&ExpenditureEntry]) -> Vec<Term> {
        let until = |last: Option<Quarter>| {
            self.scope
                .reference
                .map(|reference| last.map_or(reference, |last| last.min(reference)))
        };
        let to_date = Window {
            after: self.window.after.and_then(|after| until(Some(after))),
            until: until(self.window.until),
        };
        match sum {
            Sum::Awarded => self.planned(member, Schedule::awarded),
            Sum::Planned => self.planned(member, |schedule| {
                let until = |last: Option<Quarter>| last.map(|last| schedule.until(last)).unwrap_or_default();
                until(to_date.until) - until(to_date.after)
            }),
            Sum::PlannedOutstanding => {
                let quarters: Vec<Quarter> = self.outstanding(member, to_date).collect();
                self.planned(member, |schedule| in_quarters(schedule, &quarters))
            }
            Sum::Realised | Sum::RealisedPlan if self.is_quarter() => {
                self.of_quarters(member, sum, to_date.until)
            }
            Sum::RealisedPlan => {
                let quarters = self.realisation(member, to_date.until);
                self.planned(member, |schedule| in_quarters(schedule, &quarters))
            }
            Sum::Reported => self.spent(member, entries, Spent::Reported, |quarter| to_date.holds(quarter)),
            Sum::Accepted => self.spent(member, entries, Spent::Accepted, |quarter| {
                self.window.holds(quarter)
            }),
            Sum::Realised => {
                let quarters = self.realisation(member, to_date.until);
                self.spent(member, entries, Spent::Reported, |quarter| {
                    quarters.contains(&quarter)
                })
            }
            Sum::PaidOut => self.paid(member),
        }
    }

    /// The rows of the plan that counts, each with what of it a schedule gives.
    fn planned(&self, member: &Member<'_>, amount: impl Fn(&Schedule) -> Money) -> Vec<Term> {
        let round = &self.scope.ledger.round;
        let state = self.scope.ledger.subprojects.get(member.index);
        let Some((state, plan)) = state.zip(self.scope.plan(member.index)) else {
            return Vec::new();
        };
        if self.scope.reference.is_none() {
            return Vec::new();
        }
        let grant = &state.subproject.grant_period;
        let rows = Schedule::of_rows(plan, self.item.as_ref(), round, grant).into_iter();
        rows.filter_map(|(item, year, schedule)| {
            let part = amount(&schedule);
            let source = Source::Plan {
                version: plan.number,
                key: FigureKey::Item(item.clone()),
                year: Some(year),
            };
            // Income is deducted in schedules; in the plan it stands as it is typed.
            let typed = round.signed(item, schedule.awarded());
            (!part.is_zero()).then(|| Term::counted(member.no, source, typed.into(), part.into()))
        })
        .collect()
    }

    /// The cells of expenditure that an amount is taken from, and what vouchers moved; income is deducted.
    fn spent(
        &self,
        member: &Member<'_>,
        entries: &[&ExpenditureEntry],
        spent: Spent,
        counts: impl Fn(Quarter) -> bool,
    ) -> Vec<Term> {
        let mut all = Vec::new();
        for entry in entries.iter().filter(|entry| counts(entry.quarter)) {
            for mut term in self.scope.spent(member.no, entry, spent) {
                let typed = term.part.money().unwrap_or_default();
                term.part = self.scope.ledger.round.signed(&entry.item, typed).into();
                all.push(term);
            }
        }
        all
    }

    fn paid(&self, member: &Member<'_>) -> Vec<Term> {
        let payments = self.scope.payments(member.index).filter(|payment| {
            let last = |quarter: Option<Quarter>| quarter.map(Quarter::last_day);
            last(self.window.after).is_none_or(|after| after < payment.paid_on)
                && last(self.window.until).is_none_or(|until| payment.paid_on <= until)
        });
        payments
            .map(|payment| {
                let source = Source::Payment {
                    paid_on: payment.paid_on,
                    source: payment.source.clone(),
                    amount: payment.amount,
                };
                Term::plain(member.no, source, payment.amount.into())
            })
            .collect()
    }

    /// The quarters of a grant in a window that are not reported.
    pub(super) fn outstanding(&self, member: &Member<'_>, window: Window) -> impl Iterator<Item = Quarter> {
        let quarters = self.scope.outstanding(member.index);
        quarters.filter(move |quarter| window.holds(*quarter))
    }

    /// What the rows of the last reported quarters say, which open in turn.
    fn of_quarters(&self, member: &Member<'_>, sum: Sum, until: Option<Quarter>) -> Vec<Term> {
        let (column, field): (_, fn(&BurnFigures) -> Money) = match sum {
            Sum::Realised => ("reported", |figures| figures.spent),
            _ => ("planned", |figures| figures.planned_to_date),
        };
        let first = self.known.span(self.scope).map(|(first, _)| first);
        let at = |quarter| field(&self.known.at(self.scope, member.index, quarter));
        let quarters = self.realisation(member, until).into_iter();
        quarters
            .map(|quarter| {
                let before = first
                    .filter(|first| *first < quarter)
                    .map(|_| at(quarter.previous()));
                (quarter, at(quarter) - before.unwrap_or_default())
            })
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(quarter, amount)| {
                let row = format!("{quarter}/{}", member.no);
                Term::plain(member.no, Source::Number { row, column }, amount.into())
            })
            .collect()
    }

    /// The quarters whose realisation the forecast carries on.
    fn realisation(&self, member: &Member<'_>, until: Option<Quarter>) -> Vec<Quarter> {
        let state = self.scope.ledger.subprojects.get(member.index);
        let Some((state, quarter)) = state.zip(until) else {
            return Vec::new();
        };
        let reported = self.scope.reported(member.index).iter();
        let spent = reported.map(|quarter| (*quarter, Money::ZERO)).collect();
        BurnBasis {
            grant: state.subproject.grant_period,
            schedule: None,
            quarter,
            spent: &spent,
            accepted: Money::ZERO,
            paid_out: Money::ZERO,
        }
        .realisation_quarters()
        .collect()
    }

    /// Awards weighted with a share of the days of the grant.
    pub(super) fn weighted(&self, field: fn(&BurnFigures) -> rust_decimal::Decimal) -> Made {
        let terms = self.members.iter().filter_map(|member| {
            let state = self.scope.ledger.subprojects.get(member.index)?;
            let part = Amount::Euro(field(&member.now));
            let whole = Amount::Euro(field(member.whole.as_ref().unwrap_or(&member.now)));
            let mut term = Term::counted(
                member.no,
                Source::Grant(state.subproject.grant_period),
                whole.clone(),
                part.clone(),
            );
            term.share = member.whole.map(|_| Share { whole, part });
            Some(term)
        });
        Made::Sum(terms.collect())
    }
}

fn in_quarters(schedule: &Schedule, quarters: &[Quarter]) -> Money {
    quarters.iter().map(|quarter| schedule.in_quarter(*quarter)).sum()
}
