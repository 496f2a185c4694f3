//! `nachweis accept --clean`, `nachweis endorse --clean`: all clean submissions of a quarter, without naming them.

use nachweis_domain::{key::RoundCode, language::Language, quarter::Quarter, record::UploadId};
use nachweis_service::{CleanStep, CleanSubmissions, ListedUpload};

use super::decide;
use crate::{
    Outcome,
    args::DecideArgs,
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
    upload_name::UploadName,
};

/// Decides on all clean submissions of a quarter that wait for it, or only shows them; names the others with their reasons.
pub(crate) fn run(
    step: CleanStep,
    quarter: Quarter,
    args: &DecideArgs,
    settings: &Settings,
) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let round = &args.clean.round;
    let found = service
        .clean_submissions(&caller, &RoundCode::new(round), quarter, step)
        .or_unknown(|| unknown::round(round, &service.all_rounds()))?;
    let language = settings.lang;
    for (listed, error) in &found.left_out {
        say::note(&format!("{}: {}", named(listed, language), error.text(language)));
    }
    let ids: Vec<UploadId> = found.ready.iter().map(|listed| listed.upload.id).collect();
    if args.clean.dry_run {
        let mut ready = found.ready.iter();
        ready.try_for_each(|listed| say::line(&decide::line(&listed.upload)))?;
    } else if !ids.is_empty() {
        match step {
            CleanStep::Accept => decide::accept_all(&service, &caller, &ids, settings)?,
            CleanStep::Endorse => {
                let names: Vec<UploadName> = ids.into_iter().map(UploadName::Id).collect();
                decide::endorse_each(&service, &caller, &names, settings)?;
            }
        }
    }
    say::note(&summary(step, &found, args.clean.dry_run, language));
    Ok(Outcome::Clean)
}

/// A submission as people name it.
fn named(listed: &ListedUpload, language: Language) -> String {
    let upload = &listed.upload;
    let revision = language.pick("Fassung", "revision");
    format!(
        "{}/{}, {revision} {}",
        upload.subproject, upload.quarter, upload.revision
    )
}

/// How many were decided on, or would be, how many were left out, and how many further ones wait.
fn summary(step: CleanStep, found: &CleanSubmissions, dry_run: bool, language: Language) -> String {
    let count = |count: usize| language.group(u64::try_from(count).unwrap_or(u64::MAX));
    let (ready, left_out) = (count(found.ready.len()), count(found.left_out.len()));
    let done = match step {
        CleanStep::Endorse => language.pick("befürwortet", "endorsed"),
        CleanStep::Accept => language.pick("angenommen", "accepted"),
    };
    let decided = match (language, dry_run) {
        (Language::De, false) => format!("Einreichungen {done}: {ready}; ausgelassen: {left_out}."),
        (Language::De, true) => format!(
            "Einreichungen, die {done} würden: {ready}; ausgelassen: {left_out}. Geändert wurde nichts."
        ),
        (Language::En, false) => format!("Submissions {done}: {ready}; left out: {left_out}."),
        (Language::En, true) => {
            format!("Submissions that would be {done}: {ready}; left out: {left_out}. Nothing was changed.")
        }
    };
    if found.beyond == 0 {
        return decided;
    }
    let beyond = count(found.beyond);
    match language {
        Language::De => format!(
            "{decided} Weitere {beyond} warten; mehr nimmt ein Schritt nicht auf. Bitte den Befehl danach noch einmal aufrufen."
        ),
        Language::En => format!(
            "{decided} Another {beyond} wait; one step takes no more. Please call the command once more afterwards."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_beyond_one_step_is_told_with_its_number() {
        let found = |beyond| CleanSubmissions {
            ready: Vec::new(),
            beyond,
            left_out: Vec::new(),
        };
        let told = |beyond, language| summary(CleanStep::Accept, &found(beyond), false, language);
        assert_eq!(
            told(0, Language::De),
            "Einreichungen angenommen: 0; ausgelassen: 0."
        );
        assert!(told(1_234, Language::De).contains(" Weitere 1.234 warten;"));
        assert!(told(1_234, Language::En).contains(" Another 1,234 wait;"));
    }
}
