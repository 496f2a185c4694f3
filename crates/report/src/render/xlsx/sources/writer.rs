//! Writing the block of a number.

use nachweis_domain::language::Language;
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet};

use super::{
    super::{cell, formats::Formats, number::nearest_double, wrap},
    Blocks, COLUMNS, Numbers, blocks, link,
};
use crate::{
    ColumnKind, ReportError, Value,
    lineage::{Amount, LineagePage, Made, OpenTerm, Operand},
    render::{lineage::moment, term_words},
};

/// Writes blocks onto a sheet, in the order of their rows.
pub(super) struct Writer<'a> {
    sheet: &'a mut Worksheet,
    blocks: &'a Blocks,
    numbers: &'a Numbers,
    language: Language,
    formats: &'a Formats,
    /// The links that the sheet holds besides those it has.
    links_left: u32,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(
        sheet: &'a mut Worksheet,
        (blocks, numbers): (&'a Blocks, &'a Numbers),
        language: Language,
        formats: &'a Formats,
    ) -> Self {
        Self {
            sheet,
            blocks,
            numbers,
            language,
            formats,
            links_left: blocks.bounds().links,
        }
    }

    pub(super) fn block(&mut self, page: &LineagePage) -> Result<(), ReportError> {
        let row = self.blocks.row(page)?;
        self.head(row, page)?;
        match &page.lineage.made {
            Made::Sum(_) => {
                for (row, open) in (row + 1..).zip(&page.terms) {
                    self.term(row, page, open)?;
                }
            }
            Made::Formula(_, operands) => {
                for (row, operand) in (row + 1..).zip(operands) {
                    self.operand(row, page, operand)?;
                }
            }
        }
        Ok(())
    }

    /// The number itself: which it is, how it is made, and the way back.
    fn head(&mut self, row: RowNum, page: &LineagePage) -> Result<(), ReportError> {
        let lineage = &page.lineage;
        let formats = self.formats;
        let title = format!("{} · {}", lineage.row, lineage.name.get(self.language));
        self.fit(row, &title)?;
        let back = self.numbers.get(&blocks::key(page)).cloned();
        if let Some(back) = back.or_else(|| self.blocks.user(page)) {
            self.link((row, 0), &back, &formats.block)?;
        }
        self.sheet
            .write_string_with_format(row, 0, cell::text(&title), &formats.block)?;
        let (made, how) = match &lineage.made {
            Made::Sum(_) => (self.language.pick("Summe", "Sum"), ""),
            Made::Formula(formula, _) => (
                self.language.pick("Formel", "Formula"),
                formula.text.get(self.language),
            ),
        };
        self.sheet
            .write_string_with_format(row, 1, made, &formats.quiet_top)?;
        self.amount((row, 3), &lineage.value, true)?;
        // Runs on over the empty cells behind it.
        self.sheet
            .write_string_with_format(row, 4, cell::text(how), &formats.quiet_top)?;
        Ok(())
    }

    fn operand(&mut self, row: RowNum, page: &LineagePage, operand: &Operand) -> Result<(), ReportError> {
        let text = self.formats.body(ColumnKind::Text);
        let name = operand.name.get(self.language);
        self.fit(row, name)?;
        if let Some(opens) = operand.opens() {
            let to = self.blocks.behind(page, opens)?;
            self.link((row, 0), &to, text)?;
        }
        self.sheet
            .write_string_with_format(row, 0, cell::text(name), text)?;
        self.amount((row, 3), &operand.value, false)?;
        if let Some(opens) = operand.opens() {
            let place = term_words::place(opens.row, opens.column);
            self.sheet.write_string(row, 5, cell::text(&place))?;
        }
        Ok(())
    }

    fn term(&mut self, row: RowNum, page: &LineagePage, open: &OpenTerm) -> Result<(), ReportError> {
        let term = &open.term;
        let no = term.subproject.as_str();
        match term.opens() {
            Some(opens) => {
                let text = self.formats.body(ColumnKind::Text);
                let to = self.blocks.behind(page, opens)?;
                self.link((row, 0), &to, text)?;
                self.sheet.write_string_with_format(row, 0, no, text)?;
            }
            None => {
                self.sheet.write_string(row, 0, no)?;
            }
        }
        self.sheet
            .write_string(row, 1, term_words::kind(&term.source, self.language))?;
        self.amount((row, 2), &term.whole, false)?;
        self.amount((row, 3), &term.part, false)?;
        let (when, key) = term_words::when_and_key(&term.source);
        self.sheet.write_string(row, 4, when)?;
        self.sheet.write_string(row, 5, cell::text(&key))?;
        self.recorded(row, open)
    }

    /// Where a term stands in the record.
    fn recorded(&mut self, row: RowNum, open: &OpenTerm) -> Result<(), ReportError> {
        let sheet = &mut *self.sheet;
        let (sheets, cells) = term_words::sheets_and_cells(open);
        sheet.write_string(row, 6, cell::text(&sheets))?;
        sheet.write_string(row, 7, cell::text(&cells))?;
        if open.is_withheld {
            sheet.write_string(row, 9, term_words::withheld(self.language))?;
        } else if let Some(upload) = &open.upload {
            sheet.write_number(row, 8, upload.revision)?;
            sheet.write_string(row, 9, cell::text(&upload.file_name))?;
            sheet.write_string(row, 10, upload.sha256.to_string())?;
            sheet.write_string(row, 11, upload.id.to_string())?;
            sheet.write_string(row, 12, upload.uploaded_by.to_string())?;
            sheet.write_string(row, 13, moment(upload.uploaded_at))?;
        } else if let Some(recorded) = open.recorded {
            let by = recorded.by.map_or_else(String::new, |by| by.to_string());
            sheet.write_string(row, 12, by)?;
            sheet.write_string(row, 13, moment(recorded.at))?;
        }
        Ok(())
    }

    /// Makes a cell a link, if the sheet holds one more; its key names in text where it leads.
    fn link(&mut self, at: (RowNum, ColNum), to: &str, format: &Format) -> Result<(), ReportError> {
        match self.links_left.checked_sub(1) {
            Some(left) => {
                self.links_left = left;
                link(self.sheet, at, to, format)
            }
            None => Ok(()),
        }
    }

    /// Makes a row as high as the text in its first column.
    fn fit(&mut self, row: RowNum, text: &str) -> Result<(), ReportError> {
        let [(_, _, width), ..] = COLUMNS;
        // Indent, margins and bold letters take room.
        let lines = wrap::lines(text, width - 6);
        if lines > 1 {
            self.sheet.set_row_height(row, wrap::height(lines))?;
        }
        Ok(())
    }

    fn amount(
        &mut self,
        (row, col): (RowNum, ColNum),
        amount: &Amount,
        is_number: bool,
    ) -> Result<(), ReportError> {
        let (kind, value) = match amount {
            Amount::Money(money) => (ColumnKind::Money, Value::Money(*money)),
            Amount::Count(count) => (ColumnKind::Count, Value::Count(*count)),
            Amount::Euro(euro) => {
                // Weighted with time and not rounded: every digit counts.
                self.sheet.write_number_with_format(
                    row,
                    col,
                    nearest_double(euro),
                    self.formats.body(ColumnKind::Text),
                )?;
                return Ok(());
            }
            Amount::Shown(value) => (kind_of(value), value.clone()),
        };
        let format = if is_number {
            self.formats.total(kind)
        } else {
            self.formats.body(kind)
        };
        cell::write(self.sheet, row, col, &value, self.language, format)
    }
}

const fn kind_of(value: &Value) -> ColumnKind {
    match value {
        Value::Money(_) => ColumnKind::Money,
        Value::Count(_) => ColumnKind::Count,
        Value::Percent(_) => ColumnKind::Percent,
        Value::Points(_) => ColumnKind::Points,
        Value::Date(_) => ColumnKind::Date,
        Value::Time(_) => ColumnKind::Time,
        Value::Quarter(_) => ColumnKind::Quarter,
        Value::Empty | Value::Text(_) | Value::Term(_) | Value::Light(_) => ColumnKind::Text,
    }
}
