//! Recognising columns with data about single persons (`TPL-15`). The service keeps none (design.md §5).
//!
//! The reader asks only about columns and sheets that the template does not know; the payees of vouchers and the contact
//! on the cover sheet stand in known columns. Two things decide, and neither keeps or quotes any text:
//! - **The header.** Words that only ever head personal data decide by themselves (`Vorname`, `Geburtsdatum`, `IBAN`,
//!   `E-Mail`). Words that head other things too (`Name`, `Adresse`, `Telefon`) decide when every other word of the
//!   header speaks of persons: `Name`, `Name der Teilnehmenden`, but not `Name des Kurses`.
//! - **The cells.** An e-mail address decides, unless it is that of an office (`info@…`); so do an IBAN with the right
//!   check digits, a social insurance number, and a date that is called one of birth. Dates decide where two or more of them, and at least half of the cells, lie before
//!   [`BIRTHS_BEFORE`]: no round has dates there, only people are that old. Telephone numbers in international form
//!   decide where there are two or more, those with an area code where they are also half of the cells.
//!
//! - **Both.** Under a header that speaks of persons only (`Klient*in`, `Teilnehmerliste`) names decide.
//!
//! A column of names without a header that says so cannot be told from any other text. Where columns are known and hold
//! text, only what a text holds by its pattern decides ([`of_text`]).

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::value::{date, text};

mod birth;
mod contact;
mod header;
mod iban;
mod insurance;
mod name;

use insurance::Likeness;

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
    is_of_persons: bool,
    cells: u32,
    birth_dates: u32,
    phones: u32,
    phones_of_country: u32,
    insurance_numbers: u32,
    names: u32,
}

impl ColumnScan {
    /// A column of this header, which may be empty.
    pub fn new(header: &str) -> Self {
        Self {
            decided: of_header(header),
            is_of_persons: header::is_of_persons(header),
            ..Self::default()
        }
    }

    /// Looks at a cell with text.
    pub fn see_text(&mut self, text: &str) {
        let text = text.trim();
        if self.decided.is_some() || text.is_empty() {
            return;
        }
        if let Some(kind) = of_text(text) {
            self.decided = Some(kind);
        } else if text.len() <= SHORT_BYTES {
            self.see_short_text(text);
            return;
        }
        count(&mut self.cells);
    }

    fn see_short_text(&mut self, text: &str) {
        if let Some(date) = date::any_year(text) {
            self.see_date(date);
            return;
        }
        count(&mut self.cells);
        if contact::is_international_phone(text) {
            count(&mut self.phones);
        } else if contact::is_phone(text) {
            count(&mut self.phones_of_country);
        } else if insurance::found(text) == Some(Likeness::Form) {
            count(&mut self.insurance_numbers);
        } else if self.is_of_persons && name::is_like(text) {
            count(&mut self.names);
        }
    }

    /// Looks at a cell with a date.
    pub fn see_date(&mut self, date: NaiveDate) {
        count(&mut self.cells);
        if (1900..BIRTHS_BEFORE).contains(&date.year()) {
            count(&mut self.birth_dates);
        }
    }

    /// Counts a cell with anything else.
    pub fn see_other(&mut self) {
        count(&mut self.cells);
    }

    /// What kind of data about single persons the column holds, if it holds any.
    pub fn verdict(&self) -> Option<PersonalKind> {
        let is_half = |found: u32| found.saturating_mul(2) >= self.cells;
        let many = |found: u32| found >= 2 && is_half(found);
        let counted = [
            (many(self.birth_dates), PersonalKind::BirthDate),
            (
                self.phones >= 2 || many(self.phones_of_country),
                PersonalKind::Phone,
            ),
            (many(self.insurance_numbers), PersonalKind::PersonId),
            (self.names >= 1 && is_half(self.names), PersonalKind::Name),
        ];
        let found = counted
            .into_iter()
            .find_map(|(is_so, kind)| is_so.then_some(kind));
        self.decided.or(found)
    }
}

/// Longer texts are no number, date or name.
const SHORT_BYTES: usize = 120;

