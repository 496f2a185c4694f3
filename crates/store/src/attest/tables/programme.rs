//! Rows of the programme: rounds, networks, subprojects, what is planned and what was paid.

use nachweis_domain::record::Action;

use super::{
    Kind::{Number, Text},
    Rows, changing, once, whole,
};

pub(crate) static ROUND: Rows = whole(
    "funding_round",
    &[("code", Text)],
    &["recorded_at"],
    once(&[Action::RoundLoaded]),
);
pub(crate) static ROUND_VERSION: Rows = whole(
    "funding_round_version",
    &[("round", Text), ("number", Number)],
    &["document", "document_sha256", "recorded_at"],
    once(&[Action::RoundLoaded]),
);
pub(crate) static NETWORK: Rows = whole(
    "network",
    &[("round", Text), ("code", Text)],
    &["name", "land", "recorded_at"],
    changing(&[Action::NetworkRecorded]),
);
pub(crate) static NETWORK_VERSION: Rows = whole(
    "network_version",
    &[("round", Text), ("network", Text), ("number", Number)],
    &["name", "land", "recorded_at"],
    once(&[Action::NetworkRecorded]),
);
pub(crate) static SUBPROJECT: Rows = whole(
    "subproject",
    &[("no", Text)],
    &[
        "round",
        "kind",
        "title",
        "carrier",
        "network",
        "land",
        "nuts2",
        "regions",
        "strand",
        "action_field",
        "first_day",
        "last_day",
        "passed_on_via",
        "recorded_at",
    ],
    changing(&[Action::SubprojectRecorded]),
);
pub(crate) static SUBPROJECT_VERSION: Rows = whole(
    "subproject_version",
    &[("subproject", Text), ("number", Number)],
    &["document", "recorded_at"],
    once(&[Action::SubprojectRecorded]),
);
pub(crate) static PLAN_VERSION: Rows = whole(
    "plan_version",
    &[("subproject", Text), ("number", Number)],
    &["effective_from", "recorded_at", "recorded_by"],
    once(&[Action::PlanRecorded]),
);
pub(crate) static PLAN_ROW: Rows = whole(
    "plan_row",
    &[("subproject", Text), ("number", Number)],
    &["kind", "key", "year", "amount"],
    once(&[Action::PlanRecorded]),
);
pub(crate) static DISBURSEMENT: Rows = whole(
    "disbursement",
    &[("subproject", Text), ("recorded_at", Number)],
    &["paid_on", "source", "amount_cents", "recorded_by"],
    once(&[Action::ProgrammeImported]),
);
