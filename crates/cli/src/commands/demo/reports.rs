//! The demonstration's reports: what a manager and an auditor would fetch.

use nachweis_domain::key::RoundCode;
use nachweis_service::{GroupBy, ReportName, ReportRequest, Service};

use super::{ROUND, Stage};
use crate::{args::Format, commands::report::rendered, failure::Failure, open};

/// Reports with a file name of their own, besides each report as it usually is.
const GROUPED: [(&str, ReportName, GroupBy); 4] = [
    ("burn-land", ReportName::Burn, GroupBy::Land),
    ("burn-region-category", ReportName::Burn, GroupBy::RegionCategory),
    ("burn-subproject", ReportName::Burn, GroupBy::Subproject),
    ("indicators-land", ReportName::Indicators, GroupBy::Land),
];

/// Writes all reports and the audit workbook. Says whether the control totals agree.
pub(super) fn write(stage: &Stage) -> Result<bool, Failure> {
    stage.tell("Berichte schreiben …", "Writing reports …");
    let usual = ReportName::ALL.iter().map(|name| (name.as_str(), *name, None));
    let grouped = GROUPED
        .iter()
        .map(|(file, name, group_by)| (*file, *name, Some(*group_by)));
    let round = RoundCode::new(ROUND);
    for (file, name, group_by) in usual.chain(grouped) {
        let request = ReportRequest {
            name,
            group_by,
            quarter: None,
            on: None,
        };
        let report = stage.service.report(&Service::operator(), &round, &request)?;
        let bytes = rendered(&report, Format::Xlsx, stage.language())?;
        open::write(&stage.folder.report(&format!("{file}.xlsx")), &bytes)?;
    }
    let audit = stage.folder.report("audit.xlsx");
    let totals = stage
        .service
        .export_audit(&Service::operator(), &round, stage.language(), &audit)?;
    Ok(totals.agree())
}
