//! The sign with which each plan item counts in totals, looked up once for each item instead of for each entry.

use nachweis_domain::{key::ItemKey, ledger::ExpenditureEntry, money::Money, round::FundingRound};

/// The signs of a round's plan items, by the round's own rule.
pub(super) struct Signs<'a> {
    round: &'a FundingRound,
    /// Items with whether they are deducted.
    items: Vec<(&'a ItemKey, bool)>,
    next: usize,
}

impl<'a> Signs<'a> {
    pub(super) const fn of(round: &'a FundingRound) -> Self {
        Self {
            round,
            items: Vec::new(),
            next: 0,
        }
    }

    /// What an entry adds to totals: reported and accepted, income deducted. The ledger lists items in the same order
    /// for every report, so the item after the last one is tried first.
    pub(super) fn amounts(&mut self, entry: &'a ExpenditureEntry) -> [Money; 2] {
        let amounts = [entry.reported, entry.accepted];
        if self.is_deducted(&entry.item) {
            amounts.map(std::ops::Neg::neg)
        } else {
            amounts
        }
    }

    fn is_deducted(&mut self, item: &'a ItemKey) -> bool {
        let next = self.items.get(self.next).filter(|(next, _)| *next == item);
        if let Some((_, is_deducted)) = next {
            self.next += 1;
            return *is_deducted;
        }
        let position = self.items.iter().position(|(known, _)| *known == item);
        let position = position.unwrap_or_else(|| {
            let is_deducted = self.round.signed(item, Money::from_cents(1)).is_negative();
            self.items.push((item, is_deducted));
            self.items.len() - 1
        });
        self.next = position + 1;
        self.items
            .get(position)
            .is_some_and(|(_, is_deducted)| *is_deducted)
    }
}
