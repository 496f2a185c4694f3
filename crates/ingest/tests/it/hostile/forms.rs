//! Sheets as real programs write them, and sheets that only look like it.

use super::{
    book::{Book, CONTENT_TYPES, RELATIONSHIPS, STYLES, WORKBOOK},
    cells, verdict,
};

const SIMPLE: [&str; 4] = ["A1=Träger", "B1=12,5", "A2=Titel", "B2=1000"];

const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1000</v></c></row>"#;

#[test]
fn sheets_of_excel_libreoffice_and_others_are_read() {
    let prefixed = ROWS
        .replace("<row", "<x:row")
        .replace("</row", "</x:row")
        .replace("<c ", "<x:c ")
        .replace("</c>", "</x:c>")
        .replace("<v>", "<x:v>")
        .replace("</v>", "</x:v>");
    let sheets = [
        ("namespaces of Excel", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r" xmlns:mc="mc" mc:Ignorable="x14ac xr" xr:uid="{{0}}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:B2"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData>{ROWS}</sheetData><mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent><extLst><ext uri="u"><x14:conditionalFormattings/></ext></extLst></worksheet>"#)),
        ("a byte order mark and CRLF", format!("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<worksheet>\r\n<sheetData>{ROWS}</sheetData></worksheet>\r\n")),
        ("a prefix on every element", format!("<x:worksheet><x:sheetData>{prefixed}</x:sheetData></x:worksheet>")),
        ("comments between rows", format!("<worksheet><!-- made by hand --><sheetData><!-- rows -->{ROWS}</sheetData></worksheet>")),
        ("rows without numbers", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>12.5</v></c></row><row><c t=\"s\"><v>1</v></c><c><v>1000</v></c></row></sheetData></worksheet>".into()),
        ("a dimension that lies", format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{ROWS}</sheetData></worksheet>")),
        ("a dimension that runs backwards", format!("<worksheet><dimension ref=\"C5:A1\"/><sheetData>{ROWS}</sheetData></worksheet>")),
        ("a dimension that is none", format!("<worksheet><dimension ref=\"Ä1\"/><sheetData>{ROWS}</sheetData></worksheet>")),
        ("formatted empty rows to the end of the sheet", format!("<worksheet><sheetData>{ROWS}<row r=\"1048576\" s=\"1\" customFormat=\"1\"><c r=\"XFD1048576\" s=\"1\"/></row></sheetData></worksheet>")),
        ("hidden columns and rows, merges", format!("<worksheet><cols><col min=\"3\" max=\"16384\" hidden=\"1\" width=\"9\"/></cols><sheetData>{}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"D1:E2\"/></mergeCells></worksheet>", ROWS.replace("r=\"2\">", "r=\"2\" hidden=\"1\">"))),
    ];
    for (name, sheet) in sheets {
        assert_eq!(
            cells(&Book::simple().sheet(&sheet).bytes()).expect(name),
            SIMPLE,
            "{name}"
        );
    }
}

/// Sheets that are refused, with the code; `ROWS` stands for sound rows.
const CONTRADICTIONS: &[(&str, &str, &str)] = &[
    ("no rows at all", "<worksheet/>", "FILE-12"),
    (
        "two lists of rows",
        "<worksheet><sheetData>ROWS</sheetData><sheetData/></worksheet>",
        "FILE-12",
    ),
    (
        "rows in a foreign namespace",
        "<worksheet><x:sheetData>ROWS</x:sheetData></worksheet>",
        "FILE-12",
    ),
    (
        "the same row twice",
        "<worksheet><sheetData><row r=\"1\"/><row r=\"1\"/></sheetData></worksheet>",
        "FILE-16",
    ),
    (
        "rows out of order",
        "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>",
        "FILE-16",
    ),
    (
        "row 1048577",
        "<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>",
        "FILE-12",
    ),
    (
        "a row after the last one",
        "<worksheet><sheetData><row r=\"1048576\"/><row/></sheetData></worksheet>",
        "FILE-16",
    ),
    (
        "text among rows",
        "<worksheet><sheetData>1000</sheetData></worksheet>",
        "FILE-12",
    ),
    (
        "something else among rows",
        "<worksheet><sheetData><x/></sheetData></worksheet>",
        "FILE-12",
    ),
    (
        "something else among cells",
        "<worksheet><sheetData><row r=\"1\"><x/></row></sheetData></worksheet>",
        "FILE-16",
    ),
    (
        "a merge that runs backwards",
        "<worksheet><sheetData/><mergeCells><mergeCell ref=\"C5:A1\"/></mergeCells></worksheet>",
        "FILE-12",
    ),
    (
        "a merge of nothing",
        "<worksheet><sheetData/><mergeCells><mergeCell/></mergeCells></worksheet>",
        "FILE-12",
    ),
    (
        "hidden columns beyond the sheet",
        "<worksheet><cols><col min=\"1\" max=\"16385\" hidden=\"1\"/></cols><sheetData/></worksheet>",
        "FILE-12",
    ),
    (
        "a tag that does not end",
        "<worksheet><sheetData><row r=\"1\"",
        "FILE-12",
    ),
    (
        "ends in the wrong order",
        "<worksheet><sheetData></worksheet></sheetData>",
        "FILE-12",
    ),
    (
        "two roots",
        "<worksheet><sheetData/></worksheet><worksheet/>",
        "FILE-12",
    ),
    (
        "text after the root",
        "<worksheet><sheetData/></worksheet>x",
        "FILE-12",
    ),
    (
        "an attribute twice",
        "<worksheet><sheetData><row r=\"1\" r=\"2\"/></sheetData></worksheet>",
        "FILE-12",
    ),
    (
        "an attribute without quotes",
        "<worksheet><sheetData><row r=1/></sheetData></worksheet>",
        "FILE-12",
    ),
    ("a comment that does not end", "<worksheet><!-- ", "FILE-12"),
    (
        "a tag in a tag",
        "<worksheet><sheetData <row r=\"1\"/></sheetData></worksheet>",
        "FILE-12",
    ),
];

#[test]
fn sheets_that_contradict_themselves_are_refused() {
    for (name, sheet, code) in CONTRADICTIONS {
        let sheet = sheet.replace("ROWS", ROWS);
        assert_eq!(verdict(&Book::simple().sheet(&sheet).bytes()), *code, "{name}");
    }
}

#[test]
fn hidden_sheets_and_charts_are_accepted_and_unknown_states_are_not() {
    let mut book = Book::simple();
    for state in ["visible", "hidden", "veryHidden"] {
        let mut book = book.clone();
        book.replace(WORKBOOK, "sheetId", &format!("state=\"{state}\" sheetId"));
        let sheets = nachweis_ingest::read_table_here(&book.bytes()).expect(state);
        assert_eq!(sheets[0].hidden, state != "visible");
    }
    book.replace(WORKBOOK, "sheetId", "state=\"invisible\" sheetId");
    assert_eq!(verdict(&book.bytes()), "FILE-12");
    let mut chart = Book::simple();
    chart.replace(RELATIONSHIPS, "/worksheet\"", "/chartsheet\"");
    assert_eq!(verdict(&chart.bytes()), "accepted");
}

#[test]
fn names_of_sheets_keep_their_signs() {
    let mut book = Book::simple();
    book.replace(WORKBOOK, "Tabelle1", "A &amp; B &lt;1&gt; &quot;ü&quot;");
    let sheets = nachweis_ingest::read_table_here(&book.bytes()).expect("readable");
    assert_eq!(sheets[0].name, "A & B <1> \"ü\"");
    assert_eq!(sheets[0].rows.len(), 2);
}

#[test]
fn parts_are_found_by_their_relationships_in_any_spelling() {
    let mut book = Book::simple();
    book.replace(
        RELATIONSHIPS,
        "worksheets/sheet1.xml",
        "/XL/Worksheets/../Worksheets/SHEET1.xml",
    );
    assert_eq!(cells(&book.bytes()).expect("readable"), SIMPLE);
    let mut default = Book::simple();
    default.set(CONTENT_TYPES, r#"<Types><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#);
    assert_eq!(cells(&default.bytes()).expect("readable"), SIMPLE);
    let mut bare = Book::simple();
    bare.remove(STYLES);
    assert_eq!(cells(&bare.bytes()).expect("readable"), SIMPLE);
}

#[test]
fn a_number_format_decides_between_number_and_date() {
    let mut book = Book::simple().rows(r#"<row r="1"><c r="A1" s="0"><v>45657</v></c><c r="B1" s="1"><v>45657</v></c><c r="C1" s="7"><v>1</v></c></row>"#);
    book.set(STYLES, r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode='#,##0.00" Tage (d)"'/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#);
    assert_eq!(
        cells(&book.bytes()).expect("readable"),
        ["A1=31.12.2024", "B1=45657", "C1=1"]
    );
    book.replace(
        STYLES,
        "numFmtId=\"164\" formatCode",
        "numFmtId=\" 164\" formatCode",
    );
    assert_eq!(verdict(&book.bytes()), "FILE-12");
}

#[test]
fn a_sheet_nobody_can_find_is_not_invented() {
    let mut book = Book::simple();
    book.replace(WORKBOOK, "r:id=\"rId1\"", "r:id=\"rId9\"");
    assert_eq!(verdict(&book.bytes()), "FILE-12");
    book.replace(WORKBOOK, " r:id=\"rId9\"", "");
    assert_eq!(verdict(&book.bytes()), "FILE-12");
    assert_eq!(verdict(&Book::simple().sheet("").bytes()), "FILE-12");
}
