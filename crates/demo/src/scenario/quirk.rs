//! What is odd about a subproject's reports, so that a realistic share of workbooks carries warnings.

use nachweis_domain::{key::ItemKey, quarter::Quarter};

use crate::dice::Dice;

/// What is odd about a subproject. Each is a warning of the rules, none is blocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// Nothing.
    None,
    /// Own funds come late: below their least share in 2023 (FIN-12).
    LateOwnFunds,
    /// Freelancer fees run above the plan of the year from 2024 on (FIN-07).
    FreelancersOverPlan,
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
    /// The quirk of a subproject.
    pub(crate) fn of(seed: u64, no: &str) -> Self {
        let mut dice = Dice::new(seed, &[no, "quirk"]);
        match dice.between(0, 999) {
            0..60 => Self::LateOwnFunds,
            60..105 => Self::FreelancersOverPlan,
            105..145 => Self::FewForeignBackground,
            145..190 => Self::EducationUnknown,
            190..240 => Self::Children,
            240..410 => Self::EarlyCalls,
            _ => Self::None,
        }
    }

    /// By how much an item runs above its pace in a quarter, in a thousandth.
    pub(crate) fn overspending_permille(self, item: &ItemKey, quarter: Quarter) -> i64 {
        let over =
            self == Self::FreelancersOverPlan && item.as_str() == "freelancer_fees" && quarter.year() > 2023;
        if over { 1_350 } else { 1_000 }
    }

    /// How much of the planned own funds has come in, in per cent.
    pub(crate) fn own_funds_percent(self, quarter: Quarter) -> i64 {
        if self == Self::LateOwnFunds && quarter.year() == 2023 {
            40
        } else {
            100
        }
    }
}
