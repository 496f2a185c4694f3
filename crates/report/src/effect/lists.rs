//! Single differences, each with its file, its cell and the version of the rules; and what is not counted, with its reason.

use nachweis_domain::{
    effect::{Change, Effect, Listed, Place, Uncounted},
    language::{Language, Text},
};

use super::{Trial, count};
use crate::{Column, ColumnKind, Table, Value, severity, upload_state};

/// The single differences.
pub(super) fn findings(trial: &Trial<'_>, found: &Effect) -> Table {
    let mut columns = place_columns().to_vec();
    columns.extend([
        Column::new("code", ColumnKind::Text, "Kennung", "Code").wide(10),
        Column::new("change", ColumnKind::Text, "Unterschied", "Difference").wide(20),
        Column::new("severity", ColumnKind::Text, "Schwere", "Severity").wide(12),
        Column::new("sheet", ColumnKind::Text, "Blatt", "Sheet").wide(14),
        Column::new("cell", ColumnKind::Text, "Zelle", "Cell").wide(8),
        Column::new("rule_version", ColumnKind::Text, "Regelfassung", "Rule version").wide(26),
        Column::new("text", ColumnKind::Text, "Feststellung", "Finding").wide(80),
    ]);
    Table {
        key: "findings",
        title: Text::new("Feststellungen", "Findings"),
        rows: found.listed.iter().map(|listed| finding(trial, listed)).collect(),
        columns,
        totals: None,
    }
}

/// The uploads that are not counted.
pub(super) fn not_counted(found: &Effect) -> Table {
    let rows = found.left_out.listed.iter().map(|(upload, why)| {
        let erased_at = match why {
            Uncounted::Erased(at) => Value::Time(*at),
            _ => Value::Empty,
        };
        let mut row = place(upload).to_vec();
        row.extend([reason(*why), erased_at]);
        row
    });
    let mut columns = place_columns().to_vec();
    columns.extend([
        Column::new("reason", ColumnKind::Text, "Grund", "Reason").wide(40),
        Column::new("erased_at", ColumnKind::Time, "Gelöscht am", "Erased at"),
    ]);
    Table {
        key: "not_counted",
        title: Text::new("Nicht gezählt", "Not counted"),
        rows: rows.collect(),
        columns,
        totals: None,
    }
}

fn place_columns() -> [Column; 6] {
    [
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("revision", ColumnKind::Count, "Fassung", "Revision").wide(9),
        Column::new("standing", ColumnKind::Text, "Zählend", "Counting").wide(9),
        Column::new("state", ColumnKind::Text, "Stand", "State").wide(20),
        Column::new("file", ColumnKind::Text, "Datei", "File").wide(30),
    ]
}

fn place(upload: &Place) -> [Value; 6] {
    [
        Value::Quarter(upload.quarter),
        Value::text(upload.subproject.as_str()),
        count(upload.revision),
        if upload.standing {
            Value::term("yes", Text::new("ja", "yes"))
        } else {
            Value::term("no", Text::new("nein", "no"))
        },
        Value::term(upload.state.as_str(), upload_state::name(upload.state)),
        Value::text(&upload.file_name),
    ]
}

fn finding(trial: &Trial<'_>, listed: &Listed) -> Vec<Value> {
    let rated = &listed.changed.rated;
    let finding = &rated.finding;
    let (sheet, cell) = match &finding.at {
        Some(at) => (Value::text(at.sheet()), Value::text(at.a1())),
        None => (Value::Empty, Value::Empty),
    };
    // What is no longer found is what the rules in force say.
    let version = match listed.changed.change {
        Change::Gone => trial.version,
        Change::Found | Change::Weighed(_) | Change::Reworded => trial.version_in_question(),
    };
    let code = finding.code().as_str();
    let mut row = place(&listed.upload).to_vec();
    row.extend([
        Value::text(code),
        change(listed.changed.change),
        Value::term(rated.severity.as_str(), severity::name(rated.severity)),
        sheet,
        cell,
        Value::text(version.as_str()),
        Value::term(
            code,
            Text::new(finding.text(Language::De), finding.text(Language::En)),
        ),
    ]);
    row
}

fn reason(why: Uncounted) -> Value {
    let (key, de, en) = match why {
        Uncounted::Erased(_) => ("erased", "Original gelöscht", "original erased"),
        Uncounted::Damaged => (
            "damaged",
            "Original fehlt oder ist beschädigt",
            "original missing or damaged",
        ),
        Uncounted::Unreadable => (
            "unreadable",
            "Original nicht mehr lesbar",
            "original no longer readable",
        ),
        Uncounted::Unknown => (
            "unknown",
            "Wogegen geprüft wurde, ist nicht überliefert",
            "what it was checked against is not recorded",
        ),
    };
    Value::term(key, Text::new(de, en))
}

fn change(change: Change) -> Value {
    match change {
        Change::Found => Value::term("found", Text::new("neu", "new")),
        Change::Reworded => Value::term("reworded", Text::new("anders gefasst", "worded differently")),
        Change::Gone => Value::term("gone", Text::new("nicht mehr gefunden", "no longer found")),
        Change::Weighed(before) => {
            let before = severity::name(before);
            let name = Text::new(format!("bisher {}", before.de), format!("{} before", before.en));
            Value::term("weighed", name)
        }
    }
}
