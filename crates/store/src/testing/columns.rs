//! The columns of a database in one normal form, for comparing both sides.

use diesel::{QueryableByName, RunQueryDsl, sql_types};

use super::TestDatabase;
use crate::connection::{Conn, Missing, Session};

/// A column in the normal form of both databases: table, column, type, whether it may be empty, place in the key.
pub type Column = (String, String, String, bool, i64);

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = sql_types::Text)]
    table_name: String,
    #[diesel(sql_type = sql_types::Text)]
    column_name: String,
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::BigInt)]
    nullable: i64,
    #[diesel(sql_type = sql_types::BigInt)]
    key_place: i64,
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, \
    c.\"notnull\" = 0 AND c.pk = 0 AS nullable, c.pk AS key_place \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c \
    WHERE m.type = 'table' AND m.name NOT LIKE '~_~_%' ESCAPE '~'";
const POSTGRES_COLUMNS: &str = "SELECT CAST(c.table_name AS TEXT) AS table_name, \
    CAST(c.column_name AS TEXT) AS column_name, \
    CASE c.data_type WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' ELSE 'INTEGER' END AS kind, \
    CAST(c.is_nullable = 'YES' AS INTEGER)::BIGINT AS nullable, \
    COALESCE(k.ordinal_position, 0)::BIGINT AS key_place \
    FROM information_schema.columns c \
    LEFT JOIN information_schema.table_constraints t ON t.table_schema = c.table_schema \
        AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
    LEFT JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name \
        AND k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name \
    WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE '~_~_%' ESCAPE '~'";

/// The columns of a database, sorted by table and name.
///
/// # Panics
/// When the database cannot be asked.
pub fn columns_of(database: &TestDatabase) -> Vec<Column> {
    let mut session = Session::connect(database.url(), Missing::Refuse).expect("the database can be reached");
    let rows: Vec<ColumnRow> = match session.conn() {
        Conn::Pg(pg) => diesel::sql_query(POSTGRES_COLUMNS).load(pg),
        Conn::Lite(lite) => diesel::sql_query(SQLITE_COLUMNS).load(lite),
    }
    .expect("the columns can be listed");
    let mut columns: Vec<Column> = rows
        .into_iter()
        .map(|row| {
            let nullable = row.nullable != 0;
            (row.table_name, row.column_name, row.kind, nullable, row.key_place)
        })
        .collect();
    columns.sort();
    columns
}

#[derive(QueryableByName)]
struct RowText {
    #[diesel(sql_type = sql_types::Text)]
    content: String,
}

/// The rows of tables as texts of this database, sorted.
///
/// # Panics
/// When the database cannot be asked.
pub fn rows_of(database: &TestDatabase, tables: &[&str]) -> Vec<Vec<String>> {
    let mut session = Session::connect(database.url(), Missing::Refuse).expect("the database can be reached");
    let rows = tables.iter().map(|table| {
        let rows: Vec<RowText> = match session.conn() {
            Conn::Pg(pg) => {
                diesel::sql_query(format!("SELECT CAST(t AS TEXT) AS content FROM {table} t")).load(pg)
            }
            Conn::Lite(lite) => {
                let columns: Vec<ColumnName> = diesel::sql_query(format!(
                    "SELECT name AS column_name FROM pragma_table_info('{table}')"
                ))
                .load(lite)
                .expect("the columns can be listed");
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|column| format!("quote({})", column.column_name))
                    .collect();
                let content = quoted.join(" || ',' || ");
                diesel::sql_query(format!("SELECT {content} AS content FROM {table}")).load(lite)
            }
        }
        .expect("the rows can be read");
        let mut rows: Vec<String> = rows.into_iter().map(|row| row.content).collect();
        rows.sort_unstable();
        rows
    });
    rows.collect()
}

#[derive(QueryableByName)]
struct ColumnName {
    #[diesel(sql_type = sql_types::Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = sql_types::BigInt)]
    rows_there: i64,
}

/// How many rows of a table fulfil a condition.
///
/// # Panics
/// When the database cannot be asked.
pub fn count_of(database: &TestDatabase, table: &str, condition: &str) -> i64 {
    let mut session = Session::connect(database.url(), Missing::Refuse).expect("the database can be reached");
    let query = diesel::sql_query(format!(
        "SELECT count(*) AS rows_there FROM {table} WHERE {condition}"
    ));
    let counted: Counted = match session.conn() {
        Conn::Pg(pg) => query.get_result(pg),
        Conn::Lite(lite) => query.get_result(lite),
    }
    .expect("the rows can be counted");
    counted.rows_there
}
