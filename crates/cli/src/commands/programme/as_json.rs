//! What an import did, as JSON.

use nachweis_domain::language::Text;
use nachweis_service::{Keep, ProgrammeReport};
use serde_json::{Value, json};

use crate::failure::Failure;

/// The whole report.
pub(super) fn whole(report: &ProgrammeReport) -> Result<String, Failure> {
    let taken = report.taken.iter().map(|row| {
        json!({
            "sheet": row.sheet, "row": row.row, "no": row.no, "amount_cents": row.amount,
            "notes": row.notes.iter().map(both).collect::<Vec<_>>(),
        })
    });
    let left = report.not_taken.iter().map(|row| {
        json!({
            "sheet": row.sheet, "row": row.row, "reason": both(&row.reason.text()),
            "doubtful": row.reason.is_doubtful(),
        })
    });
    let categories = report.by_category.iter().map(|(category, (operations, sum))| {
        json!({ "category": category, "operations": operations, "total_cents": sum })
    });
    let whole = json!({
        "round": report.round,
        "recorded": report.keep == Keep::Record,
        "operations": report.taken.len(),
        "total_cents": report.total,
        "by_category": categories.collect::<Vec<_>>(),
        "changes": changes(report),
        "notes": report.notes.iter().map(both).collect::<Vec<_>>(),
        "taken": taken.collect::<Vec<_>>(),
        "not_taken": left.collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).map_err(|error| Failure::json(&error))
}

fn changes(report: &ProgrammeReport) -> Value {
    let found = &report.changes;
    let changed = found
        .changed
        .iter()
        .map(|changed| json!({ "no": changed.no, "what": both(&changed.what) }));
    json!({
        "new": found.new,
        "changed": changed.collect::<Vec<_>>(),
        "same": found.same,
        "plan_versions": found.plans,
        "payments": found.payments.count,
        "payments_total_cents": found.payments.total,
        "others": found.others,
        "others_awarded_cents": found.others_awarded,
    })
}

fn both(text: &Text) -> Value {
    json!({ "de": text.de, "en": text.en })
}
