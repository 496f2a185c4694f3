//! What rules would hit, as its readers get it: each hit with file, cell and version of the rules, what is hit over all
//! stored originals beside what is hit among the revisions that count, and what is not counted with its reason.

use chrono::DateTime;
use nachweis_domain::{
    cell::CellRef,
    effect::{Effect, Evidence, Place, Uncounted},
    finding::{Code, Detail, Finding, Severity},
    key::{RuleVersion, SubprojectNo},
    language::Language,
    record::{RatedFinding, UploadState},
    round::shipped,
};
use nachweis_report::{Report, Trial, Value, effect, render};

use crate::package;

fn revision(revision: u32, standing: bool, state: UploadState) -> Place {
    Place {
        quarter: "2024-Q3".parse().unwrap(),
        subproject: SubprojectNo::new("IQ23-NW-017"),
        revision,
        standing,
        state,
        file_name: format!("Q3 Fassung {revision}.xlsx"),
    }
}

/// An amount in column A that cannot be read, in a row as people count it.
fn unreadable(row: u32) -> RatedFinding {
    let typed = "zwölf".to_owned();
    RatedFinding {
        finding: Finding::at(
            CellRef::at("Belege", row - 1, 0),
            Detail::AmountUnreadable { typed },
        ),
        severity: Severity::Blocking,
        comment: None,
        waiver: None,
    }
}

/// Three revisions of a quarter: the first is hit, the second, which counts, too, and there one is gone; the third is erased.
fn report(proposed: Option<&RuleVersion>) -> Report {
    let mut found = Effect::on([Code::Val01], 100);
    let first = revision(1, false, UploadState::Superseded);
    found.add(&first, Vec::new(), vec![unreadable(9)]);
    let second = revision(2, true, UploadState::Accepted);
    found.add(&second, vec![unreadable(3)], vec![unreadable(9)]);
    let third = revision(3, false, UploadState::Blocked);
    found.leave_out(third, Uncounted::Erased(DateTime::UNIX_EPOCH));
    let round = shipped().remove(0);
    let trial = Trial {
        before: &round,
        version: &RuleVersion::new("2023-2025.2+0123456789ab"),
        after: &round,
        proposed,
        all_revisions: true,
        evidence: Evidence::Figures,
        as_of: DateTime::UNIX_EPOCH,
        mark: None,
    };
    effect(&trial, &found)
}

/// Columns of a table, row by row, as programs read them.
fn read(report: &Report, table: &str, keys: &[&str]) -> Vec<Vec<String>> {
    let table = report.tables.iter().find(|one| one.key == table).unwrap();
    let text = |value: &Value| match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Term(term) => term.key.clone(),
        Value::Count(count) => count.to_string(),
        other => format!("{other:?}"),
    };
    let column = |key: &&str| {
        table
            .columns
            .iter()
            .position(|column| column.key == *key)
            .unwrap()
    };
    let rows = table.rows.iter();
    rows.map(|row| keys.iter().map(|key| text(&row[column(key)])).collect())
        .collect()
}

#[test]
fn each_hit_names_its_file_its_cell_and_the_version_of_the_rules() {
    let keys = ["file", "sheet", "cell", "change", "rule_version"];
    let (in_force, tried) = ("2023-2025.2+0123456789ab", "2023-2025.3+ba9876543210");
    let proposed = RuleVersion::new(tried);
    for (proposed, in_question) in [(None, in_force), (Some(&proposed), tried)] {
        let hits = read(&report(proposed), "findings", &keys);
        assert_eq!(
            hits,
            [
                ["Q3 Fassung 1.xlsx", "Belege", "A9", "found", in_question],
                ["Q3 Fassung 2.xlsx", "Belege", "A3", "gone", in_force],
                ["Q3 Fassung 2.xlsx", "Belege", "A9", "found", in_question],
            ]
        );
    }
}

#[test]
fn hits_over_all_originals_stand_beside_those_among_the_revisions_that_count() {
    let report = report(None);
    let keys = [
        "found",
        "standing_found",
        "uploads",
        "standing_uploads",
        "gone",
        "standing_gone",
        "accepted_blocked",
    ];
    let counted = read(&report, "rules", &keys);
    assert_eq!(counted, [["2", "1", "2", "1", "1", "1", "1"]]);
    let standing = read(&report, "findings", &["revision", "standing"]);
    assert_eq!(standing, [["1", "no"], ["2", "yes"], ["2", "yes"]]);
}

#[test]
fn what_is_not_counted_is_named_with_its_reason_in_every_form() {
    let report = report(None);
    let left_out = read(&report, "not_counted", &["revision", "file", "reason"]);
    assert_eq!(left_out, [["3", "Q3 Fassung 3.xlsx", "erased"]]);
    let texts = [Language::De, Language::En].map(|language| {
        let csv = String::from_utf8(render::csv(&report, language)).unwrap();
        assert!(csv.contains("Q3 Fassung 3.xlsx"), "{csv}");
        csv
    });
    assert!(texts[0].contains("Original gelöscht") && texts[1].contains("original erased"));
    assert!(texts[0].contains("Neue Feststellungen") && !texts[0].contains("Befund"));
    let parts = package::parts(&render::xlsx(&report, Language::De).unwrap());
    assert!(parts["xl/workbook.xml"].contains("Nicht gezählt"));
}
