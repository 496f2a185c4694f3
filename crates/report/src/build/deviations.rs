//! Plan items of each subproject against their plan, and the 20 % rule (ANBest-P Nr. 1.2).

mod lineage;
mod notes;
mod rule;

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::item_deviation,
    key::ItemKey,
    language::Text,
    ledger::SubprojectIndex,
    money::Money,
    overrun::{Balance, Freedom, Position},
    quarter::Quarter,
};

use super::{control::Control, group::total_values, head, scope::Scope};
use crate::{Column, ColumnKind, Report, ReportError, ReportName, Table, Value};

pub(super) use lineage::{Known, derive, name};
pub(super) use rule::verdict;

/// What each plan item of a subproject has spent.
type Spent<'a> = BTreeMap<&'a ItemKey, Money>;

/// The money columns whose rows sum to the ledger.
const KEYS: [&str; 3] = ["plan", "planned", "spent"];

/// A plan item of a subproject.
struct Item<'a> {
    key: &'a ItemKey,
    name: Text,
    /// Planned up to the reporting status.
    planned: Money,
    position: Position,
}

/// The report.
///
/// # Errors
/// When the rows do not sum to the ledger's control totals.
pub(super) fn report(scope: &Scope<'_>) -> Result<Report, ReportError> {
    let round = &scope.ledger.round;
    let mut control = Control::new("deviations", KEYS);
    let spent = collect(scope, &mut control);
    let mut rows = Vec::new();
    let mut all = Balance::default();
    for (index, spent) in spent.iter().enumerate() {
        control.expect(expected(scope, index));
        let items = items(scope, index, spent);
        let balance: Balance = items.iter().map(|item| &item.position).sum();
        all.over += balance.over;
        all.saved += balance.saved;
        for item in items {
            let Position { plan, spent, .. } = item.position;
            control.count([plan, item.planned, spent].map(|amount| Some(round.signed(item.key, amount))));
            let verdict = verdict(&item.position, balance, &round.thresholds);
            rows.push(row(scope, index, item, verdict));
        }
    }
    let [plan, planned, all_spent] = control.check()?;
    let columns = columns();
    let mut totals = total_values(3);
    totals.extend([plan, planned, all_spent, plan - all_spent].map(Value::Money));
    totals.push(Value::Empty);
    totals.extend([all.over, all.saved].map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    let table = Table {
        key: "deviations",
        title: Text::new("Einzelansätze", "Plan items"),
        columns,
        rows,
        totals: Some(totals),
    };
    let notes = notes::notes(scope);
    Ok(head::report(scope, ReportName::Deviations, notes, vec![table]))
}

/// What each subproject has spent, in the order of the ledger.
fn collect<'a>(scope: &Scope<'a>, control: &mut Control<3>) -> Vec<Spent<'a>> {
    let mut spent: Vec<Spent<'a>> = vec![BTreeMap::new(); scope.ledger.subprojects.len()];
    for entry in scope.expenditure() {
        if let Some(of_one) = spent.get_mut(entry.subproject) {
            *of_one.entry(&entry.item).or_default() += entry.reported;
        }
        let signed = scope.ledger.round.signed(&entry.item, entry.reported);
        control.expect([Money::ZERO, Money::ZERO, signed]);
    }
    spent
}

/// What the plan of a subproject adds to the control totals.
fn expected(scope: &Scope<'_>, index: SubprojectIndex) -> [Money; 3] {
    let round = &scope.ledger.round;
    let (Some(plan), Some(state)) = (scope.plan(index), scope.ledger.subprojects.get(index)) else {
        return [Money::ZERO; 3];
    };
    let planned = scope
        .reference
        .map(|quarter| plan.planned_until(round, &state.subproject.grant_period, quarter));
    [plan.awarded(round), planned.unwrap_or_default(), Money::ZERO]
}

/// The items of the round, then any other that the plan or the figures of the subproject know.
fn items<'a>(scope: &Scope<'a>, index: SubprojectIndex, spent: &Spent<'a>) -> Vec<Item<'a>> {
    let of_round = scope.ledger.round.plan_items.iter();
    let mut items: Vec<(&ItemKey, Text)> = of_round.map(|item| (&item.key, item.name.clone())).collect();
    let planned = scope.plan(index).into_iter().flat_map(|plan| plan.items.keys());
    for item in planned.chain(spent.keys().copied()) {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, Text::new(item.as_str(), item.as_str())));
        }
    }
    let outstanding: Vec<Quarter> = scope.outstanding(index).collect();
    let items = items.into_iter();
    items
        .map(|(key, name)| {
            let spent = spent.get(key).copied().unwrap_or_default();
            item(scope, index, key, name, spent, &outstanding)
        })
        .collect()
}

fn item<'a>(
    scope: &Scope<'a>,
    index: SubprojectIndex,
    key: &'a ItemKey,
    name: Text,
    spent: Money,
    outstanding: &[Quarter],
) -> Item<'a> {
    let schedule = scope.item_schedule(index, key);
    let (planned, planned_reported) = match (&schedule, scope.reference) {
        (Some(schedule), Some(quarter)) => (
            schedule.until(quarter),
            schedule.until_without(quarter, outstanding),
        ),
        _ => (Money::ZERO, Money::ZERO),
    };
    // Income is deducted in schedules; in its row it stands as it is typed.
    let typed = |amount| scope.ledger.round.signed(key, amount);
    Item {
        key,
        name,
        planned: typed(planned),
        position: Position {
            freedom: Freedom::of(scope.ledger.round.plan_item(key).map(|item| &item.kind)),
            plan: scope
                .plan(index)
                .map(|plan| plan.item_total(key))
                .unwrap_or_default(),
            planned_reported: typed(planned_reported),
            spent,
        },
    }
}

fn row(scope: &Scope<'_>, index: SubprojectIndex, item: Item<'_>, verdict: Value) -> Vec<Value> {
    let subproject = scope.ledger.subprojects.get(index).map(|state| &state.subproject);
    let text = |text: Option<&str>| text.map_or(Value::Empty, Value::text);
    let position = item.position;
    vec![
        text(subproject.map(|subproject| subproject.no.as_str())),
        text(subproject.map(|subproject| subproject.title.as_str())),
        Value::term(item.key.as_str(), item.name),
        Value::Money(position.plan),
        Value::Money(item.planned),
        Value::Money(position.spent),
        Value::Money(position.plan - position.spent),
        Value::percent(item_deviation(position.spent, position.plan)),
        Value::Money(position.over()),
        Value::Money(position.saved()),
        verdict,
    ]
}

fn columns() -> Vec<Column> {
    use ColumnKind::{Light, Money, Percent};
    vec![
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("subproject", ColumnKind::Text, "Teilvorhaben", "Subproject").wide(48),
        Column::new("item", ColumnKind::Text, "Einzelansatz", "Plan item").wide(36),
        Column::new("plan", Money, "Plan", "Plan"),
        Column::new("planned", Money, "Geplant bis Stand", "Planned to date"),
        Column::new("spent", Money, "Gemeldet", "Reported"),
        Column::new("remaining", Money, "Verbleibend", "Remaining"),
        Column::new("deviation", Percent, "Abweichung", "Deviation"),
        Column::new("over", Money, "Über Plan", "Over plan"),
        Column::new("saved", Money, "Eingespart bis Stand", "Saved to date"),
        Column::new("state", Light, "20-%-Regel", "20 % rule").wide(36),
    ]
}
