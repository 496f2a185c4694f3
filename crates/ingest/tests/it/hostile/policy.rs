//! What is sound but not taken, and packages that do not hold together.

use super::{
    book::{Book, CONTENT_TYPES, RELATIONSHIPS, SHEET, STRINGS, WORKBOOK, relationships},
    verdict,
    zip::{Entry, archive},
};

type Change = fn(&mut Book) -> &mut Book;

#[test]
fn macros_links_objects_and_other_formats_are_refused_by_name() {
    let cases: [(&str, Change, &str); 12] = [
        ("macros", |book| book.set("xl/vbaProject.bin", "x"), "FILE-07"),
        (
            "a macro sheet",
            |book| book.set("xl/macrosheets/sheet1.xml", "x"),
            "FILE-07",
        ),
        (
            "a macro workbook by type",
            |book| {
                book.replace(
                    CONTENT_TYPES,
                    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            },
            "FILE-07",
        ),
        (
            "a macro sheet by relationship",
            |book| book.replace(RELATIONSHIPS, "/worksheet\"", "/xlMacrosheet\""),
            "FILE-07",
        ),
        (
            "links to other files",
            |book| book.set("xl/externalLinks/externalLink1.xml", "x"),
            "FILE-08",
        ),
        (
            "links in the workbook part",
            |book| book.replace(WORKBOOK, "</sheets>", "</sheets><externalReferences/>"),
            "FILE-08",
        ),
        (
            "a sheet in another file",
            |book| {
                book.replace(
                    RELATIONSHIPS,
                    "Target=\"worksheets/sheet1.xml\"",
                    "Target=\"file:///etc/passwd\" TargetMode=\"External\"",
                )
            },
            "FILE-08",
        ),
        (
            "embedded objects",
            |book| book.set("xl/embeddings/oleObject1.bin", "x"),
            "FILE-09",
        ),
        (
            "controls",
            |book| book.set("xl/activeX/activeX1.xml", "x"),
            "FILE-09",
        ),
        (
            "a binary workbook",
            |book| book.set("xl/workbook.bin", "x"),
            "FILE-05",
        ),
        (
            "a document",
            |book| book.replace(CONTENT_TYPES, "spreadsheetml.sheet", "wordprocessingml.document"),
            "FILE-06",
        ),
        (
            "an unknown type",
            |book| book.replace(CONTENT_TYPES, "spreadsheetml.sheet", "nothing"),
            "FILE-12",
        ),
    ];
    for (name, make, code) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), code, "{name}");
    }
    let ods = [
        Entry::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        Entry::deflated("content.xml", b"<x/>"),
    ];
    assert_eq!(verdict(&archive(&ods)), "FILE-04");
}

#[test]
fn types_and_relationships_give_macros_and_links_away_whatever_their_parts_are_called() {
    let cases: [(&str, Change, &str); 6] = [
        (
            "macros under another name, by relationship",
            |book| {
                book.replace(
                    RELATIONSHIPS,
                    "</Rel",
                    "<Relationship Id=\"m\" Type=\"x/vbaProject\" Target=\"a.bin\"/></Rel",
                )
            },
            "FILE-07",
        ),
        (
            "macros under another name, by type",
            |book| {
                book.replace(CONTENT_TYPES, "</Types>", "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>")
            },
            "FILE-07",
        ),
        (
            "links under another name, by relationship",
            |book| {
                book.replace(
                    RELATIONSHIPS,
                    "</Rel",
                    "<Relationship Id=\"m\" Type=\"x/externalLink\" Target=\"a.xml\"/></Rel",
                )
            },
            "FILE-08",
        ),
        (
            "links under another name, by type",
            |book| {
                book.replace(CONTENT_TYPES, "</Types>", "<Override PartName=\"/xl/a.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml\"/></Types>")
            },
            "FILE-08",
        ),
        (
            "connections to other sources of data",
            |book| {
                book.replace(
                    RELATIONSHIPS,
                    "</Rel",
                    "<Relationship Id=\"m\" Type=\"x/connections\" Target=\"connections.xml\"/></Rel",
                )
            },
            "FILE-08",
        ),
        (
            "embedded objects by type",
            |book| {
                book.replace(CONTENT_TYPES, "</Types>", "<Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument.oleObject\"/></Types>")
            },
            "FILE-09",
        ),
    ];
    for (name, make, code) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), code, "{name}");
    }
}

