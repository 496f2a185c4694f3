//! The head of a report: what it is, of which round, as of when, with which parameters.

use nachweis_domain::{
    language::{Language, Text},
    quarter::Quarter,
};

use super::scope::Scope;
use crate::{GroupBy, Report, ReportName, Table};

/// A report with its head, without what is peculiar to it.
pub(super) fn report(scope: &Scope<'_>, name: ReportName, notes: Vec<Text>, tables: Vec<Table>) -> Report {
    let round = &scope.ledger.round;
    let mut parameters = vec![(Text::new("Berichtsstand", "Reporting status"), status(scope))];
    if name != ReportName::Completeness {
        parameters.push(plans(scope));
        parameters.push(outstanding(scope));
    }
    Report {
        name: name.as_str(),
        title: title(name),
        as_of: match name {
            ReportName::Completeness => scope.ledger.status_at,
            _ => scope.ledger.as_of,
        },
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters,
        notes,
        tables,
        head: scope.ledger.mark.map(|mark| mark.to_string()),
    }
}

/// The parameter that says how many quarters are not reported yet.
fn outstanding(scope: &Scope<'_>) -> (Text, Text) {
    let all = || 0..scope.ledger.subprojects.len();
    let outstanding: usize = all().map(|index| scope.outstanding(index).count()).sum();
    let expected: usize = all().map(|index| scope.expected(index).count()).sum();
    let counts = |language: Language| {
        [outstanding, expected].map(|count| language.group(u64::try_from(count).unwrap_or(u64::MAX)))
    };
    let ([missing_de, all_de], [missing_en, all_en]) = (counts(Language::De), counts(Language::En));
    (
        Text::new("Ausstehende Quartalsberichte", "Quarterly reports outstanding"),
        Text::new(
            format!("{missing_de} von {all_de}"),
            format!("{missing_en} of {all_en}"),
        ),
    )
}

/// The parameter that says which plans count.
fn plans(scope: &Scope<'_>) -> (Text, Text) {
    let day = scope.plan_day();
    let (why_de, why_en) = match scope.asked {
        Some(_) => ("Ende des Quartals", "end of the quarter"),
        None => ("Tag des Datenstands", "day of the data"),
    };
    (
        Text::new("Planstand", "Plans"),
        Text::new(
            format!("in Kraft am {} ({why_de})", Language::De.date(day)),
            format!("in effect on {} ({why_en})", Language::En.date(day)),
        ),
    )
}

/// Which plan counts, and which where none is in effect.
pub(super) fn plans_note(scope: &Scope<'_>) -> Text {
    let (first_de, first_en) = match scope.asked {
        Some(_) => (
            "Hat ein Bewilligungszeitraum begonnen, bevor seine erste Planfassung in Kraft tritt, zählt diese.",
            "Where a grant period has begun before its first plan takes effect, that plan counts.",
        ),
        None => (
            "Tritt die erste Planfassung eines Teilvorhabens erst später in Kraft, zählt diese.",
            "Where the first plan of a subproject takes effect only later, that plan counts.",
        ),
    };
    Text::new(
        format!(
            "Es zählt die Planfassung, die am Tag des Planstands in Kraft ist; Fassungen, die später in Kraft treten, zählen \
             nicht. {first_de}"
        ),
        format!(
            "The plan in effect on the day of “Plans” counts; versions that take effect later do not. {first_en}"
        ),
    )
}

/// The parameter that names the grouping.
pub(super) fn grouped(group_by: GroupBy) -> (Text, Text) {
    (Text::new("Gliederung", "Grouped by"), group_by.title())
}

/// What "reported" and "accepted" mean in every report.
pub(super) fn reported_note() -> Text {
    Text::new(
        "„Gemeldet“ sind Zahlen einer eingereichten oder angenommenen Fassung; „angenommen“ sind nur die der \
         angenommenen. Hochgeladene, noch nicht eingereichte Fassungen zählen nicht.",
        "“Reported” figures are those of a submitted or accepted revision; “accepted” figures are those of an \
         accepted one only. Uploads that were not submitted do not count.",
    )
}

/// How was rounded.
pub(super) fn rounding_note() -> Text {
    Text::new(
        "Beträge sind auf den Cent genau; Summen sind aus ungerundeten Beträgen gebildet. Prozentwerte und Prozentpunkte \
         sind ungerundet gerechnet und mit einer Nachkommastelle gezeigt.",
        "Amounts are exact to the cent; totals are made from unrounded amounts. Percentages and percentage points are \
         computed unrounded and shown with one decimal place.",
    )
}

/// How amounts of subprojects in several categories of region are divided.
pub(super) fn split_note() -> Text {
    Text::new(
        "Beträge von Teilvorhaben mit mehreren Regionenkategorien (bundesweite) sind nach ihrem Schlüssel verteilt: je \
         Teilvorhaben und Spalte auf den Cent nach dem größten Rest, sodass die Teile genau die Summe ergeben.",
        "Amounts of subprojects in several categories of region (nationwide ones) are divided by their key: for each \
         subproject and column to the cent by largest remainder, so that the parts sum to the whole exactly.",
    )
}

fn title(name: ReportName) -> Text {
    match name {
        ReportName::Burn => Text::new("Mittelabfluss", "Budget burn"),
        ReportName::Indicators => Text::new("Indikatoren und Kennzahlen", "Indicators and counters"),
        ReportName::Completeness => Text::new(
            "Vollständigkeit der Quartalsberichte",
            "Completeness of quarterly reports",
        ),
        ReportName::Funding => Text::new("Finanzierung nach Mittelherkunft", "Funding by source"),
        ReportName::Deviations => Text::new(
            "Abweichungen vom Finanzierungsplan",
            "Deviations from the financing plan",
        ),
    }
}

fn status(scope: &Scope<'_>) -> Text {
    let until = |quarter: Quarter| {
        Text::new(
            format!("bis einschließlich {}", quarter.display(Language::De)),
            format!("up to and including {}", quarter.display(Language::En)),
        )
    };
    match (scope.asked, scope.last) {
        (Some(asked), _) => until(asked),
        (None, Some(last)) => Text::new(
            format!("alle Meldungen, zuletzt {}", last.display(Language::De)),
            format!("all reports, the latest of {}", last.display(Language::En)),
        ),
        (None, None) => Text::new("noch keine Meldungen", "no reports yet"),
    }
}
