//! The names of the numbers, also of those that stand in no column.

use nachweis_domain::language::Text;

use super::super::columns;
use crate::GroupBy;

/// The name of a column, or of a number behind one.
pub(in crate::build) fn name(column: &str) -> Text {
    let (de, en) = match column {
        "status_awarded" => ("Bewilligt", "Awarded"),
        "status_reported" => (
            "Gemeldet bis zum Ende des Quartals",
            "Reported up to the end of the quarter",
        ),
        "status_planned" => (
            "Geplant bis zum Ende des Quartals",
            "Planned up to the end of the quarter",
        ),
        "status_planned_outstanding" => (
            "Geplant in ausstehenden Quartalen bis zum Ende des Quartals",
            "Planned for outstanding quarters up to the end of the quarter",
        ),
        "reported_quarters" => ("Gemeldete Quartale", "Reported quarters"),
        "awarded_elapsed" => (
            "Bewilligt × vergangener Anteil der Tage",
            "Awarded × share of days that have passed",
        ),
        "awarded_reported" => (
            "Bewilligt × Anteil der Tage in gemeldeten Quartalen",
            "Awarded × share of days in reported quarters",
        ),
        "realised" => (
            "Gemeldet in den letzten vier gemeldeten Quartalen",
            "Reported in the last four reported quarters",
        ),
        "realised_plan" => (
            "Geplant in den letzten vier gemeldeten Quartalen",
            "Planned for the last four reported quarters",
        ),
        column => return of_column(column),
    };
    Text::new(de, en)
}

fn of_column(key: &str) -> Text {
    let mut columns = columns::columns(Vec::new(), GroupBy::Subproject).into_iter();
    columns
        .find(|column| column.key == key)
        .map_or_else(|| Text::new(key, key), |column| column.header)
}
