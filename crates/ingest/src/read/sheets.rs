//! The workbook as a whole: envelope first, then each sheet of the layout, then what the layout does not know.

use std::{io::Cursor, sync::Arc};

use calamine::{Reader as _, Xlsx, XlsxError};
use nachweis_domain::{
    cell::CellRef,
    figures::QuarterlyFigures,
    finding::{Code, Detail, Finding},
    round::FundingRound,
};

use super::{
    confirm::{Values, confirm},
    cover, figures,
    gathered::Gathered,
    hidden::Hidden,
    items::Items,
    keyed,
    scan::{Table, text_of},
    typed::Reader,
    unknown::UnknownSheet,
    vouchers::{self, VoucherReader},
};
use crate::{
    envelope::{Envelope, NoEnvelope},
    inspection::{Inspection, SheetState},
    layout::{ENVELOPE_SHEET, Layout, Record, Sheet, SheetKind, Version, normalised},
    mark::is_index_title,
    reading::{Places, Reading, SheetPlaces},
};

/// Lines of the hidden sheet that are looked at.
const ENVELOPE_LINES: usize = 500;

/// A workbook that is being read.
pub(super) struct Workbook<'w, 'b> {
    xlsx: &'w mut Xlsx<Cursor<&'b [u8]>>,
    inspection: &'w Inspection,
    /// Sheets with cells, by name.
    names: Vec<String>,
}

impl<'w, 'b> Workbook<'w, 'b> {
    /// A workbook with what the guard saw of it.
    pub(super) fn new(xlsx: &'w mut Xlsx<Cursor<&'b [u8]>>, inspection: &'w Inspection) -> Self {
        Self {
            names: xlsx.sheet_names(),
            xlsx,
            inspection,
        }
    }

    /// The name of a sheet as the workbook writes it.
    fn find(&self, sheet: &str) -> Option<String> {
        let exact = self.names.iter().find(|name| *name == sheet);
        exact
            .or_else(|| {
                self.names
                    .iter()
                    .find(|name| normalised(name) == normalised(sheet))
            })
            .cloned()
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.inspection
            .sheet(name)
            .is_some_and(|facts| facts.state != SheetState::Visible)
    }
}

/// Reads everything.
pub(super) fn read(rounds: &[FundingRound], workbook: &mut Workbook<'_, '_>) -> Result<Reading, XlsxError> {
    let mut gathered = Gathered::default();
    let mut reading = Reading::default();
    let envelope = envelope(workbook, &mut gathered)?;
    let known = envelope.as_ref().and_then(|(envelope, _)| {
        let round = rounds.iter().find(|round| round.code == envelope.round)?;
        Some((round, Version::of(&envelope.context.template_version)))
    });
    match (&envelope, known) {
        (Some((envelope, is_intact)), Some((round, Some(version)))) => {
            if !is_intact {
                gathered.push(Finding::whole(Detail::PrefilledChanged {
                    expected: String::new(),
                }));
            }
            let layout = Layout::new(version, round);
            template(workbook, &layout, round, envelope, &mut reading, &mut gathered)?;
            strangers(workbook, Some(&layout), &mut gathered)?;
        }
        (Some((envelope, _)), Some((_, None))) => {
            gathered.push(Finding::whole(Detail::OtherTemplateVersion {
                found: envelope.context.template_version.to_string(),
                expected: Version::names(),
            }));
            strangers(workbook, None, &mut gathered)?;
        }
        _ => {
            gathered.push(Finding::whole(Detail::NotOurTemplate));
            strangers(workbook, None, &mut gathered)?;
        }
    }
    reading.envelope = envelope.map(|(envelope, _)| envelope);
    Ok(finish(reading, gathered))
}

/// Sorts the findings. Of a workbook with data about single persons nothing but that finding leaves the reader.
fn finish(mut reading: Reading, gathered: Gathered) -> Reading {
    reading.findings = gathered.findings;
    for (code, count) in gathered.omitted {
        reading
            .findings
            .push(Finding::whole(Detail::FurtherFindings { code, count }));
    }
    reading.findings.sort();
    reading.cells_read = gathered.cells_read;
    reading.recomputed = gathered.recomputed;
    reading.raw = gathered.raw;
    if reading.holds_person_level_data() {
        reading.findings.retain(|finding| finding.code() == Code::Tpl15);
        reading.figures = QuarterlyFigures::default();
        reading.raw = Vec::new();
        reading.places = Places::default();
    }
    reading
}

/// The hidden sheet; whether its checksum is right.
fn envelope(
    workbook: &mut Workbook<'_, '_>,
    gathered: &mut Gathered,
) -> Result<Option<(Envelope, bool)>, XlsxError> {
    if !workbook.names.iter().any(|name| name == ENVELOPE_SHEET) {
        return Ok(None);
    }
    let mut cells = workbook.xlsx.worksheet_cells_reader(ENVELOPE_SHEET)?;
    let mut list: Vec<(u32, String, String)> = Vec::new();
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        gathered.cells_read += 1;
        let (row, col) = record.pos;
        let Some(text) = text_of(&record.value).filter(|_| record.formula.is_none()) else {
            continue;
        };
        if col == 0 && list.len() < ENVELOPE_LINES {
            list.push((row, text.to_owned(), String::new()));
        } else if let (1, Some((last, _, value))) = (col, list.last_mut())
            && *last == row
        {
            text.clone_into(value);
        }
    }
    let list: Vec<(String, String)> = list.into_iter().map(|(_, name, value)| (name, value)).collect();
    match Envelope::read(&list) {
        Ok(found) => Ok(Some(found)),
        Err(NoEnvelope::Foreign | NoEnvelope::Damaged) => Ok(None),
    }
}

