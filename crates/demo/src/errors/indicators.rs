//! Errors of indicators and counters.

use nachweis_domain::{
    cell::Located,
    figures::{IndicatorFigure, QuarterlyFigures},
    finding::Code,
};

use super::{PlantedError, error};

pub(super) const ERRORS: [PlantedError; 19] = [
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
        set_women(figures, "EECO16", -100_000)
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
    error(
        "more results than leavers",
        Code::Ind11,
        |round, context, figures| {
            let counters = figures
                .counters
                .iter()
                .filter(|figure| round.leavers.contains(&figure.counter));
            let now: i64 = counters
                .filter_map(|figure| figure.count.as_ref())
                .map(|count| count.value)
                .sum();
            let before: i64 = round
                .leavers
                .iter()
                .filter_map(|counter| context.history.counters.get(counter))
                .sum();
            let participants = context
                .history
                .indicators
                .get("EECO01")
                .map_or(0, |counts| counts.women);
            let results = context
                .history
                .indicators
                .get("EECR02")
                .map_or(0, |counts| counts.women);
            let needed = now + before + 1;
            (needed <= participants).then_some(())?;
            set_women(figures, "EECR02", needed - results)
        },
    ),
    error(
        "a cumulative value that falls without a correction",
        Code::Ind12,
        |_, context, figures| {
            let before = context
                .history
                .indicators
                .get("EECO17")
                .map_or(0, |counts| counts.women);
            (before > 0).then_some(())?;
            set_women(figures, "EECO17", -before)
        },
    ),
    error(
        "participants without any education level",
        Code::Ind14,
        |_, _, figures| {
            women(figures, "EECO01").filter(|women| *women > 0)?;
            for code in ["EECO09", "EECO10", "EECO11", "EECO10+11"] {
                let figure = indicator(figures, code)?;
                for count in [
                    &mut figure.women,
                    &mut figure.men,
                    &mut figure.non_binary,
                    &mut figure.total,
                ] {
                    count.as_mut()?.value = 0;
                }
            }
            Some(())
        },
    ),
    error("a participant below 18", Code::Ind15, |_, _, figures| {
        one_woman_more(figures, "EECO06")?;
        one_woman_more(figures, "EECO06+07")
    }),
    error(
        "no participants of foreign background",
        Code::Ind16,
        |_, context, figures| {
            let first = context
                .history
                .indicators
                .get("EECO01")
                .is_none_or(|counts| counts.total == 0);
            women(figures, "EECO01").filter(|women| first && *women > 1)?;
            set_women(figures, "EECO13", 0)?;
            set_women(figures, "EECO14", 0)
        },
    ),
    error(
        "enterprises supported where none are",
        Code::Ind17,
        |round, context, figures| {
            let field = &context.subproject.action_field;
            (!round.supports_entities.contains(field)).then_some(())?;
            indicator(figures, "EECO19")?.total.as_mut()?.value = 3;
            Some(())
        },
    ),
    error(
        "a participant without an education level",
        Code::Ind18,
        |_, _, figures| {
            let high = women(figures, "EECO11").filter(|high| *high > 1)?;
            set_women(figures, "EECO11", high - 1)?;
            let both = women(figures, "EECO10+11")?;
            set_women(figures, "EECO10+11", both - 1)
        },
    ),
];

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
