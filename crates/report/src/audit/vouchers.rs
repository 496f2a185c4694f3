//! The voucher sheets.

use nachweis_domain::audit::FigureKind;

use super::{
    AuditSource,
    book::Book,
    recount::Recount,
    revisions::{self, Revisions},
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Belege", "Vouchers"),
    about: (
        "Jede Zeile der Beleglisten mit ihrer Zelle",
        "Every row of the voucher lists with its cell",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Quartal", "Quarter", ColumnKind::Quarter, 10),
        column("Fassung", "Revision", ColumnKind::Count, 9),
        column("Zählt in Berichten", "Counts in reports", ColumnKind::Text, 11),
        column("Fassungen Nr.", "Revisions no.", ColumnKind::Count, 11),
        column("Blatt", "Sheet", ColumnKind::Text, 10),
        column("Zelle", "Cell", ColumnKind::Text, 9),
        column("Belegnummer", "Voucher number", ColumnKind::Text, 18),
        column("Zahlungstag", "Paid on", ColumnKind::Date, 12),
        column("Zahlungsempfänger", "Payee", ColumnKind::Text, 28),
        column("Zweck", "Purpose", ColumnKind::Text, 34),
        column("Einzelansatz", "Plan item", ColumnKind::Text, 22),
        column("Betrag (€)", "Amount (€)", ColumnKind::Money, 15),
        column("Korrigiert Quartal", "Corrects quarter", ColumnKind::Quarter, 11),
    ],
};

/// Writes the sheets.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    revisions: &Revisions,
    count: &mut Recount<'_>,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    source.vouchers(&mut |voucher| {
        let number = revisions.number(&voucher.origin);
        count.add_voucher(voucher, number.is_some());
        rows.begin_of(&voucher.origin.subproject)?;
        revisions::origin(&mut rows, &voucher.origin)?;
        rows.text(revisions::yes_or_no(&rows, voucher.origin.counts))?;
        rows.count(number)?;
        rows.text(&voucher.sheet)?;
        rows.cell(voucher.amount_col.unwrap_or(0), voucher.row)?;
        rows.maybe_text(voucher.number.as_deref())?;
        rows.date(voucher.paid_on)?;
        rows.maybe_text(voucher.payee.as_deref())?;
        rows.maybe_text(voucher.purpose.as_deref())?;
        match &voucher.item {
            Some(item) => rows.name(FigureKind::Expenditure, item.as_str())?,
            None => rows.skip(),
        }
        rows.money(voucher.amount)?;
        match voucher.corrects {
            Some(quarter) => rows.display(quarter),
            None => Ok(()),
        }
    })?;
    rows.finish()
}
