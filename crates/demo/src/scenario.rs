//! What the subprojects report in each quarter, and how each workbook fares: money at each subproject's own pace, vouchers,
//! participants, counters, narrative; late, returned, at first wrong and missing ones.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::{CellRef, Located},
    context::{History, ReportingContext},
    figures::{FundFigure, ItemFigure, QuarterlyFigures},
    key::{SourceKey, SubprojectNo},
    money::Money,
    plan::{Disbursement, PlanVersion, in_effect_or_first},
    programme::ProgrammeImport,
    quarter::Quarter,
    round::{FundingRound, SourceKind},
    subproject::Subproject,
};

use crate::dice::Dice;

mod claims;
mod correction;
mod counts;
mod course;
mod habit;
mod history;
mod money;
mod narrative;
mod overrun;
mod people;
mod quirk;
mod vouchers;

pub(crate) use claims::disbursements;
pub use course::{Deed, Step, comment_on};
pub use history::record;
pub(crate) use money::union_allowed;

use counts::Tally;
use course::Stage;
use habit::Habit;
use money::{Purse, QuarterMoney};
use narrative::Tidings;
use quirk::Quirk;

/// What a scenario is to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed; [`crate::SEED`] is that of the demonstration.
    pub seed: u64,
    /// Vouchers of a workbook: from …
    pub vouchers_least: u32,
    /// … to. Up to 20,000 for benchmarks.
    pub vouchers_most: u32,
    /// The last quarter; in it some workbooks are still open or missing.
    pub last: Quarter,
}

impl Settings {
    /// The demonstration: workbooks with 10 to 25 vouchers up to this quarter.
    pub const fn demonstration(last: Quarter) -> Self {
        Self {
            seed: crate::SEED,
            vouchers_least: 10,
            vouchers_most: 25,
            last,
        }
    }
}

/// What happens to one subproject in one quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterStory {
    /// The subproject.
    pub subproject: SubprojectNo,
    /// The quarter.
    pub quarter: Quarter,
    /// What the figures are checked against when every earlier quarter was handed in.
    pub context: ReportingContext,
    /// What happens, in the order of time; empty for a workbook that is missing.
    pub steps: Vec<Step>,
}

impl QuarterStory {
    /// The right figures: those of the last upload without a planted error.
    pub fn right_figures(&self) -> Option<&QuarterlyFigures> {
        self.steps.iter().rev().find_map(|step| match &step.deed {
            Deed::Upload {
                figures,
                planted: None,
            } => Some(&**figures),
            _ => None,
        })
    }
}

/// The whole scenario, in the order of quarters and in each of subproject numbers.
pub fn play(round: &FundingRound, import: &ProgrammeImport, settings: &Settings) -> Vec<QuarterStory> {
    let mut stories: Vec<QuarterStory> = subprojects_with_plans(import)
        .into_iter()
        .flat_map(|(subproject, plans)| Life::new(round, import, subproject, plans, *settings))
        .collect();
    stories.sort_by(|a, b| (a.quarter, &a.subproject).cmp(&(b.quarter, &b.subproject)));
    stories
}

/// The stories of one subproject, quarter by quarter.
pub fn play_one<'a>(
    round: &'a FundingRound,
    import: &'a ProgrammeImport,
    no: &SubprojectNo,
    settings: &Settings,
) -> impl Iterator<Item = QuarterStory> + use<'a> {
    let found = subprojects_with_plans(import)
        .into_iter()
        .find(|(subproject, _)| &subproject.no == no);
    let settings = *settings;
    found
        .into_iter()
        .flat_map(move |(subproject, plans)| Life::new(round, import, subproject, plans, settings))
}

/// A subproject on its way through the quarters.
struct Life<'a> {
    round: &'a FundingRound,
    subproject: &'a Subproject,
    network_name: Option<String>,
    plans: Vec<&'a PlanVersion>,
    payments: Vec<&'a Disbursement>,
    claims: BTreeMap<(Quarter, SourceKey), Money>,
    settings: Settings,
    habit: Habit,
    quirk: Quirk,
    quarters: std::vec::IntoIter<Quarter>,
    purse: Purse<'a>,
    tally: Tally<'a>,
    history: History,
}

impl<'a> Life<'a> {
    fn new(
        round: &'a FundingRound,
        import: &'a ProgrammeImport,
        subproject: &'a Subproject,
        plans: Vec<&'a PlanVersion>,
        settings: Settings,
    ) -> Self {
        let quirk = Quirk::of(settings.seed, subproject.no.as_str());
        let mut quarters = subproject.grant_period.quarters();
        quarters.retain(|quarter| *quarter <= settings.last);
        let network = import
            .networks
            .iter()
            .find(|network| Some(&network.code) == subproject.network.as_ref());
        let payments = import.disbursements.iter().filter(|(no, _)| no == &subproject.no);
        let claims = claims::claims(round, subproject, &plans, settings.seed);
        Self {
            round,
            subproject,
            network_name: network.map(|network| network.name.clone()),
            payments: payments.map(|(_, payment)| payment).collect(),
            claims: claims
                .into_iter()
                .map(|claim| ((claim.quarter, claim.source), claim.amount))
                .collect(),
            plans,
            settings,
            habit: Habit::of(settings.seed, subproject),
            quirk,
            quarters: quarters.into_iter(),
            purse: Purse::new(round, subproject, settings.seed, quirk),
            tally: Tally::new(round, subproject, settings.seed, quirk),
            history: History::default(),
        }
    }

