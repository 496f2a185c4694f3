//! Rows of any table, read one after the other.

use diesel::{
    QueryableByName, RunQueryDsl,
    connection::DefaultLoadingMode,
    deserialize::{self, FromSql},
    pg::{Pg, PgRowByRowLoadingMode},
    result::UnexpectedEndOfRow,
    row::{Field as _, NamedRow, Row},
    sql_query,
    sql_types::{BigInt, Binary, Text},
    sqlite::{Sqlite, SqliteType},
};

use super::tables::Shape;
use crate::{connection::Conn, error::StoreError};

/// PostgreSQL's numbers for its types `bytea` and `int8`.
const BYTEA: u32 = 17;
const INT8: u32 = 20;

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// About how much memory it takes, in bytes.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Nothing | Self::Number(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// The columns of a row, in the order of its table's shape.
#[derive(Clone, Debug)]
pub(super) struct AnyRow(pub(super) Vec<Value>);

impl QueryableByName<Sqlite> for AnyRow {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let read = |index| -> deserialize::Result<Value> {
            let field = Row::get(row, index).ok_or(UnexpectedEndOfRow)?;
            let Some(value) = field.value() else {
                return Ok(Value::Nothing);
            };
            Ok(match value.value_type() {
                None => Value::Nothing,
                Some(SqliteType::Text) => Value::Text(FromSql::<Text, Sqlite>::from_sql(value)?),
                Some(SqliteType::Binary) => Value::Bytes(FromSql::<Binary, Sqlite>::from_sql(value)?),
                Some(_) => Value::Number(FromSql::<BigInt, Sqlite>::from_sql(value)?),
            })
        };
        (0..row.field_count())
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl QueryableByName<Pg> for AnyRow {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let read = |index| -> deserialize::Result<Value> {
            let field = Row::get(row, index).ok_or(UnexpectedEndOfRow)?;
            let Some(value) = field.value() else {
                return Ok(Value::Nothing);
            };
            Ok(match value.get_oid().get() {
                INT8 => Value::Number(FromSql::<BigInt, Pg>::from_sql(value)?),
                BYTEA => Value::Bytes(FromSql::<Binary, Pg>::from_sql(value)?),
                _ => Value::Text(FromSql::<Text, Pg>::from_sql(value)?),
            })
        };
        (0..row.field_count())
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Gives every row of a table in the order of its key. Memory holds one at a time.
pub(super) fn for_each_row(
    conn: &mut Conn<'_>,
    shape: &Shape,
    each: &mut dyn FnMut(AnyRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let query = sql_query(shape.selection(matches!(conn, Conn::Pg(_))));
    match conn {
        Conn::Pg(pg) => {
            for row in query.load_iter::<AnyRow, PgRowByRowLoadingMode>(&mut **pg)? {
                each(row?)?;
            }
        }
        Conn::Lite(lite) => {
            for row in query.load_iter::<AnyRow, DefaultLoadingMode>(&mut **lite)? {
                each(row?)?;
            }
        }
    }
    Ok(())
}
