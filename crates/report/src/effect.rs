//! The report of what rules would hit: those in shadow, or those of a proposed round file, over the uploads of a round.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    effect::{Change, Effect, Evidence, Listed},
    finding::{Code, Severity},
    key::RuleVersion,
    language::{Language, Text},
    ledger::JournalMark,
    quarter::Quarter,
    round::FundingRound,
};

use crate::{Column, ColumnKind, Report, Table, Value, head::grouped, severity, upload_state};

/// Two versions of a round that were compared, and over what.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// The round in force.
    pub before: &'a FundingRound,
    /// The version of its rules.
    pub version: &'a RuleVersion,
    /// The round as it would be.
    pub after: &'a FundingRound,
    /// The version of the proposed rules; none where those in shadow were switched on.
    pub proposed: Option<&'a RuleVersion>,
    /// Whether all revisions were judged, and not only one of each subproject and quarter.
    pub all_revisions: bool,
    /// What was looked at.
    pub evidence: Evidence,
    /// The last event of the round.
    pub as_of: DateTime<Utc>,
    /// Its entry in the journal.
    pub mark: Option<JournalMark>,
}

/// The report over an effect.
pub fn effect(trial: &Trial<'_>, found: &Effect) -> Report {
    let round = trial.before;
    Report {
        name: "rules-effect",
        title: Text::new("Was Regeln treffen würden", "What rules would hit"),
        as_of: trial.as_of,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: parameters(trial, found),
        notes: notes(trial, found),
        tables: vec![rules(trial, found), findings(found)],
        head: trial.mark.map(|mark| mark.to_string()),
    }
}

fn parameters(trial: &Trial<'_>, found: &Effect) -> Vec<(Text, Text)> {
    let same = |text: String| Text::new(text.clone(), text);
    let against = trial.proposed.map_or_else(
        || Text::new("Regeln auf Probe eingeschaltet", "rules in shadow switched on"),
        |version| same(version.to_string()),
    );
    let revisions = if trial.all_revisions {
        Text::new("alle", "all")
    } else {
        Text::new(
            "je Teilvorhaben und Quartal eine: die angenommene, sonst die eingereichte, sonst die neueste",
            "one for each subproject and quarter: the accepted one, or else the submitted one, or else the newest",
        )
    };
    let evidence = match trial.evidence {
        Evidence::Figures => Text::new(
            "gespeicherte Zahlen; die Regeln, um die es geht, sehen nichts anderes",
            "stored figures; the rules in question look at nothing else",
        ),
        Evidence::Originals => Text::new("erneut gelesene Originale", "originals that were read again"),
    };
    vec![
        (
            Text::new("Geltende Regeln", "Rules in force"),
            same(trial.version.to_string()),
        ),
        (Text::new("Verglichen mit", "Compared with"), against),
        (Text::new("Fassungen", "Revisions"), revisions),
        (Text::new("Geprüft wurden", "Looked at"), evidence),
        (Text::new("Arbeitsmappen", "Workbooks"), grouped(found.judged)),
        (
            Text::new("Nicht prüfbar", "Could not be judged"),
            grouped(found.unjudged),
        ),
        (
            Text::new("Neu blockiert", "Newly blocked"),
            grouped(found.newly_blocked),
        ),
        (
            Text::new("Nicht mehr blockiert", "No longer blocked"),
            grouped(found.no_longer_blocked),
        ),
    ]
}

fn notes(trial: &Trial<'_>, found: &Effect) -> Vec<Text> {
    let mut notes = vec![
        Text::new(
            "Jede Arbeitsmappe wird zweimal geprüft, mit den geltenden Regeln und mit denen, um die es geht; gezeigt ist, worin \
             sich beides unterscheidet. Plan, Auszahlungen und frühere Quartale sind die, die beim Hochladen bekannt waren.",
            "Each workbook is judged twice, with the rules in force and with those in question; shown is in what both differ. \
             Plan, payments and earlier quarters are those that were known when it was uploaded.",
        ),
        Text::new(
            "Nichts davon ändert einen Befund, eine Einreichung oder eine Entscheidung. „Angenommen und blockiert“ zählt \
             angenommene Berichte, die die Regel verhindert hätte.",
            "None of this changes a finding, a submission or a decision. “Accepted and blocked” counts accepted reports that \
             the rule would have prevented.",
        ),
    ];
    if trial.proposed.is_none() && trial.before.in_shadow().is_empty() {
        notes.push(Text::new(
            "In dieser Runde läuft keine Regel auf Probe. Ein Eintrag unter [[rules]] mit mode = \"shadow\" stellt eine auf Probe.",
            "No rule of this round runs in shadow. An entry under [[rules]] with mode = \"shadow\" puts one there.",
        ));
    }
    if found.further > 0 {
        let (further, listed) = (found.further, found.listed.len());
        notes.push(Text::new(
            format!("Einzeln aufgeführt sind die ersten {listed} Unterschiede; {further} weitere sind nur gezählt."),
            format!("The first {listed} differences are listed one by one; {further} more are only counted."),
        ));
    }
    notes
}

