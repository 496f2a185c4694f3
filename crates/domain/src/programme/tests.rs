//! Each fault of a programme is found and said in both languages.

use std::collections::BTreeMap;

use chrono::DateTime;

use super::*;
use crate::{
    key::{ItemKey, SourceKey, *},
    money::Money,
    period::Period,
    region::{RegionCategory, RegionSplit},
    round::shipped,
    subproject::{Carrier, SubprojectKind},
};

/// A programme with one network and one subproject that can be imported.
fn programme() -> ProgrammeImport {
    let round = RoundCode::new("2023-2025");
    let network = NetworkCode::new("RIN-SN");
    let period = Period {
        first: "2023-01-01".parse().unwrap(),
        last: "2025-12-31".parse().unwrap(),
    };
    let subproject = Subproject {
        no: SubprojectNo::new("IQ23-SN-001"),
        round: round.clone(),
        kind: SubprojectKind::Regional,
        title: "Beispiel".into(),
        carrier: Carrier {
            name: "Beispielträger".into(),
        },
        network: Some(network.clone()),
        land: Some("SN".parse().unwrap()),
        nuts2: Some("DED5".parse().unwrap()),
        regions: RegionSplit::whole(RegionCategory::FormerTransition),
        strand: StrandKey::new("rin"),
        action_field: ActionFieldKey::new("qualification"),
        grant_period: period,
        award_path: AwardPath::Direct,
    };
    let amount = |euro| BTreeMap::from([(2023, Money::from_euro(euro))]);
    let plan = PlanVersion {
        number: 1,
        effective_from: period.first,
        recorded_at: DateTime::UNIX_EPOCH,
        items: BTreeMap::from([
            (ItemKey::new("staff_employees"), amount(100)),
            (ItemKey::new("remaining_costs"), amount(40)),
            (ItemKey::new("income"), amount(10)),
        ]),
        sources: BTreeMap::from([(SourceKey::new("federal"), Money::from_euro(130))]),
        targets: BTreeMap::from([(IndicatorCode::new("EECO01"), 20)]),
    };
    ProgrammeImport {
        networks: vec![RegionalNetwork {
            round,
            code: network,
            name: "Beispielnetzwerk".into(),
            land: Some("SN".parse().unwrap()),
        }],
        plans: Vec::new(),
        disbursements: vec![(
            subproject.no.clone(),
            Disbursement {
                paid_on: period.first,
                source: SourceKey::new("federal"),
                amount: Money::from_euro(1),
            },
        )],
        subprojects: vec![(subproject, plan)],
    }
}

type Change = fn(&mut ProgrammeImport);

