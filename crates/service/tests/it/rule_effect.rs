//! A rule in shadow: it finds nothing, what it would hit is told, and once it is switched on it blocks what comes then.

use std::{collections::BTreeSet, fs};

use nachweis_domain::{
    access::{Caller, Role, Scope},
    figures::QuarterlyFigures,
    finding::{Code, Severity},
    key::SubprojectNo,
    language::Language,
    past_moment::PastMoment,
    quarter::Quarter,
    record::{RatedFinding, Upload, UploadState},
    round::{FundingRound, RuleMode, RuleSetting, shipped_text},
};
use nachweis_ingest::SealKey;
use nachweis_service::{
    Clock, EffectRequest, Looking, Quiet, Report, Revisions, Service, ServiceError, Settings, Value, Verdict,
    VerifyRequest, render,
};

use crate::{
    Story, workbook,
    world::{OURS, THEIRS, World, moment, quarter, settings},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "a_rule_goes_from_shadow_to_blocking_and_old_verdicts_stay_as_they_were",
        from_shadow_to_blocking,
    ),
    (
        "judging_anew_finds_exactly_what_was_found_whatever_happened_since",
        judged_anew,
    ),
    (
        "a_proposed_round_is_tried_without_being_recorded_and_only_on_its_own_workbooks",
        proposed,
    ),
    (
        "a_rule_in_shadow_would_hit_only_quarters_in_which_it_takes_effect",
        dated,
    ),
    ("only_managers_and_auditors_see_what_a_rule_would_hit", seen_by),
    (
        "what_a_rule_would_have_hit_comes_out_again_as_it_was_issued",
        come_out_again,
    ),
];

/// A service on the record of the world whose round has these entries and this version.
fn with_rules(world: &World, version: &str, entries: &str) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("round.toml");
    let text = shipped_text("2023-2025").unwrap();
    let text = text.replacen("\"2023-2025.2\"", &format!("\"{version}\""), 1);
    assert!(text.contains(version));
    fs::write(&file, format!("{text}\n{entries}")).unwrap();
    let settings = Settings {
        round_files: vec![file],
        ..settings(&world.database)
    };
    Service::open(&settings, Clock::fixed(moment("2024-10-16T08:00:00Z"))).unwrap()
}

const IN_SHADOW: &str = "[[rules]]\ncode = \"FIN-06\"\nmode = \"shadow\"";
const FROM_THIRD_QUARTER: &str = "[[rules]]\ncode = \"FIN-06\"\neffective_from = \"2024-Q3\"";

/// Figures with the same number on their first two vouchers, which breaks FIN-06 and nothing else.
fn same_number_twice(world: &World, quarter: Quarter) -> QuarterlyFigures {
    let mut figures = workbook::figures(&world.round, quarter, 3);
    let number = figures.vouchers.rows[0].number.clone();
    figures.vouchers.rows[1].number = number;
    figures
}

fn upload(
    world: &World,
    service: &Service,
    (caller, no): (&Caller, &str),
    quarter: Quarter,
    figures: &QuarterlyFigures,
) -> Verdict {
    let context = world.context(no, quarter);
    let bytes = workbook::filled(&world.round, &context, figures, &SealKey::from_bytes([7; 32]));
    service
        .receive_upload(caller, &SubprojectNo::new(no), quarter, "bericht.xlsx", bytes)
        .unwrap()
}

fn effect(service: &Service, caller: &Caller, request: &EffectRequest) -> Report {
    let round = service.all_rounds()[0].code.clone();
    service.rule_effect(caller, &round, request).unwrap()
}

/// The values of a table's column.
fn column(report: &Report, table: &str, key: &str) -> Vec<Value> {
    let table = report.tables.iter().find(|one| one.key == table).unwrap();
    let index = table.columns.iter().position(|column| column.key == key).unwrap();
    table.rows.iter().map(|row| row[index].clone()).collect()
}

