//! Each cell of a keyed sheet by its role: prefilled ones confirmed, inputs read, formulas computed again.

use nachweis_domain::{
    cell::CellRef,
    finding::{Column, Detail, Finding},
};

use super::{gathered::Gathered, keyed::Keyed, scan::CellIn, typed::Reader};
use crate::layout::{
    Column as ColumnSpec, ColumnKey, Computed, Entry, Field, Kind, Record, Role, Row, RowKind, Sheet, Slot,
    compute, prefilled,
};

/// What a keyed sheet says, by row and column of the layout.
pub(super) struct Values<'s, 'a> {
    /// Where everything stands.
    pub(super) keyed: Keyed<'s, 'a>,
    slots: Vec<Vec<Slot>>,
    stored: Vec<(usize, usize, Entry)>,
}

/// Reads all cells of a sheet.
pub(super) fn confirm<'s, 'a>(
    keyed: Keyed<'s, 'a>,
    record: Record<'_>,
    reader: Reader,
    gathered: &mut Gathered,
) -> Values<'s, 'a> {
    let sheet = keyed.table.sheet;
    let mut values = Values {
        slots: unfound(&keyed),
        keyed,
        stored: Vec::new(),
    };
    let mut missing: Vec<(usize, CellRef, Detail)> = Vec::new();
    let mut filled = vec![false; sheet.rows.len()];
    for (row, column, role, at) in values.keyed.found() {
        let cell = values
            .keyed
            .cells
            .get(row)
            .and_then(|cells| cells.get(column))
            .cloned()
            .unwrap_or_default();
        let Some(kind) = sheet.kind_of(row, column) else {
            continue;
        };
        let slot = match role {
            Role::Prefilled => confirm_prefilled(record, reader, sheet, (row, column), &cell, at, gathered),
            Role::Input { required } if !matches!(kind, Kind::Choice(_)) => {
                let slot = reader.input_slot(kind, &cell, &|| at.clone(), gathered);
                match (&slot, required, lacking(kind)) {
                    (Slot::Empty, true, Some(lack)) => {
                        missing.push((row, at, Detail::Missing { column: lack }));
                    }
                    (Slot::Empty, ..) => {}
                    _ => set(&mut filled, row),
                }
                slot
            }
            Role::Computed(_) => values.formula(reader, kind, (row, column), &cell, at, gathered),
            Role::Label => {
                confirm_label(record, reader, sheet, row, &cell, at, gathered);
                continue;
            }
            _ => continue,
        };
        values.set(row, column, slot);
    }
    report_missing(missing, &filled, gathered);
    values.compare_stored(record, gathered);
    values
}

/// Slots before reading: what stands nowhere cannot be computed with.
fn unfound(keyed: &Keyed<'_, '_>) -> Vec<Vec<Slot>> {
    let sheet = keyed.table.sheet;
    let slot = |row, column| match sheet.role(row, column) {
        Some(Role::Prefilled | Role::Input { .. }) if keyed.at(row, column).is_none() => Slot::Unreadable,
        _ => Slot::Empty,
    };
    (0..sheet.rows.len())
        .map(|row| (0..sheet.columns.len()).map(|column| slot(row, column)).collect())
        .collect()
}

/// Compares a prefilled cell with the record. What the round words differently later is no change of the lead's.
fn confirm_prefilled(
    record: Record<'_>,
    reader: Reader,
    sheet: &Sheet,
    (row, column): (usize, usize),
    cell: &CellIn<'_>,
    at: CellRef,
    gathered: &mut Gathered,
) -> Slot {
    let (Some(spec), Some(header), Some(kind)) = (
        sheet.rows.get(row),
        sheet.columns.get(column),
        sheet.kind_of(row, column),
    ) else {
        return Slot::Empty;
    };
    let found = reader.slot(kind, &cell.value).unwrap_or(Slot::Unreadable);
    if is_worded_by_round(spec) {
        return found;
    }
    let issued = prefilled(record, sheet.kind, spec, header.key);
    let is_same = match &found {
        Slot::Empty => issued == Entry::Empty || issued == Entry::Text(String::new()),
        Slot::Value(entry) | Slot::Typed(entry) => *entry == issued,
        Slot::Unreadable => false,
    };
    if !is_same {
        let expected = issued.display(record.language);
        gathered.at(at, Detail::PrefilledChanged { expected });
    }
    found
}

/// A row whose name is that of another row: someone moved names or keys apart, and it is not clear which one the values
/// belong to. Other wordings are no finding; the round may have changed them.
fn confirm_label(
    record: Record<'_>,
    reader: Reader,
    sheet: &Sheet,
    row: usize,
    cell: &CellIn<'_>,
    at: CellRef,
    gathered: &mut Gathered,
) {
    let Ok(Slot::Value(Entry::Text(found)) | Slot::Typed(Entry::Text(found))) =
        reader.slot(Kind::Key, &cell.value)
    else {
        return;
    };
    let is = |other: &Row| other.name.de == found || other.name.en == found;
    let own = sheet.rows.get(row);
    if own.is_some_and(|own| !is(own)) && sheet.rows.iter().any(is) {
        let expected = own.map_or("", |own| own.name.get(record.language)).to_owned();
        gathered.at(at, Detail::PrefilledChanged { expected });
    }
}

