//! The front of the workbook: overview, control totals, notes. A report like any other, written by the same renderer.

use nachweis_domain::{burn::TrafficLight, language::Language, language::Text, ledger::Ledger};
use rust_xlsxwriter::Workbook;

use super::{
    control::{AuditTotals, ControlTotal},
    rows::SheetKind,
};
use crate::{
    Column, ColumnKind, Report, ReportError, Table, Value,
    render::xlsx::{formats::Formats, sheet, sources::Links},
};

/// The title of the workbook.
pub(super) fn title() -> Text {
    Text::new("Prüfdatei", "Audit workbook")
}

/// The keys of the tables of control totals.
const OVER_ALL: &str = "control_totals";
const OF_REPORTS: &str = "control_totals_of_reports";
/// The columns of the three ways, for amounts and for counts; the last is that of the rows.
const MONEY: [&str; 3] = ["reports", "stored", "rows"];
const COUNTS: [&str; 3] = ["reports_count", "stored_count", "rows_count"];

/// The table that a control total stands in.
pub(super) const fn table_of(control: &ControlTotal) -> &'static str {
    if control.by.is_some() {
        OF_REPORTS
    } else {
        OVER_ALL
    }
}

/// The columns that its numbers stand in.
pub(super) const fn columns_of(control: &ControlTotal) -> [&'static str; 3] {
    match control.rows {
        Value::Money(_) => MONEY,
        _ => COUNTS,
    }
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
        as_of: ledger.status_at,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: vec![
            (Text::new("Kontrollsummen", "Control totals"), verdict(totals)),
            (Text::new("Verweise", "Links"), where_numbers_lead()),
        ],
        notes: notes(),
        tables: vec![overview(counted), controls(totals), controls_of_reports(totals)],
        head: ledger.mark.map(|mark| mark.to_string()),
    }
}

