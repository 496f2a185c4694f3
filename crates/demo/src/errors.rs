//! Errors to plant in right figures, each with the code that must find it: for tests of `nachweis check` and for
//! workbooks of the demonstration that are wrong at first.
//!
//! Only errors that can be typed as figures stand here; those of cells and sheets are planted in finished workbooks.

use nachweis_domain::{
    cell::Located,
    context::ReportingContext,
    figures::{IndicatorFigure, QuarterlyFigures},
    finding::{Code, Severity},
    key::ItemKey,
    money::Money,
    round::{Counted, FundingRound, ItemKind, SourceKind},
};

/// An error to plant.
#[derive(Clone, Copy, Debug)]
pub struct PlantedError {
    /// What is done, as a sentence.
    pub name: &'static str,
    /// The code that must be among the findings.
    pub code: Code,
    plant: Plant,
}

type Plant = fn(&FundingRound, &ReportingContext, &mut QuarterlyFigures) -> Option<()>;

impl PlantedError {
    /// Plants the error; `false`, and the figures unchanged in what matters, when they offer no place for it (no voucher, no
    /// participants).
    pub fn plant(
        &self,
        round: &FundingRound,
        context: &ReportingContext,
        figures: &mut QuarterlyFigures,
    ) -> bool {
        (self.plant)(round, context, figures).is_some()
    }

    /// Whether the error blocks in the round.
    pub fn is_blocking(&self, round: &FundingRound) -> bool {
        round.severity(self.code) == Some(Severity::Blocking)
    }
}

const fn error(name: &'static str, code: Code, plant: Plant) -> PlantedError {
    PlantedError { name, code, plant }
}

/// All errors that can be planted in figures.
pub fn catalogue() -> &'static [PlantedError] {
    &CATALOGUE
}

const CATALOGUE: [PlantedError; 25] = [
    error(
        "the amount of an item is one cent more than its vouchers",
        Code::Fin01,
        |round, _, figures| {
            let item = vouched_item(round, figures)?;
            *amount_of(figures, &item)? += Money::from_cents(1);
            compute_flat_rates(round, figures);
            Some(())
        },
    ),
    error(
        "a flat rate is typed as one euro more",
        Code::Fin02,
        |round, _, figures| {
            *amount_of(figures, &flat_item(round)?)? += Money::from_euro(1);
            Some(())
        },
    ),
    error(
        "a voucher is booked on a flat rate",
        Code::Fin03,
        |round, _, figures| {
            figures.vouchers.rows.first_mut()?.item = Some(flat_item(round)?);
            Some(())
        },
    ),
    error(
        "a payment of the next quarter",
        Code::Fin04,
        |_, context, figures| {
            let next = context.quarter.next().first_day();
            let inside = context.subproject.grant_period.contains(next);
            figures.vouchers.rows.first_mut().filter(|_| inside)?.paid_on = Some(next);
            Some(())
        },
    ),
    error(
        "a payment before the grant began",
        Code::Fin05,
        |_, context, figures| {
            let first = context.subproject.grant_period.first;
            figures.vouchers.rows.first_mut()?.paid_on = first.checked_sub_days(chrono::Days::new(2));
            Some(())
        },
    ),
    error("two vouchers with one number", Code::Fin06, |_, _, figures| {
        let [first, second, ..] = figures.vouchers.rows.as_mut_slice() else {
            return None;
        };
        second.number.clone_from(&first.number);
        Some(())
    }),
    error(
        "spending above the award",
        Code::Fin09,
        |round, context, figures| {
            let item = vouched_item(round, figures)?;
            let awarded = context.plan.awarded(round);
            *amount_of(figures, &item)? += awarded;
            let voucher = figures
                .vouchers
                .rows
                .iter_mut()
                .find(|voucher| voucher.item.as_ref() == Some(&item))?;
            voucher.amount = Some(voucher.amount? + awarded);
            compute_flat_rates(round, figures);
            Some(())
        },
    ),
    error(
        "a source one euro above what was spent",
        Code::Fin10,
        |_, _, figures| {
            let spent = figures.funds.iter_mut().find_map(|fund| fund.spent.as_mut())?;
            spent.value += Money::from_euro(1);
            Some(())
        },
    ),
    error(
        "everything paid from ESF Plus",
        Code::Fin11,
        |round, _, figures| {
            let total: Money = figures
                .funds
                .iter()
                .filter_map(|fund| fund.spent.as_ref())
                .map(|spent| spent.value)
                .sum();
            let union = round
                .sources
                .iter()
                .find(|source| source.kind == SourceKind::Union)?;
            for fund in &mut figures.funds {
                fund.spent.as_mut()?.value = if fund.source == union.key {
                    total
                } else {
                    Money::ZERO
                };
            }
            (total > Money::ZERO).then_some(())
        },
    ),
    error(
        "a negative voucher that names no quarter",
        Code::Fin14,
        |_, _, figures| {
            let voucher = figures.vouchers.rows.first_mut()?;
            voucher.amount = Some(-voucher.amount?.abs());
            Some(())
        },
    ),
    error(
        "a correction of the quarter itself",
        Code::Fin15,
        |_, context, figures| {
            figures.vouchers.rows.first_mut()?.corrects = Some(context.quarter);
            Some(())
        },
    ),
    error("a voucher without a purpose", Code::Fin16, |_, _, figures| {
        figures.vouchers.rows.first_mut()?.purpose = None;
        Some(())
    }),
    error(
        "one woman more than the employment statuses give",
        Code::Ind01,
        |_, _, figures| one_woman_more(figures, "EECO01"),
    ),
    error(
        "more long-term unemployed than unemployed",
        Code::Ind02,
        |_, _, figures| {
            let unemployed = women(figures, "EECO02")?;
            set_women(figures, "EECO03", unemployed + 1)
        },
    ),
    error("age groups above participants", Code::Ind03, |_, _, figures| {
        let all = women(figures, "EECO01")?;
        set_women(figures, "EECO08", all + 1)
    }),
    error(
        "education levels above participants",
        Code::Ind04,
        |_, _, figures| one_woman_more(figures, "EECO09"),
    ),
    error(
        "more women with disabilities than women",
        Code::Ind05,
        |_, _, figures| {
            let all = women(figures, "EECO01")?;
            set_women(figures, "EECO12", all + 1)
        },
    ),
    error(
        "more third-country nationals than participants of foreign background",
        Code::Ind06,
        |_, _, figures| {
            let background = women(figures, "EECO14").filter(|background| *background > 0)?;
            set_women(figures, "EECO13", background)?;
            set_women(figures, "EECO14", background - 1)
        },
    ),
    error(
        "a total that is not the sum of women, men and non-binary persons",
        Code::Ind07,
        |_, _, figures| {
            indicator(figures, "EECO01")?.total.as_mut()?.value += 1;
            Some(())
        },
    ),
    error(
        "a reserved sum that is not the sum of its parts",
        Code::Ind08,
        |_, _, figures| one_woman_more(figures, "EECO02+04"),
    ),
    error(
        "more qualifications than participants",
        Code::Ind09,
        |_, _, figures| set_women(figures, "EECR03", 100_000),
    ),
    error(
        "more in employment than were unemployed or inactive",
        Code::Ind10,
        |_, _, figures| set_women(figures, "EECR04", 100_000),
    ),
    error("a count below zero", Code::Ind13, |_, _, figures| {
        set_women(figures, "EECO16", -1)
    }),
    error("a count that is missing", Code::Ind13, |round, _, figures| {
        let persons = round
            .indicators
            .iter()
            .find(|spec| spec.counts == Counted::Persons)?;
        indicator(figures, persons.code.as_str())?.women = None;
        Some(())
    }),
    error(
        "a counter that is not the sum of its parts",
        Code::Ind19,
        |round, _, figures| {
            let sum = round.counters.iter().find(|counter| !counter.sum_of.is_empty())?;
            let figure = figures
                .counters
                .iter_mut()
                .find(|figure| figure.counter == sum.key)?;
            figure.count.as_mut()?.value += 1;
            Some(())
        },
    ),
];

