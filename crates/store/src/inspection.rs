//! What stands in a database before it is used: ours or another program's, and how old.
//!
//! Together with `connection.rs` the only place with statements that one database alone understands.

use diesel::{
    QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_types::{BigInt, Text},
};

use crate::{
    backup::{Column, ColumnKind},
    connection::{Conn, on},
    error::StoreError,
};

/// "NchW": what `file` and other tools see in the head of a SQLite file of ours.
const APPLICATION_ID: i32 = 0x4e63_6857;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The names of all tables, sorted; an error when the file is no database at all.
pub(crate) fn tables(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let query = match conn {
        Conn::Pg(_) => {
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        }
        Conn::Lite(_) => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY 1"
        }
    };
    let rows: Vec<Name> = on!(conn, c => diesel::sql_query(query).load(c))?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The versions of the migrations that were applied, where Diesel's table of them is there.
pub(crate) fn applied(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let query = "SELECT CAST(version AS TEXT) AS name FROM __diesel_schema_migrations ORDER BY 1";
    let rows: Vec<Name> = on!(conn, c => diesel::sql_query(query).load(c))?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// In which form a server keeps texts; none for a SQLite file, which the program itself makes with UTF-8.
pub(crate) fn encoding(conn: &mut Conn<'_>) -> Result<Option<String>, StoreError> {
    let Conn::Pg(pg) = conn else { return Ok(None) };
    let row: Name =
        diesel::sql_query("SELECT current_setting('server_encoding') AS name").get_result(&mut **pg)?;
    Ok(Some(row.name))
}

/// Whether this connection may empty originals: on PostgreSQL a right that the role of the service does not have.
pub(crate) fn may_erase(conn: &mut Conn<'_>) -> Result<bool, StoreError> {
    let Conn::Pg(pg) = conn else { return Ok(true) };
    let row: Name =
        diesel::sql_query("SELECT CAST(has_column_privilege('original', 'bytes', 'UPDATE') AS TEXT) AS name")
            .get_result(&mut **pg)?;
    Ok(row.name == "true")
}

/// Marks a SQLite file as ours.
pub(crate) fn mark(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    if let Conn::Lite(lite) = conn {
        lite.batch_execute(&format!("PRAGMA application_id = {APPLICATION_ID};"))?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    key_place: i64,
}

/// The columns of a table of a SQLite file, in their order.
pub(crate) fn columns(conn: &mut Conn<'_>, table: &str) -> Result<Vec<Column>, StoreError> {
    let query = format!("SELECT name, type AS kind, pk AS key_place FROM pragma_table_info('{table}')");
    let rows: Vec<ColumnRow> = on!(conn, c => diesel::sql_query(query).load(c))?;
    Ok(rows
        .into_iter()
        .map(|row| Column {
            name: row.name,
            kind: match row.kind.as_str() {
                "INTEGER" => ColumnKind::Number,
                "BLOB" => ColumnKind::Bytes,
                _ => ColumnKind::Text,
            },
            key_place: row.key_place,
        })
        .collect())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Whether a table has more than so many rows.
pub(crate) fn has_more_rows_than(conn: &mut Conn<'_>, table: &str, rows: i64) -> Result<bool, StoreError> {
    let limit = rows + 1;
    let query = format!("SELECT COUNT(*) AS count FROM (SELECT 1 FROM {table} LIMIT {limit}) AS few");
    let count: Count = on!(conn, c => diesel::sql_query(query).get_result(c))?;
    Ok(count.count > rows)
}

/// Lets PostgreSQL number further rows after those that were written with their numbers. SQLite does so by itself.
pub(crate) fn go_on_counting(
    conn: &mut Conn<'_>,
    table: &str,
    column: Option<&str>,
) -> Result<(), StoreError> {
    if let (Conn::Pg(pg), Some(column)) = (conn, column) {
        pg.batch_execute(&format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), COALESCE(MAX({column}), 1), \
             MAX({column}) IS NOT NULL) FROM {table}"
        ))?;
    }
    Ok(())
}

/// Turns a migrated SQLite file into one for the rows of a backup: only tables of record, nothing that refuses a row, no
/// waiting for the disk before its end.
pub(crate) fn turn_into_backup(conn: &mut Conn<'_>, unneeded: &[&str]) -> Result<(), StoreError> {
    let triggers: Vec<Name> = on!(conn, c => diesel::sql_query(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
    ).load(c))?;
    let mut statements = String::from(
        "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; \
         PRAGMA ignore_check_constraints = ON; PRAGMA application_id = 0; BEGIN IMMEDIATE; \
         DROP TABLE __diesel_schema_migrations; ",
    );
    statements.extend(
        triggers
            .iter()
            .map(|trigger| format!("DROP TRIGGER {}; ", trigger.name)),
    );
    statements.extend(unneeded.iter().map(|table| format!("DROP TABLE {table}; ")));
    on!(conn, c => c.batch_execute(&statements))?;
    Ok(())
}

/// Ends the writing of a backup.
pub(crate) fn finish_backup(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    on!(conn, c => c.batch_execute("COMMIT"))?;
    Ok(())
}
