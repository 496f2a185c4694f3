//! Plan versions, row by row.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{AuditPerson, AuditValue};
use crate::key::SubprojectNo;

/// What a row of a plan version plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanRowKind {
    /// The amount of a plan item in a calendar year.
    Item,
    /// The amount of a source over the whole grant period.
    Source,
    /// The target of an indicator over the whole grant period.
    Target,
}

impl PlanRowKind {
    /// All kinds in the order of reports.
    pub const ALL: [Self; 3] = [Self::Item, Self::Source, Self::Target];

    /// The stable name in files and columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Source => "source",
            Self::Target => "target",
        }
    }
}

/// A row of a plan version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPlanRow {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The number of the plan version within the subproject.
    pub version: u32,
    /// The day from which it takes effect.
    pub effective_from: NaiveDate,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it; `None` for the system itself.
    pub recorded_by: Option<Arc<AuditPerson>>,
    /// What is planned.
    pub kind: PlanRowKind,
    /// The plan item, source or indicator.
    pub key: Arc<str>,
    /// The calendar year, for plan items.
    pub year: Option<i32>,
    /// [`AuditValue::Money`] for items and sources, [`AuditValue::Count`] for targets.
    pub value: AuditValue,
}