pub(crate) fn texts(report: &Report, table: &str, key: &str) -> Vec<String> {
    let text = |value: Value| match value {
        Value::Text(text) => text.to_string(),
        Value::Term(term) => term.key.clone(),
        Value::Quarter(quarter) => quarter.to_string(),
        Value::Count(count) => count.to_string(),
        other => panic!("{other:?}"),
    };
    column(report, table, key).into_iter().map(text).collect()
}

fn from_shadow_to_blocking(world: &World) {
    let shadow = with_rules(world, "2023-2025.3", IN_SHADOW);
    let planted = upload(
        world,
        &shadow,
        (&world.lead, OURS),
        quarter(),
        &same_number_twice(world, quarter()),
    );
    assert!(planted.findings.is_empty(), "{:?}", planted.findings);
    assert_eq!(planted.upload.state, UploadState::Checked);
    // Hit as well, but no longer the newest.
    let mut corrected = same_number_twice(world, quarter());
    corrected.vouchers.rows[2].payee = Some("Lohnkonto B".to_owned());
    for figures in [corrected, world.figures(3)] {
        upload(world, &shadow, (&world.other_lead, THEIRS), quarter(), &figures);
    }
    shadow.submit(&world.lead, planted.upload.id, &[]).unwrap();
    world.accept(planted.upload.id);

    let journal = world.actions();
    let burn = world.burn(&world.manager);
    let report = effect(&shadow, &world.manager, &EffectRequest::default());
    assert_eq!(world.actions(), journal, "nothing is recorded");
    assert_eq!(world.burn(&world.manager), burn);
    let told = |key| texts(&report, "rules", key);
    assert_eq!(told("code"), ["FIN-06"]);
    assert_eq!(
        (told("in_force"), told("in_question")),
        (vec!["in shadow".to_owned()], vec!["blocking".to_owned()])
    );
    for (all, standing) in [
        ("found", "standing_found"),
        ("uploads", "standing_uploads"),
        ("subprojects", "standing_subprojects"),
    ] {
        assert_eq!(
            (told(all), told(standing)),
            (vec!["2".to_owned()], vec!["1".to_owned()]),
            "over all originals, and among those that count: {all}"
        );
    }
    assert_eq!(
        (told("quarters"), told("accepted_blocked")),
        (vec!["1".to_owned()], vec!["1".to_owned()])
    );
    hits_name_where_they_are(&report, &version(&shadow));
    let standing = EffectRequest {
        revisions: Revisions::Standing,
        ..EffectRequest::default()
    };
    let standing = effect(&shadow, &world.manager, &standing);
    assert_eq!(texts(&standing, "findings", "no"), [OURS]);
    for format in [render::csv(&report, Language::De), render::json(&report)] {
        let text = String::from_utf8(format).unwrap();
        for said in ["FIN-06", "bericht.xlsx", "Belege"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }

    let active = with_rules(world, "2023-2025.4", FROM_THIRD_QUARTER);
    let again = upload(
        world,
        &active,
        (&world.other_lead, THEIRS),
        quarter(),
        &same_number_twice(world, quarter()),
    );
    assert_eq!(again.upload.state, UploadState::Blocked);
    let codes: BTreeSet<Code> = again.findings.iter().map(|rated| rated.finding.code()).collect();
    assert_eq!(codes, BTreeSet::from([Code::Fin06]));
    let old = active.upload(&world.manager, planted.upload.id).unwrap();
    assert!(old.findings.is_empty(), "the old verdict stays");
    assert_eq!(old.upload.rule_version, version(&shadow));
    assert_eq!(again.upload.rule_version, version(&active));
    assert!(old.upload.rule_version.as_str().starts_with("2023-2025.3+"));
    assert_ne!(version(&shadow), version(&active));

    let none = effect(&active, &world.manager, &EffectRequest::default());
    assert!(texts(&none, "rules", "code").is_empty() && texts(&none, "findings", "no").is_empty());
    let verified = active
        .verify(&world.auditor, &VerifyRequest::default(), &Quiet)
        .unwrap();
    assert_eq!(verified.faults.count(), 0, "{:?}", verified.faults.told());
}

/// Both hits name file, cell and version of the rules, and only one of them counts.
fn hits_name_where_they_are(report: &Report, version: &nachweis_domain::key::RuleVersion) {
    let told = |key| texts(report, "findings", key);
    let mut hits: Vec<_> = told("no").into_iter().zip(told("standing")).collect();
    hits.sort();
    let mut expected =
        [(OURS, "yes"), (THEIRS, "no")].map(|(no, standing)| (no.to_owned(), standing.to_owned()));
    expected.sort();
    assert_eq!(hits, expected);
    for (key, said) in [
        ("file", "bericht.xlsx"),
        ("sheet", "Belege"),
        ("rule_version", version.as_str()),
    ] {
        assert_eq!(told(key), [said, said], "{key}");
    }
    let cells: BTreeSet<String> = told("cell").into_iter().collect();
    assert_eq!(cells.len(), 1, "both at the second voucher: {cells:?}");
}

/// The version of a service's rules as verdicts name it: by the document under which the record keeps the round.
fn version(service: &Service) -> nachweis_domain::key::RuleVersion {
    nachweis_store::rule_version(&service.all_rounds()[0]).unwrap()
}

fn earlier() -> Quarter {
    "2024-Q2".parse().unwrap()
}

/// Uploads with findings of reader and rules, some of which hang on plans and earlier quarters that change afterwards.
fn history(world: &World) -> Vec<Upload> {
    let service = &world.service;
    let lead = (&world.lead, OURS);
    let first = upload(
        world,
        service,
        lead,
        earlier(),
        &workbook::figures(&world.round, earlier(), 3),
    );
    service.submit(&world.lead, first.upload.id, &[]).unwrap();
    world.accept(first.upload.id);
    // The numbers of the second quarter come again in the third.
    let mut repeated = workbook::figures(&world.round, quarter(), 3);
    for (row, earlier) in repeated.vouchers.rows.iter_mut().zip(1..) {
        row.number = Some(format!("2024-Q2-{earlier:05}"));
    }
    let repeated = upload(world, service, lead, quarter(), &repeated);
    let mut broken = same_number_twice(world, quarter());
    broken.counters[0].count = None;
    broken.vouchers.rows[2].purpose = None;
    broken.vouchers.rows[2].paid_on = Some(earlier().first_day());
    let broken = upload(world, service, lead, quarter(), &broken);
    let theirs = (&world.other_lead, THEIRS);
    let twice = upload(
        world,
        service,
        theirs,
        earlier(),
        &same_number_twice(world, earlier()),
    );
    let much = upload(world, service, theirs, quarter(), &world.figures(1_200));
    // Afterwards another revision of the second quarter counts, and another plan.
    let mut other = workbook::figures(&world.round, earlier(), 4);
    for row in &mut other.vouchers.rows {
        row.number = row.number.take().map(|number| format!("neu-{number}"));
    }
    let corrected = upload(world, service, lead, earlier(), &other);
    service.submit(&world.lead, corrected.upload.id, &[]).unwrap();
    world.accept(corrected.upload.id);
    world.change_plan();
    [first, repeated, broken, twice, much, corrected]
        .map(|verdict| verdict.upload)
        .to_vec()
}

/// The round with every rule switched off that may be.
fn silenced(round: &FundingRound) -> FundingRound {
    let mut silenced = round.clone();
    let needed = ["TPL-01", "TPL-02", "TPL-03", "TPL-04", "TPL-15"];
    let codes = Code::ALL.iter().filter(|code| !needed.contains(&code.as_str()));
    silenced.severities = codes.map(|code| (*code, Severity::Off)).collect();
    silenced
}

type Line = (String, String, String, String, String, String);

fn lines(report: &Report) -> BTreeSet<Line> {
    let column = |key| texts_or_empty(report, key);
    let (no, quarter, revision) = (column("no"), column("quarter"), column("revision"));
    let (code, severity, cell) = (column("code"), column("severity"), column("cell"));
    (0..no.len())
        .map(|row| {
            let of = |column: &Vec<String>| column[row].clone();
            (
                of(&quarter),
                of(&no),
                of(&revision),
                of(&code),
                of(&severity),
                of(&cell),
            )
        })
        .collect()
}

fn texts_or_empty(report: &Report, key: &str) -> Vec<String> {
    let text = |value: Value| match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Term(term) => term.key.clone(),
        Value::Quarter(quarter) => quarter.to_string(),
        Value::Count(count) => count.to_string(),
        other => panic!("{other:?}"),
    };
    column(report, "findings", key).into_iter().map(text).collect()
}

