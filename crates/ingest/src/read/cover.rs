//! The declaration on the cover.

use nachweis_domain::finding::Detail;

use super::{confirm::Values, gathered::Gathered, scan::text_of};
use crate::layout::{ColumnKey, is_declaration, normalised};

/// Reports a declaration that is not confirmed.
pub(super) fn declaration(values: &Values<'_, '_>, gathered: &mut Gathered) {
    let sheet = values.sheet();
    let place = sheet
        .rows
        .iter()
        .position(is_declaration)
        .zip(sheet.column_index(ColumnKey::Value));
    let Some((row, column)) = place else { return };
    let cell = values.keyed.cells.get(row).and_then(|cells| cells.get(column));
    let typed = cell.and_then(|cell| text_of(&cell.value)).unwrap_or_default();
    let is_confirmed = matches!(normalised(typed).as_str(), "ja" | "yes");
    // Without the row or the column the template is damaged, which is reported already.
    if let (false, Some(at)) = (is_confirmed, values.keyed.at(row, column)) {
        gathered.at(at, Detail::NotDeclared);
    }
}
