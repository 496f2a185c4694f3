//! Figures of a workbook as rows, about to be written.

use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use nachweis_domain::{
    audit::{FigureKind, FigurePart},
    cell::{CellRef, Located},
    figures::{IndicatorFigure, QuarterlyFigures},
    money::Money,
    quarter::Quarter,
};

use super::KEY_CELL;
use crate::{error::StoreError, kept, rows::borrowed_row};

pub(super) struct NewFigureRow<'a> {
    upload_seq: i64,
    position: i32,
    kind: &'static str,
    key: &'a str,
    part: &'static str,
    sheet: &'a str,
    sheet_row: i32,
    sheet_col: i32,
    value: Option<i64>,
    text: Option<&'a str>,
}

borrowed_row!(
    NewFigureRow, "figure",
    upload_seq: BigInt,
    position: Integer,
    kind: Text,
    key: Text,
    part: Text,
    sheet: Text,
    sheet_row: Integer,
    sheet_col: Integer,
    value: Nullable<BigInt>,
    text: Nullable<Text>,
);

/// Collects the rows of an upload's figures.
struct Rows<'a> {
    upload_seq: i64,
    kind: FigureKind,
    made: Vec<NewFigureRow<'a>>,
}

/// The content of a figure's cell.
#[derive(Clone, Copy)]
enum Content<'a> {
    Nothing,
    Value(i64),
    Text(&'a str),
}

impl<'a> Rows<'a> {
    fn push(
        &mut self,
        key: &'a str,
        part: &'static str,
        at: &'a CellRef,
        content: Content<'a>,
    ) -> Result<(), StoreError> {
        let (value, text) = match content {
            Content::Nothing => (None, None),
            Content::Value(value) => (Some(kept::bounded(value)?), None),
            Content::Text(text) => (None, Some(text)),
        };
        self.made.push(NewFigureRow {
            upload_seq: self.upload_seq,
            position: kept::fit(self.made.len())?,
            kind: self.kind.as_str(),
            key,
            part,
            sheet: at.sheet(),
            sheet_row: kept::fit(at.row())?,
            sheet_col: at.col().into(),
            value,
            text,
        });
        Ok(())
    }

    fn value<T: Copy>(
        &mut self,
        key: &'a str,
        part: FigurePart,
        cell: Option<&'a Located<T>>,
        number: impl Fn(T) -> i64,
    ) -> Result<(), StoreError> {
        match cell {
            Some(cell) => self.push(key, part.as_str(), &cell.at, Content::Value(number(cell.value))),
            None => Ok(()),
        }
    }

    fn key_cell(&mut self, key: &'a str, at: &'a CellRef) -> Result<(), StoreError> {
        self.push(key, KEY_CELL, at, Content::Nothing)
    }
}

/// The rows of an upload's figures, all but its vouchers.
pub(super) fn rows_of(
    upload_seq: i64,
    figures: &QuarterlyFigures,
) -> Result<Vec<NewFigureRow<'_>>, StoreError> {
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

fn push_indicator<'a>(rows: &mut Rows<'a>, figure: &'a IndicatorFigure) -> Result<(), StoreError> {
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
