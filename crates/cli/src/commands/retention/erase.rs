//! `nachweis retention erase`: one person proposes, another confirms; then the bytes go.

use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    language::Language,
    retention::Erasure,
};
use nachweis_service::{Erasures, Service};

use crate::{
    Outcome,
    args::{ConfirmErasureArgs, EraseCommand, ListErasuresArgs, ProposeErasureArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Proposes, confirms or lists.
pub(super) fn run(command: &EraseCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        EraseCommand::Propose(args) => propose(args, settings),
        EraseCommand::Confirm(args) => confirm(args, settings),
        EraseCommand::List(args) => list(args, settings),
    }
}

fn propose(args: &ProposeErasureArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    if let Some(no) = &args.subproject {
        let erasure = service
            .propose_erasure(&caller, &SubprojectNo::new(no))
            .or_unknown(|| unknown::subproject(no))?;
        told(&erasure)?;
        return Ok(Outcome::Clean);
    }
    let erasures = service
        .propose_erasures(&caller, &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let count = erasures.done.len();
    say_all(
        &erasures,
        settings.lang,
        &match settings.lang {
            Language::De => {
                format!("Zur Löschung vorgeschlagen: {count} Teilvorhaben. Eine andere Person bestätigt.")
            }
            Language::En => format!("Proposed for erasure: {count} subprojects. Another person confirms."),
        },
    )
}

fn confirm(args: &ConfirmErasureArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    if let Some(id) = args.id {
        let erasure = service
            .confirm_erasure(&caller, id)
            .or_unknown(|| unknown::erasure(&id.to_string()))?;
        told(&erasure)?;
        return Ok(Outcome::Clean);
    }
    let erasures = service
        .confirm_erasures(&caller, &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let count = erasures.done.len();
    let originals: usize = erasures
        .done
        .iter()
        .filter_map(|erasure| erasure.confirmed.as_ref())
        .map(|(_, originals)| *originals)
        .sum();
    say_all(
        &erasures,
        settings.lang,
        &match settings.lang {
            Language::De => format!("Gelöscht: {originals} Originale von {count} Teilvorhaben."),
            Language::En => format!("Erased: {originals} originals of {count} subprojects."),
        },
    )
}

fn list(args: &ListErasuresArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let erasures = service
        .erasures(&Service::operator(), &RoundCode::new(&args.round))
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    for erasure in erasures {
        told(&erasure)?;
    }
    Ok(Outcome::Clean)
}

/// Each erasure, each that was not with its reason, and the sum. Status 1 where something was left.
fn say_all(erasures: &Erasures, language: Language, sum: &str) -> Result<Outcome, Failure> {
    for erasure in &erasures.done {
        told(erasure)?;
    }
    for (no, error) in &erasures.left {
        say::note(&format!("{no}: {}", error.text(language)));
    }
    say::note(sum);
    Ok(if erasures.left.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Blocking
    })
}

/// One line: id, subproject, state, last day, originals, proposed by, confirmed by; separated by tabs.
fn told(erasure: &Erasure) -> Result<(), Failure> {
    let (state, originals, confirmed_by) = match &erasure.confirmed {
        Some((step, originals)) => ("erased", *originals, step.by.login.as_str()),
        None => ("proposed", erasure.originals, "-"),
    };
    say::line(&format!(
        "{}\t{}\t{state}\t{}\t{originals}\t{}\t{confirmed_by}",
        erasure.id, erasure.subproject, erasure.keep_until, erasure.proposed.by.login,
    ))
}
