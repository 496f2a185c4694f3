//! Plan versions: financing plan and targets. Only ever added to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, Insertable, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::PlanRowKind,
    key::{IndicatorCode, ItemKey, RoundCode, SourceKey, SubprojectNo},
    money::Money,
    plan::PlanVersion,
};

use crate::{
    actor::Actor,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    rows::insert_rows,
    schema::{plan_row, plan_version, subproject},
    selection::Selection,
    store::Store,
};

#[derive(Insertable)]
#[diesel(table_name = plan_row, treat_none_as_default_value = false)]
pub(crate) struct NewPlanRow {
    subproject: String,
    number: i32,
    kind: &'static str,
    key: String,
    year: i32,
    amount: i64,
}

/// A row of a plan as it is read: subproject, version, kind, key, year, amount.
pub(crate) type PlanRow = (String, i32, String, String, i32, i64);
/// A version as it is read: subproject, number, effective from, recorded at.
pub(crate) type VersionRow = (String, i32, i32, i64);

/// Adds a version with the next number.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    number: u32,
    plan: &PlanVersion,
    (by, at): (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    let number: i32 = kept::fit(number)?;
    on!(conn, c => diesel::insert_into(plan_version::table)
        .values((
            plan_version::subproject.eq(no.as_str()),
            plan_version::number.eq(number),
            plan_version::effective_from.eq(kept::day(plan.effective_from)?),
            plan_version::recorded_at.eq(kept::moment(at)),
            plan_version::recorded_by.eq(by.user().map(|user| user.to_string())),
        ))
        .execute(c))?;
    let row = |kind: PlanRowKind, key: &str, year: i32, amount: i64| {
        Ok(NewPlanRow {
            subproject: no.to_string(),
            number,
            kind: kind.as_str(),
            key: key.to_owned(),
            year,
            amount: kept::bounded(amount)?,
        })
    };
    let items = plan.items.iter().flat_map(|(item, years)| {
        years
            .iter()
            .map(move |(year, amount)| row(PlanRowKind::Item, item.as_str(), *year, amount.cents()))
    });
    let sources = plan
        .sources
        .iter()
        .map(|(source, amount)| row(PlanRowKind::Source, source.as_str(), 0, amount.cents()));
    let targets = plan.targets.iter().map(|(code, target)| {
        let target = kept::fit(*target)?;
        row(PlanRowKind::Target, code.as_str(), 0, target)
    });
    let rows: Vec<NewPlanRow> = items
        .chain(sources)
        .chain(targets)
        .collect::<Result<_, StoreError>>()?;
    insert_rows!(conn, plan_row::table, &rows);
    Ok(())
}

/// Puts versions together from their rows. Versions and rows may come in any order; the result is in the order of
/// subproject and number.
pub(crate) fn assemble(
    versions: Vec<VersionRow>,
    rows: Vec<PlanRow>,
) -> Result<BTreeMap<String, Vec<PlanVersion>>, StoreError> {
    let mut plans: BTreeMap<(String, i32), PlanVersion> = BTreeMap::new();
    for (no, number, effective_from, recorded_at) in versions {
        let version =
            empty(number, effective_from, recorded_at).map_err(|column| column.of("plan_version", &no))?;
        plans.insert((no, number), version);
    }
    for (no, number, kind, key, year, amount) in rows {
        let id = (no, number);
        let fill = match plans.get_mut(&id) {
            Some(plan) => fill(plan, &kind, &key, year, amount),
            None => Err(Unreadable("number")),
        };
        fill.map_err(|column| column.of("plan_row", format!("{} {number} {key}", id.0)))?;
    }
    let mut by_subproject: BTreeMap<String, Vec<PlanVersion>> = BTreeMap::new();
    for ((no, _), plan) in plans {
        by_subproject.entry(no).or_default().push(plan);
    }
    Ok(by_subproject)
}

