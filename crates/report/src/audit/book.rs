//! The workbook while its rows stream in: finished sheets wait on disk until the front sheets can be written.

use std::{fs::File, io::BufWriter, path::Path};

use chrono::{DateTime, Utc};
use nachweis_domain::{
    language::{Language, Text},
    ledger::Ledger,
};
use rust_xlsxwriter::{Workbook, Worksheet};

use super::{
    control::AuditTotals,
    front,
    names::Names,
    rows::{Rows, SheetKind},
};
use crate::{
    ReportError, limits,
    render::xlsx::{
        formats::{self, Formats},
        page,
    },
};

/// The workbook under way.
pub(super) struct Book {
    workbook: Workbook,
    pub(super) formats: Formats,
    pub(super) language: Language,
    programme: Text,
    as_of: DateTime<Utc>,
    pub(super) names: Names,
    pub(super) rows_per_sheet: u32,
    sheets: Vec<Worksheet>,
    /// For each kind of sheet: its name, how many sheets it took and how many rows.
    counted: Vec<(&'static SheetKind, usize, u64)>,
}

impl Book {
    /// A workbook whose temporary files stand in `folder`, where the workbook itself must find room anyway.
    pub(super) fn new(
        folder: &Path,
        ledger: &Ledger,
        language: Language,
        rows_per_sheet: u32,
    ) -> Result<Self, ReportError> {
        let mut workbook = formats::workbook()?;
        workbook.set_tempdir(folder)?;
        workbook.set_zip_compression_level(super::COMPRESSION);
        Ok(Self {
            workbook,
            formats: Formats::new(),
            language,
            programme: ledger.round.programme.clone(),
            as_of: ledger.status_at,
            names: Names::new(&ledger.round, language),
            rows_per_sheet,
            sheets: Vec::new(),
            counted: Vec::new(),
        })
    }

    /// A stream of rows onto sheets of a kind.
    pub(super) fn rows(&mut self, kind: &'static SheetKind) -> Result<Rows<'_>, ReportError> {
        Rows::new(self, kind)
    }

    /// A new sheet whose rows go straight to disk.
    pub(super) fn new_sheet(&mut self) -> Result<Worksheet, ReportError> {
        Ok(self.workbook.new_worksheet_with_constant_memory()?)
    }

    /// The foot of the pages of a sheet with this name.
    pub(super) fn foot(&self, name: &str) -> page::Foot {
        let title = front::title();
        let title = format!("{} – {name}", title.get(self.language));
        page::Foot::of(&self.programme, self.as_of, &title, self.language)
    }

    /// Takes a finished sheet.
    pub(super) fn push(&mut self, sheet: Worksheet) -> Result<(), ReportError> {
        if self.sheets.len() >= limits::CONTINUED_SHEETS {
            return Err(ReportError::TooManySheets {
                limit: limits::CONTINUED_SHEETS,
            });
        }
        self.sheets.push(sheet);
        Ok(())
    }

    /// Notes how much a finished kind of sheet holds.
    pub(super) fn count(&mut self, kind: &'static SheetKind, sheets: usize, rows: u64) {
        self.counted.push((kind, sheets, rows));
    }

    /// Writes the front sheets, then everything into the file.
    pub(super) fn finish(
        mut self,
        ledger: &Ledger,
        totals: &AuditTotals,
        file: BufWriter<File>,
    ) -> Result<(), ReportError> {
        let report = front::report(ledger, totals, &self.counted);
        self.workbook
            .set_properties(&page::properties(&report, self.language));
        front::add_tables(&mut self.workbook, &report, self.language, &self.formats)?;
        for sheet in self.sheets {
            self.workbook.push_worksheet(sheet);
        }
        front::add_notes(&mut self.workbook, &report, self.language, &self.formats)?;
        self.workbook.save_to_writer(file)?;
        Ok(())
    }
}
