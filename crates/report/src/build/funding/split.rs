//! Dividing the sources of a subproject over its categories of region.
//!
//! A nationwide subproject may use Union money up to the cap of each category (rule FIN-11 adds the caps up). So its Union
//! money falls to the categories by key × cap. Own funds and third-party money follow the key, and grant money fills what
//! is left of each category's part, as it does in the financing plan (domain.md §2.1, §8a).

use nachweis_domain::{
    money::Money,
    region::{RegionCategory, RegionSplit},
    round::{FundingRound, SourceKind},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::Amounts;

/// The categories of a subproject with their weights.
pub(super) struct Split {
    categories: Vec<RegionCategory>,
    /// The key.
    whole: Vec<u64>,
    /// The key times the cap of each category.
    union: Vec<u64>,
}

/// The parts of a source, by category.
type Parts = Vec<(RegionCategory, Amounts)>;

impl Split {
    pub(super) fn of(round: &FundingRound, regions: &RegionSplit) -> Self {
        let categories: Vec<RegionCategory> =
            regions.shares().iter().map(|(category, _)| *category).collect();
        let whole = regions.weights();
        let union = categories
            .iter()
            .zip(&whole)
            .map(|(category, weight)| {
                let cap = round
                    .esf_caps
                    .get(category)
                    .map_or(Decimal::ONE, |rate| rate.fraction());
                (Decimal::from(*weight) * cap * Decimal::ONE_THOUSAND)
                    .round()
                    .to_u64()
                    .unwrap_or(*weight)
            })
            .collect();
        Self {
            categories,
            whole,
            union,
        }
    }

    /// The parts of each source; every amount is kept in sum.
    pub(super) fn divide(&self, sources: &[(Option<SourceKind>, Amounts)]) -> Vec<Parts> {
        if let [only] = self.categories.as_slice() {
            return sources
                .iter()
                .map(|(_, amounts)| vec![(*only, *amounts)])
                .collect();
        }
        let mut parts: Vec<Parts> = sources
            .iter()
            .map(|_| {
                self.categories
                    .iter()
                    .map(|category| (*category, Amounts::default()))
                    .collect()
            })
            .collect();
        for column in 0..super::KEYS.len() {
            let amount = |amounts: &Amounts| amounts.get(column).copied().unwrap_or_default();
            let rest = self.rest(sources.iter().map(|(kind, amounts)| (*kind, amount(amounts))));
            for ((kind, amounts), parts) in sources.iter().zip(&mut parts) {
                let weights = match Way::of(*kind) {
                    Way::Cap => &self.union,
                    Way::Key => &self.whole,
                    Way::Rest => &rest,
                };
                for ((_, part), share) in parts.iter_mut().zip(amount(amounts).allocate(weights)) {
                    if let Some(cell) = part.get_mut(column) {
                        *cell = share;
                    }
                }
            }
        }
        parts
    }

    /// What the other sources leave of each category's part, as weights; the key where nothing is left to divide by.
    fn rest(&self, amounts: impl Iterator<Item = (Option<SourceKind>, Money)>) -> Vec<u64> {
        let (mut total, mut by_cap, mut by_key) = (Money::ZERO, Money::ZERO, Money::ZERO);
        for (kind, amount) in amounts {
            total += amount;
            match Way::of(kind) {
                Way::Cap => by_cap += amount,
                Way::Key => by_key += amount,
                Way::Rest => {}
            }
        }
        let taken = by_cap
            .allocate(&self.union)
            .into_iter()
            .zip(by_key.allocate(&self.whole));
        let left: Vec<u64> = total
            .allocate(&self.whole)
            .into_iter()
            .zip(taken)
            .map(|(whole, (by_cap, by_key))| u64::try_from((whole - by_cap - by_key).cents()).unwrap_or(0))
            .collect();
        if left.iter().all(|weight| *weight == 0) {
            return self.whole.clone();
        }
        left
    }
}

/// How the money of a source falls to the categories.
enum Way {
    /// By the key times the cap of the category.
    Cap,
    /// By the key.
    Key,
    /// Filling what the others leave.
    Rest,
}

impl Way {
    const fn of(kind: Option<SourceKind>) -> Self {
        match kind {
            Some(SourceKind::Union) => Self::Cap,
            Some(SourceKind::Own | SourceKind::ThirdParty) => Self::Key,
            Some(SourceKind::Grant) | None => Self::Rest,
        }
    }
}
