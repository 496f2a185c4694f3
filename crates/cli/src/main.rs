//! The program `nachweis`: parses the command line, runs one command, maps the outcome to an exit status.
//!
//! Exit status 0: done; 1: done, but something needs a look (blocking findings, totals that differ, faults of the record);
//! 2: could not be done.

mod args;
mod args_of_accounts;
mod args_of_decisions;
mod args_of_records;
mod args_of_rules;
mod args_of_uploads;
mod commands;
mod failure;
mod logs;
mod open;
mod say;
mod settings;
mod severity;
mod unknown;
mod upload_name;
mod wrong_command_line;
mod wrong_settings;

use std::process::ExitCode;

use clap::Parser;
use nachweis_domain::language::Language;

use crate::{args::Cli, failure::Failure, settings::Settings};

/// What a command that was done says about the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing blocking.
    Clean,
    /// Blocking findings.
    Blocking,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            return refuse(&wrong_command_line::failure(&error), language_of_environment());
        }
        Err(help) => {
            return match say::data(help.to_string().as_bytes()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failure) => refuse(&failure, language_of_environment()),
            };
        }
    };
    if matches!(cli.command, args::Command::IngestWorker) {
        return nachweis_service::ingest_worker();
    }
    let typed = cli
        .global
        .lang
        .map_or_else(language_of_environment, Language::from);
    let settings = match Settings::gather(&cli.global) {
        Ok(settings) => settings,
        Err(failure) => return refuse(&failure, typed),
    };
    logs::begin();
    match commands::run(cli.command, &settings) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Blocking) => ExitCode::from(1),
        Err(failure) => refuse(&failure, settings.lang),
    }
}

fn refuse(failure: &Failure, language: Language) -> ExitCode {
    say::note(&failure.sentence(language));
    ExitCode::from(2)
}

/// The language before settings are read: a wrong command line must be answered too.
fn language_of_environment() -> Language {
    match std::env::var("NACHWEIS_LANG").as_deref() {
        Ok("en") => Language::En,
        _ if typed_language_is_english(&std::env::args().collect::<Vec<_>>()) => Language::En,
        _ => Language::De,
    }
}

/// Whether `--lang en` or `--lang=en` stands on a command line.
fn typed_language_is_english(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--lang=en")
        || arguments.windows(2).any(|pair| pair == ["--lang", "en"])
}
