//! Rows streaming onto sheets of one kind, which continue on a further sheet when one is full.
//!
//! Columns carry the formats, so that writing a cell looks nothing up; buffers are used again for every row.

use std::fmt::{Display, Write};

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    audit::{AuditPerson, AuditStep, FigureKind},
    berlin::wall_clock,
    cell::column_letters,
    key::SubprojectNo,
    language::Language,
    money::Money,
    round::FundingRound,
};
use rust_xlsxwriter::{ColNum, Format, RowNum, Url, Worksheet};

use super::{book::Book, runs::PlanPart, summed::Summed};
use crate::{
    ColumnKind, ReportError,
    render::xlsx::{
        cell,
        formats::{self, Formats, Look},
        number::nearest_double_in,
        page, widths, wrap,
    },
};

/// A kind of sheet: its name and columns, each in German and English.
pub(super) struct SheetKind {
    /// The name of the sheet; its further sheets are numbered from 2.
    pub(super) name: (&'static str, &'static str),
    /// What its rows are, for the overview.
    pub(super) about: (&'static str, &'static str),
    /// The columns.
    pub(super) columns: &'static [StreamColumn],
}

impl SheetKind {
    /// The name of a sheet of this kind, numbered from 1.
    pub(super) fn sheet_name(&self, number: usize, language: Language) -> String {
        let name = language.pick(self.name.0, self.name.1);
        if number == 1 {
            name.to_owned()
        } else {
            format!("{name} {number}")
        }
    }
}

/// A column of streamed rows.
pub(super) struct StreamColumn {
    heading: (&'static str, &'static str),
    kind: ColumnKind,
    width: u16,
    look: Look,
}

/// A column: heading in German and English, kind, width in characters.
pub(super) const fn column(de: &'static str, en: &'static str, kind: ColumnKind, width: u16) -> StreamColumn {
    StreamColumn {
        heading: (de, en),
        kind,
        width,
        look: Look::Plain,
    }
}

impl StreamColumn {
    /// The same column with texts that wrap.
    pub(super) const fn wrapped(mut self) -> Self {
        self.look = Look::Wrapped;
        self
    }

    /// The same column in small letters: hashes and ids.
    pub(super) const fn fine(mut self) -> Self {
        self.look = Look::Fine;
        self
    }
}

/// Rows on their way onto sheets. A row is begun, then its cells are written from left to right.
pub(super) struct Rows<'a> {
    book: &'a mut Book,
    kind: &'static SheetKind,
    /// Rows on a sheet, headings included.
    limit: u32,
    sheet: Worksheet,
    sheets: usize,
    row: RowNum,
    col: ColNum,
    written: u64,
    text: String,
    digits: String,
    /// The letters of the last column that was named; rows of a sheet name the same one.
    letters: (Option<u16>, String),
}

impl<'a> Rows<'a> {
    pub(super) fn new(book: &'a mut Book, kind: &'static SheetKind) -> Result<Self, ReportError> {
        let sheet = sheet(book, kind, 1)?;
        Ok(Self {
            limit: book.rows_per_sheet,
            book,
            kind,
            sheet,
            sheets: 1,
            row: 0,
            col: 0,
            written: 0,
            text: String::new(),
            digits: String::new(),
            letters: (None, String::new()),
        })
    }

    /// The same rows with at most so many on a sheet.
    pub(super) const fn at_most(mut self, limit: u32) -> Self {
        if limit < self.limit {
            self.limit = limit;
        }
        self
    }

    /// The language of the workbook.
    pub(super) const fn language(&self) -> Language {
        self.book.language
    }

    /// Goes to the next row, on a further sheet when this one is full.
    pub(super) fn begin(&mut self) -> Result<(), ReportError> {
        if self.row + 1 >= self.limit {
            self.sheets += 1;
            let next = sheet(self.book, self.kind, self.sheets)?;
            let full = std::mem::replace(&mut self.sheet, next);
            self.close(full)?;
            self.row = 0;
        }
        self.row += 1;
        self.col = 0;
        self.written += 1;
        Ok(())
    }

