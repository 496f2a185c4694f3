//! Which rows the journal vouches for, and what names a group of them.

#[cfg(feature = "testing")]
mod grouped;
mod retention;
mod waivers;

pub(crate) use retention::{
    ERASED_ORIGINAL, ERASURE, ERASURE_CONFIRMATION, RETENTION_HOLD, RETENTION_HOLD_LIFT,
};
pub(crate) use waivers::{FINDING_WAIVER, UPLOAD_WAIVED, WAIVER, WAIVER_DECISION, WAIVER_WITHDRAWAL};

/// Rows for which entries of the journal vouch: a table, or those of its columns that are written together.
#[derive(Debug)]
pub(crate) struct Rows {
    /// The name in the journal.
    pub(super) name: &'static str,
    table: &'static str,
    /// The columns that name a group; none for rows that belong to an upload, which the upload's id names.
    key: &'static [(&'static str, Kind)],
    /// The columns that are digested.
    columns: &'static [&'static str],
    /// Rows count only where this column is filled.
    filled: Option<&'static str>,
}

/// How a column of a key is compared with a text.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Number,
}
use Kind::{Number, Text};

const BY_UPLOAD: &[(&str, Kind)] = &[];
const BY_ID: &[(&str, Kind)] = &[("id", Text)];

pub(crate) static ROUND: Rows = whole("funding_round", &[("code", Text)], &["recorded_at"]);
pub(crate) static ROUND_VERSION: Rows = whole(
    "funding_round_version",
    &[("round", Text), ("number", Number)],
    &["document", "document_sha256", "recorded_at"],
);
pub(crate) static NETWORK: Rows = whole(
    "network",
    &[("round", Text), ("code", Text)],
    &["name", "land", "recorded_at"],
);
pub(crate) static NETWORK_VERSION: Rows = whole(
    "network_version",
    &[("round", Text), ("network", Text), ("number", Number)],
    &["name", "land", "recorded_at"],
);
pub(crate) static COORDINATION: Rows = whole(
    "coordination",
    &[("user_id", Text)],
    &["scope_key", "since", "until"],
);
pub(crate) static SUBPROJECT: Rows = whole(
    "subproject",
    &[("no", Text)],
    &[
        "round",
        "kind",
        "title",
        "carrier",
        "network",
        "land",
        "nuts2",
        "regions",
        "strand",
        "action_field",
        "first_day",
        "last_day",
        "passed_on_via",
        "recorded_at",
    ],
);
pub(crate) static SUBPROJECT_VERSION: Rows = whole(
    "subproject_version",
    &[("subproject", Text), ("number", Number)],
    &["document", "recorded_at"],
);
pub(crate) static PLAN_VERSION: Rows = whole(
    "plan_version",
    &[("subproject", Text), ("number", Number)],
    &["effective_from", "recorded_at", "recorded_by"],
);
pub(crate) static PLAN_ROW: Rows = whole(
    "plan_row",
    &[("subproject", Text), ("number", Number)],
    &["kind", "key", "year", "amount"],
);
pub(crate) static DISBURSEMENT: Rows = whole(
    "disbursement",
    &[("subproject", Text), ("recorded_at", Number)],
    &["paid_on", "source", "amount_cents", "recorded_by"],
);
pub(crate) static ISSUE: Rows = whole(
    "issue",
    BY_ID,
    &[
        "subproject",
        "quarter",
        "template_version",
        "plan_version",
        "seal",
        "issued_by",
        "issued_at",
    ],
);
pub(crate) static UPLOAD: Rows = whole(
    "upload",
    BY_ID,
    &[
        "round",
        "subproject",
        "quarter",
        "revision",
        "sha256",
        "size_bytes",
        "file_name",
        "uploaded_by",
        "uploaded_at",
        "template_version",
        "rule_version",
        "plan_version",
        "blocking",
        "warnings",
        "notices",
    ],
);
pub(crate) static UPLOAD_STATE: Rows = part("upload_state", "upload", BY_ID, &["state"], None);
pub(crate) static UPLOAD_SUBMITTED: Rows = part(
    "upload_submitted",
    "upload",
    BY_ID,
    &["submitted_by", "submitted_at"],
    Some("submitted_at"),
);
pub(crate) static UPLOAD_ENDORSED: Rows = part(
    "upload_endorsed",
    "upload",
    BY_ID,
    &["endorsed_by", "endorsed_at"],
    Some("endorsed_at"),
);
pub(crate) static UPLOAD_DECIDED: Rows = part(
    "upload_decided",
    "upload",
    BY_ID,
    &["decided_by", "decided_at", "return_reason"],
    Some("decided_at"),
);
pub(crate) static UPLOAD_SUPERSEDED: Rows = part(
    "upload_superseded",
    "upload",
    BY_ID,
    &["superseded_at"],
    Some("superseded_at"),
);
pub(crate) static UPLOAD_SUMMARY: Rows = whole(
    "upload_summary",
    BY_UPLOAD,
    &["voucher_sheet", "voucher_columns", "totals"],
);
pub(crate) static FIGURE: Rows = whole(
    "figure",
    BY_UPLOAD,
    &[
        "position",
        "kind",
        "key",
        "part",
        "sheet",
        "sheet_row",
        "sheet_col",
        "value",
        "text",
    ],
);
pub(crate) static VOUCHER: Rows = whole(
    "voucher",
    BY_UPLOAD,
    &[
        "sheet_row",
        "number",
        "paid_on",
        "payee",
        "purpose",
        "item",
        "amount_cents",
        "corrects",
    ],
);
pub(crate) static FINDING: Rows = whole(
    "finding",
    BY_UPLOAD,
    &[
        "position",
        "code",
        "severity",
        "sheet",
        "sheet_row",
        "sheet_col",
        "related",
        "detail",
    ],
);
pub(crate) static FINDING_COMMENT: Rows = whole(
    "finding_comment",
    BY_UPLOAD,
    &["finding", "comment", "commented_by", "commented_at"],
);
pub(crate) static REFUSED_UPLOAD: Rows = whole(
    "refused_upload",
    &[("subproject", Text), ("sent_at", Number)],
    &["quarter", "sha256", "size_bytes", "sent_by", "reason"],
);
pub(crate) static QUARTER_CLOSING: Rows = whole(
    "quarter_closing",
    &[("round", Text), ("quarter", Number)],
    &["closed_by", "closed_at", "missing"],
);
pub(crate) static FROZEN_REPORT: Rows = whole(
    "frozen_report",
    &[("round", Text), ("quarter", Number)],
    &["name", "language", "format", "sha256"],
);
pub(crate) static REOPENING: Rows = whole(
    "reopening",
    BY_ID,
    &[
        "round",
        "quarter",
        "subproject",
        "reason",
        "requested_by",
        "requested_at",
        "expires_at",
    ],
);
pub(crate) static REOPENING_CONFIRMED: Rows = part(
    "reopening_confirmed",
    "reopening",
    BY_ID,
    &["confirmed_by", "confirmed_at"],
    Some("confirmed_at"),
);
pub(crate) static REOPENING_WITHDRAWAL: Rows = whole(
    "reopening_withdrawal",
    &[("reopening", Text)],
    &["reason", "withdrawn_by", "withdrawn_at"],
);
pub(crate) static ACCOUNT: Rows = whole(
    "user_account",
    BY_ID,
    &["login", "login_key", "display_name", "language", "created_at"],
);
pub(crate) static ACCOUNT_PASSWORD: Rows = part(
    "user_password",
    "user_account",
    BY_ID,
    &["password_hash"],
    Some("password_hash"),
);
pub(crate) static ACCOUNT_DISABLED: Rows = part(
    "user_disabled",
    "user_account",
    BY_ID,
    &["disabled_at"],
    Some("disabled_at"),
);
pub(crate) static ROLE_GRANT: Rows = whole(
    "role_grant",
    &[
        ("user_id", Text),
        ("role", Text),
        ("scope_kind", Text),
        ("scope_key", Text),
    ],
    &["granted_at"],
);
pub(crate) static IDENTITY: Rows = whole("identity", BY_ID, &["user_id", "issuer", "subject", "linked_at"]);
pub(crate) static FORMER_IDENTITY: Rows = whole(
    "former_identity",
    BY_ID,
    &["user_id", "issuer", "subject", "unlinked_at"],
);

