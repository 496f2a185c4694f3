//! Who has reported which quarter, whose turn it is, and what is overdue.
//!
//! Expected is a report for every quarter that a grant period touches and that has ended; what was never uploaded
//! appears as missing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    berlin,
    language::{Language, Text},
    ledger::{QuarterState, SubprojectIndex, SubprojectState},
    life::{self, Endorsement},
    quarter::Quarter,
};

use super::{head, scope::Scope};
use crate::{Column, ColumnKind, Report, ReportName, Table, Value};

mod lineage;
mod standing;
mod summary;
mod waivers;

pub(super) use lineage::derive;
use standing::Standing;

/// The report: a summary of each quarter, and each subproject's quarters.
pub(super) fn report(scope: &Scope<'_>, on: NaiveDate) -> Report {
    let lines = lines(scope, on);
    let tables = vec![summary::table(&lines), list(scope, &lines)];
    let mut report = head::report(scope, ReportName::Completeness, notes(scope), tables);
    report.parameters.push((
        Text::new("Fristen gerechnet am", "Deadlines counted on"),
        Text::new(Language::De.date(on), Language::En.date(on)),
    ));
    report
}

/// A quarter of a subproject.
struct Line<'a> {
    subproject: SubprojectIndex,
    quarter: Quarter,
    due: NaiveDate,
    standing: Standing,
    /// When the quarter was closed, if it was.
    closed_at: Option<DateTime<Utc>>,
    /// Whether the quarter takes steps of the subproject.
    takes: life::Standing,
    /// The day to which days overdue count: that of the closing where nothing more can be handed in.
    counted_to: NaiveDate,
    overdue_days: i64,
    state: Option<&'a QuarterState>,
}

/// Every expected quarter, and every other that has an upload, by subproject and quarter.
fn lines<'a>(scope: &Scope<'a>, on: NaiveDate) -> Vec<Line<'a>> {
    let mut uploaded: BTreeMap<(SubprojectIndex, Quarter), &QuarterState> = BTreeMap::new();
    for state in scope
        .ledger
        .quarters
        .iter()
        .filter(|state| scope.counts(state.quarter))
    {
        uploaded.insert((state.subproject, state.quarter), state);
    }
    let mut keys: Vec<(SubprojectIndex, Quarter)> = uploaded.keys().copied().collect();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        keys.extend(expected(scope, state, on).map(|quarter| (index, quarter)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .map(|key| line(scope, key, uploaded.get(&key).copied(), on))
        .collect()
}

fn expected<'a>(
    scope: &'a Scope<'_>,
    state: &SubprojectState,
    on: NaiveDate,
) -> impl Iterator<Item = Quarter> + use<'a> {
    let quarters = state.subproject.grant_period.quarters();
    quarters
        .into_iter()
        .filter(move |quarter| quarter.last_day() < on && scope.counts(*quarter))
}

/// A line. Nothing is overdue of a quarter that is reported, even when a newer revision is still open.
fn line<'a>(
    scope: &Scope<'_>,
    (subproject, quarter): (SubprojectIndex, Quarter),
    state: Option<&'a QuarterState>,
    on: NaiveDate,
) -> Line<'a> {
    let due = scope.ledger.round.due_day(quarter);
    let standing = Standing::of(state.map(|state| state.state));
    let is_reported = state.is_some_and(|state| state.is_reported);
    let closed_at = scope.ledger.closed_at(quarter);
    let takes = scope.ledger.standing(subproject, quarter, moment(scope, on));
    let counted_to = match closed_at {
        Some(closed) if takes.refusal().is_some() => on.min(berlin::day(closed)),
        _ => on,
    };
    let overdue_days = if standing.is_open_for_lead() && !is_reported {
        (counted_to - due).num_days().max(0)
    } else {
        0
    };
    Line {
        subproject,
        quarter,
        due,
        standing,
        closed_at,
        takes,
        counted_to,
        overdue_days,
        state,
    }
}

/// The moment at which reopenings have expired or not: that of the data, or the beginning of a later day on which deadlines
/// are counted.
fn moment(scope: &Scope<'_>, on: NaiveDate) -> DateTime<Utc> {
    let before = on.pred_opt().and_then(berlin::end_of_day);
    before.map_or(scope.ledger.status_at, |before| {
        before.max(scope.ledger.status_at)
    })
}

fn list(scope: &Scope<'_>, lines: &[Line<'_>]) -> Table {
    let columns = vec![
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("subproject", ColumnKind::Text, "Teilvorhaben", "Subproject").wide(48),
        Column::new("network", ColumnKind::Text, "Netzwerk", "Network").wide(14),
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("due", ColumnKind::Date, "Fällig am", "Due on"),
        Column::new("state", ColumnKind::Light, "Stand", "State").wide(22),
        Column::new("turn", ColumnKind::Text, "Am Zug", "Whose turn").wide(26),
        Column::new(
            "overdue_days",
            ColumnKind::Count,
            "Tage überfällig",
            "Days overdue",
        ),
        Column::new("revision", ColumnKind::Count, "Fassung", "Revision"),
        Column::new("uploaded", ColumnKind::Time, "Hochgeladen", "Uploaded"),
        Column::new("submitted", ColumnKind::Time, "Eingereicht", "Submitted"),
        Column::new("blocking", ColumnKind::Count, "Fehler", "Blocking findings"),
        Column::new("warnings", ColumnKind::Count, "Warnungen", "Warnings"),
        Column::new("closed", ColumnKind::Time, "Abgeschlossen", "Closed"),
        Column::new(
            "reopened_until",
            ColumnKind::Time,
            "Wieder geöffnet bis",
            "Reopened until",
        ),
        Column::new("waivers", ColumnKind::Text, "Ausnahmen", "Waivers").wide(30),
    ];
    Table {
        key: "quarters",
        title: Text::new("Teilvorhaben und Quartale", "Subprojects and quarters"),
        columns,
        rows: lines.iter().map(|line| row(scope, line)).collect(),
        totals: None,
    }
}

