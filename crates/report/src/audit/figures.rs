//! The sheet of figures: every cell of every sheet but the voucher list, with file hash, user and time in each row.

use nachweis_domain::{
    audit::{AuditValue, FigureKind, FigurePart},
    language::Text,
};

use super::{
    AuditSource,
    book::Book,
    recount::Recount,
    revisions::{self, Revisions},
    rows::{Rows, SheetKind, column},
};
use crate::{ColumnKind, ReportError, upload_state};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Zahlen", "Figures"),
    about: (
        "Jede Zahl und jeder Text mit Blatt, Zelle, Datei-Prüfsumme, Person und Zeit",
        "Every figure and text with sheet, cell, file hash, person and time",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Quartal", "Quarter", ColumnKind::Quarter, 10),
        column("Fassung", "Revision", ColumnKind::Count, 9),
        column("Stand", "State", ColumnKind::Text, 15).wrapped(),
        column("Zählt in Berichten", "Counts in reports", ColumnKind::Text, 11),
        column("Art", "Kind", ColumnKind::Text, 12),
        column("Schlüssel", "Key", ColumnKind::Text, 12).fine(),
        column("Bezeichnung", "Name", ColumnKind::Text, 28).wrapped(),
        column("Angabe", "Part", ColumnKind::Text, 17),
        column("Betrag (€)", "Amount (€)", ColumnKind::Money, 15),
        column("Anzahl", "Count", ColumnKind::Count, 10),
        column("Text", "Text", ColumnKind::Text, 30).wrapped(),
        column("Blatt", "Sheet", ColumnKind::Text, 12),
        column("Zelle", "Cell", ColumnKind::Text, 8),
        column("Fassungen Nr.", "Revisions no.", ColumnKind::Count, 11),
        column("SHA-256 der Datei", "SHA-256 of the file", ColumnKind::Text, 47).fine(),
        column("Hochgeladen von", "Uploaded by", ColumnKind::Text, 18),
        column("Hochgeladen am", "Uploaded at", ColumnKind::Time, 17),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    revisions: &Revisions,
    count: &mut Recount<'_>,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    let language = rows.language();
    source.figures(&mut |figure| {
        let number = revisions.number(&figure.origin);
        count.add_figure(figure, number.is_some());
        rows.begin_of(&figure.origin.subproject)?;
        revisions::origin(&mut rows, &figure.origin)?;
        rows.text(upload_state::name(figure.origin.state).get(language))?;
        rows.text(revisions::yes_or_no(&rows, figure.origin.counts))?;
        rows.text(kind_name(figure.kind).get(language))?;
        rows.text(&figure.key)?;
        rows.name(figure.kind, &figure.key)?;
        rows.text(part_name(figure.part).get(language))?;
        value(&mut rows, &figure.value)?;
        rows.text(figure.at.sheet())?;
        rows.cell(figure.at.col(), figure.at.row())?;
        rows.count(number)?;
        rows.display(figure.origin.sha256)?;
        rows.step(Some(&figure.origin.uploaded))
    })?;
    rows.finish()
}

/// The three cells of a value: amount, count, text.
pub(super) fn value(rows: &mut Rows<'_>, value: &AuditValue) -> Result<(), ReportError> {
    let (money, count) = match value {
        AuditValue::Money(amount) => (Some(*amount), None),
        AuditValue::Count(count) => (None, Some(*count)),
        AuditValue::Quarter(_) | AuditValue::Text(_) => (None, None),
    };
    rows.money(money)?;
    rows.count(count)?;
    match value {
        AuditValue::Quarter(quarter) => rows.display(quarter),
        AuditValue::Text(text) => rows.text(text),
        AuditValue::Money(_) | AuditValue::Count(_) => rows.text(""),
    }
}

/// The name of a kind for people.
pub(crate) fn kind_name(kind: FigureKind) -> Text {
    match kind {
        FigureKind::Expenditure => Text::new("Ausgaben", "expenditure"),
        FigureKind::Fund => Text::new("Mittel", "funds"),
        FigureKind::Indicator => Text::new("Indikator", "indicator"),
        FigureKind::Counter => Text::new("Kennzahl", "counter"),
        FigureKind::Narrative => Text::new("Sachbericht", "narrative"),
    }
}

/// The name of a part of a figure for people.
pub(crate) fn part_name(part: FigurePart) -> Text {
    match part {
        FigurePart::Amount => Text::new("Betrag", "amount"),
        FigurePart::Called => Text::new("abgerufen", "called"),
        FigurePart::Received => Text::new("erhalten", "received"),
        FigurePart::Spent => Text::new("verausgabt", "spent"),
        FigurePart::Women => Text::new("Frauen", "women"),
        FigurePart::Men => Text::new("Männer", "men"),
        FigurePart::NonBinary => Text::new("nicht-binär", "non-binary"),
        FigurePart::Total => Text::new("gesamt", "total"),
        FigurePart::Corrects => Text::new("korrigiert Quartal", "corrects quarter"),
        FigurePart::Note => Text::new("Begründung", "reason"),
        FigurePart::Count => Text::new("Anzahl", "count"),
        FigurePart::Text => Text::new("Text", "text"),
    }
}
