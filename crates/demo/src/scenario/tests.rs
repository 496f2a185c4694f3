//! What the scenario promises.

use std::{collections::BTreeSet, sync::LazyLock};

use nachweis_domain::{
    finding::{Code, Severity},
    plan::Schedule,
    programme::ProgrammeImport,
    round::shipped,
};

use super::*;
use crate::programme::programme;

mod oddities;

fn last() -> Quarter {
    "2024-Q4".parse().unwrap()
}

struct Demonstration {
    round: FundingRound,
    import: ProgrammeImport,
    stories: Vec<QuarterStory>,
}

/// The whole demonstration, played once for all tests.
static DEMONSTRATION: LazyLock<Demonstration> = LazyLock::new(|| {
    let round = shipped().remove(0);
    let import = programme(&round);
    let stories = play(&round, &import, &Settings::demonstration(last()));
    Demonstration {
        round,
        import,
        stories,
    }
});

#[test]
fn the_same_seed_gives_the_same_stories_and_another_seed_others() {
    let round = shipped().remove(0);
    let import = programme(&round);
    let no = SubprojectNo::new("IQ23-NW-017");
    let settings = Settings::demonstration(last());
    let stories = |settings: Settings| play_one(&round, &import, &no, &settings).collect::<Vec<_>>();
    assert_eq!(stories(settings), stories(settings));
    let other = Settings { seed: 1, ..settings };
    assert_ne!(stories(settings), stories(other));
}

#[test]
fn vouchers_sum_to_items_and_sources_to_spending() {
    let Demonstration { round, stories, .. } = &*DEMONSTRATION;
    for story in stories {
        let Some(figures) = story.right_figures() else {
            continue;
        };
        for figure in &figures.expenditure {
            let vouchers = figures
                .vouchers
                .rows
                .iter()
                .filter(|voucher| voucher.item.as_ref() == Some(&figure.item));
            let sum: Money = vouchers.filter_map(|voucher| voucher.amount).sum();
            if !PlanVersion::is_flat_rate(round, &figure.item) {
                assert_eq!(
                    sum, figure.amount.value,
                    "{} {} {}",
                    story.subproject, story.quarter, figure.item
                );
            }
        }
        let spent: Money = figures
            .expenditure
            .iter()
            .map(|one| round.signed(&one.item, one.amount.value))
            .sum();
        let sources: Money = figures
            .funds
            .iter()
            .filter_map(|fund| fund.spent.as_ref())
            .map(|one| one.value)
            .sum();
        assert_eq!(spent, sources, "{} {}", story.subproject, story.quarter);
    }
}

#[test]
fn the_last_quarter_has_every_kind_of_open_workbook() {
    let stories = &DEMONSTRATION.stories;
    let of_last: Vec<&QuarterStory> = stories.iter().filter(|story| story.quarter == last()).collect();
    let ends = |wanted: fn(&Deed) -> bool| {
        of_last
            .iter()
            .filter(|story| story.steps.last().is_some_and(|step| wanted(&step.deed)))
            .count()
    };
    let missing = of_last.iter().filter(|story| story.steps.is_empty()).count();
    let submitted = ends(|deed| matches!(deed, Deed::Submit { .. }));
    let returned = ends(|deed| matches!(deed, Deed::Return { .. }));
    let accepted = ends(|deed| matches!(deed, Deed::Accept { .. }));
    let checked = ends(|deed| matches!(deed, Deed::Upload { planted: None, .. }));
    let blocked = ends(|deed| matches!(deed, Deed::Upload { planted: Some(_), .. }));
    let counts = [missing, submitted, returned, accepted, checked, blocked];
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    let silent = oddities::silent();
    assert!((2..=8).contains(&silent.len()), "{silent:?}");
    let reports = |story: &&QuarterStory| {
        silent
            .get(&story.subproject)
            .is_none_or(|from| story.quarter < *from)
    };
    let earlier = stories.iter().filter(|story| story.quarter != last());
    for story in earlier.filter(reports) {
        let accepted = matches!(
            story.steps.last().map(|step| &step.deed),
            Some(Deed::Accept { .. })
        );
        assert!(accepted, "{} {}", story.subproject, story.quarter);
    }
}

