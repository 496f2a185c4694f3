//! What an auditor takes away, row by row: each value with the revision, file and cell it came from.
//!
//! Plain rows. The store streams them in a fixed order, `report` writes them; neither knows the other.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    key::SubprojectNo,
    quarter::Quarter,
    record::{JournalEntry, RatedFinding, Sha256, Upload, UploadId, UploadState, UserId},
    waiver::{Waiver, WaiverState},
};

mod figure;
mod located;
mod payment;
mod plan;
mod sums;
mod voucher;

pub use figure::{AuditFigure, AuditValue, FigureKind, FigurePart};
pub use located::{
    Behind, LocatedCell, LocatedCorrection, LocatedUpload, Recorded, RecordedPayment, RecordedPlan, Revision,
};
pub use payment::AuditPayment;
pub use plan::{AuditPlanRow, PlanRowKind};
pub use sums::{AuditRows, AuditSums, FigureSum, PaymentSum, PlanSum, VoucherSum};
pub use voucher::AuditVoucher;

/// A person with an account, as the record knows it. Shared by all rows that name the person. Personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPerson {
    /// The id, as the journal keeps it.
    pub id: UserId,
    /// The sign-in name.
    pub login: String,
    /// The name for people.
    pub name: String,
}

/// A step that somebody took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditStep {
    /// Who.
    pub by: Arc<AuditPerson>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The revision that a row of the audit belongs to. Shared by all rows of the revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditOrigin {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// 1, 2, 3 … within subproject and quarter.
    pub revision: u32,
    /// The state of the revision.
    pub state: UploadState,
    /// Whether reports count this revision: the accepted one, and where there is none yet the submitted one.
    pub counts: bool,
    /// The id of the upload.
    pub upload: UploadId,
    /// The hash of the original.
    pub sha256: Sha256,
    /// Who uploaded it, and when.
    pub uploaded: AuditStep,
}

/// A kept upload, whether its figures count or not, with the steps that were taken on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditUpload {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// All that is kept of it.
    pub upload: Upload,
    /// Who handed it in, and when.
    pub submitted: Option<AuditStep>,
    /// Who endorsed it as the network's coordinator, and when.
    #[serde(default)]
    pub endorsed: Option<AuditStep>,
    /// Who accepted or returned it, and when.
    pub decided: Option<AuditStep>,
    /// Why it was returned; `None` for what was not returned.
    pub return_reason: Option<String>,
    /// When a newer accepted revision took its place.
    pub superseded_at: Option<DateTime<Utc>>,
    /// When its original was erased, because it need not be kept any longer.
    #[serde(default)]
    pub erased_at: Option<DateTime<Utc>>,
}

/// A finding with its severity at the time of the verdict and the lead's comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFinding {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// The position in the revision's list, from zero.
    pub position: u32,
    /// The finding.
    pub finding: RatedFinding,
    /// Who wrote the comment, and when; `None` without a comment.
    pub commented: Option<AuditStep>,
}

/// A waiver with the people whom it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditWaiver {
    /// All that is kept of it.
    pub waiver: Waiver,
    /// Where it stood at the moment of the audit.
    pub state: WaiverState,
    /// Who asked for it, and when.
    pub asked: AuditStep,
    /// Who granted or refused it, and when.
    pub decided: Option<AuditStep>,
    /// Who withdrew it, and when.
    pub withdrawn: Option<AuditStep>,
}

/// An entry of the journal with the person it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditJournalEntry {
    /// The entry.
    pub entry: JournalEntry,
    /// Who; `None` for the system itself.
    pub actor: Option<Arc<AuditPerson>>,
}
