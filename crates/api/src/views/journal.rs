//! The journal.

use chrono::{DateTime, Utc};
use nachweis_domain::{proof::Head, record::JournalEntry};
use nachweis_service::Consistency;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A row of the journal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalEntry)]
pub(crate) struct JournalEntryView {
    /// The position, from 1 without gaps.
    position: u64,
    /// When.
    at: DateTime<Utc>,
    /// Who; missing for the system itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<Uuid>,
    /// What.
    #[schema(example = "accepted")]
    action: &'static str,
    /// On which thing: an upload's id, a subproject's number, a user's id.
    object: String,
    /// Values that belong to it.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
}

/// What the journal comes down to at one position. Whoever keeps it can later tell whether the journal was changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalHead)]
pub(crate) struct HeadView {
    /// The position of the last entry.
    position: u64,
    /// When that entry was written.
    at: DateTime<Utc>,
    /// The SHA-256 link of that entry, which covers all entries before it.
    link: String,
    /// The root of the Merkle tree over all links (RFC 9162).
    root: String,
}

impl From<Head> for HeadView {
    fn from(head: Head) -> Self {
        Self {
            position: head.position,
            at: head.at,
            link: head.link.to_string(),
            root: head.root.to_string(),
        }
    }
}

/// The proof that a later journal only added to an earlier one (RFC 9162 §2.1.4).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JournalConsistency)]
pub(crate) struct ConsistencyView {
    /// The earlier head.
    from: HeadView,
    /// The later head.
    to: HeadView,
    /// The nodes of the proof, in the order of the RFC.
    proof: Vec<String>,
}

impl From<Consistency> for ConsistencyView {
    fn from(proof: Consistency) -> Self {
        Self {
            from: proof.from.into(),
            to: proof.to.into(),
            proof: proof.proof.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A page of the journal, the oldest entry first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JournalPage {
    /// The entries.
    entries: Vec<JournalEntryView>,
    /// The value of `after` for the next page; missing when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

impl JournalEntryView {
    fn of(entry: &JournalEntry) -> Self {
        Self {
            position: entry.position,
            at: entry.at,
            actor: entry.actor.map(|actor| actor.0),
            action: entry.action.as_str(),
            object: entry.object.clone(),
            // The journal keeps the text that was written; what is no JSON is still shown.
            detail: serde_json::from_str(&entry.detail)
                .unwrap_or_else(|_text| serde_json::Value::String(entry.detail.clone())),
        }
    }
}

impl JournalPage {
    /// A page that was asked for with this limit.
    pub(crate) fn of(entries: &[JournalEntry], limit: u32) -> Self {
        let full = u32::try_from(entries.len()).is_ok_and(|count| count >= limit);
        Self {
            next: entries.last().filter(|_| full).map(|entry| entry.position),
            entries: entries.iter().map(JournalEntryView::of).collect(),
        }
    }
}
