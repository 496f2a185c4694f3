//! `nachweis export`: the audit workbook, and the journal as a file.

use nachweis_domain::{key::RoundCode, language::Language};
use nachweis_service::Service;

use crate::{
    Outcome,
    args::{ExportAuditArgs, ExportCommand, ExportJournalArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Writes an export.
pub(crate) fn run(command: &ExportCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        ExportCommand::Audit(args) => audit(args, settings),
        ExportCommand::Journal(args) => journal(args, settings),
    }
}

fn journal(args: &ExportJournalArgs, settings: &Settings) -> Result<Outcome, Failure> {
    open::refuse_special(&args.output)?;
    let service = open::service(settings)?;
    let head = service.export_journal(&Service::operator(), args.until, &args.output)?;
    let (file, link) = (args.output.display(), head.link);
    let entries = settings.lang.group(head.position);
    say::note(&match settings.lang {
        Language::De => format!("{file}: {entries} Einträge, Kopf {link}."),
        Language::En => format!("{file}: {entries} entries, head {link}."),
    });
    Ok(Outcome::Clean)
}

fn audit(args: &ExportAuditArgs, settings: &Settings) -> Result<Outcome, Failure> {
    open::refuse_special(&args.output)?;
    let service = open::service(settings)?;
    let round = RoundCode::new(&args.round);
    let totals = service
        .export_audit_as_of(
            &Service::operator(),
            &round,
            args.as_of,
            settings.lang,
            &args.output,
        )
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let file = args.output.display();
    let agree = totals.agree();
    say::note(&match (settings.lang, agree) {
        (Language::De, true) => format!("{file}: die Kontrollsummen stimmen überein."),
        (Language::En, true) => format!("{file}: the control totals agree."),
        (Language::De, false) => {
            format!("{file}: die Kontrollsummen stimmen NICHT überein; siehe Blatt Kontrollsummen.")
        }
        (Language::En, false) => {
            format!("{file}: the control totals do NOT agree; see the sheet of control totals.")
        }
    });
    Ok(if agree { Outcome::Clean } else { Outcome::Blocking })
}
