//! What earlier answers told: ids, warnings, tokens. Later requests use it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::dice::Dice;

/// What is known so far.
#[derive(Default)]
pub(super) struct Memory {
    /// Numbers of subprojects.
    pub(super) numbers: Vec<String>,
    /// Workbooks that can be uploaded, with their subproject.
    pub(super) workbooks: Vec<(String, Vec<u8>)>,
    ids: BTreeMap<&'static str, Vec<String>>,
    /// Positions of the warnings of an upload.
    warnings: BTreeMap<String, Vec<u64>>,
    refresh_tokens: Vec<String>,
}

/// The kind of thing that an address is about.
fn kind(path: &str) -> &'static str {
    if path.contains("/waivers") {
        "waiver"
    } else if path.contains("/reopen") {
        "reopening"
    } else if path.contains("/holds") {
        "hold"
    } else if path.contains("/erasures") {
        "erasure"
    } else {
        "upload"
    }
}

impl Memory {
    /// An id for an address, most often that of something that is there, the newest before all.
    pub(super) fn id(&self, path: &str, dice: &mut Dice) -> String {
        let known = self.ids.get(kind(path)).map_or(&[][..], Vec::as_slice);
        match known.len() {
            0 => Uuid::from_u128(1).to_string(),
            _ if dice.one_in(12) => Uuid::from_u128(u128::from(dice.number())).to_string(),
            count if dice.one_in(2) => known[count - 1 - dice.below(count.min(3))].clone(),
            _ => dice.pick(known).clone(),
        }
    }

    /// A token that renews a session.
    pub(super) fn refresh_token(&self, dice: &mut Dice) -> String {
        if self.refresh_tokens.is_empty() {
            "0".repeat(64)
        } else {
            dice.pick(&self.refresh_tokens).clone()
        }
    }

    /// A comment for each warning of an upload.
    pub(super) fn comments(&self, upload: &str) -> Value {
        let positions = self.warnings.get(upload).map_or(&[][..], Vec::as_slice);
        let comment = |position: &u64| json!({ "finding": position, "comment": "Abgestimmt." });
        positions.iter().map(comment).collect()
    }

    /// Takes in what a good answer told.
    pub(super) fn learn(&mut self, path: &str, answer: &Value) {
        if let Some(token) = answer["refresh_token"].as_str() {
            self.refresh_tokens.push(token.to_owned());
        }
        let Some(id) = answer["id"].as_str() else {
            return;
        };
        let ids = self.ids.entry(kind(path)).or_default();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
        if let Some(findings) = answer["findings"].as_array() {
            let warnings = findings.iter().filter(|finding| finding["severity"] == "warning");
            let positions = warnings.filter_map(|finding| finding["index"].as_u64()).collect();
            self.warnings.insert(id.to_owned(), positions);
        }
    }
}
