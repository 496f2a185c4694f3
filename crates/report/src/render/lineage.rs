//! A number with where it comes from, as JSON for programs.

use chrono::{DateTime, SecondsFormat, Utc};
use nachweis_domain::language::Text;
use serde_json::{Map, Value as Json, json};

use super::json::ValueJson;
use crate::lineage::{Amount, LineagePage, Made, OpenTerm, Share, Source};

/// A page of a number's lineage as JSON.
///
/// ```json
/// { "report": "burn", "round": "2023-2025", "as_of": "…", "head": "4711 ab…", "table": "burn", "row": "NW", "column": "reported",
///   "name": {…}, "number": {"cents": 7800}, "made": "sum", "formula": null, "operands": [], "count": 2, "terms": [
///     { "subproject": "IQ23-NW-001", "source": "cells", "quarter": "2024-Q1", "key": "staff_employees", "figure": "amount",
///       "whole": {"cents": 7800}, "part": {"cents": 7800}, "share": null, "withheld": false,
///       "upload": {"id": "…", "revision": 1, "state": "accepted", "sha256": "…", "file": "…", "uploaded_by": "…",
///         "uploaded_at": "…", "rule_version": "…"},
///       "cells": [{"sheet": "…", "cell": "D17", "part": "amount", "value": 7800}] }], "next": null }
/// ```
///
/// Numbers are `{"cents": 7800}`, `{"count": 3}`, `{"euro": "1.25"}` for what is not rounded to the cent, else
/// `{"value": …}` as in a report.
pub fn lineage_json(page: &LineagePage) -> Vec<u8> {
    let lineage = &page.lineage;
    let (made, formula, operands) = match &lineage.made {
        Made::Sum(_) => ("sum", Json::Null, Vec::new()),
        Made::Formula(formula, operands) => {
            let operands = operands.iter().map(|operand| {
                let opens = operand
                    .opens
                    .as_ref()
                    .map(|(row, column)| json!({ "row": row, "column": column }));
                json!({ "name": text(&operand.name), "number": number(&operand.value), "opens": opens })
            });
            ("formula", text(&formula.text), operands.collect())
        }
    };
    let request = &lineage.request;
    let document = json!({
        "report": request.name.as_str(),
        "group_by": request.group_by.map(crate::GroupBy::as_str),
        "view": lineage.view.as_str(),
        "quarter": request.quarter.map(|quarter| quarter.to_string()),
        "round": page.round.as_str(),
        "as_of": moment(page.as_of),
        "head": page.head,
        "table": lineage.table,
        "row": lineage.row,
        "column": lineage.column,
        "name": text(&lineage.name),
        "number": number(&lineage.value),
        "made": made,
        "formula": formula,
        "operands": operands,
        "count": page.count,
        "terms": page.terms.iter().map(term).collect::<Vec<Json>>(),
        "next": page.next,
    });
    document.to_string().into_bytes()
}

fn text(text: &Text) -> Json {
    json!({ "de": text.de, "en": text.en })
}

pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn number(amount: &Amount) -> Json {
    match amount {
        Amount::Money(amount) => json!({ "cents": amount.cents() }),
        Amount::Count(count) => json!({ "count": count }),
        Amount::Euro(euro) => json!({ "euro": euro.normalize().to_string() }),
        Amount::Shown(value) => {
            json!({ "value": serde_json::to_value(ValueJson(value)).unwrap_or_default() })
        }
    }
}

fn term(open: &OpenTerm) -> Json {
    let term = &open.term;
    let mut map = Map::new();
    let mut put = |key: &str, value: Json| {
        map.insert(key.to_owned(), value);
    };
    put("subproject", json!(term.subproject.as_str()));
    put("whole", number(&term.whole));
    put("part", number(&term.part));
    let share = |share: &Share| json!({ "whole": number(&share.whole), "part": number(&share.part) });
    put("share", term.share.as_ref().map_or(Json::Null, share));
    put("source", json!(term.source.word()));
    for (key, value) in source(&term.source) {
        put(key, value);
    }
    let upload = open.upload.as_ref().map(|upload| {
        json!({
            "id": upload.id.to_string(),
            "revision": upload.revision,
            "state": upload.state.as_str(),
            "sha256": upload.sha256.to_string(),
            "file": upload.file_name,
            "uploaded_by": upload.uploaded_by.to_string(),
            "uploaded_at": moment(upload.uploaded_at),
            "rule_version": upload.rule_version.as_str(),
        })
    });
    put("withheld", json!(open.is_withheld));
    put("upload", json!(upload));
    let cells = open.cells.iter().map(|cell| {
        json!({ "sheet": cell.at.sheet(), "cell": cell.at.a1(), "part": cell.part.as_str(), "value": cell.value })
    });
    put("cells", cells.collect());
    let recorded = open
        .recorded
        .map(|recorded| json!({ "at": moment(recorded.at), "by": recorded.by.map(|by| by.to_string()) }));
    put("recorded", json!(recorded));
    Json::Object(map)
}

fn source(source: &Source) -> Vec<(&'static str, Json)> {
    match source {
        Source::Cells {
            quarter, key, part, ..
        } => vec![
            ("quarter", json!(quarter.to_string())),
            ("key", json!(key.as_str())),
            ("figure", json!(part.as_str())),
        ],
        Source::Correction {
            quarter,
            corrects,
            key,
            ..
        } => vec![
            ("quarter", json!(quarter.to_string())),
            ("corrects", json!(corrects.to_string())),
            ("key", json!(key.as_str())),
        ],
        Source::Plan { version, key, year } => {
            vec![
                ("version", json!(version)),
                ("key", json!(key.as_str())),
                ("year", json!(year)),
            ]
        }
        Source::Payment { paid_on, source, .. } => {
            vec![
                ("paid_on", json!(paid_on.to_string())),
                ("key", json!(source.as_str())),
            ]
        }
        Source::Number { row, column } => vec![("opens", json!({ "row": row, "column": column }))],
        Source::Report { quarter, .. } => vec![("quarter", json!(quarter.to_string()))],
        Source::Grant(period) => vec![
            ("first_day", json!(period.first.to_string())),
            ("last_day", json!(period.last.to_string())),
        ],
        Source::Subproject => Vec::new(),
    }
}

impl Source {
    /// The stable word for the kind of source.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Cells { .. } => "cells",
            Self::Correction { .. } => "correction",
            Self::Plan { .. } => "plan",
            Self::Payment { .. } => "payment",
            Self::Number { .. } => "number",
            Self::Report { .. } => "report",
            Self::Grant(_) => "grant",
            Self::Subproject => "subproject",
        }
    }
}
