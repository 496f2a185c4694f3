//! How many reports of each quarter stand where.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nachweis_domain::{language::Text, quarter::Quarter, record::UploadState};

use super::{Line, standing::Standing};
use crate::{Column, ColumnKind, Table, Value};

/// The states in the order of the columns, with their column keys. A superseded revision is never the latest one.
const STANDINGS: [(Standing, &str); 7] = [
    (Standing::Uploaded(UploadState::Accepted), "accepted"),
    (Standing::Uploaded(UploadState::Endorsed), "endorsed"),
    (Standing::Uploaded(UploadState::Submitted), "submitted"),
    (Standing::Uploaded(UploadState::Checked), "checked"),
    (Standing::Uploaded(UploadState::Returned), "returned"),
    (Standing::Uploaded(UploadState::Blocked), "blocked"),
    (Standing::Missing, "missing"),
];

/// The counts of a quarter.
#[derive(Clone, Default)]
struct Counts {
    expected: i64,
    by_standing: [i64; STANDINGS.len()],
    overdue: i64,
}

/// Whether a column counts a report.
pub(super) fn counts(line: &Line<'_>, column: &str) -> bool {
    match column {
        "expected" => true,
        "overdue" => line.overdue_days > 0,
        column => STANDINGS.contains(&(line.standing, column)),
    }
}

impl Counts {
    fn count(&mut self, line: &Line<'_>) {
        self.expected += i64::from(counts(line, "expected"));
        self.overdue += i64::from(counts(line, "overdue"));
        for (count, (_, column)) in self.by_standing.iter_mut().zip(STANDINGS) {
            *count += i64::from(counts(line, column));
        }
    }

    fn values(&self) -> impl Iterator<Item = Value> + '_ {
        let counts = self.by_standing.iter().copied();
        [self.expected]
            .into_iter()
            .chain(counts)
            .chain([self.overdue])
            .map(Value::Count)
    }
}

/// The summary table.
pub(super) fn table(lines: &[Line<'_>]) -> Table {
    let mut quarters: BTreeMap<(Quarter, NaiveDate), Counts> = BTreeMap::new();
    let mut total = Counts::default();
    for line in lines {
        quarters.entry((line.quarter, line.due)).or_default().count(line);
        total.count(line);
    }
    let rows = quarters
        .iter()
        .map(|((quarter, due), counts)| {
            [Value::Quarter(*quarter), Value::Date(*due)]
                .into_iter()
                .chain(counts.values())
                .collect()
        })
        .collect();
    let totals = super::super::group::total_values(2)
        .into_iter()
        .chain(total.values())
        .collect();
    Table {
        key: "summary",
        title: Text::new("Übersicht je Quartal", "Overview by quarter"),
        columns: columns(),
        rows,
        totals: Some(totals),
    }
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("due", ColumnKind::Date, "Fällig am", "Due on"),
        Column::new("expected", ColumnKind::Count, "Erwartet", "Expected"),
    ];
    columns.extend(STANDINGS.iter().map(|(standing, key)| {
        let name = standing.name();
        Column::new(key, ColumnKind::Count, &name.de, &name.en).wide(14)
    }));
    columns.push(
        Column::new(
            "overdue",
            ColumnKind::Count,
            "davon überfällig",
            "of these overdue",
        )
        .wide(14),
    );
    columns
}
