//! What would change for each rule: over all stored originals, and beside it among the revisions that count.

use nachweis_domain::{
    effect::{Effect, RuleEffect},
    finding::{Code, Severity},
    language::Text,
    quarter::Quarter,
    round::FundingRound,
};

use super::{Trial, count};
use crate::{Column, ColumnKind, Table, Value, severity};

/// The rules in which both versions differ.
pub(super) fn table(trial: &Trial<'_>, found: &Effect) -> Table {
    let rows = found.rules.iter().map(|(code, rule)| {
        let mut row = vec![
            Value::text(code.as_str()),
            standing(trial.before, *code),
            standing(trial.after, *code),
        ];
        row.extend(counts(rule));
        row
    });
    Table {
        key: "rules",
        title: Text::new("Regeln", "Rules"),
        rows: rows.collect(),
        columns: columns(),
        totals: None,
    }
}

fn counts(rule: &RuleEffect) -> [Value; 13] {
    let (all, standing) = (&rule.hits.all, &rule.hits.standing);
    [
        count(all.found),
        count(standing.found),
        count(all.uploads),
        count(standing.uploads),
        count(all.subprojects.len()),
        count(standing.subprojects.len()),
        count(all.quarters.len()),
        count(rule.accepted_blocked),
        count(all.weighed),
        count(standing.weighed),
        count(all.reworded),
        count(all.gone),
        count(standing.gone),
    ]
}

fn columns() -> Vec<Column> {
    let number = |key, de, en| Column::new(key, ColumnKind::Count, de, en).wide(15);
    vec![
        Column::new("code", ColumnKind::Text, "Kennung", "Code").wide(10),
        Column::new("in_force", ColumnKind::Text, "Gilt", "In force").wide(24),
        Column::new("in_question", ColumnKind::Text, "Würde gelten", "Would hold").wide(24),
        number("found", "Neue Feststellungen", "New findings"),
        number(
            "standing_found",
            "Zählend: neue Feststellungen",
            "Counting: new findings",
        ),
        number("uploads", "Arbeitsmappen", "Workbooks"),
        number(
            "standing_uploads",
            "Zählend: Arbeitsmappen",
            "Counting: workbooks",
        ),
        number("subprojects", "Teilvorhaben", "Subprojects"),
        number(
            "standing_subprojects",
            "Zählend: Teilvorhaben",
            "Counting: subprojects",
        ),
        number("quarters", "Quartale", "Quarters"),
        number(
            "accepted_blocked",
            "Angenommen und blockiert",
            "Accepted and blocked",
        ),
        number("weighed", "Anders gewichtet", "Weighed differently"),
        number(
            "standing_weighed",
            "Zählend: anders gewichtet",
            "Counting: weighed differently",
        ),
        number("reworded", "Anders gefasst", "Worded differently"),
        number("gone", "Nicht mehr gefunden", "No longer found"),
        number(
            "standing_gone",
            "Zählend: nicht mehr gefunden",
            "Counting: no longer found",
        ),
    ]
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
