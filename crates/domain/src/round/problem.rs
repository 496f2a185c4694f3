//! What can be wrong in a round file: a place and a fault, as typed values.

use std::fmt;

use crate::{language::Language, quarter::Quarter};

/// A contradiction in a round file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundProblem {
    /// Where: `plan_items.remaining_costs.base`.
    pub place: String,
    /// What is wrong there.
    pub fault: RoundFault,
}

/// What is wrong at a place of a round file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundFault {
    /// A list that needs an entry has none.
    #[error("at least one entry is needed")]
    EmptyList,
    /// A list is longer than any real one.
    #[error("{count} entries, at most {limit} are possible")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A text is missing in one language.
    #[error("the text is empty in `{}`", language.code())]
    EmptyText {
        /// The language.
        language: Language,
    },
    /// A text is longer than fits its place.
    #[error("the text in `{}` has {characters} characters, at most {limit} are possible", language.code())]
    TextTooLong {
        /// The language.
        language: Language,
        /// How long it is.
        characters: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A text holds control characters.
    #[error("the text in `{}` holds control characters", language.code())]
    TextUnsafe {
        /// The language.
        language: Language,
    },
    /// A key with other characters than allowed, or too long.
    #[error("`{key}` is no key; {expected}")]
    BadKey {
        /// The key as written, cut to 40 characters.
        key: String,
        /// What a key looks like here.
        expected: &'static str,
    },
    /// A key that is defined twice.
    #[error("`{key}` is defined twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A key that is used but not defined.
    #[error("`{key}` is not defined")]
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A list that names the same key twice.
    #[error("`{key}` is named twice")]
    NamedTwice {
        /// The key.
        key: String,
    },
    /// Something that is computed from itself.
    #[error("it is computed from itself")]
    Cycle,
    /// Income in the base of a flat rate.
    #[error("`{key}` is income and cannot be part of a base")]
    IncomeInBase {
        /// The item.
        key: String,
    },
    /// A rate that is no share.
    #[error("the rate {rate} is not between 0 and 1; 40 % is written \"0.40\"")]
    RateOutside {
        /// The rate as written.
        rate: String,
    },
    /// A category of region without a cap.
    #[error("the category of region `{category}` has no cap")]
    MissingCap {
        /// The category.
        category: &'static str,
    },
    /// A period that ends before it begins, or is outside the years that can be meant.
    #[error(
        "the period from {first} to {last} is not possible; it must lie in 2000 to 2099 and last at most 15 years"
    )]
    BadPeriod {
        /// The first day.
        first: chrono::NaiveDate,
        /// The last day.
        last: chrono::NaiveDate,
    },
    /// A number outside its bounds.
    #[error("{number} is not between {least} and {most}")]
    NumberOutside {
        /// The number as written.
        number: u32,
        /// The least possible.
        least: u32,
        /// The largest possible.
        most: u32,
    },
    /// A lower threshold above the higher one.
    #[error("it is above `{higher}`")]
    ThresholdOrder {
        /// The other threshold.
        higher: &'static str,
    },
    /// A result indicator as a reference, or an output with a reference.
    #[error("only results have references, and only outputs are references")]
    BadReference,
    /// A round needs a source that pays the Union contribution.
    #[error("no source is of kind `union`")]
    NoUnionSource,
    /// An entry about a rule that says nothing of it.
    #[error(
        "the entry says nothing; give `severity`, `mode`, `effective_from` or `effective_until`, or leave it out"
    )]
    RuleSilent,
    /// A rule without which no verdict can be given is not to run always.
    #[error(
        "without this rule no verdict can be given; it always weighs the same and is never off, in shadow or limited to quarters"
    )]
    RuleIndispensable,
    /// A rule in shadow that is switched off.
    #[error("the rule is off and in shadow; in shadow it needs the severity that it is to have")]
    RuleOffInShadow,
    /// A rule that two lists of the round speak of.
    #[error("the rule also stands under `severities`; only one of both may speak of it")]
    RuleInSeverities,
    /// Two entries about a rule hold in the same quarter.
    #[error("two entries about the rule hold in the same quarter")]
    RuleTwice,
    /// A rule that ends before it begins.
    #[error("it takes effect in {from} and ends in {until} already")]
    RuleDates {
        /// The first quarter.
        from: Quarter,
        /// The last quarter.
        until: Quarter,
    },
    /// A rule takes effect or ends outside of the round.
    #[error("{quarter} lies outside of the round")]
    RuleOutsideRound {
        /// The quarter.
        quarter: Quarter,
    },
}

impl fmt::Display for RoundProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}
