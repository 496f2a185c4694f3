//! A past moment: what was known then is read again, whatever happened since.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    finding::Severity,
    key::NetworkCode,
    ledger::Ledger,
    record::{UploadState, WarningComment},
};
use nachweis_store::{Actor, AsOf, NewUpload, Store, StoreError};

use crate::{on_both, sample::*};

/// A microsecond.
pub(crate) const STEP: TimeDelta = TimeDelta::microseconds(1);

pub(crate) fn known(store: &Store, until: DateTime<Utc>) -> AsOf {
    store.as_of(&code(), Some(until)).unwrap().unwrap()
}

pub(crate) fn then(store: &Store, until: DateTime<Utc>) -> Ledger {
    store.ledger_as_of(&code(), &known(store, until)).unwrap()
}

pub(crate) fn now(store: &Store) -> Ledger {
    store.ledger(&code()).unwrap()
}

pub(crate) fn last(store: &Store) -> DateTime<Utc> {
    store.last_moment().unwrap().unwrap()
}

/// Everything that the audit of a moment shows of a round, as text.
pub(crate) fn audit(store: &Store, known: &AsOf) -> String {
    let mut all = Vec::new();
    store
        .audit_as_of(&code(), known, |reader| {
            all.extend(reader.uploads().map(|row| format!("{row:?}")));
            reader.for_each_finding::<StoreError>(&mut |row| {
                all.push(format!("{row:?}"));
                Ok(())
            })?;
            reader.for_each_waiver::<StoreError>(&mut |row| {
                all.push(format!("{row:?}"));
                Ok(())
            })?;
            reader.for_each_plan_row::<StoreError>(&mut |row| {
                all.push(format!("{row:?}"));
                Ok(())
            })?;
            reader.for_each_payment::<StoreError>(&mut |row| {
                all.push(format!("{row:?}"));
                Ok(())
            })?;
            let mut sums = reader.sums(known.status.position)?;
            sums.figures.sort_by_key(|sum| format!("{sum:?}"));
            sums.vouchers.sort_by_key(|sum| format!("{sum:?}"));
            sums.plans.sort_by_key(|sum| format!("{sum:?}"));
            sums.payments.sort_by_key(|sum| format!("{sum:?}"));
            all.push(format!("{sums:?}"));
            Ok::<(), StoreError>(())
        })
        .unwrap();
    all.join("\n")
}

