//! Rows of waivers: what is asked, decided and withdrawn, and what was handed in under them.

use super::{BY_ID, BY_UPLOAD, Kind::Text, Rows, part, whole};

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
);
pub(crate) static WAIVER_WITHDRAWAL: Rows = whole(
    "waiver_withdrawal",
    &[("waiver", Text)],
    &["reason", "withdrawn_by", "withdrawn_at"],
);
pub(crate) static FINDING_WAIVER: Rows = whole("finding_waiver", BY_UPLOAD, &["finding", "waiver"]);
pub(crate) static UPLOAD_WAIVED: Rows = part("upload_waived", "upload", BY_ID, &["waived"], Some("waived"));