/// Reads the sheets of the layout.
fn template(
    workbook: &mut Workbook<'_, '_>,
    layout: &Layout,
    round: &FundingRound,
    envelope: &Envelope,
    reading: &mut Reading,
    gathered: &mut Gathered,
) -> Result<(), XlsxError> {
    let record = Record {
        round,
        context: &envelope.context,
        language: envelope.language,
    };
    for sheet in &layout.sheets {
        let Some(name) = workbook.find(sheet.name()) else {
            let sheet = sheet.name().to_owned();
            gathered.push(Finding::whole(Detail::SheetMissing { sheet }));
            continue;
        };
        let facts = workbook.inspection.sheet(&name);
        let hidden = Hidden::new(facts);
        let reader = Reader::new(envelope.language, workbook.inspection.date1904);
        let is_hidden = workbook.is_hidden(&name);
        let mut cells = workbook.xlsx.worksheet_cells_reader(&name)?;
        let (table, rows) = if sheet.kind == SheetKind::Vouchers {
            let with = VoucherReader {
                reader,
                items: Items::new(round, envelope.language),
                hidden,
            };
            let (list, table) = vouchers::read(&mut cells, sheet, &name, &with, gathered)?;
            reading.figures.vouchers = list;
            (table, Vec::new())
        } else {
            let keyed = keyed::read(&mut cells, sheet, (&name, reader.epoch), hidden, gathered)?;
            let values = confirm(keyed, record, reader, gathered);
            take(&mut reading.figures, sheet.kind, &values, gathered);
            let rows = positions(sheet, &values.keyed.positions);
            (values.keyed.table, rows)
        };
        if is_hidden {
            let sheet = name.clone();
            gathered.at(CellRef::at(name.as_str(), 0, 0), Detail::HiddenSheet { sheet });
        }
        after(&table, rows, hidden, reading, gathered);
    }
    Ok(())
}

/// What is said of a sheet once all of it has been seen.
fn after(
    table: &Table<'_>,
    rows: Vec<(String, u32)>,
    hidden: Hidden<'_>,
    reading: &mut Reading,
    gathered: &mut Gathered,
) {
    let vouchers = reading.figures.vouchers.rows.iter().map(|voucher| voucher.row);
    let last = match table.sheet.kind {
        SheetKind::Vouchers => vouchers.max(),
        _ => rows.iter().map(|(_, row)| *row).max(),
    };
    hidden.table(table, last.unwrap_or(0), gathered);
    table
        .unknown
        .report(&table.name, table.header_row.unwrap_or(0), gathered);
    reading.places.sheets.push(SheetPlaces {
        sheet: table.sheet.kind,
        name: table.name.to_string(),
        columns: table.found(),
        rows,
    });
}

fn positions(sheet: &Sheet, positions: &[Option<u32>]) -> Vec<(String, u32)> {
    let rows = sheet.rows.iter().zip(positions);
    rows.filter_map(|(row, position)| Some((row.key.clone(), (*position)?)))
        .collect()
}

fn take(into: &mut QuarterlyFigures, kind: SheetKind, values: &Values<'_, '_>, gathered: &mut Gathered) {
    match kind {
        SheetKind::Cover => cover::declaration(values, gathered),
        SheetKind::Expenditure => into.expenditure = figures::expenditure(values),
        SheetKind::Funds => into.funds = figures::funds(values),
        SheetKind::Indicators => into.indicators = figures::indicators(values),
        SheetKind::Counters => into.counters = figures::counters(values),
        SheetKind::Narrative => into.narrative = figures::narrative(values),
        SheetKind::Vouchers => {}
    }
}

/// Names every sheet that was not read, and looks for data about single persons on it.
fn strangers(
    workbook: &mut Workbook<'_, '_>,
    layout: Option<&Layout>,
    gathered: &mut Gathered,
) -> Result<(), XlsxError> {
    let read: Vec<String> = layout.map_or_else(Vec::new, |layout| {
        layout
            .sheets
            .iter()
            .filter_map(|sheet| workbook.find(sheet.name()))
            .collect()
    });
    for name in workbook.names.clone() {
        if name == ENVELOPE_SHEET || read.contains(&name) {
            continue;
        }
        let mut seen = UnknownSheet::default();
        let is_hidden = workbook.is_hidden(&name);
        let epoch = Reader::new(
            nachweis_domain::language::Language::De,
            workbook.inspection.date1904,
        )
        .epoch;
        let mut cells = workbook.xlsx.worksheet_cells_reader(&name)?;
        while let Some(record) = cells.next_cell_with_formula_metadata()? {
            gathered.cells_read += 1;
            let col = u16::try_from(record.pos.1).unwrap_or(u16::MAX);
            seen.cell(record.pos.0, col, &record.value, epoch);
        }
        for (col, kind) in seen.personal() {
            let at = CellRef::at(Arc::from(name.as_str()), 0, col);
            gathered.at(
                at,
                Detail::PersonLevelData {
                    kind: kind.to_owned(),
                },
            );
        }
        let is_index = seen.first_text.as_deref().is_some_and(is_index_title);
        if seen.has_values && !is_index && layout.is_some() {
            let sheet = name.clone();
            gathered.push(Finding::whole(if is_hidden {
                Detail::HiddenSheet { sheet }
            } else {
                Detail::SheetNotRead { sheet }
            }));
        }
    }
    for sheet in &workbook.inspection.charts {
        if layout.is_some() {
            let sheet = sheet.clone();
            gathered.push(Finding::whole(Detail::SheetNotRead { sheet }));
        }
    }
    Ok(())
}
