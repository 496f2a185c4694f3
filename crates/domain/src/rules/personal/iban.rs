//! IBANs with their check digits (ISO 13616, mod 97) and the length of their country.

/// Whether a text holds an IBAN with the right check digits, also grouped by blanks, hyphens or points.
pub(super) fn is_in(text: &str) -> bool {
    let plain: Vec<char> = text
        .chars()
        .filter(|char| !matches!(char, '-' | '.') && !char.is_whitespace())
        .map(|char| char.to_ascii_uppercase())
        .collect();
    plain.windows(4).enumerate().any(|(start, head)| {
        let [first, second, third, fourth] = head else {
            return false;
        };
        third.is_ascii_digit()
            && fourth.is_ascii_digit()
            && COUNTRIES
                .iter()
                .find(|(code, ..)| code.chars().eq([*first, *second]))
                .and_then(|(_, length, account)| Some((plain.get(start..start + length)?, *account)))
                .is_some_and(|(iban, account)| is_valid(iban, account))
    })
}

/// What the account part of a country consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Account {
    Digits,
    Mixed,
}
use Account::{Digits, Mixed};

/// Countries with the length of their IBANs (registry of ISO 13616): Europe, its neighbours, and where people come from.
const COUNTRIES: [(&str, usize, Account); 62] = [
    ("AD", 24, Mixed),
    ("AE", 23, Digits),
    ("AL", 28, Mixed),
    ("AT", 20, Digits),
    ("AZ", 28, Mixed),
    ("BA", 20, Digits),
    ("BE", 16, Digits),
    ("BG", 22, Mixed),
    ("BY", 28, Mixed),
    ("CH", 21, Mixed),
    ("CY", 28, Mixed),
    ("CZ", 24, Digits),
    ("DE", 22, Digits),
    ("DK", 18, Digits),
    ("EE", 20, Digits),
    ("EG", 29, Digits),
    ("ES", 24, Digits),
    ("FI", 18, Digits),
    ("FO", 18, Digits),
    ("FR", 27, Mixed),
    ("GB", 22, Mixed),
    ("GE", 22, Mixed),
    ("GI", 23, Mixed),
    ("GL", 18, Digits),
    ("GR", 27, Mixed),
    ("HR", 21, Digits),
    ("HU", 28, Digits),
    ("IE", 22, Mixed),
    ("IL", 23, Digits),
    ("IQ", 23, Mixed),
    ("IS", 26, Digits),
    ("IT", 27, Mixed),
    ("JO", 30, Mixed),
    ("KW", 30, Mixed),
    ("KZ", 20, Mixed),
    ("LB", 28, Mixed),
    ("LI", 21, Mixed),
    ("LT", 20, Digits),
    ("LU", 20, Mixed),
    ("LV", 21, Mixed),
    ("LY", 25, Digits),
    ("MC", 27, Mixed),
    ("MD", 24, Mixed),
    ("ME", 22, Digits),
    ("MK", 19, Mixed),
    ("MT", 31, Mixed),
    ("NL", 18, Mixed),
    ("NO", 15, Digits),
    ("PK", 24, Mixed),
    ("PL", 28, Digits),
    ("PT", 25, Digits),
    ("RO", 24, Mixed),
    ("RS", 22, Digits),
    ("SE", 24, Digits),
    ("SI", 19, Digits),
    ("SK", 24, Digits),
    ("SM", 27, Mixed),
    ("TN", 24, Digits),
    ("TR", 26, Mixed),
    ("UA", 29, Mixed),
    ("VA", 22, Digits),
    ("XK", 20, Digits),
];

/// Check digits over the whole.
fn is_valid(iban: &[char], account_kind: Account) -> bool {
    let (head, account) = iban.split_at(4);
    // At least half of the whole is digits in every country; words are none by chance.
    let digits = iban.iter().filter(|char| char.is_ascii_digit()).count();
    let only_digits = account.iter().all(char::is_ascii_digit);
    if digits * 2 < iban.len()
        || !iban.iter().all(char::is_ascii_alphanumeric)
        || (account_kind == Digits && !only_digits)
    {
        return false;
    }
    let rest = account.iter().chain(head).try_fold(0_u32, |rest, char| {
        let value = char.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    });
    rest == Some(1)
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn ibans_of_several_countries_are_recognised() {
        for text in [
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "DE89-3704-0044-0532-0130-00",
            "DE89\u{a0}3704\u{a0}0044\u{a0}0532\u{a0}0130\u{a0}00",
            "de89370400440532013000",
            "Konto: DE89 3704 0044 0532 0130 00, Bank",
            "GB82 WEST 1234 5698 7654 32",
            "FR1420041010050500013M02606",
            "NO9386011117947",
            "AT611904300234573201",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "DE",
            "DE89370400440532013001",
            "DE8937040044053201300",
            "IQ23-NW-017",
            "Rechnung RE2024 000117 000118 000119",
            "Vertrag AB12 Maßnahme zur beruflichen Anerkennung in Nordrhein-Westfalen 2024",
            "ISO 9001 2015 0815 4711",
        ] {
            assert!(!is_in(text), "{text}");
        }
        // A running number behind letters of no country is none, whatever its check digits.
        assert!((0..1_000).all(|number| !is_in(&format!("RE2024{number:012}"))));
    }
}