fn line(upload: &Upload, rated: &RatedFinding) -> Line {
    (
        upload.quarter.to_string(),
        upload.subproject.to_string(),
        upload.revision.to_string(),
        rated.finding.code().to_string(),
        rated.severity.as_str().to_owned(),
        rated
            .finding
            .at
            .as_ref()
            .map_or_else(String::new, nachweis_domain::cell::CellRef::a1),
    )
}

fn judged_anew(world: &World) {
    let uploads = history(world);
    let mut stored = BTreeSet::new();
    let mut words = BTreeSet::new();
    for upload in &uploads {
        for rated in world.store.findings_of(upload.id).unwrap() {
            stored.insert(line(upload, &rated));
            words.insert(rated.finding.text(Language::De));
        }
    }
    let codes: BTreeSet<&str> = stored.iter().map(|line| line.3.as_str()).collect();
    for code in ["FIN-04", "FIN-06", "FIN-16", "VAL-10"] {
        assert!(codes.contains(code), "{code} is planted: {codes:?}");
    }
    let request = EffectRequest {
        proposed: Some(silenced(&world.round)),
        revisions: Revisions::All,
        looking: Looking::WhereNeeded,
        until: None,
    };
    let report = effect(&world.service, &world.auditor, &request);
    assert_eq!(lines(&report), stored);
    let told: BTreeSet<String> = column(&report, "findings", "text")
        .into_iter()
        .map(|value| match value {
            Value::Term(term) => term.name.de.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, words);
    let gone: BTreeSet<String> = texts(&report, "findings", "change").into_iter().collect();
    assert_eq!(gone.into_iter().collect::<Vec<_>>(), ["gone"]);

    // What stored figures say of a rule that looks at nothing else is what the originals say.
    let mut shadow = world.round.clone();
    for code in [
        Code::Fin01,
        Code::Fin06,
        Code::Fin07,
        Code::Fin08,
        Code::Fin09,
        Code::Fin13,
        Code::Ind16,
    ] {
        shadow.severities.insert(code, Severity::Off);
    }
    let looking = |looking| {
        let request = EffectRequest {
            proposed: Some(shadow.clone()),
            revisions: Revisions::All,
            looking,
            until: None,
        };
        let report = effect(&world.service, &world.auditor, &request);
        let counts = report.parameters.iter().rev().take(4).cloned();
        (lines(&report), counts.collect::<Vec<_>>())
    };
    let (figures, originals) = (looking(Looking::WhereNeeded), looking(Looking::AtOriginals));
    assert!(figures.0.iter().any(|line| line.3 == "FIN-06"));
    // An upload that something else blocks is not taken for one that would be blocked or freed.
    assert_eq!(figures, originals);
}

fn proposed(world: &World) {
    let _ = upload(
        world,
        &world.service,
        (&world.lead, OURS),
        quarter(),
        &same_number_twice(world, quarter()),
    );
    let mut proposed = world.round.clone();
    proposed.severities.insert(Code::Fin06, Severity::Warning);
    let request = |proposed: &FundingRound| EffectRequest {
        proposed: Some(proposed.clone()),
        ..EffectRequest::default()
    };
    let report = effect(&world.service, &world.manager, &request(&proposed));
    assert_eq!(texts(&report, "rules", "code"), ["FIN-06"]);
    let parameters: Vec<&str> = report
        .parameters
        .iter()
        .map(|(_, value)| value.en.as_str())
        .collect();
    assert_eq!(
        parameters.last(),
        Some(&"1"),
        "one workbook is no longer blocked: {parameters:?}"
    );
    assert!(
        texts(&report, "findings", "change")
            .iter()
            .all(|change| change == "weighed")
    );
    assert_eq!(
        world.store.round(&world.round.code).unwrap().as_ref(),
        Some(&world.round)
    );

    let refused = |proposed: &FundingRound| {
        let code = &world.round.code;
        let error = world
            .service
            .rule_effect(&world.manager, code, &request(proposed))
            .unwrap_err();
        error.code().to_owned()
    };
    let mut other = proposed.clone();
    other.code = nachweis_domain::key::RoundCode::new("2020-2022");
    assert_eq!(refused(&other), "proposed-round-other");
    let mut other = proposed;
    other.template_version = nachweis_domain::key::TemplateVersion::new("2026-1");
    assert_eq!(refused(&other), "proposed-round-workbook");
}

fn dated(world: &World) {
    for quarter in [earlier(), quarter()] {
        let figures = same_number_twice(world, quarter);
        upload(world, &world.service, (&world.lead, OURS), quarter, &figures);
    }
    let mut off = world.round.clone();
    off.rules.push(RuleSetting {
        code: Code::Fin06,
        severity: None,
        mode: RuleMode::Active,
        effective_from: None,
        effective_until: Some(earlier()),
    });
    let request = EffectRequest {
        proposed: Some(off),
        ..EffectRequest::default()
    };
    let report = effect(&world.service, &world.manager, &request);
    let quarters: BTreeSet<String> = texts(&report, "findings", "quarter").into_iter().collect();
    assert_eq!(quarters.into_iter().collect::<Vec<_>>(), ["2024-Q3"]);
}

fn seen_by(world: &World) {
    let ministry = world.account("mona", Role::Ministry, Scope::All);
    let code = &world.round.code;
    let ask = |caller: &Caller| world.service.rule_effect(caller, code, &EffectRequest::default());
    for caller in [&world.manager, &world.auditor] {
        assert!(ask(caller).is_ok());
    }
    for caller in [&world.lead, &world.coordinator, &world.admin, &ministry] {
        assert!(matches!(ask(caller), Err(ServiceError::Forbidden(_))));
    }
}

fn come_out_again(world: &World) {
    let shadow = with_rules(world, "2023-2025.3", IN_SHADOW);
    let mut kept = Vec::new();
    let mut keep = |service: &Service| {
        let until = PastMoment::from(world.store.last_moment().unwrap().unwrap());
        let report = effect(service, &world.manager, &EffectRequest::default());
        kept.push((until, render::json(&report)));
    };
    let planted = same_number_twice(world, quarter());
    let first = upload(world, &shadow, (&world.lead, OURS), quarter(), &planted);
    keep(&shadow);
    shadow.submit(&world.lead, first.upload.id, &[]).unwrap();
    world.accept(first.upload.id);
    keep(&shadow);
    upload(world, &shadow, (&world.other_lead, THEIRS), quarter(), &planted);
    keep(&shadow);
    let switched_on = with_rules(world, "2023-2025.4", "");
    keep(&switched_on);
    let different: BTreeSet<&Vec<u8>> = kept.iter().map(|(_, bytes)| bytes).collect();
    assert_eq!(different.len(), kept.len(), "each step shows");
    for (until, bytes) in &kept {
        let asked = EffectRequest {
            until: Some(*until),
            ..EffectRequest::default()
        };
        let again = effect(&switched_on, &world.manager, &asked);
        assert!(render::json(&again) == *bytes, "as of {until}");
    }
}
