//! Finding a number in its report, and the report that says how it is made.

mod every_number;

use chrono::NaiveDate;
use nachweis_domain::{correction::Correction, language::Text, ledger::Ledger, money::Money};

use super::{
    build, burn, completeness, counting_day, deviations, funding, grouping, indicators, moves::Moves,
    scope::Scope,
};
use crate::{
    GroupBy, Report, ReportError, ReportName, ReportRequest, Table, Value, View,
    lineage::{Amount, Lineage, Made, Place},
};

/// Rows that a refusal lists.
const LISTED_ROWS: usize = 40;

/// A report whose numbers open.
pub struct OpenReport<'a> {
    request: ReportRequest,
    report: Report,
    by: GroupBy,
    on: NaiveDate,
    scope: Scope<'a>,
    view: View,
    of_burn: burn::Known,
    of_deviations: deviations::Known<'a>,
}

impl<'a> OpenReport<'a> {
    /// Makes the report.
    ///
    /// # Errors
    /// As for [`build`].
    pub fn new(request: &ReportRequest, ledger: &'a Ledger) -> Result<Self, ReportError> {
        Ok(Self {
            request: request.clone(),
            report: build(request, ledger)?,
            by: grouping(request)?,
            on: counting_day(request, ledger)?,
            scope: Scope::new(ledger, request.quarter),
            view: View::Reported,
            of_burn: burn::Known::default(),
            of_deviations: deviations::Known::default(),
        })
    }

    /// Says which corrections the ledger has in the quarter that they correct, so that what they moved opens to their vouchers:
    /// those that [`nachweis_domain::correction::as_corrected`] was given.
    #[must_use]
    pub fn as_corrected(mut self, corrections: &'a [Correction]) -> Self {
        self.scope.moves = Moves::of(self.scope.ledger, corrections);
        self.view = View::Corrected;
        self
    }

    /// The report.
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// Where a number of the report comes from, computed again from its parts.
    ///
    /// # Errors
    /// When the report has no such table, row or column, or nothing stands there; when the parts do not make the number.
    pub fn open(&self, place: &Place) -> Result<Lineage, ReportError> {
        let tables = tables(&self.report, place)?;
        for table in &tables {
            let Some((column, value)) = cell(table, place).filter(|(column, _)| column.opens()) else {
                continue;
            };
            let empty = || ReportError::NothingThere {
                row: place.row.clone(),
                column: column.key.to_owned(),
            };
            if *value == Value::Empty {
                return Err(empty());
            }
            let made = self.derive(table, &place.row, column.key).ok_or_else(empty)?;
            return self.answer(
                table,
                place,
                (column.key, column.heading()),
                value.clone().into(),
                made,
            );
        }
        let column = place.column.strip_suffix("_cents").unwrap_or(&place.column);
        for table in &tables {
            if let Some(made) = self.derive(table, &place.row, column)
                && let Some(value) = behind(&made)
            {
                let name = (column, name(self.request.name, column));
                return self.answer(table, place, name, value, made);
            }
        }
        Err(unknown(&tables, place))
    }

    fn derive(&self, table: &Table, row: &str, column: &str) -> Option<Made> {
        let scope = &self.scope;
        match self.request.name {
            ReportName::Burn => burn::derive(&self.of_burn, scope, self.by, row, column),
            ReportName::Indicators => indicators::derive(scope, self.by, table.key, row, column),
            ReportName::Completeness => completeness::derive(scope, self.on, table.key, row, column),
            ReportName::Funding => funding::derive(scope, table.key, row, column),
            ReportName::Deviations => deviations::derive(&self.of_deviations, scope, row, column),
        }
    }

    /// The answer, when the parts make the number.
    fn answer(
        &self,
        table: &Table,
        place: &Place,
        (column, name): (&str, Text),
        value: Amount,
        made: Made,
    ) -> Result<Lineage, ReportError> {
        let parts = made.recompute(&value);
        if parts.as_ref() != Some(&value) {
            return Err(ReportError::Parts {
                row: place.row.clone(),
                column: column.to_owned(),
                parts: parts.map_or_else(|| "nothing".to_owned(), |parts| format!("{:?}", parts.shown())),
                number: format!("{:?}", value.shown()),
            });
        }
        Ok(Lineage {
            request: self.request.clone(),
            view: self.view,
            table: table.key,
            row: place.row.clone(),
            column: column.to_owned(),
            name,
            value,
            made,
        })
    }
}

/// The tables that the place may lie in.
fn tables<'a>(report: &'a Report, place: &Place) -> Result<Vec<&'a Table>, ReportError> {
    let asked = place.table.as_deref();
    let tables = report.tables.iter();
    let tables: Vec<&Table> = tables
        .filter(|table| asked.is_none_or(|key| key == table.key))
        .collect();
    match asked {
        Some(given) if tables.is_empty() => Err(ReportError::NoTable {
            given: short(given),
            known: list(report.tables.iter().map(|table| table.key.to_owned())),
        }),
        _ => Ok(tables),
    }
}

fn cell<'a>(table: &'a Table, place: &Place) -> Option<(&'a crate::Column, &'a Value)> {
    let is_asked = |column: &crate::Column| column.key == place.column || column.unit_key() == place.column;
    let at = table.columns.iter().position(is_asked)?;
    Some((table.columns.get(at)?, table.row(&place.row)?.get(at)?))
}

/// The number that stands in no table.
fn behind(made: &Made) -> Option<Amount> {
    match made {
        Made::Sum(terms) => {
            let like = terms
                .first()
                .map_or(Amount::Money(Money::ZERO), |term| term.part.clone());
            made.recompute(&like)
        }
        Made::Formula(..) => made.recompute(&Amount::Count(0)),
    }
}

fn name(report: ReportName, column: &str) -> Text {
    match report {
        ReportName::Burn => burn::name(column),
        ReportName::Funding => funding::name(column),
        ReportName::Deviations => deviations::name(column),
        ReportName::Indicators | ReportName::Completeness => Text::new(column, column),
    }
}

/// What there is instead.
fn unknown(tables: &[&Table], place: &Place) -> ReportError {
    let with_row = tables.iter().find(|table| table.row(&place.row).is_some());
    match with_row {
        None => ReportError::NoRow {
            given: short(&place.row),
            known: list(tables.iter().flat_map(|table| {
                table
                    .rows
                    .iter()
                    .chain(&table.totals)
                    .map(|row| table.row_key(row))
            })),
        },
        Some(table) => {
            let columns = table.columns.iter().filter(|column| column.opens());
            ReportError::NoColumn {
                given: short(&place.column),
                known: list(columns.map(|column| column.key.to_owned())),
            }
        }
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if known.len() == LISTED_ROWS {
            known.push("…".to_owned());
            break;
        }
        known.push(name);
    }
    known.join(", ")
}

fn short(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(60).collect()
}
