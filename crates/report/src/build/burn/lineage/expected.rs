//! What is expected of subprojects, and of rows of several.

use nachweis_domain::{burn::BurnFigures, money::Money};

use super::{Member, Row, formulas::made, name, terms::Sum};
use crate::{
    GroupBy,
    lineage::{Amount, Formula, Made, Operand, Rule, Source, Term},
};

impl Row<'_> {
    /// Forecasts are made for each subproject; those of others are sums or parts of them.
    pub(super) fn expected(&self, column: &'static str, field: fn(&BurnFigures) -> Money) -> Option<Made> {
        if self.item.is_some() {
            return None;
        }
        if let (true, [member]) = (self.is_one, self.members.as_slice()) {
            return Some(match &member.whole {
                Some(whole) => self.divided(column, member, field(whole)),
                None => self.of_one(column, &member.now),
            });
        }
        let terms = self.members.iter().map(|member| {
            let row = self.row_of(member);
            Term::plain(
                member.no,
                Source::Number { row, column },
                field(&member.now).into(),
            )
        });
        Some(Made::Sum(terms.collect()))
    }

    /// The row under which what is expected of a subproject opens: one and the same for all groups that it belongs to as a whole.
    fn row_of(&self, member: &Member<'_>) -> String {
        match self.groups.by() {
            GroupBy::Subproject => member.no.to_string(),
            _ if self.is_quarter() || member.whole.is_some() => format!("{}/{}", self.key, member.no),
            _ => format!("total/{}", member.no),
        }
    }

    /// What is expected of one subproject.
    fn of_one(&self, column: &str, figures: &BurnFigures) -> Made {
        let forecast = self.operand("forecast", figures.forecast);
        match column {
            "forecast" => self.carried_on(figures),
            "unspent" => made(
                Formula::new(
                    Rule::Excess,
                    "bewilligt − Prognose, nicht unter null",
                    "awarded − forecast, not below zero",
                ),
                [self.awarded(), forecast],
            ),
            _ => made(
                Formula::new(
                    Rule::Excess,
                    "Prognose − bewilligt, nicht unter null",
                    "forecast − awarded, not below zero",
                ),
                [forecast, self.awarded()],
            ),
        }
    }

    /// What is to come at the rate of the last reported quarters.
    fn carried_on(&self, figures: &BurnFigures) -> Made {
        let sum = |sum| {
            let terms = self.amounts(sum);
            terms.iter().filter_map(|term| term.part.money()).sum::<Money>()
        };
        made(
            Formula::new(
                Rule::Forecast,
                "gemeldet + (bewilligt − geplant bis Stand + geplant in ausstehenden Quartalen) × gemeldet ÷ geplant in \
                 den letzten vier gemeldeten Quartalen (ohne Plan darin: × 1); auf den Cent gerundet",
                "reported + (awarded − planned to date + planned for outstanding quarters) × reported ÷ planned in the last \
                 four reported quarters (nothing planned in them: × 1); rounded to the cent",
            ),
            [
                self.reported_amount(),
                self.awarded(),
                self.status(["planned", "status_planned"], figures.planned_to_date),
                self.status(
                    ["planned_outstanding", "status_planned_outstanding"],
                    figures.planned_outstanding,
                ),
                self.operand("realised", sum(Sum::Realised)),
                self.operand("realised_plan", sum(Sum::RealisedPlan)),
            ],
        )
    }

    /// What falls to a group of what is expected of a subproject in several.
    fn divided(&self, column: &'static str, member: &Member<'_>, whole: Money) -> Made {
        if column == "forecast" {
            return made(
                Formula::new(
                    Rule::DifferenceAndMore,
                    "bewilligt − voraussichtlich nicht verausgabt + voraussichtlich über Bewilligung",
                    "awarded − expected unspent + expected above award",
                ),
                [
                    self.awarded(),
                    self.operand("unspent", member.now.unspent),
                    self.operand("overspending", member.now.overspending),
                ],
            );
        }
        let weights = self.groups.weights(member.index);
        let place = weights
            .iter()
            .position(|(group, ..)| self.groups.key(*group) == self.key);
        let mut operands = vec![Operand::open(
            name(column),
            whole,
            &format!("total/{}", member.no),
            column,
        )];
        operands.extend(weights.into_iter().map(|(_, name, weight)| {
            let weight = Amount::Count(i64::try_from(weight).unwrap_or(i64::MAX));
            Operand::given(&name.de, &name.en, weight)
        }));
        made(
            Formula::new(
                Rule::ByKey(place.unwrap_or_default()),
                "Betrag des Teilvorhabens, nach dem Schlüssel seiner Regionenkategorien auf den Cent verteilt (größter Rest)",
                "amount of the subproject, divided by the key of its categories of region to the cent (largest remainder)",
            ),
            operands,
        )
    }
}
