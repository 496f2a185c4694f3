//! Options of the commands that look at uploads: list, show, marked copy, original, changes.

use std::path::PathBuf;

use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use nachweis_domain::{life::Turn, quarter::Quarter, record::UploadState};

use crate::{args_of_decisions::Actor, upload_name::UploadName};

/// `nachweis upload`.
#[derive(Debug, Subcommand)]
pub(crate) enum UploadCommand {
    /// Lists the uploads of a round: subproject, quarter, revision, state, id, whose turn it is, errors and warnings that are
    /// not waived, when it was handed in.
    List(ListUploadsArgs),
    /// Shows an upload: state, whose turn it is, findings with their position, comments and waivers, why it was returned.
    Show(LookArgs),
    /// Writes the marked copy: the lead's own values with every finding in its cell.
    Marked(UploadFileArgs),
    /// Writes the file as it was sent, byte for byte.
    Original(UploadFileArgs),
}

/// `nachweis upload list`.
#[derive(Debug, Args)]
pub(crate) struct ListUploadsArgs {
    /// Only those of this quarter, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Option<Quarter>,
    /// Only those in this state.
    #[arg(long, value_parser = one_of(&UploadState::ALL, UploadState::as_str))]
    pub(crate) state: Option<UploadState>,
    /// Only those with which it is this turn.
    #[arg(long, value_parser = one_of(&Turn::ALL, Turn::as_str))]
    pub(crate) turn: Option<Turn>,
    /// Only those without errors and warnings, or with waived ones only.
    #[arg(long)]
    pub(crate) clean: bool,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// Prints the same as JSON, as the HTTP API answers it.
    #[arg(long)]
    pub(crate) json: bool,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// One of the stable names of a list.
pub(crate) fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let names = all.iter().map(move |one| name(*one));
    PossibleValuesParser::new(names).try_map(move |text| {
        let meant = all.iter().copied().find(|one| name(*one) == text);
        meant.ok_or("no name of the list")
    })
}

/// `nachweis upload show`, `nachweis changes`.
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    /// The id of the upload, or subproject and quarter like IQ23-NW-017/2024-Q3 for its newest revision.
    #[arg(value_name = "ID|NO/QUARTER")]
    pub(crate) upload: UploadName,
    /// Prints the same as JSON, as the HTTP API answers it.
    #[arg(long)]
    pub(crate) json: bool,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis upload marked`, `nachweis upload original`.
#[derive(Debug, Args)]
pub(crate) struct UploadFileArgs {
    /// The id of the upload, or subproject and quarter like IQ23-NW-017/2024-Q3 for its newest revision.
    #[arg(value_name = "ID|NO/QUARTER")]
    pub(crate) upload: UploadName,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}
