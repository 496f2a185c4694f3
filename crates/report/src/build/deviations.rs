//! Plan items of each subproject against their plan, and the 20 % rule (ANBest-P Nr. 1.2).

mod rule;

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::item_deviation,
    key::ItemKey,
    language::{Language, Text},
    ledger::{SubprojectIndex, SubprojectState},
    money::Money,
};

use super::{control::Control, group::total_values, head, scope::Scope};
use crate::{Column, ColumnKind, Report, ReportError, ReportName, Table, Value};
use rule::Item;

/// What each plan item of a subproject has spent.
type Spent<'a> = BTreeMap<(SubprojectIndex, &'a ItemKey), Money>;

/// The money columns whose rows sum to the ledger.
const KEYS: [&str; 3] = ["plan", "planned", "spent"];

/// The report.
///
/// # Errors
/// When the rows do not sum to the ledger's control totals.
pub(super) fn report(scope: &Scope<'_>) -> Result<Report, ReportError> {
    let round = &scope.ledger.round;
    let mut control = Control::new("deviations", KEYS);
    let spent = collect(scope, &mut control);
    let mut rows = Vec::new();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        control.expect(expected(scope, index));
        let keys = items(scope, index, &spent);
        let figures: Vec<Item<'_>> = keys
            .iter()
            .map(|(key, _)| {
                item(
                    scope,
                    index,
                    key,
                    spent.get(&(index, *key)).copied().unwrap_or_default(),
                )
            })
            .collect();
        let is_offset = rule::is_offset(&figures);
        for ((key, name), item) in keys.iter().zip(&figures) {
            control
                .count([item.plan, item.planned, item.spent].map(|amount| Some(round.signed(key, amount))));
            let verdict = rule::verdict(item, &round.thresholds, is_offset);
            rows.push(row(state, Value::term(key.as_str(), name.clone()), item, verdict));
        }
    }
    let [plan, planned, all_spent] = control.check()?;
    let columns = columns();
    let mut totals = total_values(3);
    totals.extend([plan, planned, all_spent, plan - all_spent].map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    let table = Table {
        key: "deviations",
        title: Text::new("Einzelansätze", "Plan items"),
        columns,
        rows,
        totals: Some(totals),
    };
    Ok(head::report(
        scope,
        ReportName::Deviations,
        notes(scope),
        vec![table],
    ))
}

fn collect<'a>(scope: &Scope<'a>, control: &mut Control<3>) -> Spent<'a> {
    let mut spent: Spent<'a> = BTreeMap::new();
    for entry in scope
        .ledger
        .expenditure
        .iter()
        .filter(|entry| scope.counts(entry.quarter))
    {
        *spent.entry((entry.subproject, &entry.item)).or_default() += entry.reported;
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

fn item<'a>(scope: &Scope<'a>, index: SubprojectIndex, key: &ItemKey, spent: Money) -> Item<'a> {
    let plan = scope.plan(index);
    let grant = scope
        .ledger
        .subprojects
        .get(index)
        .map(|state| &state.subproject.grant_period);
    let planned = plan
        .zip(grant)
        .zip(scope.reference)
        .map(|((plan, grant), quarter)| plan.item_planned_until(key, grant, quarter));
    Item {
        kind: scope.ledger.round.plan_item(key).map(|item| &item.kind),
        plan: plan.map(|plan| plan.item_total(key)).unwrap_or_default(),
        planned: planned.unwrap_or_default(),
        spent,
    }
}

/// The items of the round, then any other that the plan or the figures of the subproject know.
fn items<'a>(scope: &Scope<'a>, index: SubprojectIndex, spent: &Spent<'a>) -> Vec<(&'a ItemKey, Text)> {
    let mut items: Vec<(&ItemKey, Text)> = scope
        .ledger
        .round
        .plan_items
        .iter()
        .map(|item| (&item.key, item.name.clone()))
        .collect();
    let planned = scope.plan(index).into_iter().flat_map(|plan| plan.items.keys());
    let reported = spent
        .keys()
        .filter(|(subproject, _)| *subproject == index)
        .map(|(_, item)| *item);
    for item in planned.chain(reported) {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, Text::new(item.as_str(), item.as_str())));
        }
    }
    items
}

fn row(state: &SubprojectState, name: Value, item: &Item<'_>, verdict: Value) -> Vec<Value> {
    vec![
        Value::text(state.subproject.no.as_str()),
        Value::text(&state.subproject.title),
        name,
        Value::Money(item.plan),
        Value::Money(item.planned),
        Value::Money(item.spent),
        Value::Money(item.plan - item.spent),
        Value::percent(item_deviation(item.spent, item.plan)),
        verdict,
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("subproject", ColumnKind::Text, "Teilvorhaben", "Subproject").wide(48),
        Column::new("item", ColumnKind::Text, "Einzelansatz", "Plan item").wide(36),
        Column::new("plan", ColumnKind::Money, "Plan", "Plan"),
        Column::new(
            "planned",
            ColumnKind::Money,
            "Geplant bis Stand",
            "Planned to date",
        ),
        Column::new("spent", ColumnKind::Money, "Gemeldet", "Reported"),
        Column::new("remaining", ColumnKind::Money, "Verbleibend", "Remaining"),
        Column::new("deviation", ColumnKind::Percent, "Abweichung", "Deviation"),
        Column::new("state", ColumnKind::Light, "20-%-Regel", "20 % rule").wide(36),
    ]
}

fn notes(scope: &Scope<'_>) -> Vec<Text> {
    let round = &scope.ledger.round;
    let percent = |language| {
        (
            round.thresholds.item_warning.display(language),
            round.thresholds.item_limit.display(language),
        )
    };
    let (warning_de, limit_de) = percent(Language::De);
    let (warning_en, limit_en) = percent(Language::En);
    vec![
        Text::new(
            "Plan: Einzelansatz im geltenden Finanzierungsplan über den ganzen Bewilligungszeitraum. Gemeldet: Ausgaben \
             bis zum Berichtsstand. Abweichung: Gemeldet geteilt durch Plan, minus 1; ein negativer Wert heißt, dass der \
             Ansatz noch nicht ausgeschöpft ist.",
            "Plan: the plan item in the financing plan in effect, over the whole grant period. Reported: expenditure up \
             to the reporting status. Deviation: reported divided by plan, minus 1; a negative value means that the item \
             is not used up yet.",
        ),
        Text::new(
            format!(
                "20-%-Regel (Nr. 1.2 ANBest-P): Ein Einzelansatz darf um bis zu {limit_de} überschritten werden, soweit \
                 andere Ansätze das ausgleichen; Frühwarnung über {warning_de}. „Ausgeglichen“ heißt: was alle Ansätze über \
                 ihrem Plan liegen, haben andere bis zum Berichtsstand eingespart. Pauschalen sind keine freien Ansätze; \
                 ihr Mehrbetrag muss mit ausgeglichen werden."
            ),
            format!(
                "20 % rule (ANBest-P no. 1.2): a plan item may be exceeded by up to {limit_en} where other items make up \
                 for it; early warning above {warning_en}. “Offset” means that what all items lie above their plan has been \
                 saved by others up to the reporting status. Flat rates are no free items; what they grow by must be offset \
                 as well."
            ),
        ),
        Text::new(
            "Einnahmen stehen als positive Beträge in ihrer Zeile und sind in der Summe abgezogen.",
            "Income stands as a positive amount in its row and is deducted in the total.",
        ),
        head::plans_note(scope),
        head::reported_note(),
    ]
}
