//! Figures of a workbook as rows, one for each cell, and back. What goes in comes out: every value with its cell.

use std::sync::Arc;

use diesel::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::{FigureKind, FigurePart},
    cell::{CellRef, Located},
    figures::{CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure, QuarterlyFigures},
    key::{CounterKey, IndicatorCode, ItemKey, NarrativeKey, SourceKey},
    money::Money,
    quarter::Quarter,
    record::UploadId,
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    rows::insert_rows,
    schema::figure,
    store::Store,
    upload, voucher,
};

/// The part of the row that stands for a figure's key cell.
const KEY_CELL: &str = "row";

#[derive(Insertable)]
#[diesel(table_name = figure, treat_none_as_default_value = false)]
pub(crate) struct NewFigureRow {
    upload_seq: i64,
    position: i32,
    kind: &'static str,
    key: String,
    part: &'static str,
    sheet: String,
    sheet_row: i32,
    sheet_col: i32,
    value: Option<i64>,
    text: Option<String>,
}

/// Collects the rows of an upload's figures.
struct Rows {
    upload_seq: i64,
    kind: FigureKind,
    made: Vec<NewFigureRow>,
}

/// The content of a figure's cell.
#[derive(Clone, Copy)]
enum Content<'a> {
    Nothing,
    Value(i64),
    Text(&'a str),
}

impl Rows {
    fn push(
        &mut self,
        key: &str,
        part: &'static str,
        at: &CellRef,
        content: Content<'_>,
    ) -> Result<(), StoreError> {
        let (value, text) = match content {
            Content::Nothing => (None, None),
            Content::Value(value) => (Some(kept::bounded("a figure", value)?), None),
            Content::Text(text) => (None, Some(text.to_owned())),
        };
        self.made.push(NewFigureRow {
            upload_seq: self.upload_seq,
            position: kept::fit("the number of figures", self.made.len())?,
            kind: self.kind.as_str(),
            key: key.to_owned(),
            part,
            sheet: at.sheet().to_owned(),
            sheet_row: kept::fit("a row", at.row())?,
            sheet_col: at.col().into(),
            value,
            text,
        });
        Ok(())
    }

    fn value<T: Copy>(
        &mut self,
        key: &str,
        part: FigurePart,
        cell: Option<&Located<T>>,
        number: impl Fn(T) -> i64,
    ) -> Result<(), StoreError> {
        match cell {
            Some(cell) => self.push(key, part.as_str(), &cell.at, Content::Value(number(cell.value))),
            None => Ok(()),
        }
    }

    fn key_cell(&mut self, key: &str, at: &CellRef) -> Result<(), StoreError> {
        self.push(key, KEY_CELL, at, Content::Nothing)
    }
}

/// Writes the figures of an upload, all but its vouchers.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    upload_seq: i64,
    figures: &QuarterlyFigures,
) -> Result<(), StoreError> {
    let rows = rows_of(upload_seq, figures)?;
    insert_rows!(conn, figure::table, &rows);
    Ok(())
}

fn rows_of(upload_seq: i64, figures: &QuarterlyFigures) -> Result<Vec<NewFigureRow>, StoreError> {
    let mut rows = Rows {
        upload_seq,
        kind: FigureKind::Expenditure,
        made: Vec::with_capacity(200),
    };
    for figure in &figures.expenditure {
        rows.value(
            figure.item.as_str(),
            FigurePart::Amount,
            Some(&figure.amount),
            Money::cents,
        )?;
    }
    rows.kind = FigureKind::Fund;
    for figure in &figures.funds {
        let key = figure.source.as_str();
        rows.key_cell(key, &figure.at)?;
        rows.value(key, FigurePart::Called, figure.called.as_ref(), Money::cents)?;
        rows.value(key, FigurePart::Received, figure.received.as_ref(), Money::cents)?;
        rows.value(key, FigurePart::Spent, figure.spent.as_ref(), Money::cents)?;
    }
    rows.kind = FigureKind::Indicator;
    for figure in &figures.indicators {
        push_indicator(&mut rows, figure)?;
    }
    rows.kind = FigureKind::Counter;
    for figure in &figures.counters {
        rows.key_cell(figure.counter.as_str(), &figure.at)?;
        rows.value(
            figure.counter.as_str(),
            FigurePart::Count,
            figure.count.as_ref(),
            |count| count,
        )?;
    }
    rows.kind = FigureKind::Narrative;
    for figure in &figures.narrative {
        let text = Content::Text(&figure.text.value);
        rows.push(
            figure.part.as_str(),
            FigurePart::Text.as_str(),
            &figure.text.at,
            text,
        )?;
    }
    Ok(rows.made)
}

