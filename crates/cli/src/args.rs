//! The command line (design.md §6.1): commands, options, and nothing that does work.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use nachweis_domain::{language::Language, past_moment::PastMoment, quarter::Quarter, record::Sha256};
use nachweis_service::PublicKey;

pub(crate) use crate::args_of_records::{
    ConfirmErasureArgs, DossierArgs, EraseCommand, ExportAuditArgs, ExportCommand, ExportJournalArgs,
    HoldCommand, LiftHoldArgs, ListErasuresArgs, PlaceHoldArgs, ProposeErasureArgs, RetentionCommand,
    RetentionDueArgs, SubprojectCommand,
};
pub(crate) use crate::{
    args_of_accounts::{GrantArgs, TokenArgs, UserArgs},
    args_of_decisions::{
        Actor, CloseArgs, ClosingsArgs, ConfirmArgs, DecideArgs, DifferencesArgs, ReopenArgs, ReopeningsArgs,
        ReturnArgs, SubmitArgs, WaiverCommand, WithdrawArgs,
    },
    args_of_rules::{EffectArgs, RulesCommand},
    args_of_uploads::{ListUploadsArgs, LookArgs, UploadCommand, UploadFileArgs},
};

/// Quarterly reporting for publicly funded programmes: every number leads back to its cell.
#[derive(Debug, Parser)]
#[command(name = "nachweis", version, about, max_term_width = 100)]
pub(crate) struct Cli {
    /// Settings that every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Settings that every command takes; each is also `NACHWEIS_…` in the environment and a key in `nachweis.toml`.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Database: `sqlite://PATH` or `postgres://…` [default: `sqlite://nachweis.db`].
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// Settings file [default: nachweis.toml, if there is one].
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Language of messages and reports [default: de].
    #[arg(long, global = true, value_name = "de|en")]
    pub(crate) lang: Option<Lang>,
    /// Round files of your own, besides those that ship with the program.
    #[arg(long = "round-file", global = true, value_name = "FILE")]
    pub(crate) round_files: Vec<PathBuf>,
}

/// A language as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// German.
    De,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::De => Self::De,
            Lang::En => Self::En,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs the whole job on a made-up programme and serves it.
    Demo(DemoArgs),
    /// Serves the HTTP API.
    Serve(ServeArgs),
    /// Brings the database to this version.
    Migrate,
    /// Networks, subprojects, plans, and published lists of operations.
    #[command(subcommand)]
    Programme(ProgrammeCommand),
    /// Issues the workbook of a subproject and quarter.
    Template(TemplateArgs),
    /// Checks workbooks offline: the same reading and rules, no database.
    Check(CheckArgs),
    /// Takes in many workbooks.
    Import(ImportArgs),
    /// Looks at uploads: a round's list, findings and state of one, marked copy, original.
    #[command(subcommand)]
    Upload(UploadCommand),
    /// Shows what an upload changes, against what was accepted and against the quarter before.
    Changes(LookArgs),
    /// Hands in uploads, with a comment for each warning.
    Submit(SubmitArgs),
    /// Endorses submissions as the coordinator of their network; with --clean all of a quarter without warnings.
    Endorse(DecideArgs),
    /// Accepts submissions; several only without warnings, and all or none. With --clean all such of a quarter.
    Accept(DecideArgs),
    /// Returns a submission to its lead with a reason.
    Return(ReturnArgs),
    /// Closes a quarter of a round and freezes its reports.
    Close(CloseArgs),
    /// Lists the closed quarters of a round, or what was frozen with one.
    Closings(ClosingsArgs),
    /// Asks to reopen a closed quarter for a subproject; it counts once a second person confirms it.
    Reopen(ReopenArgs),
    /// Confirms a reopening as the second person.
    Confirm(ConfirmArgs),
    /// Takes back a request to reopen, or ends a reopening early; what was handed in meanwhile stays.
    Withdraw(WithdrawArgs),
    /// Lists the reopenings of a round, those that wait for a second person among them.
    Reopenings(ReopeningsArgs),
    /// Shows what of a closed quarter is no longer as it was frozen.
    Differences(DifferencesArgs),
    /// Waivers of findings: ask, grant, refuse, withdraw, list.
    #[command(subcommand)]
    Waiver(WaiverCommand),
    /// Makes a report: burn, indicators, completeness, funding or deviations.
    Report(ReportArgs),
    /// Makes an export.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Works on one subproject.
    #[command(subcommand)]
    Subproject(SubprojectCommand),
    /// Until when originals are kept, and what holds them longer.
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// The rules of a round.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Verifies journal, rows, originals and figures, or an exported journal without any database.
    Verify(VerifyArgs),
    /// Prints or notes what the journal comes down to, or proves how it grew.
    Head(HeadArgs),
    /// Writes a copy of the whole record into one file, while the service runs.
    Backup {
        /// The file to write; it must not exist yet.
        file: PathBuf,
    },
    /// Takes a backup back into an empty database and proves it.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Accounts.
    User(UserArgs),
    /// Grants a role, or takes it back.
    Grant(GrantArgs),
    /// Prints an access token of an account, for scripts.
    Token(TokenArgs),
    /// The confined reader; started by the program itself.
    #[command(hide = true)]
    IngestWorker,
}

