//! The registry of codes and the texts of all findings, frozen by snapshots.

use std::collections::BTreeSet;

use super::{Code, samples::samples};
use crate::language::Language;

#[test]
fn the_registry_of_codes_is_frozen() {
    let lines: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("{code} {}", code.default_severity().as_str()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn codes_are_unique_and_read_back() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert_eq!(code.as_str().parse::<Code>().as_ref(), Ok(code));
    }
    assert!("FIN-99".parse::<Code>().is_err());
}

#[test]
fn every_code_has_a_sample() {
    let sampled: BTreeSet<Code> = samples().iter().map(super::Detail::code).collect();
    assert_eq!(sampled, Code::ALL.iter().copied().collect());
}

#[test]
fn every_text_in_both_languages() {
    let lines: Vec<String> = samples()
        .iter()
        .map(|detail| {
            let [de, en] = Language::ALL.map(|language| detail.text(language));
            format!("{}\n  {de}\n  {en}", detail.code())
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn texts_are_whole_sentences_with_marks_of_their_language() {
    for detail in samples() {
        for language in Language::ALL {
            let text = detail.text(language);
            let first = text.chars().next().unwrap_or(' ');
            let begins = first.is_uppercase() || first.is_ascii_digit() || "„“€-".contains(first);
            assert!(begins && text.ends_with('.'), "{text}");
            assert!(!text.contains("  ") && !text.contains(" ."), "{text}");
        }
        assert!(!detail.text(Language::De).contains('”'), "{detail:?}");
        assert!(!detail.text(Language::En).contains('„'), "{detail:?}");
        let remedy = ["Bitte", "bitte", "Sie müssen nichts tun"];
        assert!(
            remedy.iter().any(|word| detail.text(Language::De).contains(word)),
            "{detail:?}"
        );
        let remedy = ["Please", "please", "Nothing needs doing"];
        assert!(
            remedy.iter().any(|word| detail.text(Language::En).contains(word)),
            "{detail:?}"
        );
    }
}

#[test]
fn details_survive_storage() {
    for detail in samples() {
        let json = serde_json::to_string(&detail).expect("a detail is JSON");
        assert_eq!(serde_json::from_str::<super::Detail>(&json).ok(), Some(detail));
    }
}
