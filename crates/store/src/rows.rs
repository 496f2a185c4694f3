//! Inserting many rows with few, prepared statements.

/// Inserts a slice of owned rows: chunks of a fixed size, so that each statement is prepared once per connection.
/// Many small rows are what an upload consists of; this is two to four times faster than one by one.
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (large, rest) = $rows.as_chunks::<64>();
        for chunk in large {
            $crate::connection::on!($conn, c => diesel::insert_into($table).values(chunk).execute(c))?;
        }
        let (small, rest) = rest.as_chunks::<8>();
        for chunk in small {
            $crate::connection::on!($conn, c => diesel::insert_into($table).values(chunk).execute(c))?;
        }
        for row in rest {
            $crate::connection::on!($conn, c => diesel::insert_into($table).values(row).execute(c))?;
        }
    }};
}
pub(crate) use insert_rows;
