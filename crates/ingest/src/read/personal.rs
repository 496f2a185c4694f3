//! Shows cells to the rules on data about single persons. No text of a cell leaves this room.

use calamine::DataRef;
use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding},
    rules::personal::{ColumnScan, PersonalKind, of_text},
};

use super::{gathered::Gathered, scan::text_of, unknown::UnknownSheet};
use crate::{
    cell_value::{self, Epoch},
    inspection::{Inspection, Place},
    layout::{ColumnKey, SheetKind},
};

/// Shows a cell to a column's scan.
pub(super) fn see(scan: &mut ColumnScan, value: &DataRef<'_>, epoch: Epoch) {
    match (text_of(value), value) {
        (Some(text), _) => scan.see_text(text),
        (None, DataRef::DateTimeIso(iso)) => scan.see_text(iso.get(..10).unwrap_or(iso)),
        (None, DataRef::DateTime(moment)) => match cell_value::calendar_day(moment.as_f64(), epoch) {
            Some(day) => scan.see_date(day),
            None => scan.see_other(),
        },
        _ => scan.see_other(),
    }
}

/// Reports a text of a sheet of the template that holds data about a single person by its pattern. Numbers of vouchers are
/// taken for what they are, and the contact on the cover may be staff.
pub(super) fn tell(
    text: &str,
    sheet: SheetKind,
    column: Option<ColumnKey>,
    at: &dyn Fn() -> CellRef,
    gathered: &mut Gathered,
) {
    if column == Some(ColumnKey::Number) {
        return;
    }
    let kind = of_text(text).filter(|kind| !(sheet == SheetKind::Cover && *kind == PersonalKind::Email));
    if let Some(kind) = kind {
        tell_kind(kind, at(), gathered);
    }
}

/// Reports the columns of a sheet, or of rows of its own on a sheet, with data about single persons.
pub(super) fn tell_columns(seen: &UnknownSheet, sheet: &str, gathered: &mut Gathered) {
    for (row, col, kind) in seen.personal() {
        let kind = kind.to_owned();
        gathered.at(CellRef::at(sheet, row, col), Detail::PersonLevelData { kind });
    }
}

/// Reports data of a kind at a cell.
pub(super) fn tell_kind(kind: PersonalKind, at: CellRef, gathered: &mut Gathered) {
    let kind = kind.as_str().to_owned();
    gathered.at(at, Detail::PersonLevelText { kind });
}

/// Reports what the guard saw beside the cells and in formulas.
pub(super) fn tell_inspected(inspection: &Inspection, gathered: &mut Gathered) {
    for (place, kind) in &inspection.personal {
        tell_beside(*place, *kind, gathered);
    }
    for sheet in &inspection.sheets {
        for (row, col, kind) in &sheet.personal {
            tell_kind(*kind, CellRef::at(sheet.name.as_str(), *row, *col), gathered);
        }
    }
}

/// Reports data of a kind beside the cells.
pub(super) fn tell_beside(place: Place, kind: PersonalKind, gathered: &mut Gathered) {
    gathered.push(Finding::whole(Detail::PersonLevelBeside {
        kind: kind.as_str().to_owned(),
        place: place.as_str().to_owned(),
    }));
}
