//! What the record keeps of uploads and decisions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    finding::Finding,
    key::{RoundCode, RuleVersion, SubprojectNo, TemplateVersion},
    quarter::Quarter,
    waiver::FindingWaiver,
};

mod reopening;
mod sha256;

pub use reopening::{ReopeningRecord, ReopeningSettled, ReopeningState, ReopeningWithdrawal};
pub use sha256::{Sha256, Sha256Error};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An upload, and the submission it may become.
    UploadId
);
id!(
    /// A person with an account.
    UserId
);
id!(
    /// An issued workbook.
    IssueId
);
id!(
    /// A reopening of a closed quarter for one subproject.
    ReopeningId
);
id!(
    /// A waiver: a subproject exempted from a finding code.
    WaiverId
);
id!(
    /// A hold that keeps originals longer.
    HoldId
);
id!(
    /// An erasure of originals that need not be kept any longer.
    ErasureId
);

/// The state of an upload (design.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadState {
    /// Kept and answered, but cannot be submitted: blocking findings.
    Blocked,
    /// Checked without blocking findings; the lead may submit it.
    Checked,
    /// Handed in; the turn of the network's coordinator, or of the manager where nobody endorses.
    Submitted,
    /// Endorsed by the network's coordinator; the manager's turn.
    Endorsed,
    /// Accepted.
    Accepted,
    /// Returned with a reason; the lead's turn.
    Returned,
    /// A newer revision of the same subproject and quarter was accepted.
    Superseded,
}

impl UploadState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Blocked,
        Self::Checked,
        Self::Submitted,
        Self::Endorsed,
        Self::Accepted,
        Self::Returned,
        Self::Superseded,
    ];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Checked => "checked",
            Self::Submitted => "submitted",
            Self::Endorsed => "endorsed",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Superseded => "superseded",
        }
    }

    /// Whether it stands for decision.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Endorsed)
    }
}

/// An upload of a quarterly workbook. Revisions of a subproject's quarter count from 1 and are never overwritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The id, also of the submission it may become.
    pub id: UploadId,
    /// Its round.
    pub round: RoundCode,
    /// Its subproject.
    pub subproject: SubprojectNo,
    /// Its quarter.
    pub quarter: Quarter,
    /// 1, 2, 3 … within subproject and quarter.
    pub revision: u32,
    /// The hash of the original.
    pub sha256: Sha256,
    /// The size of the original in bytes.
    pub size_bytes: u64,
    /// The name of the file as sent, without any path.
    pub file_name: String,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// The workbook's version.
    pub template_version: TemplateVersion,
    /// The version of the rules that gave the verdict.
    pub rule_version: RuleVersion,
    /// The plan version it was checked against.
    pub plan_version: u32,
    /// Its state.
    pub state: UploadState,
    /// Blocking findings.
    pub blocking: u32,
    /// Warnings.
    pub warnings: u32,
    /// Notices.
    pub notices: u32,
}

/// A closed quarter of a round (design.md §3): its reports and their inputs are frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The round.
    pub round: RoundCode,
    /// The quarter.
    pub quarter: Quarter,
    /// Who closed it.
    pub closed_by: UserId,
    /// When.
    pub closed_at: DateTime<Utc>,
    /// How many expected reports had not been accepted.
    pub missing: u32,
}

/// What is kept of a file that must not be kept: hostile, or with data on single participants (design.md §3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedUpload {
    /// The subproject it was sent for.
    pub subproject: SubprojectNo,
    /// The quarter it was sent for.
    pub quarter: Quarter,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Who sent it.
    pub sent_by: UserId,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// The stable code of the refusal.
    pub reason: String,
}

/// The lead's comment on a warning, kept with the submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningComment {
    /// The position of the finding in the upload's list, from zero.
    pub finding: u32,
    /// The comment.
    pub comment: String,
}

/// A stored finding with its severity at the time of the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedFinding {
    /// The finding.
    pub finding: Finding,
    /// Its severity in the round and rule version of the verdict.
    pub severity: crate::finding::Severity,
    /// The lead's comment, if there is one.
    pub comment: Option<String>,
    /// The waiver under which it was handed in, or could be; kept beside the verdict, which stays as it was made.
    pub waiver: Option<FindingWaiver>,
}

