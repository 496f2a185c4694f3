//! FIN-11: the Union share stays within the caps of the categories of region.
//!
//! ## Was geprüft wird
//! Was seit Beginn aus EU-Mitteln eingesetzt wurde, übersteigt nicht den zulässigen Anteil: Die zuwendungsfähigen
//! Ausgaben werden auf die Regionenkategorien des Teilvorhabens verteilt, jeder Teil mit dem Höchstsatz seiner
//! Kategorie gerechnet, und erst die Summe wird gerundet. Weil jedes Quartal für sich auf ganze Cent gerundet wird,
//! bleibt ein halber Cent je Quartal unbeachtet.
//!
//! ## Warum
//! Die Union beteiligt sich je Regionenkategorie höchstens mit dem Satz des Art. 112 Abs. 3 VO (EU) 2021/1060; die
//! Runde nennt die Sätze.
//!
//! ## Beispiel
//! In einer stärker entwickelten Region mit 40 % sind bei 105.000,00 € Ausgaben höchstens 42.000,00 € zulässig;
//! eingesetzt sind 43.000,00 €.
//!
//! ## Abhilfe
//! Die Aufteilung auf die Quellen berichtigen.
//!
//! ## What it checks
//! What has been used of Union money since the beginning does not exceed the share allowed: eligible expenditure is
//! divided over the categories of region of the subproject, each part is taken at the cap of its category, and only
//! the sum is rounded. As every quarter is rounded to whole cents by itself, half a cent per quarter is
//! disregarded.
//!
//! ## Why
//! The Union contributes at most the rate of Art. 112(3) Regulation (EU) 2021/1060 in each category of region; the
//! round states the rates.
//!
//! ## Example
//! In a more developed region with 40%, spending of €105,000.00 allows at most €42,000.00; €43,000.00 is used.
//!
//! ## How to fix
//! Correct the split over the sources.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding},
    money::Money,
    rate::Rate,
    round::SourceKind,
};

/// Compares the cumulative Union money with what the caps allow. Nothing is found while an amount is missing.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let used = subject
        .spent_from(SourceKind::Union)
        .filter(|_| subject.has_all_items());
    let (Some(amount), Some((at, others))) = (used, subject.cells_of_source(SourceKind::Union)) else {
        return Vec::new();
    };
    let allowed = allowed(subject);
    if amount <= allowed + subject.rounding_room() {
        return Vec::new();
    }
    vec![Finding::at(at, Detail::UnionShare { amount, allowed }).with_related(others)]
}

/// Union money that the eligible expenditure so far allows, rounded once. A category without cap allows all of it.
fn allowed(subject: &Subject<'_>) -> Money {
    let parts = subject.context.subproject.regions.divide(subject.total());
    let exact: Decimal = parts
        .into_iter()
        .map(|(category, part)| {
            let cap = subject
                .round
                .esf_caps
                .get(&category)
                .copied()
                .unwrap_or(Rate::WHOLE);
            Decimal::from(part.cents()) * cap.fraction()
        })
        .sum();
    let cents = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Money::from_cents(cents.to_i64().unwrap_or(i64::MAX))
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Detail},
        money::Money,
        rate::Rate,
        region::{RegionCategory, RegionSplit},
        rules::testing::Grid,
    };

    /// EUR 105,000 are spent in total, 36,000 of Union money before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound()
            .spend_from("esf_plus", "7000.00")
            .spend_from("federal", "7250.00")
    }

    #[test]
    fn union_money_above_the_cap_is_found_at_its_amount() {
        assert_eq!(example().lines(), ["FIN-11 Mittel!D5"]);
    }

    #[test]
    fn each_category_of_region_has_its_cap() {
        let in_region =
            |regions: RegionSplit| example().context(|context| context.subproject.regions = regions);
        for (category, found) in [
            (RegionCategory::MoreDeveloped, 1),
            (RegionCategory::FormerTransition, 0),
            (RegionCategory::Transition, 0),
        ] {
            assert_eq!(
                in_region(RegionSplit::whole(category)).cells(Code::Fin11).len(),
                found,
                "{category}"
            );
        }
    }

    #[test]
    fn a_split_allows_the_sum_of_its_parts() {
        let shares = vec![
            (RegionCategory::MoreDeveloped, Rate::from_percent(70)),
            (RegionCategory::Transition, Rate::from_percent(30)),
        ];
        let split = RegionSplit::new(shares).unwrap();
        let grid = |amount: &str| {
            let grid = Grid::sound().spend_from("esf_plus", amount);
            grid.context(|context| context.subproject.regions = split.clone())
        };
        // 73,500 × 40 % + 31,500 × 60 % = 48,300; 36,000 were used before, seven quarters leave four cents.
        assert!(grid("12300.04").cells(Code::Fin11).is_empty());
        let over = grid("12300.05").check();
        let over = over.iter().find(|finding| finding.code() == Code::Fin11).unwrap();
        let Detail::UnionShare { allowed, .. } = over.detail else {
            unreachable!()
        };
        assert_eq!(allowed, Money::from_euro(48_300));
    }
}
