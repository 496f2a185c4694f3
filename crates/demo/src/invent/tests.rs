//! What the made-up programme promises (design.md §6.4).

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    programme::{Recorded, check},
    region::RegionCategory,
    round::shipped,
    subproject::SubprojectKind,
};

use super::*;
use crate::{programme, scenario::union_allowed};

#[test]
fn the_checked_in_files_are_what_the_seed_gives() {
    for round in shipped()
        .iter()
        .filter(|round| programme::text(round.code.as_str()).is_some())
    {
        let written = programme::write(&invent(round));
        let same = programme::text(round.code.as_str()) == Some(written.as_str());
        assert!(
            same,
            "fixtures/programme/{}.csv differs; run `cargo run -p nachweis-demo --example fixtures`",
            round.code
        );
    }
}

#[test]
fn the_first_round_has_270_subprojects_and_exactly_210_million_euro() {
    let round = &shipped()[0];
    let import = invent(round);
    let plans = import.first_plans();
    assert_eq!(plans.len(), 270);
    let awarded: Money = plans.values().map(|plan| plan.awarded(round)).sum();
    assert_eq!(awarded, Money::from_euro(210_000_000));
    let later = import
        .subprojects
        .iter()
        .filter(|(_, plan)| plan.number == 2)
        .count();
    assert!(
        (25..=60).contains(&later),
        "{later} subprojects have a second plan version"
    );
    for (subproject, plan) in &import.subprojects {
        assert_eq!(
            plan.awarded(round),
            plans[&subproject.no].awarded(round),
            "an amendment keeps the award"
        );
    }
}

#[test]
fn all_lands_networks_and_special_subprojects_are_there() {
    let import = invent(&shipped()[0]);
    let of_kind = |kind| {
        let of_kind = import
            .subprojects
            .iter()
            .filter(|(subproject, plan)| subproject.kind == kind && plan.number == 1);
        of_kind.count()
    };
    assert_eq!(import.networks.len(), 23);
    let in_nw = import
        .networks
        .iter()
        .filter(|network| network.land == Some(Land::NordrheinWestfalen));
    assert_eq!(in_nw.count(), 2);
    let lands: BTreeSet<Land> = import
        .subprojects
        .iter()
        .filter_map(|(subproject, _)| subproject.land)
        .collect();
    assert_eq!(lands.len(), 16);
    assert_eq!(of_kind(SubprojectKind::Coordination), 23);
    assert_eq!(of_kind(SubprojectKind::NetworkingProject), 1);
    assert_eq!(of_kind(SubprojectKind::CompetenceCentre), 3);
    let categories: BTreeSet<RegionCategory> = import
        .subprojects
        .iter()
        .flat_map(|(subproject, _)| subproject.regions.shares().iter().map(|(category, _)| *category))
        .collect();
    assert_eq!(categories.len(), 3);
    let sites = |field: &str| {
        let numbers: BTreeSet<&SubprojectNo> = import
            .subprojects
            .iter()
            .filter(|(subproject, _)| subproject.action_field.as_str() == field)
            .map(|(subproject, _)| &subproject.no)
            .collect();
        numbers.len()
    };
    assert_eq!((sites("counselling"), sites("fair_integration")), (60, 16));
}

#[test]
fn both_programmes_can_be_imported_without_a_problem() {
    for round in &shipped()[..2] {
        let problems = check(round, &invent(round), &Recorded::default());
        assert_eq!(problems, [], "{}", round.code);
    }
}

#[test]
fn the_second_round_has_its_own_strands_and_numbers() {
    let round = &shipped()[1];
    let import = invent(round);
    let strands: BTreeMap<&str, usize> =
        import
            .subprojects
            .iter()
            .fold(BTreeMap::new(), |mut strands, (one, _)| {
                *strands.entry(one.strand.as_str()).or_default() += 1;
                strands
            });
    assert_eq!(strands.len(), 4);
    assert!(strands.contains_key("activation") && !strands.contains_key("fair_integration"));
    assert_eq!(import.numbers().len(), 40);
    assert!(import.numbers().iter().all(|no| no.as_str().starts_with("IQ26-")));
}

#[test]
fn every_plan_keeps_flat_rate_caps_and_own_funds() {
    for round in &shipped()[..2] {
        for (subproject, plan) in &invent(round).subprojects {
            let awarded = plan.awarded(round);
            let of = |item: &str| plan.item_total(&nachweis_domain::key::ItemKey::new(item));
            let (staff, flat) = plan::bundle(round);
            let base = of("staff_employees") + of("freelancer_fees");
            let expected = base.in_proportion(Money::from_cents(flat), Money::from_cents(staff));
            assert_eq!(Some(of("remaining_costs")), expected, "{}", subproject.no);
            let source = |key: &str| plan.sources.get(key).copied().unwrap_or_default();
            assert!(
                source("esf_plus") <= union_allowed(round, &subproject.regions, awarded),
                "{}",
                subproject.no
            );
            let own = source("own_public") + source("own_private");
            assert!(own >= awarded.share(round.own_funds_minimum), "{}", subproject.no);
        }
    }
}

#[test]
fn every_made_up_carrier_says_so() {
    let import = invent(&shipped()[0]);
    assert!(
        import
            .subprojects
            .iter()
            .all(|(one, _)| one.carrier.name.ends_with("(erfunden)"))
    );
}

#[test]
fn the_checked_in_files_are_read_by_the_import_as_what_was_written() {
    for round in &shipped()[..2] {
        let text = programme::text(round.code.as_str()).unwrap();
        let sheets = nachweis_ingest::read_table_here(text.as_bytes()).unwrap();
        let options = nachweis_ingest::programme::ImportOptions {
            file_name: None,
            recorded_at: chrono::DateTime::UNIX_EPOCH,
            ..Default::default()
        };
        let read = nachweis_ingest::programme::recognise(round, &sheets, &options).unwrap();
        assert_eq!(read.rows_not_taken.len(), 0, "{}", round.code);
        let (mut read, mut made) = (read.import, invent(round));
        for import in [&mut read, &mut made] {
            import.networks.sort_by(|a, b| a.code.cmp(&b.code));
            import
                .subprojects
                .sort_by(|a, b| (&a.0.no, a.1.number).cmp(&(&b.0.no, b.1.number)));
            import.disbursements.sort_by(|(a, one), (b, other)| {
                (a, one.paid_on, &one.source).cmp(&(b, other.paid_on, &other.source))
            });
        }
        assert!(
            read == made,
            "{}: the import reads something else than what was written",
            round.code
        );
    }
}
