//! Where the amounts of plan items come from.
//!
//! `NO` names all items of a subproject together, against which each is rated; that stands in no table.

use std::cell::OnceCell;

use nachweis_domain::{
    key::SubprojectNo, language::Text, ledger::SubprojectIndex, money::Money, overrun::Freedom,
    plan::Schedule, quarter::Quarter, rate::Rate,
};

use super::{Control, Item, KEYS, Scope, Spent as SpentOf, collect, columns, items};
use crate::{
    Value,
    build::moves::Spent,
    lineage::{Amount, FigureKey, Formula, Made, Operand, Rule, Source, Term},
};

/// What each subproject has spent, collected once for all numbers of a report.
#[derive(Default)]
pub(in crate::build) struct Known<'a>(OnceCell<Vec<SpentOf<'a>>>);

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive<'a>(
    known: &Known<'a>,
    scope: &Scope<'a>,
    row: &str,
    column: &str,
) -> Option<Made> {
    let spent = known
        .0
        .get_or_init(|| collect(scope, &mut Control::new("deviations", KEYS)));
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

/// Flat rates save nothing, and income is outside of the rule.
fn takes_no_part() -> Made {
    Made::Formula(
        Formula::new(
            Rule::Given,
            "null: Pauschalen sparen nichts ein, und Einnahmen nehmen an der 20-%-Regel nicht teil",
            "zero: flat rates save nothing, and income takes no part in the 20 % rule",
        ),
        vec![Operand::given("nimmt nicht teil", "takes no part", Money::ZERO)],
    )
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
    fn derive(&self, column: &str, balance: [(&'static str, Money); 2]) -> Option<Made> {
        let position = &self.item.position;
        let plan = self.operand("plan", position.plan);
        let spent = self.operand("spent", position.spent);
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
            "over" if position.freedom == Freedom::Income => takes_no_part(),
            "over" => Made::Formula(
                Formula::new(
                    Rule::Excess,
                    "gemeldet − Plan, nicht unter null",
                    "reported − plan, not below zero",
                ),
                vec![spent, plan],
            ),
            "saved" if position.freedom != Freedom::Free => takes_no_part(),
            "saved" => Made::Formula(
                Formula::new(
                    Rule::Excess,
                    "geplant für gemeldete Quartale − gemeldet, nicht unter null",
                    "planned for reported quarters − reported, not below zero",
                ),
                vec![self.operand("planned_reported", position.planned_reported), spent],
            ),
            "state" => self.state(plan, spent, balance),
            _ => return None,
        })
    }

    /// The rating by the 20 % rule, against all items of the subproject together.
    fn state(&self, plan: Operand, spent: Operand, [over, saved]: [(&'static str, Money); 2]) -> Made {
        let thresholds = &self.scope.ledger.round.thresholds;
        let all = |(column, amount): (&'static str, Money)| {
            let name = name(column);
            let name = Text::new(
                format!("{}, alle Ansätze des Teilvorhabens", name.de),
                format!("{}, all items of the subproject", name.en),
            );
            Operand::open(name, amount, self.no.as_str(), column)
        };
        let given = |de, en, rate: Rate| Operand::given(de, en, Value::Percent(rate.fraction()));
        Made::Formula(
            Formula::new(
                Rule::OfItem(self.item.position.freedom, Box::new(thresholds.clone())),
                "20-%-Regel (ANBest-P Nr. 1.2): Überschreitung des Plans gegen Grenze und Frühwarnung, ausgeglichen, wenn alle \
                 Überschreitungen des Teilvorhabens nicht größer sind als alle Einsparungen",
                "20 % rule (ANBest-P no. 1.2): what exceeds the plan against limit and early warning; offset where all \
                 overruns of the subproject are no larger than all savings",
            ),
            vec![
                plan,
                spent,
                all(over),
                all(saved),
                given("Grenze", "limit", thresholds.item_limit),
                given("Frühwarnung", "early warning", thresholds.item_warning),
            ],
        )
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
