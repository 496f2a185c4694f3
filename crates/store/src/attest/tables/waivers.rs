//! Rows of waivers: what is asked, decided and withdrawn, and what was handed in under them.

use nachweis_domain::record::Action;

use super::{BY_ID, BY_UPLOAD, Kind::Text, Rows, once, part, whole};

pub(crate) static WAIVER: Rows = whole(
    "waiver",
    BY_ID,
    &[
        "round",
        "number",
        "subproject",
        "code",
        "first_quarter",
        "last_quarter",
        "reason",
        "asked_by",
        "asked_at",
        "asked_until",
    ],
    once(&[Action::WaiverAsked]),
);
pub(crate) static WAIVER_DECISION: Rows = whole(
    "waiver_decision",
    &[("waiver", Text)],
    &[
        "asked_by",
        "asked_at",
        "asked_until",
        "until",
        "reason",
        "decided_by",
        "decided_at",
    ],
    once(&[Action::WaiverGranted, Action::WaiverRefused]),
);
pub(crate) static WAIVER_WITHDRAWAL: Rows = whole(
    "waiver_withdrawal",
    &[("waiver", Text)],
    &["reason", "withdrawn_by", "withdrawn_at"],
    once(&[Action::WaiverWithdrawn]),
);
pub(crate) static FINDING_WAIVER: Rows = whole(
    "finding_waiver",
    BY_UPLOAD,
    &["finding", "waiver"],
    once(&[Action::Submitted]),
);
pub(crate) static UPLOAD_WAIVED: Rows = part(
    "upload_waived",
    "upload",
    BY_ID,
    &["waived"],
    Some("waived"),
    once(&[Action::Submitted]),
);
