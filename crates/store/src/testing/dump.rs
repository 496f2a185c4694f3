//! Everything that the tables of record of a SQLite file hold, byte for byte, past all reading of the program.

use std::{collections::BTreeMap, path::Path};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use super::columns::Column;
use crate::{
    attest::tables,
    backup::NOT_CARRIED,
    connection::{Conn, Session},
};

/// Rows by table and by the key under which verification names them, each as types and bytes of its columns.
pub type Dump = BTreeMap<(String, String), Vec<String>>;

/// Columns of tables of record that are none: numbers of rows, which keys stand for, and what counts changes for sessions.
const NO_CONTENT: [(&str, &str); 5] = [
    ("upload", "seq"),
    ("disbursement", "seq"),
    ("refused_upload", "seq"),
    ("coordination", "seq"),
    ("user_account", "epoch"),
];

/// The table of a name of rows in the journal: `upload` for `upload_decided`.
pub fn table_of_rows(name: &str) -> Option<&'static str> {
    tables::ALL
        .iter()
        .map(|rows| rows.group())
        .find_map(|(of, table, _)| (of == name).then_some(table))
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    content: String,
}

/// What the tables of record hold, of a file that nobody writes. `columns` are those of a sound database.
///
/// # Errors
/// What the database says when it cannot read the file to its end.
pub fn dump_of(file: &Path, columns: &[Column]) -> Result<Dump, String> {
    let mut session = Session::read_only(file).map_err(|error| error.to_string())?;
    let Conn::Lite(lite) = session.conn() else {
        return Err("not SQLite".into());
    };
    let mut by_table: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (table, column, ..) in columns {
        let is_left_out = NOT_CARRIED.iter().any(|(left_out, _)| left_out == table)
            || NO_CONTENT.contains(&(table.as_str(), column.as_str()));
        if !is_left_out {
            by_table.entry(table).or_default().push(column);
        }
    }
    let mut contents = Dump::new();
    for (table, columns) in by_table {
        let rows: Vec<Row> = sql_query(selection(table, &columns))
            .load(lite)
            .map_err(|error| error.to_string())?;
        for row in rows {
            let key = (table.to_owned(), decoded(&row.key));
            contents.entry(key).or_default().push(row.content);
        }
    }
    for rows in contents.values_mut() {
        rows.sort_unstable();
    }
    Ok(contents)
}

/// Key and content of all rows of a table, without any index, in hexadecimal: bytes may be no text any more.
fn selection(table: &str, columns: &[&str]) -> String {
    const UPLOAD: &str = "(SELECT u.id FROM upload u WHERE u.seq = t.upload_seq)";
    let value = |column: &str| match column {
        "upload_seq" => UPLOAD.to_owned(),
        column => format!("t.{column}"),
    };
    let key: Vec<String> = key(table)
        .into_iter()
        .map(|column| format!("COALESCE({}, '-')", value(column)))
        .collect();
    let content: Vec<String> = columns
        .iter()
        .map(|column| value(column))
        .map(|value| format!("typeof({value}) || ':' || hex(CAST({value} AS BLOB))"))
        .collect();
    format!(
        "SELECT hex({}) AS key, {} AS content FROM {table} t NOT INDEXED",
        key.join(" || '/' || "),
        content.join(" || ' ' || ")
    )
}

/// The columns that name a group of rows.
fn key(table: &str) -> Vec<&'static str> {
    match table {
        "journal" => vec!["position"],
        "original" => vec!["sha256"],
        table => tables::ALL
            .iter()
            .map(|rows| rows.group())
            .find_map(|(_, of, key)| (of == table).then_some(key))
            .unwrap_or_default(),
    }
}

fn decoded(hex: &str) -> String {
    let bytes: Vec<u8> = hex
        .as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
