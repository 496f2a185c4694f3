//! The value of a cell: of the form that its kind asks for, and within the limits of text.

use super::{
    super::{address, characters::characters, number},
    SheetScan,
};
use crate::refusal::{Bounded, CellFault, Held as _, Refusal};
use nachweis_domain::limits;

/// What a cell holds, by its attribute `t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number; also where nothing is said.
    Number,
    /// The number of a shared text.
    SharedText,
    /// A truth value.
    Truth,
    /// An error value.
    Error,
    /// A text that a formula gave.
    FormulaText,
    /// A text inside the cell.
    InlineText,
    /// A day in words of ISO 8601.
    Date,
}

impl Kind {
    /// The kind that an attribute names.
    pub(super) fn of(kind: Option<&[u8]>) -> Option<Self> {
        // Single bytes are matched as such: comparing byte strings calls a function for each cell.
        match kind {
            None | Some([b'n']) => Some(Self::Number),
            Some([b's']) => Some(Self::SharedText),
            Some([b'b']) => Some(Self::Truth),
            Some([b'e']) => Some(Self::Error),
            Some([b'd']) => Some(Self::Date),
            Some(b"str") => Some(Self::FormulaText),
            Some(b"inlineStr") => Some(Self::InlineText),
            Some(_) => None,
        }
    }
}

impl SheetScan<'_, '_> {
    /// Checks that a value is of the form that its kind asks for.
    pub(super) fn check_value(&mut self, value: &[u8], kind: Kind, col: u16) -> Result<(), Refusal> {
        if value.is_empty() {
            return Ok(());
        }
        self.has_value(col)?;
        match kind {
            Kind::SharedText => self.shared_text(value, col),
            Kind::FormulaText => self.formula_text(value, col),
            _ => plain(value, kind, self.around.bounds.exact_numbers).map_err(|fault| self.fault(col, fault)),
        }
    }

    fn shared_text(&mut self, index: &[u8], col: u16) -> Result<(), Refusal> {
        let size = address::number(index)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| self.around.strings.get(index))
            .copied()
            .ok_or_else(|| self.fault(col, CellFault::TextIndex))?;
        self.count_text(u64::from(size))
    }

    fn formula_text(&mut self, text: &[u8], col: u16) -> Result<(), Refusal> {
        let length = characters(text).map_err(|fault| self.xml(fault))?;
        limits::STRING.check(Bounded::CellText, length, &self.facts.name)?;
        if text.contains(&0) {
            return Err(self.fault(col, CellFault::Content));
        }
        self.count_text(u64::try_from(text.len()).unwrap_or(u64::MAX))
    }

    /// Counts a text that a cell holds or refers to.
    pub(super) fn count_text(&mut self, size: u64) -> Result<(), Refusal> {
        self.counters.text = self.counters.text.saturating_add(size);
        self.around
            .bounds
            .text
            .check(Bounded::Text, self.counters.text, &self.facts.name)
    }
}

/// Checks a value that is not a text.
fn plain(text: &[u8], kind: Kind, exact: bool) -> Result<(), CellFault> {
    let (is_sound, fault) = match kind {
        Kind::Truth => (matches!(text, b"0" | b"1" | b"true" | b"false"), CellFault::Truth),
        Kind::Error => (is_error_value(text), CellFault::ErrorValue),
        Kind::Date => (is_iso_date(text), CellFault::Date),
        Kind::Number => return number::check(text, exact),
        Kind::InlineText | Kind::SharedText | Kind::FormulaText => (false, CellFault::ValueBesideText),
    };
    if is_sound { Ok(()) } else { Err(fault) }
}

fn is_error_value(text: &[u8]) -> bool {
    let known: [&[u8]; 7] = [
        b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!",
    ];
    known.contains(&text)
}

/// A date of strict workbooks: `2024-03-31`, with or without a time.
fn is_iso_date(text: &[u8]) -> bool {
    let (date, time) = text.split_at(text.len().min(10));
    let digits = |range: std::ops::Range<usize>| {
        date.get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let dashes = date.get(4) == Some(&b'-') && date.get(7) == Some(&b'-');
    let clock = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'+' | b'-');
    let timed = match time {
        [] => true,
        [b'T', clock_time @ ..] => time.len() <= 22 && clock_time.iter().all(clock),
        _ => false,
    };
    date.len() == 10 && dashes && timed && [0..4, 5..7, 8..10].into_iter().all(digits)
}
