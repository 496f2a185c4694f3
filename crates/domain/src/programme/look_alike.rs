//! Names that look the same and are written with other letters: a Cyrillic `А` for a Latin `A`, a wide `Ｂ`.
//!
//! Whoever reads a list takes them for one; sums take them for two. The idea is the skeleton of Unicode UTS 39, held to
//! the letters of Cyrillic and Greek that look like Latin ones, and to other forms of the same letter.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::ProgrammeImport;
use crate::language::Text;

/// Two names of an import that look the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The number of the subproject that has the first one.
    pub first: String,
    /// The number of the subproject that has the second one.
    pub second: String,
    /// The name as the second one is written.
    pub name: String,
}

impl LookAlike {
    /// What is odd and what to do, as a note on the import.
    pub fn text(&self) -> Text {
        let Self { first, second, name } = self;
        Text::new(
            format!(
                "{second}: Der Name „{name}“ sieht aus wie ein Name bei {first}, ist aber mit anderen Buchstaben geschrieben. Bitte prüfen, ob beide dasselbe meinen."
            ),
            format!(
                "{second}: The name “{name}” looks like a name at {first}, but is written with other letters. Please check whether both mean the same."
            ),
        )
    }
}

/// The most names that are told of one import.
const NAMED: usize = 50;

/// All numbers, titles and carriers that look like another one and are not: each once, in the order of the import, fifty at most.
///
/// ```
/// use nachweis_domain::programme::{ProgrammeImport, look_alikes};
/// assert_eq!(look_alikes(&ProgrammeImport::default()), []);
/// ```
pub fn look_alikes(import: &ProgrammeImport) -> Vec<LookAlike> {
    let mut seen: BTreeMap<String, (&str, String)> = BTreeMap::new();
    let mut found: Vec<LookAlike> = Vec::new();
    for (subproject, _) in &import.subprojects {
        if found.len() >= NAMED {
            break;
        }
        for name in [
            subproject.no.as_str(),
            &subproject.title,
            &subproject.carrier.name,
        ] {
            let (known, first) = seen
                .entry(skeleton(name))
                .or_insert_with(|| (name, subproject.no.to_string()));
            let is_told = found.iter().any(|told| told.name == name);
            if *known != name && !is_told && shape(known) != shape(name) {
                found.push(LookAlike {
                    first: first.clone(),
                    second: subproject.no.to_string(),
                    name: name.to_owned(),
                });
            }
        }
    }
    found
}

/// The letters as they look: other forms of a letter as the letter, small letters, Cyrillic and Greek ones as the Latin
/// ones that they look like, no blanks.
fn skeleton(name: &str) -> String {
    shape(name)
        .chars()
        .map(latin)
        .filter(|char| !char.is_whitespace())
        .collect()
}

/// Small letters in one form; capitals and blanks are differences that everybody sees or nobody minds.
fn shape(name: &str) -> String {
    let wide: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    wide.to_lowercase().nfc().collect()
}

/// The Latin letter that a letter looks like.
fn latin(char: char) -> char {
    const ALIKE: [(char, char); 32] = [
        ('а', 'a'),
        ('в', 'b'),
        ('с', 'c'),
        ('ԁ', 'd'),
        ('е', 'e'),
        ('ё', 'ë'),
        ('һ', 'h'),
        ('н', 'h'),
        ('і', 'i'),
        ('ї', 'ï'),
        ('ј', 'j'),
        ('к', 'k'),
        ('ӏ', 'l'),
        ('м', 'm'),
        ('о', 'o'),
        ('р', 'p'),
        ('ԛ', 'q'),
        ('ѕ', 's'),
        ('т', 't'),
        ('у', 'y'),
        ('ѵ', 'v'),
        ('ԝ', 'w'),
        ('х', 'x'),
        ('α', 'a'),
        ('β', 'b'),
        ('ι', 'i'),
        ('κ', 'k'),
        ('ν', 'v'),
        ('ο', 'o'),
        ('ρ', 'p'),
        ('τ', 't'),
        ('χ', 'x'),
    ];
    let plain = char.nfkc_once();
    ALIKE
        .iter()
        .find(|(other, _)| *other == plain)
        .map_or(plain, |(_, letter)| *letter)
}

/// The plain form of a single character: `ｂ` is `b`.
trait PlainForm {
    fn nfkc_once(self) -> char;
}

impl PlainForm for char {
    fn nfkc_once(self) -> char {
        let mut plain = self.nfkc();
        match (plain.next(), plain.next()) {
            (Some(only), None) => only,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{shape, skeleton};

    #[test]
    fn letters_of_other_scripts_look_like_latin_ones() {
        for (one, other) in [
            ("Anerkennung Köln", "Аnerkennung Кöln"),
            ("IQ23-NW-017", "ІQ23-NW-017"),
            ("Beratung", "Ｂeratung"),
            ("Beratung Ost", "Beratung\u{a0}Оst"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one}");
            assert_ne!(shape(one), shape(other), "{one}");
        }
    }

    #[test]
    fn other_names_and_other_spellings_of_one_name_are_told_apart_or_let_be() {
        assert_ne!(skeleton("Beratung Ost"), skeleton("Beratung West"));
        for (one, other) in [("Beratung  Ost", "Beratung Ost"), ("BERATUNG", "Beratung")] {
            assert_eq!(shape(one), shape(other));
        }
    }
}
