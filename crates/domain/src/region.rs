//! Länder, NUTS-2 regions and their category of region (domain.md §6).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{language::Text, rate::Rate};

mod land;
mod nuts2;

pub use land::Land;
pub use nuts2::{NUTS2_REGIONS, Nuts2, Nuts2Region, UnknownNuts2};

/// Category of region of Implementing Decision (EU) 2021/1130. Germany has no less developed region in 2021–2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionCategory {
    /// More developed (SER).
    MoreDeveloped,
    /// More developed, but transition in 2014–2020: own cap of CPR Art. 112(3) (the case of Leipzig).
    FormerTransition,
    /// Transition (ÜR).
    Transition,
}

impl RegionCategory {
    /// All categories in the order of reports.
    pub const ALL: [Self; 3] = [Self::MoreDeveloped, Self::FormerTransition, Self::Transition];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MoreDeveloped => "more_developed",
            Self::FormerTransition => "former_transition",
            Self::Transition => "transition",
        }
    }

    /// The name for people.
    pub fn name(self) -> Text {
        match self {
            Self::MoreDeveloped => Text::new("stärker entwickelte Region", "more developed region"),
            Self::FormerTransition => Text::new(
                "stärker entwickelte Region (2014–2020 Übergang)",
                "more developed region (transition in 2014–2020)",
            ),
            Self::Transition => Text::new("Übergangsregion", "transition region"),
        }
    }
}

impl fmt::Display for RegionCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no category of region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a category of region")]
pub struct UnknownCategory(pub String);

impl FromStr for RegionCategory {
    type Err = UnknownCategory;

    fn from_str(text: &str) -> Result<Self, UnknownCategory> {
        Self::ALL
            .into_iter()
            .find(|category| category.as_str() == text)
            .ok_or_else(|| UnknownCategory(text.chars().take(40).collect()))
    }
}

/// How the money and results of a subproject divide over categories of region; the shares sum to 100 %.
///
/// One region is the usual case; nationwide subprojects carry a split (domain.md §6.2).
///
/// ```
/// use nachweis_domain::{money::Money, rate::Rate, region::{RegionCategory, RegionSplit}};
/// let split = RegionSplit::new(vec![
///     (RegionCategory::Transition, Rate::from_percent(20)),
///     (RegionCategory::MoreDeveloped, Rate::from_percent(80)),
/// ])?;
/// let parts = split.divide(Money::from_cents(101));
/// assert_eq!(parts[0], (RegionCategory::MoreDeveloped, Money::from_cents(81)));
/// assert_eq!(parts[1], (RegionCategory::Transition, Money::from_cents(20)));
/// assert!(RegionSplit::new(vec![(RegionCategory::Transition, Rate::from_percent(20))]).is_err());
/// # Ok::<(), nachweis_domain::region::SplitError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "Vec<(RegionCategory, Rate)>",
    into = "Vec<(RegionCategory, Rate)>"
)]
pub struct RegionSplit(Vec<(RegionCategory, Rate)>);

/// A split that is empty, names a category twice, holds a share that is not above zero, or does not sum to 100 %.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the shares of the categories of region must be positive, each category once, and sum to 100 %")]
pub struct SplitError;

impl RegionSplit {
    /// Everything in one category.
    pub fn whole(category: RegionCategory) -> Self {
        Self(vec![(category, Rate::WHOLE)])
    }

    /// A split by shares.
    ///
    /// # Errors
    /// When the shares are not positive, repeat a category or do not sum to 100 %.
    pub fn new(mut shares: Vec<(RegionCategory, Rate)>) -> Result<Self, SplitError> {
        shares.sort();
        let sum: rust_decimal::Decimal = shares.iter().map(|(_, rate)| rate.fraction()).sum();
        let once = shares.windows(2).all(|pair| matches!(pair, [a, b] if a.0 != b.0));
        if sum == Rate::WHOLE.fraction() && once && shares.iter().all(|(_, rate)| *rate > Rate::ZERO) {
            Ok(Self(shares))
        } else {
            Err(SplitError)
        }
    }

    /// The shares, by category in report order.
    pub fn shares(&self) -> &[(RegionCategory, Rate)] {
        &self.0
    }

