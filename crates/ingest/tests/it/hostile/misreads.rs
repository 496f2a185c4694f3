//! Cells that calamine alone reads wrong in silence (robustness.md §3.3): refused, or read as Excel reads them.

use super::{
    book::{Book, STRINGS, WORKBOOK},
    cells, verdict,
};

/// Cells that must be refused, as FILE-16.
const REFUSED: &[(&str, &str)] = &[
    ("a comment in a number", r#"<c r="A1"><v>1<!-- x -->000</v></c>"#),
    ("a reference in a number", r#"<c r="A1"><v>1&#48;00</v></c>"#),
    (
        "an instruction in a number",
        r#"<c r="A1"><v>1<?x y?>000</v></c>"#,
    ),
    (
        "character data in a number",
        r#"<c r="A1"><v><![CDATA[1000]]></v></c>"#,
    ),
    (
        "character data in a formula's text",
        r#"<c r="A1" t="str"><v><![CDATA[x]]></v></c>"#,
    ),
    (
        "a comment in an inline text",
        r#"<c r="A1" t="inlineStr"><is><t>1<!-- x -->000</t></is></c>"#,
    ),
    ("a comment in a cell", r#"<c r="A1"><!-- x --><v>1</v></c>"#),
    ("two values", r#"<c r="A1"><v>1</v><v>777</v></c>"#),
    ("two formulas", r#"<c r="A1"><f>1</f><f>2</f><v>1</v></c>"#),
    (
        "two inline texts",
        r#"<c r="A1" t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>"#,
    ),
    (
        "two plain texts in one",
        r#"<c r="A1" t="inlineStr"><is><t>1</t><t>2</t></is></c>"#,
    ),
    (
        "an inline text beside a value",
        r#"<c r="A1" t="inlineStr"><is><t>12</t></is><v>777</v></c>"#,
    ),
    (
        "a value in an inline text",
        r#"<c r="A1" t="inlineStr"><v>777</v></c>"#,
    ),
    (
        "an inline text in a number",
        r#"<c r="A1"><is><t>12</t></is></c>"#,
    ),
    ("a text index of -1", r#"<c r="A1" t="s"><v>-1</v></c>"#),
    ("a text index that is none", r#"<c r="A1" t="s"><v>abc</v></c>"#),
    ("a text index with blanks", r#"<c r="A1" t="s"><v> 1 </v></c>"#),
    (
        "a text index beyond the table",
        r#"<c r="A1" t="s"><v>99999</v></c>"#,
    ),
    (
        "a text index beyond 64 bits",
        r#"<c r="A1" t="s"><v>18446744073709551616</v></c>"#,
    ),
    ("row 2^32+2", r#"<c r="A4294967298"><v>1</v></c>"#),
    ("row 2^32-1", r#"<c r="A4294967295"><v>1</v></c>"#),
    ("column 2^32+1", r#"<c r="MWLQKWW1"><v>1</v></c>"#),
    ("row 0", r#"<c r="A0"><v>1</v></c>"#),
    ("a small letter", r#"<c r="a1"><v>1</v></c>"#),
    ("an umlaut", r#"<c r="Ä1"><v>1</v></c>"#),
    ("a cell of another row", r#"<c r="A2"><v>1</v></c>"#),
    (
        "the same cell twice",
        r#"<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>"#,
    ),
    (
        "cells out of order",
        r#"<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>"#,
    ),
    ("NaN", r#"<c r="A1"><v>NaN</v></c>"#),
    ("infinity", r#"<c r="A1"><v>-Infinity</v></c>"#),
    ("1e309", r#"<c r="A1"><v>1e309</v></c>"#),
    ("10^15", r#"<c r="A1"><v>1000000000000000</v></c>"#),
    ("a number with blanks", r#"<c r="A1"><v> 12 </v></c>"#),
    ("a German number", r#"<c r="A1"><v>1.234,56</v></c>"#),
    ("a number with underscore", r#"<c r="A1"><v>1_000</v></c>"#),
    ("a hexadecimal number", r#"<c r="A1"><v>0x10</v></c>"#),
    ("Arabic digits", r#"<c r="A1"><v>١٢٣</v></c>"#),
    ("letters after a number", r#"<c r="A1" t="n"><v>12abc</v></c>"#),
    ("a truth value of 2", r#"<c r="A1" t="b"><v>2</v></c>"#),
    ("an unknown error value", r#"<c r="A1" t="e"><v>#BOGUS!</v></c>"#),
    ("an unknown kind", r#"<c r="A1" t="zz"><v>1</v></c>"#),
    ("a date that is none", r#"<c r="A1" t="d"><v>31.12.2024</v></c>"#),
    ("a format that is no number", r#"<c r="A1" s="x"><v>1</v></c>"#),
    ("an element nobody knows", r#"<c r="A1"><x>1</x></c>"#),
    ("a value in a foreign namespace", r#"<c r="A1"><x:v>1</x:v></c>"#),
    ("an element in a value", r#"<c r="A1"><v>1<b/>2</v></c>"#),
    ("text in a cell", r#"<c r="A1">5<v>1</v></c>"#),
    (
        "a shared formula without number",
        r#"<c r="A1"><f t="shared">1</f></c>"#,
    ),
    (
        "a shared formula beyond 64 bits",
        r#"<c r="A1"><f t="shared" si="18446744073709551615">1</f></c>"#,
    ),
    (
        "a shared formula over a reversed range",
        r#"<c r="A1"><f t="shared" si="0" ref="C5:A1">1</f></c>"#,
    ),
];

/// Cells that are read, and as what.
const READ: &[(&str, &str, &[&str])] = &[
    ("a number", r#"<c r="A1"><v>1000</v></c>"#, &["A1=1000"]),
    (
        "a number with exponent",
        r#"<c r="A1" t="n"><v>1.25E-2</v></c>"#,
        &["A1=0,0125"],
    ),
    (
        "a date",
        r#"<c r="A1" s="1"><v>45657</v></c>"#,
        &["A1=31.12.2024"],
    ),
    (
        "a date without date format",
        r#"<c r="A1"><v>45657</v></c>"#,
        &["A1=45657"],
    ),
    (
        "a date of strict workbooks",
        r#"<c r="A1" t="d"><v>2024-12-31</v></c>"#,
        &["A1=2024-12-31"],
    ),
    ("a truth value", r#"<c r="A1" t="b"><v>1</v></c>"#, &["A1=WAHR"]),
    (
        "an error value",
        r#"<c r="A1" t="e"><v>#REF!</v></c>"#,
        &["A1=#REF!"],
    ),
    (
        "a formula's text",
        r#"<c r="A1" t="str"><f>"A"&amp;"B"</f><v>A&amp;B</v></c>"#,
        &["A1=A&B"],
    ),
    (
        "a formula's stored result",
        r#"<c r="A1"><f>B1*100</f><v>5</v></c>"#,
        &["A1=5"],
    ),
    ("a formula without result", r#"<c r="A1"><f>B1*100</f></c>"#, &[]),
    (
        "an inline text",
        r#"<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>"#,
        &["A1= a "],
    ),
    (
        "an inline text in runs",
        r#"<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>"#,
        &["A1=ab"],
    ),
    (
        "empty values",
        r#"<c r="A1"/><c r="B1"><v/></c><c r="C1" t="s"><v></v></c><c r="D1"><v>1</v></c>"#,
        &["D1=1"],
    ),
    (
        "cells without address",
        r#"<c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c>"#,
        &["A1=1", "C1=3", "D1=4"],
    ),
    ("blanks between", "<c r=\"A1\">\n  <v>1</v>\n</c>", &["A1=1"]),
    (
        "further attributes",
        r#"<c r="A1" s="2" cm="1" vm="1" ph="1"><v>1</v></c>"#,
        &["A1=1"],
    ),
    ("apostrophes as quotes", "<c r='A1' t='n'><v>1</v></c>", &["A1=1"]),
    (
        "hidden marks in a text",
        "<c r=\"A1\" t=\"str\"><v>a\u{202e}b\u{200b}</v></c>",
        &["A1=a\u{202e}b\u{200b}"],
    ),
    (
        "something like a formula in a text",
        r#"<c r="A1" t="str"><v>=cmd|'/c calc'!A0</v></c>"#,
        &["A1==cmd|'/c calc'!A0"],
    ),
];

#[test]
fn forms_with_two_readings_are_refused() {
    for (name, cell) in REFUSED {
        assert_eq!(verdict(&Book::cell(cell)), "FILE-16", "{name}");
    }
}

#[test]
fn forms_with_one_reading_are_read_as_excel_reads_them() {
    for (name, cell, expected) in READ {
        assert_eq!(
            cells(&Book::cell(cell)).as_deref(),
            Ok(&expected.map_owned()[..]),
            "{name}"
        );
    }
}

trait MapOwned {
    fn map_owned(&self) -> Vec<String>;
}

impl MapOwned for &[&str] {
    fn map_owned(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }
}

#[test]
fn a_count_of_shared_texts_that_lies_asks_for_no_memory() {
    for count in ["18446744073709551615", "4294967295", "-1", "abc"] {
        let mut book = Book::simple();
        book.replace(STRINGS, "uniqueCount=\"2\"", &format!("uniqueCount=\"{count}\""));
        let expected = ["A1=Träger", "B1=12,5", "A2=Titel", "B2=1000"];
        assert_eq!(cells(&book.bytes()).expect("readable"), expected, "{count}");
    }
}

#[test]
fn texts_with_runs_phonetic_hints_and_references_are_read_whole() {
    let mut book =
        Book::simple().rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>"#);
    book.set(
        STRINGS,
        r#"<sst><si><r><rPr><b/><sz val="11"/></rPr><t>Mül</t></r><r><t xml:space="preserve">ler &amp; </t></r><r><t>Söhne</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></si>
        <si><t>a&#10;b &lt;&#x20AC;&gt;</t></si><extLst><ext uri="x"><si><t>not a text</t></si></ext></extLst></sst>"#,
    );
    assert_eq!(
        cells(&book.bytes()).expect("readable"),
        ["A1=Müller & Söhne", "B1=a\nb <€>"]
    );
    for (name, texts) in [
        (
            "a text in its formatting",
            "<si><r><rPr><t>x</t></rPr><t>a</t></r></si>",
        ),
        ("a comment in a text", "<si><t>a<!-- x -->b</t></si>"),
        ("character data in a text", "<si><t><![CDATA[a]]></t></si>"),
        (
            "a foreign element among texts",
            "<x:si xmlns:x='y'><t>a</t></x:si>",
        ),
        ("two plain texts", "<si><t>a</t><t>b</t></si>"),
    ] {
        book.set(STRINGS, &format!("<sst>{texts}</sst>"));
        assert_eq!(verdict(&book.bytes()), "FILE-12", "{name}");
    }
}

#[test]
fn dates_count_from_the_year_that_the_workbook_says() {
    let mut book = Book::simple().rows(r#"<row r="1"><c r="A1" s="1"><v>44195</v></c></row>"#);
    assert_eq!(cells(&book.bytes()).expect("readable"), ["A1=30.12.2020"]);
    book.replace(WORKBOOK, "<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    assert_eq!(cells(&book.bytes()).expect("readable"), ["A1=31.12.2024"]);
    book.replace(WORKBOOK, r#"date1904="1""#, r#"date1904="maybe""#);
    assert_eq!(verdict(&book.bytes()), "FILE-12");
}