    /// Goes to the next row, which is one of a subproject.
    pub(super) fn begin_of(&mut self, subproject: &SubprojectNo) -> Result<(), ReportError> {
        self.begin_of_plan(subproject, None)
    }

    /// Goes to the next row, which is one of a subproject's plan.
    pub(super) fn begin_of_plan(
        &mut self,
        subproject: &SubprojectNo,
        part: PlanPart,
    ) -> Result<(), ReportError> {
        self.begin()?;
        let place = (self.sheets, self.row);
        self.book.runs.note(self.kind, (subproject, part), place);
        Ok(())
    }

    /// The rows of a control total as a filter in words.
    pub(super) fn filter(&self, summed: &Summed, round: &FundingRound) -> String {
        summed.filter(round, &self.book.names, self.book.language)
    }

    /// Makes the row as high as its texts, each in a column of so many characters.
    pub(super) fn fit(&mut self, texts: &[(&str, u16)]) -> Result<(), ReportError> {
        let lines = texts.iter().map(|(text, width)| wrap::lines(text, *width));
        let lines = lines.max().unwrap_or(1);
        self.sheet.set_row_height(self.row, wrap::height(lines))?;
        Ok(())
    }

    /// Leaves a cell empty.
    pub(super) const fn skip(&mut self) {
        self.col += 1;
    }

    /// A text, or an empty cell.
    pub(super) fn text(&mut self, string: &str) -> Result<(), ReportError> {
        self.sheet.write_string(self.row, self.col, cell::text(string))?;
        self.col += 1;
        Ok(())
    }

    /// A text that leads to another place of the workbook.
    pub(super) fn link(
        &mut self,
        to: &str,
        string: &str,
        look: fn(&Formats) -> &Format,
    ) -> Result<(), ReportError> {
        let url = Url::new(format!("internal:{to}")).set_text(cell::text(string).as_ref());
        self.sheet
            .write_url_with_format(self.row, self.col, url, look(&self.book.formats))?;
        self.col += 1;
        Ok(())
    }

    /// A text in another format than its column's.
    pub(super) fn text_in(&mut self, string: &str, look: fn(&Formats) -> &Format) -> Result<(), ReportError> {
        let format = look(&self.book.formats);
        self.sheet
            .write_string_with_format(self.row, self.col, cell::text(string), format)?;
        self.col += 1;
        Ok(())
    }

    /// An amount or a count in the format of totals, or an empty cell of it.
    pub(super) fn total(
        &mut self,
        kind: ColumnKind,
        number: Option<impl Display>,
    ) -> Result<(), ReportError> {
        let format = self.book.formats.total(kind);
        match number {
            Some(number) => {
                let number = nearest_double_in(&mut self.digits, number);
                self.sheet
                    .write_number_with_format(self.row, self.col, number, format)?
            }
            None => self.sheet.write_blank(self.row, self.col, format)?,
        };
        self.col += 1;
        Ok(())
    }

    /// A text if there is one.
    pub(super) fn maybe_text(&mut self, string: Option<&str>) -> Result<(), ReportError> {
        self.text(string.unwrap_or_default())
    }

    /// The sign-in name of who recorded something; nobody stands for the system itself.
    pub(super) fn recorder(&mut self, person: Option<&AuditPerson>) -> Result<(), ReportError> {
        let system = self.language().pick("System", "system");
        self.text(person.map_or(system, |person| &person.login))
    }

    /// Who took a step, and when: two cells, empty when nobody has yet.
    pub(super) fn step(&mut self, step: Option<&AuditStep>) -> Result<(), ReportError> {
        match step {
            Some(step) => self.text(&step.by.login)?,
            None => self.skip(),
        }
        self.maybe_time(step.map(|step| step.at))
    }

    /// Anything that prints as a text.
    pub(super) fn display(&mut self, value: impl Display) -> Result<(), ReportError> {
        self.text.clear();
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{value}");
        self.sheet.write_string(self.row, self.col, self.text.as_str())?;
        self.col += 1;
        Ok(())
    }

