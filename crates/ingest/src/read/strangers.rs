//! Sheets that the template does not know: named, never dropped in silence, searched for data about single persons.

use std::sync::Arc;

use calamine::XlsxError;
use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding},
    language::Language,
};

use super::{found::Found, gathered::Gathered, sheets::Workbook, typed::Reader, unknown::UnknownSheet};
use crate::{layout::ENVELOPE_SHEET, mark::is_index_title};

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
    let mut seen = UnknownSheet::default();
    let epoch = Reader::new(Language::De, workbook.inspection.date1904).epoch;
    let mut cells = workbook.xlsx.worksheet_cells_reader(name)?;
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        gathered.cells_read += 1;
        let col = u16::try_from(record.pos.1).unwrap_or(u16::MAX);
        seen.cell(record.pos.0, col, &record.value, epoch);
    }
    let sheet: Arc<str> = Arc::from(name);
    for (row, col, kind) in seen.personal() {
        let kind = kind.to_owned();
        gathered.at(
            CellRef::at(Arc::clone(&sheet), row, col),
            Detail::PersonLevelData { kind },
        );
    }
    Ok(seen)
}
