//! `nachweis retention`: until when originals are kept, holds that keep them longer, and erasing what need not be kept.

mod erase;

use chrono::NaiveDate;
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    language::Language,
    retention::{Hold, Kept, RetentionState},
};
use nachweis_service::Service;

use crate::{
    Outcome,
    args::{HoldCommand, LiftHoldArgs, PlaceHoldArgs, RetentionCommand, RetentionDueArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Lists what is due, or places, lifts and lists holds.
pub(crate) fn run(command: &RetentionCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        RetentionCommand::Due(args) => due(args, settings),
        RetentionCommand::Hold(HoldCommand::Place(args)) => place(args, settings),
        RetentionCommand::Hold(HoldCommand::Lift(args)) => lift(args, settings),
        RetentionCommand::Hold(HoldCommand::List) => list(settings),
        RetentionCommand::Erase(command) => erase::run(command, settings),
    }
}

/// One line for each subproject: number, last payment, last day, holds, originals, bytes, state, erased originals; separated
/// by tabs.
fn due(args: &RetentionDueArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let (today, kept) = service
        .kept(&Service::operator(), &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let on = args.on.unwrap_or(today);
    for kept in &kept {
        let state = kept.state(on);
        if args.all || matches!(state, RetentionState::Due | RetentionState::Held) {
            say::line(&line(kept, state))?;
        }
    }
    let of = |state| kept.iter().filter(move |kept| kept.state(on) == state);
    let due: Vec<&Kept> = of(RetentionState::Due).collect();
    let held = of(RetentionState::Held).count();
    let bytes = due
        .iter()
        .fold(0_u64, |sum, kept| sum.saturating_add(kept.size_bytes));
    let (day, due, bytes) = (settings.lang.date(on), due.len(), settings.lang.group(bytes));
    say::note(&match settings.lang {
        Language::De => format!(
            "Am {day}: Frist abgelaufen für {due} Teilvorhaben ({bytes} Bytes), {held} weitere gesperrt. Gelöscht wird erst, wenn eine Person es vorschlägt und eine andere bestätigt."
        ),
        Language::En => format!(
            "On {day}: {due} subprojects need not be kept any longer ({bytes} bytes), {held} more are held. Nothing is erased until one person proposes and another confirms it."
        ),
    });
    Ok(Outcome::Clean)
}

fn line(kept: &Kept, state: RetentionState) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        kept.subproject,
        day(kept.events.payment),
        day(kept.keep_until),
        kept.holds,
        kept.originals,
        kept.size_bytes,
        state.as_str(),
        kept.erased,
    )
}

fn place(args: &PlaceHoldArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let no = SubprojectNo::new(&args.subproject);
    let hold = service
        .place_hold(&caller, &no, &args.reason)
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    told(&hold)?;
    Ok(Outcome::Clean)
}

fn lift(args: &LiftHoldArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let hold = service
        .lift_hold(&caller, args.id, &args.reason)
        .or_unknown(|| unknown::hold(&args.id.to_string()))?;
    told(&hold)?;
    Ok(Outcome::Clean)
}

fn list(settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    for hold in service.holds(&Service::operator())? {
        told(&hold)?;
    }
    Ok(Outcome::Clean)
}

/// One line: id, subproject, state, placed at and by, reason; separated by tabs.
fn told(hold: &Hold) -> Result<(), Failure> {
    let state = if hold.lifted.is_some() { "lifted" } else { "held" };
    say::line(&format!(
        "{}\t{}\t{state}\t{}\t{}\t{}",
        hold.id,
        hold.subproject,
        hold.placed.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        hold.placed.by.login,
        hold.reason.split_whitespace().collect::<Vec<_>>().join(" "),
    ))
}
