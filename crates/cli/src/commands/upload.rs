//! `nachweis upload`: the uploads of a round, an upload as it is kept, its marked copy, its original.

use std::path::Path;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    finding::Severity,
    language::Language,
    record::{RatedFinding, UserId},
    waiver,
};
use nachweis_service::{Verdict, upload_state_name};

use super::{decide, upload_list};
use crate::{
    Outcome,
    args::{LookArgs, UploadCommand, UploadFileArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    severity,
    unknown::{self, OrUnknown as _},
};

/// A moment with the person who took the step.
type Step = Option<(UserId, DateTime<Utc>)>;

/// Lists uploads, shows one, or writes one of its files.
pub(crate) fn run(command: &UploadCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        UploadCommand::List(args) => upload_list::run(args, settings),
        UploadCommand::Show(args) => show(args, settings),
        UploadCommand::Marked(args) => marked(args, settings),
        UploadCommand::Original(args) => original(args, settings),
    }
}

fn show(args: &LookArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let id = args.upload.id(&service, &caller)?;
    let verdict = service
        .upload(&caller, id)
        .or_unknown(|| unknown::upload(&args.upload.to_string()))?;
    if args.json {
        say::json(&nachweis_api::receipt(&verdict))?;
    } else {
        told(&verdict, settings.lang)
            .iter()
            .try_for_each(|line| say::line(line))?;
    }
    Ok(Outcome::Clean)
}

fn marked(args: &UploadFileArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let id = args.upload.id(&service, &caller)?;
    let bytes = service
        .marked(&caller, id, settings.lang)
        .or_unknown(|| unknown::upload(&args.upload.to_string()))?;
    written(&args.output, &bytes, settings.lang)
}

fn original(args: &UploadFileArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let id = args.upload.id(&service, &caller)?;
    let (_name, bytes) = service
        .original(&caller, id)
        .or_unknown(|| unknown::upload(&args.upload.to_string()))?;
    written(&args.output, &bytes, settings.lang)
}

fn written(file: &Path, bytes: &[u8], language: Language) -> Result<Outcome, Failure> {
    open::write(file, bytes)?;
    let (file, size) = (file.display(), bytes.len());
    say::note(&match language {
        Language::De => format!("{file}: {size} Bytes geschrieben."),
        Language::En => format!("{file}: {size} bytes written."),
    });
    Ok(Outcome::Clean)
}

/// The upload in lines: what it is, how far it came, then each finding with its position.
fn told(verdict: &Verdict, language: Language) -> Vec<String> {
    let upload = &verdict.upload;
    let label = |de, en, value: &str| format!("{}: {}", language.pick(de, en), say::one_line(value));
    let mut lines = vec![
        decide::line(upload),
        label("Stand", "State", upload_state_name(upload.state).get(language)),
        label("Am Zug", "Turn", verdict.turn.name().get(language)),
        label("Datei", "File", &upload.file_name),
        label("Hochgeladen", "Uploaded", &moment(upload.uploaded_at, language)),
    ];
    for (de, en, step) in steps(verdict) {
        lines.extend(step.map(|(_, at)| label(de, en, &moment(at, language))));
    }
    let reason = verdict.return_reason.as_ref();
    lines.extend(reason.map(|reason| label("Rückgabegrund", "Reason of return", reason)));
    lines.push(summary(verdict, language));
    for (position, rated) in verdict.findings.iter().enumerate() {
        lines.extend(finding(position, rated, language));
    }
    lines
}

fn steps(verdict: &Verdict) -> [(&'static str, &'static str, Step); 3] {
    let decided = match verdict.return_reason {
        Some(_) => ("Zurückgegeben", "Returned"),
        None => ("Angenommen", "Accepted"),
    };
    [
        ("Eingereicht", "Submitted", verdict.submitted),
        ("Befürwortet", "Endorsed", verdict.endorsed),
        (decided.0, decided.1, verdict.decided),
    ]
}

fn summary(verdict: &Verdict, language: Language) -> String {
    let upload = &verdict.upload;
    let waived =
        [Severity::Blocking, Severity::Warning].map(|severity| waiver::waived(&verdict.findings, severity));
    let (errors, warnings, [waived_errors, waived_warnings]) = (upload.blocking, upload.warnings, waived);
    match language {
        Language::De => format!(
            "Feststellungen: {}, davon Fehler {errors} (mit Ausnahme {waived_errors}), Warnungen {warnings} (mit Ausnahme {waived_warnings})",
            verdict.findings.len()
        ),
        Language::En => format!(
            "Findings: {}, errors {errors} of them (waived {waived_errors}), warnings {warnings} (waived {waived_warnings})",
            verdict.findings.len()
        ),
    }
}

/// A finding on a line with the position that `nachweis submit --comment` takes; its comment and its waiver below.
fn finding(position: usize, rated: &RatedFinding, language: Language) -> Vec<String> {
    let finding = &rated.finding;
    let mut lines = vec![format!(
        "{position:>3} {} [{}] {}",
        severity::word(rated.severity, language),
        finding.code().as_str(),
        say::one_line(&finding.message(language))
    )];
    if let Some(comment) = &rated.comment {
        let comment = say::one_line(comment);
        lines.push(format!(
            "      {}: {comment}",
            language.pick("Anmerkung", "Comment")
        ));
    }
    if let Some(waiver) = &rated.waiver {
        let (number, until) = (waiver.number, moment(waiver.until, language));
        lines.push(match language {
            Language::De => format!("      Ausnahme Nr. {number} bis {until}"),
            Language::En => format!("      Waiver no. {number} until {until}"),
        });
    }
    lines
}

/// A moment for people, in Europe/Berlin as in reports.
fn moment(at: DateTime<Utc>, language: Language) -> String {
    let mark = language.pick("Uhr", "(Europe/Berlin)");
    format!("{} {mark}", language.moment(at))
}
