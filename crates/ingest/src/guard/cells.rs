//! The cells of a sheet as calamine gets them: those that hold something, in one spelling of our own.
//!
//! A cell is written with its address, its kind and its value, byte for byte as they were scanned, and a bare mark in
//! place of a formula: its text is never read. Numbers keep their style, by which calamine tells dates. Cells that are
//! only formatted, rows, and all other attributes are left out: they hold nothing to read, and a blank template has
//! thousands.

use nachweis_domain::cell::column_letters;

/// What was scanned of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellParts<'a> {
    /// The address as it stands in the file.
    pub(super) address: Option<&'a [u8]>,
    /// The row counted from zero.
    pub(super) row: u32,
    /// The column counted from zero.
    pub(super) col: u16,
    /// The style, where it says whether a number is a date.
    pub(super) style: Option<&'a [u8]>,
    /// The kind as it stands in the file.
    pub(super) kind: Option<&'a [u8]>,
    /// Whether there is a formula.
    pub(super) formula: bool,
    /// The value; never empty.
    pub(super) value: Option<&'a [u8]>,
    /// A text in the cell, as an element.
    pub(super) text: Option<&'a [u8]>,
}

/// The cells of a sheet, written one after another.
#[derive(Debug, Default)]
pub(super) struct Cells {
    bytes: Vec<u8>,
}

impl Cells {
    /// Room for the cells of a part of this size.
    pub(super) fn of_part(size: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(size),
        }
    }

    /// Writes a cell that holds something.
    pub(super) fn add(&mut self, cell: &CellParts<'_>) {
        if !cell.formula && cell.value.is_none() && cell.text.is_none() {
            return;
        }
        if let Some(address) = cell.address {
            self.write(&[b"<c r=\"", address]);
        } else {
            let address = format!("{}{}", column_letters(cell.col), u64::from(cell.row) + 1);
            self.write(&[b"<c r=\"", address.as_bytes()]);
        }
        if let Some(style) = cell.style {
            self.write(&[b"\" s=\"", style]);
        }
        if let Some(kind) = cell.kind {
            self.write(&[b"\" t=\"", kind]);
        }
        self.write(&[b"\">"]);
        if cell.formula {
            self.write(&[b"<f/>"]);
        }
        if let Some(value) = cell.value {
            self.write(&[b"<v>", value, b"</v>"]);
        }
        if let Some(text) = cell.text {
            self.write(&[text]);
        }
        self.write(&[b"</c>"]);
    }

    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn write(&mut self, pieces: &[&[u8]]) {
        for piece in pieces {
            self.bytes.extend_from_slice(piece);
        }
    }
}
