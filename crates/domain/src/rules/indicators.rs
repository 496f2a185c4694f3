//! Rules about indicators and counters: one file each.
//!
//! The workbook carries quarter values. Rules between outputs hold in the quarter and cumulatively, rules that compare
//! results with outputs hold cumulatively; each holds for women, men, non-binary persons and all together.

use super::Rule;
use crate::finding::Code;

mod age_groups;
mod children;
mod comparison;
mod counter_sum;
mod education_and_age_known;
mod education_complete;
mod education_levels;
mod employment_status;
mod entities;
mod fall;
mod foreign_background;
mod gender_sum;
mod leavers;
mod linked_output;
mod long_term_unemployed;
mod negative_count;
mod reference_group;
mod reserved_sum;
mod third_country;
mod trait_of_participants;

/// All rules about indicators and counters in the order of their codes.
pub(super) const RULES: &[Rule] = &[
    (Code::Ind01, employment_status::check),
    (Code::Ind02, long_term_unemployed::check),
    (Code::Ind03, age_groups::check),
    (Code::Ind04, education_levels::check),
    (Code::Ind05, trait_of_participants::check),
    (Code::Ind06, third_country::check),
    (Code::Ind07, gender_sum::check),
    (Code::Ind08, reserved_sum::check),
    (Code::Ind09, linked_output::check),
    (Code::Ind10, reference_group::check),
    (Code::Ind11, leavers::check),
    (Code::Ind12, fall::check),
    (Code::Ind13, negative_count::check),
    (Code::Ind14, education_and_age_known::check),
    (Code::Ind15, children::check),
    (Code::Ind16, foreign_background::check),
    (Code::Ind17, entities::check),
    (Code::Ind18, education_complete::check),
    (Code::Ind19, counter_sum::check),
];

/// A grid that breaks each rule, for the catalogue of findings.
#[cfg(test)]
pub(super) const EXAMPLES: &[super::testing::Example] = &[
    (Code::Ind01, employment_status::tests::example),
    (Code::Ind02, long_term_unemployed::tests::example),
    (Code::Ind03, age_groups::tests::example),
    (Code::Ind04, education_levels::tests::example),
    (Code::Ind05, trait_of_participants::tests::example),
    (Code::Ind06, third_country::tests::example),
    (Code::Ind07, gender_sum::tests::example),
    (Code::Ind08, reserved_sum::tests::example),
    (Code::Ind09, linked_output::tests::example),
    (Code::Ind10, reference_group::tests::example),
    (Code::Ind11, leavers::tests::example),
    (Code::Ind12, fall::tests::example),
    (Code::Ind13, negative_count::tests::example),
    (Code::Ind14, education_and_age_known::tests::example),
    (Code::Ind15, children::tests::example),
    (Code::Ind16, foreign_background::tests::example),
    (Code::Ind17, entities::tests::example),
    (Code::Ind18, education_complete::tests::example),
    (Code::Ind19, counter_sum::tests::example),
];
