//! The complete file of one subproject (dossier): everything that the record holds of it up to a moment, as plain values.
//!
//! The store reads it, `report` lays it out, the service packs it together with the originals; none knows the others.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    audit::{
        AuditFigure, AuditFinding, AuditPayment, AuditPerson, AuditPlanRow, AuditStep, AuditUpload,
        AuditWaiver,
    },
    key::TemplateVersion,
    proof::{Head, Link, line::Entry},
    quarter::Quarter,
    record::{ReopeningId, Sha256},
    retention::{Erasure, Hold},
    round::FundingRound,
    subproject::Subproject,
};

mod concerns;
mod file_name;

pub use concerns::concerns;
pub use file_name::original_path;

/// Everything that the record holds of a subproject up to a moment, but the originals.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// The subproject as it was known at the moment.
    pub subproject: Subproject,
    /// The round as it was in force at the moment: it names items, sources and indicators.
    pub round: FundingRound,
    /// The journal up to the last entry that concerns the subproject.
    pub head: Head,
    /// Every version of its master data, the oldest first.
    pub versions: Vec<RecordedSubproject>,
    /// Every row of every plan version, in the order of version, kind, key, year.
    pub plan_rows: Vec<AuditPlanRow>,
    /// Money paid out, in the order of day and source.
    pub payments: Vec<AuditPayment>,
    /// Every revision with its steps, in the order of quarter and revision.
    pub uploads: Vec<AuditUpload>,
    /// The figures of every revision, in the order of the workbooks.
    pub figures: Vec<AuditFigure>,
    /// The findings of every revision with the lead's comments.
    pub findings: Vec<AuditFinding>,
    /// Waivers of findings as they stood at the moment, in the order of their numbers.
    pub waivers: Vec<AuditWaiver>,
    /// What was sent and not kept, the oldest first.
    pub refused: Vec<Refused>,
    /// Workbooks that were issued, the oldest first.
    pub issues: Vec<Issued>,
    /// Closed quarters of the round with the hashes of what was frozen, in their order.
    pub closings: Vec<Closed>,
    /// Reopenings of closed quarters for the subproject, the oldest first.
    pub reopenings: Vec<Reopened>,
    /// Holds on its originals, the oldest first.
    pub holds: Vec<Hold>,
    /// Erasures of its originals as they stood at the moment, the oldest first.
    pub erasures: Vec<Erasure>,
    /// The entries of the journal that concern it, the oldest first.
    pub entries: Vec<Recorded>,
}

/// A version of a subproject's master data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedSubproject {
    /// The number of the version, from 1.
    pub number: u32,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What it says.
    pub subproject: Subproject,
}

/// A file that was sent and not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The quarter it was sent for.
    pub quarter: Quarter,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Who sent it, and when.
    pub sent: AuditStep,
    /// The stable code of the refusal.
    pub reason: String,
}

/// A workbook that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The quarter it was issued for.
    pub quarter: Quarter,
    /// The workbook's version.
    pub template_version: TemplateVersion,
    /// The plan version that it was prefilled from.
    pub plan_version: u32,
    /// Who fetched it, and when.
    pub fetched: AuditStep,
}

/// A closed quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The quarter.
    pub quarter: Quarter,
    /// Who closed it, and when.
    pub closed: AuditStep,
    /// The reports that were frozen with it: file name and hash.
    pub reports: Vec<(String, Sha256)>,
}

/// A reopening of a closed quarter for the subproject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// The quarter.
    pub quarter: Quarter,
    /// Why.
    pub reason: String,
    /// Who asked for it, and when.
    pub requested: AuditStep,
    /// The second person, and since when it counted; `None` where nobody confirmed it.
    pub confirmed: Option<AuditStep>,
    /// When it ended by itself, or will.
    pub expires_at: DateTime<Utc>,
    /// Who withdrew it and when, and why; `None` where nobody did.
    pub withdrawn: Option<(AuditStep, String)>,
    /// Its id, as the journal names it.
    pub id: ReopeningId,
}

/// An entry of the journal that concerns the subproject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The entry with its link.
    pub entry: Entry,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Who; `None` for the system itself, or where the record does not know the account.
    pub actor: Option<Arc<AuditPerson>>,
    /// The link of the entry before it in the whole journal, from which its own follows.
    pub before: Link,
}
