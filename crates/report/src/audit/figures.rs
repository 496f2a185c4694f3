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
    rows::{Rows, SheetKind},
};
use crate::{ColumnKind, ReportError, upload_state};

const KIND: SheetKind = SheetKind {
    name: ("Zahlen", "Figures"),
    about: (
        "Jede Zahl und jeder Text mit Blatt, Zelle, Datei-Prüfsumme, Person und Zeit",
        "Every figure and text with sheet, cell, file hash, person and time",
    ),
    columns: &[
        ("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        ("Quartal", "Quarter", ColumnKind::Quarter, 10),
        ("Fassung", "Revision", ColumnKind::Count, 9),
        ("Stand", "State", ColumnKind::Text, 14),
        ("Zählt in Berichten", "Counts in reports", ColumnKind::Text, 11),
        ("Art", "Kind", ColumnKind::Text, 13),
        ("Schlüssel", "Key", ColumnKind::Text, 18),
        ("Bezeichnung", "Name", ColumnKind::Text, 34),
        ("Angabe", "Part", ColumnKind::Text, 14),
        ("Betrag (€)", "Amount (€)", ColumnKind::Money, 15),
        ("Anzahl", "Count", ColumnKind::Count, 10),
        ("Text", "Text", ColumnKind::Text, 34),
        ("Blatt", "Sheet", ColumnKind::Text, 12),
        ("Zelle", "Cell", ColumnKind::Text, 9),
        ("Fassungen Nr.", "Revisions no.", ColumnKind::Count, 11),
        ("SHA-256 der Datei", "SHA-256 of the file", ColumnKind::Text, 66),
        ("Hochgeladen von", "Uploaded by", ColumnKind::Text, 20),
        ("Hochgeladen am", "Uploaded at", ColumnKind::Time, 17),
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
        rows.begin()?;
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

fn kind_name(kind: FigureKind) -> Text {
    match kind {
        FigureKind::Expenditure => Text::new("Ausgaben", "expenditure"),
        FigureKind::Fund => Text::new("Mittel", "funds"),
        FigureKind::Indicator => Text::new("Indikator", "indicator"),
        FigureKind::Counter => Text::new("Kennzahl", "counter"),
        FigureKind::Narrative => Text::new("Sachbericht", "narrative"),
    }
}

fn part_name(part: FigurePart) -> Text {
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
