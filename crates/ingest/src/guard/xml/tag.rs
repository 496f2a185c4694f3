//! Tags: where they end, and their names.

use memchr::memchr2;
use nachweis_domain::limits;

use super::{super::attributes::Attributes, XmlFault};

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::guard) struct Tag<'a> {
    pub(super) name: &'a [u8],
    pub(super) attributes: &'a [u8],
    /// Whether the element is empty: `<v/>`.
    pub(in crate::guard) closed: bool,
}

impl<'a> Tag<'a> {
    /// The name without its prefix: `row`.
    pub(in crate::guard) fn local(&self) -> &'a [u8] {
        self.split().1
    }

    /// Whether this is the element of a local name under a prefix.
    pub(in crate::guard) fn is<const N: usize>(&self, prefix: &[u8], name: &[u8; N]) -> bool {
        let (own, local) = self.split();
        <&[u8; N]>::try_from(local).is_ok_and(|local| local == name) && same(own, prefix)
    }

    /// The prefix, empty when there is none.
    pub(in crate::guard) fn prefix(&self) -> &'a [u8] {
        self.split().0
    }

    fn split(&self) -> (&'a [u8], &'a [u8]) {
        match self.name.iter().position(|byte| *byte == b':') {
            Some(colon) => {
                let (prefix, rest) = self.name.split_at(colon);
                (prefix, rest.get(1..).unwrap_or_default())
            }
            None => (&[], self.name),
        }
    }

    /// The attributes in their order.
    pub(in crate::guard) const fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.attributes)
    }
}

/// Whether two names are equal. Names are a few bytes long: a loop beats the call that `==` makes.
pub(in crate::guard) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one == other)
}

/// Whether a name is one that workbooks use: letters, digits, `_ - . :`, or anything beyond ASCII.
pub(in crate::guard) fn is_name(name: &[u8]) -> bool {
    let starts = name
        .first()
        .is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_' || *first >= 0x80);
    starts
        && name.iter().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || *byte >= 0x80
        })
}

/// Finds the `>` that ends a tag, outside of quotes, and counts its attributes by their quotes.
#[expect(
    clippy::naive_bytecount,
    reason = "tags are short, and another library would be a dependency more"
)]
pub(super) fn tag_end(rest: &[u8]) -> Result<usize, XmlFault> {
    let end = memchr2(b'>', b'<', rest.get(1..).unwrap_or_default()).ok_or(XmlFault::Unclosed)? + 1;
    let tag = rest.get(..end).unwrap_or_default();
    let count = |quote| tag.iter().filter(|byte| **byte == quote).count();
    let quotes = count(b'"');
    if rest.get(end) == Some(&b'<') {
        Err(XmlFault::Tag)
    } else if quotes % 2 == 0 && count(b'\'') == 0 {
        few_attributes(quotes / 2).map(|()| end)
    } else {
        quoted_tag_end(rest)
    }
}

/// The same byte by byte, for tags with `'` or with a `>` in an attribute.
fn quoted_tag_end(rest: &[u8]) -> Result<usize, XmlFault> {
    let mut quote = 0_u8;
    let mut values = 0;
    for (index, byte) in rest.iter().enumerate().skip(1) {
        match *byte {
            b'>' if quote == 0 => return few_attributes(values).map(|()| index),
            b'<' => return Err(XmlFault::Tag),
            b'"' | b'\'' if quote == 0 => {
                quote = *byte;
                values += 1;
            }
            byte if byte == quote && quote != 0 => quote = 0,
            _ => {}
        }
    }
    Err(XmlFault::Unclosed)
}

fn few_attributes(count: usize) -> Result<(), XmlFault> {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if limits::ATTRIBUTES.is_exceeded_by(count) {
        Err(XmlFault::Attributes(count))
    } else {
        Ok(())
    }
}
