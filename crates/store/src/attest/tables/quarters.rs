//! Rows of closed quarters: what was frozen with them, and who reopened them.

use nachweis_domain::record::Action;

use super::{
    BY_ID,
    Kind::{Number, Text},
    Rows, once, part, whole,
};

pub(crate) static QUARTER_CLOSING: Rows = whole(
    "quarter_closing",
    &[("round", Text), ("quarter", Number)],
    &["closed_by", "closed_at", "missing"],
    once(&[Action::QuarterClosed]),
);
pub(crate) static FROZEN_REPORT: Rows = whole(
    "frozen_report",
    &[("round", Text), ("quarter", Number)],
    &["name", "language", "format", "sha256"],
    once(&[Action::QuarterClosed]),
);
pub(crate) static REOPENING: Rows = whole(
    "reopening",
    BY_ID,
    &[
        "round",
        "quarter",
        "subproject",
        "reason",
        "requested_by",
        "requested_at",
        "expires_at",
    ],
    once(&[Action::ReopeningRequested]),
);
pub(crate) static REOPENING_CONFIRMED: Rows = part(
    "reopening_confirmed",
    "reopening",
    BY_ID,
    &["confirmed_by", "confirmed_at"],
    Some("confirmed_at"),
    once(&[Action::ReopeningConfirmed]),
);
pub(crate) static REOPENING_WITHDRAWAL: Rows = whole(
    "reopening_withdrawal",
    &[("reopening", Text)],
    &["reason", "withdrawn_by", "withdrawn_at"],
    once(&[Action::ReopeningWithdrawn]),
);
