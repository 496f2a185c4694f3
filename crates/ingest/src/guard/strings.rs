//! The shared texts of a workbook, and texts inside cells: what is text, and how much of it.

use super::{
    attributes::expand,
    bounds::Bounds,
    characters::characters,
    fault, plain, vocabulary,
    xml::{Scanner, Tag, Token, XmlFault, is_blank},
};
use crate::refusal::{Bounded, Held as _, PartFault, Refusal};
use nachweis_domain::limits;

/// The shared texts: how long each is, and the piece of the part that holds them.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    /// The size of each text in bytes, in order.
    pub(super) sizes: Vec<u32>,
    /// Where the texts stand in the part.
    pub(super) content: std::ops::Range<usize>,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFault {
    /// The XML.
    Xml(XmlFault),
    /// A comment, character data or instruction in a text.
    Markup,
    /// An element where none belongs.
    Element,
    /// Two plain texts.
    Twice,
    /// Too long; how long.
    TooLong(u64),
}

impl From<XmlFault> for TextFault {
    fn from(fault: XmlFault) -> Self {
        Self::Xml(fault)
    }
}

impl SharedStrings {
    /// Scans the part `sharedStrings.xml`, which has lost its byte order mark.
    pub(super) fn scan(bytes: &[u8], part: &str, bounds: &Bounds) -> Result<Self, Refusal> {
        let xml = |fault| fault::refusal(part, fault);
        let mut scanner = Scanner::new(bytes).map_err(xml)?;
        let root = scanner.root().map_err(xml)?;
        if root.local() != b"sst" {
            return Err(fault::damaged(part, PartFault::Element));
        }
        vocabulary::check_root(&root, part)?;
        let mut strings = Self::default();
        if root.closed {
            return Ok(strings);
        }
        let depth = scanner.depth();
        let mut ended = false;
        strings.content = scanner.position()..scanner.position();
        loop {
            if root.prefix().is_empty()
                && !ended
                && let Some((text, length)) = plain::shared_text(scanner.rest())
            {
                scanner.leave_out(length);
                let mut size = TextSize::default();
                size.add(text).map_err(|fault| refusal(part, fault))?;
                strings.push(size.bytes, bounds, part)?;
                strings.content.end = scanner.position();
                continue;
            }
            let Some(tag) = scanner.child(depth).map_err(xml)? else {
                break;
            };
            match tag.local() {
                b"si" if tag.prefix() == root.prefix() && !ended => {
                    let size = rich_text(&mut scanner, &tag).map_err(|fault| refusal(part, fault))?;
                    strings.push(size, bounds, part)?;
                    strings.content.end = scanner.position();
                }
                // Extensions come last; readers must not find texts after them.
                b"extLst" => {
                    ended = true;
                    scanner.skip(&tag).map_err(xml)?;
                }
                _ => return Err(fault::damaged(part, PartFault::Element)),
            }
        }
        scanner.finish().map_err(xml)?;
        vocabulary::check_content(bytes, &strings.content, part)?;
        Ok(strings)
    }

    fn push(&mut self, size: u64, bounds: &Bounds, part: &str) -> Result<(), Refusal> {
        self.sizes.push(u32::try_from(size).unwrap_or(u32::MAX));
        let count = u64::try_from(self.sizes.len()).unwrap_or(u64::MAX);
        bounds.strings.check(Bounded::Strings, count, part)
    }
}

/// The size in bytes of a text made of `t`, runs `r` and phonetic hints, inside `si` or `is`.
pub(super) fn rich_text<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Result<u64, TextFault> {
    let mut size = TextSize::default();
    if tag.closed {
        return Ok(0);
    }
    let depth = scanner.depth();
    let mut plain = false;
    while let Some(child) = element(scanner, depth)? {
        match child.local() {
            b"t" if std::mem::replace(&mut plain, true) => return Err(TextFault::Twice),
            b"t" => size.add(text(scanner, &child)?)?,
            b"r" => run(scanner, &child, &mut size)?,
            b"rPh" => phonetic(scanner, &child)?,
            b"phoneticPr" => without_text(scanner, &child)?,
            _ => return Err(TextFault::Element),
        }
    }
    Ok(size.bytes)
}

