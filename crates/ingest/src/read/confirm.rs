//! Each cell of a keyed sheet by its role: prefilled ones confirmed, inputs read, formulas computed again.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    cell::CellRef,
    finding::{Column, Detail, Finding},
};

use super::{
    computed::{ComputedCell, Standing, Stored, judge},
    gathered::Gathered,
    keyed::Keyed,
    scan::CellIn,
    typed::Reader,
};
use crate::layout::{
    ColumnKey, Entry, Field, Kind, Record, Role, Row, RowKind, Sheet, Slot, compute, prefilled,
};

/// What a keyed sheet says, by row and column of the layout.
pub(super) struct Values<'s, 'a> {
    /// Where everything stands.
    pub(super) keyed: Keyed<'s, 'a>,
    /// What stands in each cell; nothing in those that the template computes.
    slots: Vec<Vec<Slot>>,
    /// The cells that the template computes and the figures need.
    computed: Vec<ComputedCell>,
    /// Those that only help the lead.
    pub(super) aids: Vec<ComputedCell>,
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
        computed: Vec::new(),
        aids: Vec::new(),
    };
    let moved = moved(&values.keyed, reader, gathered);
    let mut missing: Vec<(usize, CellRef, Column)> = Vec::new();
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
            Role::Prefilled | Role::Input { .. } if moved.contains(&row) => {
                set(&mut filled, row);
                Slot::Unreadable
            }
            Role::Prefilled => confirm_prefilled(record, reader, sheet, (row, column), &cell, at, gathered),
            Role::Input { required } if !matches!(kind, Kind::Choice(_)) => {
                let slot = reader.input_slot(kind, &cell, &|| at.clone(), gathered);
                match (&slot, required, lacking(kind)) {
                    (Slot::Empty, true, Some(lack)) => {
                        missing.push((row, at, lack));
                    }
                    (Slot::Empty, ..) => {}
                    _ => set(&mut filled, row),
                }
                slot
            }
            Role::Computed(_) | Role::Aid(_) => {
                let cell = ComputedCell {
                    position: (row, column),
                    at,
                    standing: Standing::of(reader, kind, &cell),
                };
                match role {
                    Role::Aid(_) => values.aids.push(cell),
                    _ => values.computed.push(cell),
                }
                continue;
            }
            Role::Unused if !cell.is_blank() => {
                let typed = reader.quoted(&cell.value);
                gathered.at(at, Detail::NoteNotRead { typed });
                continue;
            }
            _ => continue,
        };
        values.set(row, column, slot);
    }
    report_missing(missing, &filled, gathered);
    let slots = |row, column| values.slot(row, column);
    judge(sheet, &values.computed, &slots, Stored::Compared, gathered);
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
    if is_worded_elsewhere(record, spec) {
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

/// Rows whose name is that of another row: someone moved names or keys apart, and it is not clear which one the values
/// belong to. Other wordings are no finding; the round may have changed them.
fn moved(keyed: &Keyed<'_, '_>, reader: Reader, gathered: &mut Gathered) -> BTreeSet<usize> {
    let sheet = keyed.table.sheet;
    let mut cells: BTreeMap<CellRef, usize> = BTreeMap::new();
    for (row, column, role, at) in keyed.found() {
        let cell = keyed.cells.get(row).and_then(|cells| cells.get(column));
        let (Role::Label, Some(cell)) = (role, cell) else {
            continue;
        };
        let Ok(Slot::Value(Entry::Text(found)) | Slot::Typed(Entry::Text(found))) =
            reader.slot(Kind::Key, &cell.value)
        else {
            continue;
        };
        let is = |other: &Row| other.name.de == found || other.name.en == found;
        if sheet.rows.get(row).is_some_and(|own| !is(own)) && sheet.rows.iter().any(is) {
            cells.insert(at, row);
        }
    }
    let rows = cells.keys().map(CellRef::row_number).collect();
    let mut places = cells.keys().cloned();
    if let Some(first) = places.next() {
        let finding = Finding::at(first, Detail::NamesMoved { rows });
        gathered.push(finding.with_related(places.collect()));
    }
    cells.into_values().collect()
}

/// Whether a field of the cover is worded by the round or by this program: earlier issues may have other words.
fn is_worded_elsewhere(record: Record<'_>, row: &Row) -> bool {
    match row.kind {
        RowKind::Field(
            Field::Programme | Field::Round | Field::Strand | Field::Action | Field::RegionCategory,
        ) => true,
        RowKind::Field(Field::Region) => record.context.subproject.nuts2.is_none(),
        _ => false,
    }
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

/// Empty rows of a sheet that are named one by one; more of them are one finding.
const FEW_ROWS: usize = 5;

/// Reports empty cells: each one in a row that has values, a row without any value as one. Many such rows are one finding,
/// and so is a sheet on which nothing was entered.
fn report_missing(missing: Vec<(usize, CellRef, Column)>, filled: &[bool], gathered: &mut Gathered) {
    let mut rows: BTreeMap<usize, Vec<CellRef>> = BTreeMap::new();
    let first = missing.first().map(|(_, _, column)| *column);
    let mut single = Vec::new();
    for (row, at, column) in missing {
        if filled.get(row).copied().unwrap_or(false) {
            single.push((vec![at], Detail::Missing { column }));
        } else if let Some(cells) = rows.get_mut(&row) {
            cells.push(at);
        } else {
            rows.insert(row, vec![at]);
        }
    }
    let is_untouched = !filled.contains(&true) && rows.len() > 1;
    match first {
        Some(column) if is_untouched => {
            single.push((
                rows.into_values().flatten().collect(),
                Detail::NothingEntered { column },
            ));
        }
        Some(_) if rows.len() > FEW_ROWS => {
            let mut cells: Vec<CellRef> = rows.into_values().flatten().collect();
            cells.sort();
            let numbers: BTreeSet<u32> = cells.iter().map(CellRef::row_number).collect();
            let rows = numbers.into_iter().collect();
            single.push((cells, Detail::RowsEmpty { rows }));
        }
        Some(column) => {
            let row = |cells| (cells, Detail::Missing { column });
            single.extend(rows.into_values().map(row));
        }
        None => {}
    }
    for (mut cells, detail) in single {
        cells.sort();
        let mut cells = cells.into_iter();
        if let Some(first) = cells.next() {
            gathered.push(Finding::at(first, detail).with_related(cells.collect()));
        }
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

    /// The value of a cell with its place: as typed, or as computed where the template computes, whatever stands there;
    /// `None` when nothing was entered or it could not be read.
    pub(super) fn entry(&self, row: usize, key: ColumnKey) -> Option<(Entry, CellRef)> {
        let column = self.sheet().column_index(key)?;
        let at = self.keyed.at(row, column)?;
        let entry = match self.slot(row, column) {
            Slot::Value(entry) | Slot::Typed(entry) => entry,
            Slot::Unreadable => return None,
            Slot::Empty => {
                let computed = compute(self.sheet(), row, column, &|row, column| self.slot(row, column));
                match (computed.value, computed.fed) {
                    (Entry::Empty, _) => self.standing(row, column)?,
                    (_, false) => return None,
                    (value, true) => value,
                }
            }
        };
        Some((entry, at))
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

    /// The number that stands in a computed cell, for when it cannot be computed.
    fn standing(&self, row: usize, column: usize) -> Option<Entry> {
        let mut computed = self.computed.iter();
        match &computed.find(|cell| cell.position == (row, column))?.standing {
            Standing::Formula(entry) | Standing::Number(entry) => Some(entry.clone()),
            _ => None,
        }
    }
}
