//! What a backup says of itself, and what a restored database is compared with.

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Nullable, Text},
};
use nachweis_domain::record::Sha256;
use sha2::{Digest as _, Sha256 as Hasher};

use super::totals;
use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
};

/// The form of the file; another number is another form.
const FORMAT: &str = "1";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupManifest {
    /// The version of the program that wrote it.
    pub program_version: String,
    /// The versions of the migrations that its database had, oldest first.
    pub migrations: Vec<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The position of the journal's last entry; 0 when it is empty.
    pub head_position: u64,
    /// The link of that entry: the hash of the whole chain.
    pub head_link: Option<String>,
    /// Its tables.
    pub tables: Vec<BackupTable>,
    /// Its control totals.
    pub totals: Vec<BackupTotal>,
}

/// A table of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupTable {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// The SHA-256 of its content, the same on both databases.
    pub sha256: Sha256,
}

/// A control total: cents, or counts of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BackupTotal {
    /// The subproject's number.
    pub subproject: String,
    /// The ordinal of the quarter, `year * 4 + number - 1`; 0 for plans and payments.
    pub quarter: i64,
    /// Of what: kind and part of a figure, `voucher`, `plan/…` or `payment`.
    pub kind: String,
    /// The sum.
    pub amount: i64,
}

impl BackupManifest {
    /// The manifest of a database as it is, without its tables.
    pub(super) fn of(conn: &mut Conn<'_>, made_at: DateTime<Utc>) -> Result<Self, StoreError> {
        let head: Vec<HeadRow> = on!(conn, c => sql_query(
            "SELECT position, link FROM journal ORDER BY position DESC LIMIT 1"
        ).load(c))?;
        let (position, link) = head
            .into_iter()
            .next()
            .map_or((0, None), |row| (row.position, row.link));
        Ok(Self {
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            migrations: super::versions()?,
            made_at: kept::rounded(made_at),
            head_position: kept::fit(position)?,
            head_link: link,
            tables: Vec::new(),
            totals: totals::of(conn)?,
        })
    }

    /// A table by its name.
    pub(super) fn table(&self, name: &str) -> Option<&BackupTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// The SHA-256 of the content of all tables, in their order.
    pub fn content_sha256(&self) -> Sha256 {
        let mut hasher = Hasher::new();
        for table in &self.tables {
            hasher.update(format!("{} {} {}\n", table.name, table.rows, table.sha256));
        }
        Sha256(hasher.finalize().into())
    }
}

#[derive(QueryableByName)]
struct HeadRow {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Nullable<Text>)]
    link: Option<String>,
}

const SCHEMA: &str = "CREATE TABLE backup (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT; \
    CREATE TABLE backup_table (seq INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL, \
    sha256 TEXT NOT NULL) STRICT; \
    CREATE TABLE backup_total (subproject TEXT NOT NULL, quarter INTEGER NOT NULL, kind TEXT NOT NULL, \
    amount INTEGER NOT NULL, PRIMARY KEY (subproject, quarter, kind)) STRICT;";

/// Writes the manifest into the file.
pub(super) fn write(conn: &mut Conn<'_>, manifest: &BackupManifest) -> Result<(), StoreError> {
    on!(conn, c => c.batch_execute(SCHEMA))?;
    for (name, value) in [
        ("format", FORMAT.to_owned()),
        ("program_version", manifest.program_version.clone()),
        ("migrations", manifest.migrations.join(" ")),
        ("made_at", kept::moment(manifest.made_at).to_string()),
        ("head_position", manifest.head_position.to_string()),
        ("head_link", manifest.head_link.clone().unwrap_or_default()),
        ("content_sha256", manifest.content_sha256().to_string()),
    ] {
        on!(conn, c => sql_query("INSERT INTO backup (name, value) VALUES (?, ?)")
            .bind::<Text, _>(name)
            .bind::<Text, _>(&value)
            .execute(c))?;
    }
    for table in &manifest.tables {
        let rows: i64 = kept::fit(table.rows)?;
        on!(conn, c => sql_query("INSERT INTO backup_table (name, rows, sha256) VALUES (?, ?, ?)")
            .bind::<Text, _>(&table.name)
            .bind::<BigInt, _>(rows)
            .bind::<Text, _>(table.sha256.to_string())
            .execute(c))?;
    }
    for total in &manifest.totals {
        on!(conn, c => sql_query(
            "INSERT INTO backup_total (subproject, quarter, kind, amount) VALUES (?, ?, ?, ?)"
        )
            .bind::<Text, _>(&total.subproject)
            .bind::<BigInt, _>(total.quarter)
            .bind::<Text, _>(&total.kind)
            .bind::<BigInt, _>(total.amount)
            .execute(c))?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct TableRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = Text)]
    sha256: String,
}

#[derive(QueryableByName)]
struct TotalRow {
    #[diesel(sql_type = Text)]
    subproject: String,
    #[diesel(sql_type = BigInt)]
    quarter: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// Reads the manifest of a file; `None` when it does not hold together or is of another form.
pub(super) fn read(conn: &mut Conn<'_>) -> Result<Option<BackupManifest>, StoreError> {
    let lines: Vec<Line> = on!(conn, c => sql_query("SELECT name, value FROM backup").load(c))?;
    let value = |name: &str| {
        lines
            .iter()
            .find(|line| line.name == name)
            .map(|line| line.value.as_str())
    };
    let tables: Vec<TableRow> =
        on!(conn, c => sql_query("SELECT name, rows, sha256 FROM backup_table ORDER BY seq").load(c))?;
    let totals: Vec<TotalRow> =
        on!(conn, c => sql_query("SELECT subproject, quarter, kind, amount FROM backup_total").load(c))?;
    let read = || -> Option<BackupManifest> {
        (value("format")? == FORMAT).then_some(())?;
        let mut totals: Vec<BackupTotal> = totals.into_iter().map(TotalRow::read).collect();
        totals.sort();
        Some(BackupManifest {
            program_version: value("program_version")?.to_owned(),
            migrations: value("migrations")?.split(' ').map(ToOwned::to_owned).collect(),
            made_at: DateTime::from_timestamp_micros(value("made_at")?.parse().ok()?)?,
            head_position: value("head_position")?.parse().ok()?,
            head_link: Some(value("head_link")?.to_owned()).filter(|link| !link.is_empty()),
            tables: tables.into_iter().map(TableRow::read).collect::<Option<_>>()?,
            totals,
        })
    };
    let content = value("content_sha256").map(ToOwned::to_owned);
    Ok(read().filter(|manifest| content == Some(manifest.content_sha256().to_string())))
}

impl TableRow {
    fn read(self) -> Option<BackupTable> {
        Some(BackupTable {
            name: self.name,
            rows: u64::try_from(self.rows).ok()?,
            sha256: self.sha256.parse().ok()?,
        })
    }
}

impl TotalRow {
    fn read(self) -> BackupTotal {
        BackupTotal {
            subproject: self.subproject,
            quarter: self.quarter,
            kind: self.kind,
            amount: self.amount,
        }
    }
}
