//! The attributes of a tag, read one after another without copying.

use memchr::memchr;

use super::xml::{XmlFault, is_name, same};

/// A name with prefix, and a value with references unexpanded.
type Attribute<'a> = (&'a [u8], &'a [u8]);

/// Walks the attributes of a tag: name with prefix, and value with references unexpanded.
#[derive(Clone, Debug)]
pub(super) struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Attributes<'a> {
    /// The attributes written after the name of a tag.
    pub(super) const fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// The values of the named attributes; a name that occurs twice is a fault.
    pub(super) fn pick<const N: usize>(self, names: [&[u8]; N]) -> Result<[Option<&'a [u8]>; N], XmlFault> {
        let mut values = [None; N];
        for attribute in self {
            let (name, value) = attribute?;
            for (slot, wanted) in values.iter_mut().zip(names) {
                if same(name, wanted) && slot.replace(value).is_some() {
                    return Err(XmlFault::Tag);
                }
            }
        }
        Ok(values)
    }

    fn read(&mut self) -> Result<Option<Attribute<'a>>, XmlFault> {
        let trimmed = self.rest.trim_ascii_start();
        if trimmed.is_empty() {
            return Ok(None);
        }
        if trimmed.len() == self.rest.len() {
            return Err(XmlFault::Tag);
        }
        let equals = trimmed
            .iter()
            .position(|byte| *byte == b'=')
            .ok_or(XmlFault::Tag)?;
        let (name, rest) = trimmed.split_at(equals);
        let name = name.trim_ascii_end();
        let rest = rest.get(1..).unwrap_or_default().trim_ascii_start();
        let quote = *rest
            .first()
            .filter(|quote| matches!(quote, b'"' | b'\''))
            .ok_or(XmlFault::Tag)?;
        let rest = rest.get(1..).unwrap_or_default();
        let end = memchr(quote, rest).ok_or(XmlFault::Tag)?;
        if !is_name(name) {
            return Err(XmlFault::Tag);
        }
        self.rest = rest.get(end + 1..).unwrap_or_default();
        Ok(Some((name, rest.get(..end).unwrap_or_default())))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<Attribute<'a>, XmlFault>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read().transpose();
        if matches!(read, Some(Err(_))) {
            self.rest = &[];
        }
        read
    }
}

/// Expands the five named and the numeric references of an attribute or text.
pub(super) fn expand(text: &[u8]) -> Result<String, XmlFault> {
    super::characters::characters(text)?;
    let text = std::str::from_utf8(text).map_err(|_not_utf8| XmlFault::Encoding)?;
    quick_xml::escape::unescape(text)
        .map(std::borrow::Cow::into_owned)
        .map_err(|_unknown| XmlFault::Reference)
}
