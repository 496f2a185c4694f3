//! `nachweis submit`, `endorse`, `accept`, `return`: decisions on uploads.

use nachweis_domain::{
    access::Caller,
    language::Text,
    record::{Upload, UploadId, WarningComment},
};
use nachweis_service::{CleanStep, Service, ServiceError};

use super::clean;
use crate::{
    Outcome,
    args::{DecideArgs, ReturnArgs, SubmitArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
    upload_name::UploadName,
};

/// Hands in an upload.
pub(crate) fn submit(args: &SubmitArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let comments = args.comments.iter().map(|text| comment(text));
    let comments: Vec<WarningComment> = comments.collect::<Result<_, _>>()?;
    one(
        &args.upload,
        args.actor.name.as_deref(),
        settings,
        |service, caller, id| service.submit(caller, id, &comments),
    )
}

/// Endorses a submission, or several one after the other: one that is refused keeps the others from nothing.
pub(crate) fn endorse(args: &DecideArgs, settings: &Settings) -> Result<Outcome, Failure> {
    if let Some(quarter) = args.clean.quarter() {
        return clean::run(CleanStep::Endorse, quarter, args, settings);
    }
    if let [upload] = args.uploads.as_slice() {
        return one(upload, args.actor.name.as_deref(), settings, Service::endorse);
    }
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    endorse_each(&service, &caller, &args.uploads, settings)?;
    Ok(Outcome::Clean)
}

/// Endorses one after the other.
pub(super) fn endorse_each(
    service: &Service,
    caller: &Caller,
    names: &[UploadName],
    settings: &Settings,
) -> Result<(), Failure> {
    let mut refused = 0_usize;
    for name in names {
        let endorsed = name.id(service, caller).and_then(|id| {
            let endorsed = service.endorse(caller, id);
            endorsed.or_unknown(|| unknown::upload(&name.to_string()))
        });
        match endorsed {
            Ok(upload) => told(&upload)?,
            Err(failure) => {
                refused = refused.saturating_add(1);
                say::note(&format!("{name}: {}", failure.sentence(settings.lang)));
            }
        }
    }
    match refused {
        0 => Ok(()),
        refused => Err(not_endorsed(refused, names.len())),
    }
}

/// Accepts a submission, or several in one step.
pub(crate) fn accept(args: &DecideArgs, settings: &Settings) -> Result<Outcome, Failure> {
    if let Some(quarter) = args.clean.quarter() {
        return clean::run(CleanStep::Accept, quarter, args, settings);
    }
    if let [upload] = args.uploads.as_slice() {
        return one(upload, args.actor.name.as_deref(), settings, Service::accept);
    }
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let ids = args.uploads.iter().map(|name| name.id(&service, &caller));
    let ids: Vec<UploadId> = ids.collect::<Result<_, _>>()?;
    accept_all(&service, &caller, &ids, settings)?;
    Ok(Outcome::Clean)
}

/// Accepts in one step: all or none.
pub(super) fn accept_all(
    service: &Service,
    caller: &Caller,
    ids: &[UploadId],
    settings: &Settings,
) -> Result<(), Failure> {
    match service.accept_many(caller, ids) {
        Ok(uploads) => uploads.iter().try_for_each(told),
        Err(ServiceError::Prevented(prevented)) => Err(none_accepted(&prevented, settings)),
        Err(error) => Err(error.into()),
    }
}

/// Returns a submission with a reason.
pub(crate) fn return_to_lead(args: &ReturnArgs, settings: &Settings) -> Result<Outcome, Failure> {
    one(
        &args.upload,
        args.actor.name.as_deref(),
        settings,
        |service, caller, id| service.return_to_lead(caller, id, &args.reason),
    )
}

fn one(
    name: &UploadName,
    actor: Option<&str>,
    settings: &Settings,
    step: impl FnOnce(&Service, &Caller, UploadId) -> Result<Upload, ServiceError>,
) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, actor)?;
    let id = name.id(&service, &caller)?;
    let upload = step(&service, &caller, id).or_unknown(|| unknown::upload(&name.to_string()))?;
    told(&upload)?;
    Ok(Outcome::Clean)
}

fn told(upload: &Upload) -> Result<(), Failure> {
    say::line(&line(upload))
}

/// Subproject, quarter, revision, state and id; separated by tabs.
pub(super) fn line(upload: &Upload) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}",
        upload.subproject,
        upload.quarter,
        upload.revision,
        upload.state.as_str(),
        upload.id
    )
}

/// Names each submission that stands in the way on a line of its own.
fn none_accepted(prevented: &[(UploadId, ServiceError)], settings: &Settings) -> Failure {
    for (id, error) in prevented {
        say::note(&format!("{id}: {}", error.text(settings.lang)));
    }
    Failure::new(Text::new(
        "Keine der Einreichungen wurde angenommen. Bitte die genannten weglassen oder klären.",
        "None of the submissions was accepted. Please leave out or settle the ones named.",
    ))
}

/// Each was named with its reason before.
fn not_endorsed(refused: usize, all: usize) -> Failure {
    Failure::new(Text::new(
        format!("{refused} von {all} Einreichungen wurden nicht befürwortet. Bitte die genannten klären."),
        format!("{refused} of {all} submissions were not endorsed. Please settle the ones named."),
    ))
}

/// A comment as it is typed: `3=Abgestimmt`.
fn comment(text: &str) -> Result<WarningComment, Failure> {
    let parts = text.split_once('=');
    let read = parts.and_then(|(finding, comment)| {
        Some(WarningComment {
            finding: finding.trim().parse().ok()?,
            comment: comment.to_owned(),
        })
    });
    read.ok_or_else(|| {
        Failure::new(Text::new(
            "Eine Anmerkung nennt die Stelle der Warnung in der Liste der Feststellungen ab 0 und dann den Text, etwa 3=Abgestimmt. Die Liste zeigt `nachweis upload show`.",
            "A comment names the position of the warning in the list of findings from 0 and then the text, like 3=Agreed. `nachweis upload show` shows the list.",
        ))
    })
}
