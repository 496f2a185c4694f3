//! Every text of a part that is not read: what stands between its tags, and the values of attributes.
//!
//! Nothing of it becomes a value, so that the part need not be well-formed; drawings of old forms are not. Texts that
//! formatting cuts into runs are put together, as people see them.

use memchr::{memchr, memmem};

/// What is found in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A text between tags, or the value of an attribute.
    Text(&'a str),
    /// The name of an element.
    Element(&'a str),
    /// The value of the attribute `name` of an element.
    Named(&'a str, &'a str),
}

/// Elements that cut a text into runs and end none.
const RUNS: [&str; 14] = [
    "t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "charset", "scheme", "latin", "font",
];

/// Hands on everything that is found in a part, in its order.
pub(super) fn sweep(part: &str, see: &mut dyn FnMut(Found<'_>)) {
    let mut text = String::new();
    let mut rest = part;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        text.push_str(rest.get(..start).unwrap_or_default());
        let markup = rest.get(start..).unwrap_or_default();
        if let Some(body) = markup.strip_prefix("<![CDATA[") {
            let (inside, after) = cut(body, "]]>");
            text.push_str(inside);
            rest = after;
            continue;
        }
        if let Some(body) = markup.strip_prefix("<!--") {
            let (inside, after) = cut(body, "-->");
            tell(inside, see);
            rest = after;
            continue;
        }
        let length = tag_length(markup);
        let tag = markup.get(1..length).unwrap_or_default();
        let name = local_name(tag);
        if !RUNS.contains(&name) {
            tell(&std::mem::take(&mut text), see);
        }
        if !tag.starts_with(['/', '?', '!']) {
            see(Found::Element(name));
            attributes(tag, name, see);
        }
        rest = markup.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    tell(&text, see);
}

/// What stands before a mark, and what stands behind it.
fn cut<'a>(text: &'a str, mark: &str) -> (&'a str, &'a str) {
    text.split_once(mark).unwrap_or((text, ""))
}

/// The length of a tag with its `>`, which may stand in quotes, too.
fn tag_length(markup: &str) -> usize {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    markup.len()
}

/// The name of a tag without mark and prefix.
fn local_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('/');
    let end = name
        .find(|char: char| char.is_ascii_whitespace() || matches!(char, '>' | '/'))
        .unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

fn attributes(tag: &str, element: &str, see: &mut dyn FnMut(Found<'_>)) {
    let mut rest = tag;
    while let Some(start) = rest.find(['"', '\'']) {
        let (before, quoted) = rest.split_at(start);
        let quote = quoted.get(..1).unwrap_or_default();
        let (value, after) = cut(quoted.get(1..).unwrap_or_default(), quote);
        tell(value, see);
        let attribute = before.trim_end_matches(['=', ' ', '\t', '\r', '\n']);
        if attribute.ends_with("name") {
            see(Found::Named(element, value));
        }
        rest = after;
    }
}

/// Hands on a text with its references expanded.
fn tell(text: &str, see: &mut dyn FnMut(Found<'_>)) {
    if text.trim().is_empty() {
        return;
    }
    if memmem::find(text.as_bytes(), b"&").is_some()
        && let Ok(expanded) = quick_xml::escape::unescape(text)
    {
        return see(Found::Text(&expanded));
    }
    see(Found::Text(text));
}

#[cfg(test)]
mod tests {
    use super::{Found, sweep};

    fn texts(part: &str) -> Vec<String> {
        let mut texts = Vec::new();
        sweep(part, &mut |found| {
            if let Found::Text(text) = found {
                texts.push(text.to_owned());
            }
        });
        texts
    }

    #[test]
    fn texts_in_runs_attributes_comments_and_character_data_are_found() {
        assert_eq!(texts("<a><r><t>an</t></r><r><t>na&#64;b</t></r></a>"), ["anna@b"]);
        assert_eq!(texts("<a x='1' y=\"2 > 1\"/>"), ["1", "2 > 1"]);
        assert_eq!(texts("<a>x<!-- y --><![CDATA[z]]></a>"), [" y ", "xz"]);
        assert_eq!(texts("<x:p>eins</x:p><x:p>zwei</x:p>"), ["eins", "zwei"]);
    }

    #[test]
    fn parts_that_are_not_well_formed_are_looked_at_to_their_end() {
        assert_eq!(texts("<br>eins<a b='zwei"), ["eins", "zwei"]);
        assert_eq!(texts("eins & zwei"), ["eins & zwei"]);
        assert_eq!(texts(""), Vec::<String>::new());
    }

    #[test]
    fn names_are_told_with_their_element() {
        let mut named = Vec::new();
        sweep("<p:field caption=\"x\" name=\"Vorname\"/>", &mut |found| {
            if let Found::Named(element, name) = found {
                named.push(format!("{element} {name}"));
            }
        });
        assert_eq!(named, ["field Vorname"]);
    }
}
