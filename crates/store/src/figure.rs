//! Figures of a workbook as rows, one for each cell, and back. What goes in comes out: every value with its cell.

use std::sync::Arc;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::{FigureKind, FigurePart},
    cell::{CellRef, Located},
    figures::QuarterlyFigures,
    money::Money,
    quarter::Quarter,
    record::UploadId,
};

use crate::{
    attest::{Group, tables},
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    rows::insert_borrowed,
    schema::figure,
    store::Store,
    upload, voucher,
};

mod assembly;
mod rows;

/// The part of the row that stands for a figure's key cell.
pub(crate) const KEY_CELL: &str = "row";

/// Writes the figures of an upload, all but its vouchers, and gives what vouches for them.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    (id, upload_seq): (UploadId, i64),
    figures: &QuarterlyFigures,
) -> Result<Group, StoreError> {
    let rows = rows::rows_of(upload_seq, figures)?;
    insert_borrowed(conn, &rows)?;
    Ok(Group::of_rows(&tables::FIGURE, &[&id], &rows))
}

/// A figure's row as it is read: kind, key, part, sheet, row, column, value, text.
pub(crate) type FigureRow = (
    String,
    String,
    String,
    String,
    i32,
    i32,
    Option<i64>,
    Option<String>,
);

/// The columns of [`FigureRow`].
pub(crate) const COLUMNS: (
    figure::kind,
    figure::key,
    figure::part,
    figure::sheet,
    figure::sheet_row,
    figure::sheet_col,
    figure::value,
    figure::text,
) = (
    figure::kind,
    figure::key,
    figure::part,
    figure::sheet,
    figure::sheet_row,
    figure::sheet_col,
    figure::value,
    figure::text,
);

/// The rows of an upload in the order of the workbook.
pub(crate) fn load(conn: &mut Conn<'_>, upload_seq: i64) -> Result<Vec<FigureRow>, StoreError> {
    Ok(on!(conn, c => figure::table
        .filter(figure::upload_seq.eq(upload_seq))
        .order(figure::position)
        .select(COLUMNS)
        .load(c))?)
}

/// A figure's row with its names understood. `part` is `None` for the key cell.
pub(crate) struct Figure {
    pub(crate) kind: FigureKind,
    pub(crate) part: Option<FigurePart>,
    pub(crate) key: String,
    pub(crate) at: CellRef,
    pub(crate) value: Option<i64>,
    pub(crate) text: Option<String>,
}

/// Understands a row; `sheet` is the name of the previous row's sheet, which is shared when it is the same.
pub(crate) fn understand(row: FigureRow, sheet: &mut Arc<str>) -> Result<Figure, Unreadable> {
    let (kind, key, part, name, sheet_row, sheet_col, value, text) = row;
    if **sheet != *name {
        *sheet = Arc::from(name);
    }
    Ok(Figure {
        kind: kept::variant("kind", &FigureKind::ALL, FigureKind::as_str, &kind)?,
        part: match part.as_str() {
            KEY_CELL => None,
            part => Some(kept::variant("part", &FigurePart::ALL, FigurePart::as_str, part)?),
        },
        key,
        at: CellRef::at(
            Arc::clone(sheet),
            kept::number("sheet_row", sheet_row)?,
            kept::number("sheet_col", sheet_col)?,
        ),
        value,
        text,
    })
}

impl Figure {
    pub(crate) fn value(&self) -> Result<i64, Unreadable> {
        self.value.ok_or(Unreadable("value"))
    }

    pub(crate) fn text(&self) -> Result<String, Unreadable> {
        self.text.clone().ok_or(Unreadable("text"))
    }

    pub(crate) fn quarter(&self) -> Result<Quarter, Unreadable> {
        kept::read_quarter("value", kept::number("value", self.value()?)?)
    }

    fn money(&self) -> Result<Located<Money>, Unreadable> {
        Ok(Located::new(Money::from_cents(self.value()?), self.at.clone()))
    }

    fn count(&self) -> Result<Located<i64>, Unreadable> {
        Ok(Located::new(self.value()?, self.at.clone()))
    }
}

impl Store {
    /// All figures of an upload, vouchers included, as they were read from the workbook.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such upload; or when the database fails or a row is damaged.
    pub fn figures_of(&self, id: UploadId) -> Result<QuarterlyFigures, StoreError> {
        self.snapshot("read the figures of an upload", |conn| {
            let (seq, _) = upload::require(conn, id)?;
            let mut figures = QuarterlyFigures {
                vouchers: voucher::list(conn, seq)?,
                ..QuarterlyFigures::default()
            };
            let mut sheet = Arc::from("");
            for row in load(conn, seq)? {
                understand(row, &mut sheet)
                    .and_then(|row| assembly::add(&mut figures, &row))
                    .map_err(|column| column.of("figure", id))?;
            }
            Ok(figures)
        })
    }
}
