//! The difference report of a closed quarter: what was frozen beside what holds now, and why it was opened again.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    difference::{CountKey, Differences, FundPart, Gender},
    key::SubprojectNo,
    language::{Language, Text},
    ledger::{JournalMark, Ledger},
    money::Money,
    quarter::Quarter,
    record::ReopeningId,
};

use crate::{Column, ColumnKind, Report, Table, Value};

/// A reopening with its people by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The subproject it was for.
    pub subproject: SubprojectNo,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub requested_by: String,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// The second person, and since when it counted; missing where nobody confirmed it.
    pub confirmed: Option<(String, DateTime<Utc>)>,
    /// When it ended by itself, or will.
    pub expires_at: DateTime<Utc>,
    /// Who withdrew it, when and why; missing where nobody did.
    pub withdrawn: Option<(String, DateTime<Utc>, String)>,
    /// Its id, with which a second person confirms it.
    pub id: ReopeningId,
}

/// A closed quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Who closed it, by name.
    pub closed_by: String,
    /// Its reopenings, the oldest first.
    pub reopenings: Vec<Reopened>,
    /// The moment of the data: that of the last change of figures, of the closing, or of the last word on a reopening,
    /// whichever came last.
    pub as_of: DateTime<Utc>,
    /// The journal's entry of that moment.
    pub mark: Option<JournalMark>,
}

/// The report over a quarter: the ledger of its closing against a later one.
pub fn differences(closed: &ClosedQuarter, frozen: &Ledger, now: &Ledger) -> Report {
    let found = Differences::between(frozen, now, closed.quarter);
    let round = &now.round;
    Report {
        name: "differences",
        title: Text::new(
            "Abweichungen vom abgeschlossenen Quartal",
            "Differences from the closed quarter",
        ),
        as_of: closed.as_of,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: parameters(closed, &found),
        notes: notes(),
        tables: vec![
            reopenings(closed),
            expenditure(&found, now),
            funds(&found, now),
            counts(&found, now),
        ],
        head: closed.mark.map(|mark| mark.to_string()),
    }
}

fn parameters(closed: &ClosedQuarter, found: &Differences) -> Vec<(Text, Text)> {
    let quarter = closed.quarter.to_string();
    let number = found.expenditure.len() + found.funds.len() + found.counts.len();
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    let at = |language: Language| language.moment(closed.closed_at);
    vec![
        (
            Text::new("Quartal", "Quarter"),
            Text::new(quarter.clone(), quarter),
        ),
        (
            Text::new("Abgeschlossen", "Closed"),
            Text::new(
                format!("{} Uhr, {}", at(Language::De), closed.closed_by),
                format!("{} (Europe/Berlin), {}", at(Language::En), closed.closed_by),
            ),
        ),
        (
            Text::new("Abweichende Zahlen", "Figures that differ"),
            crate::head::grouped(number),
        ),
    ]
}

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "„Eingefroren“ ist, was beim Abschluss des Quartals galt; „heute“ ist, was zum Datenstand gilt. Gezeigt sind nur \
             Zahlen, die abweichen; beide Seiten zählen die eingereichte oder angenommene Fassung.",
            "“Frozen” is what held when the quarter was closed; “now” is what holds as of the data. Only figures that differ \
             are shown; both sides count the submitted or accepted revision.",
        ),
        Text::new(
            "Nach dem Abschluss ändert sich ein Quartal nur durch eine Wiederöffnung, die eine zweite Person bestätigt hat. Jede \
             steht mit Begründung und Beteiligten in der ersten Tabelle.",
            "After its closing a quarter changes only through a reopening that a second person confirmed. Each stands in the \
             first table with its reason and people.",
        ),
    ]
}