/// All rows for which entries of the journal vouch.
///
/// Not among them: what is no record (sessions), what proves itself (bytes of originals and frozen reports have the hash
/// that is attested), and the journal.
pub(crate) static ALL: [&Rows; 44] = [
    &ROUND,
    &ROUND_VERSION,
    &NETWORK,
    &NETWORK_VERSION,
    &COORDINATION,
    &SUBPROJECT,
    &SUBPROJECT_VERSION,
    &PLAN_VERSION,
    &PLAN_ROW,
    &DISBURSEMENT,
    &ISSUE,
    &UPLOAD,
    &UPLOAD_STATE,
    &UPLOAD_SUBMITTED,
    &UPLOAD_ENDORSED,
    &UPLOAD_DECIDED,
    &UPLOAD_SUPERSEDED,
    &UPLOAD_SUMMARY,
    &FIGURE,
    &VOUCHER,
    &FINDING,
    &FINDING_COMMENT,
    &REFUSED_UPLOAD,
    &QUARTER_CLOSING,
    &FROZEN_REPORT,
    &REOPENING,
    &REOPENING_CONFIRMED,
    &REOPENING_WITHDRAWAL,
    &WAIVER,
    &WAIVER_DECISION,
    &WAIVER_WITHDRAWAL,
    &FINDING_WAIVER,
    &UPLOAD_WAIVED,
    &RETENTION_HOLD,
    &RETENTION_HOLD_LIFT,
    &ERASURE,
    &ERASURE_CONFIRMATION,
    &ERASED_ORIGINAL,
    &ACCOUNT,
    &ACCOUNT_PASSWORD,
    &ACCOUNT_DISABLED,
    &ROLE_GRANT,
    &IDENTITY,
    &FORMER_IDENTITY,
];

