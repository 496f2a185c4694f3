//! The sheet of waivers: what was asked for, granted or refused, and withdrawn, by whom, when, why and until when.

use super::{
    AuditSource,
    book::Book,
    people::People,
    recount::Recount,
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError, waiver_state};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Ausnahmen", "Waivers"),
    about: (
        "Jede Ausnahme von einer Feststellung: wer sie beantragt, erteilt, abgelehnt oder zurückgenommen hat, wann, warum und bis wann",
        "Every waiver of a finding: who asked for, granted, refused or withdrew it, when, why and until when",
    ),
    columns: &[
        column("Nr.", "No.", ColumnKind::Count, 7),
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Von Quartal", "From quarter", ColumnKind::Quarter, 10),
        column("Bis Quartal", "To quarter", ColumnKind::Quarter, 10),
        column("Kennung", "Code", ColumnKind::Text, 10),
        column("Stand", "State", ColumnKind::Text, 16),
        column("Beantragt von", "Asked by", ColumnKind::Text, 18),
        column("Beantragt am", "Asked at", ColumnKind::Time, 18),
        column("Begründung des Antrags", "Reason asked for", ColumnKind::Text, 30).wrapped(),
        column("Beantragt bis", "Asked until", ColumnKind::Time, 18),
        column("Entscheidung", "Decision", ColumnKind::Text, 14),
        column("Entschieden von", "Decided by", ColumnKind::Text, 18),
        column("Entschieden am", "Decided at", ColumnKind::Time, 18),
        column(
            "Begründung der Entscheidung",
            "Reason of the decision",
            ColumnKind::Text,
            30,
        )
        .wrapped(),
        column("Erteilt bis", "Granted until", ColumnKind::Time, 18),
        column("Zurückgenommen von", "Withdrawn by", ColumnKind::Text, 18),
        column("Zurückgenommen am", "Withdrawn at", ColumnKind::Time, 18),
        column(
            "Begründung der Rücknahme",
            "Reason of the withdrawal",
            ColumnKind::Text,
            30,
        )
        .wrapped(),
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
    source.waivers(&mut |row| {
        let waiver = &row.waiver;
        count.add_waiver(row);
        people.note_steps(
            std::iter::once(&row.asked)
                .chain(&row.decided)
                .chain(&row.withdrawn),
        );
        rows.begin()?;
        rows.count(Some(waiver.number.into()))?;
        rows.text(waiver.subproject.as_str())?;
        rows.display(waiver.first)?;
        rows.display(waiver.last)?;
        rows.text(waiver.code.as_str())?;
        rows.text(waiver_state::name(row.state).get(language))?;
        rows.step(Some(&row.asked))?;
        rows.text(&waiver.reason)?;
        rows.time(waiver.asked_until)?;
        let decision = waiver.decision.as_ref().map(waiver_state::decision);
        rows.maybe_text(decision.as_ref().map(|decision| decision.get(language)))?;
        rows.step(row.decided.as_ref())?;
        rows.maybe_text(waiver.decision.as_ref().map(|decision| decision.reason.as_str()))?;
        rows.maybe_time(waiver.granted_until())?;
        rows.step(row.withdrawn.as_ref())?;
        rows.maybe_text(
            waiver
                .withdrawal
                .as_ref()
                .map(|withdrawal| withdrawal.reason.as_str()),
        )
    })?;
    rows.finish()
}