fn push_indicator(rows: &mut Rows, figure: &IndicatorFigure) -> Result<(), StoreError> {
    let key = figure.code.as_str();
    rows.key_cell(key, &figure.at)?;
    rows.value(key, FigurePart::Women, figure.women.as_ref(), |count| count)?;
    rows.value(key, FigurePart::Men, figure.men.as_ref(), |count| count)?;
    rows.value(key, FigurePart::NonBinary, figure.non_binary.as_ref(), |count| {
        count
    })?;
    rows.value(key, FigurePart::Total, figure.total.as_ref(), |count| count)?;
    rows.value(
        key,
        FigurePart::Corrects,
        figure.corrects.as_ref(),
        |quarter: Quarter| quarter.ordinal().into(),
    )?;
    match &figure.note {
        Some(note) => rows.push(
            key,
            FigurePart::Note.as_str(),
            &note.at,
            Content::Text(&note.value),
        ),
        None => Ok(()),
    }
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

/// Adds a row to the figures that it belongs to.
fn add(figures: &mut QuarterlyFigures, row: &Figure) -> Result<(), Unreadable> {
    match (row.kind, row.part) {
        (FigureKind::Expenditure, Some(FigurePart::Amount)) => figures.expenditure.push(ItemFigure {
            item: ItemKey::new(&row.key),
            amount: row.money()?,
        }),
        (FigureKind::Narrative, Some(FigurePart::Text)) => figures.narrative.push(NarrativeFigure {
            part: NarrativeKey::new(&row.key),
            text: Located::new(row.text()?, row.at.clone()),
        }),
        (FigureKind::Fund, None) => figures.funds.push(FundFigure {
            source: SourceKey::new(&row.key),
            at: row.at.clone(),
            called: None,
            received: None,
            spent: None,
        }),
        (FigureKind::Indicator, None) => figures.indicators.push(IndicatorFigure {
            code: IndicatorCode::new(&row.key),
            at: row.at.clone(),
            women: None,
            men: None,
            non_binary: None,
            total: None,
            corrects: None,
            note: None,
        }),
        (FigureKind::Counter, None) => figures.counters.push(CounterFigure {
            counter: CounterKey::new(&row.key),
            at: row.at.clone(),
            count: None,
        }),
        (FigureKind::Fund, Some(part)) => {
            add_fund(figures.funds.last_mut().ok_or(Unreadable("part"))?, part, row)?;
        }
        (FigureKind::Indicator, Some(part)) => {
            add_indicator(
                figures.indicators.last_mut().ok_or(Unreadable("part"))?,
                part,
                row,
            )?;
        }
        (FigureKind::Counter, Some(FigurePart::Count)) => {
            figures.counters.last_mut().ok_or(Unreadable("part"))?.count = Some(row.count()?);
        }
        _ => return Err(Unreadable("part")),
    }
    Ok(())
}

fn add_fund(figure: &mut FundFigure, part: FigurePart, row: &Figure) -> Result<(), Unreadable> {
    let cell = match part {
        FigurePart::Called => &mut figure.called,
        FigurePart::Received => &mut figure.received,
        FigurePart::Spent => &mut figure.spent,
        _ => return Err(Unreadable("part")),
    };
    *cell = Some(row.money()?);
    Ok(())
}

fn add_indicator(figure: &mut IndicatorFigure, part: FigurePart, row: &Figure) -> Result<(), Unreadable> {
    let cell = match part {
        FigurePart::Women => &mut figure.women,
        FigurePart::Men => &mut figure.men,
        FigurePart::NonBinary => &mut figure.non_binary,
        FigurePart::Total => &mut figure.total,
        FigurePart::Corrects => {
            figure.corrects = Some(Located::new(row.quarter()?, row.at.clone()));
            return Ok(());
        }
        FigurePart::Note => {
            figure.note = Some(Located::new(row.text()?, row.at.clone()));
            return Ok(());
        }
        _ => return Err(Unreadable("part")),
    };
    *cell = Some(row.count()?);
    Ok(())
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
                    .and_then(|row| add(&mut figures, &row))
                    .map_err(|column| column.of("figure", id))?;
            }
            Ok(figures)
        })
    }
}
