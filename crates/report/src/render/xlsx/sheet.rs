//! A sheet for a table, and the sheet of notes.

use nachweis_domain::language::{Language, Text};
use rust_xlsxwriter::{ColNum, RowNum, Table as ExcelTable, TableColumn, TableStyle, Workbook, Worksheet};

use super::{cell, formats::Formats, page, sources::Links, title_block, widths, wrap};
use crate::{Column, ColumnKind, Report, ReportError, Table, Value, limits};

/// The width of the notes in characters: what fits across A4 without scaling.
const NOTE_WIDTH: u16 = 130;

/// Adds the sheet of a table.
pub(crate) fn add_table(
    workbook: &mut Workbook,
    report: &Report,
    table: &Table,
    language: Language,
    formats: &Formats,
    sources: &mut Links<'_>,
) -> Result<(), ReportError> {
    let sheet = workbook.add_worksheet();
    let name = sheet_name(table.title.get(language));
    sheet.set_name(&name)?;
    sheet.set_default_row_height(wrap::LINE_POINTS + 1);
    let widths = widths::of_table(table, language);
    for (col, width) in (0..).zip(&widths) {
        sheet.set_column_width(col, *width)?;
    }
    let width_chars = widths.iter().copied().map(usize::from).sum();
    let title = title(report, table, language);
    let heading_row = title_block::write(sheet, report, &title, language, width_chars, formats)?;
    let last_row = check_size(table, heading_row)?;
    write_headings(sheet, heading_row, (&table.columns, &widths), language, formats)?;
    let content = Content {
        table,
        sheet_name: &name,
        language,
        formats,
    };
    content.write_rows(sheet, heading_row + 1, &widths, sources)?;
    if table.rows.is_empty() {
        let text = language.pick("Keine Daten.", "No data.");
        sheet.write_string_with_format(heading_row + 1, 0, text, &formats.note)?;
    } else {
        sheet.add_table(
            heading_row,
            0,
            last_row,
            last_col(table),
            &excel_table(table, language, formats),
        )?;
    }
    if let Some(totals) = &table.totals {
        content.write_totals(sheet, last_row + 1, totals, sources)?;
    }
    sheet.set_freeze_panes(heading_row + 1, frozen_columns(table))?;
    sheet.set_repeat_rows(heading_row, heading_row)?;
    page::set_up(sheet, &page::Foot::new(report, &title, language));
    Ok(())
}

/// What stands below the headings of a table.
struct Content<'a> {
    table: &'a Table,
    sheet_name: &'a str,
    language: Language,
    formats: &'a Formats,
}

impl Content<'_> {
    /// Writes the rows from one on, each as high as its texts need.
    fn write_rows(
        &self,
        sheet: &mut Worksheet,
        first: RowNum,
        widths: &[u16],
        sources: &mut Links<'_>,
    ) -> Result<(), ReportError> {
        let (table, language) = (self.table, self.language);
        for (row, values) in (first..).zip(&table.rows) {
            let key = table.row_key(values);
            let mut lines = 1;
            let cells = values.iter().zip(table.columns.iter().zip(widths));
            for (col, (value, (column, width))) in (0..).zip(cells) {
                lines = lines.max(wrap::of_value(value, language, *width));
                let format = value.light().map_or_else(
                    || self.formats.body(column.kind),
                    |light| self.formats.light(light),
                );
                let number = (table.key, key.as_str(), column.key);
                sources.write(sheet, (row, col), number, (self.sheet_name, format))?;
                cell::write(sheet, row, col, value, language, format)?;
            }
            self.end_row(sheet, row, sources)?;
            if lines > 1 {
                sheet.set_row_height(row, wrap::height(lines))?;
            }
        }
        Ok(())
    }

    /// Writes the row of totals.
    fn write_totals(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        totals: &[Value],
        sources: &mut Links<'_>,
    ) -> Result<(), ReportError> {
        for (col, (value, column)) in (0..).zip(totals.iter().zip(&self.table.columns)) {
            let format = value.light().map_or_else(
                || self.formats.total(column.kind),
                |light| self.formats.total_light(light),
            );
            let number = (self.table.key, "total", column.key);
            sources.write(sheet, (row, col), number, (self.sheet_name, format))?;
            cell::write(sheet, row, col, value, self.language, format)?;
        }
        self.end_row(sheet, row, sources)
    }

    /// Says behind a row where the sources of its numbers stand that have no link.
    fn end_row(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        sources: &mut Links<'_>,
    ) -> Result<(), ReportError> {
        let behind = last_col(self.table).saturating_add(1);
        sources.end_row(sheet, (row, behind), self.language, &self.formats.quiet)
    }
}

