//! In what a list counts its money: euro, thousands or millions of euro, or another currency, as its heading or the
//! rows above it say.

use std::collections::BTreeSet;

/// What a heading or title says about the unit of its amounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// By what a number is multiplied to give euro, where the text says so: 1, 1,000 or 1,000,000.
    pub(super) factor: Option<u32>,
    /// The currency other than the euro that the text names: `GBP`.
    pub(super) foreign: Option<&'static str>,
}

/// Words for a thousand and a million, with or without the currency.
const FACTORS: [(u32, &[&str]); 2] = [
    (
        1_000,
        &[
            "t€",
            "t",
            "teur",
            "teuro",
            "tsd",
            "tsd€",
            "tausend",
            "k€",
            "keur",
            "€k",
            "£k",
            "thousand",
            "thousands",
            "000s",
            "'000",
            "€'000",
            "£'000",
            "€000",
            "£000",
            "000€",
        ],
    ),
    (
        1_000_000,
        &[
            "mio",
            "mio€",
            "mill",
            "million",
            "millions",
            "millionen",
            "m€",
            "€m",
            "£m",
            "meur",
            "mln",
            "mn",
        ],
    ),
];

/// Signs and names of other currencies of the Union and its neighbours.
const FOREIGN: [(&str, &[&str]); 14] = [
    ("GBP", &["£", "gbp", "sterling", "£m", "£k", "£000", "£'000"]),
    ("CZK", &["czk", "kč"]),
    ("PLN", &["pln", "zł", "zloty"]),
    ("HUF", &["huf", "forint"]),
    ("SEK", &["sek"]),
    ("DKK", &["dkk"]),
    ("NOK", &["nok"]),
    ("RON", &["ron"]),
    ("BGN", &["bgn", "лв"]),
    ("HRK", &["hrk"]),
    ("CHF", &["chf"]),
    ("ISK", &["isk"]),
    ("USD", &["usd", "$"]),
    ("DEM", &["dm", "dem"]),
];

const EURO: [&str; 4] = ["€", "eur", "euro", "euros"];

impl Unit {
    /// What a heading says of its own column.
    pub(super) fn of_heading(heading: &str) -> Self {
        let tokens = tokens(heading);
        Self {
            factor: factor(&tokens),
            foreign: foreign(&tokens),
        }
    }

    /// What a row above the headings says of all amounts: only a sentence that speaks of amounts counts, since a title
    /// may well name a million or the pound for another reason.
    pub(super) fn of_title(title: &str) -> Self {
        let tokens = tokens(title);
        let speaks = [
            "angaben", "betraege", "alle", "werte", "in", "amounts", "figures", "values",
        ];
        if title.chars().count() > 160 || !tokens.iter().any(|token| speaks.contains(&token.as_str())) {
            return Self::default();
        }
        Self {
            factor: factor(&tokens).filter(|_| names_money(&tokens)),
            foreign: foreign(&tokens),
        }
    }
}

/// The currency that a cell of a column of currencies names; `None` for the euro.
pub(super) fn is_euro(cell: &str) -> bool {
    let tokens = tokens(cell);
    !tokens.is_empty() && tokens.iter().all(|token| EURO.contains(&token.as_str()))
}

fn names_money(tokens: &[String]) -> bool {
    tokens
        .iter()
        .any(|token| EURO.iter().any(|euro| token.contains(euro)) || token == "t€" || token == "teur")
}

fn factor(tokens: &[String]) -> Option<u32> {
    let said = |token: &String| {
        FACTORS
            .iter()
            .find(|(_, words)| words.contains(&token.as_str()))
            .map(|(factor, _)| *factor)
    };
    // A lone `T` or `m` is a unit only before the currency: `T €`.
    let lone = |index: usize, token: &String| {
        token != "t"
            || tokens
                .get(index + 1)
                .is_some_and(|next| EURO.contains(&next.as_str()))
    };
    let words = tokens
        .iter()
        .enumerate()
        .filter(|(index, token)| lone(*index, token))
        .find_map(|(_, token)| said(token));
    let thousand = tokens.windows(2).any(|pair| match pair {
        [number, unit] => {
            ["1000", "1.000", "1,000"].contains(&number.as_str()) && EURO.contains(&unit.as_str())
        }
        _ => false,
    });
    let euro = tokens.iter().any(|token| EURO.contains(&token.as_str()));
    words
        .or_else(|| thousand.then_some(1_000))
        .or_else(|| euro.then_some(1))
}

fn foreign(tokens: &[String]) -> Option<&'static str> {
    let tokens: BTreeSet<&str> = tokens.iter().map(String::as_str).collect();
    if EURO.iter().any(|euro| tokens.contains(euro)) {
        return None;
    }
    FOREIGN
        .iter()
        .find(|(_, words)| words.iter().any(|word| tokens.contains(word)))
        .map(|(code, _)| *code)
}

/// The parts of a text between blanks and brackets, in lower case; a full stop behind a word is left out.
fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('ä', "ae");
    let mut tokens = Vec::new();
    for part in lower.split(|char: char| char.is_whitespace() || "()[]{}/;:|*\"„“".contains(char)) {
        let part = part.trim_matches(['.', ',', '-', '–']);
        if part.is_empty() {
            continue;
        }
        // `1.000€` and `TEUR/Jahr` are two parts.
        match part
            .strip_suffix('€')
            .filter(|number| number.ends_with(|char: char| char.is_ascii_digit()))
        {
            Some(number) if number != "000" => tokens.extend([number.to_owned(), "€".into()]),
            _ => tokens.push(part.to_owned()),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_thousands_millions_and_other_currencies() {
        let cases = [
            ("Gesamtkosten in €", Some(1), None),
            ("Gesamtkosten in T€", Some(1_000), None),
            ("Gesamtkosten (TEUR)", Some(1_000), None),
            ("Gesamtkosten in T €", Some(1_000), None),
            ("Gesamtkosten in Tsd. Euro", Some(1_000), None),
            ("Gesamtkosten in 1.000 EUR", Some(1_000), None),
            ("Gesamtkosten (1.000€)", Some(1_000), None),
            ("Total cost (€ thousand)", Some(1_000), None),
            ("Total cost in Mio. €", Some(1_000_000), None),
            ("Total project costs £m", Some(1_000_000), Some("GBP")),
            ("Celkové náklady (CZK)", None, Some("CZK")),
            ("Budget €", Some(1), None),
            ("Gesamtbetrag der förderfähigen Ausgaben", None, None),
            ("Amount in EUR (1 EUR = 7.5 HRK)", Some(1), None),
        ];
        for (heading, factor, foreign) in cases {
            assert_eq!(Unit::of_heading(heading), Unit { factor, foreign }, "{heading}");
        }
    }

    #[test]
    fn titles_count_only_when_they_speak_of_amounts() {
        assert_eq!(Unit::of_title("(Angaben in T€)").factor, Some(1_000));
        assert_eq!(Unit::of_title("Alle Beträge in Tausend Euro").factor, Some(1_000));
        assert_eq!(Unit::of_title("All amounts in GBP").foreign, Some("GBP"));
        assert_eq!(Unit::of_title("Zwei Millionen Chancen"), Unit::default());
        assert_eq!(
            Unit::of_title("Liste der Vorhaben in Niedersachsen"),
            Unit::default()
        );
    }

    #[test]
    fn a_cell_of_a_column_of_currencies_is_the_euro_or_not() {
        assert!(is_euro("EUR") && is_euro(" € ") && !is_euro("GBP") && !is_euro(""));
    }
}
