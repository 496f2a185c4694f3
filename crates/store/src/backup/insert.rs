//! Writing rows of any table, several with one statement.

use diesel::{
    RunQueryDsl, sql_query,
    sql_types::{BigInt, Binary, Nullable, Text},
};

use super::{
    read::{AnyRow, Value},
    tables::{ColumnKind, Shape},
};
use crate::{connection::Conn, error::StoreError};

/// Values in one statement at most; both databases take more.
const VALUES_AT_ONCE: usize = 1_000;
/// Bytes gathered for one statement before it is run.
const BYTES_AT_ONCE: usize = 1 << 20;

/// Gathers rows of a table and writes them.
pub(super) struct Inserter<'a> {
    shape: &'a Shape,
    rows: Vec<AnyRow>,
    bytes: usize,
}

impl<'a> Inserter<'a> {
    pub(super) const fn new(shape: &'a Shape) -> Self {
        Self {
            shape,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    pub(super) fn take(&mut self, conn: &mut Conn<'_>, row: AnyRow) -> Result<(), StoreError> {
        self.bytes += row.0.iter().map(Value::size).sum::<usize>();
        self.rows.push(row);
        let values = (self.rows.len() + 1) * self.shape.columns.len();
        if self.bytes >= BYTES_AT_ONCE || values > VALUES_AT_ONCE {
            self.run(conn)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.run(conn)
    }

    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let text = self.shape.insertion(rows.len(), matches!(conn, Conn::Pg(_)));
        macro_rules! execute {
            ($connection:expr) => {{
                let mut query = sql_query(text).into_boxed();
                for row in &rows {
                    for (column, value) in self.shape.columns.iter().zip(&row.0) {
                        query = match (value, column.kind) {
                            (Value::Number(number), _) => query.bind::<BigInt, _>(*number),
                            (Value::Text(text), _) => query.bind::<Text, _>(text),
                            (Value::Bytes(bytes), _) => query.bind::<Binary, _>(bytes),
                            (Value::Nothing, ColumnKind::Number) => {
                                query.bind::<Nullable<BigInt>, _>(None::<i64>)
                            }
                            (Value::Nothing, ColumnKind::Text) => {
                                query.bind::<Nullable<Text>, _>(None::<String>)
                            }
                            (Value::Nothing, ColumnKind::Bytes) => {
                                query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>)
                            }
                        };
                    }
                }
                query.execute($connection)?
            }};
        }
        match conn {
            Conn::Pg(pg) => execute!(&mut **pg),
            Conn::Lite(lite) => execute!(&mut **lite),
        };
        Ok(())
    }
}
