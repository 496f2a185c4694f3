//! Shows cells of unknown columns to the rules on data about single persons. No text of a cell leaves this room.

use calamine::DataRef;
use nachweis_domain::rules::personal::{ColumnScan, of_header};

use super::scan::text_of;
use crate::cell_value::{self, Epoch};

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

/// Shows a text that may be a header.
pub(super) fn announces_persons(text: &str) -> bool {
    of_header(text).is_some()
}
