//! Where the amounts of plan items come from.
//!
//! `NO` names all items of a subproject together, against which each is rated; that stands in no table.

use nachweis_domain::{
    key::SubprojectNo, language::Text, ledger::SubprojectIndex, money::Money, overrun::Freedom,
    plan::Schedule, quarter::Quarter,
};

use super::{Control, Item, KEYS, Scope, collect, columns, items};
use crate::{
    Value,
    build::moves::Spent,
    lineage::{Amount, FigureKey, Formula, Made, Operand, Rule, Source, Term},
};

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(scope: &Scope<'_>, row: &str, column: &str) -> Option<Made> {
    let spent = collect(scope, &mut Control::new("deviations", KEYS));
    let items = |index: SubprojectIndex| {
        spent
            .get(index)
            .map(|spent| items(scope, index, spent))
            .unwrap_or_default()
    };
    if row == "total" {
        return total(scope, items, column);
    }
    let (no, item) = row
        .split_once('/')
        .map_or((row, None), |(no, item)| (no, Some(item)));
    let no = SubprojectNo::new(no);
    let index = scope.ledger.index_of(&no)?;
    let items = items(index);
    let Some(item) = item else {
        return of_subproject(&no, &items, column);
    };
    let item = items.iter().find(|known| known.key.as_str() == item)?;
    let balance = [("over", over(&items)), ("saved", saved(&items))];
    Place {
        scope,
        no: &no,
        index,
        item,
        row,
    }
    .derive(column, balance)
}

/// The name of a number.
pub(in crate::build) fn name(column: &str) -> Text {
    if column == "planned_reported" {
        return Text::new("Geplant für gemeldete Quartale", "Planned for reported quarters");
    }
    let mut columns = columns().into_iter();
    columns
        .find(|known| known.key == column)
        .map_or_else(|| Text::new(column, column), |known| known.header)
}

