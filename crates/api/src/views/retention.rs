//! What is kept and until when, holds and erasures, as they are sent.

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    audit::AuditStep,
    retention::{Erasure, Hold, Kept},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::prose::Prose;

/// What is kept of a subproject, and until when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Kept)]
pub(crate) struct KeptView {
    /// The subproject.
    #[schema(example = "IQ23-NW-017")]
    subproject: String,
    /// Where its originals stand: `kept`, `held`, `due` or `erased`.
    #[schema(example = "due")]
    state: &'static str,
    /// The last day on which they must be kept; missing where no payment began a period.
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_until: Option<NaiveDate>,
    /// The day of the last payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_payment: Option<NaiveDate>,
    /// The day on which the last report came in or was decided on.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_report: Option<NaiveDate>,
    /// Holds that are not lifted.
    holds: usize,
    /// Originals that are there.
    originals: usize,
    /// Their bytes.
    size_bytes: u64,
    /// Originals that were erased.
    erased: usize,
}

impl KeptView {
    /// What is kept, as on a day.
    pub(crate) fn on(kept: &Kept, day: NaiveDate) -> Self {
        Self {
            subproject: kept.subproject.to_string(),
            state: kept.state(day).as_str(),
            keep_until: kept.keep_until,
            last_payment: kept.events.payment,
            last_report: kept.events.report,
            holds: kept.holds,
            originals: kept.originals,
            size_bytes: kept.size_bytes,
            erased: kept.erased,
        }
    }
}

/// A page of what is kept, in the order of numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptPage {
    /// The day for which the states hold, in Europe/Berlin.
    pub(crate) on: NaiveDate,
    /// The entries.
    pub(crate) subprojects: Vec<KeptView>,
    /// Where the next page begins: `after` of the next request; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
    /// How many there are in all.
    pub(crate) total: u64,
}

/// Why a hold is placed or lifted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldReason {
    /// Why: at most 2,000 characters.
    pub(crate) reason: Prose,
}

/// A hold that keeps the originals of a subproject longer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hold)]
pub(crate) struct HoldView {
    /// Its id.
    pub(crate) id: Uuid,
    /// The subproject.
    #[schema(example = "IQ23-NW-017")]
    subproject: String,
    /// Why.
    reason: String,
    /// Who placed it, and when.
    placed: StepView,
    /// Who lifted it, when and why; missing while it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted: Option<LiftView>,
}

/// A step with its person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Step)]
pub(crate) struct StepView {
    /// Who.
    by: Uuid,
    /// When.
    at: DateTime<Utc>,
}

impl StepView {
    fn of(step: &AuditStep) -> Self {
        Self {
            by: step.by.id.0,
            at: step.at,
        }
    }
}

/// That a hold was lifted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldLift)]
pub(crate) struct LiftView {
    /// Who.
    by: Uuid,
    /// When.
    at: DateTime<Utc>,
    /// Why.
    reason: String,
}

impl HoldView {
    /// The hold for sending.
    pub(crate) fn of(hold: &Hold) -> Self {
        Self {
            id: hold.id.0,
            subproject: hold.subproject.to_string(),
            reason: hold.reason.clone(),
            placed: StepView::of(&hold.placed),
            lifted: hold.lifted.as_ref().map(|(step, reason)| LiftView {
                by: step.by.id.0,
                at: step.at,
                reason: reason.clone(),
            }),
        }
    }
}

/// A page of holds, in the order of their ids.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HoldPage {
    /// The holds, lifted ones included.
    pub(crate) holds: Vec<HoldView>,
    /// Where the next page begins: `after` of the next request; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Uuid>,
    /// How many there are in all.
    pub(crate) total: u64,
}

/// An erasure of the originals of a subproject.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub(crate) struct ErasureView {
    /// Its id.
    pub(crate) id: Uuid,
    /// The subproject.
    #[schema(example = "IQ23-NW-017")]
    subproject: String,
    /// The last day on which the originals had to be kept.
    keep_until: NaiveDate,
    /// The originals that were there when it was proposed.
    originals: usize,
    /// Their bytes.
    size_bytes: u64,
    /// Who proposed it, and when.
    proposed: StepView,
    /// The second person, and when; missing while nobody has confirmed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<StepView>,
    /// How many originals were erased; missing while it is not confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<usize>,
}

impl ErasureView {
    /// The erasure for sending.
    pub(crate) fn of(erasure: &Erasure) -> Self {
        let confirmed = erasure.confirmed.as_ref();
        Self {
            id: erasure.id.0,
            subproject: erasure.subproject.to_string(),
            keep_until: erasure.keep_until,
            originals: erasure.originals,
            size_bytes: erasure.size_bytes,
            proposed: StepView::of(&erasure.proposed),
            confirmed: confirmed.map(|(step, _)| StepView::of(step)),
            erased: confirmed.map(|(_, originals)| *originals),
        }
    }
}

/// A page of erasures, in the order of their ids.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasurePage {
    /// The erasures, proposed and done.
    pub(crate) erasures: Vec<ErasureView>,
    /// Where the next page begins: `after` of the next request; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<Uuid>,
    /// How many there are in all.
    pub(crate) total: u64,
}
