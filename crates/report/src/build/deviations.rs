//! Plan items of each subproject against their plan, and the 20 % rule (ANBest-P Nr. 1.2).

mod rule;

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::item_deviation,
    key::ItemKey,
    language::{Language, Text},
    ledger::{SubprojectIndex, SubprojectState},
    money::Money,
    round::FundingRound,
};

use super::{control::Control, group::total_values, head, scope::Scope};
use crate::{Column, ColumnKind, Report, ReportError, ReportName, Table, Value};
use rule::ItemState;

/// What each plan item of a subproject has spent.
type Spent<'a> = BTreeMap<(SubprojectIndex, &'a ItemKey), Money>;

/// The report.
///
/// # Errors
/// When the rows do not sum to the ledger's control totals.
pub(super) fn report(scope: &Scope<'_>) -> Result<Report, ReportError> {
    let round = &scope.ledger.round;
    let mut control = Control::new("deviations", ["plan", "spent"]);
    let spent = collect(scope, &mut control);
    let mut rows = Vec::new();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        let of = |item: &ItemKey| spent.get(&(index, item)).copied().unwrap_or_default();
        let total: Money = spent
            .range((index, &ItemKey::new(""))..)
            .take_while(|((subproject, _), _)| *subproject == index)
            .map(|((_, item), amount)| round.signed(item, *amount))
            .sum();
        let planned_total = state.plan.as_ref().map(|plan| plan.awarded(round)).unwrap_or_default();
        control.expect([planned_total, Money::ZERO]);
        for (item, name) in items(round, state, index, &spent) {
            let planned = state.plan.as_ref().map(|plan| plan.item_total(item)).unwrap_or_default();
            control.count([planned, of(item)].map(|amount| Some(round.signed(item, amount))));
            let verdict = ItemState::of(&round.thresholds, planned, of(item), total <= planned_total);
            rows.push(row(state, item, name, planned, of(item), verdict));
        }
    }
    let [plan, all_spent] = control.check()?;
    let columns = columns();
    let mut totals = total_values(3);
    totals.extend([plan, all_spent, plan - all_spent].map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    let table = Table {
        key: "deviations",
        title: Text::new("Einzelansätze", "Plan items"),
        columns,
        rows,
        totals: Some(totals),
    };
    Ok(head::report(scope, ReportName::Deviations, notes(round), vec![table]))
}

fn collect<'a>(scope: &Scope<'a>, control: &mut Control<2>) -> Spent<'a> {
    let mut spent: Spent<'a> = BTreeMap::new();
    for entry in scope.ledger.expenditure.iter().filter(|entry| scope.counts(entry.quarter)) {
        *spent.entry((entry.subproject, &entry.item)).or_default() += entry.reported;
        control.expect([Money::ZERO, scope.ledger.round.signed(&entry.item, entry.reported)]);
    }
    spent
}

/// The items of the round, then any other that the plan or the figures of the subproject know.
fn items<'a>(
    round: &'a FundingRound,
    state: &'a SubprojectState,
    index: SubprojectIndex,
    spent: &Spent<'a>,
) -> Vec<(&'a ItemKey, Text)> {
    let mut items: Vec<(&ItemKey, Text)> = round
        .plan_items
        .iter()
        .map(|item| (&item.key, item.name.clone()))
        .collect();
    let planned = state.plan.iter().flat_map(|plan| plan.items.keys());
    let reported = spent.keys().filter(|(subproject, _)| *subproject == index).map(|(_, item)| *item);
    for item in planned.chain(reported) {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, Text::new(item.as_str(), item.as_str())));
        }
    }
    items
}

fn row(
    state: &SubprojectState,
    item: &ItemKey,
    name: Text,
    planned: Money,
    spent: Money,
    verdict: ItemState,
) -> Vec<Value> {
    vec![
        Value::text(state.subproject.no.as_str()),
        Value::text(&state.subproject.title),
        Value::term(item.as_str(), name),
        Value::Money(planned),
        Value::Money(spent),
        Value::Money(planned - spent),
        Value::percent(item_deviation(spent, planned)),
        verdict.value(),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
        Column::new("subproject", ColumnKind::Text, "Teilvorhaben", "Subproject").wide(44),
        Column::new("item", ColumnKind::Text, "Einzelansatz", "Plan item").wide(36),
        Column::new("plan", ColumnKind::Money, "Plan", "Plan"),
        Column::new("spent", ColumnKind::Money, "Gemeldet", "Reported"),
        Column::new("remaining", ColumnKind::Money, "Verbleibend", "Remaining"),
        Column::new("deviation", ColumnKind::Percent, "Abweichung", "Deviation"),
        Column::new("state", ColumnKind::Light, "20-%-Regel", "20 % rule").wide(30),
    ]
}

fn notes(round: &FundingRound) -> Vec<Text> {
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
                 andere Ansätze das ausgleichen; Frühwarnung über {warning_de}. „Mit Ausgleich“ heißt: die Ausgaben des \
                 Teilvorhabens liegen insgesamt nicht über seinem Plan."
            ),
            format!(
                "20 % rule (ANBest-P no. 1.2): a plan item may be exceeded by up to {limit_en} where other items make up \
                 for it; early warning above {warning_en}. “Offset elsewhere” means that the subproject's expenditure as \
                 a whole is not above its plan."
            ),
        ),
        Text::new(
            "Einnahmen stehen als positive Beträge in ihrer Zeile und sind in der Summe abgezogen.",
            "Income stands as a positive amount in its row and is deducted in the total.",
        ),
        head::reported_note(),
    ]
}
