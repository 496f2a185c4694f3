//! Sheets that the template does not know: named, never dropped in silence, searched for data about single persons.

use calamine::XlsxError;
use nachweis_domain::{
    finding::{Detail, Finding},
    rules::personal::of_text,
};

use super::{found::Found, gathered::Gathered, personal, sheets::Workbook, unknown::UnknownSheet};
use crate::{inspection::Place, layout::ENVELOPE_SHEET, mark::is_index_title};

/// Names every sheet that was not read, and looks for data about single persons on it.
pub(super) fn name(
    workbook: &mut Workbook<'_, '_>,
    found: &Found,
    gathered: &mut Gathered,
) -> Result<(), XlsxError> {
    for name in workbook.names.clone() {
        if name == ENVELOPE_SHEET || found.is_read(&name) {
            continue;
        }
        let seen = look(workbook, &name, gathered)?;
        let is_index = seen.first_text.as_deref().is_some_and(is_index_title);
        if seen.has_values && !is_index && !found.holds(&name) {
            let sheet = name.clone();
            let detail = match found.original(&name).map(ToOwned::to_owned) {
                _ if workbook.is_hidden(&name) => Detail::HiddenSheet { sheet },
                Some(original) => Detail::SheetCopied { sheet, original },
                None => Detail::SheetNotRead { sheet },
            };
            gathered.push(Finding::whole(detail));
        }
    }
    for sheet in workbook.inspection.charts.clone() {
        gathered.push(Finding::whole(Detail::SheetNotRead { sheet }));
    }
    Ok(())
}

/// Looks for data about single persons in a workbook that is none of ours.
pub(super) fn search(workbook: &mut Workbook<'_, '_>, gathered: &mut Gathered) -> Result<(), XlsxError> {
    for name in workbook.names.clone() {
        if name != ENVELOPE_SHEET {
            look(workbook, &name, gathered)?;
        }
    }
    Ok(())
}

/// Looks at each cell of a sheet and reports columns with data about single persons.
fn look(
    workbook: &mut Workbook<'_, '_>,
    name: &str,
    gathered: &mut Gathered,
) -> Result<UnknownSheet, XlsxError> {
    let mut seen = UnknownSheet::new(name);
    let epoch = workbook.epoch();
    let mut cells = workbook.xlsx.worksheet_cells_reader(name)?;
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        let col = u16::try_from(record.pos.1).unwrap_or(u16::MAX);
        seen.cell(record.pos.0, col, &record.value, epoch);
    }
    personal::tell_columns(&seen, name, gathered);
    if let Some(kind) = of_text(name) {
        personal::tell_beside(Place::SheetName, kind, gathered);
    }
    Ok(seen)
}
