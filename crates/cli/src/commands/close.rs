//! `nachweis close`, `reopen`, `confirm`, `differences`: closed quarters.

use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    record::ReopeningRecord,
};
use nachweis_service::{Missing, Service};

use crate::{
    Outcome,
    args::{CloseArgs, ConfirmArgs, DifferencesArgs, ReopenArgs},
    commands::report,
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Closes a quarter; prints each frozen report with its hash.
pub(crate) fn run(args: &CloseArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let missing = if args.without_missing_reports {
        Missing::Acknowledged
    } else {
        Missing::Refused
    };
    let closed = service
        .close_quarter(&caller, &RoundCode::new(&args.round), args.quarter, missing)
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    for report in &closed.reports {
        say::line(&format!(
            "{}\t{}\t{}\t{}",
            report.name, report.format, report.language, report.sha256
        ))?;
    }
    Ok(Outcome::Clean)
}

/// Asks for a reopening; prints its id.
pub(crate) fn reopen(args: &ReopenArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let no = SubprojectNo::new(&args.subproject);
    let record = service
        .request_reopening(&caller, &no, args.quarter, &args.reason, args.until.at())
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    told(&record)
}

/// Confirms a reopening.
pub(crate) fn confirm(args: &ConfirmArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let record = service
        .confirm_reopening(&caller, args.id)
        .or_unknown(|| unknown::reopening(&args.id.to_string()))?;
    told(&record)
}

/// Makes the difference report of a closed quarter.
pub(crate) fn differences(args: &DifferencesArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let format = report::format(args.format, args.output.as_deref())?;
    let service = open::service(settings)?;
    let found = service
        .differences(
            &Service::operator(),
            &RoundCode::new(&args.round),
            args.quarter,
            args.as_of,
        )
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let bytes = report::rendered(&found, format, settings.lang)?;
    report::written(args.output.as_deref(), &bytes)
}

/// One line: id, subproject, quarter, end, and whether it counts; separated by tabs.
fn told(record: &ReopeningRecord) -> Result<Outcome, Failure> {
    let state = if record.confirmed.is_some() {
        "confirmed"
    } else {
        "requested"
    };
    say::line(&format!(
        "{}\t{}\t{}\t{}\t{state}",
        record.id,
        record.subproject,
        record.quarter,
        record.expires_at.to_rfc3339()
    ))?;
    Ok(Outcome::Clean)
}
