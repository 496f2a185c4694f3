//! Filters of sheets and tables: which range a filter leaves rows out of.

use super::{
    address,
    xml::{Scanner, Tag, XmlFault},
};
use crate::inspection::CellRange;

/// The range of an `autoFilter` that leaves rows out; `None` for one that only shows its buttons. Reads to its end.
pub(super) fn active<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Result<Option<CellRange>, XmlFault> {
    let [range] = tag.attributes().pick([b"ref"])?;
    if tag.closed {
        return Ok(None);
    }
    let mut is_active = false;
    let depth = scanner.depth();
    while let Some(child) = scanner.child(depth)? {
        // A column without criteria says only that its button is hidden.
        is_active |= child.local() == b"filterColumn" && !child.closed;
        scanner.skip(&child)?;
    }
    Ok(range.and_then(address::range).filter(|_| is_active))
}

/// The range of a table's filter that leaves rows out.
pub(super) fn of_table(bytes: &[u8]) -> Result<Option<CellRange>, XmlFault> {
    let mut scanner = Scanner::new(bytes)?;
    let root = scanner.root()?;
    if root.local() != b"table" || root.closed {
        return Ok(None);
    }
    let depth = scanner.depth();
    while let Some(child) = scanner.child(depth)? {
        if child.local() == b"autoFilter" {
            return active(&mut scanner, &child);
        }
        scanner.skip(&child)?;
    }
    Ok(None)
}
