//! Which reports are counted, and what is known about each.

use chrono::NaiveDate;
use nachweis_domain::language::Text;

use super::{Line, Scope, lines, summary};
use crate::{
    Value,
    lineage::{Amount, Formula, Made, Operand, Rule, Source, Term},
};

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(
    scope: &Scope<'_>,
    on: NaiveDate,
    table: &str,
    row: &str,
    column: &str,
) -> Option<Made> {
    let lines = lines(scope, on);
    if table == "summary" {
        let in_row = |line: &&Line<'_>| row == "total" || line.quarter.to_string() == row;
        let counted = lines.iter().filter(in_row);
        let terms = counted.filter(|line| summary::counts(line, column));
        return Some(Made::Sum(
            terms
                .filter_map(|line| term(scope, line, Amount::Count(1)))
                .collect(),
        ));
    }
    let line = lines
        .iter()
        .find(|line| key(scope, line).as_deref() == Some(row))?;
    match column {
        "overdue_days" => Some(overdue(line, on)),
        "state" => Some(Made::Formula(
            Formula::new(
                Rule::Standing(line.standing.value(line.overdue_days)),
                "der Stand der neuesten Fassung; grün, wenn angenommen, rot, wenn überfällig, sonst gelb",
                "the state of the latest revision; green when accepted, red when overdue, else yellow",
            ),
            vec![Operand::open(
                Text::new("Tage überfällig", "Days overdue"),
                Amount::Count(line.overdue_days),
                row,
                "overdue_days",
            )],
        )),
        _ => {
            let state = line.state?;
            let count = match column {
                "revision" => state.revision,
                "blocking" => state.blocking,
                "warnings" => state.warnings,
                _ => return None,
            };
            Some(Made::Sum(vec![term(scope, line, Amount::Count(count.into()))?]))
        }
    }
}

fn overdue(line: &Line<'_>, on: NaiveDate) -> Made {
    if line.overdue_days == 0 {
        return Made::Formula(
            Formula::new(
                Rule::Given,
                "null: eingereicht oder angenommen, oder die Frist läuft noch oder lief beim Abschluss des Quartals noch",
                "zero: submitted or accepted, or the deadline has not passed, or had not when the quarter was closed",
            ),
            vec![Operand::given(
                "nicht überfällig",
                "not overdue",
                Amount::Count(0),
            )],
        );
    }
    Made::Formula(
        Formula::new(
            Rule::DaysOverdue,
            "Tage vom Fälligkeitstag bis zu dem Tag, an dem Fristen gerechnet sind, oder bis zum Abschluss des Quartals",
            "days from the due day to the day on which deadlines are counted, or to the closing of the quarter",
        ),
        vec![
            if line.counted_to < on {
                let closed = Value::Date(line.counted_to);
                Operand::given("Quartal abgeschlossen am", "Quarter closed on", closed)
            } else {
                Operand::given("Fristen gerechnet am", "Deadlines counted on", Value::Date(on))
            },
            Operand::given("Fällig am", "Due on", Value::Date(line.due)),
        ],
    )
}

fn key(scope: &Scope<'_>, line: &Line<'_>) -> Option<String> {
    let state = scope.ledger.subprojects.get(line.subproject)?;
    Some(format!("{}/{}", state.subproject.no, line.quarter))
}

fn term(scope: &Scope<'_>, line: &Line<'_>, amount: Amount) -> Option<Term> {
    let state = scope.ledger.subprojects.get(line.subproject)?;
    let source = Source::Report {
        quarter: line.quarter,
        revision: line.state.map(|state| state.revision),
    };
    Some(Term::plain(&state.subproject.no, source, amount))
}
