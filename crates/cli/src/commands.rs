//! The commands, one file each.

mod backup;
mod changes;
mod check;
mod clean;
mod close;
mod decide;
mod demo;
mod export;
mod head;
mod import;
mod migrate;
mod programme;
mod reopening;
mod report;
mod retention;
mod rules;
mod serve;
mod subproject;
mod template;
mod upload;
mod upload_list;
mod user;
mod user_identities;
mod verify;
mod waiver;

use crate::{Outcome, args::Command, failure::Failure, settings::Settings};

/// Runs a command.
pub(crate) fn run(command: Command, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        Command::Demo(args) => demo::run(&args, settings),
        Command::Serve(args) => serve::run(&args, settings),
        Command::Migrate => migrate::run(settings),
        Command::Programme(command) => programme::run(&command, settings),
        Command::Template(args) => template::run(&args, settings),
        Command::Check(args) => check::run(&args, settings),
        Command::Import(args) => import::run(&args, settings),
        Command::Upload(command) => upload::run(&command, settings),
        Command::Changes(args) => changes::run(&args, settings),
        Command::Submit(args) => decide::submit(&args, settings),
        Command::Endorse(args) => decide::endorse(&args, settings),
        Command::Accept(args) => decide::accept(&args, settings),
        Command::Return(args) => decide::return_to_lead(&args, settings),
        Command::Close(args) => close::run(&args, settings),
        Command::Closings(args) => close::list(&args, settings),
        Command::Reopen(args) => reopening::ask(&args, settings),
        Command::Confirm(args) => reopening::confirm(&args, settings),
        Command::Withdraw(args) => reopening::withdraw(&args, settings),
        Command::Reopenings(args) => reopening::list(&args, settings),
        Command::Differences(args) => close::differences(&args, settings),
        Command::Waiver(command) => waiver::run(&command, settings),
        Command::Report(args) => report::run(&args, settings),
        Command::Export(command) => export::run(&command, settings),
        Command::Retention(command) => retention::run(&command, settings),
        Command::Subproject(command) => subproject::run(&command, settings),
        Command::Rules(command) => rules::run(&command, settings),
        Command::Verify(args) => verify::run(&args, settings),
        Command::Head(args) => head::run(&args, settings),
        Command::Backup { file } => backup::run(&file, settings),
        Command::Restore { file } => backup::restore(&file, settings),
        Command::User(command) => user::run(command, settings),
        Command::Grant(args) => user::grant(&args, settings),
        Command::Token(args) => user::token(&args, settings),
        // Answered in `main` before any setting is read: the confined reader has no environment.
        Command::IngestWorker => Ok(Outcome::Clean),
    }
}
