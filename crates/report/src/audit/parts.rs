//! What the rows of each subproject add to a control total. The same measures are taken of each subproject alone.

use std::collections::BTreeMap;

use nachweis_domain::ledger::{Ledger, SubprojectIndex};

use super::{
    control::{ControlTotal, Key, Met},
    differences, measures,
    recount::{Counted, Vouchers},
};
use crate::{ReportError, Value};

mod alone;

use alone::Alone;

/// What a subproject adds to a control total, in cents or as a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Whose rows.
    pub(super) subproject: SubprojectIndex,
    /// What counts in the control total.
    pub(super) counted: i64,
    /// What the rows sum to: more than counts where a report divides a subproject over categories of region.
    pub(super) whole: i64,
}

/// For each control total: what the subprojects add to it, in their order. Those that add nothing are left out.
pub(super) type Parts = Vec<Vec<Part>>;

/// Takes the measures of each subproject.
///
/// # Errors
/// When a report cannot be made.
pub(super) fn by_subproject(
    ledger: &Ledger,
    rows: &Counted,
    controls: &[ControlTotal],
) -> Result<Parts, ReportError> {
    let mut met = Met::default();
    let keys = controls
        .iter()
        .map(|control| met.times((control.by.as_ref(), &control.area, &control.name)));
    let places: BTreeMap<(Key, usize), usize> = keys.zip(0..).collect();
    let mut parts = vec![Vec::new(); controls.len()];
    let (mut of_reports, mut of_rows) = (Alone::new(ledger), Alone::new(&rows.ledger));
    let none = Vouchers::new();
    for subproject in 0..ledger.subprojects.len() {
        let vouchers = rows.vouchers_of.get(&subproject).unwrap_or(&none);
        let (of_reports, of_rows) = (of_reports.turn_to(subproject), of_rows.turn_to(subproject));
        let mut met = Met::default();
        let mut add = |key, value: &Value| {
            let Some(place) = places.get(&key).copied() else {
                return;
            };
            let part = number(value);
            let (Some(control), Some(parts)) = (controls.get(place), parts.get_mut(place)) else {
                return;
            };
            if part != 0 {
                parts.push(Part {
                    subproject,
                    counted: part,
                    whole: control.summed.sum(of_rows, vouchers).unwrap_or(part),
                });
            }
        };
        for single in differences::by_place(of_reports, of_rows, of_rows) {
            add(met.times((None, &single.area, &single.name)), &single.rows);
        }
        for measure in measures::of(of_rows, vouchers)? {
            let name = (measure.by.as_ref(), &measure.area, &measure.name);
            add(met.times(name), &measure.value);
        }
    }
    Ok(parts)
}

/// Cents of an amount, or a count.
pub(super) const fn number(value: &Value) -> i64 {
    match value {
        Value::Money(amount) => amount.cents(),
        Value::Count(count) => *count,
        _ => 0,
    }
}