const fn count(counter: &mut u32) {
    *counter = counter.saturating_add(1);
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

/// Whether a text names a list of single persons: `Teilnehmerliste`, `TN-Liste`.
///
/// ```
/// use nachweis_domain::rules::personal::is_list_of_persons;
/// assert!(is_list_of_persons("Teilnehmerliste 2024"));
/// assert!(!is_list_of_persons("Belegliste"));
/// ```
pub fn is_list_of_persons(name: &str) -> bool {
    header::is_list_of_persons(name)
}

/// Whether a text announces data about single persons as a header ([`of_header`]) or names a list of them
/// ([`is_list_of_persons`]).
///
/// ```
/// use nachweis_domain::rules::personal::announces_persons;
/// assert!(announces_persons("Vorname"));
/// assert!(announces_persons("Teilnehmerliste"));
/// assert!(!announces_persons("Belegliste"));
/// ```
pub fn announces_persons(text: &str) -> bool {
    header::announces(text)
}

/// What kind of data about a single person a text holds by its pattern: an e-mail address, an IBAN, a social insurance
/// number, a date that it calls a birth date.
///
/// ```
/// use nachweis_domain::rules::personal::{of_text, PersonalKind};
/// assert_eq!(of_text("DE89 3704 0044 0532 0130 00"), Some(PersonalKind::Iban));
/// assert_eq!(of_text("DE89 3704 0044 0532 0130 01"), None);
/// assert_eq!(of_text("info@example.org"), None);
/// assert_eq!(of_text("Frau Muster, geb. 14.03.1987"), Some(PersonalKind::BirthDate));
/// ```
pub fn of_text(text: &str) -> Option<PersonalKind> {
    // Most texts hold neither sign nor digits enough; they cost one look at their bytes.
    let (mut digits, mut has_at, mut is_wide) = (0_usize, false, false);
    for byte in text.bytes() {
        digits += usize::from(byte.is_ascii_digit());
        has_at |= byte == b'@';
        // Full-width forms begin with this byte.
        is_wide |= byte == 0xEF;
    }
    if is_wide {
        let plain: String = text.nfkc().collect();
        let is_plain = plain == text;
        return if is_plain {
            of_plain(text, digits, has_at)
        } else {
            of_text(&plain)
        };
    }
    of_plain(text, digits, has_at)
}

/// What kind of data about a single person a note holds by a line like `Name: Anna Muster`.
///
/// ```
/// use nachweis_domain::rules::personal::{of_note, PersonalKind};
/// assert_eq!(of_note("Vorname: Anna"), Some(PersonalKind::Name));
/// assert_eq!(of_note("Name: fehlt noch"), None);
/// ```
pub fn of_note(text: &str) -> Option<PersonalKind> {
    text.split(['\n', ';', ',']).find_map(|line| {
        let (label, value) = line.split_once(':')?;
        let value = value.trim();
        let is_filled = value.chars().any(char::is_alphanumeric);
        match of_header(label)? {
            PersonalKind::Name => {
                let is_first = !value.contains(' ') && value.starts_with(char::is_uppercase);
                (is_first || name::is_like(value)).then_some(PersonalKind::Name)
            }
            kind @ (PersonalKind::BirthDate | PersonalKind::PersonId) => is_filled.then_some(kind),
            _ => None,
        }
    })
}

fn of_plain(text: &str, digits: usize, has_at: bool) -> Option<PersonalKind> {
    if has_at && contact::holds_personal_email(text) {
        Some(PersonalKind::Email)
    } else if digits >= FEWEST_DIGITS_OF_IBAN && iban::is_in(text) {
        Some(PersonalKind::Iban)
    } else if digits >= FEWEST_DIGITS_OF_INSURANCE && insurance::found(text) == Some(Likeness::Sure) {
        Some(PersonalKind::PersonId)
    } else if digits >= FEWEST_DIGITS_OF_DATE && birth::is_in(text) {
        Some(PersonalKind::BirthDate)
    } else {
        None
    }
}

/// Half of the shortest IBAN.
const FEWEST_DIGITS_OF_IBAN: usize = 8;
const FEWEST_DIGITS_OF_INSURANCE: usize = 11;
/// `1.1.87`
const FEWEST_DIGITS_OF_DATE: usize = 4;

#[cfg(test)]
mod tests;
