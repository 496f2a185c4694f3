//! Checks of single keys, texts, rates and numbers.

use std::fmt::Display;

use super::Check;
use crate::{
    language::{Language, Text},
    limits,
    rate::Rate,
    round::RoundFault as Fault,
};

/// Most characters of a key.
const KEY_LIMIT: usize = limits::ROUND_KEY.size();

impl Check {
    pub(super) fn key(&mut self, place: &str, key: &str, kind: KeyKind) {
        let fits = !key.is_empty() && key.len() <= KEY_LIMIT && key.bytes().all(|byte| kind.allows(byte));
        if !fits {
            self.add(
                place,
                Fault::BadKey {
                    key: key.chars().take(KEY_LIMIT).collect(),
                    expected: kind.expected(),
                },
            );
        }
    }

    pub(super) fn text(&mut self, place: &str, text: &Text, limit: usize) {
        for language in Language::ALL {
            let wording = text.get(language);
            let characters = wording.chars().count();
            if wording.trim().is_empty() {
                self.add(place, Fault::EmptyText { language });
            }
            if characters > limit {
                self.add(
                    place,
                    Fault::TextTooLong {
                        language,
                        characters,
                        limit,
                    },
                );
            }
            if wording.chars().any(char::is_control) {
                self.add(place, Fault::TextUnsafe { language });
            }
        }
    }

    pub(super) fn rate(&mut self, place: impl Display, rate: Rate) {
        if rate < Rate::ZERO || rate > Rate::WHOLE {
            self.add(
                place,
                Fault::RateOutside {
                    rate: rate.to_string(),
                },
            );
        }
    }

    pub(super) fn number(&mut self, place: &str, number: u32, least: u32, most: u32) {
        if number < least || number > most {
            self.add(place, Fault::NumberOutside { number, least, most });
        }
    }
}

/// What a key may look like.
#[derive(Clone, Copy)]
pub(super) enum KeyKind {
    Code,
    Key,
    Indicator,
    Prefix,
}

impl KeyKind {
    const fn allows(self, byte: u8) -> bool {
        match self {
            Self::Code => byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'),
            Self::Key => byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_',
            Self::Indicator => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'+',
            Self::Prefix => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        }
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::Code => "1 to 40 of a-z, 0-9, `-`, `.`",
            Self::Key => "1 to 40 of a-z, 0-9, `_`",
            Self::Indicator => "1 to 40 of A-Z, 0-9, `+`",
            Self::Prefix => "1 to 40 of A-Z, 0-9",
        }
    }
}
