//! Findings with their cell.

use nachweis_domain::{
    finding::Finding,
    language::{Language, Text},
    record::RatedFinding,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{text::TextView, waiver::FindingWaiverView};

/// Something wrong or odd in a workbook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
pub(crate) struct FindingView {
    /// The position in the list, from 0: comments on warnings refer to it.
    index: u32,
    /// How much it weighs: `blocking`, `warning` or `notice`.
    #[schema(example = "warning")]
    severity: &'static str,
    /// What and where.
    #[serde(flatten)]
    bare: BareFindingView,
    /// Other cells that take part: `Ausgaben!F9`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    /// What is said of each cell, where one finding stands for several: stale results, formulas that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<BareFindingView>,
    /// The lead's comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// The waiver under which it was handed in, or could be now.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<FindingWaiverView>,
}

/// What is wrong or odd, and where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FindingPlace)]
pub(crate) struct BareFindingView {
    /// The stable code.
    #[schema(example = "FIN-03")]
    code: &'static str,
    /// The sheet; missing when it concerns the workbook as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// The cell on the sheet: `D17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    /// Where, what is there, what is expected, what to do.
    message: TextView,
}

impl FindingView {
    /// The finding at a position of the list.
    pub(crate) fn of(index: u32, rated: &RatedFinding) -> Self {
        Self {
            index,
            severity: rated.severity.as_str(),
            bare: BareFindingView::of(&rated.finding),
            related: rated.finding.related.iter().map(ToString::to_string).collect(),
            parts: rated.finding.parts().iter().map(BareFindingView::of).collect(),
            comment: rated.comment.clone(),
            waiver: rated.waiver.map(FindingWaiverView::from),
        }
    }

    /// A list of findings.
    pub(crate) fn list(findings: &[RatedFinding]) -> Vec<Self> {
        (0_u32..)
            .zip(findings)
            .map(|(index, rated)| Self::of(index, rated))
            .collect()
    }
}

impl BareFindingView {
    /// The finding without a position.
    pub(crate) fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code().as_str(),
            sheet: finding.at.as_ref().map(|at| at.sheet().to_owned()),
            cell: finding.at.as_ref().map(nachweis_domain::cell::CellRef::a1),
            message: TextView::of(&Text::new(
                finding.message(Language::De),
                finding.message(Language::En),
            )),
        }
    }
}
