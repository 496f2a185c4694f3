//! Chance from a seed: the same on every machine and with every version of every library, because fixtures depend on it.

/// A stream of numbers made by `SplitMix64`; each thing that is invented has a stream of its own, named by labels, so that
/// inventing one thing more changes no other.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of a seed and labels (FNV-1a over both).
    pub(crate) fn new(seed: u64, labels: &[&str]) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let separated = labels.iter().flat_map(|label| label.bytes().chain([0]));
        for byte in seed.to_le_bytes().into_iter().chain(separated) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(hash)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`, both included; `least` when `most` is smaller.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).max(0).unsigned_abs().saturating_add(1);
        least.saturating_add_unsigned(self.next() % span)
    }

    /// Whether something with this chance in a thousand happens.
    pub(crate) fn happens(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    /// How often something with this chance in a thousand happens in so many tries.
    pub(crate) fn hits(&mut self, tries: i64, permille: i64) -> i64 {
        (0..tries).map(|_| i64::from(self.happens(permille))).sum()
    }

    /// One of the choices; the default of an empty list.
    pub(crate) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let last = i64::try_from(choices.len()).unwrap_or(i64::MAX) - 1;
        let index = usize::try_from(self.between(0, last)).unwrap_or_default();
        choices.get(index).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_same_everywhere() {
        let mut dice = Dice::new(2023, &["IQ23-NW-017", "2024-Q3"]);
        let numbers: Vec<i64> = (0..6).map(|_| dice.between(0, 999)).collect();
        assert_eq!(numbers, [271, 562, 727, 534, 822, 306]);
    }

    #[test]
    fn labels_are_kept_apart() {
        let first = Dice::new(1, &["ab", "c"]).next();
        assert_ne!(first, Dice::new(1, &["a", "bc"]).next());
        assert_ne!(first, Dice::new(2, &["ab", "c"]).next());
    }

    #[test]
    fn bounds_are_included_and_never_left() {
        let mut dice = Dice::new(7, &[]);
        let seen: std::collections::BTreeSet<i64> = (0..500).map(|_| dice.between(-2, 3)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [-2, -1, 0, 1, 2, 3]);
        assert_eq!(dice.between(5, 4), 5);
        assert_eq!(dice.pick::<u8>(&[]), 0);
        assert!(!dice.happens(0) && dice.happens(1000));
    }
}
