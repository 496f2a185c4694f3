//! Closed quarters as they are sent.

use chrono::{DateTime, Utc};
use nachweis_domain::record::Closing;
use nachweis_service::{ClosedQuarter, Missing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What is said when closing a quarter.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    /// Closes the quarter although expected reports are not accepted.
    #[serde(default)]
    without_missing: bool,
}

impl Close {
    /// Whether missing reports are acknowledged.
    pub(crate) const fn missing(&self) -> Missing {
        if self.without_missing {
            Missing::Acknowledged
        } else {
            Missing::Refused
        }
    }
}

/// A closed quarter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Closing)]
pub(crate) struct ClosingView {
    /// The round.
    round: String,
    /// The quarter.
    #[schema(example = "2024-Q3")]
    quarter: String,
    /// Who closed it.
    closed_by: Uuid,
    /// When.
    closed_at: DateTime<Utc>,
    /// How many expected reports had not been accepted.
    missing: u32,
}

impl ClosingView {
    /// The closing for sending.
    fn of(closing: &Closing) -> Self {
        Self {
            round: closing.round.to_string(),
            quarter: closing.quarter.to_string(),
            closed_by: closing.closed_by.0,
            closed_at: closing.closed_at,
            missing: closing.missing,
        }
    }
}

/// A closed quarter with what was frozen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClosedQuarter)]
pub(crate) struct ClosedView {
    /// The closing.
    #[serde(flatten)]
    closing: ClosingView,
    /// The frozen reports.
    reports: Vec<FrozenView>,
}

/// A frozen report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrozenReport)]
pub(crate) struct FrozenView {
    /// The name of the report.
    name: String,
    /// `de` or `en`; JSON holds both.
    language: String,
    /// `xlsx`, `csv` or `json`.
    format: String,
    /// The hash of its bytes.
    sha256: String,
}

impl ClosedView {
    /// The closed quarter for sending.
    pub(crate) fn of(closed: &ClosedQuarter) -> Self {
        let reports = closed.reports.iter().map(|report| FrozenView {
            name: report.name.clone(),
            language: report.language.clone(),
            format: report.format.clone(),
            sha256: report.sha256.to_string(),
        });
        Self {
            closing: ClosingView::of(&closed.closing),
            reports: reports.collect(),
        }
    }
}
