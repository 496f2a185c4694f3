//! Options of the commands that look at an upload: show, marked copy, original, changes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::{args_of_decisions::Actor, upload_name::UploadName};

/// `nachweis upload`.
#[derive(Debug, Subcommand)]
pub(crate) enum UploadCommand {
    /// Shows an upload: state, whose turn it is, findings with their position, comments and waivers, why it was returned.
    Show(LookArgs),
    /// Writes the marked copy: the lead's own values with every finding in its cell.
    Marked(UploadFileArgs),
    /// Writes the file as it was sent, byte for byte.
    Original(UploadFileArgs),
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
