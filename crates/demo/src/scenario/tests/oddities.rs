//! What is odd about a few subprojects: silence, overruns, corrections.

use nachweis_domain::overrun::{Balance, Freedom, Position, Standing};

use super::*;

/// The subprojects that fall silent, with the first quarter without a report.
pub(super) fn silent() -> BTreeMap<SubprojectNo, Quarter> {
    let mut first = BTreeMap::new();
    let earlier = DEMONSTRATION
        .stories
        .iter()
        .filter(|story| story.quarter != last());
    for story in earlier.filter(|story| story.steps.is_empty()) {
        first.entry(story.subproject.clone()).or_insert(story.quarter);
    }
    first
}

#[test]
fn who_falls_silent_stays_silent_and_is_paid_no_more() {
    for (no, from) in silent() {
        let mut later = DEMONSTRATION
            .stories
            .iter()
            .filter(|story| story.subproject == no && story.quarter >= from);
        assert!(later.all(|story| story.steps.is_empty()), "{no}");
        let payments = DEMONSTRATION
            .import
            .disbursements
            .iter()
            .filter(|(other, _)| *other == no);
        for (_, paid) in payments {
            assert!(
                paid.paid_on <= from.last_day(),
                "{no} was paid on {}",
                paid.paid_on
            );
        }
    }
}

#[test]
fn items_end_above_their_plan_in_every_way_the_20_percent_rule_knows() {
    let Demonstration { round, stories, .. } = &*DEMONSTRATION;
    let mut standings: BTreeMap<Standing, u32> = BTreeMap::new();
    let mut exactly_at_warning = 0;
    let of_last = stories.iter().filter(|story| story.quarter == last());
    for story in of_last.filter(|story| story.right_figures().is_some()) {
        let (plan, grant) = (&story.context.plan, story.context.subproject.grant_period);
        let mut history = story.context.history.clone();
        let figures = story.right_figures().unwrap();
        for figure in &figures.expenditure {
            *history.spent.entry(figure.item.clone()).or_default() += figure.amount.value;
        }
        let positions: Vec<Position> = round
            .plan_items
            .iter()
            .map(|spec| Position {
                freedom: Freedom::of(Some(&spec.kind)),
                plan: plan.item_total(&spec.key),
                planned_reported: plan.item_planned_until(&spec.key, &grant, last()),
                spent: history.spent.get(&spec.key).copied().unwrap_or_default(),
            })
            .collect();
        let balance: Balance = positions.iter().sum();
        for position in &positions {
            if let Some(standing) = position.standing(balance, &round.thresholds) {
                *standings.entry(standing).or_default() += 1;
            }
            let over = position.spent - position.plan;
            exactly_at_warning += u32::from(
                position.freedom == Freedom::Free
                    && over > Money::ZERO
                    && over == position.plan.share(round.thresholds.item_warning),
            );
        }
    }
    assert_eq!(standings.len(), 6, "{standings:?}");
    let above: u32 = standings
        .iter()
        .filter(|(standing, _)| **standing != Standing::Within)
        .map(|(_, count)| count)
        .sum();
    assert!((8..=25).contains(&above), "{standings:?}");
    assert!(exactly_at_warning > 0);
}

#[test]
fn corrections_name_the_quarter_they_correct_and_most_take_something_back() {
    let mut vouchers = (0, 0);
    let mut indicators = 0;
    for story in &DEMONSTRATION.stories {
        let Some(figures) = story.right_figures() else {
            continue;
        };
        for voucher in &figures.vouchers.rows {
            let amount = voucher.amount.unwrap();
            assert!(
                voucher.corrects.is_some() || amount > Money::ZERO,
                "{}",
                story.subproject
            );
            if let Some(corrects) = voucher.corrects {
                assert_eq!(corrects, story.quarter.previous());
                let told = figures
                    .narrative
                    .iter()
                    .any(|part| part.text.value.contains("berichtigt"));
                assert!(told, "{} {}", story.subproject, story.quarter);
                vouchers.0 += 1;
                vouchers.1 += u32::from(amount.is_negative());
            }
        }
        indicators += figures
            .indicators
            .iter()
            .filter(|row| row.corrects.is_some())
            .count();
    }
    assert!((20..=70).contains(&vouchers.0), "{vouchers:?}");
    assert!(
        vouchers.1 * 2 > vouchers.0 && vouchers.1 < vouchers.0,
        "{vouchers:?}"
    );
    assert!((1..=15).contains(&indicators), "{indicators}");
}