fn empty(number: i32, effective_from: i32, recorded_at: i64) -> Result<PlanVersion, Unreadable> {
    Ok(PlanVersion {
        number: kept::number("number", number)?,
        effective_from: kept::read_day("effective_from", effective_from)?,
        recorded_at: kept::read_moment("recorded_at", recorded_at)?,
        items: BTreeMap::new(),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    })
}

fn fill(plan: &mut PlanVersion, kind: &str, key: &str, year: i32, amount: i64) -> Result<(), Unreadable> {
    match kept::variant("kind", &PlanRowKind::ALL, PlanRowKind::as_str, kind)? {
        PlanRowKind::Item => {
            let years = match plan.items.get_mut(key) {
                Some(years) => years,
                None => plan.items.entry(ItemKey::new(key)).or_default(),
            };
            years.insert(year, Money::from_cents(amount));
        }
        PlanRowKind::Source => {
            plan.sources
                .insert(SourceKey::new(key), Money::from_cents(amount));
        }
        PlanRowKind::Target => {
            let target = kept::number("amount", amount)?;
            plan.targets.insert(IndicatorCode::new(key), target);
        }
    }
    Ok(())
}

const VERSION: (
    plan_version::subproject,
    plan_version::number,
    plan_version::effective_from,
    plan_version::recorded_at,
) = (
    plan_version::subproject,
    plan_version::number,
    plan_version::effective_from,
    plan_version::recorded_at,
);
const ROW: (
    plan_row::subproject,
    plan_row::number,
    plan_row::kind,
    plan_row::key,
    plan_row::year,
    plan_row::amount,
) = (
    plan_row::subproject,
    plan_row::number,
    plan_row::kind,
    plan_row::key,
    plan_row::year,
    plan_row::amount,
);

/// The versions of a subproject in the order of their numbers.
pub(crate) fn versions(conn: &mut Conn<'_>, no: &SubprojectNo) -> Result<Vec<PlanVersion>, StoreError> {
    let versions: Vec<VersionRow> = on!(conn, c => plan_version::table
        .filter(plan_version::subproject.eq(no.as_str()))
        .select(VERSION)
        .load(c))?;
    let rows: Vec<PlanRow> = on!(conn, c => plan_row::table
        .filter(plan_row::subproject.eq(no.as_str()))
        .select(ROW)
        .load(c))?;
    Ok(assemble(versions, rows)?.into_values().next().unwrap_or_default())
}

/// The versions of all subprojects of a round.
pub(crate) fn of_round(
    conn: &mut Conn<'_>,
    round: &RoundCode,
) -> Result<BTreeMap<String, Vec<PlanVersion>>, StoreError> {
    let versions: Vec<VersionRow> = on!(conn, c => plan_version::table
        .inner_join(subproject::table.on(subproject::no.eq(plan_version::subproject)))
        .filter(subproject::round.eq(round.as_str()))
        .select(VERSION)
        .load(c))?;
    let rows: Vec<PlanRow> = on!(conn, c => plan_row::table
        .inner_join(subproject::table.on(subproject::no.eq(plan_row::subproject)))
        .filter(subproject::round.eq(round.as_str()))
        .select(ROW)
        .load(c))?;
    assemble(versions, rows)
}

/// The versions of the selection that were recorded up to a moment.
pub(crate) fn known_at(
    conn: &mut Conn<'_>,
    selection: Selection<'_>,
    at: i64,
) -> Result<BTreeMap<String, Vec<PlanVersion>>, StoreError> {
    let mut plans = match selection {
        Selection::Round(round) => of_round(conn, round)?,
        Selection::Subproject(no) => BTreeMap::from([(no.to_string(), versions(conn, no)?)]),
    };
    for versions in plans.values_mut() {
        versions.retain(|version| kept::moment(version.recorded_at) <= at);
    }
    Ok(plans)
}

impl Store {
    /// The plan versions of a subproject in the order of their numbers, which is that of recording.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn plan_versions(&self, no: &SubprojectNo) -> Result<Vec<PlanVersion>, StoreError> {
        self.snapshot("read the plans", |conn| versions(conn, no))
    }
}