#[test]
fn some_workbooks_are_late_returned_and_wrong_at_first() {
    let Demonstration { round, stories, .. } = &*DEMONSTRATION;
    let late = stories.iter().filter(|story| {
        story
            .steps
            .first()
            .is_some_and(|step| step.at.date_naive() > round.due_day(story.quarter))
    });
    let has = |wanted: fn(&Deed) -> bool| {
        stories
            .iter()
            .filter(|story| story.steps.iter().any(|step| wanted(&step.deed)))
            .count()
    };
    let returned = has(|deed| matches!(deed, Deed::Return { .. }));
    let wrong = has(|deed| matches!(deed, Deed::Upload { planted: Some(_), .. }));
    let permille = |count: usize| count * 1000 / stories.len();
    assert!((40..110).contains(&permille(late.count())));
    assert!((30..90).contains(&permille(returned)), "{returned}");
    assert!((30..100).contains(&permille(wrong)), "{wrong}");
}

#[test]
fn steps_go_forward_in_time_and_begin_after_the_quarter() {
    let stories = &DEMONSTRATION.stories;
    for story in stories {
        assert!(story.steps.windows(2).all(|pair| pair[0].at < pair[1].at));
        assert!(
            story
                .steps
                .iter()
                .all(|step| step.at.date_naive() > story.quarter.last_day())
        );
    }
}

#[test]
fn all_traffic_lights_are_seen() {
    let Demonstration {
        round,
        import,
        stories,
    } = &*DEMONSTRATION;
    let mut spent: BTreeMap<&SubprojectNo, BTreeMap<Quarter, Money>> = BTreeMap::new();
    for story in stories {
        let Some(figures) = story.right_figures() else {
            continue;
        };
        let items = figures.expenditure.iter();
        let total = items.map(|one| round.signed(&one.item, one.amount.value)).sum();
        spent
            .entry(&story.subproject)
            .or_default()
            .insert(story.quarter, total);
    }
    let mut lights = BTreeMap::new();
    for (subproject, plans) in subprojects_with_plans(import) {
        let nothing = BTreeMap::new();
        let grant = subproject.grant_period;
        let schedule = plans.last().map(|plan| Schedule::of_plan(plan, round, &grant));
        let basis = nachweis_domain::burn::BurnBasis {
            grant,
            schedule: schedule.as_ref(),
            quarter: last(),
            spent: spent.get(&subproject.no).unwrap_or(&nothing),
            accepted: Money::ZERO,
            paid_out: Money::ZERO,
        };
        let figures = nachweis_domain::burn::BurnFigures::of_subproject(&basis);
        *lights.entry(figures.light(&round.thresholds)).or_insert(0) += 1;
    }
    assert_eq!(lights.len(), 3, "{lights:?}");
    assert!(lights.values().all(|count| *count >= 15), "{lights:?}");
}

#[test]
fn a_benchmark_can_ask_for_many_vouchers() {
    let round = shipped().remove(0);
    let import = programme(&round);
    let settings = Settings {
        vouchers_least: 20_000,
        vouchers_most: 20_000,
        ..Settings::demonstration("2023-Q3".parse().unwrap())
    };
    let no = SubprojectNo::new("IQ23-NW-001");
    let story = play_one(&round, &import, &no, &settings)
        .find_map(|story| story.right_figures().cloned())
        .unwrap();
    assert!((19_990..=20_000).contains(&story.vouchers.rows.len()));
    let numbers: BTreeSet<_> = story
        .vouchers
        .rows
        .iter()
        .map(|voucher| &voucher.number)
        .collect();
    assert_eq!(numbers.len(), story.vouchers.rows.len());
}

/// The codes that the rules give for figures, with the severity of the round.
fn codes(story: &QuarterStory, figures: &QuarterlyFigures) -> Vec<(Code, Severity)> {
    let round = &DEMONSTRATION.round;
    let found = nachweis_domain::rules::check(round, &story.context, figures);
    let rated = found
        .iter()
        .filter_map(|finding| Some((finding.code(), round.severity(finding.code(), story.quarter)?)));
    rated.collect()
}

