//! Uploads, receipts and decisions.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    finding::Severity,
    record::{Upload, UploadId, UserId, WarningComment},
    waiver,
};
use nachweis_service::Verdict;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::finding::FindingView;
use crate::prose::Prose;

/// An upload of a quarterly workbook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Upload)]
pub(crate) struct UploadView {
    /// The id, also of the submission it may become.
    id: Uuid,
    /// The round.
    #[schema(example = "2023-2025")]
    round: String,
    /// The subproject.
    #[schema(example = "IQ23-NW-017")]
    subproject: String,
    /// The quarter.
    #[schema(example = "2024-Q3")]
    quarter: String,
    /// 1, 2, 3 … within subproject and quarter.
    revision: u32,
    /// Where it stands: `blocked`, `checked`, `submitted`, `endorsed`, `accepted`, `returned` or `superseded`.
    #[schema(example = "checked")]
    state: &'static str,
    /// SHA-256 of the original.
    sha256: String,
    /// Size of the original in bytes.
    size_bytes: u64,
    /// The name of the file as sent.
    file_name: String,
    /// Who uploaded it.
    uploaded_by: Uuid,
    /// When.
    uploaded_at: DateTime<Utc>,
    /// The version of the workbook.
    #[schema(example = "2023-1")]
    template_version: String,
    /// The version of the rules that gave the verdict.
    rule_version: String,
    /// The plan version it was checked against.
    plan_version: u32,
    /// Blocking findings.
    blocking: u32,
    /// Warnings; each that is not waived needs a comment when submitting.
    warnings: u32,
    /// Notices.
    notices: u32,
}

impl UploadView {
    /// The upload for sending.
    pub(crate) fn of(upload: &Upload) -> Self {
        Self {
            id: upload.id.0,
            round: upload.round.to_string(),
            subproject: upload.subproject.to_string(),
            quarter: upload.quarter.to_string(),
            revision: upload.revision,
            state: upload.state.as_str(),
            sha256: upload.sha256.to_string(),
            size_bytes: upload.size_bytes,
            file_name: upload.file_name.clone(),
            uploaded_by: upload.uploaded_by.0,
            uploaded_at: upload.uploaded_at,
            template_version: upload.template_version.to_string(),
            rule_version: upload.rule_version.to_string(),
            plan_version: upload.plan_version,
            blocking: upload.blocking,
            warnings: upload.warnings,
            notices: upload.notices,
        }
    }
}

/// The receipt of an upload: what is kept, and everything that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(crate) struct ReceiptView {
    /// What is kept.
    #[serde(flatten)]
    upload: UploadView,
    /// The same bytes had come before; this is the first receipt.
    same_as_before: bool,
    /// Whether the lead can hand it in now: it is checked, or each of its blocking findings is waived, its quarter is open,
    /// and no other revision stands in the way.
    submittable: bool,
    /// Blocking findings that are waived.
    waived_blocking: u32,
    /// Warnings that are waived; they need no comment.
    waived_warnings: u32,
    /// How far it came, and why it was returned.
    #[serde(flatten)]
    progress: ProgressView,
    /// Everything that was found, in the order of the workbook.
    findings: Vec<FindingView>,
}

/// How far an upload came, for those who may read it. Steps that were not taken are missing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UploadProgress)]
pub(crate) struct ProgressView {
    /// Whose turn it is: `lead`, `coordinator`, `manager`, `closed` where its quarter is to be reopened first, or `nobody`
    /// where it is decided or a newer revision takes its place.
    #[schema(example = "manager")]
    turn: &'static str,
    /// Who handed it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_by: Option<Uuid>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<DateTime<Utc>>,
    /// Who endorsed it as the coordinator of its network.
    #[serde(skip_serializing_if = "Option::is_none")]
    endorsed_by: Option<Uuid>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    endorsed_at: Option<DateTime<Utc>>,
    /// Who accepted or returned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<Uuid>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
    /// Why it was returned: what has to be corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_reason: Option<String>,
}

impl ProgressView {
    fn of(verdict: &Verdict) -> Self {
        let (submitted_by, submitted_at) = step(verdict.submitted);
        let (endorsed_by, endorsed_at) = step(verdict.endorsed);
        let (decided_by, decided_at) = step(verdict.decided);
        Self {
            turn: verdict.turn.as_str(),
            submitted_by,
            submitted_at,
            endorsed_by,
            endorsed_at,
            decided_by,
            decided_at,
            return_reason: verdict.return_reason.clone(),
        }
    }
}

/// Who took a step, and when.
fn step(taken: Option<(UserId, DateTime<Utc>)>) -> (Option<Uuid>, Option<DateTime<Utc>>) {
    taken.map(|(user, at)| (user.0, at)).unzip()
}

impl ReceiptView {
    /// The receipt for sending.
    pub(crate) fn of(verdict: &Verdict) -> Self {
        Self {
            upload: UploadView::of(&verdict.upload),
            same_as_before: verdict.same_as_before,
            submittable: verdict.submittable,
            waived_blocking: waiver::waived(&verdict.findings, Severity::Blocking),
            waived_warnings: waiver::waived(&verdict.findings, Severity::Warning),
            progress: ProgressView::of(verdict),
            findings: FindingView::list(&verdict.findings),
        }
    }
}

/// What a lead says when submitting.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Submission {
    /// A comment for each warning.
    #[serde(default)]
    pub(crate) comments: Vec<Comment>,
}

/// The lead's comment on a warning.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comment {
    /// The position of the warning in the list of findings, from 0.
    finding: u32,
    /// The comment: at most 2,000 characters.
    comment: Prose,
}

impl From<Comment> for WarningComment {
    fn from(comment: Comment) -> Self {
        Self {
            finding: comment.finding,
            comment: comment.comment.0,
        }
    }
}

/// Submissions that are accepted in one step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptMany {
    /// Their ids: 1 to 1,000.
    submissions: Vec<Uuid>,
}

impl AcceptMany {
    /// The ids.
    pub(crate) fn ids(self) -> Vec<UploadId> {
        self.submissions.into_iter().map(UploadId).collect()
    }
}

/// Why a submission is returned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Return {
    /// What has to be corrected: at most 2,000 characters.
    pub(crate) reason: Prose,
}

/// A body without fields.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}
