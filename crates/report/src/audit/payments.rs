//! The sheet of payments: money paid out to the subprojects, as it was recorded.

use nachweis_domain::audit::FigureKind;

use super::{
    AuditSource,
    book::Book,
    people::People,
    recount::Recount,
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Auszahlungen", "Payments"),
    about: (
        "Jede Auszahlung an ein Teilvorhaben mit Tag, Mittelherkunft und Erfassung",
        "Every payment to a subproject with day, source and recording",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Ausgezahlt am", "Paid on", ColumnKind::Date, 13),
        column("Mittelherkunft", "Source", ColumnKind::Text, 28),
        column("Schlüssel", "Key", ColumnKind::Text, 16),
        column("Betrag (€)", "Amount (€)", ColumnKind::Money, 16),
        column("Erfasst am", "Recorded at", ColumnKind::Time, 18),
        column("Erfasst von", "Recorded by", ColumnKind::Text, 24),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    count: &mut Recount<'_>,
    people: &mut People,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    source.payments(&mut |payment| {
        count.add_payment(payment);
        rows.begin_of(&payment.subproject)?;
        rows.text(payment.subproject.as_str())?;
        rows.date(Some(payment.paid_on))?;
        rows.name(FigureKind::Fund, payment.source.as_str())?;
        rows.text(payment.source.as_str())?;
        rows.money(Some(payment.amount))?;
        rows.time(payment.recorded_at)?;
        people.note_all(payment.recorded_by.as_ref());
        rows.recorder(payment.recorded_by.as_deref())
    })?;
    rows.finish()
}