/// What is changed, and the German text that follows.
const FAULTS: &[(Change, &str)] = &[
    (
        |it| it.networks[0].round = RoundCode::new("2026-2028"),
        "RIN-SN: Die Zeile nennt die Förderrunde „2026-2028“. Bitte in die genannte Runde importieren oder die Spalte „round“ berichtigen.",
    ),
    (
        |it| it.networks.push(it.networks[0].clone()),
        "RIN-SN: Das Netzwerk kommt zweimal vor. Bitte eine der Zeilen entfernen.",
    ),
    (
        |it| it.subprojects[0].0.round = RoundCode::new("2026-2028"),
        "IQ23-SN-001: Die Zeile nennt die Förderrunde „2026-2028“. Bitte in die genannte Runde importieren oder die Spalte „round“ berichtigen.",
    ),
    (
        |it| {
            let (mut other, mut plan) = it.subprojects[0].clone();
            other.title = "Anderes".into();
            plan.number = 2;
            it.subprojects.push((other, plan));
        },
        "IQ23-SN-001: Das Teilvorhaben kommt zweimal mit verschiedenen Stammdaten vor. Bitte eine der Zeilen entfernen oder die Nummer berichtigen.",
    ),
    (
        |it| it.subprojects.push(it.subprojects[0].clone()),
        "IQ23-SN-001: Die Planfassung 1 kommt zweimal vor. Bitte jeder Fassung eine eigene Nummer geben.",
    ),
    (
        |it| it.subprojects[0].0.carrier.name = " ".into(),
        "IQ23-SN-001: Die Spalte „carrier“ ist leer. Bitte ausfüllen.",
    ),
    (
        |it| it.subprojects[0].0.title.clear(),
        "IQ23-SN-001: Die Spalte „title“ ist leer. Bitte ausfüllen.",
    ),
    (
        |it| it.networks.clear(),
        "IQ23-SN-001: Das Netzwerk „RIN-SN“ steht weder in der Datei noch ist es erfasst. Bitte unter „networks“ ergänzen oder das Kürzel berichtigen.",
    ),
    (
        |it| {
            it.subprojects[0].0.award_path = AwardPath::PassedOn {
                via: NetworkCode::new("RIN-X"),
            }
        },
        "IQ23-SN-001: Das Netzwerk „RIN-X“ steht weder in der Datei noch ist es erfasst. Bitte unter „networks“ ergänzen oder das Kürzel berichtigen.",
    ),
    (
        |it| it.subprojects[0].0.strand = StrandKey::new("x"),
        "IQ23-SN-001: Den Förderstrang „x“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „strands“ der Rundendatei.",
    ),
    (
        |it| it.subprojects[0].0.action_field = ActionFieldKey::new("x"),
        "IQ23-SN-001: Das Handlungsfeld „x“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „action_fields“ der Rundendatei.",
    ),
    (
        |it| it.subprojects[0].0.grant_period.last = "2026-01-01".parse().unwrap(),
        "IQ23-SN-001: Der Bewilligungszeitraum 01.01.2023 – 01.01.2026 ist nicht möglich; er muss in der Förderrunde liegen (01.01.2023 – 31.12.2025). Bitte „grant_first“ und „grant_last“ prüfen.",
    ),
    (
        |it| it.subprojects[0].0.land = Some("NW".parse().unwrap()),
        "IQ23-SN-001: Die Region DED5 liegt nicht in dem genannten Land. Bitte „land“ oder „nuts2“ berichtigen.",
    ),
    (
        |it| {
            it.subprojects[0]
                .1
                .items
                .insert(ItemKey::new("travel"), BTreeMap::new());
        },
        "IQ23-SN-001: Den Einzelansatz „travel“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „plan_items“ der Rundendatei.",
    ),
    (
        |it| {
            let years = BTreeMap::from([(2024, Money::from_cents(-1)), (2025, Money::from_cents(1))]);
            it.subprojects[0]
                .1
                .items
                .insert(ItemKey::new("freelancer_fees"), years);
        },
        "IQ23-SN-001: Für 2024 ist bei „freelancer_fees“ der negative Betrag -0,01\u{a0}€ geplant. Bitte Beträge ohne Vorzeichen eintragen; Einnahmen zieht das Programm ab.",
    ),
    (
        |it| {
            it.subprojects[0]
                .1
                .sources
                .insert(SourceKey::new("gift"), Money::ZERO);
        },
        "IQ23-SN-001: Die Finanzierungsquelle „gift“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „sources“ der Rundendatei.",
    ),
    (
        |it| {
            it.subprojects[0]
                .1
                .targets
                .insert(IndicatorCode::new("EECO99"), 1);
        },
        "IQ23-SN-001: Den Indikator „EECO99“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „indicators“ der Rundendatei.",
    ),
    (
        |it| {
            it.subprojects[0]
                .1
                .sources
                .insert(SourceKey::new("esf_plus"), Money::from_cents(1));
        },
        "IQ23-SN-001: In Planfassung 1 ergeben die Finanzierungsquellen 130,01\u{a0}€, die Einzelansätze abzüglich Einnahmen 130,00\u{a0}€. Beide Summen müssen gleich sein; bitte die Beträge prüfen.",
    ),
    (
        |it| it.disbursements[0].0 = SubprojectNo::new("IQ23-SN-999"),
        "IQ23-SN-999: Die Auszahlung vom 01.01.2023 nennt dieses Teilvorhaben, das weder unter „subprojects“ steht noch in dieser Förderrunde erfasst ist. Bitte die Nummer berichtigen oder das Teilvorhaben ergänzen.",
    ),
    (
        |it| {
            let mut plan = it.subprojects[0].1.clone();
            plan.number = 2;
            it.plans.push((SubprojectNo::new("IQ23-SN-999"), plan));
        },
        "IQ23-SN-999: Planfassung 2 nennt dieses Teilvorhaben, das weder unter „subprojects“ steht noch in dieser Förderrunde erfasst ist. Bitte die Nummer berichtigen oder das Teilvorhaben ergänzen.",
    ),
    (
        |it| it.disbursements[0].1.source = SourceKey::new("gift"),
        "IQ23-SN-001: Die Finanzierungsquelle „gift“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „sources“ der Rundendatei.",
    ),
];

