//! `FINDINGS.md`, made from the registry of codes, the headers of the rules and what the rules really say.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use super::{finance, indicators};
use crate::{
    finding::{Code, Finding, Severity, samples::samples},
    language::{Language, Text},
};

/// Set to write the file anew: `NACHWEIS_UPDATE=1 cargo test -p nachweis-domain catalogue`.
const UPDATE: &str = "NACHWEIS_UPDATE";

const HEAD: &str = "# Findings\n\n\
<!-- Made by the test `the_catalogue_of_findings_is_current`; change the headers of the rules, not this file:\n\
     NACHWEIS_UPDATE=1 cargo test -p nachweis-domain catalogue -->\n\n\
What is wrong or odd in a workbook, by code. Severities are those of the code; a funding round may set others or switch a\n\
rule off. The messages are what the rules say about an example.\n";

const AREAS: [(&str, &str); 4] = [
    ("VAL", "Value reading · Werte lesen"),
    ("TPL", "Template · Vorlage"),
    ("FIN", "Finance · Finanzen"),
    ("IND", "Indicators · Indikatoren"),
];

const SECTIONS: [&str; 8] = [
    "Was geprüft wird",
    "Warum",
    "Beispiel",
    "Abhilfe",
    "What it checks",
    "Why",
    "Example",
    "How to fix",
];

#[test]
fn the_catalogue_of_findings_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FINDINGS.md");
    let catalogue = catalogue();
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &catalogue).expect("FINDINGS.md can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == catalogue,
        "FINDINGS.md is not current; run: {UPDATE}=1 cargo test -p nachweis-domain catalogue"
    );
}

fn catalogue() -> String {
    let headers = headers();
    let titles = titles();
    let mut text = HEAD.to_owned();
    for (area, name) in AREAS {
        writeln!(text, "\n## {area}: {name}").unwrap();
        for code in Code::ALL.iter().filter(|code| code.as_str().starts_with(area)) {
            entry(
                &mut text,
                *code,
                titles.get(code.as_str()),
                headers.get(code.as_str()),
            );
        }
    }
    text
}

fn entry(text: &mut String, code: Code, title: Option<&String>, header: Option<&Header>) {
    let title = header.map_or_else(|| title.expect("the registry names it"), |header| &header.title);
    writeln!(
        text,
        "\n### {code}: {title}\n\nSeverity: {}.\n\nWaiver: {}",
        severity(code.default_severity()),
        waiver(code)
    )
    .unwrap();
    for section in SECTIONS {
        if let Some(body) = header.and_then(|header| header.sections.get(section)) {
            writeln!(text, "\n**{section}.** {body}").unwrap();
        }
    }
    text.push('\n');
    for message in messages(code) {
        writeln!(text, "{}", format!("> {message}").trim_end()).unwrap();
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "off · aus",
        Severity::Notice => "notice · Hinweis",
        Severity::Warning => "warning · Warnung",
        Severity::Blocking => "blocking · sperrend",
    }
}

/// Whether it can be waived, or why not.
fn waiver(code: Code) -> String {
    match code.unwaivable() {
        None => "possible · möglich.".to_owned(),
        Some(why) => {
            let Text { de, en } = why.sentence();
            format!("never. {en} · nie. {de}")
        }
    }
}

/// What the rule says of its example; for value reading and template the samples.
fn messages(code: Code) -> Vec<String> {
    let example = finance::EXAMPLES
        .iter()
        .chain(indicators::EXAMPLES)
        .find(|(of, _)| *of == code);
    let findings: Vec<Finding> = match example {
        Some((_, grid)) => grid()
            .check()
            .into_iter()
            .filter(|finding| finding.code() == code)
            .take(1)
            .collect(),
        None => samples()
            .into_iter()
            .filter(|detail| detail.code() == code)
            .map(Finding::whole)
            .collect(),
    };
    let both = |finding: &Finding| Language::ALL.map(|language| finding.message(language));
    let lines: Vec<String> = findings.iter().flat_map(both).collect();
    // A blank quoted line between, so that each message is a paragraph.
    let last = lines.len().saturating_sub(1);
    let separated = lines.into_iter().enumerate();
    separated
        .flat_map(|(index, line)| {
            if index < last {
                vec![line, String::new()]
            } else {
                vec![line]
            }
        })
        .collect()
}

/// The header of a rule's file.
struct Header {
    title: String,
    sections: BTreeMap<String, String>,
}

/// The headers by code; every rule's file has all sections.
fn headers() -> BTreeMap<String, Header> {
    let mut headers = BTreeMap::new();
    for area in ["finance", "indicators"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules").join(area);
        for file in fs::read_dir(folder).expect("the rules have a folder") {
            let source = fs::read_to_string(file.expect("a file").path()).expect("a rule's file");
            if let Some((code, header)) = header(&source) {
                assert_eq!(header.sections.len(), SECTIONS.len(), "{code} has all sections");
                assert!(
                    headers.insert(code.clone(), header).is_none(),
                    "{code} has one file"
                );
            }
        }
    }
    headers
}

fn header(source: &str) -> Option<(String, Header)> {
    let mut lines = source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim);
    let (code, title) = lines.next()?.split_once(": ")?;
    code.parse::<Code>().ok()?;
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut current = None;
    for line in lines {
        if let Some(section) = line.strip_prefix("## ") {
            assert!(SECTIONS.contains(&section), "{code}: unknown section {section}");
            current = Some(section);
        } else if let (Some(section), false) = (current, line.is_empty()) {
            let body = sections.entry(section.to_owned()).or_default();
            let blank = if body.is_empty() { "" } else { " " };
            write!(body, "{blank}{line}").unwrap();
        }
    }
    let title = title.to_owned();
    Some((code.to_owned(), Header { title, sections }))
}

/// What the registry says of each code.
fn titles() -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    let mut doc = String::new();
    for line in include_str!("../finding/code.rs").lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            text.clone_into(&mut doc);
        } else if let Some((_, rest)) = line.split_once("= \"") {
            let code = rest.split('"').next().unwrap_or_default();
            titles.insert(code.to_owned(), doc.clone());
        }
    }
    titles
}
