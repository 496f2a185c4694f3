//! Whether a workbook is the one that is expected: subproject, quarter, template version, plan version.

use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding},
    key::SubprojectNo,
    quarter::Quarter,
    round::FundingRound,
};

use crate::{
    envelope::Envelope,
    layout::{ColumnKey, Field, Layout, RowKind, SheetKind, Version},
    reading::Reading,
};

/// Compares a workbook with what is expected: TPL-02, TPL-03, TPL-04 and TPL-20, at the cell of the cover that says it.
///
/// `current_plan` is the number of the plan version in effect by the record; `None` leaves it out.
pub fn check_identity(
    reading: &Reading,
    expected_no: &SubprojectNo,
    expected_quarter: Quarter,
    round: &FundingRound,
    current_plan: Option<u32>,
) -> Vec<Finding> {
    let Some(envelope) = &reading.envelope else {
        return Vec::new();
    };
    let context = &envelope.context;
    let mut found = Vec::new();
    let mut differs =
        |field: Field, detail: Detail| found.push(finding(reading, envelope, round, field, detail));
    if context.subproject.no != *expected_no {
        differs(
            Field::Subproject,
            Detail::OtherSubproject {
                found: context.subproject.no.to_string(),
                expected: expected_no.to_string(),
            },
        );
    }
    if context.quarter != expected_quarter {
        differs(
            Field::Quarter,
            Detail::OtherQuarter {
                found: context.quarter.to_string(),
                expected: expected_quarter.to_string(),
            },
        );
    }
    if context.template_version != round.template_version {
        differs(
            Field::Template,
            Detail::OtherTemplateVersion {
                found: context.template_version.to_string(),
                expected: round.template_version.to_string(),
            },
        );
    }
    if let Some(current) = current_plan.filter(|current| *current != context.plan.number) {
        let issued = context.plan.number;
        differs(Field::PlanVersion, Detail::PlanChanged { issued, current });
    }
    found
}

fn finding(
    reading: &Reading,
    envelope: &Envelope,
    round: &FundingRound,
    field: Field,
    detail: Detail,
) -> Finding {
    match cover_cell(reading, envelope, round, field) {
        Some(at) => Finding::at(at, detail),
        None => Finding::whole(detail),
    }
}

/// Where a field of the cover stands in the workbook; `None` when it is not there.
pub(super) fn cover_cell(
    reading: &Reading,
    envelope: &Envelope,
    round: &FundingRound,
    field: Field,
) -> Option<CellRef> {
    let layout = Layout::new(Version::of(&envelope.context.template_version)?, round);
    let cover = layout.sheet(SheetKind::Cover)?;
    let key = &cover
        .rows
        .iter()
        .find(|row| row.kind == RowKind::Field(field))?
        .key;
    let places = reading
        .places
        .sheets
        .iter()
        .find(|places| places.sheet == SheetKind::Cover)?;
    let row = places.rows.iter().find(|(known, _)| known == key)?.1;
    let col = places
        .columns
        .iter()
        .find(|(known, _)| *known == ColumnKey::Value)?
        .1;
    Some(CellRef::at(places.name.as_str(), row, col))
}
