//! Two verdicts on an upload, and what their differences come to over many.

use super::*;
use crate::{
    key::{RoundCode, RuleVersion, SubprojectNo, TemplateVersion},
    record::{Sha256, Upload, UploadId, UploadState, UserId},
    round::{RuleMode, RuleSetting, shipped},
};

fn cell(row: u32) -> CellRef {
    CellRef::at("Belege", row, 1)
}

fn rated(row: u32, severity: Severity) -> RatedFinding {
    let typed = format!("{row}");
    RatedFinding {
        finding: Finding::at(cell(row), Detail::AmountUnreadable { typed }),
        severity,
        comment: None,
        waiver: None,
    }
}

fn upload(subproject: &str, state: UploadState) -> Upload {
    Upload {
        id: UploadId(uuid::Uuid::nil()),
        round: RoundCode::new("2023-2025"),
        subproject: SubprojectNo::new(subproject),
        quarter: "2024-Q3".parse().unwrap(),
        revision: 1,
        sha256: Sha256([0; 32]),
        size_bytes: 1,
        file_name: "Q3.xlsx".to_owned(),
        uploaded_by: UserId(uuid::Uuid::nil()),
        uploaded_at: chrono::DateTime::UNIX_EPOCH,
        template_version: TemplateVersion::new("2023-1"),
        rule_version: RuleVersion::new("2023-2025.2"),
        plan_version: 1,
        state,
        blocking: 0,
        warnings: 0,
        notices: 0,
    }
}

/// An upload that stands for its subproject and quarter.
fn standing(subproject: &str, state: UploadState) -> Place {
    Place::of(&upload(subproject, state), true)
}

#[test]
fn what_is_new_gone_and_weighed_differently_is_told_apart_in_the_order_of_the_workbook() {
    let before = vec![
        rated(3, Severity::Warning),
        rated(4, Severity::Warning),
        rated(5, Severity::Notice),
    ];
    let after = vec![
        rated(2, Severity::Blocking),
        rated(4, Severity::Warning),
        rated(5, Severity::Blocking),
    ];
    let told: Vec<_> = changes(before, after)
        .into_iter()
        .map(|changed| (changed.rated.finding.at.unwrap().row(), changed.change))
        .collect();
    assert_eq!(
        told,
        [
            (2, Change::Found),
            (3, Change::Gone),
            (5, Change::Weighed(Severity::Notice))
        ]
    );
}

#[test]
fn two_equal_findings_are_not_taken_for_one() {
    let twice = vec![rated(3, Severity::Warning), rated(3, Severity::Warning)];
    let once = vec![rated(3, Severity::Warning)];
    assert_eq!(changes(twice.clone(), once.clone())[0].change, Change::Gone);
    assert_eq!(changes(once, twice)[0].change, Change::Found);
}

#[test]
fn another_threshold_in_the_same_words_is_no_new_finding() {
    let said = |typed: &str, severity| RatedFinding {
        finding: Finding::at(
            cell(3),
            Detail::AmountUnreadable {
                typed: typed.to_owned(),
            },
        ),
        severity,
        comment: None,
        waiver: None,
    };
    let change = |severity| {
        let changed = changes(vec![said("42", Severity::Warning)], vec![said("28", severity)]);
        assert_eq!(changed.len(), 1, "{changed:?}");
        changed[0].change
    };
    assert_eq!(change(Severity::Warning), Change::Reworded);
    assert_eq!(change(Severity::Blocking), Change::Weighed(Severity::Warning));
}

#[test]
fn only_accepted_reports_count_as_blocked_afterwards() {
    let mut effect = Effect::on([Code::Val01], 10);
    for (no, state) in [
        ("IQ23-NW-001", UploadState::Accepted),
        ("IQ23-NW-002", UploadState::Submitted),
    ] {
        effect.add(
            &standing(no, state),
            vec![rated(3, Severity::Warning)],
            vec![rated(3, Severity::Blocking), rated(4, Severity::Blocking)],
        );
    }
    let rule = &effect.rules[&Code::Val01];
    let hits = &rule.hits.all;
    assert_eq!((hits.found, hits.weighed, hits.gone), (2, 2, 0));
    assert_eq!(
        (hits.uploads, hits.subprojects.len(), hits.quarters.len()),
        (2, 2, 1)
    );
    assert_eq!(rule.accepted_blocked, 1);
    let judged = effect.judged.all;
    assert_eq!(
        (judged.uploads, judged.newly_blocked, judged.no_longer_blocked),
        (2, 2, 0)
    );
    assert_eq!(
        (&effect.judged.standing, &rule.hits.standing),
        (&judged, hits),
        "all of them stand"
    );
}

