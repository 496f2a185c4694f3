//! Packages in which something stands twice or belongs to another vocabulary, so that programs would read different things.

use super::{
    book::{Book, RELATIONSHIPS, SHEET, STRINGS, STYLES, WORKBOOK, relationships},
    cells, verdict,
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";

type Change = fn(&mut Book) -> &mut Book;

#[test]
fn what_may_stand_once_and_stands_twice_is_refused() {
    let cases: [(&str, Change); 8] = [
        ("two workbooks", |book| {
            let twice = "<Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Rel";
            book.replace("_rels/.rels", "</Rel", twice)
        }),
        ("two tables of texts", |book| {
            let sheet = ("rId1", "worksheet", "worksheets/sheet1.xml");
            let other = ("a", "sharedStrings", "other.xml");
            book.set(RELATIONSHIPS, &relationships(&[sheet, other]))
        }),
        ("two tables of formats", |book| {
            let sheet = ("rId1", "worksheet", "worksheets/sheet1.xml");
            book.set(
                RELATIONSHIPS,
                &relationships(&[sheet, ("a", "styles", "other.xml")]),
            )
        }),
        ("two relationships of a sheet", |book| {
            let (sheet, other) = (
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
            );
            book.set(RELATIONSHIPS, &relationships(&[sheet, other]));
            book.replace(WORKBOOK, "r:id", "xmlns:x=\"urn:x\" x:id=\"rId2\" r:id")
        }),
        ("two date systems", |book| {
            book.replace(
                WORKBOOK,
                "<sheets>",
                "<workbookPr date1904=\"1\"/><workbookPr/><sheets>",
            )
        }),
        ("two lists of sheets", |book| {
            book.replace(WORKBOOK, "</sheets>", "</sheets><sheets/>")
        }),
        ("two lists of number formats", |book| {
            book.replace(STYLES, "<cellXfs>", "<numFmts/><numFmts/><cellXfs>")
        }),
        ("two lists of cell formats", |book| {
            book.replace(STYLES, "<cellXfs>", "<cellXfs/><cellXfs>")
        }),
    ];
    for (name, make) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), "FILE-12", "{name}");
    }
}

#[test]
fn parts_and_cells_of_another_vocabulary_are_refused() {
    for cell in [
        r#"<c xmlns="urn:other" r="A1"><v>999</v></c>"#,
        r#"<c r="A1"><v xmlns="urn:other">999</v></c>"#,
        r#"<c a="&gt;" b=">" xmlns = 'urn:other' r="A1"><v>999</v></c>"#,
        r#"<c r="A1" t="inlineStr"><is><t xmlns="">x</t></is></c>"#,
    ] {
        assert_eq!(verdict(&Book::cell(cell)), "FILE-12", "{cell}");
    }
    let cases: [(&str, Change); 5] = [
        ("a sheet", |book| book.replace(SHEET, MAIN, "urn:other")),
        ("the workbook part", |book| {
            book.replace(WORKBOOK, MAIN, "urn:other")
        }),
        ("the texts", |book| {
            book.replace(STRINGS, "<sst", "<sst xmlns='urn:other'")
        }),
        ("a text", |book| {
            book.replace(STRINGS, "<si>", "<si xmlns='urn:other'>")
        }),
        ("the formats", |book| {
            book.replace(STYLES, "<styleSheet", "<x:styleSheet xmlns:x='urn:other'");
            book.replace(STYLES, "</styleSheet", "</x:styleSheet")
        }),
    ];
    for (name, make) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), "FILE-12", "{name}");
    }
}

#[test]
fn the_vocabulary_may_be_named_again_and_be_that_of_strict_workbooks() {
    let again = format!(r#"<c xmlns="{MAIN}" xmlns:x14="urn:x14" r="A1"><v>1</v></c>"#);
    assert_eq!(cells(&Book::cell(&again)).expect("readable"), ["A1=1"]);
    let mentioned = r#"<c r="A1" t="inlineStr"><is><t>a xmlns="urn:other"</t></is></c>"#;
    assert_eq!(
        cells(&Book::cell(mentioned)).expect("readable"),
        ["A1=a xmlns=\"urn:other\""]
    );
    let mut strict = Book::simple();
    strict
        .replace(SHEET, MAIN, STRICT)
        .replace(WORKBOOK, MAIN, STRICT);
    assert_eq!(verdict(&strict.bytes()), "accepted");
}
