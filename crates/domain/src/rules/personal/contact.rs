//! E-mail addresses of persons and telephone numbers.

/// Mailboxes of offices, not of persons.
const OFFICES: [&str; 18] = [
    "info",
    "kontakt",
    "contact",
    "post",
    "poststelle",
    "office",
    "buero",
    "verwaltung",
    "buchhaltung",
    "rechnung",
    "rechnungen",
    "service",
    "support",
    "projekt",
    "beratung",
    "anmeldung",
    "noreply",
    "no-reply",
];

/// Whether a text holds an e-mail address that is not that of an office.
pub(super) fn holds_personal_email(text: &str) -> bool {
    text.split([
        ' ', '\u{a0}', '\n', '\t', ';', ',', '<', '>', '(', ')', '"', '|', '[', ']', '/', ':',
    ])
    .any(is_personal_email)
}

fn is_personal_email(word: &str) -> bool {
    let word = word.trim_matches(['.', '\'']);
    let Some((mailbox, domain)) = word.split_once('@') else {
        return false;
    };
    let usual = |char: char| char.is_alphanumeric() || matches!(char, '.' | '-' | '_' | '+');
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    !mailbox.is_empty()
        && word.chars().all(|char| usual(char) || char == '@')
        && !domain.contains('@')
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
        && !OFFICES.contains(&mailbox.to_lowercase().as_str())
}

/// A telephone number in international form: `+49 …` or `0049 …`, nine to fifteen digits.
pub(super) fn is_international_phone(text: &str) -> bool {
    let international = text.strip_prefix('+').or_else(|| text.strip_prefix("00"));
    let Some(rest) = international else { return false };
    (9..=15).contains(&digits(rest)) && !rest.starts_with('0') && rest.chars().all(is_part_of_phone)
}

/// A telephone number as it is dialled within the country: `0171 2345678`, `01712345678`, `030/123 45 67`.
pub(super) fn is_phone(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches('(').strip_prefix('0') else {
        return false;
    };
    let area = rest
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(rest.len());
    let is_mobile = rest.starts_with("15") || rest.starts_with("16") || rest.starts_with("17");
    let has_area = (2..=4).contains(&area) && area < rest.len();
    (is_mobile || has_area)
        && !rest.starts_with('0')
        && (7..=11).contains(&digits(rest))
        && rest.chars().all(is_part_of_phone)
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn is_part_of_phone(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, ' ' | '-' | '/' | '(' | ')' | '.')
}
