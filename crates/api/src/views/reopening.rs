//! Reopenings of closed quarters as they are asked for and sent.

use chrono::{DateTime, Utc};
use nachweis_service::KnownReopening;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::prose::Prose;

/// What is said when asking for a reopening.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reopen {
    /// Why: at most 2,000 characters.
    pub(crate) reason: Prose,
    /// When it ends by itself, at most 90 days from now.
    pub(crate) expires_at: DateTime<Utc>,
}

/// Why a reopening is withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReopeningReason {
    /// Why: at most 2,000 characters.
    pub(crate) reason: Prose,
}

/// A reopening.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reopening)]
pub(crate) struct ReopeningView {
    /// Its id.
    id: Uuid,
    /// The round.
    round: String,
    /// The quarter.
    #[schema(example = "2024-Q3")]
    quarter: String,
    /// The subproject it is for.
    subproject: String,
    /// Where it stands: `requested`, `confirmed`, `expired` or `withdrawn`.
    #[schema(example = "requested")]
    state: &'static str,
    /// Why.
    reason: String,
    /// Who asked for it.
    requested_by: Uuid,
    /// When.
    requested_at: DateTime<Utc>,
    /// When it ends by itself.
    expires_at: DateTime<Utc>,
    /// The second person; missing until the reopening counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_by: Option<Uuid>,
    /// Since when it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_at: Option<DateTime<Utc>>,
    /// That it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal: Option<ReopeningWithdrawalView>,
}

/// That a reopening was withdrawn.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReopeningWithdrawal)]
pub(crate) struct ReopeningWithdrawalView {
    /// Why.
    reason: String,
    /// Who withdrew it.
    withdrawn_by: Uuid,
    /// When.
    withdrawn_at: DateTime<Utc>,
}

impl ReopeningView {
    /// The reopening for sending.
    pub(crate) fn of(known: &KnownReopening) -> Self {
        let record = &known.record;
        Self {
            id: record.id.0,
            round: record.round.to_string(),
            quarter: record.quarter.to_string(),
            subproject: record.subproject.to_string(),
            state: known.state.as_str(),
            reason: record.reason.clone(),
            requested_by: record.requested_by.0,
            requested_at: record.requested_at,
            expires_at: record.expires_at,
            confirmed_by: record.confirmed.map(|(by, _)| by.0),
            confirmed_at: record.confirmed.map(|(_, at)| at),
            withdrawal: record.withdrawal.as_ref().map(|said| ReopeningWithdrawalView {
                reason: said.reason.clone(),
                withdrawn_by: said.by.0,
                withdrawn_at: said.at,
            }),
        }
    }
}

/// A page of reopenings in the order of their ids, which is the order in which they were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReopeningPage {
    /// The reopenings that the caller may see.
    pub(crate) reopenings: Vec<ReopeningView>,
    /// How many there are on all pages.
    pub(crate) total: u64,
    /// The value of `after` for the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Uuid>,
}
