//! Which entries of the journal concern a subproject.

use crate::{
    key::{RoundCode, SubprojectNo},
    proof::{chain::Written, rows::FIELD as ROWS},
    record::Action,
};

/// Whether an entry concerns a subproject of a round: it names the subproject as its object, in its detail or among the
/// rows that it vouches for, or it closes a quarter of the round. Exports change nothing and do not count, so that taking a
/// dossier twice gives the same one.
pub fn concerns(no: &SubprojectNo, round: &RoundCode, entry: &Written<'_>) -> bool {
    if entry.action == Action::Exported.as_str() {
        return false;
    }
    entry.object == no.as_str()
        || (entry.action == Action::QuarterClosed.as_str() && entry.object == round.as_str())
        // Most entries speak of others and are not read any further.
        || (entry.detail.contains(no.as_str()) && names(no, entry.detail))
}

/// Whether a detail names the subproject as a value, or in the key of a group of rows.
fn names(no: &SubprojectNo, detail: &str) -> bool {
    let Ok(detail) = serde_json::from_str::<serde_json::Value>(detail) else {
        return false;
    };
    let among_rows = |rows: &serde_json::Map<String, serde_json::Value>| {
        rows.keys()
            .any(|group| group.split('/').any(|part| part == no.as_str()))
    };
    detail
        .get(ROWS)
        .and_then(|rows| rows.as_object())
        .is_some_and(among_rows)
        || is_value(no, &detail)
}

/// Whether the number stands somewhere as a value. Details are as deep as this program writes them.
fn is_value(no: &SubprojectNo, detail: &serde_json::Value) -> bool {
    match detail {
        serde_json::Value::String(text) => text == no.as_str(),
        serde_json::Value::Array(values) => values.iter().any(|value| is_value(no, value)),
        serde_json::Value::Object(fields) => fields.values().any(|value| is_value(no, value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(action: &'a str, object: &'a str, detail: &'a str) -> Written<'a> {
        Written {
            position: 1,
            at_micros: 0,
            actor: None,
            action,
            object,
            detail,
            figures_of: None,
        }
    }

    #[test]
    fn an_entry_concerns_whom_it_names_and_a_closing_everybody() {
        let (no, round) = (SubprojectNo::new("IQ23-NW-001"), RoundCode::new("2023-2025"));
        for (action, object, detail, expected) in [
            ("plan_recorded", "IQ23-NW-001", "{}", true),
            ("plan_recorded", "IQ23-NW-0011", "{}", false),
            ("accepted", "an id", r#"{"subproject":"IQ23-NW-001"}"#, true),
            ("accepted", "an id", r#"{"subproject":"IQ23-NW-0011"}"#, false),
            (
                "role_granted",
                "an id",
                r#"{"grant":{"scope":{"subproject":"IQ23-NW-001"}}}"#,
                true,
            ),
            (
                "programme_imported",
                "2023-2025",
                r#"{"rows":{"disbursement/IQ23-NW-001/5":"00"}}"#,
                true,
            ),
            (
                "programme_imported",
                "2023-2025",
                r#"{"rows":{"disbursement/IQ23-NW-0011/5":"00"}}"#,
                false,
            ),
            (
                "programme_imported",
                "2023-2025",
                r#"{"source":"IQ23-NW-001.csv"}"#,
                false,
            ),
            ("quarter_closed", "2023-2025", "{}", true),
            ("quarter_closed", "2026-2028", "{}", false),
            ("exported", "IQ23-NW-001", r#"{"export":"dossier"}"#, false),
            ("accepted", "an id", "not JSON IQ23-NW-001", false),
        ] {
            assert_eq!(
                concerns(&no, &round, &entry(action, object, detail)),
                expected,
                "{action} {object} {detail}"
            );
        }
    }
}
