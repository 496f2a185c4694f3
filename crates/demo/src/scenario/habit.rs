//! How reliably a subproject reports.

use nachweis_domain::{
    quarter::Quarter,
    subproject::{Subproject, SubprojectKind},
};

use crate::dice::Dice;

/// How a subproject keeps to its deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Mostly in time.
    Punctual,
    /// Weeks late in every quarter.
    Late,
    /// Nothing comes from this quarter on.
    SilentFrom(Quarter),
}

impl Habit {
    /// The habit of a subproject: few are always late, fewer fall silent in the second year;
    /// a coordination never does.
    pub(super) fn of(seed: u64, subproject: &Subproject) -> Self {
        let mut dice = Dice::new(seed, &[subproject.no.as_str(), "habit"]);
        match dice.between(0, 999) {
            0..22 if subproject.kind == SubprojectKind::Regional => {
                let quarters = subproject.grant_period.quarters();
                let reported = usize::try_from(dice.between(4, 6)).unwrap_or_default();
                quarters
                    .get(reported)
                    .map_or(Self::Punctual, |quarter| Self::SilentFrom(*quarter))
            }
            22..50 => Self::Late,
            _ => Self::Punctual,
        }
    }

    /// Whether nothing is reported for a quarter.
    pub(super) fn is_silent_in(self, quarter: Quarter) -> bool {
        matches!(self, Self::SilentFrom(first) if quarter >= first)
    }
}
