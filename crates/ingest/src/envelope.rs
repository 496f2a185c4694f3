//! What the hidden sheet `_nachweis` says: which workbook this is, and everything it was prefilled from.
//!
//! The sheet is a list of names and values. The reporting context is JSON in pieces that fit a cell. Two checksums
//! follow: an unkeyed one, with which anyone can tell that the list is as issued, and a seal keyed by the server that
//! issued it. The context makes offline checks possible; a server always checks against its own record.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    context::ReportingContext,
    key::RoundCode,
    language::Language,
    record::{IssueId, Sha256},
};
use serde::{Deserialize, Serialize};

use crate::seal::{SealKey, checksum};

/// The most UTF-16 units of a piece of the context; a cell holds 32,767.
const PIECE_UNITS: usize = 32_000;
/// The version of the list below.
const FORMAT: &str = "nachweis 1";

/// What a workbook says it is, from its hidden sheet `_nachweis`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The funding round.
    pub round: RoundCode,
    /// Subproject, quarter, template version, plan and history as of issuing.
    pub context: ReportingContext,
    /// The issue: each issued workbook has its own.
    pub issue_id: IssueId,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The language of names and hints.
    pub language: Language,
    /// The checksum of the list as it stands.
    pub checksum: Sha256,
    /// The seal as it stands.
    pub seal: Option<Sha256>,
}

/// Why a list is no envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoEnvelope {
    /// The mark of the format is missing.
    Foreign,
    /// A value is missing or cannot be read.
    Damaged,
}

impl Envelope {
    /// Whether the server that holds this key issued exactly this workbook.
    pub fn is_sealed_by(&self, key: &SealKey) -> bool {
        self.seal
            .is_some_and(|seal| key.has_sealed(&self.checksum, &seal))
    }

    /// The list of a workbook that is issued now, without its checksums.
    pub(crate) fn list(
        context: &ReportingContext,
        issue_id: IssueId,
        issued_at: DateTime<Utc>,
        language: Language,
    ) -> Result<Vec<(String, String)>, serde_json::Error> {
        let mut list: Vec<(String, String)> = [
            ("format", FORMAT.to_owned()),
            ("template_version", context.template_version.to_string()),
            ("round", context.subproject.round.to_string()),
            ("subproject", context.subproject.no.to_string()),
            ("quarter", context.quarter.to_string()),
            ("plan_version", context.plan.number.to_string()),
            ("issue_id", issue_id.to_string()),
            (
                "issued_at",
                issued_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
            ),
            ("language", language.code().to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let json = serde_json::to_string(context)?;
        for (index, piece) in pieces(&json).into_iter().enumerate() {
            list.push((format!("context_{}", index + 1), format!("[{piece}]")));
        }
        Ok(list)
    }

    /// Reads a list; the second value says whether the checksum that stands in it is right.
    pub(crate) fn read(list: &[(String, String)]) -> Result<(Self, bool), NoEnvelope> {
        let value = |name: &str| {
            list.iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        if value("format") != Some(FORMAT) {
            return Err(NoEnvelope::Foreign);
        }
        let parse = || {
            let json: String = (1..)
                .map_while(|index| value(&format!("context_{index}")))
                .filter_map(|piece| piece.strip_prefix('[')?.strip_suffix(']'))
                .collect();
            let context: ReportingContext = serde_json::from_str(&json).ok()?;
            let stated: Option<Sha256> = value("checksum").and_then(|text| text.parse().ok());
            let checksum = list_checksum(list);
            let envelope = Self {
                round: RoundCode::new(value("round")?),
                context,
                issue_id: value("issue_id")?.parse().ok()?,
                issued_at: DateTime::parse_from_rfc3339(value("issued_at")?).ok()?.to_utc(),
                language: match value("language") {
                    Some("en") => Language::En,
                    _ => Language::De,
                },
                checksum,
                seal: value("seal").and_then(|text| text.parse().ok()),
            };
            Some((envelope, stated == Some(checksum)))
        };
        parse().ok_or(NoEnvelope::Damaged)
    }
}

/// The checksum of a list: of all its lines but the checksums themselves.
pub(crate) fn list_checksum(list: &[(String, String)]) -> Sha256 {
    let lines = list
        .iter()
        .filter(|(name, _)| name != "checksum" && name != "seal");
    let text: String = lines.flat_map(|(name, value)| [name, "=", value, "\n"]).collect();
    checksum(&text)
}

/// Cuts a text into pieces that fit a cell.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut units = 0;
    for (position, char) in text.char_indices() {
        if units + char.len_utf16() > PIECE_UNITS {
            pieces.extend(text.get(start..position));
            start = position;
            units = 0;
        }
        units += char.len_utf16();
    }
    pieces.extend(text.get(start..));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fit_a_cell_and_make_the_text_again() {
        for text in ["", "abc", &"ü🙂x".repeat(30_000)] {
            let pieces = pieces(text);
            assert!(
                pieces
                    .iter()
                    .all(|piece| piece.encode_utf16().count() <= PIECE_UNITS)
            );
            assert_eq!(pieces.concat(), text);
        }
    }

    #[test]
    fn a_list_without_the_mark_is_foreign() {
        assert_eq!(Envelope::read(&[]), Err(NoEnvelope::Foreign));
        let list = vec![("format".to_owned(), FORMAT.to_owned())];
        assert_eq!(Envelope::read(&list), Err(NoEnvelope::Damaged));
    }
}
