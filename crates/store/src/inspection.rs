//! What stands in a database before it is used: ours or another program's, and how old.
//!
//! Together with `connection.rs` the only place with statements that one database alone understands.

use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_types::Text};

use crate::{
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

/// Marks a SQLite file as ours.
pub(crate) fn mark(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    if let Conn::Lite(lite) = conn {
        lite.batch_execute(&format!("PRAGMA application_id = {APPLICATION_ID};"))?;
    }
    Ok(())
}
