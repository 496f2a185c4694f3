//! Options of the commands that keep and hand out the record of single subprojects: dossier.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use nachweis_domain::past_moment::PastMoment;

use crate::args_of_decisions::Actor;

/// `nachweis subproject`.
#[derive(Debug, Subcommand)]
pub(crate) enum SubprojectCommand {
    /// Writes the complete file of a subproject: tables, originals, journal, hashes; readable without this program.
    Dossier(DossierArgs),
}

/// `nachweis subproject dossier`.
#[derive(Debug, Args)]
pub(crate) struct DossierArgs {
    /// The subproject's number.
    #[arg(value_name = "NO")]
    pub(crate) subproject: String,
    /// What was known at this past moment: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in
    /// Europe/Berlin [default: what is known now].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<PastMoment>,
    /// The ZIP to write.
    #[arg(short, long, value_name = "FILE.zip")]
    pub(crate) output: PathBuf,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}