    /// Divides an amount by the shares so that the parts sum to it exactly.
    pub fn divide(&self, amount: crate::money::Money) -> Vec<(RegionCategory, crate::money::Money)> {
        let parts = amount.allocate(&self.weights());
        self.0.iter().map(|(category, _)| *category).zip(parts).collect()
    }

    /// Shares as whole weights of a millionth, for [`crate::money::Money::allocate`].
    pub fn weights(&self) -> Vec<u64> {
        use rust_decimal::prelude::ToPrimitive;
        let millionth = rust_decimal::Decimal::from(1_000_000);
        self.0
            .iter()
            .map(|(_, rate)| (rate.fraction() * millionth).round().to_u64().unwrap_or(0))
            .collect()
    }
}

impl TryFrom<Vec<(RegionCategory, Rate)>> for RegionSplit {
    type Error = SplitError;
    fn try_from(shares: Vec<(RegionCategory, Rate)>) -> Result<Self, SplitError> {
        Self::new(shares)
    }
}

impl From<RegionSplit> for Vec<(RegionCategory, Rate)> {
    fn from(split: RegionSplit) -> Self {
        split.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_38_regions_have_the_categories_of_the_law() {
        let mut counts: BTreeMap<RegionCategory, u32> = BTreeMap::new();
        for region in Nuts2::all() {
            *counts.entry(region.facts().category).or_default() += 1;
        }
        let counts: Vec<u32> = counts.into_values().collect();
        assert_eq!(counts, [29, 1, 8], "more developed, Leipzig, transition");
        assert!(NUTS2_REGIONS.is_sorted_by_key(|region| region.code));
    }

    #[test]
    fn each_region_lies_in_the_land_of_its_code() {
        for region in Nuts2::all() {
            assert!(region.code().starts_with(region.facts().land.nuts1()), "{region}");
            assert_eq!(region.code().parse(), Ok(region));
        }
        for land in Land::ALL {
            assert!(Nuts2::all().any(|region| region.facts().land == land), "{land}");
        }
    }

    #[test]
    fn only_three_lands_are_mixed() {
        let categories = |land: Land| {
            let of_land = Nuts2::all().filter(|region| region.facts().land == land);
            let categories: std::collections::BTreeSet<_> =
                of_land.map(|region| region.facts().category).collect();
            categories.len()
        };
        let mixed: Vec<Land> = Land::ALL
            .into_iter()
            .filter(|land| categories(*land) > 1)
            .collect();
        assert_eq!(mixed, [Land::Niedersachsen, Land::RheinlandPfalz, Land::Sachsen]);
    }

    #[test]
    fn land_codes_and_keys_are_unique_and_read_back() {
        for land in Land::ALL {
            assert_eq!(land.code().parse(), Ok(land));
            assert_eq!(land.name().parse(), Ok(land));
            let twins = Land::ALL
                .into_iter()
                .filter(|other| other.nuts1() == land.nuts1());
            assert_eq!(twins.count(), 1);
        }
        assert!("XX".parse::<Land>().is_err());
    }

    #[test]
    fn splits_that_do_not_sum_to_the_whole_are_refused() {
        let percent = |category, percent| (category, Rate::from_percent(percent));
        let wrong = [
            vec![],
            vec![percent(RegionCategory::Transition, 99)],
            vec![
                percent(RegionCategory::Transition, 50),
                percent(RegionCategory::Transition, 50),
            ],
            vec![
                percent(RegionCategory::Transition, 120),
                percent(RegionCategory::MoreDeveloped, -20),
            ],
            vec![
                percent(RegionCategory::Transition, 100),
                percent(RegionCategory::MoreDeveloped, 0),
            ],
        ];
        for shares in wrong {
            assert_eq!(RegionSplit::new(shares.clone()), Err(SplitError), "{shares:?}");
        }
    }

    #[test]
    fn a_category_reads_back_from_its_name() {
        for category in RegionCategory::ALL {
            assert_eq!(category.as_str().parse(), Ok(category));
        }
        assert!("less_developed".parse::<RegionCategory>().is_err());
    }
}
