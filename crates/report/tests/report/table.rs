//! Looking things up in a report's tables.

use nachweis_domain::money::Money;
use nachweis_report::{Report, Table, Value};

/// The table of a key.
pub(crate) fn table<'a>(report: &'a Report, key: &str) -> &'a Table {
    report.tables.iter().find(|table| table.key == key).unwrap()
}

/// The position of a column.
pub(crate) fn column(table: &Table, key: &str) -> usize {
    table.columns.iter().position(|column| column.key == key).unwrap()
}

/// The stable key of a cell that names something.
pub(crate) fn key(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Term(term) => term.key.clone(),
        Value::Quarter(quarter) => quarter.to_string(),
        other => panic!("{other:?} names nothing"),
    }
}

/// The amount of a cell; an empty one is none.
pub(crate) fn money(value: &Value) -> Option<Money> {
    match value {
        Value::Money(amount) => Some(*amount),
        Value::Empty => None,
        other => panic!("{other:?} is no amount"),
    }
}

/// The count of a cell; an empty one is zero.
pub(crate) fn count(value: &Value) -> i64 {
    match value {
        Value::Count(count) => *count,
        Value::Empty => 0,
        other => panic!("{other:?} is no count"),
    }
}
