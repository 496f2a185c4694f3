//! The sheet of plan versions.

use nachweis_domain::{
    audit::{AuditValue, FigureKind, PlanRowKind},
    language::Text,
};

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
    name: ("Planfassungen", "Plan versions"),
    about: (
        "Jede Fassung der Finanzierungspläne mit Einzelansätzen, Mittelherkunft und Zielwerten",
        "Every version of the financing plans with plan items, sources and targets",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Fassung", "Version", ColumnKind::Count, 9),
        column("Gilt ab", "In effect from", ColumnKind::Date, 12),
        column("Erfasst am", "Recorded at", ColumnKind::Time, 18),
        column("Erfasst von", "Recorded by", ColumnKind::Text, 20),
        column("Art", "Kind", ColumnKind::Text, 16),
        column("Schlüssel", "Key", ColumnKind::Text, 20),
        column("Bezeichnung", "Name", ColumnKind::Text, 44),
        column("Jahr", "Year", ColumnKind::Text, 8),
        column("Betrag (€)", "Amount (€)", ColumnKind::Money, 15),
        column("Anzahl", "Count", ColumnKind::Count, 10),
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
    let language = rows.language();
    source.plan_rows(&mut |plan| {
        count.add_plan_row(plan);
        let (name, names) = of_kind(plan.kind);
        rows.begin_of_plan(&plan.subproject, Some((plan.version, plan.kind)))?;
        rows.text(plan.subproject.as_str())?;
        rows.count(Some(plan.version.into()))?;
        rows.date(Some(plan.effective_from))?;
        rows.time(plan.recorded_at)?;
        people.note_all(plan.recorded_by.as_ref());
        rows.recorder(plan.recorded_by.as_deref())?;
        rows.text(name.get(language))?;
        rows.text(&plan.key)?;
        rows.name(names, &plan.key)?;
        match plan.year {
            Some(year) => rows.display(year)?,
            None => rows.skip(),
        }
        match &plan.value {
            AuditValue::Money(amount) => rows.money(Some(*amount)),
            AuditValue::Count(count) => {
                rows.skip();
                rows.count(Some(*count))
            }
            // A plan plans amounts and counts; anything else is shown beside them rather than lost.
            AuditValue::Quarter(quarter) => rows.display(quarter),
            AuditValue::Text(text) => rows.text(text),
        }
    })?;
    rows.finish()
}

/// The name of a kind of row, and what its keys name.
pub(crate) fn of_kind(kind: PlanRowKind) -> (Text, FigureKind) {
    match kind {
        PlanRowKind::Item => (Text::new("Einzelansatz", "plan item"), FigureKind::Expenditure),
        PlanRowKind::Source => (Text::new("Mittelherkunft", "source"), FigureKind::Fund),
        PlanRowKind::Target => (Text::new("Zielwert", "target"), FigureKind::Indicator),
    }
}
