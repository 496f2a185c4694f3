//! Plan versions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::plan::PlanVersion;
use serde::Serialize;
use utoipa::ToSchema;

/// A version of a financing plan with its targets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanVersion)]
pub(crate) struct PlanView {
    /// 1, 2, 3 … within the subproject.
    number: u32,
    /// The day from which it takes effect.
    effective_from: NaiveDate,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// The planned amount of each plan item and calendar year.
    items: Vec<PlannedItem>,
    /// The planned amount of each source over the whole grant period.
    sources: Vec<PlannedSource>,
    /// Targets of indicators over the whole grant period.
    targets: BTreeMap<String, u64>,
}

/// The planned amount of a plan item in a calendar year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlannedItem {
    /// The plan item.
    item: String,
    /// The calendar year.
    year: i32,
    /// Euro cents.
    amount_cents: i64,
}

/// The planned amount of a source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlannedSource {
    /// The source.
    source: String,
    /// Euro cents.
    amount_cents: i64,
}

impl PlanView {
    /// The plan version for sending.
    pub(crate) fn of(plan: &PlanVersion) -> Self {
        let items = plan.items.iter().flat_map(|(item, years)| {
            years.iter().map(move |(year, amount)| PlannedItem {
                item: item.to_string(),
                year: *year,
                amount_cents: amount.cents(),
            })
        });
        let sources = plan.sources.iter().map(|(source, amount)| PlannedSource {
            source: source.to_string(),
            amount_cents: amount.cents(),
        });
        Self {
            number: plan.number,
            effective_from: plan.effective_from,
            recorded_at: plan.recorded_at,
            items: items.collect(),
            sources: sources.collect(),
            targets: plan
                .targets
                .iter()
                .map(|(code, target)| (code.to_string(), *target))
                .collect(),
        }
    }
}
