//! Subprojects.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    region::RegionCategory,
    subproject::{AwardPath, Subproject},
};
use nachweis_service::{GrantQuarter, SubprojectView};
use serde::Serialize;
use utoipa::ToSchema;

use super::{plan::PlanView, round::PeriodView, upload::UploadView};

/// A subproject.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Subproject)]
pub(crate) struct SubprojectBody {
    /// The number people use.
    #[schema(example = "IQ23-NW-017")]
    no: String,
    /// Its round.
    round: String,
    /// What it is: `regional`, `coordination`, `networking_project`, `competence_centre` or `operation`.
    kind: &'static str,
    /// The title.
    title: String,
    /// The organisation that delivers it.
    carrier: String,
    /// Its regional network.
    network: Option<String>,
    /// Its Land (ISO 3166-2:DE letters); nationwide subprojects have none.
    #[schema(example = "NW")]
    land: Option<String>,
    /// The NUTS-2 region of implementation.
    nuts2: Option<String>,
    /// Its categories of region with their shares.
    regions: Vec<RegionShare>,
    /// Its funding strand.
    strand: String,
    /// Its action field.
    action_field: String,
    /// From the first to the last day of the grant.
    grant_period: PeriodView,
    /// The network whose coordination passes the grant on, where it does not come directly.
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on_by: Option<String>,
}

/// A category of region with its share.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionShare {
    /// `more_developed`, `former_transition` or `transition`.
    category: &'static str,
    /// The share as a fraction: `0.5`.
    share: String,
}

impl SubprojectBody {
    /// The subproject for sending.
    pub(crate) fn of(subproject: &Subproject) -> Self {
        let share = |(category, rate): &(RegionCategory, nachweis_domain::rate::Rate)| RegionShare {
            category: category.as_str(),
            share: rate.to_string(),
        };
        Self {
            no: subproject.no.to_string(),
            round: subproject.round.to_string(),
            kind: subproject.kind.as_str(),
            title: subproject.title.clone(),
            carrier: subproject.carrier.name.clone(),
            network: subproject.network.as_ref().map(ToString::to_string),
            land: subproject.land.map(|land| land.code().to_owned()),
            nuts2: subproject.nuts2.map(|nuts2| nuts2.code().to_owned()),
            regions: subproject.regions.shares().iter().map(share).collect(),
            strand: subproject.strand.to_string(),
            action_field: subproject.action_field.to_string(),
            grant_period: PeriodView::of(subproject.grant_period),
            passed_on_by: match &subproject.award_path {
                AwardPath::Direct => None,
                AwardPath::PassedOn { via } => Some(via.to_string()),
            },
        }
    }
}

/// A page of subprojects in the order of their numbers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubprojectPage {
    /// The subprojects that the caller may see.
    pub(crate) subprojects: Vec<SubprojectBody>,
    /// How many there are on all pages.
    pub(crate) total: u64,
    /// The value of `after` for the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// A subproject with its plan versions and uploads.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubprojectDetail {
    /// The subproject.
    #[serde(flatten)]
    subproject: SubprojectBody,
    /// Its plan versions, the first first.
    plans: Vec<PlanView>,
    /// Its uploads in the order of quarter and revision.
    uploads: Vec<UploadView>,
    /// The quarters of its grant in their order, and whether they take uploads and steps now.
    quarters: Vec<GrantQuarterView>,
}

/// A quarter of a grant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrantQuarter)]
pub(crate) struct GrantQuarterView {
    /// The quarter.
    #[schema(example = "2024-Q3")]
    quarter: String,
    /// `open`; `closed` for everybody; `reopened` for this subproject until a moment; `expired` when that has passed.
    standing: &'static str,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<DateTime<Utc>>,
    /// Until when it is, or was last, open again for this subproject.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened_until: Option<DateTime<Utc>>,
}

impl GrantQuarterView {
    fn of(quarter: &GrantQuarter) -> Self {
        Self {
            quarter: quarter.quarter.to_string(),
            standing: quarter.standing.as_str(),
            closed_at: quarter.closed_at,
            reopened_until: quarter.standing.reopened_until(),
        }
    }
}

impl SubprojectDetail {
    /// The subproject for sending.
    pub(crate) fn of(view: &SubprojectView) -> Self {
        Self {
            subproject: SubprojectBody::of(&view.subproject),
            plans: view.plans.iter().map(PlanView::of).collect(),
            uploads: view.uploads.iter().map(UploadView::of).collect(),
            quarters: view.quarters.iter().map(GrantQuarterView::of).collect(),
        }
    }
}
