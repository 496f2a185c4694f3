//! `nachweis close`, `closings`, `differences`: closed quarters.

use nachweis_domain::key::RoundCode;
use nachweis_service::{ClosedQuarter, Missing, Service};

use crate::{
    Outcome,
    args::{CloseArgs, ClosingsArgs, DifferencesArgs},
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
    frozen(&closed)?;
    Ok(Outcome::Clean)
}

/// Lists the closed quarters of a round, one line each; of a single one what was frozen, as closing it printed.
pub(crate) fn list(args: &ClosingsArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let all = service
        .closed_quarters(&caller, &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    match args.quarter {
        Some(quarter) => {
            let closed = all.iter().find(|closed| closed.closing.quarter == quarter);
            frozen(closed.ok_or_else(|| unknown::closing(quarter))?)?;
        }
        None => all.iter().try_for_each(line)?,
    }
    Ok(Outcome::Clean)
}

/// Quarter, moment, how many reports were missing and how many files were frozen, separated by tabs.
fn line(closed: &ClosedQuarter) -> Result<(), Failure> {
    let closing = &closed.closing;
    say::line(&format!(
        "{}\t{}\t{}\t{}",
        closing.quarter,
        closing.closed_at.to_rfc3339(),
        closing.missing,
        closed.reports.len()
    ))
}

/// Each frozen report with its hash: name, format, language, SHA-256.
fn frozen(closed: &ClosedQuarter) -> Result<(), Failure> {
    closed.reports.iter().try_for_each(|report| {
        say::line(&format!(
            "{}\t{}\t{}\t{}",
            report.name, report.format, report.language, report.sha256
        ))
    })
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
