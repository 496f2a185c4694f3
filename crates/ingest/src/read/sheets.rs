//! The workbook as a whole: envelope first, then each sheet of the layout, then what the layout does not know.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};
use nachweis_domain::{
    cell::CellRef,
    figures::QuarterlyFigures,
    finding::{Code, Detail, Finding},
    round::FundingRound,
};

use super::{
    aids,
    computed::ComputedCell,
    confirm::{Values, confirm},
    cover, figures,
    found::Found,
    gathered::Gathered,
    hidden::Hidden,
    items::Items,
    keyed, personal,
    scan::{Table, text_of},
    strangers,
    typed::Reader,
    unknown::UnknownSheet,
    vouchers::{self, VoucherReader},
};
use crate::{
    cell_value::Epoch,
    envelope::{Envelope, NoEnvelope},
    inspection::{Inspection, SheetState},
    layout::{ENVELOPE_SHEET, Layout, Record, Sheet, SheetKind, Version, normalised},
    reading::{Places, Reading, SheetPlaces},
};

/// Lines of the hidden sheet that are looked at.
const ENVELOPE_LINES: usize = 500;

/// A workbook that is being read.
pub(super) struct Workbook<'w, 'b> {
    pub(super) xlsx: &'w mut Xlsx<Cursor<&'b [u8]>>,
    pub(super) inspection: &'w Inspection,
    /// Sheets with cells, by name.
    pub(super) names: Vec<String>,
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
    pub(super) fn find(&self, sheet: &str) -> Option<String> {
        let exact = self.names.iter().find(|name| *name == sheet);
        exact
            .or_else(|| {
                self.names
                    .iter()
                    .find(|name| normalised(name) == normalised(sheet))
            })
            .cloned()
    }

    /// Why a workbook without envelope is none of ours: it never was, or it has lost the hidden sheet.
    fn not_ours(&self) -> Detail {
        let ours = SheetKind::ALL
            .into_iter()
            .filter(|kind| self.find(kind.name()).is_some());
        if self.find(ENVELOPE_SHEET).is_none() && ours.count() * 2 > SheetKind::ALL.len() {
            Detail::EnvelopeMissing
        } else {
            Detail::NotOurTemplate
        }
    }

    /// Where serial dates count from.
    pub(super) const fn epoch(&self) -> Epoch {
        if self.inspection.date1904 {
            Epoch::From1904
        } else {
            Epoch::From1900
        }
    }

    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.inspection
            .sheet(name)
            .is_some_and(|facts| facts.state != SheetState::Visible)
    }
}

/// Reads everything.
pub(super) fn read(rounds: &[FundingRound], workbook: &mut Workbook<'_, '_>) -> Result<Reading, XlsxError> {
    let mut gathered = Gathered::default();
    let mut reading = Reading::default();
    personal::tell_inspected(workbook.inspection, &mut gathered);
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
        }
        (Some((envelope, _)), Some((_, None))) => {
            gathered.push(Finding::whole(Detail::OtherTemplateVersion {
                found: envelope.context.template_version.to_string(),
                expected: Version::names(),
            }));
            strangers::search(workbook, &mut gathered)?;
        }
        _ => {
            gathered.push(Finding::whole(workbook.not_ours()));
            strangers::search(workbook, &mut gathered)?;
        }
    }
    reading.envelope = envelope.map(|(envelope, _)| envelope);
    reading.cells_read = workbook.inspection.cells;
    Ok(finish(reading, gathered))
}

/// Sorts the findings. Of a workbook with data about single persons nothing but that finding leaves the reader.
fn finish(mut reading: Reading, mut gathered: Gathered) -> Reading {
    gathered.report_computed();
    gathered.drop_merged();
    reading.figures.typed_over = gathered.typed_over;
    reading.findings = gathered.findings;
    for (code, count) in gathered.omitted {
        reading
            .findings
            .push(Finding::whole(Detail::FurtherFindings { code, count }));
    }
    reading.findings.sort();
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
    let epoch = workbook.epoch();
    let mut cells = workbook.xlsx.worksheet_cells_reader(ENVELOPE_SHEET)?;
    let mut list: Vec<(u32, String, String)> = Vec::new();
    let mut strays = UnknownSheet::default();
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let (row, col) = record.pos;
        if col > 1 || list.len() >= ENVELOPE_LINES {
            strays.cell(row, u16::try_from(col).unwrap_or(u16::MAX), &record.value, epoch);
        }
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
    personal::tell_columns(&strays, ENVELOPE_SHEET, gathered);
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
    let found = Found::of(workbook, layout, gathered)?;
    let mut aids: Vec<ComputedCell> = Vec::new();
    for sheet in &layout.sheets {
        let Some(name) = found.name(sheet.kind) else {
            continue;
        };
        let facts = workbook.inspection.sheet(name);
        let hidden = Hidden::new(facts);
        let reader = Reader::new(envelope.language, workbook.inspection.date1904);
        let is_hidden = workbook.is_hidden(name);
        let mut cells = workbook.xlsx.worksheet_cells_reader(name)?;
        let (table, rows) = if sheet.kind == SheetKind::Vouchers {
            let with = VoucherReader {
                reader,
                items: Items::new(round, envelope.language),
                hidden,
            };
            let (list, table) = vouchers::read(&mut cells, sheet, name, &with, gathered)?;
            aids::list_sum(reader, &table, &list, gathered);
            reading.figures.vouchers = list;
            (table, Vec::new())
        } else {
            let keyed = keyed::read(&mut cells, sheet, (name, reader), hidden, gathered)?;
            let mut values = confirm(keyed, record, reader, gathered);
            take(&mut reading.figures, sheet.kind, &values, gathered);
            if sheet.kind == SheetKind::Expenditure {
                aids = std::mem::take(&mut values.aids);
            }
            let rows = positions(sheet, &values.keyed.positions);
            (values.keyed.table, rows)
        };
        if is_hidden {
            let sheet = name.to_owned();
            gathered.at(CellRef::at(name, 0, 0), Detail::HiddenSheet { sheet });
        }
        if table.header_row.is_some() {
            let sum = aids::cell_of_list_sum(&table);
            table.notes.report(&table.name, sum, reader, gathered);
        }
        after(&table, rows, hidden, reading, gathered);
    }
    if let Some(sheet) = layout.sheet(SheetKind::Expenditure) {
        aids::voucher_sums(sheet, &aids, &reading.figures.vouchers, gathered);
    }
    strangers::name(workbook, &found, gathered)
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
    Hidden::rows(gathered);
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
