//! Inserting many rows with few, prepared statements.

use diesel::{
    QueryResult, RunQueryDsl,
    backend::Backend,
    pg::Pg,
    query_builder::{AstPass, QueryFragment, QueryId},
    sqlite::Sqlite,
};

use crate::connection::{Conn, on};

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

/// A row that borrows its texts: as a fragment its values in brackets. Diesel inserts many owned rows at once only, and an
/// upload has too many texts to copy each.
pub(crate) trait BorrowedRow: QueryFragment<Pg> + QueryFragment<Sqlite> {
    /// The beginning of the statement, up to the first row: `INSERT INTO voucher (number) VALUES `.
    const INSERT: &'static str;
    /// The columns but the first, which names the upload.
    const COLUMNS: &'static [&'static str];
    /// The same row without a lifetime, by which the prepared statement is known.
    type Known: 'static;

    /// The values of [`Self::COLUMNS`] as the one text by which the journal vouches for the row.
    fn content(&self) -> String;
}

/// Inserts rows that borrow their texts, in chunks as `insert_rows!` does.
pub(crate) fn insert_borrowed<R: BorrowedRow>(conn: &mut Conn<'_>, rows: &[R]) -> QueryResult<()> {
    let (large, rest) = rows.as_chunks::<64>();
    for chunk in large {
        on!(conn, c => Insert(chunk).execute(c))?;
    }
    let (small, rest) = rest.as_chunks::<8>();
    for chunk in small {
        on!(conn, c => Insert(chunk).execute(c))?;
    }
    for row in rest {
        on!(conn, c => Insert(std::array::from_ref(row)).execute(c))?;
    }
    Ok(())
}

/// A statement that inserts `N` rows.
struct Insert<'r, R, const N: usize>(&'r [R; N]);

impl<DB: Backend, R: BorrowedRow + QueryFragment<DB>, const N: usize> QueryFragment<DB> for Insert<'_, R, N> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(R::INSERT);
        for (index, row) in self.0.iter().enumerate() {
            if index > 0 {
                out.push_sql(", ");
            }
            row.walk_ast(out.reborrow())?;
        }
        Ok(())
    }
}

impl<R: BorrowedRow, const N: usize> QueryId for Insert<'_, R, N> {
    type QueryId = Insert<'static, R::Known, N>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<C, R, const N: usize> RunQueryDsl<C> for Insert<'_, R, N> {}

/// Makes a struct a [`BorrowedRow`]: its fields are columns of the same names, each of a type of SQL.
macro_rules! borrowed_row {
    ($row:ident, $table:literal, $first:ident: $first_type:ty $(, $field:ident: $type:ty)* $(,)?) => {
        impl $crate::rows::BorrowedRow for $row<'_> {
            const INSERT: &'static str = concat!(
                "INSERT INTO ", $table, " (", stringify!($first) $(, ", ", stringify!($field))*, ") VALUES "
            );
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            type Known = $row<'static>;

            fn content(&self) -> String {
                $crate::attest::content(&[$(&self.$field),*])
            }
        }
        $crate::rows::borrowed_row!(@on diesel::pg::Pg, $row, $first: $first_type $(, $field: $type)*);
        $crate::rows::borrowed_row!(@on diesel::sqlite::Sqlite, $row, $first: $first_type $(, $field: $type)*);
    };
    (@on $database:ty, $row:ident, $first:ident: $first_type:ty $(, $field:ident: $type:ty)*) => {
        impl diesel::query_builder::QueryFragment<$database> for $row<'_> {
            fn walk_ast<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, $database>,
            ) -> diesel::QueryResult<()> {
                out.push_sql("(");
                out.push_bind_param::<$first_type, _>(&self.$first)?;
                $(
                    out.push_sql(", ");
                    out.push_bind_param::<$type, _>(&self.$field)?;
                )*
                out.push_sql(")");
                Ok(())
            }
        }
    };
}
pub(crate) use borrowed_row;
