//! What is odd about a subproject's reports, so that a realistic share of workbooks carries warnings.

use nachweis_domain::{key::ItemKey, quarter::Quarter};

use super::overrun::Overrun;
use crate::dice::Dice;

/// What is odd about a subproject. Each is a warning of the rules or a line of a report, none is blocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// Nothing.
    None,
    /// Own funds come late: below their least share in 2023 (FIN-12).
    LateOwnFunds,
    /// Own funds stay below their least share (FIN-12).
    MissingOwnFunds,
    /// Freelancer fees exceed their plan of the whole grant by the end of 2024 (FIN-07, deviations).
    Over(Overrun),
    /// Few participants of foreign background (IND-16).
    FewForeignBackground,
    /// The education of some participants is unknown from some quarter on (IND-18).
    EducationUnknown,
    /// Now and then a participant below 18 (IND-15).
    Children,
    /// Money of more than two quarters is called in advance once (FIN-13).
    EarlyCalls,
}

impl Quirk {
    /// The quirk of a subproject: four of five have none.
    pub(crate) fn of(seed: u64, no: &str) -> Self {
        let mut dice = Dice::new(seed, &[no, "quirk"]);
        match dice.between(0, 999) {
            0..14 => Self::LateOwnFunds,
            14..22 => Self::MissingOwnFunds,
            22..82 => Self::Over(Overrun::of(&mut dice)),
            82..104 => Self::FewForeignBackground,
            104..128 => Self::EducationUnknown,
            128..160 => Self::Children,
            160..210 => Self::EarlyCalls,
            _ => Self::None,
        }
    }

    /// How an item exceeds its plan, if it does.
    pub(crate) fn overrun_of(self, item: &ItemKey) -> Option<Overrun> {
        match self {
            Self::Over(overrun) if item.as_str() == Overrun::ITEM => Some(overrun),
            _ => None,
        }
    }

    /// How much of the planned own funds has come in, in per cent.
    pub(crate) fn own_funds_percent(self, quarter: Quarter) -> i64 {
        match self {
            Self::LateOwnFunds if quarter.year() == 2023 => 40,
            Self::MissingOwnFunds => 45,
            _ => 100,
        }
    }
}
