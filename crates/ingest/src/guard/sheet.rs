//! The scan of a sheet: every cell in its place, every value of a form that all programs read alike.
//!
//! What is accepted here, calamine reads as Excel does (robustness.md §3.3). The scan keeps positions, counts and
//! hidden rows, never the text of a cell.

use nachweis_domain::{cell::CellRef, limits};

use super::{
    address,
    bounds::Bounds,
    cells::Cells,
    fault, filter, plain, vocabulary,
    workbook::flag,
    xml::{Scanner, Tag, Token, XmlFault, is_blank},
};
use crate::{
    inspection::SheetFacts,
    refusal::{Bounded, CellFault, Held as _, PartFault, Refusal},
};

mod cell;
mod value;

/// What is counted over all sheets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counters {
    pub(super) cells: u64,
    pub(super) text: u64,
    pub(super) ranges: u64,
}

/// What the scan of a sheet needs to know of the workbook.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) part: &'a str,
    pub(super) bounds: &'a Bounds,
    /// The size of each shared text.
    pub(super) strings: &'a [u32],
}

/// A scan under way.
pub(super) struct SheetScan<'a, 'b> {
    scanner: Scanner<'a>,
    around: Surroundings<'b>,
    counters: &'b mut Counters,
    facts: &'b mut SheetFacts,
    prefix: &'a [u8],
    row: u32,
    next_row: u32,
    next_col: u32,
    span: Option<Span>,
    kept: Cells,
}

/// What a scan gives.
pub(super) struct Scanned {
    /// Where the rows stand in the part.
    pub(super) rows: std::ops::Range<usize>,
    /// The cells as calamine is to get them.
    pub(super) cells: Vec<u8>,
}

/// The rectangle that holds all values.
#[derive(Clone, Copy)]
struct Span {
    first_row: u32,
    last_row: u32,
    first_col: u16,
    last_col: u16,
}

/// Scans a sheet and fills in its facts.
pub(super) fn scan(
    bytes: &[u8],
    around: Surroundings<'_>,
    counters: &mut Counters,
    facts: &mut SheetFacts,
) -> Result<Scanned, Refusal> {
    let xml = |fault| fault::refusal(around.part, fault);
    let mut scanner = Scanner::new(bytes).map_err(xml)?;
    let root = scanner.root().map_err(xml)?;
    if root.local() != b"worksheet" || root.closed {
        return Err(fault::damaged(around.part, PartFault::Element));
    }
    vocabulary::check_root(&root, around.part)?;
    let mut scan = SheetScan {
        scanner,
        around,
        counters,
        facts,
        prefix: root.prefix(),
        row: 0,
        next_row: 0,
        next_col: 0,
        span: None,
        kept: Cells::of_part(bytes.len()),
    };
    let rows = scan.parts()?;
    vocabulary::check_content(bytes, &rows, around.part)?;
    Ok(Scanned {
        rows,
        cells: scan.kept.finish(),
    })
}