fn flat_item(round: &FundingRound) -> Option<ItemKey> {
    let flat = round
        .plan_items
        .iter()
        .find(|item| matches!(item.kind, ItemKind::FlatRate { .. }));
    flat.map(|item| item.key.clone())
}

/// The first item of actual expenditure that has a voucher.
fn vouched_item(round: &FundingRound, figures: &QuarterlyFigures) -> Option<ItemKey> {
    let has_voucher = |key: &ItemKey| {
        figures
            .vouchers
            .rows
            .iter()
            .any(|voucher| voucher.item.as_ref() == Some(key))
    };
    let actual = round
        .plan_items
        .iter()
        .filter(|item| item.kind == ItemKind::Actual);
    actual.map(|item| &item.key).find(|key| has_voucher(key)).cloned()
}

fn amount_of<'a>(figures: &'a mut QuarterlyFigures, item: &ItemKey) -> Option<&'a mut Money> {
    let figure = figures
        .expenditure
        .iter_mut()
        .find(|figure| &figure.item == item)?;
    Some(&mut figure.amount.value)
}

/// Computes the flat rates as the workbook's formulas do.
fn compute_flat_rates(round: &FundingRound, figures: &mut QuarterlyFigures) {
    for item in &round.plan_items {
        let ItemKind::FlatRate { base, rate, .. } = &item.kind else {
            continue;
        };
        let of_base = figures
            .expenditure
            .iter()
            .filter(|figure| base.contains(&figure.item));
        let base: Money = of_base.map(|figure| figure.amount.value).sum();
        if let Some(amount) = amount_of(figures, &item.key) {
            *amount = base.share(*rate);
        }
    }
}

fn indicator<'a>(figures: &'a mut QuarterlyFigures, code: &str) -> Option<&'a mut IndicatorFigure> {
    figures
        .indicators
        .iter_mut()
        .find(|figure| figure.code.as_str() == code)
}

fn women(figures: &QuarterlyFigures, code: &str) -> Option<i64> {
    let figure = figures
        .indicators
        .iter()
        .find(|figure| figure.code.as_str() == code)?;
    figure.women.as_ref().map(|women| women.value)
}

/// Sets the women of an indicator and keeps its total right.
fn set_women(figures: &mut QuarterlyFigures, code: &str, count: i64) -> Option<()> {
    let figure = indicator(figures, code)?;
    figure.women.as_mut()?.value = count;
    let sum = figure.sum();
    if let Some(total) = &mut figure.total {
        *total = Located::new(sum, total.at.clone());
    }
    Some(())
}

fn one_woman_more(figures: &mut QuarterlyFigures, code: &str) -> Option<()> {
    let count = women(figures, code)?;
    set_women(figures, code, count + 1)
}
