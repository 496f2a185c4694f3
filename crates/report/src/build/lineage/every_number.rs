//! All numbers that a report leads to: those of its tables, and those that these are made of, down to the record.

use std::collections::BTreeSet;

use super::OpenReport;
use crate::{
    ReportError, Value, limits,
    lineage::{Amount, Lineage, Opens, Place},
};

impl OpenReport<'_> {
    /// Every number of the report, with where it comes from: first those of its tables, table by table and row by row, then
    /// those that they are made of and that stand in no table, and so on until nothing new is named. Each stands there once.
    ///
    /// # Errors
    /// When the parts of a number do not make it, or it opens to something else; [`ReportError::TooManySources`] when they and
    /// their parts take more than [`limits::SOURCE_LINES`] lines.
    pub fn every_number(&self) -> Result<Vec<Lineage>, ReportError> {
        let mut found = Found::default();
        for table in &self.report.tables {
            for row in table.rows.iter().chain(&table.totals) {
                let key = table.row_key(row);
                for (column, value) in table.columns.iter().zip(row) {
                    if column.opens() && *value != Value::Empty && found.is_new(table.key, &key, column.key) {
                        found.add(self.open(&place(table.key, &key, column.key))?)?;
                    }
                }
            }
        }
        let mut next = 0;
        while let Some(lineage) = found.numbers.get(next) {
            next += 1;
            let table = lineage.table;
            let opens: Vec<Behind> = lineage.opens().map(Behind::of).collect();
            for behind in opens {
                if found.is_new(table, &behind.row, behind.column) {
                    let opened = self.open(&place(table, &behind.row, behind.column))?;
                    behind.check(&opened)?;
                    found.add(opened)?;
                }
            }
        }
        Ok(found.numbers)
    }
}

fn place(table: &str, row: &str, column: &str) -> Place {
    Place {
        table: Some(table.to_owned()),
        row: row.to_owned(),
        column: column.to_owned(),
    }
}

/// Numbers that were found, each once.
#[derive(Default)]
struct Found {
    numbers: Vec<Lineage>,
    seen: BTreeSet<(&'static str, String, &'static str)>,
    lines: usize,
}

impl Found {
    fn is_new(&mut self, table: &'static str, row: &str, column: &'static str) -> bool {
        self.seen.insert((table, row.to_owned(), column))
    }

    fn add(&mut self, lineage: Lineage) -> Result<(), ReportError> {
        self.lines += lineage.parts() + 1;
        if self.lines > limits::SOURCE_LINES {
            return Err(ReportError::TooManySources {
                limit: limits::SOURCE_LINES,
            });
        }
        self.numbers.push(lineage);
        Ok(())
    }
}

/// A number that another one is made of, and what the other one says of it.
struct Behind {
    row: String,
    column: &'static str,
    value: Amount,
}

impl Behind {
    fn of(opens: Opens<'_>) -> Self {
        Self {
            row: opens.row.to_owned(),
            column: opens.column,
            value: opens.value.clone(),
        }
    }

    fn check(&self, opened: &Lineage) -> Result<(), ReportError> {
        // Nothing added up has no unit.
        if opened.value == self.value || (is_nothing(&opened.value) && is_nothing(&self.value)) {
            return Ok(());
        }
        Err(ReportError::Parts {
            row: self.row.clone(),
            column: self.column.to_owned(),
            parts: format!("{:?}", opened.value.shown()),
            number: format!("{:?}", self.value.shown()),
        })
    }
}

fn is_nothing(amount: &Amount) -> bool {
    *amount == amount.zero() && !matches!(amount, Amount::Shown(_))
}
