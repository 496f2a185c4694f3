//! Ledgers: the revision that counts for each quarter, in a fixed order, equal to the figures it sums.

use std::collections::BTreeMap;

use nachweis_domain::{
    figures::QuarterlyFigures,
    finding::Severity,
    key::ItemKey,
    ledger::{ExpenditureEntry, Ledger},
    money::Money,
    record::{UploadId, UploadState},
};
use nachweis_store::{Actor, NewUpload, Store};

use crate::{on_both, sample::*};

fn of(number: u128, subproject: u32, name: &str, cents: i64) -> NewUpload {
    NewUpload {
        subproject: no(subproject),
        quarter: quarter(name),
        figures: figures(cents, 2),
        ..upload(number)
    }
}

/// What a ledger reports of staff costs: subproject, quarter, reported, accepted.
fn staff(ledger: &Ledger) -> Vec<(usize, String, i64, i64)> {
    ledger
        .expenditure
        .iter()
        .filter(|entry| entry.item.as_str() == "staff_employees")
        .map(|entry| {
            (
                entry.subproject,
                entry.quarter.to_string(),
                entry.reported.cents(),
                entry.accepted.cents(),
            )
        })
        .collect()
}

fn submitted(store: &Store, new: &NewUpload) -> UploadId {
    let id = keep(store, new).id;
    store.submit(id, LEAD, at(20), &[]).unwrap();
    id
}

