//! Whether the elements of a part belong to the vocabulary of workbooks: names alone do not say so.
//!
//! A part or cell of another namespace is no part or cell to a program that looks at namespaces, and one to a program
//! that looks at names. Both readings must be the same, so such a part is refused.

use std::ops::Range;

use memchr::memmem;

use super::{
    fault,
    xml::{Scanner, Tag, Token, XmlFault},
};
use crate::refusal::{PartFault, Refusal};

/// The vocabulary of workbooks, as Excel usually writes it and as the strict form of the standard has it.
const VOCABULARIES: [&[u8]; 2] = [
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
];

/// Refuses a root element that declares another vocabulary for itself.
pub(super) fn check_root(root: &Tag<'_>, part: &str) -> Result<(), Refusal> {
    match is_foreign(root) {
        Ok(false) => Ok(()),
        Ok(true) => Err(fault::damaged(part, PartFault::Element)),
        Err(fault) => Err(fault::refusal(part, fault)),
    }
}

/// Refuses an element inside `content`, a range of the part, that declares another vocabulary for itself. Programs
/// declare nothing there, so that a search for the word is all that this costs.
pub(super) fn check_content(bytes: &[u8], content: &Range<usize>, part: &str) -> Result<(), Refusal> {
    let inside = bytes.get(content.clone()).unwrap_or_default();
    if memmem::find(inside, b"xmlns").is_none() {
        return Ok(());
    }
    let xml = |fault| fault::refusal(part, fault);
    let mut scanner = Scanner::new(bytes).map_err(xml)?;
    while let Some(token) = scanner.next().map_err(xml)? {
        match token {
            Token::Open(tag) if (content.start + 1..=content.end).contains(&scanner.position()) => {
                check_root(&tag, part)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_foreign(tag: &Tag<'_>) -> Result<bool, XmlFault> {
    for attribute in tag.attributes() {
        let (name, value) = attribute?;
        let declares = match name.strip_prefix(b"xmlns") {
            Some([]) => tag.prefix().is_empty(),
            Some([b':', prefix @ ..]) => !tag.prefix().is_empty() && prefix == tag.prefix(),
            _ => false,
        };
        if declares && !VOCABULARIES.contains(&value) {
            return Ok(true);
        }
    }
    Ok(false)
}
