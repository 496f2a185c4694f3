//! Filling workbooks: the template as issued, with values typed in, as a lead would hand it in.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    context::ReportingContext, figures::QuarterlyFigures, language::Language, record::IssueId,
    round::FundingRound,
};
use nachweis_ingest::{IngestError, IssueStamp, SealKey, issue_filled};
use uuid::Uuid;

use crate::dice::Dice;

/// The stamp of a made-up issue: the same for the same seed, subproject and quarter, so that the workbook's bytes are too.
pub fn stamp(seed: u64, context: &ReportingContext, issued_at: DateTime<Utc>) -> IssueStamp {
    let labels = [
        context.subproject.no.as_str(),
        &context.quarter.to_string(),
        "issue",
    ];
    let mut dice = Dice::new(seed, &labels);
    let random = u128::from(dice.next()) << 64 | u128::from(dice.next());
    let id = uuid::Builder::from_random_bytes(random.to_be_bytes()).into_uuid();
    IssueStamp {
        id: IssueId(Uuid::from_u128(id.as_u128())),
        issued_at,
    }
}

/// The workbook of a subproject and quarter with these figures typed in and the declaration confirmed, in German.
///
/// # Errors
/// When the context's template version is unknown or the file cannot be written.
pub fn fill(
    round: &FundingRound,
    context: &ReportingContext,
    stamp: &IssueStamp,
    key: &SealKey,
    figures: &QuarterlyFigures,
) -> Result<Vec<u8>, IngestError> {
    issue_filled(round, context, stamp, Language::De, key, figures)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use nachweis_domain::{
        cell::Located,
        finding::{Code, Finding, Severity},
        key::SubprojectNo,
        money::Money,
        quarter::Quarter,
        round::shipped,
    };
    use nachweis_ingest::{Reading, read_here};

    use super::*;
    use crate::{
        programme::programme,
        scenario::{Deed, QuarterStory, Settings, play_one},
    };

    fn stories(round: &FundingRound, no: &str) -> Vec<QuarterStory> {
        let last: Quarter = "2024-Q4".parse().unwrap();
        let import = programme(round);
        play_one(
            round,
            &import,
            &SubprojectNo::new(no),
            &Settings::demonstration(last),
        )
        .collect()
    }

    fn read(round: &FundingRound, story: &QuarterStory, figures: &QuarterlyFigures) -> Reading {
        let stamp = stamp(1, &story.context, DateTime::UNIX_EPOCH);
        let key = SealKey::from_bytes([7; 32]);
        let bytes = fill(round, &story.context, &stamp, &key, figures).unwrap();
        read_here(std::slice::from_ref(round), &bytes).unwrap()
    }

    fn value<T: Copy>(cell: Option<&Located<T>>) -> Option<T> {
        cell.map(|cell| cell.value)
    }

    /// Everything typed, without cells and rows.
    fn values(figures: &QuarterlyFigures) -> String {
        let items: BTreeMap<_, Money> = figures
            .expenditure
            .iter()
            .map(|one| (one.item.to_string(), one.amount.value))
            .collect();
        let funds: Vec<_> = figures
            .funds
            .iter()
            .map(|one| {
                (
                    &one.source,
                    value(one.called.as_ref()),
                    value(one.received.as_ref()),
                    value(one.spent.as_ref()),
                )
            })
            .collect();
        let indicators: Vec<_> = figures
            .indicators
            .iter()
            .map(|one| {
                let genders = [&one.women, &one.men, &one.non_binary].map(|cell| value(cell.as_ref()));
                (&one.code, genders, one.sum())
            })
            .collect();
        let counters: Vec<_> = figures
            .counters
            .iter()
            .map(|one| (&one.counter, value(one.count.as_ref())))
            .collect();
        let narrative: Vec<_> = figures
            .narrative
            .iter()
            .map(|one| (&one.part, &one.text.value))
            .collect();
        let vouchers: Vec<_> = figures
            .vouchers
            .rows
            .iter()
            .map(|one| {
                (
                    &one.number,
                    one.paid_on,
                    &one.payee,
                    &one.purpose,
                    &one.item,
                    one.amount,
                    one.corrects,
                )
            })
            .collect();
        format!("{items:#?}{funds:#?}{indicators:#?}{counters:#?}{narrative:#?}{vouchers:#?}")
    }

    #[test]
    fn what_is_filled_in_is_read_back_and_nothing_blocks() {
        let round = shipped().remove(0);
        for no in ["IQ23-NW-017", "IQ23-SN-001", "IQ23-DE-001"] {
            for story in stories(&round, no).iter().step_by(3) {
                let Some(figures) = story.right_figures() else {
                    continue;
                };
                let reading = read(&round, story, figures);
                let place = format!("{no} {}", story.quarter);
                let blocking = |code: Code| round.severity(code, story.quarter) == Some(Severity::Blocking);
                let found: Vec<_> = reading
                    .findings
                    .iter()
                    .filter(|one| blocking(one.code()))
                    .collect();
                assert!(found.is_empty(), "{place}: {found:?}");
                assert_eq!(values(&reading.figures), values(figures), "{place}");
                let rules = nachweis_domain::rules::check(&round, &story.context, &reading.figures);
                let found: Vec<_> = rules.iter().filter(|one| blocking(one.code())).collect();
                assert!(found.is_empty(), "{place}: {found:?}");
            }
        }
    }

    #[test]
    fn every_blocking_error_planted_in_figures_is_found_in_the_workbook() {
        let round = shipped().remove(0);
        let stories = stories(&round, "IQ23-NW-017");
        for error in crate::errors::catalogue() {
            let planted = stories.iter().find_map(|story| {
                let mut figures = story.right_figures()?.clone();
                error
                    .plant(&round, &story.context, &mut figures)
                    .then_some((story, figures))
            });
            let Some((story, figures)) = planted else { continue };
            let reading = read(&round, story, &figures);
            let rules = nachweis_domain::rules::check(&round, &story.context, &reading.figures);
            let codes: Vec<Code> = reading.findings.iter().chain(&rules).map(Finding::code).collect();
            assert!(
                codes.contains(&error.code),
                "{} ({}): {codes:?}",
                error.name,
                error.code
            );
        }
    }

    #[test]
    fn the_same_filling_gives_the_same_bytes() {
        let round = shipped().remove(0);
        let stories = stories(&round, "IQ23-BE-001");
        let key = SealKey::from_bytes([7; 32]);
        let bytes = || {
            let story = &stories[0];
            let Deed::Upload { figures, .. } = &story.steps[0].deed else {
                panic!("the story begins with an upload")
            };
            let stamp = stamp(1, &story.context, DateTime::UNIX_EPOCH);
            fill(&round, &story.context, &stamp, &key, figures).unwrap()
        };
        assert!(bytes() == bytes());
    }
}
