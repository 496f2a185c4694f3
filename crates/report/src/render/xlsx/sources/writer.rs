//! The sheet of sources: for each number of the report how it is made, and from what; numbers of the report link to their
//! block, operands to theirs, and each block back to its number.

use std::collections::BTreeMap;

use nachweis_domain::language::Language;
use rust_xlsxwriter::{ColNum, Format, RowNum, Url, Workbook, Worksheet};

use super::{cell, formats::Formats, number::nearest_double, page, title_block};
use crate::{
    ColumnKind, Report, ReportError, Value, limits,
    lineage::{Amount, LineagePage, Made, OpenTerm, Operand, Source},
    render::lineage::moment,
};

/// Where the block of a number stands, by table, row and column.
pub(crate) type Blocks = BTreeMap<(&'static str, String, String), RowNum>;

/// Where something stands that a number leads to, by table, row and column.
pub(crate) type Addresses = BTreeMap<(&'static str, String, &'static str), String>;

/// The columns with their widths.
const COLUMNS: [(&str, &str, u16); 14] = [
    ("Teilvorhaben / Operand", "Subproject / operand", 34),
    ("Quelle", "Source", 12),
    ("Steht da", "Stands there", 16),
    ("Zählt hier", "Counts here", 16),
    ("Wann", "When", 12),
    ("Schlüssel", "Key", 26),
    ("Blatt", "Sheet", 14),
    ("Zellen", "Cells", 16),
    ("Fassung", "Revision", 9),
    ("Datei", "File", 28),
    ("SHA-256 der Datei", "SHA-256 of the file", 64),
    ("Upload", "Upload", 38),
    ("Erfasst von", "Recorded by", 38),
    ("Zeit (UTC)", "Time (UTC)", 26),
];

/// The name of the sheet.
pub(crate) const fn name(language: Language) -> &'static str {
    language.pick("Quellen", "Sources")
}

/// The width of the head above the blocks, in characters: what is seen of the sheet at once.
fn head_width() -> usize {
    COLUMNS.iter().take(10).map(|column| usize::from(column.2)).sum()
}

/// Where the block of each number will stand: below the head and a line of headings.
pub(crate) fn blocks(
    report: &Report,
    pages: &[LineagePage],
    language: Language,
) -> Result<Blocks, ReportError> {
    let mut blocks = Blocks::new();
    let mut row = title_block::height(report, language, head_width()) + 1;
    for page in pages {
        let lineage = &page.lineage;
        blocks.insert((lineage.table, lineage.row.clone(), lineage.column.clone()), row);
        row += height(page)?;
    }
    if row >= limits::SHEET_ROWS {
        return Err(ReportError::TooLarge {
            table: "sources",
            rows: usize::try_from(row).unwrap_or(usize::MAX),
            limit: usize::try_from(limits::SHEET_ROWS).unwrap_or(usize::MAX),
        });
    }
    Ok(blocks)
}

/// A line for the number, one for each operand or term, an empty one.
fn height(page: &LineagePage) -> Result<RowNum, ReportError> {
    let lines = match &page.lineage.made {
        Made::Sum(_) => page.terms.len(),
        Made::Formula(_, operands) => operands.len(),
    };
    RowNum::try_from(lines + 2).map_err(|_many| ReportError::TooLarge {
        table: "sources",
        rows: lines,
        limit: usize::try_from(limits::SHEET_ROWS).unwrap_or(usize::MAX),
    })
}

