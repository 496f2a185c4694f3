//! A subproject with its plan versions and uploads.

use nachweis_domain::{plan::PlanVersion, record::Upload, subproject::Subproject};

/// A subproject with its plan versions and uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubprojectView {
    /// The subproject.
    pub subproject: Subproject,
    /// Its plan versions, the first first.
    pub plans: Vec<PlanVersion>,
    /// Its uploads in the order of quarter and revision.
    pub uploads: Vec<Upload>,
}
