//! The front of the workbook: overview, control totals, notes. A report like any other, written by the same renderer.

use nachweis_domain::{burn::TrafficLight, language::Language, language::Text, ledger::Ledger};
use rust_xlsxwriter::Workbook;

use super::{control::AuditTotals, rows::SheetKind};
use crate::{
    Column, ColumnKind, Report, ReportError, Table, Value,
    render::xlsx::{formats::Formats, sheet},
};

/// The title of the workbook.
pub(super) fn title() -> Text {
    Text::new("Prüfdatei", "Audit workbook")
}

/// Overview, control totals and notes as a report.
pub(super) fn report(
    ledger: &Ledger,
    totals: &AuditTotals,
    counted: &[(&'static SheetKind, usize, u64)],
) -> Report {
    let round = &ledger.round;
    Report {
        name: "audit",
        title: title(),
        as_of: ledger.as_of,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: vec![(Text::new("Kontrollsummen", "Control totals"), verdict(totals))],
        notes: notes(),
        tables: vec![overview(counted), controls(totals)],
        head: None,
    }
}

/// Adds the sheets of the tables.
pub(super) fn add_tables(
    workbook: &mut Workbook,
    report: &Report,
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    for table in &report.tables {
        sheet::add_table(workbook, report, table, language, formats)?;
    }
    Ok(())
}

/// Adds the sheet of notes.
pub(super) fn add_notes(
    workbook: &mut Workbook,
    report: &Report,
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    sheet::add_notes(workbook, report, language, formats)
}

fn verdict(totals: &AuditTotals) -> Text {
    match totals.differences().count() {
        0 => Text::new(
            format!("alle {} stimmen überein", totals.controls.len()),
            format!("all {} agree", totals.controls.len()),
        ),
        differences => Text::new(
            format!("{differences} von {} weichen ab", totals.controls.len()),
            format!("{differences} of {} differ", totals.controls.len()),
        ),
    }
}

fn overview(counted: &[(&'static SheetKind, usize, u64)]) -> Table {
    let number = |count: Option<i64>| Value::Count(count.unwrap_or(i64::MAX));
    Table {
        key: "sheets",
        title: Text::new("Übersicht", "Overview"),
        columns: vec![
            Column::new("sheet", ColumnKind::Text, "Blatt", "Sheet").wide(22),
            Column::new("content", ColumnKind::Text, "Inhalt", "Content").wide(90),
            Column::new("sheets", ColumnKind::Count, "Blätter", "Sheets"),
            Column::new("rows", ColumnKind::Count, "Zeilen", "Rows").wide(14),
        ],
        rows: counted
            .iter()
            .map(|(kind, sheets, rows)| {
                let ((de, en), (about_de, about_en)) = (kind.name, kind.about);
                vec![
                    Value::term(en.to_lowercase().replace(' ', "_"), Text::new(de, en)),
                    Value::term("about", Text::new(about_de, about_en)),
                    number(i64::try_from(*sheets).ok()),
                    number(i64::try_from(*rows).ok()),
                ]
            })
            .collect(),
        totals: None,
    }
}

fn controls(totals: &AuditTotals) -> Table {
    let verdict = |agrees| {
        if agrees {
            Value::rated(
                "agrees",
                Text::new("stimmt überein", "agrees"),
                TrafficLight::Green,
            )
        } else {
            Value::rated("differs", Text::new("weicht ab", "differs"), TrafficLight::Red)
        }
    };
    let amount = |value: &Value| {
        if matches!(value, Value::Money(_)) {
            value.clone()
        } else {
            Value::Empty
        }
    };
    let count = |value: &Value| {
        if matches!(value, Value::Count(_)) {
            value.clone()
        } else {
            Value::Empty
        }
    };
    Table {
        key: "control_totals",
        title: Text::new("Kontrollsummen", "Control totals"),
        columns: vec![
            Column::new("area", ColumnKind::Text, "Bereich", "Area").wide(30),
            Column::new("name", ColumnKind::Text, "Gegenstand", "Of what").wide(56),
            Column::new("reports", ColumnKind::Money, "Berichte", "Reports"),
            Column::new(
                "rows",
                ColumnKind::Money,
                "Zeilen dieser Datei",
                "Rows of this file",
            ),
            Column::new(
                "reports_count",
                ColumnKind::Count,
                "Berichte (Anzahl)",
                "Reports (count)",
            )
            .wide(13),
            Column::new("rows_count", ColumnKind::Count, "Zeilen (Anzahl)", "Rows (count)").wide(13),
            Column::new("verdict", ColumnKind::Light, "Vergleich", "Comparison").wide(16),
        ],
        rows: totals
            .controls
            .iter()
            .map(|control| {
                vec![
                    Value::term("area", control.area.clone()),
                    Value::term("name", control.name.clone()),
                    amount(&control.reports),
                    amount(&control.rows),
                    count(&control.reports),
                    count(&control.rows),
                    verdict(control.agrees()),
                ]
            })
            .collect(),
        totals: None,
    }
}

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "Jede Zeile der Blätter „Zahlen“ und „Belege“ nennt Teilvorhaben, Quartal, Fassung, Blatt und Zelle der \
             Arbeitsmappe, aus der sie stammt. Die Spalte „Fassungen Nr.“ verweist auf das Blatt „Fassungen“: dort stehen \
             Datei, Prüfsumme (SHA-256), Person und Zeit des Hochladens.",
            "Every row of the sheets “Figures” and “Vouchers” names subproject, quarter, revision, sheet and cell of the \
             workbook it comes from. The column “Revisions no.” leads to the sheet “Revisions” with file, hash (SHA-256), \
             person and time of the upload.",
        ),
        Text::new(
            "In Berichten zählt je Teilvorhaben und Quartal genau eine Fassung: die angenommene, und wo es noch keine gibt, \
             die eingereichte. Alle anderen Fassungen stehen zur Nachvollziehbarkeit hier und sind mit „nein“ gekennzeichnet.",
            "Reports count exactly one revision of each subproject and quarter: the accepted one, and where there is none \
             yet the submitted one. All others stand here so that everything can be retraced, marked “no”.",
        ),
        Text::new(
            "Kontrollsummen sind zweimal gebildet: aus den Zahlen, aus denen die Berichte entstehen, und aus den Zeilen \
             dieser Datei. Belege werden mit den gemeldeten Ausgaben der Einzelansätze ohne Pauschalen verglichen.",
            "Control totals are made twice: from the figures that reports are built from, and from the rows of this file. \
             Vouchers are compared with the reported expenditure of plan items without flat rates.",
        ),
        Text::new(
            "Beträge sind Werte des Quartals in Euro, Zeiten gelten in Europe/Berlin. Zahlungsempfänger können Personen sein: \
             Diese Datei ist nur für die Prüfung bestimmt.",
            "Amounts are values of the quarter in euro, times are those of Europe/Berlin. Payees can be persons: this file \
             is for audit only.",
        ),
    ]
}
