//! Which tables a backup carries, in the order in which their references allow it, and their columns.

use crate::{connection::Conn, error::StoreError, inspection};

/// The tables of record: those that others refer to come first.
pub(crate) const TABLES: [&str; 37] = [
    "user_account",
    "role_grant",
    "identity",
    "former_identity",
    "funding_round",
    "funding_round_version",
    "network",
    "network_version",
    "coordination",
    "subproject",
    "subproject_version",
    "plan_version",
    "plan_row",
    "disbursement",
    "issue",
    "original",
    "upload",
    "upload_summary",
    "voucher",
    "figure",
    "finding",
    "finding_comment",
    "waiver",
    "waiver_decision",
    "waiver_withdrawal",
    "finding_waiver",
    "refused_upload",
    "quarter_closing",
    "frozen_report",
    "reopening",
    "reopening_withdrawal",
    // Before holds: what was erased before a hold was placed is restored as well.
    "erasure",
    "erasure_confirmation",
    "erased_original",
    "retention_hold",
    "retention_hold_lift",
    "journal",
];

/// Tables that a backup leaves out, and why.
pub(crate) const NOT_CARRIED: [(&str, &str); 6] = [
    ("nachweis", "marks a database; a backup is none"),
    ("refresh_token", "nobody stays signed in"),
    ("session", "nobody stays signed in"),
    (
        "idempotent_request",
        "answers for a day, to programs that will ask again",
    ),
    ("attempt", "counts within an hour"),
    ("begun_sign_in", "waits for minutes"),
];

/// Rows that migrations write into a database without record: the mark, and the account of the command line.
pub(crate) fn rows_of_migrations(table: &str) -> i64 {
    match table {
        "nachweis" | "user_account" => 1,
        _ => 0,
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    Number,
    Text,
    Bytes,
}

/// A column, with its place in the key of its table: 0 when it is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    pub(crate) key_place: i64,
}

/// A table with its columns, as a backup's file names them.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) table: &'static str,
    pub(crate) columns: Vec<Column>,
}

/// The tables of record as they stand in a SQLite file.
pub(super) fn shapes(lite: &mut Conn<'_>) -> Result<Vec<Shape>, StoreError> {
    TABLES
        .into_iter()
        .map(|table| {
            Ok(Shape {
                table,
                columns: inspection::columns(lite, table)?,
            })
        })
        .collect()
}

impl Shape {
    /// The columns of the key, in its order.
    fn key(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self
            .columns
            .iter()
            .filter(|column| column.key_place > 0)
            .collect();
        key.sort_by_key(|column| column.key_place);
        key
    }

    /// The names of the columns, with commas between them.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        names.join(", ")
    }

    /// The column that counts rows, if there is one.
    pub(crate) fn counter(&self) -> Option<String> {
        match self.key().as_slice() {
            [only] if only.name == "seq" => Some(only.name.clone()),
            _ => None,
        }
    }

    /// The statement that reads all rows, in the order of bytes of their keys.
    pub(crate) fn selection(&self, postgres: bool) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| match column.kind {
                ColumnKind::Number => format!("CAST({0} AS BIGINT) AS {0}", column.name),
                ColumnKind::Text | ColumnKind::Bytes => column.name.clone(),
            })
            .collect();
        let order: Vec<String> = self
            .key()
            .into_iter()
            .map(|column| match column.kind {
                ColumnKind::Text if postgres => format!("{}.{} COLLATE \"C\"", self.table, column.name),
                _ => format!("{}.{}", self.table, column.name),
            })
            .collect();
        format!(
            "SELECT {} FROM {} ORDER BY {}",
            columns.join(", "),
            self.table,
            order.join(", ")
        )
    }

    /// The statement that writes so many rows. The account of the command line is there already and is written over.
    pub(crate) fn insertion(&self, rows: usize, postgres: bool) -> String {
        let mut place = 0_usize;
        let mut places = || {
            place += 1;
            if postgres {
                format!("${place}")
            } else {
                "?".to_owned()
            }
        };
        let rows: Vec<String> = (0..rows)
            .map(|_| {
                let values: Vec<String> = self.columns.iter().map(|_| places()).collect();
                format!("({})", values.join(", "))
            })
            .collect();
        let over = if rows_of_migrations(self.table) > 0 {
            let set: Vec<String> = self
                .columns
                .iter()
                .filter(|column| column.key_place == 0)
                .map(|column| format!("{0} = excluded.{0}", column.name))
                .collect();
            let key: Vec<&str> = self.key().iter().map(|column| column.name.as_str()).collect();
            format!(
                " ON CONFLICT ({}) DO UPDATE SET {}",
                key.join(", "),
                set.join(", ")
            )
        } else {
            String::new()
        };
        format!(
            "INSERT INTO {} ({}) VALUES {}{over}",
            self.table,
            self.names(),
            rows.join(", ")
        )
    }
}
