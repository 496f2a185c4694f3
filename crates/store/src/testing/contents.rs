//! Everything that a database holds, for comparing it before and after.

use std::collections::BTreeMap;

use diesel::{QueryableByName, RunQueryDsl, sql_types};

use super::{TestDatabase, columns_of};
use crate::connection::{Conn, Missing, Session};

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = sql_types::Text)]
    line: String,
}

/// The rows of every table as text, sorted; bytes in hexadecimal form.
///
/// # Panics
/// When the database cannot be asked.
pub fn contents_of(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column, ..) in columns_of(database) {
        columns.entry(table).or_default().push(column);
    }
    let mut session = Session::connect(database.url(), Missing::Refuse).expect("the database can be reached");
    let mut rows = |table: &str, columns: &[String]| -> Vec<String> {
        let quoted: Vec<String> = columns
            .iter()
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let loaded: Vec<LineRow> = match session.conn() {
            Conn::Pg(pg) => {
                diesel::sql_query(format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY 1")).load(pg)
            }
            Conn::Lite(lite) => {
                let joined = quoted.join(" || ',' || ");
                diesel::sql_query(format!("SELECT {joined} AS line FROM \"{table}\" ORDER BY 1")).load(lite)
            }
        }
        .expect("the rows can be listed");
        loaded.into_iter().map(|row| row.line).collect()
    };
    (columns.into_iter())
        .map(|(table, columns)| {
            let rows = rows(&table, &columns);
            (table, rows)
        })
        .collect()
}
