//! What the scanner accepts it reads as quick-xml does, which calamine reads with.

use proptest::prelude::*;
use quick_xml::{Reader, events::Event};

use super::{super::characters::characters, *};

/// A piece of XML in a form that both readers can be brought into.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Open(String, Vec<(String, String)>),
    Close,
    Text(String),
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The pieces of a document as the scanner reads it; notes are left out, an empty element has its end.
fn ours(document: &str) -> Result<Vec<Piece>, XmlFault> {
    let mut scanner = Scanner::new(document.as_bytes())?;
    let mut pieces = Vec::new();
    while let Some(token) = scanner.next()? {
        match token {
            Token::Open(tag) => {
                let attributes = tag
                    .attributes()
                    .map(|item| item.map(|(key, value)| (text(key), text(value))));
                let name = text(tag.prefix()) + ":" + &text(tag.local());
                pieces.push(Piece::Open(
                    name.trim_start_matches(':').to_owned(),
                    attributes.collect::<Result<_, _>>()?,
                ));
                if tag.closed {
                    pieces.push(Piece::Close);
                }
            }
            Token::Close => pieces.push(Piece::Close),
            Token::Text(found) => {
                characters(found)?;
                pieces.push(Piece::Text(text(found)));
            }
            Token::Note => {}
        }
    }
    Ok(joined(pieces))
}

/// The pieces of a document as quick-xml reads it.
fn theirs(document: &str) -> Vec<Piece> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut pieces = Vec::new();
    loop {
        match reader.read_event().expect("what we accept, quick-xml accepts") {
            Event::Start(tag) => {
                let mut found = tag.attributes();
                let mut attributes = Vec::new();
                for item in found.with_checks(false) {
                    let item = item.expect("an attribute");
                    attributes.push((item.key.as_ref().to_owned(), item.value.to_string()));
                }
                pieces.push(Piece::Open(tag.name().as_ref().to_owned(), attributes));
            }
            Event::End(_) => pieces.push(Piece::Close),
            Event::Text(found) => pieces.push(Piece::Text((*found).to_owned())),
            Event::GeneralRef(found) => pieces.push(Piece::Text(format!("&{};", &*found))),
            Event::Eof => return joined(pieces),
            _ => {}
        }
    }
}

/// Texts beside each other are one, because comments and references divide them differently; blanks outside the root
/// are nothing.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    let mut depth = 0_i32;
    for piece in pieces {
        depth += match &piece {
            Piece::Open(..) => 1,
            Piece::Close => -1,
            Piece::Text(_) => 0,
        };
        match (joined.last_mut(), piece) {
            (_, Piece::Text(text)) if text.is_empty() || depth == 0 => {}
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}

fn agree(document: &str) -> bool {
    match ours(document) {
        Ok(pieces) => {
            assert_eq!(pieces, theirs(document), "{document}");
            true
        }
        Err(_) => false,
    }
}

#[test]
fn an_instruction_without_a_name_is_a_fault() {
    for document in ["<a><?><b/><?p ?></a>", "<a><? p ?></a>", "<a><??></a>"] {
        assert!(!agree(document), "{document}");
    }
}

#[test]
fn sound_documents_are_read_alike() {
    for document in [
        "<a/>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a b='1' x:c=\"2\"><!-- n --><d/>t &amp; &#65;</a>\n<!-- end -->",
        "<x:a xmlns:x='u' ><x:b c = \"a > b\" /></x:a >",
        "<a>x<![CDATA[ <b> ]]>y<?z ?></a>",
        "<ä ö='ü'>ß</ä>",
    ] {
        assert!(agree(document), "{document}");
    }
}

#[test]
fn documents_that_are_not_well_formed_are_faults() {
    let cases = [
        ("", XmlFault::Unclosed),
        ("  ", XmlFault::Unclosed),
        ("<a>", XmlFault::Unclosed),
        ("<a", XmlFault::Unclosed),
        ("<a></b>", XmlFault::Mismatch),
        ("</a>", XmlFault::Mismatch),
        ("<a/><b/>", XmlFault::Content),
        ("x<a/>", XmlFault::Content),
        ("<a/>x", XmlFault::Content),
        ("<1/>", XmlFault::Tag),
        ("< a/>", XmlFault::Tag),
        ("<a b=c/>", XmlFault::Tag),
        ("<a b/>", XmlFault::Tag),
        ("<a b='1'c='2'/>", XmlFault::Tag),
        ("<a b='<'/>", XmlFault::Tag),
        ("<a><!-- </a>", XmlFault::Unclosed),
        ("<a>&b;</a>", XmlFault::Reference),
        ("<a>&amp</a>", XmlFault::Reference),
        ("<a>&#xD800;</a>", XmlFault::Reference),
        ("<a>&#0;</a>", XmlFault::Reference),
        ("<!DOCTYPE a><a/>", XmlFault::DocumentType),
        ("<![CDATA[x]]><a/>", XmlFault::Tag),
        ("<a/><?xml version='1.0'?>", XmlFault::Tag),
        ("<?xml version='1.0' encoding='latin1'?><a/>", XmlFault::Encoding),
    ];
    for (document, fault) in cases {
        assert_eq!(ours(document), Err(fault), "{document}");
    }
}

fn document() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "row", "x:c", "v", "ä"]);
    let attribute = prop::sample::select(vec![
        "",
        " r='1'",
        " r=\"A>1\"",
        "\n t = 's' ",
        " x:y='&amp;'",
        " b",
        " =",
    ]);
    let text = prop::sample::select(vec![
        "",
        "1000",
        " ",
        "&amp;",
        "&#65;",
        "ü",
        "&x;",
        "<!-- c -->",
        "<?p ?>",
        "<![CDATA[d]]>",
        "]]>",
        "'\"",
    ]);
    let leaf = (name.clone(), attribute.clone(), text.clone())
        .prop_map(|(name, attribute, text)| format!("<{name}{attribute}>{text}</{name}>"));
    leaf.prop_recursive(4, 24, 4, move |inner| {
        (
            name.clone(),
            attribute.clone(),
            prop::collection::vec((text.clone(), inner), 0..4),
        )
            .prop_map(|(name, attribute, children)| {
                let inner: String = children
                    .into_iter()
                    .map(|(text, child)| text.to_owned() + &child)
                    .collect();
                if inner.is_empty() {
                    format!("<{name}{attribute}/>")
                } else {
                    format!("<{name}{attribute}>{inner}</{name}>")
                }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Generated documents, and the same with a piece cut out.
    #[test]
    fn generated_documents_are_read_alike(document in document(), cut in any::<prop::sample::Index>(), length in 0_usize..4) {
        agree(&document);
        let characters: Vec<char> = document.chars().collect();
        let at = cut.index(characters.len());
        let damaged: String = characters.iter().enumerate()
            .filter(|(index, _)| !(at..at + length).contains(index))
            .map(|(_, char)| char)
            .collect();
        agree(&damaged);
    }
}