/// `nachweis demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Folder for database, workbooks and reports.
    #[arg(long, default_value = "demo", value_name = "FOLDER")]
    pub(crate) dir: PathBuf,
    /// Ends after the reports instead of serving.
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Address to serve on.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<String>,
}

/// `nachweis serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Address to serve on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<String>,
}

/// `nachweis programme`.
#[derive(Debug, Subcommand)]
pub(crate) enum ProgrammeCommand {
    /// Takes in a programme file or a published list of operations (XLSX or CSV).
    Import(ProgrammeImportArgs),
}

/// `nachweis programme import`.
#[derive(Debug, Args)]
pub(crate) struct ProgrammeImportArgs {
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
    /// The file: our own format as CSV or XLSX, or a published list of operations.
    pub(crate) file: PathBuf,
    /// The round it belongs to.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// The sheet to read, where a workbook has several that fit; may be given several times.
    #[arg(long = "sheet", value_name = "NAME")]
    pub(crate) sheets: Vec<String>,
    /// The column with the amount, by its letter or heading, where a list has several that fit.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) amount: Option<String>,
    /// Says what an import would do and records nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Prints every row taken, not only those not taken.
    #[arg(long)]
    pub(crate) all_rows: bool,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// `nachweis template`.
#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    /// The subproject's number.
    #[arg(long, value_name = "NO")]
    pub(crate) subproject: String,
    /// The quarter, such as 2024-Q3.
    #[arg(long)]
    pub(crate) quarter: Quarter,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// `nachweis check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The workbooks.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Prints the findings as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Writes a marked copy of each workbook into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) mark: Option<PathBuf>,
}

/// `nachweis import`.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Workbooks, or folders with workbooks.
    #[arg(required = true, value_name = "FOLDER|FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// Submits each workbook that has neither blocking findings nor warnings.
    #[arg(long)]
    pub(crate) submit: bool,
}