    /// The name of a key.
    pub(super) fn name(&mut self, kind: FigureKind, key: &str) -> Result<(), ReportError> {
        let name = self.book.names.of(kind, key);
        self.sheet.write_string(self.row, self.col, cell::text(name))?;
        self.col += 1;
        Ok(())
    }

    /// A cell of an uploaded workbook by column and row counted from zero: `D17`.
    pub(super) fn cell(&mut self, col: u16, row: u32) -> Result<(), ReportError> {
        if self.letters.0 != Some(col) {
            self.letters = (Some(col), column_letters(col));
        }
        self.text.clear();
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{}{}", self.letters.1, row + 1);
        self.sheet.write_string(self.row, self.col, self.text.as_str())?;
        self.col += 1;
        Ok(())
    }

    /// An amount, or an empty cell.
    pub(super) fn money(&mut self, amount: Option<Money>) -> Result<(), ReportError> {
        self.number(amount)
    }

    /// A count, or an empty cell.
    pub(super) fn count(&mut self, count: Option<i64>) -> Result<(), ReportError> {
        self.number(count)
    }

    fn number(&mut self, number: Option<impl Display>) -> Result<(), ReportError> {
        if let Some(number) = number {
            let number = nearest_double_in(&mut self.digits, number);
            self.sheet.write_number(self.row, self.col, number)?;
        }
        self.col += 1;
        Ok(())
    }

    /// A day, or an empty cell.
    pub(super) fn date(&mut self, date: Option<NaiveDate>) -> Result<(), ReportError> {
        if let Some(date) = date {
            self.sheet.write_datetime(self.row, self.col, date)?;
        }
        self.col += 1;
        Ok(())
    }

    /// A moment on the wall clock of Europe/Berlin.
    pub(super) fn time(&mut self, at: DateTime<Utc>) -> Result<(), ReportError> {
        self.sheet.write_datetime(self.row, self.col, wall_clock(at))?;
        self.col += 1;
        Ok(())
    }

    /// A moment, or an empty cell.
    pub(super) fn maybe_time(&mut self, at: Option<DateTime<Utc>>) -> Result<(), ReportError> {
        if let Some(at) = at {
            return self.time(at);
        }
        self.skip();
        Ok(())
    }

    /// Hands the last sheet over.
    pub(super) fn finish(mut self) -> Result<(), ReportError> {
        let last = std::mem::take(&mut self.sheet);
        self.close(last)?;
        self.book.count(self.kind, self.sheets, self.written);
        Ok(())
    }

    fn close(&mut self, mut sheet: Worksheet) -> Result<(), ReportError> {
        let last_col = ColNum::try_from(self.kind.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
        sheet.autofilter(0, 0, self.row, last_col)?;
        self.book.push(sheet)
    }
}

/// A sheet with its headings; columns carry the formats of their kinds.
fn sheet(book: &mut Book, kind: &SheetKind, number: usize) -> Result<Worksheet, ReportError> {
    let mut sheet = book.new_sheet()?;
    let (de, en) = kind.name;
    let name = book.language.pick(de, en);
    sheet.set_name(kind.sheet_name(number, book.language))?;
    let wraps = kind.columns.iter().any(|column| column.look == Look::Wrapped);
    let mut headings = Vec::with_capacity(kind.columns.len());
    for (col, column) in (0..).zip(kind.columns) {
        let (de, en) = column.heading;
        let heading = book.language.pick(de, en);
        let width = column.width.max(widths::of_heading(heading));
        sheet.set_column_width(col, width)?;
        if let Some(format) = formats::streamed(column.kind, column.look, wraps) {
            sheet.set_column_format(col, &format)?;
        }
        let format = if column.kind.is_number() {
            &book.formats.heading_right
        } else {
            &book.formats.heading
        };
        sheet.write_string_with_format(0, col, heading, format)?;
        headings.push((heading, width));
    }
    sheet.set_row_height(0, widths::heading_height(headings.into_iter()))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    page::set_up(&mut sheet, &book.foot(name));
    Ok(sheet)
}
