//! The two views of corrections: in the quarter of their workbook, or in the quarter that they correct.

use nachweis_domain::language::Text;
use nachweis_report::{Report, ReportName, View};

use crate::error::ServiceError;

/// Whether a report has the two views: those made of expenditure.
pub(crate) const fn has_views(name: ReportName) -> bool {
    matches!(name, ReportName::Burn | ReportName::Deviations)
}

/// The view that was asked for, or *as reported*.
///
/// # Errors
/// [`ServiceError::Invalid`] for a report that has no views.
pub(crate) fn wanted(name: ReportName, view: Option<View>) -> Result<View, ServiceError> {
    match view {
        Some(_) if !has_views(name) => Err(ServiceError::Invalid {
            code: "view-unfitting",
            text: Text::new(
                format!(
                    "Den Bericht {name} gibt es nur wie gemeldet. Eine Sicht auf Berichtigungen haben die Ausgaben in burn und deviations; bitte die Angabe weglassen."
                ),
                format!(
                    "The report {name} is given as reported only. Expenditure in burn and deviations has a view of corrections; please leave it out."
                ),
            ),
        }),
        view => Ok(view.unwrap_or(View::Reported)),
    }
}

/// Names the view in the head of a report.
pub(crate) fn name(report: &mut Report, view: View) {
    let value = match view {
        View::Reported => Text::new(
            "wie gemeldet (im Quartal der Arbeitsmappe)",
            "as reported (in the quarter of the workbook)",
        ),
        View::Corrected => Text::new(
            "wie berichtigt (im Quartal, das sie berichtigen)",
            "as corrected (in the quarter that they correct)",
        ),
    };
    report
        .parameters
        .push((Text::new("Berichtigungen", "Corrections"), value));
    if view == View::Corrected {
        report.notes.push(Text::new(
            "Belege, die ein früheres Quartal berichtigen, zählen in diesem, solange es gemeldet ist; sonst im Quartal ihrer \
             Arbeitsmappe. Pauschalen, die aus ihnen gerechnet sind, bleiben im Quartal der Arbeitsmappe. Die Summe über alle \
             Quartale ist in beiden Sichten gleich.",
            "Vouchers that correct an earlier quarter count in that quarter where it is reported, otherwise in the quarter of \
             their workbook. Flat rates computed from them stay in the quarter of the workbook. The sum over all quarters is the \
             same in both views.",
        ));
    }
}
