//! Which rows the journal vouches for, and what names a group of them.

#[cfg(feature = "testing")]
mod grouped;
mod people;
mod programme;
mod quarters;
mod retention;
mod uploads;
mod waivers;

use nachweis_domain::record::Action;

pub(crate) use people::{
    ACCOUNT, ACCOUNT_DISABLED, ACCOUNT_PASSWORD, COORDINATION, FORMER_IDENTITY, IDENTITY, ROLE_GRANT,
};
pub(crate) use programme::{
    DISBURSEMENT, NETWORK, NETWORK_VERSION, PLAN_ROW, PLAN_VERSION, ROUND, ROUND_VERSION, SUBPROJECT,
    SUBPROJECT_VERSION,
};
pub(crate) use quarters::{
    FROZEN_REPORT, QUARTER_CLOSING, REOPENING, REOPENING_CONFIRMED, REOPENING_WITHDRAWAL,
};
pub(crate) use retention::{
    ERASED_ORIGINAL, ERASURE, ERASURE_CONFIRMATION, RETENTION_HOLD, RETENTION_HOLD_LIFT,
};
pub(crate) use uploads::{
    FIGURE, FINDING, FINDING_COMMENT, ISSUE, REFUSED_UPLOAD, UPLOAD, UPLOAD_DECIDED, UPLOAD_ENDORSED,
    UPLOAD_STATE, UPLOAD_SUBMITTED, UPLOAD_SUMMARY, UPLOAD_SUPERSEDED, VOUCHER,
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
    /// Which entries vouch for them.
    vouching: Vouching,
}

/// Which entries of the journal vouch for a group of rows over time.
///
/// Verification holds the journal to it: whoever changes rows behind the program's back cannot vouch for them anew.
#[derive(Clone, Copy, Debug)]
pub enum Vouching {
    /// The rows are written once, and one entry vouches for them: of one of these kinds.
    Once(&'static [Action]),
    /// The rows change, and each entry that changes them vouches for them anew: one of these kinds.
    Changing(&'static [Action]),
}

impl Vouching {
    /// Whether entries of a kind vouch for such rows.
    pub fn is_by(&self, action: &str) -> bool {
        let (Self::Once(actions) | Self::Changing(actions)) = self;
        actions.iter().any(|by| by.as_str() == action)
    }
}

/// Which entries vouch for which rows, by the part of a group's name before the first `/`.
pub fn vouching() -> impl Iterator<Item = (&'static str, Vouching)> {
    ALL.iter().map(|rows| (rows.name, rows.vouching))
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
    vouching: Vouching,
) -> Rows {
    part(table, table, key, columns, None, vouching)
}

const fn once(actions: &'static [Action]) -> Vouching {
    Vouching::Once(actions)
}

const fn changing(actions: &'static [Action]) -> Vouching {
    Vouching::Changing(actions)
}

const fn part(
    name: &'static str,
    table: &'static str,
    key: &'static [(&'static str, Kind)],
    columns: &'static [&'static str],
    filled: Option<&'static str>,
    vouching: Vouching,
) -> Rows {
    Rows {
        name,
        table,
        key,
        columns,
        filled,
        vouching,
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

    /// Which entries vouch for the rows.
    pub(super) const fn vouching(&self) -> Vouching {
        self.vouching
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