on_both! {
    fn a_round_without_uploads_has_its_programme(store) {
        set_up(store, 3);
        let ledger = store.ledger(&code()).unwrap();
        assert_eq!(ledger.round, round());
        assert_eq!((ledger.as_of, ledger.status_at), (at(1), at(1)));
        assert_eq!(ledger.networks, [network()]);
        let numbers: Vec<_> = ledger.subprojects.iter().map(|state| state.subproject.no.clone()).collect();
        assert_eq!(numbers, [no(1), no(2), no(3)]);
        let first = &ledger.subprojects[0];
        assert_eq!(first.plans[0].awarded(&round()), Money::from_euro(300_000));
        assert_eq!(first.disbursements, [paid("2024-02-15", 5_000)]);
        assert!(ledger.expenditure.is_empty() && ledger.quarters.is_empty());
    }

    fn accepted_counts_before_submitted_and_nothing_else_counts(store) {
        set_up(store, 3);
        accepted(store, &of(1, 2, "2024-Q1", 100));
        submitted(store, &of(2, 2, "2024-Q1", 200));
        submitted(store, &of(3, 1, "2024-Q1", 300));
        keep(store, &of(4, 1, "2024-Q2", 400));
        let returned = submitted(store, &of(5, 3, "2024-Q1", 500));
        store.return_to_lead(returned, MANAGER, at(30), "nein").unwrap();
        let mut blocked = of(6, 3, "2024-Q2", 600);
        blocked.findings = findings(Severity::Blocking);
        keep(store, &blocked);
        let ledger = store.ledger(&code()).unwrap();
        assert_eq!(staff(&ledger), [(0, "2024-Q1".into(), 300, 0), (1, "2024-Q1".into(), 100, 100)]);
    }

    fn the_latest_revision_gives_the_state_of_a_quarter(store) {
        set_up(store, 1);
        accepted(store, &of(1, 1, "2024-Q1", 100));
        let mut newer = of(2, 1, "2024-Q1", 200);
        newer.uploaded_at = at(50);
        newer.findings = findings(Severity::Warning);
        keep(store, &newer);
        let ledger = store.ledger(&code()).unwrap();
        let [state] = ledger.quarters.as_slice() else { panic!("{:?}", ledger.quarters) };
        assert_eq!((state.state, state.revision, state.warnings), (UploadState::Checked, 2, 2));
        assert_eq!((state.uploaded_at, state.submitted_at), (at(50), Some(at(20))));
        assert_eq!(staff(&ledger), [(0, "2024-Q1".into(), 100, 100)], "the accepted one still counts");
        assert!(state.is_reported && state.is_accepted);
        assert_eq!((ledger.as_of, ledger.status_at), (at(30), at(50)), "what is not submitted changes no figure");
    }

    fn a_quarter_is_reported_while_some_revision_counts(store) {
        set_up(store, 1);
        let is_reported = || {
            let state = store.ledger(&code()).unwrap().quarters[0].clone();
            assert!(!state.is_accepted);
            state.is_reported
        };
        keep(store, &of(1, 1, "2024-Q1", 100));
        assert!(!is_reported());
        store.submit(of(1, 1, "2024-Q1", 0).id, LEAD, at(20), &[]).unwrap();
        assert!(is_reported());
        store.return_to_lead(of(1, 1, "2024-Q1", 0).id, MANAGER, at(30), "nein").unwrap();
        assert!(!is_reported());
    }

    fn accepting_changes_a_ledger_by_exactly_that_amount(store) {
        set_up(store, 1);
        submitted(store, &of(1, 1, "2024-Q1", 12_345));
        let before = store.ledger(&code()).unwrap();
        store.accept(of(1, 1, "2024-Q1", 0).id, MANAGER, at(30)).unwrap();
        let after = store.ledger(&code()).unwrap();
        let sum = |ledger: &Ledger| ledger.expenditure.iter().map(|entry| entry.accepted).sum::<Money>();
        assert_eq!(sum(&after) - sum(&before), Money::from_cents(12_345 + 12_345 * 2 / 5));
        let expected = ExpenditureEntry {
            subproject: 0,
            quarter: quarter("2024-Q1"),
            item: ItemKey::new("staff_employees"),
            reported: Money::from_cents(12_345),
            accepted: Money::from_cents(12_345),
        };
        assert!(after.expenditure.contains(&expected));
    }

    fn every_total_is_the_sum_of_its_figures(store) {
        set_up(store, 2);
        let mut ids = BTreeMap::new();
        for (number, name) in (1..).zip(["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"]) {
            let new = of(number, 1 + u32::try_from(number % 2).unwrap(), name, 1_000 * i64::try_from(number).unwrap() + 7);
            accepted(store, &new);
            ids.insert((new.subproject.clone(), new.quarter), new.id);
        }
        let ledger = store.ledger(&code()).unwrap();
        assert_eq!(ledger.quarters.len(), 4);
        for (place, ((no, quarter), id)) in ids.iter().enumerate() {
            let figures: QuarterlyFigures = store.figures_of(*id).unwrap();
            let subproject = ledger.index_of(no).unwrap();
            let here = |of: usize, at: &nachweis_domain::quarter::Quarter| of == subproject && at == quarter;
            let spent: Money = figures.expenditure.iter().map(|figure| figure.amount.value).sum();
            let in_ledger: Money =
                ledger.expenditure.iter().filter(|entry| here(entry.subproject, &entry.quarter)).map(|entry| entry.reported).sum();
            assert_eq!(in_ledger, spent, "{place}");
            for figure in &figures.funds {
                let entry = ledger.funds.iter().find(|entry| here(entry.subproject, &entry.quarter) && entry.source == figure.source).unwrap();
                let cents = |cell: &Option<nachweis_domain::cell::Located<Money>>| cell.as_ref().map_or(Money::ZERO, |cell| cell.value);
                assert_eq!(
                    (entry.totals.called, entry.totals.received, entry.totals.spent),
                    (cents(&figure.called), cents(&figure.received), cents(&figure.spent))
                );
            }
            for figure in &figures.indicators {
                let entry = ledger.indicators.iter().find(|entry| here(entry.subproject, &entry.quarter) && entry.code == figure.code).unwrap();
                let count = |cell: &Option<nachweis_domain::cell::Located<i64>>| cell.as_ref().map_or(0, |cell| cell.value);
                assert_eq!(
                    (entry.counts.women, entry.counts.men, entry.counts.non_binary, entry.counts.total),
                    (count(&figure.women), count(&figure.men), count(&figure.non_binary), figure.sum())
                );
            }
            for figure in &figures.counters {
                let entry = ledger.counters.iter().find(|entry| here(entry.subproject, &entry.quarter) && entry.counter == figure.counter).unwrap();
                assert_eq!(entry.count, figure.count.as_ref().map_or(0, |cell| cell.value));
            }
        }
    }

    fn entries_stand_in_the_order_of_subproject_quarter_and_key(store) {
        set_up(store, 2);
        for (number, (subproject, name)) in (1..).zip([(2, "2024-Q1"), (1, "2024-Q2"), (2, "2023-Q4"), (1, "2023-Q4")]) {
            accepted(store, &of(number, subproject, name, 100));
        }
        let ledger = store.ledger(&code()).unwrap();
        assert!(ledger.expenditure.is_sorted_by_key(|entry| (entry.subproject, entry.quarter, entry.item.clone())));
        assert!(ledger.funds.is_sorted_by_key(|entry| (entry.subproject, entry.quarter, entry.source.clone())));
        assert!(ledger.indicators.is_sorted_by_key(|entry| (entry.subproject, entry.quarter, entry.code.clone())));
        assert!(ledger.counters.is_sorted_by_key(|entry| (entry.subproject, entry.quarter, entry.counter.clone())));
        assert!(ledger.quarters.is_sorted_by_key(|entry| (entry.subproject, entry.quarter)));
        assert_eq!(ledger.expenditure.len(), 8);
    }

    fn all_plan_versions_stand_in_the_order_of_their_numbers(store) {
        set_up(store, 1);
        let mut import = programme(1);
        import.disbursements.clear();
        import.subprojects = ["2099-07-01", "2099-01-01"].map(|from| (subproject(2), plan(from))).to_vec();
        store.import_programme(&code(), "x", &import, Actor::System, at(5)).unwrap();
        let ledger = store.ledger(&code()).unwrap();
        let versions: Vec<_> = ledger.subprojects[1].plans.iter().map(|plan| (plan.number, plan.effective_from)).collect();
        assert_eq!(versions, [(1, day("2099-07-01")), (2, day("2099-01-01"))]);
    }
}

#[test]
fn both_databases_give_the_same_ledger() {
    use nachweis_store::testing::{Backend, TestStore};
    let [lite, pg] = Backend::ALL.map(|backend| {
        let store = TestStore::fresh(backend);
        set_up(&store, 3);
        accepted(&store, &of(1, 3, "2024-Q1", 100));
        accepted(&store, &of(2, 1, "2024-Q1", 200));
        submitted(&store, &of(3, 2, "2023-Q4", 300));
        store.ledger(&code()).unwrap()
    });
    assert_eq!(lite, pg);
}
