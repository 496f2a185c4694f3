//! The number formats of a workbook: all that reading needs of `styles.xml`, to tell dates from numbers.

use super::{
    attributes::expand,
    characters::characters,
    fault,
    number_format::{is_distorting, is_distorting_number},
    once::Once,
    vocabulary,
    xml::{Scanner, Tag},
};
use crate::refusal::{Bounded, Held as _, PartFault, Refusal};
use nachweis_domain::limits::{self, Limit};

const HEAD: &[u8] =
    b"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>";

/// Which numbers are handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// As they are stored, whatever a format shows.
    Stored,
    /// Only those that people see: formats that show another number become that of durations, which no amount has.
    Seen,
}

/// The format of durations: of its own, and built in.
const DURATION: &[u8] = b"[h]:mm:ss";
const DURATION_ID: &[u8] = b"46";

/// A `styles.xml` of our own with the number formats and cell formats of the scanned one.
pub(super) fn reduced(bytes: &[u8], part: &str, numbers: Numbers) -> Result<Vec<u8>, Refusal> {
    let xml = |fault| fault::refusal(part, fault);
    let mut scanner = Scanner::new(bytes).map_err(xml)?;
    let root = scanner.root().map_err(xml)?;
    if root.local() != b"styleSheet" {
        return Err(fault::damaged(part, PartFault::Element));
    }
    vocabulary::check_root(&root, part)?;
    let mut formats = Vec::new();
    let mut cells = Vec::new();
    let mut once = Once::new(part, root.prefix());
    if !root.closed {
        let depth = scanner.depth();
        while let Some(tag) = scanner.child(depth).map_err(xml)? {
            match once.own(&tag, [b"numFmts", b"cellXfs"])? {
                b"numFmts" => each(
                    &mut scanner,
                    &tag,
                    b"numFmt",
                    part,
                    limits::NUMBER_FORMATS,
                    &mut |format| number_format(format, part, numbers, &mut formats),
                )?,
                b"cellXfs" => each(&mut scanner, &tag, b"xf", part, limits::STYLES, &mut |format| {
                    cell_format(format, part, numbers, &mut cells)
                })?,
                _ => scanner.skip(&tag).map_err(xml)?,
            }
        }
    }
    scanner.finish().map_err(xml)?;
    Ok([
        HEAD,
        &formats,
        b"</numFmts><cellXfs>",
        &cells,
        b"</cellXfs></styleSheet>",
    ]
    .concat())
}

/// Visits the elements of a name inside a list.
fn each<'a>(
    scanner: &mut Scanner<'a>,
    list: &Tag<'a>,
    name: &[u8],
    part: &str,
    limit: Limit,
    visit: &mut dyn FnMut(&Tag<'a>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let xml = |fault| fault::refusal(part, fault);
    if list.closed {
        return Ok(());
    }
    let what = if name == b"xf" {
        Bounded::Styles
    } else {
        Bounded::NumberFormats
    };
    let depth = scanner.depth();
    let mut count = 0;
    while let Some(tag) = scanner.child(depth).map_err(xml)? {
        if tag.local() == name {
            count += 1;
            limit.check(what, count, part)?;
            visit(&tag)?;
        }
        scanner.skip(&tag).map_err(xml)?;
    }
    Ok(())
}

fn number_format(tag: &Tag<'_>, part: &str, numbers: Numbers, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let xml = |fault| fault::refusal(part, fault);
    let [id, code] = tag.attributes().pick([b"numFmtId", b"formatCode"]).map_err(xml)?;
    let (Some(id), Some(code)) = (id, code) else {
        return Ok(());
    };
    let length = characters(code).map_err(xml)?;
    limits::NUMBER_FORMAT.check(Bounded::NumberFormat, length, part)?;
    if !id.iter().all(u8::is_ascii_digit) {
        return Err(fault::damaged(part, PartFault::Value));
    }
    out.extend_from_slice(b"<numFmt numFmtId=\"");
    out.extend_from_slice(id);
    out.extend_from_slice(b"\" formatCode=\"");
    let shows_another = numbers == Numbers::Seen && is_distorting(&expand(code).map_err(xml)?);
    let code = if shows_another { DURATION } else { code };
    // A code quoted by `'` may hold a plain `"`.
    for piece in code.split_inclusive(|byte| *byte == b'"') {
        match piece.split_last() {
            Some((b'"', before)) => out.extend_from_slice(&[before, b"&quot;"].concat()),
            _ => out.extend_from_slice(piece),
        }
    }
    out.extend_from_slice(b"\"/>");
    Ok(())
}

fn cell_format(tag: &Tag<'_>, part: &str, numbers: Numbers, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let [id] = tag
        .attributes()
        .pick([b"numFmtId"])
        .map_err(|fault| fault::refusal(part, fault))?;
    let id = id.unwrap_or(b"0");
    if !id.iter().all(u8::is_ascii_digit) {
        return Err(fault::damaged(part, PartFault::Value));
    }
    let shows_another = numbers == Numbers::Seen && is_distorting_number(id);
    let id = if shows_another { DURATION_ID } else { id };
    out.extend_from_slice(b"<xf numFmtId=\"");
    out.extend_from_slice(id);
    out.extend_from_slice(b"\"/>");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_formats_and_cell_formats_are_kept_and_nothing_else() {
        let styles = br#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy&quot;x&quot;"/></numFmts>
            <fonts><font/></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="164" fontId="1"><alignment/></xf><xf/></cellXfs></styleSheet>"#;
        let reduced =
            String::from_utf8(reduced(styles, "styles.xml", Numbers::Seen).expect("sound")).expect("text");
        assert!(reduced.contains(r#"<numFmt numFmtId="164" formatCode="dd.mm.yyyy&quot;x&quot;"/>"#));
        assert!(reduced.contains(r#"<cellXfs><xf numFmtId="164"/><xf numFmtId="0"/></cellXfs>"#));
        assert!(!reduced.contains("font"));
    }

    #[test]
    fn formats_that_show_another_number_become_durations_where_numbers_must_be_seen() {
        let styles = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0&#37;"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;
        let reduced = |numbers| {
            let reduced = reduced(styles, "styles.xml", numbers).expect("sound");
            String::from_utf8(reduced).expect("text")
        };
        let seen = reduced(Numbers::Seen);
        assert!(seen.contains(r#"formatCode="[h]:mm:ss""#) && seen.contains(r#"<xf numFmtId="46"/>"#));
        let stored = reduced(Numbers::Stored);
        assert!(stored.contains(r#"<xf numFmtId="9"/>"#) && !stored.contains("[h]"));
    }
}