fn run<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>, size: &mut TextSize) -> Result<(), TextFault> {
    if tag.closed {
        return Ok(());
    }
    let depth = scanner.depth();
    while let Some(child) = element(scanner, depth)? {
        match child.local() {
            b"rPr" => without_text(scanner, &child)?,
            b"t" => size.add(text(scanner, &child)?)?,
            _ => return Err(TextFault::Element),
        }
    }
    Ok(())
}

/// A phonetic hint: `t` inside, which readers leave out.
fn phonetic<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Result<(), TextFault> {
    if tag.closed {
        return Ok(());
    }
    let depth = scanner.depth();
    while let Some(child) = element(scanner, depth)? {
        match child.local() {
            b"t" => drop(text(scanner, &child)?),
            _ => return Err(TextFault::Element),
        }
    }
    Ok(())
}

/// Leaves out formatting, in which readers must not find a text.
fn without_text<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Result<(), TextFault> {
    if tag.closed {
        return Ok(());
    }
    let depth = scanner.depth();
    while scanner.depth() >= depth {
        if let Some(Token::Open(inner)) = scanner.next()?
            && matches!(
                inner.local(),
                b"t" | b"r" | b"rPh" | b"si" | b"is" | b"v" | b"c" | b"row"
            )
        {
            return Err(TextFault::Element);
        }
    }
    Ok(())
}

/// The next element inside, between which only blanks may stand.
fn element<'a>(scanner: &mut Scanner<'a>, depth: usize) -> Result<Option<Tag<'a>>, TextFault> {
    loop {
        match scanner.next()? {
            Some(Token::Open(tag)) => return Ok(Some(tag)),
            Some(Token::Close) if scanner.depth() < depth => return Ok(None),
            Some(Token::Text(text)) if is_blank(text) => {}
            Some(Token::Text(_)) => return Err(TextFault::Element),
            Some(Token::Note) => return Err(TextFault::Markup),
            Some(Token::Close) | None => return Err(TextFault::Xml(XmlFault::Mismatch)),
        }
    }
}

/// The text of an element that holds nothing else.
pub(super) fn text<'a>(scanner: &mut Scanner<'a>, tag: &Tag<'a>) -> Result<&'a [u8], TextFault> {
    for attribute in tag.attributes() {
        attribute?;
    }
    if tag.closed {
        return Ok(&[]);
    }
    let text = match scanner.next()? {
        Some(Token::Close) => return Ok(&[]),
        Some(Token::Text(text)) => text,
        Some(Token::Note) => return Err(TextFault::Markup),
        Some(Token::Open(_)) => return Err(TextFault::Element),
        None => return Err(TextFault::Xml(XmlFault::Unclosed)),
    };
    match scanner.next()? {
        Some(Token::Close) => Ok(text),
        Some(Token::Open(_)) => Err(TextFault::Element),
        _ => Err(TextFault::Markup),
    }
}

#[derive(Default)]
struct TextSize {
    bytes: u64,
    characters: u64,
}

impl TextSize {
    fn add(&mut self, text: &[u8]) -> Result<(), TextFault> {
        self.bytes += u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.characters += characters(text)?;
        if limits::STRING.is_exceeded_by(self.characters) {
            return Err(TextFault::TooLong(self.characters));
        }
        Ok(())
    }
}

fn refusal(part: &str, fault: TextFault) -> Refusal {
    match fault {
        TextFault::Xml(fault) => fault::refusal(part, fault),
        TextFault::Markup => fault::damaged(part, PartFault::Content),
        TextFault::Element | TextFault::Twice => fault::damaged(part, PartFault::Element),
        TextFault::TooLong(found) => Refusal::TooLarge {
            what: Bounded::CellText,
            found,
            allowed: limits::STRING.value,
            place: part.to_owned(),
        },
    }
}

/// An attribute as a text, with references expanded.
pub(super) fn attribute(part: &str, value: &[u8]) -> Result<String, Refusal> {
    expand(value).map_err(|fault| fault::refusal(part, fault))
}