/// `nachweis report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// burn, indicators, completeness, funding or deviations.
    pub(crate) name: String,
    /// The round.
    #[arg(long, default_value = "2023-2025", value_name = "ROUND")]
    pub(crate) round: String,
    /// Up to and including this quarter, with the plans in effect at its end.
    #[arg(long)]
    pub(crate) quarter: Option<Quarter>,
    /// For completeness: counts days overdue on this day, like 2025-02-03 [default: the day of the data].
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    /// What was known at this past moment: like 2025-01-31T10:30:00+01:00, or 2025-01-31 for the end of that day in
    /// Europe/Berlin [default: what is known now].
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<PastMoment>,
    /// round, land, network, action-field, region-category, subproject, plan-item or quarter.
    #[arg(long, value_name = "GROUP")]
    pub(crate) group_by: Option<String>,
    /// For burn and deviations: corrections of earlier quarters count in the quarter of their workbook (reported) or in the
    /// quarter that they correct (corrected) [default: reported].
    #[arg(long, value_name = "VIEW")]
    pub(crate) view: Option<String>,
    /// Where the number in this row and column comes from, instead of the report: keys as in JSON, `total` for the totals.
    #[arg(long, num_args = 2, value_names = ["ROW", "COLUMN"])]
    pub(crate) lineage: Option<Vec<String>>,
    /// With --lineage: the table, where several have the row and the column.
    #[arg(long, requires = "lineage")]
    pub(crate) table: Option<String>,
    /// With --lineage: leaves out so many terms [default: 0].
    #[arg(long, requires = "lineage", value_name = "COUNT")]
    pub(crate) after: Option<usize>,
    /// With --lineage: prints so many terms at most [default: 1000].
    #[arg(long, requires = "lineage", value_name = "COUNT")]
    pub(crate) limit: Option<usize>,
    /// The report as it was frozen when its quarter was closed, byte for byte; needs --quarter.
    #[arg(long, requires = "quarter", conflicts_with_all = ["on", "as_of", "group_by", "view", "lineage", "sources"])]
    pub(crate) frozen: bool,
    /// The form of the output [default: by the file's name, else csv].
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// With XLSX: a further sheet with the cells, plans and payments behind each number, linked both ways.
    #[arg(long, conflicts_with = "lineage")]
    pub(crate) sources: bool,
    /// The file to write; standard output without it.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A workbook.
    Xlsx,
    /// Semicolons and decimal commas, for German spreadsheet programs.
    Csv,
    /// For programs.
    Json,
}

/// `nachweis verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// A hash that was noted from an export or a head; may be given several times.
    #[arg(long = "expect-head", value_name = "HASH")]
    pub(crate) expected: Vec<Sha256>,
    /// A file of signed heads: the journal must have grown from each; may be given several times [default: `heads_file` of
    /// the settings].
    #[arg(long, value_name = "FILE")]
    pub(crate) heads: Vec<PathBuf>,
    /// A public key that may have signed the heads; several where the key was changed [default: that of `NACHWEIS_HEAD_KEY`].
    #[arg(long = "public-key", value_name = "HEX")]
    pub(crate) public_keys: Vec<PublicKey>,
    /// An exported journal; nothing but kept heads is looked at then, and no database is needed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["without_reading", "proof"])]
    pub(crate) journal: Option<PathBuf>,
    /// A proof printed by `nachweis head --since`; both its ends must be among the heads where these are given.
    #[arg(long, value_name = "FILE", conflicts_with = "without_reading")]
    pub(crate) proof: Option<PathBuf>,
    /// Hashes the originals, but does not read them once more.
    #[arg(long)]
    pub(crate) without_reading: bool,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// `nachweis head`.
#[derive(Debug, Args)]
pub(crate) struct HeadArgs {
    /// Adds the signed head to this file, unless it stands there already. Needs `NACHWEIS_HEAD_KEY`.
    #[arg(short, long, value_name = "FILE", conflicts_with = "since")]
    pub(crate) output: Option<PathBuf>,
    /// Prints a proof that the journal up to this entry grew into the one of now, or of --to.
    #[arg(long, value_name = "POSITION")]
    pub(crate) since: Option<u64>,
    /// Where the proof ends: a later entry, for example that of a head that was kept.
    #[arg(long, value_name = "POSITION", requires = "since")]
    pub(crate) to: Option<u64>,
    /// Prints the public key that checks signatures of heads.
    #[arg(long, conflicts_with_all = ["output", "since"])]
    pub(crate) public_key: bool,
}
