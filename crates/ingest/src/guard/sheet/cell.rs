//! The scan of one cell: its address, its kind, at most one value and one formula.

use memchr::memchr2;
use nachweis_domain::rules::personal::of_text;

use super::{
    super::{
        address,
        attributes::expand,
        characters::characters,
        number,
        strings::{TextFault, rich_text, text},
        xml::{Tag, Token, is_blank},
    },
    SheetScan,
};
use crate::{
    limits,
    refusal::{Bounded, CellFault, Refusal},
};

/// What a cell holds, by its attribute `t`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    SharedText,
    Truth,
    Error,
    FormulaText,
    InlineText,
    Date,
}

/// What has been seen inside a cell.
#[derive(Default)]
struct Seen {
    value: bool,
    text: bool,
    formula: bool,
}

impl<'a> SheetScan<'a, '_> {
    pub(super) fn cell(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let [address, style, kind] = tag
            .attributes()
            .pick([b"r", b"s", b"t"])
            .map_err(|fault| self.xml(fault))?;
        let col = self.place(address)?;
        self.counters.cells += 1;
        self.around
            .bounds
            .cells
            .check(Bounded::Cells, self.counters.cells, &self.facts.name)?;
        let kind = Kind::of(kind).ok_or_else(|| self.fault(col, CellFault::Kind))?;
        if style.is_some_and(|style| address::number(style).is_none()) {
            return Err(self.fault(col, CellFault::Kind));
        }
        if tag.closed {
            return Ok(());
        }
        let mut seen = Seen::default();
        loop {
            match self.scanner.next().map_err(|fault| self.xml(fault))? {
                Some(Token::Open(child)) => self.content(&child, kind, col, &mut seen)?,
                Some(Token::Close) => return Ok(()),
                Some(Token::Text(text)) if is_blank(text) => {}
                Some(Token::Text(_)) => return Err(self.fault(col, CellFault::Content)),
                Some(Token::Note) | None => return Err(self.fault(col, CellFault::Markup)),
            }
        }
    }

    /// The column of a cell, which must come after the one before and in its row.
    fn place(&mut self, address: Option<&[u8]>) -> Result<u16, Refusal> {
        let col = match address {
            Some(address) => {
                let (row, col) =
                    address::cell(address).ok_or_else(|| self.unclear(self.next_col, CellFault::Address))?;
                if row != self.row || u32::from(col) < self.next_col {
                    return Err(self.unclear(u32::from(col), CellFault::Order));
                }
                col
            }
            None => u16::try_from(self.next_col)
                .ok()
                .filter(|col| *col < 16_384)
                .ok_or_else(|| self.unclear(self.next_col, CellFault::Address))?,
        };
        self.next_col = u32::from(col) + 1;
        Ok(col)
    }

    fn content(&mut self, tag: &Tag<'a>, kind: Kind, col: u16, seen: &mut Seen) -> Result<(), Refusal> {
        if tag.is(self.prefix, b"v") {
            if std::mem::replace(&mut seen.value, true) {
                return Err(self.fault(col, CellFault::Twice));
            }
            if seen.text || kind == Kind::InlineText {
                return Err(self.fault(col, CellFault::ValueBesideText));
            }
            self.value(tag, kind, col)
        } else if tag.is(self.prefix, b"is") {
            if std::mem::replace(&mut seen.text, true) {
                return Err(self.fault(col, CellFault::Twice));
            }
            if seen.value || kind != Kind::InlineText {
                return Err(self.fault(col, CellFault::ValueBesideText));
            }
            let size = rich_text(&mut self.scanner, tag).map_err(|fault| self.text_fault(col, fault))?;
            self.has_value(col)?;
            self.count_text(size)
        } else if tag.is(self.prefix, b"f") {
            if std::mem::replace(&mut seen.formula, true) {
                return Err(self.fault(col, CellFault::Twice));
            }
            self.formula(tag, col)
        } else {
            Err(self.fault(col, CellFault::Content))
        }
    }

    fn value(&mut self, tag: &Tag<'a>, kind: Kind, col: u16) -> Result<(), Refusal> {
        let text = text(&mut self.scanner, tag).map_err(|fault| self.text_fault(col, fault))?;
        if text.is_empty() {
            return Ok(());
        }
        self.has_value(col)?;
        match kind {
            Kind::Number => number::check(text, self.around.bounds.exact_numbers),
            Kind::SharedText => return self.shared_text(text, col),
            Kind::FormulaText => return self.formula_text(text, col),
            Kind::Truth => matches!(text, b"0" | b"1" | b"true" | b"false")
                .then_some(())
                .ok_or(CellFault::Truth),
            Kind::Error => is_error_value(text).then_some(()).ok_or(CellFault::ErrorValue),
            Kind::Date => is_iso_date(text).then_some(()).ok_or(CellFault::Date),
            Kind::InlineText => Err(CellFault::ValueBesideText),
        }
        .map_err(|fault| self.fault(col, fault))
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

    fn formula(&mut self, tag: &Tag<'a>, col: u16) -> Result<(), Refusal> {
        let [kind, index, range] = tag
            .attributes()
            .pick([b"t", b"si", b"ref"])
            .map_err(|fault| self.xml(fault))?;
        if kind == Some(b"shared") {
            let index = index
                .and_then(address::number)
                .ok_or_else(|| self.fault(col, CellFault::Formula))?;
            limits::SHARED_FORMULAS.check(Bounded::SharedFormula, u64::from(index), &self.facts.name)?;
            if range.is_some_and(|range| address::range(range).is_none()) {
                return Err(self.fault(col, CellFault::Formula));
            }
        }
        let text = text(&mut self.scanner, tag).map_err(|fault| self.text_fault(col, fault))?;
        let length = characters(text).map_err(|fault| self.xml(fault))?;
        limits::FORMULA.check(Bounded::Formula, length, &self.facts.name)?;
        self.has_value(col)?;
        if self.around.bounds.personal && memchr2(b'"', b'&', text).is_some() {
            let kind = expand(text).ok().and_then(|text| of_text(&text));
            self.facts.personal.extend(kind.map(|kind| (self.row, col, kind)));
        }
        self.count_text(u64::try_from(text.len()).unwrap_or(u64::MAX))
    }

    fn count_text(&mut self, size: u64) -> Result<(), Refusal> {
        self.counters.text = self.counters.text.saturating_add(size);
        self.around
            .bounds
            .text
            .check(Bounded::Text, self.counters.text, &self.facts.name)
    }

    fn text_fault(&self, col: u16, fault: TextFault) -> Refusal {
        match fault {
            TextFault::Xml(fault) => self.xml(fault),
            TextFault::Markup => self.fault(col, CellFault::Markup),
            TextFault::Element => self.fault(col, CellFault::Content),
            TextFault::Twice => self.fault(col, CellFault::Twice),
            TextFault::TooLong(found) => Refusal::TooLarge {
                what: Bounded::CellText,
                found,
                allowed: limits::STRING.value,
                place: self.facts.name.clone(),
            },
        }
    }

    fn fault(&self, col: u16, fault: CellFault) -> Refusal {
        self.unclear(u32::from(col), fault)
    }
}

impl Kind {
    fn of(kind: Option<&[u8]>) -> Option<Self> {
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