fn is_worded_by_round(row: &Row) -> bool {
    matches!(
        row.kind,
        RowKind::Field(
            Field::Programme | Field::Round | Field::Strand | Field::Action | Field::RegionCategory
        )
    )
}

/// What an empty cell lacks; `None` where the template asks nothing.
const fn lacking(kind: Kind) -> Option<Column> {
    match kind {
        Kind::Money => Some(Column::Amount),
        Kind::Count => Some(Column::Count),
        Kind::Text { .. } => Some(Column::Narrative),
        Kind::Date => Some(Column::PaidOn),
        Kind::Key | Kind::Quarter | Kind::Choice(_) => None,
    }
}

/// Reports empty cells: each one in a row that has values, a row without any value as one.
fn report_missing(missing: Vec<(usize, CellRef, Detail)>, filled: &[bool], gathered: &mut Gathered) {
    let mut whole: Vec<(usize, Finding)> = Vec::new();
    for (row, at, detail) in missing {
        if filled.get(row).copied().unwrap_or(false) {
            gathered.at(at, detail);
            continue;
        }
        match whole.last_mut() {
            Some((known, finding)) if *known == row => finding.related.push(at),
            _ => whole.push((row, Finding::at(at, detail))),
        }
    }
    for (_, finding) in whole {
        gathered.push(finding);
    }
}

fn set(flags: &mut [bool], index: usize) {
    if let Some(flag) = flags.get_mut(index) {
        *flag = true;
    }
}

impl Values<'_, '_> {
    /// The sheet of the layout.
    pub(super) fn sheet(&self) -> &Sheet {
        self.keyed.table.sheet
    }

    /// The value of a cell with its place: as typed, or as computed for a formula of the template; `None` when nothing
    /// was entered or it could not be read.
    pub(super) fn entry(&self, row: usize, key: ColumnKey) -> Option<(Entry, CellRef)> {
        let column = self.sheet().column_index(key)?;
        let at = self.keyed.at(row, column)?;
        let entry = match self.slot(row, column) {
            Slot::Value(entry) | Slot::Typed(entry) => entry,
            Slot::Unreadable => return None,
            Slot::Empty => {
                let computed = self.compute(row, column);
                match (computed.value, computed.fed) {
                    (Entry::Empty, _) => self.stored(row, column)?,
                    (_, false) => return None,
                    (value, true) => value,
                }
            }
        };
        Some((entry, at))
    }

    /// What stands in a template formula's cell: a number typed over it is a value, a formula is computed.
    fn formula(
        &mut self,
        reader: Reader,
        kind: Kind,
        (row, column): (usize, usize),
        cell: &CellIn<'_>,
        at: CellRef,
        gathered: &mut Gathered,
    ) -> Slot {
        match reader.slot(kind, &cell.value) {
            Ok(Slot::Empty) => {
                gathered.recomputed += u64::from(cell.is_formula);
                Slot::Empty
            }
            Ok(Slot::Value(entry) | Slot::Typed(entry)) if cell.is_formula => {
                self.stored.push((row, column, entry));
                Slot::Empty
            }
            Ok(slot) => {
                if let Slot::Value(entry) | Slot::Typed(entry) = &slot {
                    self.stored.push((row, column, entry.clone()));
                }
                slot
            }
            Err(detail) => {
                gathered.unreadable(at, detail, reader.shown(&cell.value));
                if cell.is_formula {
                    Slot::Empty
                } else {
                    Slot::Unreadable
                }
            }
        }
    }

    /// Compares stored results with our own. Totals that a lead has typed over are judged by the rules instead.
    fn compare_stored(&self, record: Record<'_>, gathered: &mut Gathered) {
        for (row, column, stored) in &self.stored {
            let is_typed_over = self.slot(*row, *column) != Slot::Empty;
            let computed = self.compute(*row, *column);
            if computed.value == *stored || !computed.certain || (is_typed_over && self.is_figure(*column)) {
                continue;
            }
            if let Some(at) = self.keyed.at(*row, *column) {
                let (stored, computed) = (
                    stored.display(record.language),
                    computed.value.display(record.language),
                );
                gathered.at(at, Detail::StaleResult { stored, computed });
            }
        }
    }

    fn is_figure(&self, column: usize) -> bool {
        self.sheet()
            .columns
            .get(column)
            .is_some_and(ColumnSpec::is_needed)
    }

    fn compute(&self, row: usize, column: usize) -> Computed {
        compute(self.sheet(), row, column, &|row, column| self.slot(row, column))
    }

    fn slot(&self, row: usize, column: usize) -> Slot {
        let slot = self.slots.get(row).and_then(|slots| slots.get(column));
        slot.cloned().unwrap_or_default()
    }

    fn set(&mut self, row: usize, column: usize, slot: Slot) {
        if let Some(place) = self.slots.get_mut(row).and_then(|slots| slots.get_mut(column)) {
            *place = slot;
        }
    }

    fn stored(&self, row: usize, column: usize) -> Option<Entry> {
        let found = self.stored.iter().find(|(r, c, _)| (*r, *c) == (row, column));
        found.map(|(.., entry)| entry.clone())
    }
}
