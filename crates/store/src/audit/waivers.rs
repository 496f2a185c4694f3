//! Waivers with the people whom they name.

use chrono::{DateTime, Utc};
use nachweis_domain::{audit::AuditWaiver, record::UserId, waiver::Waiver};

use super::people::People;
use crate::error::StoreError;

/// A waiver as it stood at a moment, with everybody by name.
pub(super) fn named(waiver: &Waiver, people: &People, at: DateTime<Utc>) -> Result<AuditWaiver, StoreError> {
    let step = |table, column, by: UserId, at| people.step((by, at), (table, column));
    let decided = waiver
        .decision
        .as_ref()
        .map(|decision| step("waiver_decision", "decided_by", decision.by, decision.at));
    let withdrawn = waiver
        .withdrawal
        .as_ref()
        .map(|withdrawal| step("waiver_withdrawal", "withdrawn_by", withdrawal.by, withdrawal.at));
    Ok(AuditWaiver {
        asked: step("waiver", "asked_by", waiver.asked_by, waiver.asked_at)?,
        decided: decided.transpose()?,
        withdrawn: withdrawn.transpose()?,
        state: waiver.state_at(at),
        waiver: waiver.clone(),
    })
}