#[test]
fn packages_that_do_not_hold_together_are_refused() {
    let cases: [(&str, Change, &str); 10] = [
        (
            "without content types",
            |book| book.remove(CONTENT_TYPES),
            "FILE-13",
        ),
        (
            "without relationships",
            |book| book.remove(RELATIONSHIPS),
            "FILE-13",
        ),
        ("without the sheet", |book| book.remove(SHEET), "FILE-13"),
        (
            "without the workbook part",
            |book| book.remove(WORKBOOK),
            "FILE-13",
        ),
        (
            "a sheet that leads up",
            |book| book.replace(RELATIONSHIPS, "worksheets/sheet1.xml", "../../../etc/passwd"),
            "FILE-13",
        ),
        (
            "two sheets of one name",
            |book| book.sheets(&["Daten", "Daten"]),
            "FILE-17",
        ),
        (
            "two sheets of one name but for case",
            |book| book.sheets(&["Daten", "DATEN"]),
            "FILE-17",
        ),
        ("a sheet without name", |book| book.sheets(&[""]), "FILE-12"),
        (
            "two sheets in one part",
            |book| {
                book.sheets(&["eins", "zwei"]);
                book.set(
                    RELATIONSHIPS,
                    &relationships(&[
                        ("r1", "worksheet", "worksheets/sheet1.xml"),
                        ("r2", "worksheet", "/xl/worksheets/sheet1.xml"),
                    ]),
                )
            },
            "FILE-18",
        ),
        (
            "two relationships of one id",
            |book| {
                book.set(
                    RELATIONSHIPS,
                    &relationships(&[
                        ("rId1", "worksheet", "worksheets/sheet1.xml"),
                        ("rId1", "worksheet", "worksheets/sheet2.xml"),
                    ]),
                )
            },
            "FILE-12",
        ),
    ];
    for (name, make, code) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), code, "{name}");
    }
}

#[test]
fn document_types_and_unknown_references_are_refused() {
    let cases: [(&str, Change, &str); 5] = [
        (
            "a document type in the texts",
            |book| {
                book.set(
                    STRINGS,
                    "<!DOCTYPE sst [<!ENTITY a 'lol'>]><sst><si><t>&a;</t></si></sst>",
                )
            },
            "FILE-14",
        ),
        (
            "a document type in the sheet",
            |book| {
                book.replace(
                    SHEET,
                    "<worksheet",
                    "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><worksheet",
                )
            },
            "FILE-14",
        ),
        (
            "a reference that XML does not know",
            |book| book.replace(STRINGS, "Titel", "&lol;"),
            "FILE-12",
        ),
        (
            "a document type in the relationships",
            |book| book.replace(RELATIONSHIPS, "<Relationships>", "<!DOCTYPE r><Relationships>"),
            "FILE-14",
        ),
        (
            "a sheet that is none",
            |book| book.set(SHEET, "<dialogsheet/>"),
            "FILE-12",
        ),
    ];
    for (name, make, code) in cases {
        let mut book = Book::simple();
        let _ = make(&mut book);
        assert_eq!(verdict(&book.bytes()), code, "{name}");
    }
}

#[test]
fn parts_in_other_encodings_are_refused() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData/></worksheet>";
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let cases: [(&str, Vec<u8>); 4] = [
        ("UTF-16", utf16),
        ("declared as UTF-16", text.as_bytes().to_vec()),
        (
            "declared as latin-1",
            text.replace("UTF-16", "ISO-8859-1").into_bytes(),
        ),
        (
            "bytes that are no UTF-8",
            b"<worksheet><!-- \xE4 --><sheetData/></worksheet>".to_vec(),
        ),
    ];
    for (name, part) in cases {
        let mut book = Book::simple();
        book.set_bytes(SHEET, &part);
        assert_eq!(verdict(&book.bytes()), "FILE-15", "{name}");
    }
}

#[test]
fn lists_may_name_other_files_because_nothing_follows_the_names() {
    let mut book = Book::simple();
    book.set("xl/externalLinks/externalLink1.xml", "x");
    book.replace(WORKBOOK, "</sheets>", "</sheets><externalReferences/>");
    assert!(nachweis_ingest::read_table_here(&book.bytes()).is_ok());
    book.set("xl/vbaProject.bin", "x");
    assert!(nachweis_ingest::read_table_here(&book.bytes()).is_err());
}
