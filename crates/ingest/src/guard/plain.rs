//! The spellings that nearly every cell and shared text has, recognised in one go.
//!
//! `<c r="D17" s="4" t="s"><v>12</v></c>`, `<c r="D17" s="4"/>`, `<si><t>Miete</t></si>`: no other attribute, no blank
//! between, nothing else inside. The scanner finds the same pieces in ten times as many steps; property tests hold that
//! it does. Every other spelling is left to it. What the pieces say is checked alike, whoever found them.

use memchr::memchr;

/// A cell in the usual spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainCell<'a> {
    /// The attribute `r`.
    pub(super) address: &'a [u8],
    /// The attribute `s`.
    pub(super) style: Option<&'a [u8]>,
    /// The attribute `t`.
    pub(super) kind: Option<&'a [u8]>,
    /// The text of `v`; `None` for a cell without content.
    pub(super) value: Option<&'a [u8]>,
    /// The length of the whole element.
    pub(super) length: usize,
}

/// The cell that the bytes begin with, if it is in the usual spelling.
pub(super) fn cell(bytes: &[u8]) -> Option<PlainCell<'_>> {
    let (address, rest) = word(bytes.strip_prefix(b"<c r=\"")?)?;
    let (style, rest) = attribute(rest, *b" s=\"")?;
    let (kind, rest) = attribute(rest, *b" t=\"")?;
    let (value, rest) = if let Some(rest) = rest.strip_prefix(b"/>") {
        (None, rest)
    } else {
        let (value, rest) = text(rest.strip_prefix(b"><v>")?)?;
        (Some(value), rest.strip_prefix(b"</v></c>")?)
    };
    Some(PlainCell {
        address,
        style,
        kind,
        value,
        length: bytes.len() - rest.len(),
    })
}

/// The shared text that the bytes begin with, if it is in the usual spelling, and the length of the whole element.
pub(super) fn shared_text(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let rest = bytes.strip_prefix(b"<si><t")?;
    let rest = rest.strip_prefix(b" xml:space=\"preserve\"").unwrap_or(rest);
    let (found, rest) = text(rest.strip_prefix(b">")?)?;
    let rest = rest.strip_prefix(b"</t></si>")?;
    Some((found, bytes.len() - rest.len()))
}

/// An attribute that may be there; `None` when it is there in another spelling.
fn attribute(bytes: &[u8], start: [u8; 4]) -> Option<(Option<&[u8]>, &[u8])> {
    match bytes.split_first_chunk() {
        Some((found, rest)) if *found == start => word(rest).map(|(value, rest)| (Some(value), rest)),
        _ => Some((None, bytes)),
    }
}

/// Letters and digits up to a quotation mark, and what follows it.
fn word(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
    let (found, rest) = bytes.split_at_checked(end)?;
    Some((found, rest.strip_prefix(b"\"")?))
}

/// What stands up to the next mark-up.
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(memchr(b'<', bytes)?)
}

#[cfg(test)]
mod tests;