#[test]
fn a_sound_programme_has_no_problems() {
    assert_eq!(check(&shipped()[0], &programme(), &Recorded::default()), []);
}

#[test]
fn each_fault_is_named_in_german_and_in_english() {
    let round = &shipped()[0];
    for (change, expected) in FAULTS {
        let mut import = programme();
        change(&mut import);
        let texts: Vec<_> = check(round, &import, &Recorded::default())
            .iter()
            .map(ProgrammeProblem::text)
            .collect();
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert_eq!(&texts[0].de, expected);
        assert!(
            texts[0].en.ends_with('.') && texts[0].en != texts[0].de,
            "{:?}",
            texts[0]
        );
    }
}

#[test]
fn a_later_plan_version_of_the_same_subproject_is_no_duplicate() {
    let mut import = programme();
    let (subproject, mut plan) = import.subprojects[0].clone();
    plan.number = 2;
    import.subprojects.insert(0, (subproject, plan));
    assert_eq!(check(&shipped()[0], &import, &Recorded::default()), []);
    assert_eq!(import.numbers().len(), 1);
    let first: Vec<u32> = import.first_plans().values().map(|plan| plan.number).collect();
    assert_eq!(first, [1]);
}

#[test]
fn names_that_look_the_same_and_are_written_otherwise_are_told_once() {
    let mut import = programme();
    let (subproject, plan) = import.subprojects[0].clone();
    let mut other = subproject.clone();
    other.no = SubprojectNo::new("IQ23-SN-002");
    // The first letter is a Cyrillic one.
    other.title = "\u{412}eispiel".into();
    let mut third = other.clone();
    third.no = SubprojectNo::new("IQ23-SN-003");
    import.subprojects.extend([(other, plan.clone()), (third, plan)]);
    let found = look_alikes(&import);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].first.as_str(), found[0].second.as_str()),
        ("IQ23-SN-001", "IQ23-SN-002")
    );
    assert!(found[0].text().de.contains("IQ23-SN-001") && found[0].text().en.ends_with('.'));
}

/// Change notices and payments alone, for the subproject of [`programme`].
fn alone() -> ProgrammeImport {
    let whole = programme();
    let (subproject, plan) = &whole.subprojects[0];
    ProgrammeImport {
        plans: vec![(subproject.no.clone(), plan.clone())],
        disbursements: whole.disbursements,
        ..ProgrammeImport::default()
    }
}

#[test]
fn change_notices_and_payments_can_come_alone_for_what_is_recorded() {
    let recorded = Recorded {
        subprojects: programme().numbers().into_iter().cloned().collect(),
        ..Recorded::default()
    };
    let round = &shipped()[0];
    assert_eq!(check(round, &alone(), &recorded), []);
    assert_eq!(check(round, &alone(), &Recorded::default()).len(), 2);
    let mut faulty = alone();
    faulty.plans.push(faulty.plans[0].clone());
    faulty.plans[0].1.sources.clear();
    let found: Vec<_> = check(round, &faulty, &recorded)
        .into_iter()
        .map(|problem| problem.fault)
        .collect();
    assert!(
        matches!(
            found[..],
            [
                ProgrammeFault::SourcesDiffer { version: 1, .. },
                ProgrammeFault::DuplicatePlan(1)
            ]
        ),
        "{found:?}"
    );
}

#[test]
fn a_network_that_is_recorded_need_not_be_repeated() {
    let mut import = programme();
    let recorded = Recorded {
        networks: import.networks.drain(..).map(|network| network.code).collect(),
        ..Recorded::default()
    };
    assert_eq!(check(&shipped()[0], &import, &recorded), []);
}