on_both! {
    fn before_a_round_was_recorded_nothing_is_known_of_it(store) {
        assert_eq!(store.as_of(&code(), None).unwrap(), None);
        assert_eq!(store.last_moment().unwrap(), None);
        set_up(store, 1);
        assert_eq!(store.recorded_since(&code()).unwrap(), Some(at(0)));
        assert_eq!(store.as_of(&code(), Some(at(0) - STEP)).unwrap(), None);
        assert_eq!(then(store, at(0)).subprojects.len(), 0);
    }

    fn each_step_of_an_upload_is_undone_by_asking_for_the_moment_before_it(store) {
        set_up(store, 1);
        add_coordinator(store);
        let upload_of = |number, minutes| NewUpload { uploaded_at: at(minutes), ..upload(number) };
        let first = keep(store, &upload_of(1, 10)).id;
        store.submit(first, LEAD, at(20), &[]).unwrap();
        store.endorse(first, COORDINATOR, at(30)).unwrap();
        store.accept(first, MANAGER, at(40)).unwrap();
        let second = keep(store, &upload_of(2, 50)).id;
        store.submit(second, LEAD, at(60), &[]).unwrap();
        store.endorse(second, COORDINATOR, at(70)).unwrap();
        store.accept(second, MANAGER, at(80)).unwrap();
        let third = keep(store, &upload_of(3, 90)).id;
        store.submit(third, LEAD, at(100), &[]).unwrap();
        store.endorse(third, COORDINATOR, at(120)).unwrap();
        store.return_to_lead(third, MANAGER, at(130), "fehlt").unwrap();
        let state = |minutes| then(store, at(minutes)).quarters.first().map(|quarter| {
            (quarter.revision, quarter.state, quarter.is_reported, quarter.submitted_at.is_some())
        });
        assert_eq!(state(9), None);
        assert_eq!(state(10), Some((1, UploadState::Checked, false, false)));
        assert_eq!(state(20), Some((1, UploadState::Submitted, true, true)));
        assert_eq!(state(30), Some((1, UploadState::Endorsed, true, true)));
        assert_eq!(state(40), Some((1, UploadState::Accepted, true, true)));
        assert_eq!(state(50), Some((2, UploadState::Checked, true, true)));
        assert_eq!(state(70), Some((2, UploadState::Endorsed, true, true)));
        assert_eq!(state(80), Some((2, UploadState::Accepted, true, true)));
        assert_eq!(state(120), Some((3, UploadState::Endorsed, true, true)));
        assert_eq!(state(130), Some((3, UploadState::Returned, true, true)));
    }

    fn names_and_places_of_then_are_read_again(store) {
        set_up(store, 2);
        let mut later = programme(2);
        later.networks[0].name = "Netzwerk Neu".into();
        let mut other = network();
        other.code = NetworkCode::new("RIN-NW-WEST");
        later.networks.push(other);
        later.subprojects[0].0.network = Some(NetworkCode::new("RIN-NW-WEST"));
        later.subprojects[0].0.title = "Neuer Titel".into();
        later.subprojects.push((subproject(3), plan("2023-01-01")));
        let before = now(store);
        store.import_programme(&code(), "x", &later, Actor::System, at(60)).unwrap();
        let after = now(store);
        assert_ne!(before, after);
        assert_eq!((after.networks.len(), after.subprojects.len()), (2, 3));
        assert_eq!(then(store, at(60) - STEP), before);
        assert_eq!(then(store, at(60)), after);
    }

    fn who_coordinated_then_is_read_again_and_moves_the_status(store) {
        set_up(store, 1);
        let none = now(store);
        assert!(none.coordinated.is_empty());
        add_coordinator(store);
        let some = now(store);
        assert_eq!(some.coordinated, BTreeSet::from([network().code]));
        assert_eq!((some.as_of, some.status_at), (none.as_of, at(2)));
        store.disable_user(COORDINATOR, Actor::System, at(50)).unwrap();
        let ended = now(store);
        assert!(ended.coordinated.is_empty());
        assert_eq!(ended.status_at, at(50));
        store.disable_user(COORDINATOR, Actor::System, at(55)).unwrap();
        let grant = |scope| Grant { role: Role::Coordinator, scope };
        store.grant(LEAD, &grant(Scope::Network(network().code)), Actor::System, at(60)).unwrap();
        let granted = now(store);
        assert_eq!((granted.coordinated.len(), granted.status_at), (1, at(60)));
        store.grant(LEAD, &grant(Scope::Network(network().code)), Actor::System, at(70)).unwrap();
        assert_eq!(now(store), granted, "what is granted is not granted again");
        store.grant(LEAD, &Grant { role: Role::Centre, scope: Scope::All }, Actor::System, at(75)).unwrap();
        assert_eq!(now(store), granted, "other roles change nothing");
        store.withdraw(LEAD, &grant(Scope::Network(network().code)), Actor::System, at(80)).unwrap();
        let withdrawn = now(store);
        assert_eq!((withdrawn.coordinated.len(), withdrawn.status_at), (0, at(80)));
        store.grant(COORDINATOR, &grant(Scope::Network(network().code)), Actor::System, at(85)).unwrap();
        assert_eq!(now(store), withdrawn, "a disabled account coordinates nothing");
        for (moment, ledger) in [(1, &none), (2, &some), (49, &some), (50, &ended), (59, &ended), (60, &granted)] {
            assert_eq!(&then(store, at(moment)), ledger, "{moment}");
        }
    }

    fn comments_and_findings_of_then_are_read_again(store) {
        set_up(store, 1);
        let id = keep(store, &NewUpload { findings: findings(Severity::Warning), ..upload(1) }).id;
        let before = audit(store, &known(store, last(store)));
        let comment = |finding| WarningComment { finding, comment: "Zahlung folgt.".into() };
        store.submit(id, LEAD, at(20), &[comment(0), comment(1)]).unwrap();
        let after = audit(store, &known(store, at(20)));
        assert!(!before.contains("Zahlung folgt.") && after.contains("Zahlung folgt."));
        assert_eq!(audit(store, &known(store, at(20) - STEP)), before);
    }
}
