//! The two languages of everything people read, and how each writes numbers and dates (domain.md §5.4).

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::berlin;

/// A language of people. German is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    #[default]
    De,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text {
    /// The German wording.
    pub de: String,
    /// The English wording.
    pub en: String,
}

impl Text {
    /// The text of both wordings.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            de: de.into(),
            en: en.into(),
        }
    }

    /// The wording in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::De => &self.de,
            Language::En => &self.en,
        }
    }
}

/// As many names of a list a sentence gives.
const NAMED: usize = 5;

impl Language {
    /// Both languages, German first.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The two-letter code, `de` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    /// Picks the wording of this language.
    pub const fn pick<'a>(self, de: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::De => de,
            Self::En => en,
        }
    }

    /// A whole number with groups of three digits: `1.234.567` or `1,234,567`.
    pub fn group(self, number: u64) -> String {
        let mark = match self {
            Self::De => '.',
            Self::En => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// The first names of a list, and how many there are besides: `A, B, C, D, E und 7 weitere`. A single one besides is named
    /// as well.
    ///
    /// ```
    /// use nachweis_domain::language::Language;
    /// assert_eq!(Language::En.first_of(&["A", "B", "C", "D", "E", "F"]), "A, B, C, D, E, F");
    /// assert_eq!(Language::En.first_of(&["A", "B", "C", "D", "E", "F", "G"]), "A, B, C, D, E and 2 more");
    /// ```
    pub fn first_of(self, names: &[&str]) -> String {
        let shown = if names.len() == NAMED + 1 {
            NAMED + 1
        } else {
            NAMED
        };
        let first: Vec<&str> = names.iter().take(shown).copied().collect();
        let first = first.join(", ");
        match (u64::try_from(names.len().saturating_sub(shown)), self) {
            (Ok(0) | Err(_), _) => first,
            (Ok(rest), Self::De) => format!("{first} und {} weitere", self.group(rest)),
            (Ok(rest), Self::En) => format!("{first} and {} more", self.group(rest)),
        }
    }

    /// A count with its sign: `-1.234`.
    pub fn count(self, number: i64) -> String {
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", self.group(number.unsigned_abs()))
    }

    /// A date: `31.12.2024` in German, `2024-12-31` in English.
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::De => date.format("%d.%m.%Y").to_string(),
            Self::En => date.format("%Y-%m-%d").to_string(),
        }
    }

    /// A moment in Europe/Berlin, to the minute: `31.12.2024 14:05` in German, `2024-12-31 14:05` in English.
    pub fn moment(self, at: DateTime<Utc>) -> String {
        let at = berlin::wall_clock(at);
        format!("{} {}", self.date(at.date()), at.format("%H:%M"))
    }

    /// A fraction in per cent with one decimal place: `12,5 %` (with a no-break space) or `12.5%`.
    pub fn percent(self, fraction: Decimal) -> String {
        let percent = (fraction * Decimal::ONE_HUNDRED)
            .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        let plain = format!("{percent:.1}");
        match self {
            Self::De => format!("{}\u{a0}%", plain.replace('.', ",")),
            Self::En => format!("{plain}%"),
        }
    }
}
