//! The scan of one cell: its address, its kind, at most one value and one formula.

use memchr::memchr2;
use nachweis_domain::{limits, rules::personal::of_text};

use super::{
    super::{
        address,
        attributes::expand,
        cells::CellParts,
        characters::characters,
        plain::PlainCell,
        strings::{TextFault, rich_text, text},
        xml::{Tag, Token, is_blank},
    },
    SheetScan,
    value::Kind,
};
use crate::refusal::{Bounded, CellFault, Held as _, Refusal};

/// What the tag of a cell says.
#[derive(Clone, Copy)]
struct Head<'a> {
    address: Option<&'a [u8]>,
    col: u16,
    style: Option<&'a [u8]>,
    kind: Kind,
    written_kind: Option<&'a [u8]>,
}

/// What has been seen inside a cell.
#[derive(Default)]
struct Seen<'a> {
    /// Where the piece that is being read begins.
    start: usize,
    value: Option<&'a [u8]>,
    text: Option<&'a [u8]>,
    formula: bool,
}

impl<'a> SheetScan<'a, '_> {
    /// A cell as the scanner finds it.
    pub(super) fn cell(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let [address, style, kind] = tag
            .attributes()
            .pick([b"r", b"s", b"t"])
            .map_err(|fault| self.xml(fault))?;
        let head = self.head(address, style, kind)?;
        if tag.closed {
            return Ok(());
        }
        let seen = self.inside(&head)?;
        self.keep(&head, &seen);
        Ok(())
    }

    /// A cell in the usual spelling.
    pub(super) fn plain_cell(&mut self, cell: &PlainCell<'a>) -> Result<(), Refusal> {
        let head = self.head(Some(cell.address), cell.style, cell.kind)?;
        let Some(value) = cell.value else { return Ok(()) };
        if head.kind == Kind::InlineText {
            return Err(self.fault(head.col, CellFault::ValueBesideText));
        }
        self.check_value(value, head.kind, head.col)?;
        let seen = Seen {
            value: Some(value),
            ..Seen::default()
        };
        self.keep(&head, &seen);
        Ok(())
    }

    /// Checks what the tag of a cell says.
    fn head(
        &mut self,
        address: Option<&'a [u8]>,
        style: Option<&'a [u8]>,
        written_kind: Option<&'a [u8]>,
    ) -> Result<Head<'a>, Refusal> {
        let col = self.place(address)?;
        self.counters.cells += 1;
        self.around
            .bounds
            .cells
            .check(Bounded::Cells, self.counters.cells, &self.facts.name)?;
        let kind = Kind::of(written_kind).ok_or_else(|| self.fault(col, CellFault::Kind))?;
        if style.is_some_and(|style| address::number(style).is_none()) {
            return Err(self.fault(col, CellFault::Kind));
        }
        Ok(Head {
            address,
            col,
            style,
            kind,
            written_kind,
        })
    }

    /// Hands a cell on.
    fn keep(&mut self, head: &Head<'a>, seen: &Seen<'a>) {
        self.kept.add(&CellParts {
            address: head.address,
            row: self.row,
            col: head.col,
            style: head.style.filter(|_| head.kind == Kind::Number),
            kind: head.written_kind,
            formula: seen.formula,
            value: seen.value.filter(|value| !value.is_empty()),
            text: seen.text,
        });
    }

    /// Everything up to the end of a cell.
    fn inside(&mut self, head: &Head<'a>) -> Result<Seen<'a>, Refusal> {
        let mut seen = Seen::default();
        loop {
            seen.start = self.scanner.position();
            match self.scanner.next().map_err(|fault| self.xml(fault))? {
                Some(Token::Open(child)) => self.content(&child, head, &mut seen)?,
                Some(Token::Close) => return Ok(seen),
                Some(Token::Text(text)) if is_blank(text) => {}
                Some(Token::Text(_)) => return Err(self.fault(head.col, CellFault::Content)),
                Some(Token::Note) | None => return Err(self.fault(head.col, CellFault::Markup)),
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

    fn content(&mut self, tag: &Tag<'a>, head: &Head<'a>, seen: &mut Seen<'a>) -> Result<(), Refusal> {
        let Head { kind, col, .. } = *head;
        if tag.is(self.prefix, b"v") {
            if seen.value.is_some() {
                return Err(self.fault(col, CellFault::Twice));
            }
            if seen.text.is_some() || kind == Kind::InlineText {
                return Err(self.fault(col, CellFault::ValueBesideText));
            }
            let value = text(&mut self.scanner, tag).map_err(|fault| self.text_fault(col, fault))?;
            seen.value = Some(value);
            self.check_value(value, kind, col)
        } else if tag.is(self.prefix, b"is") {
            if seen.text.is_some() {
                return Err(self.fault(col, CellFault::Twice));
            }
            if seen.value.is_some() || kind != Kind::InlineText {
                return Err(self.fault(col, CellFault::ValueBesideText));
            }
            let size = rich_text(&mut self.scanner, tag).map_err(|fault| self.text_fault(col, fault))?;
            seen.text = Some(self.scanner.since(seen.start));
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
}
