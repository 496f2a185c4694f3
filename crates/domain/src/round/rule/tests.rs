//! Entries about rules: what they do in which quarter, and which contradict themselves or each other.

use super::*;
use crate::{
    language::Language,
    round::{RoundError, shipped, shipped_text},
};

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// The shipped round with entries about rules at its end.
fn with(entries: &str) -> Result<FundingRound, RoundError> {
    let text = shipped_text("2023-2025").unwrap();
    FundingRound::from_toml(&format!("{text}\n{entries}"))
}

fn round(entries: &str) -> FundingRound {
    with(entries).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_rule_in_shadow_has_no_severity_until_it_is_switched_on() {
    let round = round("[[rules]]\ncode = \"IND-16\"\nseverity = \"blocking\"\nmode = \"shadow\"");
    let at = quarter("2024-Q3");
    assert_eq!(round.severity(Code::Ind16, at), None);
    assert_eq!(
        round.switched_on().severity(Code::Ind16, at),
        Some(Severity::Blocking)
    );
    assert_eq!(round.in_shadow().into_iter().collect::<Vec<_>>(), [Code::Ind16]);
}

#[test]
fn a_rule_holds_from_its_first_to_its_last_quarter_and_in_no_other() {
    let round =
        round("[[rules]]\ncode = \"FIN-12\"\neffective_from = \"2024-Q1\"\neffective_until = \"2024-Q4\"");
    let severities: Vec<_> = ["2023-Q4", "2024-Q1", "2024-Q4", "2025-Q1"]
        .map(|text| round.severity(Code::Fin12, quarter(text)).is_some())
        .to_vec();
    assert_eq!(severities, [false, true, true, false]);
}

#[test]
fn a_warning_becomes_blocking_from_a_quarter_on() {
    let round = round(
        "[[rules]]\ncode = \"FIN-07\"\neffective_until = \"2024-Q2\"\n\
         [[rules]]\ncode = \"FIN-07\"\nseverity = \"blocking\"\neffective_from = \"2024-Q3\"",
    );
    assert_eq!(
        round.severity(Code::Fin07, quarter("2024-Q2")),
        Some(Code::Fin07.default_severity())
    );
    assert_eq!(
        round.severity(Code::Fin07, quarter("2024-Q3")),
        Some(Severity::Blocking)
    );
}

#[test]
fn a_round_kept_before_there_were_entries_is_still_read() {
    for round in shipped() {
        let mut kept = serde_json::to_value(&round).unwrap();
        assert!(kept.as_object_mut().unwrap().remove("rules").is_some());
        assert_eq!(serde_json::from_value::<FundingRound>(kept).unwrap(), round);
    }
}

#[test]
fn entries_survive_being_written_and_read_again() {
    let round = round(
        "[[rules]]\ncode = \"FIN-07\"\neffective_until = \"2024-Q2\"\n\
         [[rules]]\ncode = \"IND-16\"\nmode = \"shadow\"",
    );
    let json = serde_json::to_string(&round).unwrap();
    assert_eq!(serde_json::from_str::<FundingRound>(&json).unwrap(), round);
    let text = toml::to_string(&round).unwrap();
    assert_eq!(FundingRound::from_toml(&text).unwrap(), round);
}

/// Entries and the contradiction that they are.
const CONTRADICTIONS: &[(&str, &str)] = &[
    (
        "[[rules]]\ncode = \"FIN-08\"",
        "rules.FIN-08: the entry says nothing; give `severity`, `mode`, `effective_from` or `effective_until`, or leave it out",
    ),
    (
        "[[rules]]\ncode = \"TPL-15\"\nmode = \"shadow\"",
        "rules.TPL-15: without this rule no verdict can be given; it always weighs the same and is never off, in shadow or limited to quarters",
    ),
    (
        "[[rules]]\ncode = \"TPL-02\"\neffective_from = \"2024-Q1\"",
        "rules.TPL-02: without this rule no verdict can be given; it always weighs the same and is never off, in shadow or limited to quarters",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\nmode = \"shadow\"\nseverity = \"off\"",
        "rules.FIN-08: the rule is off and in shadow; in shadow it needs the severity that it is to have",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\nmode = \"shadow\"\n[severities]\nFIN-08 = \"warning\"",
        "rules.FIN-08: the rule also stands under `severities`; only one of both may speak of it",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\neffective_until = \"2024-Q2\"\n[[rules]]\ncode = \"FIN-08\"\neffective_from = \"2024-Q2\"",
        "rules.FIN-08: two entries about the rule hold in the same quarter",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\nseverity = \"warning\"\n[[rules]]\ncode = \"FIN-08\"\nmode = \"shadow\"",
        "rules.FIN-08: two entries about the rule hold in the same quarter",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\neffective_from = \"2024-Q3\"\neffective_until = \"2024-Q2\"",
        "rules.FIN-08: it takes effect in 2024-Q3 and ends in 2024-Q2 already",
    ),
    (
        "[[rules]]\ncode = \"FIN-08\"\neffective_from = \"2026-Q1\"",
        "rules.FIN-08: 2026-Q1 lies outside of the round",
    ),
];

#[test]
fn each_contradiction_of_entries_is_named_with_its_place() {
    for (entries, expected) in CONTRADICTIONS {
        let Err(RoundError::Invalid { problems, .. }) = with(entries) else {
            panic!("expected `{expected}`")
        };
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(problems.iter().any(|problem| problem == expected), "{problems:?}");
    }
}

#[test]
fn contradictions_are_told_in_german_too() {
    for (entries, english) in CONTRADICTIONS {
        let error = with(entries).unwrap_err();
        let german = error.text(Language::De);
        assert!(german.starts_with("rules."), "{german}");
        assert_ne!(german, error.text(Language::En), "{english}");
    }
}

#[test]
fn what_is_no_entry_is_refused_with_line_and_word() {
    let lines = shipped_text("2023-2025").unwrap().lines().count();
    for (entries, line, word) in [
        ("[[rules]]\ncode = \"FIN-99\"\nmode = \"shadow\"", 2, "FIN-99"),
        ("[[rules]]\ncode = \"FIN-08\"\nshadow = true", 3, "shadow"),
        ("[[rules]]\ncode = \"FIN-08\"\nmode = \"silent\"", 3, "silent"),
        (
            "[[rules]]\ncode = \"FIN-08\"\neffective_from = \"2024-09\"",
            3,
            "2024-09",
        ),
        ("[[rules]]\ncode = \"FIN-08\"\nseverity = \"fatal\"", 3, "fatal"),
    ] {
        let error = with(entries).unwrap_err();
        assert!(matches!(error, RoundError::Syntax(_)), "{error}");
        for (language, place) in [(Language::De, "Zeile"), (Language::En, "line")] {
            let text = error.text(language);
            let place = format!("{place} {},", lines + 1 + line);
            assert!(text.starts_with(&place) && text.contains(word), "{place}: {text}");
        }
    }
}

#[test]
fn what_no_verdict_can_do_without_always_weighs_the_same() {
    for (code, entry) in [
        (Code::Tpl02, "[severities]\n\"TPL-02\" = \"off\"\n"),
        (Code::Tpl03, "[severities]\n\"TPL-03\" = \"warning\"\n"),
        (
            Code::Tpl01,
            "[[rules]]\ncode = \"TPL-01\"\nseverity = \"notice\"\n",
        ),
    ] {
        let refused = with(entry).unwrap_err().to_string();
        assert!(refused.contains(code.as_str()), "{entry}: {refused}");
        assert!(refused.contains("always weighs the same"), "{entry}: {refused}");
    }
    // A round recorded before this was refused.
    let mut round = shipped().remove(0);
    round.severities.insert(Code::Tpl02, Severity::Off);
    assert_eq!(
        round.severity(Code::Tpl02, quarter("2024-Q1")),
        Some(Severity::Blocking)
    );
}
