//! What a quarter is checked against: the plan in effect and the revisions that count.

use std::collections::BTreeSet;

use nachweis_domain::{
    context::{FundTotals, GenderCounts, History},
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    money::Money,
};
use nachweis_store::{Actor, NewUpload};

use crate::{on_both, sample::*};

/// An upload of a quarter whose figures follow from the number of cents.
fn of_quarter(number: u128, name: &str, cents: i64) -> NewUpload {
    NewUpload {
        quarter: quarter(name),
        figures: figures(cents, 3),
        ..upload(number)
    }
}

on_both! {
    fn a_first_quarter_has_an_empty_history(store) {
        set_up(store, 1);
        let context = store.reporting_context(&no(1), quarter("2023-Q1")).unwrap().unwrap();
        let expected = History { reported_quarters: Some(BTreeSet::new()), ..History::default() };
        assert_eq!(context.history, expected);
        assert_eq!(context.subproject, subproject(1));
        assert_eq!(context.network_name.as_deref(), Some("Netzwerk Ost"));
        assert_eq!((context.quarter, context.template_version), (quarter("2023-Q1"), round().template_version));
        assert_eq!((context.plan.number, context.plan.items), (1, plan("2023-01-01").items));
    }

    fn an_unknown_subproject_has_no_context(store) {
        set_up(store, 1);
        assert_eq!(store.reporting_context(&no(9), quarter("2023-Q1")).unwrap(), None);
    }

    fn history_sums_the_revisions_that_count(store) {
        set_up(store, 1);
        accepted(store, &of_quarter(1, "2023-Q4", 1_000));
        accepted(store, &of_quarter(2, "2024-Q1", 200));
        let newer = keep(store, &of_quarter(3, "2024-Q1", 90_000));
        store.submit(newer.id, LEAD, at(40), &[]).unwrap();
        let submitted = keep(store, &of_quarter(4, "2024-Q2", 30));
        store.submit(submitted.id, LEAD, at(40), &[]).unwrap();
        keep(store, &of_quarter(5, "2024-Q2", 70_000));
        accepted(store, &of_quarter(6, "2024-Q3", 4));
        let context = store.reporting_context(&no(1), quarter("2024-Q3")).unwrap().unwrap();
        let history = context.history;
        let staff = ItemKey::new("staff_employees");
        assert_eq!(history.spent.get(&staff), Some(&Money::from_cents(1_230)));
        assert_eq!(history.spent_this_year.get(&staff), Some(&Money::from_cents(230)));
        let reported = ["2023-Q4", "2024-Q1", "2024-Q2"].map(quarter);
        assert_eq!(history.reported_quarters, Some(reported.into()));
        let funds = FundTotals {
            called: Money::from_cents(1_233),
            received: Money::ZERO,
            spent: Money::from_cents(1_227),
        };
        assert_eq!(history.funds.get(&SourceKey::new("esf_plus")), Some(&funds));
        let persons = GenderCounts { women: 21, men: 15, non_binary: 0, total: 36 };
        assert_eq!(history.indicators.get(&IndicatorCode::new("EECO01")), Some(&persons));
        let fallen = GenderCounts { women: -6, men: 0, non_binary: 0, total: -6 };
        assert_eq!(history.indicators.get(&IndicatorCode::new("EECO02")), Some(&fallen));
        assert_eq!(history.counters.get(&CounterKey::new("contacts_first")), Some(&93));
        let numbers: Vec<_> = history.voucher_numbers.iter().map(String::as_str).collect();
        assert_eq!(numbers, ["B-00001", "B-00002", "B-00003"]);
    }

    fn payments_count_up_to_the_end_of_the_quarter(store) {
        set_up(store, 1);
        let mut import = programme(1);
        import.disbursements = ["2024-03-31", "2024-04-01"].map(|on| (no(1), paid(on, 7))).to_vec();
        store.import_programme(&code(), "x", &import, Actor::System, at(2)).unwrap();
        let context = store.reporting_context(&no(1), quarter("2024-Q1")).unwrap().unwrap();
        assert_eq!(context.history.disbursements, [paid("2024-02-15", 5_000), paid("2024-03-31", 7)]);
    }

    fn the_plan_in_effect_is_the_latest_before_the_end_of_the_quarter(store) {
        set_up(store, 1);
        let mut later = plan("2024-07-01");
        later.targets.clear();
        let mut corrected = plan("2023-01-01");
        corrected.sources.clear();
        let mut import = programme(1);
        import.subprojects = [later, corrected].map(|plan| (subproject(1), plan)).to_vec();
        store.import_programme(&code(), "x", &import, Actor::System, at(2)).unwrap();
        for (name, expected) in [("2022-Q4", 3), ("2023-Q1", 3), ("2024-Q2", 3), ("2024-Q3", 2), ("2025-Q4", 2)] {
            let context = store.reporting_context(&no(1), quarter(name)).unwrap().unwrap();
            assert_eq!(context.plan.number, expected, "{name}");
        }
    }
}
