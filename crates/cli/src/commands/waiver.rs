//! `nachweis waiver`: ask, grant, refuse, withdraw, list.

use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    past_moment::PastMoment,
};
use nachweis_service::{KnownWaiver, Service, WaiverRequest};

use crate::{
    Outcome,
    args::WaiverCommand,
    args_of_decisions::{AskWaiverArgs, ListWaiversArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Runs a command on waivers.
pub(crate) fn run(command: &WaiverCommand, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let known = match command {
        WaiverCommand::Ask(args) => return ask(args, &service),
        WaiverCommand::List(args) => return list(args, &service),
        WaiverCommand::Grant(args) => {
            let caller = open::caller(&service, args.actor.name.as_deref())?;
            let until = args.until.map(PastMoment::at);
            service
                .grant_waiver(&caller, args.id, until, &args.reason)
                .or_unknown(|| unknown::waiver(&args.id.to_string()))?
        }
        WaiverCommand::Refuse(args) => {
            let caller = open::caller(&service, args.actor.name.as_deref())?;
            service
                .refuse_waiver(&caller, args.id, &args.reason)
                .or_unknown(|| unknown::waiver(&args.id.to_string()))?
        }
        WaiverCommand::Withdraw(args) => {
            let caller = open::caller(&service, args.actor.name.as_deref())?;
            service
                .withdraw_waiver(&caller, args.id, &args.reason)
                .or_unknown(|| unknown::waiver(&args.id.to_string()))?
        }
    };
    told(&known)?;
    Ok(Outcome::Clean)
}

fn ask(args: &AskWaiverArgs, service: &Service) -> Result<Outcome, Failure> {
    let caller = open::caller(service, args.actor.name.as_deref())?;
    let request = WaiverRequest {
        code: args.code,
        first: args.quarter,
        last: args.to_quarter.unwrap_or(args.quarter),
        reason: args.reason.clone(),
        until: args.until.at(),
    };
    let known = service
        .ask_waiver(&caller, &SubprojectNo::new(&args.subproject), &request)
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    told(&known)?;
    Ok(Outcome::Clean)
}

fn list(args: &ListWaiversArgs, service: &Service) -> Result<Outcome, Failure> {
    let caller = open::caller(service, args.actor.name.as_deref())?;
    let waivers = match &args.subproject {
        Some(no) => service
            .waivers_of(&caller, &SubprojectNo::new(no), args.as_of)
            .or_unknown(|| unknown::subproject(no))?,
        None => service
            .waivers_of_round(&caller, &RoundCode::new(&args.round), args.as_of)
            .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?,
    };
    waivers.iter().try_for_each(told)?;
    Ok(Outcome::Clean)
}

/// One line: number, subproject, quarters, code, state, end and id; separated by tabs.
fn told(known: &KnownWaiver) -> Result<(), Failure> {
    let waiver = &known.waiver;
    let quarters = if waiver.first == waiver.last {
        waiver.first.to_string()
    } else {
        format!("{}..{}", waiver.first, waiver.last)
    };
    let until = waiver.granted_until().unwrap_or(waiver.asked_until);
    say::line(&format!(
        "{}\t{}\t{quarters}\t{}\t{}\t{}\t{}",
        waiver.number,
        waiver.subproject,
        waiver.code,
        known.state.as_str(),
        until.to_rfc3339(),
        waiver.id
    ))
}
