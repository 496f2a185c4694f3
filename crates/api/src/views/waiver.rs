//! Waivers as they are asked for, decided and sent.

use chrono::{DateTime, Utc};
use nachweis_domain::{finding::Code, quarter::Quarter, waiver::FindingWaiver};
use nachweis_service::{KnownWaiver, WaiverRequest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::prose::Prose;

/// What is asked for with a waiver.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskWaiver {
    /// The code of the findings to be waived.
    #[schema(value_type = String, example = "FIN-04")]
    code: Code,
    /// The first quarter whose reports it is for.
    #[schema(value_type = String, example = "2024-Q3")]
    first_quarter: Quarter,
    /// The last one; the first where nothing is said.
    #[schema(value_type = Option<String>, example = "2024-Q4")]
    last_quarter: Option<Quarter>,
    /// Why: at most 2,000 characters.
    reason: Prose,
    /// Until when, at most 1,096 days from now.
    until: DateTime<Utc>,
}

impl AskWaiver {
    /// The request.
    pub(crate) fn request(self) -> WaiverRequest {
        WaiverRequest {
            code: self.code,
            first: self.first_quarter,
            last: self.last_quarter.unwrap_or(self.first_quarter),
            reason: self.reason.0,
            until: self.until,
        }
    }
}

/// What is said when granting a waiver.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantWaiver {
    /// Why: at most 2,000 characters.
    pub(crate) reason: Prose,
    /// Until when, not later than was asked; as was asked where nothing is said.
    pub(crate) until: Option<DateTime<Utc>>,
}

/// Why a waiver is refused or withdrawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaiverReason {
    /// Why: at most 2,000 characters.
    pub(crate) reason: Prose,
}

/// A waiver.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Waiver)]
pub(crate) struct WaiverView {
    /// Its id.
    id: Uuid,
    /// 1, 2, 3 … within the round.
    number: u32,
    /// The round.
    #[schema(example = "2023-2025")]
    round: String,
    /// The only subproject it is for.
    #[schema(example = "IQ23-NW-017")]
    subproject: String,
    /// The code of the findings that are waived.
    #[schema(example = "FIN-04")]
    code: &'static str,
    /// The first quarter whose reports it is for.
    #[schema(example = "2024-Q3")]
    first_quarter: String,
    /// The last one.
    #[schema(example = "2024-Q3")]
    last_quarter: String,
    /// Where it stands: `asked`, `in_force`, `refused`, `expired` or `withdrawn`.
    #[schema(example = "in_force")]
    state: &'static str,
    /// Why it is needed.
    reason: String,
    /// Who asked for it.
    asked_by: Uuid,
    /// When.
    asked_at: DateTime<Utc>,
    /// Until when it was asked for.
    asked_until: DateTime<Utc>,
    /// What a second person decided; missing while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<WaiverDecisionView>,
    /// That it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal: Option<WaiverWithdrawalView>,
}

/// A second person's decision on a waiver.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WaiverDecision)]
pub(crate) struct WaiverDecisionView {
    /// Until when it is granted; missing when it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
    /// Why.
    reason: String,
    /// Who decided.
    decided_by: Uuid,
    /// When.
    decided_at: DateTime<Utc>,
}

/// That a waiver was withdrawn.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WaiverWithdrawal)]
pub(crate) struct WaiverWithdrawalView {
    /// Why.
    reason: String,
    /// Who withdrew it.
    withdrawn_by: Uuid,
    /// When.
    withdrawn_at: DateTime<Utc>,
}

impl WaiverView {
    /// The waiver for sending.
    pub(crate) fn of(known: &KnownWaiver) -> Self {
        let waiver = &known.waiver;
        Self {
            id: waiver.id.0,
            number: waiver.number,
            round: waiver.round.to_string(),
            subproject: waiver.subproject.to_string(),
            code: waiver.code.as_str(),
            first_quarter: waiver.first.to_string(),
            last_quarter: waiver.last.to_string(),
            state: known.state.as_str(),
            reason: waiver.reason.clone(),
            asked_by: waiver.asked_by.0,
            asked_at: waiver.asked_at,
            asked_until: waiver.asked_until,
            decision: waiver.decision.as_ref().map(|decision| WaiverDecisionView {
                until: decision.until,
                reason: decision.reason.clone(),
                decided_by: decision.by.0,
                decided_at: decision.at,
            }),
            withdrawal: waiver.withdrawal.as_ref().map(|withdrawal| WaiverWithdrawalView {
                reason: withdrawal.reason.clone(),
                withdrawn_by: withdrawal.by.0,
                withdrawn_at: withdrawal.at,
            }),
        }
    }
}

/// A page of waivers in the order of their numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaiverPage {
    /// The waivers that the caller may see.
    pub(crate) waivers: Vec<WaiverView>,
    /// How many there are on all pages.
    pub(crate) total: u64,
    /// The value of `after` for the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<u32>,
}

/// The waiver under which a finding was handed in, or could be now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingWaiver)]
pub(crate) struct FindingWaiverView {
    /// Its id.
    id: Uuid,
    /// Its number within the round.
    number: u32,
    /// Until when it was granted.
    until: DateTime<Utc>,
}

impl From<FindingWaiver> for FindingWaiverView {
    fn from(waiver: FindingWaiver) -> Self {
        Self {
            id: waiver.id.0,
            number: waiver.number,
            until: waiver.until,
        }
    }
}