fn reopenings(closed: &ClosedQuarter) -> Table {
    let rows = closed.reopenings.iter().map(|reopening| {
        let (by, at) = match &reopening.confirmed {
            Some((by, at)) => (Value::text(by), Value::Time(*at)),
            None => (Value::Empty, Value::Empty),
        };
        let (withdrawn_by, withdrawn_at, withdrawal) = match &reopening.withdrawn {
            Some((by, at, reason)) => (Value::text(by), Value::Time(*at), Value::text(reason)),
            None => (Value::Empty, Value::Empty, Value::Empty),
        };
        vec![
            Value::text(reopening.subproject.as_str()),
            Value::text(&reopening.reason),
            Value::text(&reopening.requested_by),
            Value::Time(reopening.requested_at),
            by,
            at,
            Value::Time(reopening.expires_at),
            withdrawn_by,
            withdrawn_at,
            withdrawal,
            Value::text(reopening.id.to_string()),
        ]
    });
    Table {
        key: "reopenings",
        title: Text::new("Wiederöffnungen", "Reopenings"),
        rows: rows.collect(),
        columns: vec![
            Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
            Column::new("reason", ColumnKind::Text, "Begründung", "Reason").wide(48),
            Column::new("requested_by", ColumnKind::Text, "Beantragt von", "Asked for by"),
            Column::new("requested_at", ColumnKind::Time, "Beantragt am", "Asked for at"),
            Column::new("confirmed_by", ColumnKind::Text, "Bestätigt von", "Confirmed by"),
            Column::new("confirmed_at", ColumnKind::Time, "Bestätigt am", "Confirmed at"),
            Column::new("expires_at", ColumnKind::Time, "Endet am", "Ends at"),
            Column::new(
                "withdrawn_by",
                ColumnKind::Text,
                "Zurückgenommen von",
                "Withdrawn by",
            ),
            Column::new(
                "withdrawn_at",
                ColumnKind::Time,
                "Zurückgenommen am",
                "Withdrawn at",
            ),
            Column::new(
                "withdrawal_reason",
                ColumnKind::Text,
                "Begründung der Rücknahme",
                "Reason for withdrawing",
            )
            .wide(48),
            Column::new("id", ColumnKind::Text, "Kennung", "Id").wide(38),
        ],
        totals: None,
    }
}

/// The columns that name a subproject, and one that names the figure.
fn naming(key: &'static str, de: &str, en: &str) -> Vec<Column> {
    vec![
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("subproject", ColumnKind::Text, "Teilvorhaben", "Subproject").wide(48),
        Column::new(key, ColumnKind::Text, de, en).wide(36),
    ]
}

fn compared(kind: ColumnKind) -> [Column; 3] {
    [
        Column::new("frozen", kind, "Eingefroren", "Frozen"),
        Column::new("now", kind, "Heute", "Now"),
        Column::new("difference", kind, "Abweichung", "Difference"),
    ]
}

/// The number and title of a subproject.
fn named(ledger: &Ledger, no: &SubprojectNo) -> [Value; 2] {
    let state = ledger
        .index_of(no)
        .and_then(|index| ledger.subprojects.get(index));
    let title = state.map_or(Value::Empty, |state| Value::text(&state.subproject.title));
    [Value::text(no.as_str()), title]
}

fn amounts(frozen: Money, now: Money) -> [Value; 3] {
    [frozen, now, now - frozen].map(Value::Money)
}

fn expenditure(found: &Differences, ledger: &Ledger) -> Table {
    let round = &ledger.round;
    let mut sums = [Money::ZERO; 2];
    let mut rows = Vec::new();
    for difference in &found.expenditure {
        let key = &difference.key;
        let name = round
            .plan_item(key)
            .map_or_else(|| Text::new(key.as_str(), key.as_str()), |item| item.name.clone());
        for (sum, amount) in sums.iter_mut().zip([difference.frozen, difference.now]) {
            // Income is deducted from the total; in its row it stands as it is typed.
            *sum += round.signed(key, amount);
        }
        let mut row = named(ledger, &difference.subproject).to_vec();
        row.push(Value::term(key.as_str(), name));
        row.extend(amounts(difference.frozen, difference.now));
        rows.push(row);
    }
    let mut columns = naming("item", "Einzelansatz", "Plan item");
    columns.extend(compared(ColumnKind::Money));
    let mut totals = vec![
        Value::term("total", Text::new("Summe", "Total")),
        Value::Empty,
        Value::Empty,
    ];
    let [frozen, now] = sums;
    totals.extend(amounts(frozen, now));
    Table {
        key: "expenditure",
        title: Text::new("Ausgaben", "Expenditure"),
        columns,
        rows,
        totals: Some(totals),
    }
}

