//! Rows of uploads: what was issued, what came, what was read in it, and what became of it.

use nachweis_domain::record::Action;

use super::{
    BY_ID, BY_UPLOAD,
    Kind::{Number, Text},
    Rows, changing, once, part, whole,
};

pub(crate) static ISSUE: Rows = whole(
    "issue",
    BY_ID,
    &[
        "subproject",
        "quarter",
        "template_version",
        "plan_version",
        "seal",
        "issued_by",
        "issued_at",
    ],
    once(&[Action::TemplateIssued]),
);
pub(crate) static UPLOAD: Rows = whole(
    "upload",
    BY_ID,
    &[
        "round",
        "subproject",
        "quarter",
        "revision",
        "sha256",
        "size_bytes",
        "file_name",
        "uploaded_by",
        "uploaded_at",
        "template_version",
        "rule_version",
        "plan_version",
        "blocking",
        "warnings",
        "notices",
    ],
    once(&[Action::UploadReceived]),
);
pub(crate) static UPLOAD_STATE: Rows = part(
    "upload_state",
    "upload",
    BY_ID,
    &["state"],
    None,
    changing(&[
        Action::UploadReceived,
        Action::Submitted,
        Action::Endorsed,
        Action::Accepted,
        Action::Returned,
        Action::Superseded,
    ]),
);
pub(crate) static UPLOAD_SUBMITTED: Rows = part(
    "upload_submitted",
    "upload",
    BY_ID,
    &["submitted_by", "submitted_at"],
    Some("submitted_at"),
    once(&[Action::Submitted]),
);
pub(crate) static UPLOAD_ENDORSED: Rows = part(
    "upload_endorsed",
    "upload",
    BY_ID,
    &["endorsed_by", "endorsed_at"],
    Some("endorsed_at"),
    once(&[Action::Endorsed]),
);
pub(crate) static UPLOAD_DECIDED: Rows = part(
    "upload_decided",
    "upload",
    BY_ID,
    &["decided_by", "decided_at", "return_reason"],
    Some("decided_at"),
    once(&[Action::Accepted, Action::Returned]),
);
pub(crate) static UPLOAD_SUPERSEDED: Rows = part(
    "upload_superseded",
    "upload",
    BY_ID,
    &["superseded_at"],
    Some("superseded_at"),
    once(&[Action::Superseded]),
);
pub(crate) static UPLOAD_SUMMARY: Rows = whole(
    "upload_summary",
    BY_UPLOAD,
    &["voucher_sheet", "voucher_columns", "totals"],
    once(&[Action::UploadReceived]),
);
pub(crate) static FIGURE: Rows = whole(
    "figure",
    BY_UPLOAD,
    &[
        "position",
        "kind",
        "key",
        "part",
        "sheet",
        "sheet_row",
        "sheet_col",
        "value",
        "text",
    ],
    once(&[Action::UploadReceived]),
);
pub(crate) static VOUCHER: Rows = whole(
    "voucher",
    BY_UPLOAD,
    &[
        "sheet_row",
        "number",
        "paid_on",
        "payee",
        "purpose",
        "item",
        "amount_cents",
        "corrects",
    ],
    once(&[Action::UploadReceived]),
);
pub(crate) static FINDING: Rows = whole(
    "finding",
    BY_UPLOAD,
    &[
        "position",
        "code",
        "severity",
        "sheet",
        "sheet_row",
        "sheet_col",
        "related",
        "detail",
    ],
    once(&[Action::UploadReceived]),
);
pub(crate) static FINDING_COMMENT: Rows = whole(
    "finding_comment",
    BY_UPLOAD,
    &["finding", "comment", "commented_by", "commented_at"],
    once(&[Action::Submitted]),
);
pub(crate) static REFUSED_UPLOAD: Rows = whole(
    "refused_upload",
    &[("subproject", Text), ("sent_at", Number)],
    &["quarter", "sha256", "size_bytes", "sent_by", "reason"],
    once(&[Action::UploadRefused]),
);
