//! The programme as an office comes to know it: the awards first, later change notices and lists of payments.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use nachweis_domain::programme::ProgrammeImport;

use crate::working_day;

/// The day of a month on which, or right after which, the payments of the month before are recorded.
const PAYMENTS_DAY: u32 = 4;

/// What an office records on a day, with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// The day.
    pub day: NaiveDate,
    /// The name of the file, without round and ending.
    pub name: String,
    /// What it holds: plan versions or payments alone.
    pub import: ProgrammeImport,
    /// Which of the managers records it, from zero.
    pub manager: u8,
}

/// What is known on the first day: networks and subprojects, each with its first plan version.
pub fn base(import: &ProgrammeImport) -> ProgrammeImport {
    let first = import.first_plans();
    let is_first = |no, number| first.get(no).is_some_and(|plan| plan.number == number);
    let subprojects = import.subprojects.iter();
    ProgrammeImport {
        networks: import.networks.clone(),
        subprojects: subprojects
            .filter(|(subproject, plan)| is_first(&subproject.no, plan.number))
            .cloned()
            .collect(),
        ..ProgrammeImport::default()
    }
}

/// What comes later, in the order of days: a change notice on the day on which it was drawn up, payments in one list for
/// each month.
pub fn instalments(import: &ProgrammeImport) -> Vec<Instalment> {
    let first = import.first_plans();
    let mut notices: BTreeMap<NaiveDate, ProgrammeImport> = BTreeMap::new();
    for (subproject, plan) in &import.subprojects {
        if first
            .get(&subproject.no)
            .is_none_or(|first| first.number != plan.number)
        {
            let of_day = notices.entry(plan.recorded_at.date_naive()).or_default();
            of_day.plans.push((subproject.no.clone(), plan.clone()));
        }
    }
    let mut payments: BTreeMap<NaiveDate, ProgrammeImport> = BTreeMap::new();
    for (no, paid) in &import.disbursements {
        let of_day = payments.entry(payments_day(paid.paid_on)).or_default();
        of_day.disbursements.push((no.clone(), paid.clone()));
    }
    let notices = notices
        .into_iter()
        .map(|(day, import)| instalment(day, "aenderungsbescheide", import, 1));
    let payments = payments
        .into_iter()
        .map(|(day, import)| instalment(day, "auszahlungen", import, 2));
    let mut all: Vec<Instalment> = notices.chain(payments).collect();
    all.sort_by_key(|one| one.day);
    all
}

fn instalment(day: NaiveDate, name: &str, import: ProgrammeImport, manager: u8) -> Instalment {
    Instalment {
        day,
        name: format!("{name}-{day}"),
        import,
        manager,
    }
}

/// The day on which a payment is recorded.
fn payments_day(paid_on: NaiveDate) -> NaiveDate {
    let next = paid_on
        .with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)));
    let day = next.and_then(|first| first.with_day(PAYMENTS_DAY));
    working_day::on_or_after(day.unwrap_or(paid_on))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use nachweis_domain::{
        programme::{Recorded, check},
        round::shipped,
    };

    use super::*;
    use crate::programme::programme;

    #[test]
    fn base_and_instalments_together_are_the_programme() {
        let round = &shipped()[0];
        let whole = programme(round);
        let base = base(&whole);
        assert_eq!(base.subprojects.len(), 270);
        assert_eq!(check(round, &base, &Recorded::default()), []);
        let recorded = Recorded {
            networks: base.networks.iter().map(|network| network.code.clone()).collect(),
            subprojects: base.numbers().into_iter().cloned().collect(),
        };
        let later = instalments(&whole);
        for one in &later {
            assert_eq!(check(round, &one.import, &recorded), [], "{}", one.name);
        }
        let plans: usize = later.iter().map(|one| one.import.plans.len()).sum();
        let payments: usize = later.iter().map(|one| one.import.disbursements.len()).sum();
        assert_eq!(base.subprojects.len() + plans, whole.subprojects.len());
        assert_eq!(payments, whole.disbursements.len());
    }

    #[test]
    fn nothing_is_recorded_before_it_happened_or_long_after() {
        let later = instalments(&programme(&shipped()[0]));
        for one in &later {
            for (no, plan) in &one.import.plans {
                let ahead = (plan.effective_from - one.day).num_days();
                assert!((5..=30).contains(&ahead), "{no}: {ahead}");
            }
            for (no, paid) in &one.import.disbursements {
                let after = (one.day - paid.paid_on).num_days();
                assert!((4..=38).contains(&after), "{no}: {after}");
            }
        }
        let months: BTreeSet<(i32, u32)> = later
            .iter()
            .map(|one| (one.day.year(), one.day.month()))
            .collect();
        assert!(months.len() >= 12, "{months:?}");
        assert!(later.len() <= 40, "{} files are imported", later.len());
    }
}
