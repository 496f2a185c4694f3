//! Numbers of operations: the list's own where it is one, else one made from what the operation is.
//!
//! A made number depends on beneficiary, name and beginning only, so that the same operation keeps it when the list is
//! published again with further rows, another end or another amount.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{key::SubprojectNo, region::Land};
use sha2::{Digest, Sha256};

/// Letters and digits that people do not confuse.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
/// Characters of a made number after its prefix.
const LENGTH: usize = 7;
/// The longest number of a list that is taken as it is.
const LONGEST: usize = 60;

/// Gives each operation a number of its own.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// How often each number of the list occurs.
    occurrences: BTreeMap<String, usize>,
    given: BTreeSet<String>,
    /// How many operations with the same content came before.
    repeated: BTreeMap<String, u32>,
}

impl Numbers {
    /// Counts the numbers of the list.
    pub(super) fn of(numbers: impl Iterator<Item = String>) -> Self {
        let mut occurrences = BTreeMap::new();
        for number in numbers {
            *occurrences.entry(number).or_default() += 1;
        }
        Self {
            occurrences,
            ..Self::default()
        }
    }

    /// How often a number of the list occurs.
    pub(super) fn occurrences(&self, number: &str) -> usize {
        self.occurrences.get(number).copied().unwrap_or(0)
    }

    /// The list's own number, if it is one: with a digit, not too long, and given once.
    pub(super) fn own(&mut self, number: &str) -> Option<SubprojectNo> {
        let is_number = number.chars().any(|char| char.is_ascii_digit()) && number.chars().count() <= LONGEST;
        (is_number && self.occurrences(number) == 1 && self.given.insert(number.to_owned()))
            .then(|| SubprojectNo::new(number))
    }

    /// A number made from the content of an operation: `ESF14-NI-7KQ2MDX`.
    pub(super) fn made(&mut self, prefix: &str, land: Option<Land>, content: &[&str]) -> SubprojectNo {
        let content = content.join("\u{1f}");
        let repeated = self.repeated.entry(content.clone()).or_default();
        let mut salt = *repeated;
        *repeated += 1;
        loop {
            let number = format!(
                "{prefix}-{}-{}",
                land.map_or("DE", Land::code),
                digest(&content, salt)
            );
            if self.given.insert(number.clone()) {
                return SubprojectNo::new(number);
            }
            // Two contents with the same number: the later one moves on.
            salt += 1_000_003;
        }
    }
}

fn digest(content: &str, salt: u32) -> String {
    let mut hasher = Sha256::new();
    hasher.update(content.as_bytes());
    hasher.update(salt.to_le_bytes());
    hasher
        .finalize()
        .iter()
        .take(LENGTH)
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_occurs_once_is_kept_and_others_are_made() {
        let list = ["ESF/14-A-1", "diverse", "diverse", "12", "12"];
        let mut numbers = Numbers::of(list.iter().map(ToString::to_string));
        assert_eq!(numbers.own("ESF/14-A-1"), Some(SubprojectNo::new("ESF/14-A-1")));
        assert_eq!(numbers.own("diverse"), None);
        assert_eq!(numbers.own("12"), None);
        assert_eq!(numbers.occurrences("diverse"), 2);
    }

    #[test]
    fn made_numbers_depend_on_content_and_not_on_the_row() {
        let mut numbers = Numbers::default();
        let first = numbers.made("ESF14", Some(Land::Niedersachsen), &["Träger", "Titel"]);
        let second = numbers.made("ESF14", Some(Land::Niedersachsen), &["Träger", "Titel"]);
        let mut again = Numbers::default();
        again.made("ESF14", Some(Land::Niedersachsen), &["anderer", "Titel"]);
        assert_eq!(
            again.made("ESF14", Some(Land::Niedersachsen), &["Träger", "Titel"]),
            first
        );
        assert_ne!(first, second);
        assert!(first.as_str().starts_with("ESF14-NI-"));
        assert_eq!(
            numbers.made("ESF14", None, &["x"]).as_str().len(),
            "ESF14-DE-".len() + LENGTH
        );
    }
}
