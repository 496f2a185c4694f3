//! Recognising columns with data about single persons (`TPL-15`). The service keeps none (design.md §5).
//!
//! The reader asks only about columns and sheets that the template does not know; the payees of vouchers and the contact
//! on the cover sheet stand in known columns. Two things decide, and neither keeps or quotes any text:
//! - **The header.** Words that only ever head personal data decide by themselves (`Vorname`, `Geburtsdatum`, `IBAN`,
//!   `E-Mail`). Words that head other things too (`Name`, `Adresse`, `Telefon`) decide when every other word of the
//!   header speaks of persons: `Name`, `Name der Teilnehmenden`, but not `Name des Kurses`.
//! - **The cells.** An e-mail address decides, unless it is that of an office (`info@…`); so does an IBAN with the right
//!   check digits. Dates decide where two or more of them, and at least half of the cells, lie before
//!   [`BIRTHS_BEFORE`]: no round has dates there, only people are that old. Telephone numbers in international form
//!   decide where there are two or more.
//!
//! A column of names without a header that says so cannot be told from any other text.

use chrono::{Datelike, NaiveDate};

use super::value::{date, text};

mod header;
mod iban;

/// A kind of data about single persons, as [`Detail::PersonLevelData`](crate::finding::Detail) names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalKind {
    /// Names.
    Name,
    /// Birth dates and places.
    BirthDate,
    /// E-mail addresses.
    Email,
    /// Bank accounts.
    Iban,
    /// Telephone numbers.
    Phone,
    /// Postal addresses.
    Address,
    /// Numbers of persons: participant, identity card, social insurance, tax.
    PersonId,
}

impl PersonalKind {
    /// The stable name: `name`, `birth_date`, `email`, `iban`, `phone`, `address`, `person_id`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::Email => "email",
            Self::Iban => "iban",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::PersonId => "person_id",
        }
    }
}

/// Dates before this year are birth dates.
pub const BIRTHS_BEFORE: i32 = 2010;

/// The most characters of a cell that are looked at: all that a cell of a workbook holds.
const CELL_LIMIT_CHARACTERS: usize = text::LIMIT_CHARACTERS;

/// Looks at a column cell by cell, in constant memory.
///
/// ```
/// use nachweis_domain::rules::personal::{ColumnScan, PersonalKind};
/// assert_eq!(ColumnScan::new("Name der Teilnehmenden").verdict(), Some(PersonalKind::Name));
/// assert_eq!(ColumnScan::new("Name des Kurses").verdict(), None);
///
/// let mut notes = ColumnScan::new("Notizen");
/// notes.see_text("Rückfrage an anna.muster@example.org");
/// assert_eq!(notes.verdict(), Some(PersonalKind::Email));
/// ```
#[derive(Clone, Debug, Default)]
pub struct ColumnScan {
    decided: Option<PersonalKind>,
    cells: u32,
    birth_dates: u32,
    phones: u32,
}

impl ColumnScan {
    /// A column of this header, which may be empty.
    pub fn new(header: &str) -> Self {
        Self {
            decided: of_header(header),
            ..Self::default()
        }
    }

    /// Looks at a cell with text.
    pub fn see_text(&mut self, text: &str) {
        let text: String = text.trim().chars().take(CELL_LIMIT_CHARACTERS).collect();
        if self.decided.is_some() || text.is_empty() {
            return;
        }
        if let Some(kind) = of_text(&text) {
            self.decided = Some(kind);
        } else if let Some(date) = date::any_year(&text) {
            self.see_date(date);
            return;
        } else if is_phone(&text) {
            self.phones = self.phones.saturating_add(1);
        }
        self.cells = self.cells.saturating_add(1);
    }

    /// Looks at a cell with a date.
    pub fn see_date(&mut self, date: NaiveDate) {
        self.cells = self.cells.saturating_add(1);
        if (1900..BIRTHS_BEFORE).contains(&date.year()) {
            self.birth_dates = self.birth_dates.saturating_add(1);
        }
    }

    /// Counts a cell with anything else.
    pub fn see_other(&mut self) {
        self.cells = self.cells.saturating_add(1);
    }

    /// What kind of data about single persons the column holds, if it holds any.
    pub fn verdict(&self) -> Option<PersonalKind> {
        let many = |count: u32| count >= 2 && count.saturating_mul(2) >= self.cells;
        self.decided
            .or_else(|| many(self.birth_dates).then_some(PersonalKind::BirthDate))
            .or_else(|| (self.phones >= 2).then_some(PersonalKind::Phone))
    }
}

/// What kind of data about single persons a header announces, in German or English.
///
/// ```
/// use nachweis_domain::rules::personal::{of_header, PersonalKind};
/// assert_eq!(of_header("Geb.-Datum"), Some(PersonalKind::BirthDate));
/// assert_eq!(of_header("Projektname"), None);
/// ```
pub fn of_header(header: &str) -> Option<PersonalKind> {
    header::kind(header)
}

/// What kind of data about a single person a text holds by its pattern: an e-mail address or an IBAN.
///
/// ```
/// use nachweis_domain::rules::personal::{of_text, PersonalKind};
/// assert_eq!(of_text("DE89 3704 0044 0532 0130 00"), Some(PersonalKind::Iban));
/// assert_eq!(of_text("DE89 3704 0044 0532 0130 01"), None);
/// assert_eq!(of_text("info@example.org"), None);
/// ```
pub fn of_text(text: &str) -> Option<PersonalKind> {
    if text
        .split([' ', '\n', '\t', ';', ',', '<', '>', '(', ')', '"', '|'])
        .any(is_personal_email)
    {
        Some(PersonalKind::Email)
    } else {
        iban::is_in(text).then_some(PersonalKind::Iban)
    }
}

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

fn is_personal_email(word: &str) -> bool {
    let word = word.trim_start_matches("mailto:").trim_matches(['.', ':', '\'']);
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
fn is_phone(text: &str) -> bool {
    let international = text.strip_prefix('+').or_else(|| text.strip_prefix("00"));
    let Some(rest) = international else { return false };
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let usual = |char: char| char.is_ascii_digit() || matches!(char, ' ' | '-' | '/' | '(' | ')' | '.');
    (9..=15).contains(&digits) && !rest.starts_with('0') && rest.chars().all(usual)
}

#[cfg(test)]
mod tests;
