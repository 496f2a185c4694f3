//! The one table of every limit of the product: name, value, unit and why (robustness.md §3.5).
//!
//! No other room states a bound on what comes from outside, on what a user or an operator waits for, or on how much of
//! something is listed. Four kinds of numbers are none of these and stand beside their code: what a file format or a
//! standard sets itself (rows and links of a sheet); which amounts, counts and dates are possible, which
//! is a rule with a finding of its own (`FINDINGS.md`); how many things a sentence names before it counts the others;
//! and what refuses nobody: sizes of pieces and batches, room of caches, how far a heading is looked at to know it.
//!
//! [`table`] renders `crates/domain/LIMITS.md`; a test keeps that file current. Limits of the guard have a test at the
//! limit and one above it (`crates/ingest/tests/it/hostile/limits.rs`).

use std::fmt::Write as _;

use serde::Serialize;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Bytes.
    Bytes,
    /// Things: entries, cells, rows, requests …
    Count,
    /// Unpacked bytes for each packed byte.
    Ratio,
    /// Unicode characters.
    Characters,
    /// Levels of nesting.
    Levels,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// A limit: what is counted, how much is allowed, and why that much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The stable name, `area.noun`.
    pub name: &'static str,
    /// The largest value that is still allowed.
    pub value: u64,
    /// What is counted.
    pub unit: Unit,
    /// What it bounds, and the basis of the value.
    pub why: &'static str,
}

impl Limit {
    /// The value as a size in memory.
    pub const fn size(&self) -> usize {
        // Every limit is far below 2^32, checked by a test; targets have at least 32 bits.
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            reason = "checked by a test"
        )]
        {
            self.value as usize
        }
    }

    /// Whether a count is above the limit.
    pub const fn is_exceeded_by(&self, found: u64) -> bool {
        found > self.value
    }
}