/// Adds the sheets of the tables.
pub(super) fn add_tables(
    workbook: &mut Workbook,
    report: &Report,
    language: Language,
    formats: &Formats,
    links: &mut Links<'_>,
) -> Result<(), ReportError> {
    for table in &report.tables {
        sheet::add_table(workbook, report, table, language, formats, links)?;
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

fn where_numbers_lead() -> Text {
    Text::new(
        "jede Zahl der Kontrollsummen führt auf das Blatt „Quellen“ und von dort zu den Zeilen, die sie zusammenzählt",
        "every number of the control totals leads to the sheet “Sources”, and from there to the rows that it adds up",
    )
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

/// The control totals over the round as a whole.
fn controls(totals: &AuditTotals) -> Table {
    Table {
        key: OVER_ALL,
        title: Text::new("Kontrollsummen", "Control totals"),
        columns: columns("area", "Bereich", "Area"),
        rows: rows(totals, |control| {
            control.by.is_none().then(|| control.area.clone())
        }),
        totals: None,
    }
}

/// The control totals by Land, category of region and source, as the reports show them.
fn controls_of_reports(totals: &AuditTotals) -> Table {
    let mut columns = columns("report", "Bericht und Betrag", "Report and amount");
    columns.retain(|column| column.kind != ColumnKind::Count);
    let mut rows = rows(totals, |control| {
        let (by, area) = (control.by.as_ref()?, &control.area);
        Some(Text::new(
            format!("{}: {}", by.de, area.de),
            format!("{}: {}", by.en, area.en),
        ))
    });
    for row in &mut rows {
        // Reports hold money only.
        row.drain(5..8);
    }
    Table {
        key: OF_REPORTS,
        title: Text::new("Kontrollsummen Berichte", "Control totals of reports"),
        columns,
        rows,
        totals: None,
    }
}

fn columns(key: &'static str, de: &str, en: &str) -> Vec<Column> {
    let column = |key, kind, de, en, width| Column::new(key, kind, de, en).wide(width);
    let ([reports, stored, rows], [reports_count, stored_count, rows_count]) = (MONEY, COUNTS);
    vec![
        column(key, ColumnKind::Text, de, en, 40),
        column("control", ColumnKind::Text, "Gegenstand", "Of what", 50),
        column(reports, ColumnKind::Money, "Berichte", "Reports", 17),
        column(stored, ColumnKind::Money, "Datenbank", "Database", 17),
        column(
            rows,
            ColumnKind::Money,
            "Zeilen dieser Datei",
            "Rows of this file",
            17,
        ),
        column(
            reports_count,
            ColumnKind::Count,
            "Berichte (Anzahl)",
            "Reports (count)",
            13,
        ),
        column(
            stored_count,
            ColumnKind::Count,
            "Datenbank (Anzahl)",
            "Database (count)",
            13,
        ),
        column(
            rows_count,
            ColumnKind::Count,
            "Zeilen (Anzahl)",
            "Rows (count)",
            13,
        ),
        column("verdict", ColumnKind::Light, "Vergleich", "Comparison", 17),
    ]
}

fn rows(totals: &AuditTotals, area: impl Fn(&ControlTotal) -> Option<Text>) -> Vec<Vec<Value>> {
    let of_kind = |value: &Value, is_kind: fn(&Value) -> bool| {
        if is_kind(value) {
            value.clone()
        } else {
            Value::Empty
        }
    };
    let row = |(index, control): (usize, &ControlTotal)| {
        let mut row = vec![
            Value::term("area", area(control)?),
            Value::term(index.to_string(), control.name.clone()),
        ];
        let ways = [&control.reports, &control.stored, &control.rows];
        row.extend(ways.map(|value| of_kind(value, |value| matches!(value, Value::Money(_)))));
        row.extend(ways.map(|value| of_kind(value, |value| matches!(value, Value::Count(_)))));
        row.push(comparison(control.agrees()));
        Some(row)
    };
    totals.controls.iter().enumerate().filter_map(row).collect()
}

fn comparison(agrees: bool) -> Value {
    if agrees {
        Value::rated(
            "agrees",
            Text::new("stimmt überein", "agrees"),
            TrafficLight::Green,
        )
    } else {
        Value::rated("differs", Text::new("weicht ab", "differs"), TrafficLight::Red)
    }
}

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "Personen stehen mit ihrem Anmeldenamen; das Blatt „Personen“ nennt dazu Namen und Kennung, das Journal alle drei. \
             „operator“ ist die Befehlszeile des Betriebs.",
            "Persons stand with their sign-in names; the sheet “Persons” gives their names and ids, the journal all three. \
             “operator” is the command line of those who run the service.",
        ),
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
            "Kontrollsummen sind dreimal gebildet: „Berichte“ aus den Summen, aus denen die Berichte entstehen, „Datenbank“ von \
             der Datenbank selbst aus den gespeicherten Zahlen, „Zeilen“ aus den Zeilen dieser Datei. Das Blatt \
             „Kontrollsummen Berichte“ vergleicht Mittelabfluss und Mittelherkunft nach Land, Regionenkategorie und \
             Mittelherkunft, wie die Berichte sie zeigen. „Übereinstimmende Einzelsummen“ zählt die Summen je Teilvorhaben, \
             Quartal und Position, die in allen drei Wegen gleich sind. Belege werden mit den gemeldeten Ausgaben der \
             Einzelansätze ohne Pauschalen verglichen.",
            "Control totals are made in three ways: “Reports” from the sums that reports are built from, “Database” by the \
             database itself from the stored figures, “Rows” from the rows of this file. The sheet “Control totals of \
             reports” compares burn and funding by Land, category of region and source as the reports show them. “Single \
             sums that agree” counts the sums of each subproject, quarter and item that are the same in all three ways. \
             Vouchers are compared with the reported expenditure of plan items without flat rates.",
        ),
        Text::new(
            "Jede Zahl der Kontrollsummen führt mit einem Klick auf das Blatt „Quellen“. Dort steht, welche Zeilen sie \
             zusammenzählt (Blatt, Spalte, Filter), und was die Zeilen jedes Teilvorhabens beitragen: „Zählt hier“ ergibt \
             zusammen die Kontrollsumme „Zeilen dieser Datei“. Der Verweis „Zeilen“ führt zu den Zeilen des Teilvorhabens; \
             der Filter wählt davon die gezählten. Wo ein Bericht ein Teilvorhaben auf Regionenkategorien aufteilt, steht \
             unter „Summe der Zeilen“ das Ganze und unter „Zählt hier“ der Teil.",
            "Every number of the control totals leads to the sheet “Sources” with a click. It says which rows the number adds \
             up (sheet, column, filter), and what the rows of each subproject add: “Counts here” adds up to the control \
             total “Rows of this file”. The link “Rows” leads to the rows of the subproject; the filter picks those that \
             are counted. Where a report divides a subproject over categories of region, “Sum of the rows” is the whole, \
             and “Counts here” the part.",
        ),
        Text::new(
            "Beträge sind Werte des Quartals in Euro, Zeiten gelten in Europe/Berlin. Zahlungsempfänger können Personen sein: \
             Diese Datei ist nur für die Prüfung bestimmt.",
            "Amounts are values of the quarter in euro, times are those of Europe/Berlin. Payees can be persons: this file \
             is for audit only.",
        ),
    ]
}