fn over(items: &[Item<'_>]) -> Money {
    items.iter().map(|item| item.position.over()).sum()
}

fn saved(items: &[Item<'_>]) -> Money {
    items.iter().map(|item| item.position.saved()).sum()
}

/// What all items of a subproject lie above their plans, or have saved.
fn of_subproject(no: &SubprojectNo, items: &[Item<'_>], column: &str) -> Option<Made> {
    let (column, amount): (_, fn(&Item<'_>) -> Money) = match column {
        "over" => ("over", |item| item.position.over()),
        "saved" => ("saved", |item| item.position.saved()),
        _ => return None,
    };
    let terms = items.iter().map(|item| {
        let row = format!("{no}/{}", item.key);
        Term::plain(no, Source::Number { row, column }, amount(item).into())
    });
    Some(Made::Sum(terms.collect()))
}

fn total<'a>(
    scope: &Scope<'a>,
    items: impl Fn(SubprojectIndex) -> Vec<Item<'a>>,
    column: &str,
) -> Option<Made> {
    let all = scope.ledger.subprojects.iter().enumerate();
    let all = all.map(|(index, state)| (index, &state.subproject.no, items(index)));
    let signed = |column: &'static str| {
        let mut terms = Vec::new();
        for (index, no, items) in all.clone() {
            for item in &items {
                let place = Place {
                    scope,
                    no,
                    index,
                    item,
                    row: "",
                };
                for mut term in place.terms(column) {
                    let typed = term.part.money().unwrap_or_default();
                    term.part = scope.ledger.round.signed(item.key, typed).into();
                    terms.push(term);
                }
            }
        }
        Made::Sum(terms)
    };
    let numbers = |column, amount: fn(&[Item<'_>]) -> Money| {
        let terms = all.clone().map(|(_, no, items)| {
            let source = Source::Number {
                row: no.to_string(),
                column,
            };
            Term::plain(no, source, amount(&items).into())
        });
        Made::Sum(terms.collect())
    };
    Some(match column {
        "plan" => signed("plan"),
        "planned" => signed("planned"),
        "spent" => signed("spent"),
        "over" => numbers("over", over),
        "saved" => numbers("saved", saved),
        "remaining" => {
            let operand = |column| {
                let sum = signed(column).recompute(&Money::ZERO.into());
                Operand::open(name(column), sum.unwrap_or(Money::ZERO.into()), "total", column)
            };
            Made::Formula(remaining(), vec![operand("plan"), operand("spent")])
        }
        _ => return None,
    })
}

fn remaining() -> Formula {
    Formula::new(Rule::Difference, "Plan − gemeldet", "plan − reported")
}

/// A row of the report.
struct Place<'a> {
    scope: &'a Scope<'a>,
    no: &'a SubprojectNo,
    index: SubprojectIndex,
    item: &'a Item<'a>,
    row: &'a str,
}

impl Place<'_> {
    fn derive(&self, column: &str, [over, saved]: [(&'static str, Money); 2]) -> Option<Made> {
        let position = &self.item.position;
        let (plan, spent) = (
            self.operand("plan", position.plan),
            self.operand("spent", position.spent),
        );
        let takes_part = |is_free: bool, formula, operands: [Operand; 2]| {
            if is_free {
                return Made::Formula(formula, operands.into());
            }
            Made::Formula(
                Formula::new(
                    Rule::Given,
                    "null: Pauschalen sparen nichts ein, und Einnahmen nehmen an der 20-%-Regel nicht teil",
                    "zero: flat rates save nothing, and income takes no part in the 20 % rule",
                ),
                vec![Operand::given("nimmt nicht teil", "takes no part", Money::ZERO)],
            )
        };
        Some(match column {
            "plan" => Made::Sum(self.terms("plan")),
            "planned" => Made::Sum(self.terms("planned")),
            "planned_reported" => Made::Sum(self.terms("planned_reported")),
            "spent" => Made::Sum(self.terms("spent")),
            "remaining" => Made::Formula(remaining(), vec![plan, spent]),
            "deviation" => Made::Formula(
                Formula::new(
                    Rule::Deviation,
                    "(gemeldet − Plan) ÷ Plan",
                    "(reported − plan) ÷ plan",
                ),
                vec![spent, plan],
            ),
            "over" => takes_part(
                position.freedom != Freedom::Income,
                Formula::new(
                    Rule::Excess,
                    "gemeldet − Plan, nicht unter null",
                    "reported − plan, not below zero",
                ),
                [spent, plan],
            ),
            "saved" => takes_part(
                position.freedom == Freedom::Free,
                Formula::new(
                    Rule::Excess,
                    "geplant für gemeldete Quartale − gemeldet, nicht unter null",
                    "planned for reported quarters − reported, not below zero",
                ),
                [self.operand("planned_reported", position.planned_reported), spent],
            ),
            "state" => {
                let thresholds = &self.scope.ledger.round.thresholds;
                let all = |(column, amount): (&'static str, Money)| {
                    let name = name(column);
                    let name = Text::new(
                        format!("{}, alle Ansätze des Teilvorhabens", name.de),
                        format!("{}, all items of the subproject", name.en),
                    );
                    Operand::open(name, amount, self.no.as_str(), column)
                };
                Made::Formula(
                    Formula::new(
                        Rule::OfItem(position.freedom, Box::new(thresholds.clone())),
                        "20-%-Regel (ANBest-P Nr. 1.2): Überschreitung des Plans gegen Grenze und Frühwarnung, ausgeglichen,                          wenn alle Überschreitungen des Teilvorhabens nicht größer sind als alle Einsparungen",
                        "20 % rule (ANBest-P no. 1.2): what exceeds the plan against limit and early warning; offset where all                          overruns of the subproject are no larger than all savings",
                    ),
                    vec![
                        plan,
                        spent,
                        all(over),
                        all(saved),
                        Operand::given(
                            "Grenze",
                            "limit",
                            Value::Percent(thresholds.item_limit.fraction()),
                        ),
                        Operand::given(
                            "Frühwarnung",
                            "early warning",
                            Value::Percent(thresholds.item_warning.fraction()),
                        ),
                    ],
                )
            }
            _ => return None,
        })
    }

    fn operand(&self, column: &'static str, amount: Money) -> Operand {
        Operand::open(name(column), amount, self.row, column)
    }

    /// The terms of an amount, as typed: income is not deducted in its own row.
    fn terms(&self, column: &str) -> Vec<Term> {
        match column {
            "plan" => self.planned(Schedule::awarded),
            "planned" => self.planned(|schedule| self.until(schedule, &[])),
            "planned_reported" => {
                let outstanding: Vec<Quarter> = self.scope.outstanding(self.index).collect();
                self.planned(|schedule| self.until(schedule, &outstanding))
            }
            _ => self.spent(),
        }
    }

    fn until(&self, schedule: &Schedule, without: &[Quarter]) -> Money {
        let reference = self.scope.reference;
        reference.map_or(Money::ZERO, |quarter| schedule.until_without(quarter, without))
    }

    fn planned(&self, amount: impl Fn(&Schedule) -> Money) -> Vec<Term> {
        let round = &self.scope.ledger.round;
        let state = self.scope.ledger.subprojects.get(self.index);
        let Some((state, plan)) = state.zip(self.scope.plan(self.index)) else {
            return Vec::new();
        };
        let grant = &state.subproject.grant_period;
        let rows = Schedule::of_rows(plan, Some(self.item.key), round, grant).into_iter();
        rows.map(|(item, year, schedule)| {
            let source = Source::Plan {
                version: plan.number,
                key: FigureKey::Item(item.clone()),
                year: Some(year),
            };
            let typed = |amount| Amount::Money(round.signed(item, amount));
            Term::counted(
                self.no,
                source,
                typed(schedule.awarded()),
                typed(amount(&schedule)),
            )
        })
        .filter(|term| term.part.money().is_some_and(|part| !part.is_zero()))
        .collect()
    }

    fn spent(&self) -> Vec<Term> {
        let entries = self.scope.expenditure();
        let entries = entries.filter(|entry| entry.subproject == self.index && entry.item == *self.item.key);
        entries
            .flat_map(|entry| self.scope.spent(self.no, entry, Spent::Reported))
            .collect()
    }
}
