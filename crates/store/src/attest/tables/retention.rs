//! Rows of retention: what holds originals, and which were erased.

use nachweis_domain::record::Action;

use super::{BY_ID, Kind::Text, Rows, once, whole};

pub(crate) static RETENTION_HOLD: Rows = whole(
    "retention_hold",
    BY_ID,
    &["subproject", "reason", "placed_by", "placed_at"],
    once(&[Action::HoldPlaced]),
);
pub(crate) static RETENTION_HOLD_LIFT: Rows = whole(
    "retention_hold_lift",
    &[("hold", Text)],
    &["reason", "lifted_by", "lifted_at"],
    once(&[Action::HoldLifted]),
);
pub(crate) static ERASURE: Rows = whole(
    "erasure",
    BY_ID,
    &[
        "subproject",
        "keep_until",
        "originals",
        "size_bytes",
        "proposed_by",
        "proposed_at",
    ],
    once(&[Action::ErasureProposed]),
);
pub(crate) static ERASURE_CONFIRMATION: Rows = whole(
    "erasure_confirmation",
    &[("erasure", Text)],
    &["proposed_by", "proposed_at", "confirmed_by", "confirmed_at"],
    once(&[Action::OriginalsErased]),
);
/// The originals of an erasure.
pub(crate) static ERASED_ORIGINAL: Rows = whole(
    "erased_original",
    &[("erasure", Text)],
    &["sha256"],
    once(&[Action::OriginalsErased]),
);
