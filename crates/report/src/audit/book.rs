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
    origins::{self, Origins},
    parts::Parts,
    rows::{Rows, SheetKind},
    runs::Runs,
};
use crate::{
    ReportError, limits,
    render::xlsx::{
        formats::{self, Formats},
        page,
        sources::Links,
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
    /// Where the rows of each subproject stand.
    pub(super) runs: Runs,
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
            runs: Runs::default(),
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

    /// How many rows the sheets of a kind hold.
    pub(super) fn rows_of(&self, kind: &SheetKind) -> u64 {
        let counted = self.counted.iter();
        let mut counted = counted.filter(|(each, ..)| each.name == kind.name);
        counted.next().map_or(0, |(_, _, rows)| *rows)
    }

    /// Notes how much a finished kind of sheet holds.
    pub(super) fn count(&mut self, kind: &'static SheetKind, sheets: usize, rows: u64) {
        self.counted.push((kind, sheets, rows));
    }

    /// Writes the front sheets and the sheet of sources, then everything into the file.
    pub(super) fn finish(
        mut self,
        ledger: &Ledger,
        (totals, parts): (&AuditTotals, &Parts),
        file: BufWriter<File>,
    ) -> Result<(), ReportError> {
        self.runs.close();
        let origins = Origins::of(&self, ledger, totals, parts);
        let (sheets, rows) = origins.size();
        let counted = std::iter::once((&origins::KIND, sheets, rows));
        let counted: Vec<_> = counted.chain(self.counted.iter().copied()).collect();
        let report = front::report(ledger, totals, &counted);
        self.workbook
            .set_properties(&page::properties(&report, self.language));
        let addresses = origins.addresses(&self, totals);
        let mut links = Links::to_addresses(&addresses);
        front::add_tables(
            &mut self.workbook,
            &report,
            self.language,
            &self.formats,
            &mut links,
        )?;
        let streamed = std::mem::take(&mut self.sheets);
        origins.write(&mut self, ledger, totals, &links.numbers)?;
        for sheet in self.sheets.into_iter().chain(streamed) {
            self.workbook.push_worksheet(sheet);
        }
        front::add_notes(&mut self.workbook, &report, self.language, &self.formats)?;
        self.workbook.save_to_writer(file)?;
        Ok(())
    }
}