    fn context(&self, quarter: Quarter, plan: &PlanVersion) -> ReportingContext {
        let mut history = self.history.clone();
        let paid = self
            .payments
            .iter()
            .filter(|payment| payment.paid_on <= quarter.last_day());
        history.disbursements = paid.map(|payment| (*payment).clone()).collect();
        ReportingContext {
            subproject: self.subproject.clone(),
            network_name: self.network_name.clone(),
            quarter,
            template_version: self.round.template_version.clone(),
            plan: plan.clone(),
            history,
        }
    }

    fn figures(&mut self, quarter: Quarter, plan: &PlanVersion) -> QuarterlyFigures {
        let labels = [self.subproject.no.as_str(), &quarter.to_string(), "texts"];
        let mut dice = Dice::new(self.settings.seed, &labels);
        let money = self.purse.spend(plan, quarter);
        let counts = self.tally.advance(plan.awarded(self.round), quarter);
        let (least, most) = (self.settings.vouchers_least, self.settings.vouchers_most);
        let count = u32::try_from(dice.between(least.into(), most.into())).unwrap_or(least);
        let grant = self.subproject.grant_period;
        QuarterlyFigures {
            vouchers: vouchers::vouchers(
                self.round,
                &money.items,
                money.correction.as_ref(),
                (quarter, grant),
                count,
                &mut dice,
            ),
            expenditure: expenditure(self.round, &money),
            funds: self.funds(quarter, &money),
            indicators: counts.indicators,
            counters: counts.counters,
            narrative: narrative::narrative(self.round, &self.tidings(quarter, &money), &mut dice),
            typed_over: Vec::new(),
        }
    }

    fn tidings(&self, quarter: Quarter, money: &QuarterMoney) -> Tidings {
        Tidings {
            is_far_behind: self.purse.is_far_behind(),
            has_vacancies: matches!(self.quirk, Quirk::Over(_)) && quarter.year() > 2023,
            correction: money.correction.as_ref().map(correction::Correction::told),
        }
    }

    fn funds(&self, quarter: Quarter, money: &QuarterMoney) -> Vec<FundFigure> {
        let received = |source: &SourceKey| -> Money {
            let of_source = self.payments.iter().filter(|payment| &payment.source == source);
            of_source
                .filter(|payment| quarter.contains(payment.paid_on))
                .map(|payment| payment.amount)
                .sum()
        };
        let sources = self.round.sources.iter().zip(0..);
        sources
            .map(|(source, row)| {
                let row = row + 4;
                let at = |column: u16, amount: Money| {
                    Some(Located::new(amount, CellRef::at("Mittel", row, column)))
                };
                let spent = money.sources.get(&source.key).copied().unwrap_or_default();
                let called = self
                    .claims
                    .get(&(quarter, source.key.clone()))
                    .copied()
                    .unwrap_or_default();
                let (called, received) = match source.kind {
                    SourceKind::Union | SourceKind::Grant => (called, received(&source.key)),
                    SourceKind::Own | SourceKind::ThirdParty => (Money::ZERO, spent),
                };
                FundFigure {
                    source: source.key.clone(),
                    at: CellRef::at("Mittel", row, 0),
                    called: at(3, called),
                    received: at(4, received),
                    spent: at(5, spent),
                }
            })
            .collect()
    }
}

impl Iterator for Life<'_> {
    type Item = QuarterStory;

    fn next(&mut self) -> Option<QuarterStory> {
        let quarter = self.quarters.next()?;
        let plan = in_effect_or_first(self.plans.iter().copied(), quarter.last_day())?;
        let figures = self.figures(quarter, plan);
        let context = self.context(quarter, plan);
        let mut story = QuarterStory {
            subproject: self.subproject.no.clone(),
            quarter,
            steps: Vec::new(),
            context,
        };
        if self.habit.is_silent_in(quarter) {
            return Some(story);
        }
        record(&mut self.history, quarter, &figures);
        // Items over plan are there to be seen in reports: their workbooks all end accepted.
        let stage = if quarter == self.settings.last && !matches!(self.quirk, Quirk::Over(_)) {
            Stage::Running
        } else {
            Stage::Over
        };
        let conduct = (stage, self.habit);
        story.steps = course::steps(self.round, &story.context, figures, conduct, self.settings.seed);
        Some(story)
    }
}

fn expenditure(round: &FundingRound, money: &QuarterMoney) -> Vec<ItemFigure> {
    let items = round.plan_items.iter().zip(0..);
    items
        .map(|(item, row)| ItemFigure {
            item: item.key.clone(),
            amount: Located::new(
                money.items.get(&item.key).copied().unwrap_or_default(),
                CellRef::at("Ausgaben", row + 4, 4),
            ),
        })
        .collect()
}

/// Each subproject once, in the order of numbers, with its plan versions in order.
pub(crate) fn subprojects_with_plans(import: &ProgrammeImport) -> Vec<(&Subproject, Vec<&PlanVersion>)> {
    let mut grouped: BTreeMap<&SubprojectNo, (&Subproject, Vec<&PlanVersion>)> = BTreeMap::new();
    for (subproject, plan) in &import.subprojects {
        let entry = grouped
            .entry(&subproject.no)
            .or_insert_with(|| (subproject, Vec::new()));
        entry.1.push(plan);
    }
    let mut grouped: Vec<_> = grouped.into_values().collect();
    for (_, plans) in &mut grouped {
        plans.sort_by_key(|plan| plan.number);
    }
    grouped
}

#[cfg(test)]
mod tests;
