//! IBANs with their check digits (ISO 13616, mod 97).

/// Whether a text holds an IBAN with the right check digits, also grouped by blanks.
pub(super) fn is_in(text: &str) -> bool {
    let plain: Vec<char> = text
        .chars()
        .filter(|char| !matches!(char, ' ' | '\u{a0}'))
        .map(|char| char.to_ascii_uppercase())
        .collect();
    plain.windows(4).enumerate().any(|(start, head)| {
        let may_begin = matches!(head, [a, b, c, d]
            if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit());
        may_begin
            && LENGTHS
                .into_iter()
                .any(|length| plain.get(start..start + length).is_some_and(is_valid))
    })
}

/// Lengths of IBANs: 15 characters in Norway to 34, the most that the standard allows.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

/// Check digits over the whole; a German IBAN has 22 characters, so that a shorter or longer run is none by chance.
fn is_valid(iban: &[char]) -> bool {
    let german = iban.starts_with(&['D', 'E']);
    if german && (iban.len() != 22 || !iban.iter().skip(2).all(char::is_ascii_digit)) {
        return false;
    }
    // At least half of the account part is digits in every country; words are none by chance.
    let digits = iban.iter().filter(|char| char.is_ascii_digit()).count();
    let (head, account) = iban.split_at(4);
    if digits * 2 < iban.len() || !iban.iter().all(char::is_ascii_alphanumeric) {
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
    }
}