/// What happened, as the journal names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A round was loaded or changed.
    RoundLoaded,
    /// A programme file was imported.
    ProgrammeImported,
    /// A network was recorded or changed.
    NetworkRecorded,
    /// A subproject was recorded, or its master data changed.
    SubprojectRecorded,
    /// A plan version was recorded.
    PlanRecorded,
    /// A workbook was issued.
    TemplateIssued,
    /// An upload was kept.
    UploadReceived,
    /// An upload was refused and not kept.
    UploadRefused,
    /// An upload was submitted.
    Submitted,
    /// A submission was endorsed.
    Endorsed,
    /// A submission was accepted.
    Accepted,
    /// A submission was returned.
    Returned,
    /// An accepted revision was superseded.
    Superseded,
    /// A quarter was closed.
    QuarterClosed,
    /// Someone asked to reopen a closed quarter for a subproject.
    ReopeningRequested,
    /// A second person confirmed the reopening.
    ReopeningConfirmed,
    /// It was withdrawn: the request taken back, or what was confirmed ended early.
    ReopeningWithdrawn,
    /// Someone asked for a waiver.
    WaiverAsked,
    /// A second person granted it.
    WaiverGranted,
    /// A second person refused it.
    WaiverRefused,
    /// It was withdrawn.
    WaiverWithdrawn,
    /// Originals of a subproject are held.
    HoldPlaced,
    /// A hold was lifted.
    HoldLifted,
    /// Someone proposed to erase originals that need not be kept any longer.
    ErasureProposed,
    /// A second person confirmed it; the originals were erased.
    OriginalsErased,
    /// A report or export left the house.
    Exported,
    /// An account was created.
    UserCreated,
    /// An account was disabled.
    UserDisabled,
    /// A role was granted.
    RoleGranted,
    /// A role was withdrawn.
    RoleWithdrawn,
    /// An identity at an OpenID Connect issuer was linked to an account.
    IdentityLinked,
    /// An identity was unlinked, and all sessions of the account ended.
    IdentityUnlinked,
    /// A password was set, and all sessions of the account ended.
    PasswordSet,
    /// Someone signed in.
    SignedIn,
    /// A sign-in failed.
    SignInFailed,
    /// A refresh token was used a second time: one of its two users stole it, and the session ended.
    TokenReused,
    /// Rows that were written before the journal vouched for rows were taken into it.
    RowsAttested,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 37] = [
        Self::RoundLoaded,
        Self::ProgrammeImported,
        Self::NetworkRecorded,
        Self::SubprojectRecorded,
        Self::PlanRecorded,
        Self::TemplateIssued,
        Self::UploadReceived,
        Self::UploadRefused,
        Self::Submitted,
        Self::Endorsed,
        Self::Accepted,
        Self::Returned,
        Self::Superseded,
        Self::QuarterClosed,
        Self::ReopeningRequested,
        Self::ReopeningConfirmed,
        Self::ReopeningWithdrawn,
        Self::WaiverAsked,
        Self::WaiverGranted,
        Self::WaiverRefused,
        Self::WaiverWithdrawn,
        Self::HoldPlaced,
        Self::HoldLifted,
        Self::ErasureProposed,
        Self::OriginalsErased,
        Self::Exported,
        Self::UserCreated,
        Self::UserDisabled,
        Self::RoleGranted,
        Self::RoleWithdrawn,
        Self::IdentityLinked,
        Self::IdentityUnlinked,
        Self::PasswordSet,
        Self::SignedIn,
        Self::SignInFailed,
        Self::TokenReused,
        Self::RowsAttested,
    ];

    /// The stable name in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RoundLoaded => "round_loaded",
            Self::ProgrammeImported => "programme_imported",
            Self::NetworkRecorded => "network_recorded",
            Self::SubprojectRecorded => "subproject_recorded",
            Self::PlanRecorded => "plan_recorded",
            Self::TemplateIssued => "template_issued",
            Self::UploadReceived => "upload_received",
            Self::UploadRefused => "upload_refused",
            Self::Submitted => "submitted",
            Self::Endorsed => "endorsed",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Superseded => "superseded",
            Self::QuarterClosed => "quarter_closed",
            Self::ReopeningRequested => "reopening_requested",
            Self::ReopeningConfirmed => "reopening_confirmed",
            Self::ReopeningWithdrawn => "reopening_withdrawn",
            Self::WaiverAsked => "waiver_asked",
            Self::WaiverGranted => "waiver_granted",
            Self::WaiverRefused => "waiver_refused",
            Self::WaiverWithdrawn => "waiver_withdrawn",
            Self::HoldPlaced => "hold_placed",
            Self::HoldLifted => "hold_lifted",
            Self::ErasureProposed => "erasure_proposed",
            Self::OriginalsErased => "originals_erased",
            Self::Exported => "exported",
            Self::UserCreated => "user_created",
            Self::UserDisabled => "user_disabled",
            Self::RoleGranted => "role_granted",
            Self::RoleWithdrawn => "role_withdrawn",
            Self::IdentityLinked => "identity_linked",
            Self::IdentityUnlinked => "identity_unlinked",
            Self::PasswordSet => "password_set",
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::TokenReused => "token_reused",
            Self::RowsAttested => "rows_attested",
        }
    }

    /// Whether figures or plans change with it, so that reports show a newer moment. An upload changes nothing that counts
    /// before it is submitted.
    pub const fn changes_figures(self) -> bool {
        matches!(
            self,
            Self::RoundLoaded
                | Self::ProgrammeImported
                | Self::NetworkRecorded
                | Self::SubprojectRecorded
                | Self::PlanRecorded
                | Self::Submitted
                | Self::Endorsed
                | Self::Accepted
                | Self::Returned
                | Self::Superseded
        )
    }
}

/// A row of the journal: one for each state change, in the same transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// The position, from 1 without gaps.
    pub position: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None` for the system itself.
    pub actor: Option<UserId>,
    /// What.
    pub action: Action,
    /// On which thing: an upload's id, a subproject's number, a user's id.
    pub object: String,
    /// Values that belong to it, as a JSON object. No cell texts, no personal data.
    pub detail: String,
    /// The round whose figures or plans it changed, if it did.
    pub figures_of: Option<RoundCode>,
}