/// Adds the sheet that says what the columns mean.
pub(crate) fn add_notes(
    workbook: &mut Workbook,
    report: &Report,
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(language.pick("Erläuterungen", "Notes"))?;
    sheet.set_column_width(0, NOTE_WIDTH)?;
    let title = format!(
        "{} – {}",
        report.title.get(language),
        language.pick("Erläuterungen", "Notes")
    );
    let first = title_block::write(sheet, report, &title, language, NOTE_WIDTH.into(), formats)?;
    for (row, note) in (first..).zip(&report.notes) {
        let text = note.get(language);
        sheet.write_string_with_format(row, 0, cell::text(text), &formats.note)?;
        let lines = wrap::lines(text, NOTE_WIDTH - 2);
        sheet.set_row_height(row, wrap::height(lines) + 8)?;
    }
    page::set_up(sheet, &page::Foot::new(report, &title, language));
    Ok(())
}

/// The report's title, with the table's where it says something else.
fn title(report: &Report, table: &Table, language: Language) -> String {
    let only = report.tables.len() == 1;
    let (report, table) = (report.title.get(language), table.title.get(language));
    if only || report == table {
        return report.to_owned();
    }
    format!("{report} – {table}")
}

/// The last row of the table, when its rows and a totals row fit on a sheet.
fn check_size(table: &Table, heading_row: RowNum) -> Result<RowNum, ReportError> {
    let limit = limits::SHEET_ROWS - heading_row - 2;
    match RowNum::try_from(table.rows.len()) {
        Ok(rows) if rows <= limit => Ok(heading_row + rows.max(1)),
        _ => Err(ReportError::TooLarge {
            table: table.key,
            rows: table.rows.len(),
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
        }),
    }
}

fn write_headings(
    sheet: &mut Worksheet,
    row: RowNum,
    (columns, widths): (&[Column], &[u16]),
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    let headings: Vec<Text> = columns.iter().map(Column::heading).collect();
    for (col, (heading, column)) in (0..).zip(headings.iter().zip(columns)) {
        let format = heading_format(column, formats);
        sheet.write_string_with_format(row, col, heading.get(language), format)?;
    }
    let headings = headings.iter().map(|heading| heading.get(language));
    sheet.set_row_height(row, widths::heading_height(headings.zip(widths.iter().copied())))?;
    Ok(())
}

/// Numbers stand to the right, and so do their headings.
fn heading_format<'a>(column: &Column, formats: &'a Formats) -> &'a rust_xlsxwriter::Format {
    if column.kind.is_number() {
        &formats.heading_right
    } else {
        &formats.heading
    }
}

/// An Excel table with our own look, so that it is the same in every program.
fn excel_table(table: &Table, language: Language, formats: &Formats) -> ExcelTable {
    let columns: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| {
            TableColumn::new()
                .set_header(column.heading().get(language))
                .set_header_format(heading_format(column, formats))
        })
        .collect();
    ExcelTable::new()
        .set_name(format!("table_{}", table.key))
        .set_style(TableStyle::None)
        .set_columns(&columns)
}

fn last_col(table: &Table) -> ColNum {
    ColNum::try_from(table.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX)
}

/// The columns that stay in view: those up to the first number.
fn frozen_columns(table: &Table) -> ColNum {
    let naming = table
        .columns
        .iter()
        .take_while(|column| matches!(column.kind, ColumnKind::Text | ColumnKind::Quarter));
    ColNum::try_from(naming.count().min(2)).unwrap_or(0)
}

/// A sheet's name: at most 31 characters, without those that are not allowed.
pub(crate) fn sheet_name(title: &str) -> String {
    title
        .chars()
        .filter(|char| !matches!(char, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .take(31)
        .collect()
}
