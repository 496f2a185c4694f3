//! Whatever is recognised in one go, the scanner finds in pieces.

use proptest::prelude::*;

use super::{
    super::xml::{Scanner, Token},
    *,
};

/// The attributes of an element, and the name and text of each element inside.
type Scanned<'a> = ([Option<&'a [u8]>; 4], Vec<(&'a [u8], &'a [u8])>);

/// The one element of the bytes as the scanner finds it.
fn scanned<'a>(bytes: &'a [u8], names: [&[u8]; 4]) -> Scanned<'a> {
    let mut scanner = Scanner::new(bytes).expect("UTF-8");
    let root = scanner.root().expect("an element");
    let mut inside: Vec<(&[u8], &[u8])> = Vec::new();
    while let Some(token) = scanner.next().expect("well-formed") {
        match token {
            Token::Open(tag) => inside.push((tag.local(), b"")),
            Token::Text(text) => inside.last_mut().expect("text inside an element").1 = text,
            Token::Close => {}
            Token::Note => panic!("no comment is recognised"),
        }
    }
    (root.attributes().pick(names).expect("attributes"), inside)
}

/// Whether the bytes begin with a cell in the usual spelling, which the scanner must find the same.
fn is_cell(bytes: &str) -> bool {
    let bytes = bytes.as_bytes();
    let Some(found) = cell(bytes) else { return false };
    let ([address, style, kind, _], inside) = scanned(&bytes[..found.length], [b"r", b"s", b"t", b""]);
    assert_eq!(
        (address, style, kind),
        (Some(found.address), found.style, found.kind)
    );
    let value = found.value.map(|text| (b"v".as_slice(), text));
    assert_eq!(inside, value.into_iter().collect::<Vec<_>>());
    true
}

/// Whether the bytes begin with a shared text in the usual spelling, which the scanner must find the same.
fn is_shared_text(bytes: &str) -> bool {
    let bytes = bytes.as_bytes();
    let Some((text, length)) = shared_text(bytes) else {
        return false;
    };
    let (_, inside) = scanned(&bytes[..length], [b""; 4]);
    assert_eq!(inside, [(b"t".as_slice(), text)]);
    true
}

#[test]
fn usual_spellings_are_recognised() {
    for usual in [
        r#"<c r="A1"/>"#,
        r#"<c r="A1" s="3"/><c"#,
        r#"<c r="D17" s="4" t="s"><v>12</v></c></row>"#,
        r#"<c r="D17" t="str"><v>a &amp; b</v></c>"#,
        r#"<c r="D17"><v></v></c>"#,
    ] {
        assert!(is_cell(usual), "{usual}");
    }
    for usual in [
        "<si><t>Miete</t></si>",
        "<si><t/></si>".replace("<t/>", "<t></t>").as_str(),
        "<si><t xml:space=\"preserve\"> a &lt; b </t></si><si>",
    ] {
        assert!(is_shared_text(usual), "{usual}");
    }
}

#[test]
fn every_other_spelling_is_left_to_the_scanner() {
    for other in [
        "",
        r"<c r='A1'/>",
        r#"<c  r="A1"/>"#,
        r#"<c r="A1" />"#,
        r#"<c r="A1" t="s" s="3"/>"#,
        r#"<c r="A1" cm="1"/>"#,
        r#"<c r="A1"></c>"#,
        r#"<c r="A&#49;"/>"#,
        r#"<c r="A1"><v>1<!-- --></v></c>"#,
        r#"<c r="A1"><f>1</f><v>1</v></c>"#,
        r#"<c r="A1"><v>1</v><v>2</v></c>"#,
        r#"<c r="A1"><v>1</v> </c>"#,
        r#"<c r="A1"><v>1</v>"#,
        r#"<x:c r="A1"/>"#,
        r#"<cr="A1"/>"#,
    ] {
        assert!(!is_cell(other), "{other}");
    }
    for other in [
        "<si/>",
        "<si><t/></si>",
        "<si><r><t>a</t></r></si>",
        "<si><t>a</t><t>b</t></si>",
        "<si><t xml:space='preserve'>a</t></si>",
        "<si><t>a<![CDATA[b]]></t></si>",
    ] {
        assert!(!is_shared_text(other), "{other}");
    }
}

/// Pieces of both spellings, and what may come between them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<c",
        " r=\"A1\"",
        " s=\"1\"",
        " t=\"s\"",
        "/>",
        ">",
        "<v>",
        "</v>",
        "</c>",
        "1",
        "a&amp;",
        "<",
        "\"",
        " ",
        "=",
        "<si>",
        "<t>",
        "</t>",
        "</si>",
        "<t xml:space=\"preserve\">",
        "ü",
        "<!--",
        "-->",
        "<f/>",
        "/",
    ]);
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    /// Sound elements with a piece exchanged, and pieces at random.
    #[test]
    fn what_is_recognised_the_scanner_finds_alike(random in pieces(), at in 0_usize..40, length in 0_usize..6) {
        for whole in [r#"<c r="D17" s="4" t="s"><v>12</v></c>"#, "<si><t>Miete</t></si>", ""] {
            let start = at.min(whole.len());
            let end = (start + length).min(whole.len());
            let changed = format!("{}{random}{}", &whole[..start], &whole[end..]);
            is_cell(&changed);
            is_shared_text(&changed);
        }
    }
}
