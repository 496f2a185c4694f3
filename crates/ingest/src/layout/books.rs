//! The sheets of each template version, one file each.

mod counters;
mod cover;
mod expenditure;
mod funds;
mod indicators;
mod narrative;
mod vouchers;

use nachweis_domain::round::FundingRound;

use super::{
    column::{Column, ColumnKey, Kind, Source},
    sheet::{Sheet, SheetKind},
    version::Version,
};

/// A sheet of a version for a round.
pub(super) fn sheet(kind: SheetKind, version: Version, round: &FundingRound) -> Sheet {
    match kind {
        SheetKind::Cover => cover::sheet(version),
        SheetKind::Expenditure => expenditure::sheet(version, round),
        SheetKind::Vouchers => vouchers::sheet(),
        SheetKind::Funds => funds::sheet(version, round),
        SheetKind::Indicators => indicators::sheet(version, round),
        SheetKind::Counters => counters::sheet(version, round),
        SheetKind::Narrative => narrative::sheet(round),
    }
}

/// The column of stable keys, narrow and on the left.
fn key(width: u16) -> Column {
    Column::new(ColumnKey::Key, Kind::Key, Source::Key, width, ("Kennung", "Key")).hint(
        "Kennung der Zeile; bitte nicht ändern. Zeilen werden daran erkannt, auch nach dem Sortieren.",
        "Key of the row; please leave it unchanged. Rows are found by it, also after sorting.",
    )
}

/// The column of names.
fn name(width: u16, header: (&str, &str)) -> Column {
    Column::new(
        ColumnKey::Name,
        Kind::Text { limit: 500 },
        Source::Label,
        width,
        header,
    )
}
