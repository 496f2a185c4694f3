//! Details as earlier releases kept them. Findings are never rewritten, so their forms are read for good.

use serde::{Deserialize, Serialize};

use super::{Detail, Recomputed, Shown};
use crate::{cell::CellRef, language::Text};

/// A form of [`Detail`] that is no longer made. `released.jsonl` beside this file holds one of every form there was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OlderDetail {
    /// One hidden row with values; now all of a sheet are one finding.
    HiddenRow {
        /// Its number, from one.
        row: u32,
    },
    /// A stored result that differs from the recomputed one; now all of a workbook are one finding.
    StaleResult {
        /// The stored result.
        stored: String,
        /// The recomputed result.
        computed: String,
    },
    /// A row of the template is missing, told by its key alone.
    RowMissing {
        /// Its key.
        key: String,
    },
}

impl OlderDetail {
    /// What it says, in today's form; `at` is the cell of the finding. Its code stays the same.
    pub fn into_detail(self, at: Option<&CellRef>) -> Detail {
        match self {
            Self::HiddenRow { row } => Detail::HiddenRows {
                rows: [row].into_iter().collect(),
            },
            Self::StaleResult { stored, computed } => Detail::StaleResults {
                results: at
                    .map(|at| Recomputed {
                        at: at.clone(),
                        found: Shown::Text(stored),
                        computed: Shown::Text(computed),
                    })
                    .into_iter()
                    .collect(),
            },
            Self::RowMissing { key } => Detail::RowMissing {
                name: Text::new(key.clone(), key.clone()),
                key,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::OlderDetail;
    use crate::{
        cell::CellRef,
        finding::{Detail, samples::samples},
        language::Language,
    };

    const RELEASED: &str = include_str!("released.jsonl");

    /// The name of a form with the names of its fields.
    fn form(json: &Value) -> String {
        let Value::Object(fields) = json else {
            return json.to_string();
        };
        let forms = fields.iter().map(|(name, content)| {
            let names: BTreeSet<&str> = content
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, _)| field.as_str())
                .collect();
            format!("{name} {names:?}")
        });
        forms.collect()
    }

    fn read(line: &str) -> Option<Detail> {
        let at = CellRef::at("Ausgaben", 7, 4);
        let now = serde_json::from_str::<Detail>(line).ok();
        now.or_else(|| {
            let older = serde_json::from_str::<OlderDetail>(line).ok()?;
            Some(older.into_detail(Some(&at)))
        })
    }

    #[test]
    fn every_form_that_was_ever_kept_can_be_read() {
        for line in RELEASED.lines() {
            let detail = read(line).unwrap_or_else(|| panic!("cannot be read any more: {line}"));
            assert!(detail.text(Language::De).ends_with('.'), "{line}");
        }
    }

    #[test]
    fn every_form_of_today_is_listed() {
        let listed: BTreeSet<String> = RELEASED
            .lines()
            .map(|line| form(&serde_json::from_str(line).expect("JSON")))
            .collect();
        let missing: Vec<String> = samples()
            .iter()
            .map(|detail| serde_json::to_value(detail).expect("JSON"))
            .filter(|json| !listed.contains(&form(json)))
            .map(|json| json.to_string())
            .collect();
        assert!(
            missing.is_empty(),
            "add to released.jsonl and never take away:\n{}",
            missing.join("\n")
        );
    }
}
