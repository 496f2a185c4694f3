//! How long a text is: references are one character each, and only those that XML knows are let through.

use memchr::memchr;

use super::xml::XmlFault;

/// Counts the characters of a text whose references are each one character; `Err` for a reference XML does not know.
pub(super) fn characters(text: &[u8]) -> Result<u64, XmlFault> {
    let mut rest = text;
    let mut count = 0;
    while let Some(start) = memchr(b'&', rest) {
        let (before, reference) = rest.split_at(start);
        count += utf8_length(before) + 1;
        let end = memchr(b';', reference.get(..12.min(reference.len())).unwrap_or_default())
            .ok_or(XmlFault::Reference)?;
        if !is_reference(reference.get(1..end).unwrap_or_default()) {
            return Err(XmlFault::Reference);
        }
        rest = reference.get(end + 1..).unwrap_or_default();
    }
    Ok(count + utf8_length(rest))
}

fn utf8_length(text: &[u8]) -> u64 {
    let starts = text
        .iter()
        .filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000)
        .count();
    u64::try_from(starts).unwrap_or(u64::MAX)
}

fn is_reference(name: &[u8]) -> bool {
    let scalar = |digits: &[u8], radix| {
        std::str::from_utf8(digits)
            .ok()
            .filter(|digits| !digits.starts_with('+'))
            .and_then(|digits| u32::from_str_radix(digits, radix).ok())
            .and_then(char::from_u32)
            .is_some_and(|char| char >= ' ' || matches!(char, '\t' | '\n' | '\r'))
    };
    match name {
        b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => true,
        [b'#', b'x', hex @ ..] => scalar(hex, 16),
        [b'#', decimal @ ..] => scalar(decimal, 10),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_with_references_as_one() {
        assert_eq!(characters("aäß€😀".as_bytes()), Ok(5));
        assert_eq!(characters(b"a&amp;b&#x20AC;"), Ok(4));
        for unknown in ["&;", "&#+65;", "&#0;", "&#xD800;", "&lol;", "&amp", "&#x110000;"] {
            assert_eq!(
                characters(unknown.as_bytes()),
                Err(XmlFault::Reference),
                "{unknown}"
            );
        }
    }
}
