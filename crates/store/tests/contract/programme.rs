//! Importing a programme: added once, changed where it changed, never taken away.

use nachweis_domain::{
    key::{NetworkCode, RoundCode, SubprojectNo},
    money::Money,
    subproject::AwardPath,
};
use nachweis_store::{Actor, Conflict, ImportCounts, StoreError, Thing};

use crate::{on_both, sample::*};

on_both! {
    fn a_programme_comes_back_in_the_order_of_its_numbers(store) {
        store.save_round(&round(), Actor::System, at(0)).unwrap();
        let mut import = programme(12);
        import.subprojects.reverse();
        import.subprojects[3].0.award_path = AwardPath::PassedOn { via: NetworkCode::new("RIN-NW-OST") };
        import.subprojects[4].0.network = None;
        import.subprojects[4].0.land = None;
        import.subprojects[4].0.nuts2 = None;
        let counts = store.import_programme(&code(), "programm.csv", &import, Actor::System, at(1)).unwrap();
        let expected = ImportCounts {
            networks_new: 1,
            subprojects_new: 12,
            plans_new: 12,
            disbursements_new: 12,
            ..ImportCounts::default()
        };
        assert_eq!(counts, expected);
        import.subprojects.reverse();
        let given: Vec<_> = import.subprojects.iter().map(|(subproject, _)| subproject.clone()).collect();
        assert_eq!(store.subprojects(&code()).unwrap(), given);
        assert_eq!(store.subproject(&no(3)).unwrap().as_ref(), given.get(2));
        assert_eq!(store.networks(&code()).unwrap(), import.networks);
        assert_eq!(store.disbursements(&no(1)).unwrap(), [paid("2024-02-15", 5_000)]);
    }

    fn numbers_sort_by_their_bytes_on_both_databases(store) {
        store.save_round(&round(), Actor::System, at(0)).unwrap();
        let mut import = programme(4);
        for (place, number) in ["b-1", "B-2", "a 3", "Ä"].iter().enumerate() {
            import.subprojects[place].0.no = SubprojectNo::new(number);
        }
        import.disbursements.clear();
        store.import_programme(&code(), "x", &import, Actor::System, at(1)).unwrap();
        let numbers: Vec<String> = store.subprojects(&code()).unwrap().iter().map(|found| found.no.to_string()).collect();
        assert_eq!(numbers, ["B-2", "a 3", "b-1", "Ä"]);
        let ledger = store.ledger(&code()).unwrap();
        assert_eq!(ledger.index_of(&SubprojectNo::new("Ä")), Some(3));
    }

    fn importing_the_same_again_changes_nothing(store) {
        set_up(store, 3);
        let head = store.journal_head().unwrap();
        let counts = store.import_programme(&code(), "programm.csv", &programme(3), Actor::System, at(9)).unwrap();
        assert!(counts.is_unchanged(), "{counts:?}");
        assert_eq!(store.journal_head().unwrap(), head);
        assert_eq!(store.plan_versions(&no(1)).unwrap().len(), 1);
    }

    fn a_changed_subproject_is_changed_and_counted(store) {
        set_up(store, 2);
        let mut import = programme(2);
        import.subprojects[1].0.title = "Neuer Titel".into();
        import.networks[0].name = "Netzwerk Nordost".into();
        let counts = store.import_programme(&code(), "programm.csv", &import, Actor::System, at(9)).unwrap();
        let expected = ImportCounts { networks_changed: 1, subprojects_changed: 1, ..ImportCounts::default() };
        assert_eq!(counts, expected);
        assert_eq!(store.subproject(&no(2)).unwrap().unwrap().title, "Neuer Titel");
        assert_eq!(last_change(store), Some(at(9)));
    }

    fn plan_versions_are_only_added(store) {
        set_up(store, 1);
        let mut amended = plan("2024-07-01");
        amended.sources.insert(nachweis_domain::key::SourceKey::new("own_public"), Money::from_euro(1));
        let mut corrected = plan("2023-01-01");
        corrected.targets.clear();
        let mut import = programme(1);
        import.subprojects = [&amended, &corrected]
            .map(|plan| (subproject(1), plan.clone()))
            .to_vec();
        for _ in 0..2 {
            store.import_programme(&code(), "nachtrag.csv", &import, Actor::System, at(9)).unwrap();
        }
        let versions = store.plan_versions(&no(1)).unwrap();
        assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(versions[0].items, plan("2023-01-01").items);
        assert_eq!(versions[1].sources, amended.sources);
        assert_eq!((versions[2].targets.len(), versions[2].recorded_at), (0, at(9)));
    }

    fn change_notices_and_payments_come_without_their_subproject(store) {
        set_up(store, 2);
        let alone = |no: SubprojectNo| nachweis_domain::programme::ProgrammeImport {
            plans: vec![(no.clone(), plan("2024-07-01"))],
            disbursements: vec![(no, paid("2024-05-02", 700))],
            ..Default::default()
        };
        let counts = store.import_programme(&code(), "nachtrag.csv", &alone(no(2)), Actor::System, at(9)).unwrap();
        let expected = ImportCounts { plans_new: 1, disbursements_new: 1, ..ImportCounts::default() };
        assert_eq!(counts, expected);
        let versions = store.plan_versions(&no(2)).unwrap();
        assert_eq!((versions[1].number, versions[1].recorded_at), (2, at(9)));
        assert_eq!(store.disbursements(&no(2)).unwrap().len(), 2);
        let again = store.import_programme(&code(), "nachtrag.csv", &alone(no(2)), Actor::System, at(10)).unwrap();
        assert!(again.is_unchanged(), "{again:?}");
        let error = store.import_programme(&code(), "x", &alone(no(7)), Actor::System, at(11)).unwrap_err();
        assert!(matches!(error, StoreError::Unknown { thing: Thing::Subproject, .. }), "{error:?}");
    }

    fn the_same_payment_twice_are_two_payments(store) {
        set_up(store, 1);
        let mut import = programme(1);
        import.disbursements = vec![(no(1), paid("2024-02-15", 5_000)); 2];
        for _ in 0..2 {
            store.import_programme(&code(), "auszahlungen.csv", &import, Actor::System, at(9)).unwrap();
        }
        assert_eq!(store.disbursements(&no(1)).unwrap().len(), 2);
    }

    fn an_import_with_a_mistake_leaves_nothing(store) {
        store.save_round(&round(), Actor::System, at(0)).unwrap();
        let mut no_network = programme(2);
        no_network.networks.clear();
        let error = store.import_programme(&code(), "x", &no_network, Actor::System, at(1)).unwrap_err();
        assert!(matches!(&error, StoreError::Unknown { thing: Thing::Network, key } if key == "RIN-NW-OST"), "{error:?}");
        let mut no_subproject = programme(2);
        no_subproject.disbursements.push((no(7), paid("2024-02-15", 1)));
        let error = store.import_programme(&code(), "x", &no_subproject, Actor::System, at(1)).unwrap_err();
        assert!(matches!(error, StoreError::Unknown { thing: Thing::Subproject, .. }), "{error:?}");
        let missing = RoundCode::new("2029-2031");
        let error = store.import_programme(&missing, "x", &programme(1), Actor::System, at(1)).unwrap_err();
        assert!(matches!(error, StoreError::Unknown { thing: Thing::Round, .. }), "{error:?}");
        assert_eq!(store.subprojects(&code()).unwrap(), []);
        assert_eq!(store.journal_head().unwrap(), 1);
    }

    fn a_number_stays_in_its_round(store) {
        set_up(store, 1);
        let other = nachweis_domain::round::FundingRound { code: RoundCode::new("2026-2028"), ..round() };
        store.save_round(&other, Actor::System, at(2)).unwrap();
        let mut import = programme(1);
        import.disbursements.clear();
        import.networks[0].round = other.code.clone();
        import.subprojects[0].0.round = other.code.clone();
        let error = store.import_programme(&other.code, "x", &import, Actor::System, at(3)).unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::OtherRound { .. })), "{error:?}");
        assert_eq!(store.networks(&other.code).unwrap(), []);
    }
}
