//! A scanner for the XML of a part that is already in memory: tags, text, comments; nothing else is let through.
//!
//! It accepts a strict subset of well-formed XML: no document type, every tag closed by its own end, one root,
//! attributes quoted. Within this subset it agrees with quick-xml, which calamine reads with; a property test holds
//! that (`tests` below). It copies nothing and expands nothing.

use memchr::{memchr, memmem};
use nachweis_domain::limits;

use super::attributes::Attributes;

mod tag;

use tag::tag_end;
pub(super) use tag::{Tag, is_name, same};

/// What is wrong with the XML of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum XmlFault {
    /// Not UTF-8, or declared to be something else.
    Encoding,
    /// A document type.
    DocumentType,
    /// A mark-up without end.
    Unclosed,
    /// An end that does not fit its start.
    Mismatch,
    /// A tag or attribute that is not well-formed.
    Tag,
    /// An unknown reference.
    Reference,
    /// Text where none belongs.
    Content,
    /// Nested too deeply; how deep.
    Depth,
    /// Too many attributes.
    Attributes(u64),
}

/// A piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag; with `closed` it is also its own end, and no [`Token::Close`] follows.
    Open(Tag<'a>),
    /// An end tag.
    Close,
    /// Text between tags, never empty, with references unexpanded.
    Text(&'a [u8]),
    /// A comment, a processing instruction or character data (`CDATA`).
    Note,
}

/// The scanner of a part.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<&'a [u8]>,
    rooted: bool,
}

impl<'a> Scanner<'a> {
    /// A scanner at the start of a part without byte order mark; the XML declaration is read here.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, XmlFault> {
        std::str::from_utf8(bytes).map_err(|_not_utf8| XmlFault::Encoding)?;
        let mut scanner = Self {
            bytes,
            at: 0,
            open: Vec::with_capacity(16),
            rooted: false,
        };
        if bytes.starts_with(b"<?xml ") {
            let end = memmem::find(bytes, b"?>").ok_or(XmlFault::Unclosed)?;
            declared_encoding(bytes.get(5..end).unwrap_or_default())?;
            scanner.at = end + 2;
        }
        Ok(scanner)
    }

    /// Where the scanner stands, in bytes from the start of the part.
    pub(super) const fn position(&self) -> usize {
        self.at
    }

    /// What stands between a position and where the scanner stands.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// What the scanner has not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Leaves out whole elements of so many bytes, which were read otherwise.
    pub(super) const fn leave_out(&mut self, length: usize) {
        self.at += length;
    }

    /// How many elements are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next piece; `None` at the end of a complete document.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, XmlFault> {
        let rest = self.rest();
        let Some(first) = rest.first() else {
            return if self.open.is_empty() && self.rooted {
                Ok(None)
            } else {
                Err(XmlFault::Unclosed)
            };
        };
        if *first != b'<' {
            return self.text(rest).map(Some);
        }
        match rest.get(1) {
            Some(b'/') => self.close(rest).map(Some),
            Some(b'!' | b'?') => self.note(rest).map(Some),
            Some(_) => self.open(rest).map(Some),
            None => Err(XmlFault::Unclosed),
        }
    }

    /// The root element.
    pub(super) fn root(&mut self) -> Result<Tag<'a>, XmlFault> {
        loop {
            match self.next()? {
                Some(Token::Open(tag)) => return Ok(tag),
                Some(_) => {}
                None => return Err(XmlFault::Unclosed),
            }
        }
    }

    /// The next element inside the one that made the depth `parent`; `None` at its end. Text and comments between
    /// elements are left out.
    pub(super) fn child(&mut self, parent: usize) -> Result<Option<Tag<'a>>, XmlFault> {
        loop {
            match self.next()? {
                Some(Token::Open(tag)) => return Ok(Some(tag)),
                Some(Token::Close) if self.depth() < parent => return Ok(None),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// Reads to the end, where nothing but blanks and comments may follow the root.
    pub(super) fn finish(&mut self) -> Result<(), XmlFault> {
        while self.next()?.is_some() {}
        Ok(())
    }

    /// Leaves out everything up to the end of the element just opened.
    pub(super) fn skip(&mut self, tag: &Tag<'a>) -> Result<(), XmlFault> {
        if tag.closed {
            return Ok(());
        }
        let depth = self.depth();
        while self.depth() >= depth {
            self.next()?;
        }
        Ok(())
    }

    fn text(&mut self, rest: &'a [u8]) -> Result<Token<'a>, XmlFault> {
        let end = memchr(b'<', rest).unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or_default();
        if self.open.is_empty() && !is_blank(text) {
            return Err(XmlFault::Content);
        }
        self.at += end;
        Ok(Token::Text(text))
    }

    fn close(&mut self, rest: &'a [u8]) -> Result<Token<'a>, XmlFault> {
        let end = rest
            .iter()
            .position(|byte| *byte == b'>')
            .ok_or(XmlFault::Unclosed)?;
        let name = rest.get(2..end).unwrap_or_default().trim_ascii_end();
        if !self.open.pop().is_some_and(|opened| same(opened, name)) {
            return Err(XmlFault::Mismatch);
        }
        self.at += end + 1;
        Ok(Token::Close)
    }

    fn note(&mut self, rest: &'a [u8]) -> Result<Token<'a>, XmlFault> {
        let (skip, end): (usize, &[u8]) = if rest.starts_with(b"<!--") {
            (4, b"-->")
        } else if rest.starts_with(b"<![CDATA[") && !self.open.is_empty() {
            (9, b"]]>")
        } else if rest.starts_with(b"<?")
            && !rest.starts_with(b"<?xml ")
            && rest.get(2..3).is_some_and(is_name)
        {
            (2, b"?>")
        } else if rest.starts_with(b"<!DOCTYPE") {
            return Err(XmlFault::DocumentType);
        } else {
            return Err(XmlFault::Tag);
        };
        let body = rest.get(skip..).unwrap_or_default();
        let length = memmem::find(body, end).ok_or(XmlFault::Unclosed)?;
        self.at += skip + length + end.len();
        Ok(Token::Note)
    }

    fn open(&mut self, rest: &'a [u8]) -> Result<Token<'a>, XmlFault> {
        let end = tag_end(rest)?;
        let inner = rest.get(1..end).unwrap_or_default();
        let (inner, closed) = match inner.strip_suffix(b"/") {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let split = inner
            .iter()
            .position(u8::is_ascii_whitespace)
            .unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(split);
        if !is_name(name) {
            return Err(XmlFault::Tag);
        }
        if self.open.is_empty() && std::mem::replace(&mut self.rooted, true) {
            return Err(XmlFault::Content);
        }
        if !closed {
            if limits::DEPTH.is_exceeded_by(u64::try_from(self.open.len() + 1).unwrap_or(u64::MAX)) {
                return Err(XmlFault::Depth);
            }
            self.open.push(name);
        }
        self.at += end + 1;
        Ok(Token::Open(Tag {
            name,
            attributes,
            closed,
        }))
    }
}

/// Whether a text is nothing but blanks and line ends.
pub(super) fn is_blank(text: &[u8]) -> bool {
    text.iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

fn declared_encoding(declaration: &[u8]) -> Result<(), XmlFault> {
    for attribute in Attributes::new(declaration) {
        let (name, value) = attribute?;
        let plain = [b"utf-8".as_slice(), b"utf8", b"us-ascii"];
        if name == b"encoding" && !plain.iter().any(|plain| value.eq_ignore_ascii_case(plain)) {
            return Err(XmlFault::Encoding);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