/// Where a number of the report stands: sheet and cell.
pub(crate) type Numbers = BTreeMap<(&'static str, String, String), String>;

/// Adds the sheet.
pub(crate) fn add(
    workbook: &mut Workbook,
    report: &Report,
    (pages, blocks, numbers): (&[LineagePage], &Blocks, &Numbers),
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(name(language))?;
    for (col, (_, _, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
    }
    let title = format!("{} – {}", report.title.get(language), name(language));
    let headings = title_block::write(sheet, report, &title, language, head_width(), formats)?;
    for (col, (de, en, _)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(headings, col, language.pick(de, en), &formats.heading)?;
    }
    let writer = Writer {
        blocks,
        numbers,
        language,
        formats,
    };
    sheet.set_freeze_panes(headings + 1, 1)?;
    sheet.set_repeat_rows(headings, headings)?;
    page::set_up(sheet, &page::Foot::new(report, &title, language));
    for page in pages {
        writer.block(sheet, page)?;
    }
    Ok(())
}

struct Writer<'a> {
    blocks: &'a Blocks,
    numbers: &'a Numbers,
    language: Language,
    formats: &'a Formats,
}

impl Writer<'_> {
    fn block(&self, sheet: &mut Worksheet, page: &LineagePage) -> Result<(), ReportError> {
        let lineage = &page.lineage;
        let key = (lineage.table, lineage.row.clone(), lineage.column.clone());
        let Some(row) = self.blocks.get(&key).copied() else {
            return Ok(());
        };
        let lead = &self.formats.lead;
        let title = format!("{} · {}", lineage.row, lineage.name.get(self.language));
        if let Some(number) = self.numbers.get(&key) {
            link(sheet, (row, 0), number, lead)?;
        }
        sheet.write_string_with_format(row, 0, cell::text(&title), lead)?;
        let made = match &lineage.made {
            Made::Sum(_) => self.language.pick("Summe", "Sum"),
            Made::Formula(formula, _) => formula.text.get(self.language),
        };
        sheet.write_string_with_format(row, 1, cell::text(made), &self.formats.quiet)?;
        self.amount(sheet, (row, 3), &lineage.value, true)?;
        match &lineage.made {
            Made::Sum(_) => {
                for (row, open) in (row + 1..).zip(&page.terms) {
                    self.term(sheet, row, lineage.table, open)?;
                }
            }
            Made::Formula(_, operands) => {
                for (row, operand) in (row + 1..).zip(operands) {
                    self.operand(sheet, row, lineage.table, operand)?;
                }
            }
        }
        Ok(())
    }

    fn operand(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        table: &'static str,
        operand: &Operand,
    ) -> Result<(), ReportError> {
        let text = self.formats.body(ColumnKind::Text);
        if let Some((to_row, to_column)) = &operand.opens {
            self.link_to_block(
                sheet,
                (row, 0),
                &(table, to_row.clone(), (*to_column).to_owned()),
                text,
            )?;
        }
        sheet.write_string_with_format(row, 0, cell::text(operand.name.get(self.language)), text)?;
        self.amount(sheet, (row, 3), &operand.value, false)
    }

    fn term(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        table: &'static str,
        open: &OpenTerm,
    ) -> Result<(), ReportError> {
        let term = &open.term;
        if let Source::Number { row: to_row, column } = &term.source {
            let text = self.formats.body(ColumnKind::Text);
            self.link_to_block(
                sheet,
                (row, 0),
                &(table, to_row.clone(), (*column).to_owned()),
                text,
            )?;
        }
        sheet.write_string(row, 0, term.subproject.to_string())?;
        sheet.write_string(row, 1, word(&term.source, self.language))?;
        self.amount(sheet, (row, 2), &term.whole, false)?;
        self.amount(sheet, (row, 3), &term.part, false)?;
        let (when, key) = when_and_key(&term.source);
        sheet.write_string(row, 4, when)?;
        sheet.write_string(row, 5, cell::text(&key))?;
        let mut sheets: Vec<&str> = open.cells.iter().map(|cell| cell.at.sheet()).collect();
        sheets.dedup();
        let cells: Vec<String> = open.cells.iter().map(|cell| cell.at.a1()).collect();
        sheet.write_string(row, 6, sheets.join(" + "))?;
        sheet.write_string(row, 7, cell::text(&cells.join(" + ")))?;
        if let Some(upload) = &open.upload {
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

    fn link_to_block(
        &self,
        sheet: &mut Worksheet,
        at: (RowNum, ColNum),
        to: &(&'static str, String, String),
        format: &Format,
    ) -> Result<(), ReportError> {
        match self.blocks.get(to) {
            Some(block) => link(sheet, at, &block_address(*block, self.language), format),
            None => Ok(()),
        }
    }

    fn amount(
        &self,
        sheet: &mut Worksheet,
        (row, col): (RowNum, ColNum),
        amount: &Amount,
        is_number: bool,
    ) -> Result<(), ReportError> {
        let (kind, value) = match amount {
            Amount::Money(money) => (ColumnKind::Money, Value::Money(*money)),
            Amount::Count(count) => (ColumnKind::Count, Value::Count(*count)),
            Amount::Euro(euro) => {
                // Weighted with time and not rounded: every digit counts.
                sheet.write_number_with_format(
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
        cell::write(sheet, row, col, &value, self.language, format)
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

/// What a term stands for, for people.
const fn word(source: &Source, language: Language) -> &'static str {
    match source {
        Source::Cells { .. } => language.pick("Zellen", "cells"),
        Source::Correction { .. } => language.pick("Berichtigung", "correction"),
        Source::Plan { .. } => language.pick("Plan", "plan"),
        Source::Payment { .. } => language.pick("Zahlung", "payment"),
        Source::Number { .. } => language.pick("Zahl", "number"),
        Source::Report { .. } => language.pick("Bericht", "report"),
        Source::Grant(_) => language.pick("Bewilligung", "grant"),
        Source::Subproject => language.pick("Teilvorhaben", "subproject"),
    }
}

fn when_and_key(source: &Source) -> (String, String) {
    match source {
        Source::Cells { quarter, key, .. } => (quarter.to_string(), key.as_str().to_owned()),
        Source::Correction {
            quarter,
            corrects,
            key,
            ..
        } => (format!("{quarter} → {corrects}"), key.as_str().to_owned()),
        Source::Plan { version, key, year } => (
            year.map_or_else(String::new, |year| year.to_string()),
            format!("{} (Plan {version})", key.as_str()),
        ),
        Source::Payment { paid_on, source, .. } => (paid_on.to_string(), source.to_string()),
        Source::Number { row, column } => (String::new(), format!("{row} · {column}")),
        Source::Report { quarter, .. } => (quarter.to_string(), String::new()),
        Source::Grant(period) => (format!("{}/{}", period.first, period.last), String::new()),
        Source::Subproject => (String::new(), String::new()),
    }
}

/// The address of a block, for a link inside the workbook.
pub(crate) fn block_address(row: RowNum, language: Language) -> String {
    format!("'{}'!A{}", name(language), row + 1)
}

/// Makes a cell a link inside the workbook; what stands in it is written afterwards.
pub(crate) fn link(
    sheet: &mut Worksheet,
    (row, col): (RowNum, ColNum),
    to: &str,
    format: &Format,
) -> Result<(), ReportError> {
    sheet.write_url_with_format(row, col, Url::new(format!("internal:{to}")), format)?;
    Ok(())
}

/// What the numbers of a report lead to.
#[derive(Debug, Default)]
enum Targets<'a> {
    /// Nothing: a report without sources.
    #[default]
    None,
    /// Blocks on the sheet of sources.
    Blocks(&'a Blocks, Language),
    /// Places of another sheet.
    Addresses(&'a Addresses),
}

/// Links from the numbers of a report to where they come from; none in a report without sources.
#[derive(Debug, Default)]
pub(crate) struct Links<'a> {
    targets: Targets<'a>,
    /// Where the numbers stand that lead somewhere.
    pub(crate) numbers: Numbers,
}

impl<'a> Links<'a> {
    /// Links to these blocks.
    pub(crate) fn to(blocks: &'a Blocks, language: Language) -> Self {
        Self {
            targets: Targets::Blocks(blocks, language),
            numbers: Numbers::new(),
        }
    }

    /// Links to these places.
    pub(crate) const fn to_addresses(addresses: &'a Addresses) -> Self {
        Self {
            targets: Targets::Addresses(addresses),
            numbers: Numbers::new(),
        }
    }

    /// Makes the cell of a number a link, if it leads somewhere.
    pub(crate) fn write(
        &mut self,
        sheet: &mut Worksheet,
        at: (RowNum, ColNum),
        (table, row, column): (&'static str, &str, &'static str),
        (name, format): (&str, &Format),
    ) -> Result<(), ReportError> {
        let target = match self.targets {
            Targets::None => None,
            Targets::Blocks(blocks, language) => {
                let block = blocks.get(&(table, row.to_owned(), column.to_owned()));
                block.map(|block| block_address(*block, language))
            }
            Targets::Addresses(addresses) => addresses.get(&(table, row.to_owned(), column)).cloned(),
        };
        if let Some(target) = target {
            let cell = rust_xlsxwriter::utility::row_col_to_cell(at.0, at.1);
            let key = (table, row.to_owned(), column.to_owned());
            self.numbers.insert(key, format!("'{name}'!{cell}"));
            link(sheet, at, &target, format)?;
        }
        Ok(())
    }
}
