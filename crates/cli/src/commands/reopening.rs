//! `nachweis reopen`, `confirm`, `withdraw`, `reopenings`: closed quarters that are open again for a subproject.

use nachweis_domain::key::{RoundCode, SubprojectNo};
use nachweis_service::KnownReopening;

use crate::{
    Outcome,
    args::{ConfirmArgs, ReopenArgs, ReopeningsArgs, WithdrawArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Asks for a reopening; prints its id.
pub(crate) fn ask(args: &ReopenArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let no = SubprojectNo::new(&args.subproject);
    let known = service
        .request_reopening(&caller, &no, args.quarter, &args.reason, args.until.at())
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    told(&known)?;
    Ok(Outcome::Clean)
}

/// Confirms a reopening.
pub(crate) fn confirm(args: &ConfirmArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let known = service
        .confirm_reopening(&caller, args.id)
        .or_unknown(|| unknown::reopening(&args.id.to_string()))?;
    told(&known)?;
    Ok(Outcome::Clean)
}

/// Takes back a request, or ends a reopening early.
pub(crate) fn withdraw(args: &WithdrawArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let known = service
        .withdraw_reopening(&caller, args.id, &args.reason)
        .or_unknown(|| unknown::reopening(&args.id.to_string()))?;
    told(&known)?;
    Ok(Outcome::Clean)
}

/// Lists the reopenings of a round, those that wait for a second person among them.
pub(crate) fn list(args: &ReopeningsArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let reopenings = service
        .reopenings(&caller, &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    reopenings.iter().try_for_each(|known| {
        say::line(&format!(
            "{}\t{}",
            line(known),
            say::one_line(&known.record.reason)
        ))
    })?;
    Ok(Outcome::Clean)
}

fn told(known: &KnownReopening) -> Result<(), Failure> {
    say::line(&line(known))
}

/// Id, subproject, quarter, end and state, separated by tabs.
fn line(known: &KnownReopening) -> String {
    let record = &known.record;
    format!(
        "{}\t{}\t{}\t{}\t{}",
        record.id,
        record.subproject,
        record.quarter,
        record.expires_at.to_rfc3339(),
        known.state.as_str()
    )
}
