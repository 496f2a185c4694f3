//! From what was read to a verdict: identity, rules, severities of the round.

use nachweis_domain::{
    context::ReportingContext,
    finding::{Code, Finding},
    record::RatedFinding,
    round::FundingRound,
    rules,
};
use nachweis_ingest::Reading;

/// Whether the rules of the round can say anything about the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparable {
    /// The workbook is the expected one.
    Yes,
    /// It is another subproject's, another quarter's or none of ours: every rule would only repeat that.
    No,
}

/// All findings of a reading with their severities, in the order of the workbook.
pub(crate) fn judge(
    round: &FundingRound,
    context: &ReportingContext,
    reading: &Reading,
    identity: Vec<Finding>,
    comparable: Comparable,
) -> Vec<RatedFinding> {
    let quarter = context.quarter;
    let read = rules::running(
        round,
        quarter,
        reading.findings.iter().cloned().chain(identity).collect(),
    );
    let checked = match comparable {
        Comparable::Yes => rules::check(round, context, &reading.figures),
        Comparable::No => Vec::new(),
    };
    rules::rate(round, quarter, rules::merge(read, checked))
}

/// The findings that say that the workbook holds data about single persons. No setting of a round switches this off:
/// such a file is not kept (design.md §5).
pub(crate) fn personal_data(findings: &[Finding]) -> Vec<Finding> {
    findings
        .iter()
        .filter(|finding| finding.code() == Code::Tpl15)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use nachweis_domain::finding::{Detail, Severity};

    use super::*;
    use crate::sample::{at, context, round};

    fn reading(findings: Vec<Finding>) -> Reading {
        Reading {
            findings,
            ..Reading::default()
        }
    }

    #[test]
    fn findings_are_rated_by_the_round_and_rules_switched_off_are_left_out() {
        let mut round = round();
        round.severities.insert(Code::Tpl13, Severity::Off);
        round.severities.insert(Code::Val10, Severity::Warning);
        let column = nachweis_domain::finding::Column::Amount;
        let found = vec![
            Finding::at(at(()).at, Detail::Missing { column }),
            Finding::whole(Detail::ColumnNotRead {
                header: "x".to_owned(),
            }),
        ];
        let rated = judge(&round, &context(), &reading(found), Vec::new(), Comparable::No);
        let severities: Vec<_> = rated
            .iter()
            .map(|rated| (rated.finding.code(), rated.severity))
            .collect();
        assert_eq!(severities, [(Code::Val10, Severity::Warning)]);
    }

    #[test]
    fn data_about_persons_is_told_whatever_the_round_says() {
        let personal = Finding::at(
            at(()).at,
            Detail::PersonLevelData {
                kind: "email".to_owned(),
            },
        );
        let found = vec![Finding::whole(Detail::NotDeclared), personal.clone()];
        assert_eq!(personal_data(&found), [personal]);
    }
}
