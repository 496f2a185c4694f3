//! Freelancer fees above their plan: posts stay vacant and freelancers stand in, so that other items save what this one
//! spends more; or nothing is saved.

use nachweis_domain::{money::Money, quarter::Quarter, rate::Rate};
use rust_decimal::Decimal;

use crate::dice::Dice;

/// How freelancer fees stand against their plan of the whole grant at the end of 2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overrun {
    course: Course,
    /// What the item has cost in the end, in a thousandth of its plan.
    permille: i64,
}

/// How it comes to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// Above by less than 15 %, offset by vacant posts.
    Offset,
    /// Exactly 15 % above, offset.
    AtWarning,
    /// Above by less than 20 %, and nothing is saved.
    NotOffset,
    /// Above by more than 20 %, offset: consent is needed.
    NeedsConsent,
    /// Above by more than 20 %; what was saved is spent in the last quarter, when posts are paid in arrears.
    OverLimit,
}

impl Overrun {
    /// The item that exceeds its plan.
    pub(crate) const ITEM: &str = "freelancer_fees";

    /// One of the five courses.
    pub(crate) fn of(dice: &mut Dice) -> Self {
        let course = match dice.between(0, 99) {
            0..30 => Course::Offset,
            30..48 => Course::AtWarning,
            48..75 => Course::NotOffset,
            75..90 => Course::NeedsConsent,
            _ => Course::OverLimit,
        };
        let permille = match course {
            Course::Offset => dice.between(1_031, 1_128),
            Course::AtWarning => 1_150,
            Course::NotOffset => dice.between(1_057, 1_184),
            Course::NeedsConsent => dice.between(1_211, 1_286),
            Course::OverLimit => dice.between(1_214, 1_279),
        };
        Self { course, permille }
    }

    /// The quarters from the first in which freelancers stand in to the last in which they are paid.
    fn quarters(self) -> (i32, i32) {
        let ordinal = |quarter: u32| Quarter::new(2024, quarter).map_or(0, Quarter::ordinal);
        match self.course {
            Course::OverLimit => (ordinal(1), ordinal(3)),
            _ => (ordinal(1), ordinal(4)),
        }
    }

    /// What the item costs in a quarter, when so much of its plan is spent before; `None` as long as it keeps to its plan.
    pub(crate) fn amount(self, quarter: Quarter, plan: Money, spent: Money) -> Option<Money> {
        let (first, last) = self.quarters();
        let quarter = quarter.ordinal();
        if quarter < first {
            return None;
        }
        let left = i64::from(last - quarter + 1);
        let whole = plan.share(Rate::from_fraction(Decimal::new(self.permille, 3)));
        Some(match left {
            ..1 => Money::ZERO,
            left => (whole - spent)
                .in_proportion(Money::from_cents(1), Money::from_cents(left))
                .unwrap_or_default()
                .max(Money::ZERO),
        })
    }

    /// The pace of all other items in a thousandth of their plan: vacant posts, or everything just as planned.
    pub(crate) const fn pace_of_others(self) -> i64 {
        match self.course {
            Course::NotOffset => 1_000,
            _ => 880,
        }
    }

    /// Whether all other items make good in this quarter what they have not spent of their plan.
    pub(crate) fn makes_good(self, quarter: Quarter) -> bool {
        match self.course {
            Course::NotOffset => true,
            Course::OverLimit => quarter.ordinal() > self.quarters().1,
            _ => false,
        }
    }
}
