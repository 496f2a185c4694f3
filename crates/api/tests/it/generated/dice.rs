//! Chance that is the same for the same seed.

/// Dice with a seed (`SplitMix64`).
pub(super) struct Dice {
    state: u64,
    /// Nothing is left to chance: the first of several, never the rare case.
    pub(super) plain: bool,
}

impl Dice {
    /// The dice of a seed.
    pub(super) const fn of(seed: u64) -> Self {
        Self {
            state: seed,
            plain: false,
        }
    }

    /// Any number.
    pub(super) const fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below a bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        if self.plain {
            return 0;
        }
        let bound = u64::try_from(bound).unwrap();
        usize::try_from(self.number() % bound).unwrap()
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        !self.plain && self.below(times) == 0
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}