#[test]
fn a_revision_that_does_not_stand_counts_over_all_originals_alone() {
    let mut effect = Effect::on([], 10);
    for (revision, state) in [(1, UploadState::Blocked), (2, UploadState::Submitted)] {
        let upload = Upload {
            revision,
            ..upload("IQ23-NW-001", state)
        };
        let after = vec![rated(3, Severity::Blocking)];
        effect.add(&Place::of(&upload, revision == 2), Vec::new(), after);
    }
    let hits = &effect.rules[&Code::Val01].hits;
    assert_eq!((hits.all.found, hits.all.uploads), (2, 2));
    assert_eq!((hits.standing.found, hits.standing.uploads), (1, 1));
    assert_eq!((hits.all.subprojects.len(), hits.all.quarters.len()), (1, 1));
    let judged = &effect.judged;
    assert_eq!((judged.all.uploads, judged.all.newly_blocked), (2, 2));
    assert_eq!((judged.standing.uploads, judged.standing.newly_blocked), (1, 1));
}

#[test]
fn uploads_that_are_left_out_are_counted_and_the_first_are_named() {
    let mut effect = Effect::on([], 1);
    let erased = Uncounted::Erased(chrono::DateTime::UNIX_EPOCH);
    for why in [erased, Uncounted::Unreadable] {
        effect.leave_out(standing("IQ23-NW-001", UploadState::Accepted), why);
    }
    assert_eq!((effect.left_out.uploads, effect.left_out.erased), (2, 1));
    let listed: Vec<_> = effect.left_out.listed.iter().map(|(_, why)| *why).collect();
    assert_eq!(listed, [erased]);
    assert_eq!(effect.judged, Both::default());
}

#[test]
fn a_rule_that_changes_nothing_is_told_with_zeros() {
    let mut effect = Effect::on([Code::Fin08], 10);
    effect.add(
        &standing("IQ23-NW-001", UploadState::Accepted),
        vec![rated(3, Severity::Warning)],
        vec![rated(3, Severity::Warning)],
    );
    assert_eq!(effect.rules[&Code::Fin08], RuleEffect::default());
    assert!(effect.listed.is_empty());
}

#[test]
fn findings_that_are_not_listed_count_for_their_rule() {
    let detail = Detail::FurtherFindings {
        code: Code::Fin16,
        count: 250,
    };
    let further = RatedFinding {
        finding: Finding::whole(detail),
        severity: Severity::Notice,
        comment: None,
        waiver: None,
    };
    let mut effect = Effect::default();
    effect.add(
        &standing("IQ23-NW-001", UploadState::Accepted),
        Vec::new(),
        vec![further],
    );
    assert_eq!(effect.rules[&Code::Fin16].hits.all.found, 250);
    assert!(!effect.rules.contains_key(&Code::Tpl22));
}

#[test]
fn beyond_the_limit_differences_are_counted() {
    let mut effect = Effect::on([], 3);
    let many = (0..10).map(|row| rated(row, Severity::Warning));
    effect.add(
        &standing("IQ23-NW-001", UploadState::Accepted),
        Vec::new(),
        many.collect(),
    );
    assert_eq!((effect.listed.len(), effect.further), (3, 7));
}

fn shadow(code: Code) -> RuleSetting {
    RuleSetting {
        code,
        severity: None,
        mode: RuleMode::Shadow,
        effective_from: None,
        effective_until: None,
    }
}

#[test]
fn figures_are_enough_for_rules_that_look_at_nothing_else() {
    let needed = |code| {
        let mut round = shipped().remove(0);
        round.rules.push(shadow(code));
        Evidence::needed(&round, &round.switched_on())
    };
    assert_eq!(needed(Code::Fin08), Evidence::Figures);
    assert_eq!(needed(Code::Ind16), Evidence::Figures);
    for code in [Code::Fin02, Code::Fin16, Code::Ind07, Code::Val11, Code::Tpl13] {
        assert_eq!(needed(code), Evidence::Originals, "{code}");
    }
}

#[test]
fn figures_are_enough_for_another_threshold_and_not_for_another_catalogue() {
    let round = shipped().remove(0);
    let mut proposed = round.clone();
    proposed.thresholds.call_days = 28;
    assert_eq!(Evidence::needed(&round, &proposed), Evidence::Figures);
    proposed.reserved_sums.clear();
    assert_eq!(Evidence::needed(&round, &proposed), Evidence::Originals);
}

#[test]
fn findings_that_figures_do_not_carry_stay_as_they_were_given_where_only_figures_are_looked_at() {
    let kept = vec![rated(3, Severity::Blocking)];
    assert!(!Evidence::Figures.speaks_of(&kept[0]));
    assert!(Evidence::Originals.speaks_of(&kept[0]));
    assert_eq!(Evidence::Figures.leaves(kept.clone()), kept);
    assert_eq!(Evidence::Originals.leaves(kept), []);
}
