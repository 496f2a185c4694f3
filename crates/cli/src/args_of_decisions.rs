//! Options of the commands that decide: submit, endorse, accept, return, close, reopen, confirm, withdraw, waiver.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use nachweis_domain::{
    finding::Code,
    past_moment::PastMoment,
    quarter::Quarter,
    record::{ReopeningId, WaiverId},
};

use crate::{args::Format, upload_name::UploadName};

/// In whose name something is decided.
#[derive(Debug, Args)]
pub(crate) struct Actor {
    /// Acts as this account, with its rights and in its name [default: the operator, who may do everything].
    #[arg(id = "as", long = "as", value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// `nachweis submit`.
#[derive(Debug, Args)]
pub(crate) struct SubmitArgs {
    /// The id of the upload, or subproject and quarter like IQ23-NW-017/2024-Q3 for its newest revision.
    #[arg(value_name = "ID|NO/QUARTER")]
    pub(crate) upload: UploadName,
    /// A comment on a warning: its position in the list of findings from 0, then the comment, like 3=Abgestimmt.
    #[arg(long = "comment", value_name = "POSITION=TEXT")]
    pub(crate) comments: Vec<String>,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis endorse`, `nachweis accept`.
#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    /// The id of the upload, or subproject and quarter like IQ23-NW-017/2024-Q3 for its newest revision.
    #[arg(required_unless_present = "clean", value_name = "ID|NO/QUARTER")]
    pub(crate) uploads: Vec<UploadName>,
    /// Which, where none is named.
    #[command(flatten)]
    pub(crate) clean: CleanArgs,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis endorse --clean`, `nachweis accept --clean`.
#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// Instead of names: all submissions of a quarter without warnings, or with waived ones only, that wait for the decision;
    /// the others are named with their reasons. Needs --quarter.
    #[arg(long, requires = "quarter", conflicts_with = "uploads")]
    clean: bool,
    /// With --clean: the quarter, such as 2024-Q3.
    #[arg(long, requires = "clean")]
    quarter: Option<Quarter>,
    /// With --clean: the round.
    #[arg(long, default_value = "2023-2025", requires = "clean", value_name = "ROUND")]
    pub(crate) round: String,
    /// With --clean: says what would be decided on and changes nothing.
    #[arg(long, requires = "clean")]
    pub(crate) dry_run: bool,
}

impl CleanArgs {
    /// The quarter whose clean submissions are decided on, where none is named.
    pub(crate) fn quarter(&self) -> Option<Quarter> {
        self.quarter.filter(|_| self.clean)
    }
}

/// `nachweis return`.
#[derive(Debug, Args)]
pub(crate) struct ReturnArgs {
    /// The id of the upload, or subproject and quarter like IQ23-NW-017/2024-Q3 for its newest revision.
    #[arg(value_name = "ID|NO/QUARTER")]
    pub(crate) upload: UploadName,
    /// What has to be corrected.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis close`.
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    /// The quarter, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Quarter,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// Closes the quarter although expected reports are not accepted.
    #[arg(long)]
    pub(crate) without_missing_reports: bool,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis closings`.
#[derive(Debug, Args)]
pub(crate) struct ClosingsArgs {
    /// Only this quarter, with each report that was frozen and its hash.
    #[arg(long)]
    pub(crate) quarter: Option<Quarter>,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis reopen`.
#[derive(Debug, Args)]
pub(crate) struct ReopenArgs {
    /// The subproject's number.
    #[arg(long, value_name = "NO")]
    pub(crate) subproject: String,
    /// The closed quarter, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Quarter,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// When it ends by itself: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in Europe/Berlin.
    #[arg(long, value_name = "MOMENT")]
    pub(crate) until: PastMoment,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis confirm`.
#[derive(Debug, Args)]
pub(crate) struct ConfirmArgs {
    /// The id of the reopening, as `nachweis reopen` and `nachweis reopenings` print it.
    pub(crate) id: ReopeningId,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis withdraw`.
#[derive(Debug, Args)]
pub(crate) struct WithdrawArgs {
    /// The id of the reopening, as `nachweis reopen` and `nachweis reopenings` print it.
    pub(crate) id: ReopeningId,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis reopenings`.
#[derive(Debug, Args)]
pub(crate) struct ReopeningsArgs {
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis differences`.
#[derive(Debug, Args)]
pub(crate) struct DifferencesArgs {
    /// The closed quarter, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Quarter,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
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

/// `nachweis waiver`.
#[derive(Debug, Subcommand)]
pub(crate) enum WaiverCommand {
    /// Asks for a waiver of a finding code for a subproject; it counts once a second person grants it.
    Ask(AskWaiverArgs),
    /// Grants a waiver as the second person.
    Grant(GrantWaiverArgs),
    /// Refuses a waiver as the second person.
    Refuse(WaiverWordArgs),
    /// Takes back a request, or ends a waiver that was granted; what was handed in under it stays.
    Withdraw(WaiverWordArgs),
    /// Lists the waivers of a round or a subproject.
    List(ListWaiversArgs),
}

/// `nachweis waiver ask`.
#[derive(Debug, Args)]
pub(crate) struct AskWaiverArgs {
    /// The subproject's number.
    #[arg(long, value_name = "NO")]
    pub(crate) subproject: String,
    /// The code of the findings to be waived, such as FIN-04.
    #[arg(long)]
    pub(crate) code: Code,
    /// The first quarter whose reports it is for, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Quarter,
    /// The last quarter [default: the first].
    #[arg(long, value_name = "QUARTER")]
    pub(crate) to_quarter: Option<Quarter>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// When it ends by itself: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in Europe/Berlin.
    #[arg(long, value_name = "MOMENT")]
    pub(crate) until: PastMoment,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis waiver grant`.
#[derive(Debug, Args)]
pub(crate) struct GrantWaiverArgs {
    /// The id of the waiver, as `nachweis waiver ask` and `nachweis waiver list` print it.
    pub(crate) id: WaiverId,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// When it ends by itself, not later than was asked [default: as was asked].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) until: Option<PastMoment>,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis waiver refuse`, `nachweis waiver withdraw`.
#[derive(Debug, Args)]
pub(crate) struct WaiverWordArgs {
    /// The id of the waiver, as `nachweis waiver ask` and `nachweis waiver list` print it.
    pub(crate) id: WaiverId,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}

/// `nachweis waiver list`.
#[derive(Debug, Args)]
pub(crate) struct ListWaiversArgs {
    /// Only those of this subproject.
    #[arg(long, value_name = "NO")]
    pub(crate) subproject: Option<String>,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// What was known at this past moment: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in
    /// Europe/Berlin [default: what is known now].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<PastMoment>,
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
}
