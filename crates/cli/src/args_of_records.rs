//! Options of the commands that hand out the record and keep it: export, dossier, retention.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use nachweis_domain::{
    past_moment::PastMoment,
    record::{ErasureId, HoldId},
};

use nachweis_service::JournalEnd;

use crate::args_of_decisions::Actor;

/// `nachweis export`.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// The audit workbook: every figure with its file and cell.
    Audit(ExportAuditArgs),
    /// The journal as lines of JSON, which can be verified without the service.
    Journal(ExportJournalArgs),
}

/// `nachweis export journal`.
#[derive(Debug, Args)]
pub(crate) struct ExportJournalArgs {
    /// Only up to this entry, by its position or by a past moment: like 120, 2025-01-31T10:30:00+01:00, or 2025-01-31 for the
    /// end of that day in Europe/Berlin [default: the whole journal].
    #[arg(long, value_name = "POSITION|MOMENT")]
    pub(crate) until: Option<JournalEnd>,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// `nachweis export audit`.
#[derive(Debug, Args)]
pub(crate) struct ExportAuditArgs {
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// What was known at this past moment: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in
    /// Europe/Berlin [default: what is known now].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<PastMoment>,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

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

/// `nachweis retention`.
#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// Lists the subprojects whose originals need not be kept any longer, and those that only a hold keeps.
    Due(RetentionDueArgs),
    /// Holds that keep originals longer.
    #[command(subcommand)]
    Hold(HoldCommand),
    /// Erases originals that need not be kept any longer: one person proposes, another confirms. Hashes, figures, findings
    /// and decisions stay.
    #[command(subcommand)]
    Erase(EraseCommand),
}

/// `nachweis retention erase`.
#[derive(Debug, Subcommand)]
pub(crate) enum EraseCommand {
    /// Proposes to erase the originals of a subproject, or of all that are due. Nothing is erased yet.
    Propose(ProposeErasureArgs),
    /// Confirms as the second person: the bytes are erased, for good.
    Confirm(ConfirmErasureArgs),
    /// Lists all erasures of a round, proposed and done.
    List(ListErasuresArgs),
}

/// `nachweis retention erase propose`.
#[derive(Debug, Args)]
pub(crate) struct ProposeErasureArgs {
    /// The subproject's number [default: every subproject of the round that is due].
    #[arg(value_name = "NO")]
    pub(crate) subproject: Option<String>,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis retention erase confirm`.
#[derive(Debug, Args)]
pub(crate) struct ConfirmErasureArgs {
    /// The id of the erasure, as `nachweis retention erase propose` prints it.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(crate) id: Option<ErasureId>,
    /// Confirms every erasure of the round that others proposed.
    #[arg(long)]
    pub(crate) all: bool,
    /// The round, with --all.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis retention erase list`.
#[derive(Debug, Args)]
pub(crate) struct ListErasuresArgs {
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
}

/// `nachweis retention hold`.
#[derive(Debug, Subcommand)]
pub(crate) enum HoldCommand {
    /// Places a hold on the originals of a subproject.
    Place(PlaceHoldArgs),
    /// Lifts a hold; it stays in the record.
    Lift(LiftHoldArgs),
    /// Lists all holds, lifted ones included.
    List,
}

/// `nachweis retention due`.
#[derive(Debug, Args)]
pub(crate) struct RetentionDueArgs {
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// As on this day, like 2032-01-01 [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    /// Lists all subprojects.
    #[arg(long)]
    pub(crate) all: bool,
}

/// `nachweis retention hold place`.
#[derive(Debug, Args)]
pub(crate) struct PlaceHoldArgs {
    /// The subproject's number.
    #[arg(value_name = "NO")]
    pub(crate) subproject: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis retention hold lift`.
#[derive(Debug, Args)]
pub(crate) struct LiftHoldArgs {
    /// The id of the hold, as `nachweis retention hold place` prints it.
    pub(crate) id: HoldId,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}