macro_rules! limits {
    ($($(#[doc = $heading:literal])? $name:ident = $key:literal, $value:expr, $unit:ident, $why:literal;)*) => {
        $(#[doc = $why] pub const $name: Limit = Limit { name: $key, value: $value, unit: Unit::$unit, why: $why };)*

        /// All limits, in the order of the table.
        pub const ALL: &[Limit] = &[$($name,)*];
    };
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * 1024;

limits! {
    FILE_SIZE = "file.size", 10 * MIB, Bytes, "An uploaded workbook; the largest of 111 real reporting workbooks has 2.0 MiB, 25,000 vouchers take 1.2 MiB.";
    LIST_FILE_SIZE = "list.file_size", 20 * MIB, Bytes, "A file of the programme import; published lists carry up to 2 MiB of pictures.";
    ENTRIES = "archive.entries", 512, Count, "Files in the ZIP archive; real reporting workbooks have at most 152, ours has 20.";
    ENTRY_NAME = "archive.entry_name", 255, Bytes, "The name of a file in the ZIP archive; real ones stay below 80.";
    ENTRY_SIZE = "archive.entry_size", 32 * MIB, Bytes, "One unpacked part; real reporting workbooks reach 13.7 MiB.";
    UNPACKED_SIZE = "archive.unpacked_size", 64 * MIB, Bytes, "All parts unpacked; real reporting workbooks reach 15.4 MiB.";
    LIST_ENTRY_SIZE = "list.entry_size", 64 * MIB, Bytes, "One unpacked part of a list; 19,389 rows with forty columns take 45 MiB.";
    LIST_UNPACKED_SIZE = "list.unpacked_size", 128 * MIB, Bytes, "All parts of a list unpacked.";
    RATIO = "archive.ratio", 100, Ratio, "Unpacked to packed size of a part above the grace; real reporting workbooks reach 24.";
    RATIO_GRACE = "archive.ratio_grace", 256 * KIB, Bytes, "Parts up to this unpacked size may have any ratio.";
    SHEETS = "workbook.sheets", 64, Count, "Sheets; ours has 8, real reporting workbooks reach 15.";
    SHEET_NAME = "workbook.sheet_name", 31, Characters, "The name of a sheet; Excel's own bound.";
    LIST_SHEET_NAME = "list.sheet_name", 255, Characters, "The name of a sheet of a list; some programs write longer ones than Excel allows.";
    CELLS = "workbook.cells", 500_000, Count, "Cells of all sheets, empty ones with a format included; 25,000 vouchers fill 175,000.";
    LIST_CELLS = "list.cells", 1_500_000, Count, "Cells of a list; 19,389 rows with forty columns fill 776,000.";
    ROWS = "sheet.rows", 100_000, Count, "The last row with a value; the largest voucher list accepted has 25,000 rows.";
    LIST_ROWS = "list.rows", 250_000, Count, "The last row of a list with a value; the longest seen has 19,389, some reach down to row 65,536.";
    COLUMNS = "sheet.columns", 256, Count, "The last column with a value; our widest sheet has 12.";
    LIST_COLUMNS = "list.columns", 16_384, Count, "The last column of a list with a value; Excel's own bound.";
    AREA = "sheet.area", 4_000_000, Count, "Rows times columns that the values of a sheet span.";
    ROW_ELEMENTS = "sheet.row_elements", 300_000, Count, "Rows written in the file, empty ones included; LibreOffice writes formatted empty rows.";
    STRINGS = "workbook.strings", 200_000, Count, "Entries of the table of texts; 25,000 vouchers have at most 75,000 different ones.";
    LIST_STRINGS = "list.strings", 800_000, Count, "Entries of the table of texts of a list.";
    TEXT = "workbook.text", 32 * MIB, Bytes, "Text of all cells, each use of a shared text counted.";
    LIST_TEXT = "list.text", 96 * MIB, Bytes, "Text of all cells of a list, each use of a shared text counted.";
    STRING = "cell.text", 32_767, Characters, "The text of a cell; Excel's own bound.";
    FORMULA = "cell.formula", 8_192, Characters, "The text of a formula; Excel's own bound.";
    SHARED_FORMULAS = "sheet.shared_formulas", 65_536, Count, "The number of a shared formula; calamine sizes a table by it.";
    DEPTH = "xml.depth", 64, Levels, "Nested elements; real parts stay below 20.";
    ATTRIBUTES = "xml.attributes", 64, Count, "Attributes of an element; real ones stay below 30.";
    STYLES = "workbook.styles", 65_490, Count, "Cell formats; Excel's own bound.";
    NUMBER_FORMATS = "workbook.number_formats", 5_000, Count, "Number formats of its own; real workbooks stay below 300.";
    NUMBER_FORMAT = "workbook.number_format", 255, Characters, "The text of a number format; Excel's own bound.";
    RANGES = "workbook.ranges", 20_000, Count, "Merged ranges, hidden column ranges and defined names together.";
    RELATIONSHIPS = "workbook.relationships", 1_000, Count, "Relationships of the workbook part.";
    WORKER_MEMORY = "worker.memory", 512 * MIB, Bytes, "Address space of the confined reader; the largest accepted list was measured at 231 MiB, a workbook of 500,000 cells at 203 MiB.";
    WORKER_CPU = "worker.cpu", 10, Seconds, "Processor time of the confined reader for one file; the largest accepted list was measured at 2.1 s, a workbook of 500,000 cells at 1.3 s.";
    WORKER_WALL = "worker.wall", 15, Seconds, "Time after which the confined reader is ended from outside.";
    WORKER_FILES = "worker.files", 16, Count, "Open files of the confined reader; it needs three.";
    WORKER_PARALLEL = "worker.parallel", 2, Count, "Confined readers at work for uploads at the same time.";
    WORKER_QUEUE = "worker.queue", 8, Count, "Uploads waiting for a confined reader; further ones are answered with 503.";
    WORKER_WAIT = "worker.wait", 5, Seconds, "Time that an upload waits for a confined reader before it is answered with 503; it is part of the time below which every answer comes.";
    WORKER_PARALLEL_BATCH = "worker.parallel_batch", 8, Count, "Confined readers at work at the same time for an import or for reading originals again, whatever the number of cores.";
    WORKER_BATCH = "worker.batch", 100, Count, "Files that one confined reader serves in an import before a fresh one takes over.";
    FRAME_REQUEST = "worker.request", 32 * MIB, Bytes, "A message to the confined reader.";
    FRAME_RESPONSE = "worker.response", 192 * MIB, Bytes, "A message from the confined reader; it is read piece by piece, so that a wrong length asks for no memory.";
    CSV_FIELDS = "csv.fields", 1_500_000, Count, "Fields of a CSV file in the programme import.";
    LIST_HEADER_ROWS = "list.header_rows", 40, Count, "Rows from the top in which the headings of a list are looked for; the deepest seen stand in row 11.";
    LIST_HEADING_COLUMNS = "list.heading_columns", 256, Count, "Columns from the left in which the headings of a list are looked for; the widest seen has 40.";
    LIST_REPORT_ROWS = "list.report_rows", 250_000, Count, "Rows that an import report names; as many as a list may have.";
    FINDINGS = "check.findings", 5_000, Count, "Findings kept of one workbook; the count of further ones is said.";
    FINDINGS_PER_CODE = "check.findings_per_code", 200, Count, "Findings of one code in one workbook; the count of further ones is said.";
    ROW_SPANS = "check.row_spans", 20, Count, "Spans of rows that one finding names; all its rows are counted.";
    TYPED = "check.typed", 80, Characters, "What a finding quotes of a cell.";
    UPLOAD_NAME = "upload.name", 255, Bytes, "The file name sent with an upload.";
    UPLOADS_PER_HOUR = "upload.per_hour", 20, Count, "Uploads of one account over HTTP in an hour where the deployment sets no other number (`uploads_per_hour`), then 429.";
    SUBPROJECT_BYTES = "upload.subproject", 500 * MIB, Bytes, "Workbooks kept of one subproject, then uploads over HTTP are answered with 507; twelve quarters of ten revisions take some 20 MiB.";
    ARRIVING_OF_ONE = "upload.arriving_of_one", 20 * MIB + 32 * KIB, Bytes, "Workbooks of one account that arrive or are checked at the same time at one instance, then 429: two of the largest, as forms.";
    ARRIVING = "upload.arriving", 64 * MIB, Bytes, "Workbooks of all accounts that arrive or are checked at the same time at one instance, then 503.";
    MULTIPART_PARTS = "upload.parts", 8, Count, "Parts of a form with an upload.";
    JSON_BODY = "http.json_body", 64 * KIB, Bytes, "The JSON body of a request; the longest holds the comments on warnings.";
    HEADERS = "http.headers", 16 * KIB, Bytes, "All headers of a request.";
    QUERY = "http.query", 2 * KIB, Bytes, "The query of a request.";
    PAGE = "http.page", 100, Count, "Entries of a page where the caller names no number.";
    PAGE_MAX = "http.page_max", 1_000, Count, "Entries of a page at most.";
    IDEMPOTENCY_KEY = "http.idempotency_key", 128, Characters, "The header Idempotency-Key.";
    IDEMPOTENCY_HOURS = "http.idempotency_hours", 24, Hours, "How long the answer to an Idempotency-Key is kept.";
    IDEMPOTENCY_KEYS = "http.idempotency_keys", 2_000, Count, "Idempotency-Keys of one account that are kept at the same time, then 429.";
    IDEMPOTENCY_RUN = "http.idempotency_run", 5, Minutes, "After this time a request with an Idempotency-Key that has no answer was broken off and may run again; no request takes nearly as long.";
    CONNECTIONS = "http.connections", 1_024, Count, "Connections open at the same time.";
    USE_CASES = "http.use_cases", 16, Count, "Requests at work at the same time for each thread that serves connections; more wait.";
    SHUTDOWN_TIME = "http.shutdown_time", 30, Seconds, "Time that requests have to end when the service stops.";
    REQUEST_TIME = "http.request_time", 30, Seconds, "Time for the head of a request to arrive.";
    IDLE_TIME = "http.idle_time", 15, Seconds, "Time that a connection stays open without a request; one that has begun by then has the time of its head.";
    BODY_TIME = "http.body_time", 10, Seconds, "Time for a JSON body to arrive, then 408.";
    WORKBOOK_TIME = "http.workbook_time", 120, Seconds, "Time for a workbook to arrive, then 408; the largest takes it at 0.7 Mbit/s.";
    ANSWER_TIME = "http.answer_time", 60, Seconds, "Time for 64 KiB of an answer to be taken; an answer that is taken goes on for as long as it needs.";
    CLOSE_TIME = "http.close_time", 5, Seconds, "Time that a client has to close its end of a connection.";
    REASON = "decision.reason", 2_000, Characters, "The reason for returning a submission.";
    COMMENT = "decision.comment", 2_000, Characters, "The comment on a warning.";
    COMMENTS = "decision.comments", 5_000, Count, "Comments on warnings in one submission; as many as findings.";
    PROBLEMS_NAMED = "answer.problems_named", 50, Count, "Faults of one kind that one refusal names; the count of further ones is said.";
    USER_NAME = "account.name", 64, Characters, "The name of an account.";
    DISPLAY_NAME = "account.display_name", 120, Characters, "The name of a person.";
    PASSWORD_MIN = "account.password_min", 12, Characters, "The least length of a password (ASVS 6.2.1 asks for 8, advises 15).";
    PASSWORD_MAX = "account.password_max", 256, Characters, "The greatest length of a password; hashing is costly.";
    GRANTS = "account.grants", 500, Count, "Grants of one account; a lead can have every subproject of a carrier.";
    SIGN_IN_FAILURES = "account.sign_in_failures", 10, Count, "Failed sign-ins of an account within the time below, then 429 with a wait that doubles from one minute on.";
    SIGN_IN_ADDRESS_FAILURES = "account.sign_in_address_failures", 50, Count, "Sign-ins from one network address within the time below that count as failed, then 429 with the same wait; it protects many accounts from one guesser.";
    SIGN_IN_MINUTES = "account.sign_in_minutes", 15, Minutes, "The time in which failed sign-ins are counted.";
    ACCESS_MINUTES = "account.access_minutes", 10, Minutes, "The life of an access token.";
    REFRESH_DAYS = "account.refresh_days", 14, Days, "The life of a refresh token without use.";
    SESSION_DAYS = "account.session_days", 30, Days, "The longest a session lasts after signing in with a password, however often it is renewed (ASVS 7.3.2); a quarter's report takes less.";
    ISSUER_SESSION_HOURS = "account.issuer_session_hours", 12, Hours, "The longest a session lasts after signing in at an issuer: a working day. Who is removed there cannot sign in again on the next.";
    IDENTITIES = "account.identities", 10, Count, "Identities at OpenID Connect issuers that are linked to one account.";
    SUBJECT = "issuer.subject", 255, Characters, "What an OpenID Connect issuer calls a person; the standard's own bound.";
    ISSUERS = "issuer.count", 16, Count, "OpenID Connect issuers of a deployment.";
    ISSUER_MINUTES = "issuer.minutes", 10, Minutes, "The time in which a sign-in that was begun at an issuer must be completed; a second factor may take some.";
    ISSUER_WAITING_OF_ONE = "issuer.waiting_of_one", 100, Count, "Sign-ins from one network address that are begun at issuers and not completed, or that led to no usable account, then 429; an office shares one address.";
    ISSUER_WAITING = "issuer.waiting", 10_000, Count, "Sign-ins that are begun at issuers and not completed, then the oldest of the network address with the most of them makes room; each takes some 400 bytes.";
    ISSUER_ANSWER = "issuer.answer", 256 * KIB, Bytes, "An answer of an issuer: its description, its keys, its tokens; real ones stay below 20 KiB.";
    ISSUER_HEADERS = "issuer.headers", 16 * KIB, Bytes, "The headers of an answer of an issuer.";
    ISSUER_KEYS = "issuer.keys", 100, Count, "Keys of an issuer that are looked at; real ones have below ten.";
    ISSUER_TIME = "issuer.time", 5, Seconds, "Time for an answer of an issuer, from the name to the last byte.";
    ISSUER_ASKED = "issuer.asked", 8, Count, "Questions to issuers at the same time of one process, then 503.";
    ISSUER_AGE = "issuer.age", 60, Minutes, "How long the description and the keys of an issuer are believed before they are asked for again.";
    ISSUER_KEY_PAUSE = "issuer.key_pause", 60, Seconds, "The time after which the keys of an issuer are asked for again when a token names an unknown one.";
    ISSUER_PAUSE = "issuer.pause", 5, Seconds, "The time in which an issuer that did not answer as it should is not asked again for its description or keys.";
    ISSUER_CODE = "issuer.code", 4_096, Characters, "A code of an issuer.";
    ISSUER_ROOTS = "issuer.roots", 4 * MIB, Bytes, "The file of certificates that are trusted for an issuer; Debian's has 220 KiB.";
    ACCEPT_MANY = "decision.accept_many", 1_000, Count, "Submissions accepted in one step; a round has some 300 subprojects.";
    EXPORTS_AT_ONCE = "export.at_once", 2, Count, "Audit workbooks, dossiers, reports with sources and effects of rules that one instance makes at the same time, then 503.";
    CONTINUED_SHEETS = "export.continued_sheets", 100, Count, "Sheets on which the vouchers of an audit workbook continue; more than one hundred million vouchers are a fault of the record.";
    SOURCE_LINES = "report.source_lines", 400_000, Count, "Lines on the sheets of sources of a report: for each number one, and one for each term or operand that it is made of. For more there is the audit workbook.";
    DOSSIER_SIZE = "export.dossier_size", 2_048 * MIB, Bytes, "Originals in the dossier of one subproject; four times what uploads over HTTP may take, for records taken in at the command line.";
    DOSSIER_ORIGINALS = "export.dossier_originals", 10_000, Count, "Originals in the dossier of one subproject; twelve quarters of ten revisions are 120.";
    REOPENING_DAYS = "quarter.reopening_days", 90, Days, "The longest time for which a closed quarter is reopened for a subproject: until the next report is due.";
    REOPENINGS_OPEN = "quarter.reopenings_open", 20, Count, "Requests to reopen quarters of one subproject that wait for a second person at the same time.";
    CLOSING_TRIES = "quarter.closing_tries", 5, Count, "How often closing a quarter starts anew because figures changed meanwhile; then somebody closes it again.";
    EFFECT_LISTED = "rules.effect_listed", 10_000, Count, "Single differences that the report of what rules would hit lists, and workbooks that it names as not counted; all are in its numbers. More than anybody reads, and a sheet that opens at once.";
    VOUCHER_CHANGES = "changes.vouchers", 1_000, Count, "Vouchers that a change preview lists; all that differ are counted.";
    WAIVER_DAYS = "waiver.days", 1_096, Days, "The longest time for which a waiver is granted: a round of three years.";
    WAIVERS_OPEN = "waiver.open", 20, Count, "Requests for waivers of one subproject that wait for a decision at the same time.";
    SIGN_INS_WAITING = "sign_in.waiting", 16, Count, "Sign-ins that wait for their turn at checking a password; one takes 20 ms, more are told to come back.";
    TOKEN_LEEWAY = "token.leeway", 30, Seconds, "How far the clocks of instances, and those of issuers, may be apart when a token is looked at.";
    TOKEN_LENGTH = "token.length", 1_024, Bytes, "An access token; the service's own have 300.";
    ACCEPT_RANGES = "accept.ranges", 32, Count, "Ranges of one Accept header that are looked at; browsers send 8.";
    ISSUER_ADDRESS = "issuer.address", 500, Bytes, "The address of an OpenID Connect issuer, as a column keeps it.";
    FORM_OVERHEAD = "form.overhead", 16 * KIB, Bytes, "What a form adds around the workbook: boundaries and the heads of its parts.";
    PERSONAL_TOLD = "personal_data.told", 10, Count, "Places with data about single persons that a refusal names; further ones are counted.";
    FAULTS_TOLD = "verify.faults_told", 1_000, Count, "Faults that verification tells one by one, of the record or of an exported journal.";
    JOURNAL_LINE = "journal.line", 16 * MIB, Bytes, "A line of an exported journal that is looked at; a longer one was not written by this program.";
    HEADS_FILE = "heads.file", 512 * MIB, Bytes, "A file of heads of the journal; more than a century of hourly ones.";
    PROOF_FILE = "proof.file", MIB, Bytes, "A proof between two heads of the journal; it grows by two hashes with each doubling of the entries.";
    ROUND_FILE = "round.file", MIB, Bytes, "A round file of a deployment; the largest that ships has 15 KB.";
    ROUND_LIST = "round.list", 200, Count, "Entries of a list of a round file; the longest shipped one has 30.";
    ROUND_KEY = "round.key", 40, Characters, "A key of a round file.";
    ROUND_NAME = "round.name", 200, Characters, "A name in a round file; it becomes a row label and a column of reports.";
    ROUND_NOTE = "round.note", 1_000, Characters, "The funding note of a round.";
    ROUND_YEARS = "round.years", 15, Count, "Years of a round.";
    DATABASE_CONNECTIONS = "database.connections", 8, Count, "Connections of one process to its database; enough for both cores and their waiting readers.";
    DATABASE_WAIT = "database.wait", 10, Seconds, "Time that a caller waits for a connection before it is told that the database is busy.";
    DATABASE_TRIES = "database.tries", 5, Count, "How often a change is tried that lost against another at the same time; then whoever asked is told to try again.";
    NARRATIVE = "figures.narrative", 10_000, Characters, "A part of the narrative report.";
    VOUCHERS = "figures.vouchers", 25_000, Count, "Vouchers in one workbook; no real voucher list of a quarter comes near.";
    VOUCHER_TEXT = "figures.voucher_text", 500, Characters, "Number, payee or purpose of a voucher.";
}

/// The table as markdown: `crates/domain/LIMITS.md`.
pub fn table() -> String {
    let mut out = String::from(
        "# Limits\n\nEvery bound that a user or an operator can run into, generated from `crates/domain/src/limits.rs` (`cargo \
         test -p nachweis-domain limits` says when this file is out of date). A value equal to the limit is accepted. Which \
         amounts, counts and dates are possible says [FINDINGS.md](FINDINGS.md). Bounds of file formats and standards, and \
         sizes of pieces, batches and caches, which refuse nobody, stand beside their code.\n\n\
         | Limit | Value | Why |\n|---|---:|---|\n",
    );
    for limit in ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| `{}` | {} | {} |", limit.name, shown(limit), limit.why);
    }
    out
}

fn shown(limit: &Limit) -> String {
    let number = crate::language::Language::En;
    match limit.unit {
        Unit::Bytes if limit.value.is_multiple_of(MIB) => format!("{} MiB", limit.value / MIB),
        Unit::Bytes if limit.value.is_multiple_of(KIB) => format!("{} KiB", limit.value / KIB),
        Unit::Bytes => format!("{} bytes", number.group(limit.value)),
        Unit::Count => number.group(limit.value),
        Unit::Ratio => format!("{} : 1", limit.value),
        Unit::Characters => format!("{} characters", number.group(limit.value)),
        Unit::Levels => format!("{} levels", limit.value),
        Unit::Seconds => format!("{} s", limit.value),
        Unit::Minutes => format!("{} min", limit.value),
        Unit::Hours => format!("{} h", limit.value),
        Unit::Days => format!("{} days", limit.value),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn the_table_in_the_repository_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("LIMITS.md");
        if std::env::var_os("UPDATE_GENERATED").is_some() {
            fs::write(&path, table()).expect("LIMITS.md can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == table(),
            "LIMITS.md is out of date: run UPDATE_GENERATED=1 cargo test -p nachweis-domain limits"
        );
    }

    #[test]
    fn names_are_given_once_and_values_fit_every_machine() {
        let names: BTreeSet<&str> = ALL.iter().map(|limit| limit.name).collect();
        assert_eq!(names.len(), ALL.len());
        for limit in ALL {
            assert!(
                limit.value > 0 && u32::try_from(limit.value).is_ok(),
                "{}",
                limit.name
            );
            assert!(!limit.is_exceeded_by(limit.value) && limit.is_exceeded_by(limit.value + 1));
        }
    }
}
