//! The columns of the report.

use crate::{Column, ColumnKind, GroupBy};

/// Whether the rows of a grouping say how many subprojects they stand for.
pub(super) const fn counts_subprojects(group_by: GroupBy) -> bool {
    matches!(
        group_by,
        GroupBy::Round | GroupBy::Land | GroupBy::Network | GroupBy::ActionField
    )
}

/// The columns after those that name the group.
pub(super) fn columns(mut naming: Vec<Column>, group_by: GroupBy) -> Vec<Column> {
    use ColumnKind::{Count, Light, Money, Percent, Points};
    if counts_subprojects(group_by) {
        naming.push(Column::new("subprojects", Count, "Teilvorhaben", "Subprojects").wide(13));
    }
    let (planned_de, planned_en) = match group_by {
        GroupBy::Quarter => ("Geplant", "Planned"),
        _ => ("Geplant bis Stand", "Planned to date"),
    };
    naming.extend([
        Column::new(
            "outstanding",
            Count,
            "Quartale ausstehend",
            "Quarters outstanding",
        )
        .wide(12),
        Column::new("awarded", Money, "Bewilligt", "Awarded"),
        Column::new("planned", Money, planned_de, planned_en),
        Column::new(
            "planned_outstanding",
            Money,
            "davon in ausstehenden Quartalen",
            "of it in quarters outstanding",
        ),
        Column::new("reported", Money, "Gemeldet", "Reported"),
        Column::new("accepted", Money, "Angenommen", "Accepted"),
        Column::new("paid_out", Money, "Ausgezahlt", "Paid out"),
        Column::new("remaining", Money, "Verbleibend", "Remaining"),
        Column::new("burn", Percent, "Mittelabfluss", "Burn").wide(13),
        Column::new("elapsed", Percent, "Zeit vergangen", "Time elapsed"),
        Column::new("elapsed_reported", Percent, "davon gemeldet", "of it reported"),
        Column::new("gap", Points, "Abstand", "Gap"),
        Column::new("forecast", Money, "Prognose Ende", "Forecast, end"),
        Column::new(
            "unspent",
            Money,
            "Voraussichtlich nicht verausgabt",
            "Expected unspent",
        )
        .wide(18),
        Column::new(
            "overspending",
            Money,
            "Voraussichtlich über Bewilligung",
            "Expected above award",
        )
        .wide(18),
        Column::new("light", Light, "Ampel", "Light").wide(9),
    ]);
    naming
}