#[test]
fn right_figures_have_no_blocking_finding_and_a_realistic_share_has_warnings() {
    let mut warned = 0;
    let mut all = 0;
    let mut by_code: BTreeMap<Code, u32> = BTreeMap::new();
    for story in &DEMONSTRATION.stories {
        let Some(figures) = story.right_figures() else {
            continue;
        };
        all += 1;
        let codes = codes(story, figures);
        let blocking: Vec<_> = codes
            .iter()
            .filter(|(_, severity)| *severity == Severity::Blocking)
            .collect();
        assert!(
            blocking.is_empty(),
            "{} {}: {blocking:?}",
            story.subproject,
            story.quarter
        );
        warned += u32::from(codes.iter().any(|(_, severity)| *severity == Severity::Warning));
        for code in codes.iter().map(|(code, _)| *code).collect::<BTreeSet<_>>() {
            *by_code.entry(code).or_default() += 1;
        }
    }
    let permille = warned * 1000 / all;
    assert!(
        (45..=85).contains(&permille),
        "{permille} of 1,000 workbooks have warnings: {by_code:?}"
    );
    assert!(by_code.len() >= 5, "{by_code:?}");
}

#[test]
fn every_planted_error_is_found_by_its_code() {
    let round = &DEMONSTRATION.round;
    for error in crate::errors::catalogue() {
        let found = DEMONSTRATION.stories.iter().find_map(|story| {
            let mut figures = story.right_figures()?.clone();
            error
                .plant(round, &story.context, &mut figures)
                .then(|| codes(story, &figures))
        });
        let found = found.unwrap_or_else(|| panic!("no workbook has a place for: {}", error.name));
        assert!(
            found.iter().any(|(code, _)| *code == error.code),
            "{} ({}): {found:?}",
            error.name,
            error.code
        );
    }
}

#[test]
fn workbooks_that_are_wrong_at_first_are_blocked_by_what_was_planted() {
    for story in &DEMONSTRATION.stories {
        for step in &story.steps {
            let Deed::Upload {
                figures,
                planted: Some(code),
            } = &step.deed
            else {
                continue;
            };
            let found = codes(story, figures);
            let blocked = found.contains(&(*code, Severity::Blocking));
            assert!(
                blocked,
                "{} {}: {code} not in {found:?}",
                story.subproject, story.quarter
            );
        }
    }
}

/// The blocking findings of all stories of a programme.
fn blocking(round: &FundingRound, stories: &[QuarterStory]) -> Vec<String> {
    let found = stories
        .iter()
        .filter_map(|story| Some((story, story.right_figures()?)));
    found
        .flat_map(|(story, figures)| {
            let found = nachweis_domain::rules::check(round, &story.context, figures);
            let blocking = found
                .into_iter()
                .filter(|one| round.severity(one.code(), story.quarter) == Some(Severity::Blocking));
            blocking
                .map(|one| format!("{} {}: {}", story.subproject, story.quarter, one.code()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn the_second_round_reports_its_own_counters_without_blocking_findings() {
    let round = shipped().remove(1);
    let import = programme(&round);
    let stories = play(
        &round,
        &import,
        &Settings::demonstration("2026-Q2".parse().unwrap()),
    );
    assert_eq!(blocking(&round, &stories), [""; 0]);
    let reached = stories
        .iter()
        .filter_map(QuarterStory::right_figures)
        .flat_map(|figures| &figures.counters);
    let reached = reached.filter(|figure| figure.counter.as_str() == "activation_reached");
    assert!(
        reached
            .filter_map(|figure| figure.count.as_ref())
            .any(|count| count.value > 0)
    );
}

#[test]
fn operations_of_a_published_list_can_report_too() {
    let round = shipped().remove(2);
    let Demonstration {
        round: first, import, ..
    } = &*DEMONSTRATION;
    let mut import = import.clone();
    import.subprojects.truncate(40);
    for (subproject, plan) in &mut import.subprojects {
        subproject.round = round.code.clone();
        subproject.action_field = nachweis_domain::key::ActionFieldKey::new("esf");
        let total = plan.awarded(first);
        let years = BTreeMap::from([(2023, total)]);
        plan.items = BTreeMap::from([(nachweis_domain::key::ItemKey::new("eligible_expenditure"), years)]);
        plan.sources = BTreeMap::from([(SourceKey::new("esf"), total)]);
        plan.targets.clear();
    }
    import.disbursements.clear();
    let stories = play(
        &round,
        &import,
        &Settings::demonstration("2023-Q4".parse().unwrap()),
    );
    assert_eq!(blocking(&round, &stories), [""; 0]);
    let spent = stories
        .iter()
        .filter_map(QuarterStory::right_figures)
        .flat_map(|figures| &figures.expenditure);
    assert!(spent.map(|figure| figure.amount.value).sum::<Money>() > Money::from_euro(1_000_000));
}
