//! The figures of the reports themselves by Land, category of region and source.

use nachweis_domain::{audit::PlanRowKind, key::SourceKey, language::Text, ledger::Ledger};

use super::{CALLED, Measure, Measures, RECEIVED, SPENT};
use crate::{
    GroupBy, Report, ReportError, ReportName, ReportRequest, Table, Value, audit::summed::Summed, build,
};

/// A money column of a report by its key, and the rows that its numbers add up: of a source where the row names one.
type SummedColumn = (&'static str, fn(Option<SourceKey>) -> Summed);

const BURN: &[SummedColumn] = &[
    ("awarded", |_| Summed::Plans(PlanRowKind::Item, None)),
    ("reported", |_| Summed::Expenditure {
        item: None,
        accepted: false,
    }),
    ("accepted", |_| Summed::Expenditure {
        item: None,
        accepted: true,
    }),
    ("paid_out", |_| Summed::Payments(None)),
];

const FUNDING: &[SummedColumn] = &[
    ("awarded", |source| Summed::Plans(PlanRowKind::Source, source)),
    ("called", |source| Summed::Funds {
        parts: CALLED,
        source,
    }),
    ("received", |source| Summed::Funds {
        parts: RECEIVED,
        source,
    }),
    ("spent", |source| Summed::Funds { parts: SPENT, source }),
];

impl Measures {
    /// What the reports show, made from this ledger by the same builders.
    pub(super) fn reports(&mut self, ledger: &Ledger) -> Result<(), ReportError> {
        let reports = [
            (ReportName::Burn, GroupBy::Land, BURN),
            (ReportName::Burn, GroupBy::RegionCategory, BURN),
            (ReportName::Funding, GroupBy::RegionCategory, FUNDING),
        ];
        for (name, group_by, columns) in reports {
            let request = ReportRequest {
                name,
                group_by: Some(group_by),
                quarter: None,
                on: None,
            };
            let report = build(&request, ledger)?;
            self.report(&report, &group_by.title(), columns);
        }
        Ok(())
    }

    /// The money columns of a report's first table, row by row, the totals last.
    fn report(&mut self, report: &Report, group_by: &Text, columns: &[SummedColumn]) {
        let Some(table) = report.tables.first() else {
            return;
        };
        for (wanted, summed) in columns {
            let Some(place) = table.columns.iter().position(|column| column.key == *wanted) else {
                continue;
            };
            let heading = table.columns.get(place).map(|column| &column.header);
            for row in table.rows.iter().chain(&table.totals) {
                if let (Some(value @ Value::Money(_)), Some(heading)) = (row.get(place), heading) {
                    self.0.push(Measure {
                        by: Some(Text::new(
                            format!("{} nach {}", report.title.de, group_by.de),
                            format!("{} by {}", report.title.en, group_by.en),
                        )),
                        area: heading.clone(),
                        name: naming(row),
                        value: value.clone(),
                        summed: summed(source_of(table, row)),
                    });
                }
            }
        }
    }
}

/// What a row of a report stands for: its words before the first number.
fn naming(row: &[Value]) -> Text {
    let words = row.iter().map_while(|value| match value {
        Value::Term(term) => Some(Some(term.name.clone())),
        Value::Text(_) | Value::Empty => Some(None),
        _ => None,
    });
    let words: Vec<Text> = words.flatten().collect();
    let joined = |pick: fn(&Text) -> &str| words.iter().map(pick).collect::<Vec<_>>().join(" · ");
    Text::new(joined(|text| &text.de), joined(|text| &text.en))
}

/// The source that a row stands for; the totals stand for none.
fn source_of(table: &Table, row: &[Value]) -> Option<SourceKey> {
    let place = table.columns.iter().position(|column| column.key == "source")?;
    match row.get(place)? {
        Value::Term(term) => Some(SourceKey::new(&term.key)),
        _ => None,
    }
}
