//! The journal.

use chrono::{DateTime, Utc};
use nachweis_domain::record::JournalEntry;
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
