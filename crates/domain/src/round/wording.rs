//! What is wrong with a round file, in words of both languages; the English ones are those of the errors themselves.

use super::{RoundError, RoundFault, RoundProblem};
use crate::language::Language;

/// The most contradictions that a message names.
const NAMED: usize = 3;

impl RoundError {
    /// What is wrong and where, as a part of a sentence on one line.
    ///
    /// ```
    /// use nachweis_domain::{language::Language, round::FundingRound};
    /// let error = FundingRound::from_toml("code = ").unwrap_err();
    /// assert!(error.text(Language::De).starts_with("Zeile 1, Zeichen 8 ist kein gültiges TOML"));
    /// ```
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::TooLarge { bytes, limit } => {
                let group = |number: usize| language.group(u64::try_from(number).unwrap_or(u64::MAX));
                let (bytes, limit) = (group(*bytes), group(*limit));
                match language {
                    Language::De => format!("sie hat {bytes} Bytes, gelesen werden höchstens {limit}"),
                    Language::En => format!("it has {bytes} bytes, at most {limit} are read"),
                }
            }
            Self::Syntax(error) => {
                let said = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
                let (line, column) = place(&error.to_string());
                match language {
                    Language::De => {
                        format!("Zeile {line}, Zeichen {column} ist kein gültiges TOML einer Runde ({said})")
                    }
                    Language::En => {
                        format!("line {line}, column {column} is no valid TOML of a round ({said})")
                    }
                }
            }
            Self::Invalid { problems, .. } => {
                let named: Vec<String> = problems
                    .iter()
                    .take(NAMED)
                    .map(|problem| problem.text(language))
                    .collect();
                let further = problems.len().saturating_sub(NAMED);
                let rest = match (further, language) {
                    (0, _) => String::new(),
                    (_, Language::De) => format!("; weitere Widersprüche: {further}"),
                    (_, Language::En) => format!("; further contradictions: {further}"),
                };
                format!("{}{rest}", named.join("; "))
            }
        }
    }
}

/// Line and column of `TOML parse error at line 1, column 8`.
fn place(said: &str) -> (String, String) {
    let after = |word: &str| -> String {
        let rest = said.split_once(word).map_or("", |(_, rest)| rest);
        rest.chars().take_while(char::is_ascii_digit).collect()
    };
    (after("line "), after("column "))
}

impl RoundProblem {
    fn text(&self, language: Language) -> String {
        match language {
            Language::De => format!("{}: {}", self.place, self.fault.german()),
            Language::En => self.to_string(),
        }
    }
}

impl RoundFault {
    fn german(&self) -> String {
        match self {
            Self::EmptyList => "mindestens ein Eintrag ist nötig".to_owned(),
            Self::TooMany { count, limit } => format!("{count} Einträge, möglich sind {limit}"),
            Self::EmptyText { language } => format!("der Text in `{}` ist leer", language.code()),
            Self::TextTooLong {
                language,
                characters,
                limit,
            } => format!(
                "der Text in `{}` hat {characters} Zeichen, möglich sind {limit}",
                language.code()
            ),
            Self::TextUnsafe { language } => {
                format!("der Text in `{}` enthält Steuerzeichen", language.code())
            }
            Self::BadKey { key, expected } => format!("`{key}` ist kein Schlüssel ({expected})"),
            Self::DuplicateKey { key } => format!("`{key}` ist zweimal festgelegt"),
            Self::UnknownKey { key } => format!("`{key}` ist nirgends festgelegt"),
            Self::NamedTwice { key } => format!("`{key}` ist zweimal genannt"),
            Self::Cycle => "wird aus sich selbst berechnet".to_owned(),
            Self::IncomeInBase { key } => {
                format!("`{key}` ist eine Einnahme und gehört in keine Bemessungsgrundlage")
            }
            Self::RateOutside { rate } => {
                format!("der Satz {rate} liegt nicht zwischen 0 und 1; 40 % schreibt man \"0.40\"")
            }
            Self::MissingCap { category } => {
                format!("die Regionenkategorie `{category}` hat keine Obergrenze")
            }
            Self::BadPeriod { first, last } => format!(
                "der Zeitraum von {first} bis {last} ist nicht möglich; er muss in 2000 bis 2099 liegen und höchstens 15 Jahre dauern"
            ),
            Self::NumberOutside { number, least, most } => {
                format!("{number} liegt nicht zwischen {least} und {most}")
            }
            Self::ThresholdOrder { higher } => format!("liegt über `{higher}`"),
            Self::BadReference => {
                "nur Ergebnisse haben eine Bezugsgröße, und nur Outputs sind eine".to_owned()
            }
            Self::NoUnionSource => "keine Mittelherkunft hat die Art `union`".to_owned(),
            Self::RuleSilent => {
                "der Eintrag sagt nichts; bitte `severity`, `mode`, `effective_from` oder `effective_until` angeben oder ihn weglassen"
                    .to_owned()
            }
            Self::RuleIndispensable => {
                "ohne diese Regel gibt es kein Ergebnis; sie hat immer dasselbe Gewicht und ist weder aus noch nur auf Probe noch auf Quartale beschränkt"
                    .to_owned()
            }
            Self::RuleOffInShadow => {
                "die Regel ist aus und auf Probe; auf Probe braucht sie das Gewicht, das sie haben soll".to_owned()
            }
            Self::RuleInSeverities => {
                "die Regel steht auch unter `severities`; nur eines von beiden darf von ihr handeln".to_owned()
            }
            Self::RuleTwice => "zwei Einträge zu der Regel gelten im selben Quartal".to_owned(),
            Self::RuleDates { from, until } => {
                format!("sie gilt ab {from} und endet schon mit {until}")
            }
            Self::RuleOutsideRound { quarter } => format!("{quarter} liegt außerhalb der Runde"),
        }
    }
}