fn rules(trial: &Trial<'_>, found: &Effect) -> Table {
    let rows = found.rules.iter().map(|(code, rule)| {
        vec![
            Value::text(code.as_str()),
            standing(trial.before, *code),
            standing(trial.after, *code),
            count(rule.found),
            count(rule.uploads),
            count(rule.subprojects.len()),
            count(rule.quarters.len()),
            count(rule.accepted_blocked),
            count(rule.weighed),
            count(rule.reworded),
            count(rule.gone),
        ]
    });
    let number = |key, de, en| Column::new(key, ColumnKind::Count, de, en);
    Table {
        key: "rules",
        title: Text::new("Regeln", "Rules"),
        rows: rows.collect(),
        columns: vec![
            Column::new("code", ColumnKind::Text, "Kennung", "Code").wide(10),
            Column::new("in_force", ColumnKind::Text, "Gilt", "In force").wide(24),
            Column::new("in_question", ColumnKind::Text, "Würde gelten", "Would hold").wide(24),
            number("found", "Neue Befunde", "New findings"),
            number("uploads", "Arbeitsmappen", "Workbooks"),
            number("subprojects", "Teilvorhaben", "Subprojects"),
            number("quarters", "Quartale", "Quarters"),
            number(
                "accepted_blocked",
                "Angenommen und blockiert",
                "Accepted and blocked",
            ),
            number("weighed", "Anders gewichtet", "Weighed differently"),
            number("reworded", "Anders gefasst", "Worded differently"),
            number("gone", "Nicht mehr gefunden", "No longer found"),
        ],
        totals: None,
    }
}

fn count(number: impl TryInto<i64>) -> Value {
    Value::Count(number.try_into().unwrap_or(i64::MAX))
}

/// How a rule stands in the quarters of a round: `warning`, or `to 2024-Q2: warning; from 2024-Q3: blocking`.
fn standing(round: &FundingRound, code: Code) -> Value {
    let mut spells: Vec<(Quarter, Quarter, Text)> = Vec::new();
    for quarter in round.period.quarters() {
        let name = standing_in(round, code, quarter);
        match spells.last_mut() {
            Some((_, last, same)) if *same == name => *last = quarter,
            _ => spells.push((quarter, quarter, name)),
        }
    }
    let whole = spells.len() == 1;
    let (mut de, mut en) = (Vec::new(), Vec::new());
    for (first, last, name) in spells {
        let span = match (whole, first == last) {
            (true, _) => String::new(),
            (_, true) => format!("{first}: "),
            (_, false) => format!("{first} – {last}: "),
        };
        de.push(format!("{span}{}", name.de));
        en.push(format!("{span}{}", name.en));
    }
    let (de, en) = (de.join("; "), en.join("; "));
    Value::term(en.clone(), Text::new(de, en))
}

fn standing_in(round: &FundingRound, code: Code, quarter: Quarter) -> Text {
    match round.severity(code, quarter) {
        Some(severity) => severity::name(severity),
        None if round.tries(code, quarter) => Text::new("auf Probe", "in shadow"),
        None => severity::name(Severity::Off),
    }
}

fn findings(found: &Effect) -> Table {
    Table {
        key: "findings",
        title: Text::new("Befunde", "Findings"),
        rows: found.listed.iter().map(finding).collect(),
        columns: vec![
            Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
            Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
            Column::new("revision", ColumnKind::Count, "Fassung", "Revision").wide(9),
            Column::new("state", ColumnKind::Text, "Stand", "State").wide(20),
            Column::new("code", ColumnKind::Text, "Kennung", "Code").wide(10),
            Column::new("change", ColumnKind::Text, "Unterschied", "Difference").wide(20),
            Column::new("severity", ColumnKind::Text, "Schwere", "Severity").wide(12),
            Column::new("sheet", ColumnKind::Text, "Blatt", "Sheet").wide(14),
            Column::new("cell", ColumnKind::Text, "Zelle", "Cell").wide(8),
            Column::new("text", ColumnKind::Text, "Befund", "Finding").wide(80),
        ],
        totals: None,
    }
}

fn finding(listed: &Listed) -> Vec<Value> {
    let (upload, rated) = (&listed.upload, &listed.changed.rated);
    let finding = &rated.finding;
    let (sheet, cell) = match &finding.at {
        Some(at) => (Value::text(at.sheet()), Value::text(at.a1())),
        None => (Value::Empty, Value::Empty),
    };
    let code = finding.code().as_str();
    vec![
        Value::Quarter(upload.quarter),
        Value::text(upload.subproject.as_str()),
        count(upload.revision),
        Value::term(upload.state.as_str(), upload_state::name(upload.state)),
        Value::text(code),
        change(listed.changed.change),
        Value::term(rated.severity.as_str(), severity::name(rated.severity)),
        sheet,
        cell,
        Value::term(
            code,
            Text::new(finding.text(Language::De), finding.text(Language::En)),
        ),
    ]
}

fn change(change: Change) -> Value {
    match change {
        Change::Found => Value::term("found", Text::new("neu", "new")),
        Change::Reworded => Value::term("reworded", Text::new("anders gefasst", "worded differently")),
        Change::Gone => Value::term("gone", Text::new("nicht mehr gefunden", "no longer found")),
        Change::Weighed(before) => {
            let before = severity::name(before);
            let name = Text::new(format!("bisher {}", before.de), format!("{} before", before.en));
            Value::term("weighed", name)
        }
    }
}