fn row(scope: &Scope<'_>, line: &Line<'_>) -> Vec<Value> {
    let subproject = scope
        .ledger
        .subprojects
        .get(line.subproject)
        .map(|state| &state.subproject);
    let time = |at: Option<DateTime<Utc>>| at.map_or(Value::Empty, Value::Time);
    let count = |number: Option<u32>| number.map_or(Value::Empty, |number| Value::Count(number.into()));
    let endorsement = subproject.map_or(Endorsement::NotNeeded, |subproject| {
        scope.ledger.endorsement_of(subproject)
    });
    vec![
        subproject.map_or(Value::Empty, |subproject| Value::text(subproject.no.as_str())),
        subproject.map_or(Value::Empty, |subproject| Value::text(&subproject.title)),
        subproject
            .and_then(|subproject| subproject.network.as_ref())
            .map_or(Value::Empty, |network| Value::text(network.as_str())),
        Value::Quarter(line.quarter),
        Value::Date(line.due),
        line.standing.value(line.overdue_days),
        line.standing.turn(endorsement, line.takes),
        Value::Count(line.overdue_days),
        count(line.state.map(|state| state.revision)),
        time(line.state.map(|state| state.uploaded_at)),
        time(line.state.and_then(|state| state.submitted_at)),
        count(line.state.map(|state| state.blocking)),
        count(line.state.map(|state| state.warnings)),
        time(line.closed_at),
        time(line.takes.reopened_until()),
        waivers::of(scope, line),
    ]
}

fn notes(scope: &Scope<'_>) -> Vec<Text> {
    let days = scope.ledger.round.report_due_days;
    vec![
        Text::new(
            format!(
                "Ein Quartalsbericht ist {days} Tage nach Ende des Quartals fällig; Tage zählen in Europe/Berlin."
            ),
            format!(
                "A quarterly report is due {days} days after the end of the quarter; days count in Europe/Berlin."
            ),
        ),
        Text::new(
            "Erwartet wird ein Bericht für jedes beendete Quartal, das der Bewilligungszeitraum berührt. „Fehlt“ heißt: \
             es wurde nichts hochgeladen.",
            "A report is expected for every ended quarter that the grant period touches. “Missing” means that nothing \
             was uploaded.",
        ),
        Text::new(
            "Überfällig ist ein Bericht, von dem nach dem Fälligkeitstag keine Fassung eingereicht oder angenommen ist. \
             Stand und Feststellungen sind die der neuesten Fassung.",
            "A report is overdue when after the due day none of its revisions is submitted or accepted. State and \
             findings are those of the latest revision.",
        ),
        Text::new(
            "In einem abgeschlossenen Quartal ist niemand am Zug, bis zwei Personen der Programmsteuerung es für das Teilvorhaben \
             wieder öffnen, und Tage überfällig zählen bis zum Abschluss. Ob eine Wiederöffnung abgelaufen ist, gilt zur Zeit des \
             Datenstands oder zu Beginn eines späteren Tages, an dem Fristen gerechnet sind.",
            "In a closed quarter it is nobody's turn until two persons of the programme management reopen it for the subproject, \
             and days overdue count to the closing. Whether a reopening has expired holds at the moment of the data, or at the \
             beginning of a later day on which deadlines are counted.",
        ),
        Text::new(
            "Ausnahmen stehen mit Nummer, Kennung der Feststellung und dem Stand zur Zeit des Datenstands. Sie ändern keine \
             Feststellung; was unter einer Ausnahme eingereicht ist, bleibt es, wenn sie endet.",
            "Waivers stand with number, code of the finding and their state at the moment of the data. They change no \
             finding; what was submitted under a waiver stays so when it ends.",
        ),
        Text::new(
            "Datenstand ist der letzte Vorgang, der Zahlen, Pläne oder den Stand eines Berichts geändert hat; Lesen ändert ihn \
             nicht. Tage überfällig zählen bis zu dem Tag, der oben als „Fristen gerechnet am“ steht: dem Tag des Datenstands, \
             oder einem späteren, wenn er mit dem Parameter „on“ verlangt wurde.",
            "The data are as of the last event that changed figures, plans or where a report stands; reading changes nothing. \
             Days overdue count to the day stated above as “Deadlines counted on”: the day of the data, or a later one where it \
             was asked for with the parameter “on”.",
        ),
    ]
}
