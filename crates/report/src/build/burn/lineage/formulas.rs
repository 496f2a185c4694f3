//! Which column is made how.

use nachweis_domain::{burn::BurnFigures, language::Text, money::Money, quarter::Quarter};

use super::{Member, Row, Window, name, terms::Sum};
use crate::{
    Value,
    lineage::{Amount, Formula, Made, Operand, Rule, Source, Term},
};

pub(super) fn made(formula: Formula, operands: impl Into<Vec<Operand>>) -> Made {
    Made::Formula(formula, operands.into())
}

impl Row<'_> {
    /// How a column of the row is made.
    pub(super) fn derive(self, column: &str) -> Option<Made> {
        match column.strip_prefix("status_") {
            Some(column) if self.is_quarter() => self.status_of(column),
            _ => self.column(column),
        }
    }

    /// What stood at the end of a quarter: what stood at the end of the one before, and what came in the quarter.
    fn status_of(self, column: &str) -> Option<Made> {
        let (status, column) = match column {
            "reported" => ("status_reported", "reported"),
            "planned" => ("status_planned", "planned"),
            "planned_outstanding" => ("status_planned_outstanding", "planned_outstanding"),
            _ => return self.at_its_end().column(column),
        };
        let (Some(before), Some((row, until))) = (self.before(Sum::of(column)?), self.row_before()) else {
            return self.at_its_end().column(column);
        };
        let name_before = name(status);
        let here = Made::Sum(self.amounts(Sum::of(column)?)).recompute(&Money::ZERO.into())?;
        Some(made(
            Formula::new(
                Rule::Together,
                "Stand zum Ende des Vorquartals + im Quartal",
                "status at the end of the quarter before + in the quarter",
            ),
            [
                Operand::open(
                    Text::new(
                        format!("{} {until}", name_before.de),
                        format!("{} {until}", name_before.en),
                    ),
                    before,
                    &row,
                    status,
                ),
                self.operand(column, here),
            ],
        ))
    }

    fn column(self, column: &str) -> Option<Made> {
        if let Some(sum) = Sum::of(column) {
            return Some(Made::Sum(self.amounts(sum)));
        }
        Some(match column {
            "subprojects" => {
                self.counted(|member| vec![Term::plain(member.no, Source::Subproject, Amount::Count(1))])
            }
            "outstanding" => {
                self.counted(|member| self.reports(member, self.outstanding(member, self.window)))
            }
            "reported_quarters" => self.counted(|member| self.reports(member, self.reported(member))),
            "awarded_elapsed" => self.weighted(|figures| figures.awarded_elapsed),
            "awarded_reported" => self.weighted(|figures| figures.awarded_reported),
            "forecast" => self.expected("forecast", |figures| figures.forecast)?,
            "unspent" => self.expected("unspent", |figures| figures.unspent)?,
            "overspending" => self.expected("overspending", |figures| figures.overspending)?,
            "light" => self.light(&self.figures()),
            "elapsed" | "elapsed_reported" => self.time(column),
            _ => return self.ratio(column),
        })
    }

    /// What follows from amounts of the same row.
    fn ratio(&self, column: &str) -> Option<Made> {
        let figures = self.figures();
        Some(match column {
            "remaining" => made(
                Formula::new(Rule::Difference, "bewilligt − gemeldet", "awarded − reported"),
                [self.awarded(), self.reported_amount()],
            ),
            "burn" => made(
                Formula::new(Rule::Ratio, "gemeldet ÷ bewilligt", "reported ÷ awarded"),
                [self.reported_amount(), self.awarded()],
            ),
            "gap" => made(
                Formula::new(
                    Rule::Gap,
                    "(Mittelabfluss − Zeit der gemeldeten Quartale) × 100",
                    "(burn − time of reported quarters) × 100",
                ),
                [
                    self.operand("burn", Value::percent(figures.burn_awarded())),
                    self.operand("elapsed_reported", Value::percent(figures.time_reported())),
                ],
            ),
            _ => return None,
        })
    }

    /// The share of the grant's time, weighted with awards.
    fn time(&self, column: &str) -> Made {
        let figures = self.figures();
        let (formula, weighted, euro) = if column == "elapsed" {
            (
                Formula::new(
                    Rule::Ratio,
                    "Σ (bewilligt × Anteil der Tage des Bewilligungszeitraums, die vergangen sind) ÷ bewilligt",
                    "Σ (awarded × share of the grant's days that have passed) ÷ awarded",
                ),
                "awarded_elapsed",
                figures.awarded_elapsed,
            )
        } else {
            (
                Formula::new(
                    Rule::Ratio,
                    "Σ (bewilligt × Anteil der Tage des Bewilligungszeitraums in gemeldeten Quartalen) ÷ bewilligt",
                    "Σ (awarded × share of the grant's days in reported quarters) ÷ awarded",
                ),
                "awarded_reported",
                figures.awarded_reported,
            )
        };
        made(
            formula,
            [self.operand(weighted, Amount::Euro(euro)), self.awarded()],
        )
    }

    /// A number of the same row.
    pub(super) fn operand(&self, column: &'static str, value: impl Into<Amount>) -> Operand {
        Operand::open(name(column), value, &self.place(), column)
    }

    /// An amount as it stood at the end of the row.
    pub(super) fn status(&self, columns: [&'static str; 2], amount: Money) -> Operand {
        let [column, at_the_end] = columns;
        self.operand(if self.is_quarter() { at_the_end } else { column }, amount)
    }

    /// What is awarded, which no quarter divides.
    pub(super) fn awarded(&self) -> Operand {
        let amount = self.sum(|figures| figures.awarded);
        if self.is_quarter() {
            let row = self.with_subproject("total".to_owned());
            return Operand::open(name("awarded"), amount, &row, "awarded");
        }
        self.operand("awarded", amount)
    }

    pub(super) fn reported_amount(&self) -> Operand {
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
