//! Which column is made how.

use nachweis_domain::{burn::BurnFigures, money::Money, quarter::Quarter};

use super::{Member, Row, Window, name, terms::Sum};
use crate::{
    Value,
    lineage::{Amount, Formula, Made, Operand, Rule, Source, Term},
};

fn made(formula: Formula, operands: impl Into<Vec<Operand>>) -> Made {
    Made::Formula(formula, operands.into())
}

impl Row<'_> {
    /// How a column of the row is made.
    pub(super) fn derive(self, column: &str) -> Option<Made> {
        let (row, column) = match column.strip_prefix("status_") {
            Some(column) if self.is_quarter() => (self.at_its_end(), column),
            _ => (self, column),
        };
        if let Some(sum) = Sum::of(column) {
            return Some(Made::Sum(row.amounts(sum)));
        }
        let figures = row.figures();
        Some(match column {
            "subprojects" => {
                row.counted(|member| vec![Term::plain(member.no, Source::Subproject, Amount::Count(1))])
            }
            "outstanding" => row.counted(|member| row.reports(member, row.outstanding(member, row.window))),
            "reported_quarters" => row.counted(|member| row.reports(member, row.reported(member))),
            "awarded_elapsed" => row.weighted(|figures| figures.awarded_elapsed),
            "awarded_reported" => row.weighted(|figures| figures.awarded_reported),
            "remaining" => made(
                Formula::new(Rule::Difference, "bewilligt − gemeldet", "awarded − reported"),
                [row.awarded(), row.reported_amount()],
            ),
            "burn" => made(
                Formula::new(Rule::Ratio, "gemeldet ÷ bewilligt", "reported ÷ awarded"),
                [row.reported_amount(), row.awarded()],
            ),
            "elapsed" => made(
                Formula::new(
                    Rule::Ratio,
                    "Σ (bewilligt × Anteil der Tage des Bewilligungszeitraums, die vergangen sind) ÷ bewilligt",
                    "Σ (awarded × share of the grant's days that have passed) ÷ awarded",
                ),
                [
                    row.operand("awarded_elapsed", Amount::Euro(figures.awarded_elapsed)),
                    row.awarded(),
                ],
            ),
            "elapsed_reported" => made(
                Formula::new(
                    Rule::Ratio,
                    "Σ (bewilligt × Anteil der Tage des Bewilligungszeitraums in gemeldeten Quartalen) ÷ bewilligt",
                    "Σ (awarded × share of the grant's days in reported quarters) ÷ awarded",
                ),
                [
                    row.operand("awarded_reported", Amount::Euro(figures.awarded_reported)),
                    row.awarded(),
                ],
            ),
            "gap" => made(
                Formula::new(
                    Rule::Gap,
                    "(Mittelabfluss − Zeit der gemeldeten Quartale) × 100",
                    "(burn − time of reported quarters) × 100",
                ),
                [
                    row.operand("burn", Value::percent(figures.burn_awarded())),
                    row.operand("elapsed_reported", Value::percent(figures.time_reported())),
                ],
            ),
            "light" => row.light(&figures),
            "forecast" => row.expected("forecast", |figures| figures.forecast)?,
            "unspent" => row.expected("unspent", |figures| figures.unspent)?,
            "overspending" => row.expected("overspending", |figures| figures.overspending)?,
            _ => return None,
        })
    }

    /// A number of the same row.
    fn operand(&self, column: &'static str, value: impl Into<Amount>) -> Operand {
        Operand::open(name(column), value, &self.place(), column)
    }

    /// An amount as it stood at the end of the row.
    fn status(&self, columns: [&'static str; 2], amount: Money) -> Operand {
        let [column, at_the_end] = columns;
        self.operand(if self.is_quarter() { at_the_end } else { column }, amount)
    }

    fn awarded(&self) -> Operand {
        self.status(["awarded", "status_awarded"], self.sum(|figures| figures.awarded))
    }

    fn reported_amount(&self) -> Operand {
        self.status(["reported", "status_reported"], self.sum(|figures| figures.spent))
    }

    fn light(&self, figures: &BurnFigures) -> Made {
        let thresholds = &self.scope.ledger.round.thresholds;
        let quarters = Amount::Count(figures.reported_quarters.into());
        made(
            Formula::new(
                Rule::Light,
                "Abstand ohne Vorzeichen: grün bis zur ersten, gelb bis zur zweiten Grenze, sonst rot; keine Ampel, solange \
                 kein Quartal gemeldet ist",
                "gap without its sign: green up to the first limit, yellow up to the second, else red; no light while no \
                 quarter is reported",
            ),
            [
                self.operand("gap", Value::points(figures.gap_pp())),
                self.operand("reported_quarters", quarters),
                Operand::given(
                    "Grenze grün (PP)",
                    "limit, green (pp)",
                    Amount::Count(thresholds.light_green_pp.into()),
                ),
                Operand::given(
                    "Grenze gelb (PP)",
                    "limit, yellow (pp)",
                    Amount::Count(thresholds.light_yellow_pp.into()),
                ),
            ],
        )
    }

    /// Forecasts are made for each subproject; those of others are sums or parts of them.
    fn expected(&self, column: &'static str, field: fn(&BurnFigures) -> Money) -> Option<Made> {
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
            let source = Source::Number {
                row: format!("{}/{}", self.key, member.no),
                column,
            };
            Term::plain(member.no, source, field(&member.now).into())
        });
        Some(Made::Sum(terms.collect()))
    }

    /// What is expected of one subproject.
    fn of_one(&self, column: &str, figures: &BurnFigures) -> Made {
        let sum = |sum| {
            let terms = self.amounts(sum);
            terms.iter().filter_map(|term| term.part.money()).sum::<Money>()
        };
        let forecast = self.operand("forecast", figures.forecast);
        match column {
            "forecast" => made(
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
            ),
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

    fn counted(&self, terms: impl Fn(&Member<'_>) -> Vec<Term>) -> Made {
        Made::Sum(self.members.iter().flat_map(terms).collect())
    }

    /// A term for each quarter.
    fn reports(&self, member: &Member<'_>, quarters: impl Iterator<Item = Quarter>) -> Vec<Term> {
        quarters
            .map(|quarter| {
                let source = self.scope.report_of(member.index, quarter);
                Term::plain(member.no, source, Amount::Count(1))
            })
            .collect()
    }

    /// The quarters of the grant up to the end of the row that are reported.
    fn reported(&self, member: &Member<'_>) -> impl Iterator<Item = Quarter> {
        let outstanding: Vec<Quarter> = self.scope.outstanding(member.index).collect();
        let window = Window {
            after: None,
            ..self.window
        };
        let quarters = self.scope.expected(member.index);
        quarters.filter(move |quarter| window.holds(*quarter) && !outstanding.contains(quarter))
    }
}
