//! What an import changes in the record: what is new, what differs, and what the file does not name.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    key::SubprojectNo,
    language::{Language, Text},
    ledger::{Ledger, SubprojectState},
    money::Money,
    plan::PlanVersion,
    programme::ProgrammeImport,
    subproject::Subproject,
};

mod additions;

/// What an import changes in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgrammeChanges {
    /// Subprojects that the record does not have yet.
    pub new: usize,
    /// Subprojects whose master data or plan differ from the record.
    pub changed: Vec<ChangedSubproject>,
    /// Subprojects that the record has just so.
    pub same: usize,
    /// Subprojects of the round that the file does not name; they stay.
    pub others: usize,
    /// What these others are awarded.
    pub others_awarded: Money,
    /// Plan versions that the record does not have yet, those of new subprojects included.
    pub plans: usize,
    /// Payments that the record does not have yet.
    pub payments: Payments,
}

/// New payments: how many and how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// How many.
    pub count: usize,
    /// Their sum; what was paid back is deducted.
    pub total: Money,
}

/// A subproject that differs from the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedSubproject {
    /// Its number.
    pub no: SubprojectNo,
    /// What differs: before and now.
    pub what: Text,
}

impl ProgrammeChanges {
    /// Whether the record stays as it is.
    pub const fn is_nothing(&self) -> bool {
        self.new == 0 && self.changed.is_empty() && self.plans == 0 && self.payments.count == 0
    }

    /// Compares a file with the record.
    pub(super) fn of(ledger: &Ledger, import: &ProgrammeImport) -> Self {
        let recorded: BTreeMap<&SubprojectNo, &SubprojectState> = ledger
            .subprojects
            .iter()
            .map(|state| (&state.subproject.no, state))
            .collect();
        let plans = import.first_plans();
        let mut changes = Self {
            plans: additions::plans(&recorded, import),
            payments: additions::payments(&recorded, import),
            ..Self::default()
        };
        let mut named = BTreeSet::new();
        for (subproject, _) in &import.subprojects {
            if !named.insert(&subproject.no) {
                continue;
            }
            let plan = plans.get(&subproject.no).copied();
            match recorded.get(&subproject.no) {
                None => changes.new += 1,
                Some(state) => match difference(ledger, state, subproject, plan) {
                    None => changes.same += 1,
                    Some(what) => changes.changed.push(ChangedSubproject {
                        no: subproject.no.clone(),
                        what,
                    }),
                },
            }
        }
        for state in recorded
            .values()
            .filter(|state| !named.contains(&state.subproject.no))
        {
            changes.others += 1;
            changes.others_awarded += awarded(ledger, state.plan_on(ledger.day()));
        }
        changes
    }
}

fn awarded(ledger: &Ledger, plan: Option<&PlanVersion>) -> Money {
    plan.map_or(Money::ZERO, |plan| plan.awarded(&ledger.round))
}

/// What differs, in a few words; `None` when nothing does. Of a subproject with several plans the amount in effect is not
/// compared with the first one.
fn difference(
    ledger: &Ledger,
    state: &SubprojectState,
    now: &Subproject,
    plan: Option<&PlanVersion>,
) -> Option<Text> {
    let before = &state.subproject;
    let mut parts: Vec<Text> = Vec::new();
    let mut differs = |de: &str, en: &str, before: &str, now: &str| {
        if before != now {
            parts.push(Text::new(
                format!("{de} bisher „{before}“, jetzt „{now}“"),
                format!("{en} \"{before}\" before, \"{now}\" now"),
            ));
        }
    };
    differs("Bezeichnung", "name", &before.title, &now.title);
    differs("Träger", "carrier", &before.carrier.name, &now.carrier.name);
    let period = |of: &Subproject, language: Language| {
        let (first, last) = (of.grant_period.first, of.grant_period.last);
        format!("{} – {}", language.date(first), language.date(last))
    };
    let (de, en) = (Language::De, Language::En);
    if before.grant_period != now.grant_period {
        parts.push(Text::new(
            format!(
                "Laufzeit bisher {}, jetzt {}",
                period(before, de),
                period(now, de)
            ),
            format!("period {} before, {} now", period(before, en), period(now, en)),
        ));
    }
    let is_first = plan.is_some_and(|plan| {
        let recorded = state.plan_on(ledger.day());
        recorded.is_none_or(|recorded| recorded.effective_from <= plan.effective_from)
    });
    let (old, new) = (
        awarded(ledger, state.plan_on(ledger.day())),
        awarded(ledger, plan),
    );
    if is_first && old != new {
        parts.push(Text::new(
            format!("Betrag bisher {}, jetzt {}", old.display(de), new.display(de)),
            format!("amount {} before, {} now", old.display(en), new.display(en)),
        ));
    }
    if parts.is_empty() && (before != now || (is_first && plans_otherwise(state.plan_on(ledger.day()), plan)))
    {
        parts.push(Text::new("weitere Angaben", "further particulars"));
    }
    let join = |language| {
        let texts: Vec<&str> = parts.iter().map(|part| part.get(language)).collect();
        texts.join("; ")
    };
    (!parts.is_empty()).then(|| Text::new(join(de), join(en)))
}

/// Whether two plans of the same amount differ in their items, years or sources.
fn plans_otherwise(before: Option<&PlanVersion>, now: Option<&PlanVersion>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => before.items != now.items || before.sources != now.sources,
        _ => before.is_some() != now.is_some(),
    }
}