impl<'a> SheetScan<'a, '_> {
    /// Scans all of the sheet and says where its rows stand in the part.
    fn parts(&mut self) -> Result<std::ops::Range<usize>, Refusal> {
        let depth = self.scanner.depth();
        let mut content = None;
        while let Some(tag) = self.scanner.child(depth).map_err(|fault| self.xml(fault))? {
            let own = tag.prefix() == self.prefix;
            match tag.local() {
                b"sheetPr" if own => {
                    let [filtered] = tag
                        .attributes()
                        .pick([b"filterMode"])
                        .map_err(|fault| self.xml(fault))?;
                    self.facts.is_filtered = flag(filtered) == Some(true);
                    self.scanner.skip(&tag).map_err(|fault| self.xml(fault))?;
                }
                b"autoFilter" if own => {
                    let range = filter::active(&mut self.scanner, &tag).map_err(|fault| self.xml(fault))?;
                    self.count_range()?;
                    self.facts.filters.extend(range);
                }
                b"tableParts" if own => {
                    self.facts.has_tables = true;
                    self.scanner.skip(&tag).map_err(|fault| self.xml(fault))?;
                }
                b"cols" if own => self.columns(&tag)?,
                b"sheetData" if content.is_some() || !own => return Err(self.damaged(PartFault::Element)),
                b"sheetData" => {
                    let start = self.scanner.position();
                    self.rows(&tag)?;
                    content = Some(start..self.scanner.position());
                }
                b"mergeCells" if own => self.merges(&tag)?,
                _ => self.scanner.skip(&tag).map_err(|fault| self.xml(fault))?,
            }
        }
        self.scanner.finish().map_err(|fault| self.xml(fault))?;
        content.ok_or_else(|| self.damaged(PartFault::Element))
    }

    fn rows(&mut self, sheet_data: &Tag<'a>) -> Result<(), Refusal> {
        if sheet_data.closed {
            return Ok(());
        }
        let mut count = 0_u64;
        while let Some(tag) = self.data_child()? {
            if !tag.is(self.prefix, b"row") {
                return Err(self.damaged(PartFault::Element));
            }
            count += 1;
            limits::ROW_ELEMENTS.check(Bounded::RowElements, count, &self.facts.name)?;
            self.row(&tag)?;
        }
        self.check_area()
    }

    fn row(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        let [number, hidden, height, outline] = tag
            .attributes()
            .pick([b"r", b"hidden", b"ht", b"outlineLevel"])
            .map_err(|fault| self.xml(fault))?;
        self.row = match number {
            Some(number) => address::row(number).ok_or_else(|| self.damaged(PartFault::Value))?,
            None => self.next_row,
        };
        if self.row < self.next_row || self.row >= 1_048_576 {
            return Err(self.unclear(0, CellFault::Order));
        }
        self.next_row = self.row + 1;
        self.next_col = 0;
        if flag(hidden).ok_or_else(|| self.damaged(PartFault::Value))? || height.is_some_and(is_below_one) {
            self.facts.hidden_rows.push(self.row);
            if is_outlined(outline) {
                self.facts.outlined_rows.push(self.row);
            }
        }
        if tag.closed {
            return Ok(());
        }
        loop {
            if self.prefix.is_empty()
                && let Some(cell) = plain::cell(self.scanner.rest())
            {
                self.scanner.leave_out(cell.length);
                self.plain_cell(&cell)?;
                continue;
            }
            let Some(cell) = self.data_child()? else {
                return Ok(());
            };
            if !cell.is(self.prefix, b"c") {
                return Err(self.unclear(self.next_col, CellFault::Content));
            }
            self.cell(&cell)?;
        }
    }

    /// The next element among rows or cells, between which only blanks and comments may stand.
    fn data_child(&mut self) -> Result<Option<Tag<'a>>, Refusal> {
        loop {
            match self.scanner.next().map_err(|fault| self.xml(fault))? {
                Some(Token::Open(tag)) => return Ok(Some(tag)),
                Some(Token::Close) => return Ok(None),
                Some(Token::Text(text)) if is_blank(text) => {}
                Some(Token::Note) => {}
                Some(Token::Text(_)) => return Err(self.damaged(PartFault::Content)),
                None => return Err(self.damaged(PartFault::Unclosed)),
            }
        }
    }

    /// Notes that a cell holds a value.
    fn has_value(&mut self, col: u16) -> Result<(), Refusal> {
        let bounds = self.around.bounds;
        bounds
            .rows
            .check(Bounded::Rows, u64::from(self.row) + 1, &self.facts.name)?;
        bounds
            .columns
            .check(Bounded::Columns, u64::from(col) + 1, &self.facts.name)?;
        let span = self.span.get_or_insert(Span {
            first_row: self.row,
            last_row: self.row,
            first_col: col,
            last_col: col,
        });
        span.last_row = self.row;
        span.first_col = span.first_col.min(col);
        span.last_col = span.last_col.max(col);
        Ok(())
    }

    fn check_area(&self) -> Result<(), Refusal> {
        let (Some(span), Some(limit)) = (self.span, self.around.bounds.area) else {
            return Ok(());
        };
        let rows = u64::from(span.last_row - span.first_row) + 1;
        let columns = u64::from(span.last_col - span.first_col) + 1;
        limit.check(Bounded::Area, rows * columns, &self.facts.name)
    }

    fn columns(&mut self, cols: &Tag<'a>) -> Result<(), Refusal> {
        if cols.closed {
            return Ok(());
        }
        let depth = self.scanner.depth();
        while let Some(tag) = self.scanner.child(depth).map_err(|fault| self.xml(fault))? {
            let [first, last, hidden, outline, width] = tag
                .attributes()
                .pick([b"min", b"max", b"hidden", b"outlineLevel", b"width"])
                .map_err(|fault| self.xml(fault))?;
            self.scanner.skip(&tag).map_err(|fault| self.xml(fault))?;
            if flag(hidden) == Some(false) && !width.is_some_and(is_below_one) {
                continue;
            }
            let place = |value: Option<&[u8]>| {
                let number = address::number(value.unwrap_or_default())?;
                u16::try_from(number.checked_sub(1)?)
                    .ok()
                    .filter(|column| *column < 16_384)
            };
            let (Some(first), Some(last)) = (place(first), place(last)) else {
                return Err(self.damaged(PartFault::Value));
            };
            self.count_range()?;
            self.facts.hidden_columns.push((first, last));
            if is_outlined(outline) {
                self.facts.outlined_columns.push((first, last));
            }
        }
        Ok(())
    }

    fn merges(&mut self, list: &Tag<'a>) -> Result<(), Refusal> {
        if list.closed {
            return Ok(());
        }
        let depth = self.scanner.depth();
        while let Some(tag) = self.scanner.child(depth).map_err(|fault| self.xml(fault))? {
            let [range] = tag.attributes().pick([b"ref"]).map_err(|fault| self.xml(fault))?;
            self.scanner.skip(&tag).map_err(|fault| self.xml(fault))?;
            let range = range
                .and_then(address::range)
                .ok_or_else(|| self.damaged(PartFault::Value))?;
            self.count_range()?;
            self.facts.merges.push(range);
        }
        Ok(())
    }

    fn count_range(&mut self) -> Result<(), Refusal> {
        self.counters.ranges += 1;
        limits::RANGES.check(Bounded::Ranges, self.counters.ranges, &self.facts.name)
    }

    fn xml(&self, fault: XmlFault) -> Refusal {
        fault::refusal(self.around.part, fault)
    }

    fn damaged(&self, fault: PartFault) -> Refusal {
        fault::damaged(self.around.part, fault)
    }

    fn fault(&self, col: u16, fault: CellFault) -> Refusal {
        self.unclear(u32::from(col), fault)
    }

    fn unclear(&self, col: u32, fault: CellFault) -> Refusal {
        let col = u16::try_from(col).unwrap_or(u16::MAX);
        Refusal::UnclearCell {
            at: CellRef::at(self.facts.name.as_str(), self.row, col),
            fault,
        }
    }
}

/// Whether a row or column belongs to an outline.
fn is_outlined(level: Option<&[u8]>) -> bool {
    level.is_some_and(|level| level != b"0")
}

/// Whether a height in points or a width in characters is below one: nobody can read what stands there.
fn is_below_one(length: &[u8]) -> bool {
    let whole = length.split(|byte| *byte == b'.').next().unwrap_or_default();
    let is_fraction = !length.is_empty() && whole.iter().all(|digit| *digit == b'0');
    is_fraction || length.windows(2).any(|pair| pair.eq_ignore_ascii_case(b"e-"))
}
