//! `nachweis programme import`: networks, subprojects and plans, or a published list of operations.

use nachweis_domain::{key::RoundCode, limits};
use nachweis_service::{Keep, ProgrammeChoices};

use crate::{
    Outcome,
    args::{ProgrammeCommand, ProgrammeImportArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

mod as_json;
mod told;

/// Takes in a programme file.
pub(crate) fn run(command: &ProgrammeCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        ProgrammeCommand::Import(args) => import(args, settings),
    }
}

fn import(args: &ProgrammeImportArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let bytes = open::read_within(&args.file, &limits::LIST_FILE_SIZE)?;
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let round = RoundCode::new(&args.round);
    let choices = ProgrammeChoices {
        sheets: args.sheets.clone(),
        amount: args.amount.clone(),
        keep: if args.dry_run { Keep::Nothing } else { Keep::Record },
    };
    let report = service
        .import_programme(&caller, &round, &name, &bytes, &choices)
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    if args.json {
        say::line(&as_json::whole(&report)?)?;
    } else {
        let lines = told::lines(args, &report, settings.lang);
        say::line(&lines.join("\n"))?;
    }
    Ok(Outcome::Clean)
}
