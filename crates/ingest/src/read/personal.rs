//! Shows cells of unknown columns to the rules on data about single persons. No text of a cell leaves this room.

use calamine::DataRef;
use chrono::{Days, NaiveDate};
use nachweis_domain::rules::personal::{ColumnScan, of_header};
use rust_decimal::prelude::ToPrimitive as _;

use super::scan::text_of;
use crate::cell_value::{self, Epoch};

/// Shows a cell to a column's scan.
pub(super) fn see(scan: &mut ColumnScan, value: &DataRef<'_>, epoch: Epoch) {
    match (text_of(value), value) {
        (Some(text), _) => scan.see_text(text),
        (None, DataRef::DateTimeIso(iso)) => scan.see_text(iso.get(..10).unwrap_or(iso)),
        (None, DataRef::DateTime(moment)) => match any_day(moment.as_f64(), epoch) {
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

/// The day of a serial number in any year: birth dates lie before the window of payments.
fn any_day(serial: f64, epoch: Epoch) -> Option<NaiveDate> {
    let days = cell_value::decimal(serial)?
        .floor()
        .to_u64()
        .filter(|days| *days < 100_000)?;
    let start = match epoch {
        Epoch::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
        Epoch::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
    };
    start?.checked_add_days(Days::new(days))
}