const fn whole(
    table: &'static str,
    key: &'static [(&'static str, Kind)],
    columns: &'static [&'static str],
) -> Rows {
    part(table, table, key, columns, None)
}

const fn part(
    name: &'static str,
    table: &'static str,
    key: &'static [(&'static str, Kind)],
    columns: &'static [&'static str],
    filled: Option<&'static str>,
) -> Rows {
    Rows {
        name,
        table,
        key,
        columns,
        filled,
    }
}

impl Rows {
    /// The rows of one group. Values of the key are bound as texts, in their order.
    pub(super) fn of_one(&self, postgres: bool) -> String {
        let place = |index: usize| {
            if postgres {
                format!("${index}")
            } else {
                "?".to_owned()
            }
        };
        let mut conditions: Vec<String> = match self.key {
            [] => vec![format!("u.id = {}", place(1))],
            key => key
                .iter()
                .enumerate()
                .map(|(index, (column, kind))| match kind {
                    Text => format!("t.{column} = {}", place(index + 1)),
                    Number => format!("t.{column} = CAST({} AS BIGINT)", place(index + 1)),
                })
                .collect(),
        };
        conditions.extend(self.filled.map(|column| format!("t.{column} IS NOT NULL")));
        format!("{} WHERE {}", self.selection(), conditions.join(" AND "))
    }

    /// All rows, those of a group together.
    pub(super) fn of_all(&self) -> String {
        let filled = self
            .filled
            .map_or_else(String::new, |column| format!(" WHERE t.{column} IS NOT NULL"));
        let order = match self.key {
            [] => "t.upload_seq".to_owned(),
            key => key
                .iter()
                .map(|(column, _)| format!("t.{column}"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        format!("{}{filled} ORDER BY {order}", self.selection())
    }

    fn selection(&self) -> String {
        let content: Vec<String> = self
            .columns
            .iter()
            .map(|column| counted(&format!("t.{column}")))
            .collect();
        let content = content.join(" || ");
        let table = self.table;
        match self.key {
            [] => format!(
                "SELECT u.id AS group_name, {content} AS content FROM {table} t \
                 INNER JOIN upload u ON u.seq = t.upload_seq"
            ),
            key => {
                let name: Vec<String> = key
                    .iter()
                    .map(|(column, _)| format!("CAST(t.{column} AS TEXT)"))
                    .collect();
                let name = name.join(" || '/' || ");
                format!("SELECT {name} AS group_name, {content} AS content FROM {table} t")
            }
        }
    }

    /// The columns that are digested.
    pub(super) const fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    /// The columns that are covered, key included.
    #[cfg(feature = "testing")]
    pub(crate) fn covered(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let upload = if self.key.is_empty() {
            Some("upload_seq")
        } else {
            None
        };
        let table = self.table;
        let key = self.key.iter().map(|(column, _)| *column);
        key.chain(upload)
            .chain(self.columns.iter().copied())
            .map(move |column| (table, column))
    }
}

/// A value with its length before it; what is empty is a dash.
fn counted(column: &str) -> String {
    format!("COALESCE(LENGTH(CAST({column} AS TEXT)) || ':' || CAST({column} AS TEXT), '-')")
}