fn funds(found: &Differences, ledger: &Ledger) -> Table {
    let rows = found.funds.iter().map(|difference| {
        let (source, part) = &difference.key;
        let name = ledger.round.source(source).map_or_else(
            || Text::new(source.as_str(), source.as_str()),
            |spec| spec.name.clone(),
        );
        let mut row = named(ledger, &difference.subproject).to_vec();
        row.push(Value::term(source.as_str(), name));
        row.push(match part {
            FundPart::Called => Value::term("called", Text::new("abgerufen", "called")),
            FundPart::Received => Value::term("received", Text::new("erhalten", "received")),
            FundPart::Spent => Value::term("spent", Text::new("verausgabt", "spent")),
        });
        row.extend(amounts(difference.frozen, difference.now));
        row
    });
    let mut columns = naming("source", "Finanzierungsquelle", "Source of finance");
    columns.push(Column::new("part", ColumnKind::Text, "Betrag", "Amount").wide(14));
    columns.extend(compared(ColumnKind::Money));
    Table {
        key: "funds",
        title: Text::new("Finanzierung", "Finance"),
        rows: rows.collect(),
        columns,
        totals: None,
    }
}

fn counts(found: &Differences, ledger: &Ledger) -> Table {
    let rows = found.counts.iter().map(|difference| {
        let mut row = named(ledger, &difference.subproject).to_vec();
        row.extend(counted(&difference.key, ledger));
        let (frozen, now) = (difference.frozen, difference.now);
        row.extend([frozen, now, now.saturating_sub(frozen)].map(Value::Count));
        row
    });
    let mut columns = naming("code", "Indikator oder Zähler", "Indicator or counter");
    columns.push(Column::new("counted", ColumnKind::Text, "Gezählt", "Counted").wide(14));
    columns.extend(compared(ColumnKind::Count));
    Table {
        key: "counts",
        title: Text::new("Indikatoren", "Indicators"),
        rows: rows.collect(),
        columns,
        totals: None,
    }
}

/// What is counted, and of whom.
fn counted(key: &CountKey, ledger: &Ledger) -> [Value; 2] {
    match key {
        CountKey::Indicator(code, gender) => {
            let name = ledger.round.indicator(code).map_or_else(
                || Text::new(code.as_str(), code.as_str()),
                |spec| {
                    Text::new(
                        format!("{code} {}", spec.name.de),
                        format!("{code} {}", spec.name.en),
                    )
                },
            );
            [Value::term(code.as_str(), name), of_gender(*gender)]
        }
        CountKey::Counter(key) => {
            let mut specs = ledger.round.counters.iter();
            let name = specs
                .find(|spec| &spec.key == key)
                .map_or_else(|| Text::new(key.as_str(), key.as_str()), |spec| spec.name.clone());
            [Value::term(key.as_str(), name), of_gender(Gender::Total)]
        }
    }
}

fn of_gender(gender: Gender) -> Value {
    match gender {
        Gender::Women => Value::term("women", Text::new("Frauen", "women")),
        Gender::Men => Value::term("men", Text::new("Männer", "men")),
        Gender::NonBinary => Value::term("non_binary", Text::new("nichtbinär", "non-binary")),
        Gender::Total => Value::term("total_count", Text::new("gesamt", "all")),
    }
}
