//! Control totals: what the reports show, what the database sums by itself, and what the rows of the workbook sum to.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::{AuditRows, AuditSums},
    language::Text,
    ledger::Ledger,
};

use super::{
    differences,
    measures::{self, Measure},
    parts::{self, Parts},
    recount::{Counted, Recount},
    summed::Summed,
};
use crate::{ReportError, Value};

/// What the audit workbook holds, and whether it agrees with the record and the reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditTotals {
    /// How many rows each stream gave.
    pub rows: AuditRows,
    /// The control totals.
    pub controls: Vec<ControlTotal>,
}

/// A sum or a count made in three ways. A way that does not know it is [`Value::Empty`] and disagrees with none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlTotal {
    /// The report and grouping that it belongs to; `None` for what is summed over the round as a whole.
    pub by: Option<Text>,
    /// What is summed: expenditure, funds …
    pub area: Text,
    /// Of what: a plan item, a source, a Land …
    pub name: Text,
    /// As reports show it.
    pub reports: Value,
    /// As the database sums it.
    pub stored: Value,
    /// As the rows of the workbook sum to it.
    pub rows: Value,
    /// The rows that it adds up.
    pub(super) summed: Summed,
}

impl AuditTotals {
    /// Whether every control total agrees.
    pub fn agree(&self) -> bool {
        self.differences().next().is_none()
    }

    /// The control totals that differ.
    pub fn differences(&self) -> impl Iterator<Item = &ControlTotal> {
        self.controls.iter().filter(|control| !control.agrees())
    }
}

impl ControlTotal {
    /// Whether all ways that know it give the same.
    pub fn agrees(&self) -> bool {
        let mut known = [&self.reports, &self.stored, &self.rows]
            .into_iter()
            .filter(|value| **value != Value::Empty);
        let first = known.next();
        known.all(|value| Some(value) == first)
    }
}

/// Compares the ledger that reports are made from with the sums of the database and with what passed as rows. Gives the
/// control totals, and what each subproject's rows add to them.
///
/// # Errors
/// When a report cannot be made.
pub(super) fn compare(
    ledger: &Ledger,
    sums: &AuditSums,
    rows: &Counted,
) -> Result<(AuditTotals, Parts), ReportError> {
    let stored = Recount::of_sums(ledger, sums);
    let mut controls = row_counts(&stored, rows);
    controls.extend(differences::by_place(ledger, &stored.ledger, &rows.ledger));
    controls.extend(joined([
        measures::of(ledger, &measures::vouchers_expected(ledger))?,
        measures::of(&stored.ledger, &stored.vouchers)?,
        measures::of(&rows.ledger, &rows.vouchers)?,
    ]));
    let parts = parts::by_subproject(ledger, rows, &controls)?;
    let totals = AuditTotals {
        rows: rows.rows,
        controls,
    };
    Ok((totals, parts))
}

/// What a measure is called. Two of the same name are told apart by their order.
pub(super) type Key = (String, String, String);

/// The names that were met, and how often.
#[derive(Default)]
pub(super) struct Met(BTreeMap<Key, usize>);

impl Met {
    /// What is called so, and for which time.
    pub(super) fn times(&mut self, (by, area, name): (Option<&Text>, &Text, &Text)) -> (Key, usize) {
        let by = by.map(|by| by.de.clone()).unwrap_or_default();
        let key = (by, area.de.clone(), name.de.clone());
        let times = self.0.entry(key.clone()).or_default();
        *times += 1;
        (key, *times)
    }
}

/// The measures of the three ways side by side, in the order of the first; what only another way has comes last.
fn joined(ways: [Vec<Measure>; 3]) -> Vec<ControlTotal> {
    let mut controls: Vec<ControlTotal> = Vec::new();
    let mut places: BTreeMap<(Key, usize), usize> = BTreeMap::new();
    for (way, measures) in ways.into_iter().enumerate() {
        let mut met = Met::default();
        for measure in measures {
            let key = met.times((measure.by.as_ref(), &measure.area, &measure.name));
            let place = *places.entry(key).or_insert_with(|| {
                let nothing = nothing_of(&measure.value);
                controls.push(ControlTotal {
                    by: measure.by,
                    area: measure.area,
                    name: measure.name,
                    reports: nothing.clone(),
                    stored: nothing.clone(),
                    rows: nothing,
                    summed: measure.summed,
                });
                controls.len() - 1
            });
            if let Some(control) = controls.get_mut(place) {
                let [reports, stored, rows] = [&mut control.reports, &mut control.stored, &mut control.rows];
                if let Some(cell) = [reports, stored, rows].into_iter().nth(way) {
                    *cell = measure.value;
                }
            }
        }
    }
    controls
}

/// What a way that does not name a sum has of it: none of the money, none of the persons.
const fn nothing_of(value: &Value) -> Value {
    match value {
        Value::Money(_) => Value::Money(nachweis_domain::money::Money::ZERO),
        _ => Value::Count(0),
    }
}

/// The name of a kind of row in German and English, and how many there are.
type RowCount = (&'static str, &'static str, fn(&AuditRows) -> u64);

/// How many rows there are; reports count none.
fn row_counts(stored: &Counted, rows: &Counted) -> Vec<ControlTotal> {
    let counts: [RowCount; 8] = [
        ("Fassungen", "Revisions", |rows| rows.uploads),
        ("Zahlen", "Figures", |rows| rows.figures),
        ("Belege", "Vouchers", |rows| rows.vouchers),
        ("Auszahlungen", "Payments", |rows| rows.payments),
        ("Planfassungen", "Plan versions", |rows| rows.plan_rows),
        ("Feststellungen", "Findings", |rows| rows.findings),
        ("Ausnahmen", "Waivers", |rows| rows.waivers),
        ("Journal", "Journal", |rows| rows.journal),
    ];
    let mut controls: Vec<ControlTotal> = counts
        .into_iter()
        .map(|(de, en, of)| ControlTotal {
            by: None,
            area: Text::new("Zeilen", "Rows"),
            name: Text::new(de, en),
            reports: Value::Empty,
            stored: count(of(&stored.rows)),
            rows: count(of(&rows.rows)),
            summed: Summed::Rows(en),
        })
        .collect();
    controls.push(ControlTotal {
        by: None,
        area: Text::new("Zeilen", "Rows"),
        name: Text::new(
            "ohne hochgeladene Arbeitsmappe oder Teilvorhaben",
            "without an uploaded workbook or subproject",
        ),
        reports: count(0),
        stored: count(stored.unlisted),
        rows: count(rows.unlisted),
        summed: Summed::Unlisted,
    });
    controls
}

fn count(number: u64) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}
