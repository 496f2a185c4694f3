//! Options of the commands about rules.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use nachweis_domain::past_moment::PastMoment;
use nachweis_service::Revisions;

use crate::{args::Format, args_of_uploads::one_of};

/// `nachweis rules`.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Shows what rules in shadow, or those of a proposed round file, would hit in all stored originals, and among the
    /// revisions that count; changes nothing.
    Effect(EffectArgs),
}

/// `nachweis rules effect`.
#[derive(Debug, Args)]
pub(crate) struct EffectArgs {
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// A round file that is tried and not recorded, instead of switching on the rules in shadow of the round in force.
    #[arg(long, value_name = "FILE")]
    pub(crate) proposed: Option<PathBuf>,
    /// Which revisions are judged: all whose original is not erased, or for each subproject and quarter only the accepted one, or
    /// else the submitted one, or else the newest.
    #[arg(long, value_parser = one_of(&Revisions::ALL, Revisions::as_str), default_value = "all", value_name = "REVISIONS")]
    pub(crate) revisions: Revisions,
    /// Reads all originals again, also where the stored figures say all that the rules look at.
    #[arg(long)]
    pub(crate) originals: bool,
    /// What was known at this past moment: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in
    /// Europe/Berlin [default: what is known now].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<PastMoment>,
    /// The form of the output [default: by the file's name, else csv].
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// The file to write; standard output without it.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
