//! Plan versions, row by row, with who recorded them.

use std::{collections::HashMap, sync::Arc};

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::{AuditPerson, AuditPlanRow, AuditValue, PlanRowKind},
    key::SubprojectNo,
    plan::PlanVersion,
};

use super::people::People;
use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    plan,
    schema::{plan_version, subproject},
    selection::Selection,
};

/// Gives each row of each plan version of the selection that was recorded up to a moment, in the order of subproject, version, kind, key, year.
pub(super) fn for_each<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    (selection, at): (Selection<'_>, i64),
    people: &People,
    each: &mut dyn FnMut(AuditPlanRow) -> Result<(), E>,
) -> Result<(), E> {
    let recorders = recorders(conn, selection, people)?;
    for (no, versions) in plan::known_at(conn, selection, at)? {
        let no = SubprojectNo::new(no);
        for version in &versions {
            let of_one = recorders.get(no.as_str());
            let recorded_by = of_one.and_then(|of_one| of_one.get(&version.number));
            rows_of(&no, version, recorded_by).try_for_each(&mut *each)?;
        }
    }
    Ok(())
}

/// Who recorded each version of each subproject; the system itself stands in no row.
type Recorders = HashMap<String, HashMap<u32, Arc<AuditPerson>>>;

fn recorders(
    conn: &mut Conn<'_>,
    selection: Selection<'_>,
    people: &People,
) -> Result<Recorders, StoreError> {
    let rows: Vec<(String, i32, Option<String>)> = on!(conn, c => {
        let all = plan_version::table
            .inner_join(subproject::table.on(subproject::no.eq(plan_version::subproject)))
            .select((plan_version::subproject, plan_version::number, plan_version::recorded_by));
        match selection {
            Selection::Round(code) => all.filter(subproject::round.eq(code.as_str())).load(c),
            Selection::Subproject(no) => all.filter(subproject::no.eq(no.as_str())).load(c),
        }
    })?;
    let mut recorders = Recorders::new();
    for (no, number, by) in rows {
        let number =
            kept::number("number", number).map_err(|column: Unreadable| column.of("plan_version", &no))?;
        if let Some(by) = people.recorder(by.as_deref(), "plan_version")? {
            recorders.entry(no).or_default().insert(number, by);
        }
    }
    Ok(recorders)
}

fn rows_of<'a>(
    no: &'a SubprojectNo,
    version: &'a PlanVersion,
    recorded_by: Option<&'a Arc<AuditPerson>>,
) -> impl Iterator<Item = AuditPlanRow> + use<'a> {
    let row = move |kind, key: &str, year, value| AuditPlanRow {
        subproject: no.clone(),
        version: version.number,
        effective_from: version.effective_from,
        recorded_at: version.recorded_at,
        recorded_by: recorded_by.map(Arc::clone),
        kind,
        key: Arc::from(key),
        year,
        value,
    };
    let items = version.items.iter().flat_map(move |(item, years)| {
        years.iter().map(move |(year, amount)| {
            row(
                PlanRowKind::Item,
                item.as_str(),
                Some(*year),
                AuditValue::Money(*amount),
            )
        })
    });
    let sources = version.sources.iter().map(move |(source, amount)| {
        row(
            PlanRowKind::Source,
            source.as_str(),
            None,
            AuditValue::Money(*amount),
        )
    });
    let targets = version.targets.iter().map(move |(code, target)| {
        let target = i64::try_from(*target).unwrap_or(i64::MAX);
        row(
            PlanRowKind::Target,
            code.as_str(),
            None,
            AuditValue::Count(target),
        )
    });
    items.chain(sources).chain(targets)
}
