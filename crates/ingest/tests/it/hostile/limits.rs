//! Each limit of the guard: at the limit a file is accepted, one above it is refused and the refusal says which.

use nachweis_domain::limits;
use nachweis_ingest::{Bounded, Refusal, check_file};

use super::{
    book::{Book, RELATIONSHIPS, SHEET, STRINGS, STYLES, WORKBOOK, relationships},
    zip::{Entry, archive},
};

/// Builds a file of a size and checks it at the limit and one above.
fn holds(what: Bounded, limit: u64, build: impl Fn(u64) -> Vec<u8>) {
    assert_eq!(check_file(&build(limit)), Ok(()), "{what:?} at {limit}");
    match check_file(&build(limit + 1)) {
        Err(Refusal::TooLarge {
            what: found, allowed, ..
        }) => {
            assert_eq!((found, allowed), (what, limit));
        }
        other => panic!("{what:?} above {limit}: {other:?}"),
    }
}

fn repeat(text: &str, count: u64) -> String {
    text.repeat(usize::try_from(count).expect("small"))
}

fn with(part: &str, content: &str) -> Vec<u8> {
    let mut book = Book::simple().rows("");
    book.set(part, content);
    // Stored, so that the ratio does not decide.
    book.stored()
}

/// The simple workbook with one cell.
fn cell(cell: &str) -> Vec<u8> {
    Book::simple().rows(&format!("<row r='1'>{cell}</row>")).stored()
}

/// A stored entry of a size that nobody reads.
fn ballast(size: u64) -> Entry {
    Entry::stored(
        "xl/media/image1.png",
        &vec![7; usize::try_from(size).expect("small")],
    )
}

/// An entry that declares a size without having it; nobody unpacks it.
fn declared(name: &str, size: u64) -> Entry {
    let mut entry = Entry::deflated(name, b"");
    entry.size = u32::try_from(size).expect("small");
    entry.packed = vec![0; usize::try_from(size / limits::RATIO.value + 1).expect("small")];
    entry.packed_size = u32::try_from(entry.packed.len()).expect("small");
    entry
}

fn entries(more: Vec<Entry>) -> Vec<u8> {
    archive(&[Book::simple().entries(), more].concat())
}

#[test]
fn of_the_file_and_its_archive() {
    let around = u64::try_from(entries(vec![ballast(0)]).len()).expect("small");
    holds(Bounded::File, limits::FILE_SIZE.value, |size| {
        entries(vec![ballast(size - around)])
    });
    let parts = u64::try_from(Book::simple().entries().len()).expect("small");
    holds(Bounded::Entries, limits::ENTRIES.value, |count| {
        entries(
            (parts..count)
                .map(|number| Entry::stored(&format!("xl/media/{number}"), b""))
                .collect(),
        )
    });
    holds(Bounded::EntryName, limits::ENTRY_NAME.value, |length| {
        entries(vec![Entry::stored(
            &format!("xl/media/{}", repeat("a", length - 9)),
            b"",
        )])
    });
    holds(Bounded::Entry, limits::ENTRY_SIZE.value, |size| {
        entries(vec![declared("xl/media/a", size)])
    });
    let simple: u64 = Book::simple()
        .entries()
        .iter()
        .map(|entry| u64::from(entry.size))
        .sum();
    holds(Bounded::Unpacked, limits::UNPACKED_SIZE.value, |size| {
        let half = limits::UNPACKED_SIZE.value / 2;
        entries(vec![
            declared("xl/media/a", half),
            declared("xl/media/b", size - half - simple),
        ])
    });
}

#[test]
fn of_the_ratio_of_packed_parts() {
    let tight = |size: u64, packed: usize| {
        let mut entry = Entry::deflated("xl/media/a", b"");
        entry.packed = vec![0; packed];
        entry.packed_size = u32::try_from(packed).expect("small");
        entry.size = u32::try_from(size).expect("small");
        entries(vec![entry])
    };
    let grace = limits::RATIO_GRACE.value;
    assert_eq!(check_file(&tight(grace, 1)), Ok(()));
    assert!(matches!(
        check_file(&tight(grace + 1, 1)),
        Err(Refusal::TooLarge {
            what: Bounded::Ratio,
            ..
        })
    ));
    assert_eq!(check_file(&tight(1_000_000, 10_000)), Ok(()));
    assert!(matches!(
        check_file(&tight(1_000_001, 10_000)),
        Err(Refusal::TooLarge {
            what: Bounded::Ratio,
            ..
        })
    ));
}

#[test]
fn of_sheets_and_their_names() {
    holds(Bounded::Sheets, limits::SHEETS.value, |count| {
        let names: Vec<String> = (0..count).map(|number| format!("Blatt {number}")).collect();
        let mut book = Book::simple();
        book.sheets(&names.iter().map(String::as_str).collect::<Vec<_>>());
        book.stored()
    });
    holds(Bounded::SheetName, limits::SHEET_NAME.value, |length| {
        let mut book = Book::simple();
        book.replace(WORKBOOK, "Tabelle1", &repeat("ü", length));
        book.stored()
    });
    holds(Bounded::Ranges, limits::RANGES.value, |count| {
        let mut book = Book::simple();
        let names = repeat("<definedName name='a'>1</definedName>", count);
        book.replace(
            WORKBOOK,
            "</sheets>",
            &format!("</sheets><definedNames>{names}</definedNames>"),
        );
        book.stored()
    });
    holds(Bounded::Relationships, limits::RELATIONSHIPS.value, |count| {
        let ids: Vec<String> = (3..count).map(|number| format!("x{number}")).collect();
        let mut list = vec![("rId1", "worksheet", "worksheets/sheet1.xml")];
        list.extend(ids.iter().map(|id| (id.as_str(), "hyperlink", "x")));
        let mut book = Book::simple();
        book.set(RELATIONSHIPS, &relationships(&list));
        book.stored()
    });
}

#[test]
fn of_merged_and_hidden_ranges() {
    holds(Bounded::Ranges, limits::RANGES.value, |count| {
        let merges = repeat("<mergeCell ref='A1:B2'/>", count - 1);
        with(
            SHEET,
            &format!(
                "<worksheet><cols><col min='1' max='1' hidden='1'/></cols><sheetData/><mergeCells>{merges}</mergeCells></worksheet>"
            ),
        )
    });
}

#[test]
fn of_cells_and_rows() {
    holds(Bounded::Cells, limits::CELLS.value, |count| {
        let row = format!("<row>{}</row>", repeat("<c/>", 1_000));
        let rest = format!("<row>{}</row>", repeat("<c/>", count % 1_000));
        with(
            SHEET,
            &format!(
                "<worksheet><sheetData>{}{rest}</sheetData></worksheet>",
                repeat(&row, count / 1_000)
            ),
        )
    });
    holds(Bounded::RowElements, limits::ROW_ELEMENTS.value, |count| {
        with(
            SHEET,
            &format!(
                "<worksheet><sheetData>{}</sheetData></worksheet>",
                repeat("<row ht='1'/>", count)
            ),
        )
    });
    holds(Bounded::Rows, limits::ROWS.value, |row| {
        Book::simple()
            .rows(&format!("<row r='{row}'><c r='A{row}'><v>1</v></c></row>"))
            .stored()
    });
    holds(Bounded::Columns, limits::COLUMNS.value, |column| {
        let before = repeat("<c/>", column - 1);
        Book::simple()
            .rows(&format!("<row r='1'>{before}<c><v>1</v></c></row>"))
            .stored()
    });
    holds(Bounded::Area, limits::AREA.value, |area| {
        // 250 columns, or for one more cell 250 columns and one row.
        let last = area.div_ceil(250);
        Book::simple()
            .rows(&format!(
                "<row r='1'><c r='A1'><v>1</v></c><c r='IP1'><v>1</v></c></row><row r='{last}'><c r='A{last}'><v>1</v></c></row>"
            ))
            .stored()
    });
}

#[test]
fn of_texts() {
    holds(Bounded::Strings, limits::STRINGS.value, |count| {
        with(STRINGS, &format!("<sst>{}</sst>", repeat("<si/>", count)))
    });
    holds(Bounded::CellText, limits::STRING.value, |length| {
        with(
            STRINGS,
            &format!(
                "<sst><si><r><t>ü</t></r><r><t>{}&amp;</t></r></si></sst>",
                repeat("ü", length - 2)
            ),
        )
    });
    holds(Bounded::CellText, limits::STRING.value, |length| {
        cell(&format!("<c r='A1' t='str'><v>{}</v></c>", repeat("a", length)))
    });
    holds(Bounded::Formula, limits::FORMULA.value, |length| {
        cell(&format!("<c r='A1'><f>{}</f></c>", repeat("a", length)))
    });
    holds(Bounded::SharedFormula, limits::SHARED_FORMULAS.value, |number| {
        cell(&format!("<c r='A1'><f t='shared' si='{number}'>1</f></c>"))
    });
    holds(Bounded::Text, limits::TEXT.value, |size| {
        // One text of 32 KiB less one byte is used again and again; the last cell fills up to the limit.
        let used = limits::STRING.value;
        let cells = repeat("<c t='s'><v>0</v></c>", size / used);
        let rows = cells
            .as_bytes()
            .chunks("<c t='s'><v>0</v></c>".len() * 200)
            .fold(String::new(), |rows, row| {
                rows + "<row>" + std::str::from_utf8(row).expect("text") + "</row>"
            });
        let rest = repeat("b", size % used);
        let mut book = Book::simple().rows(&format!("{rows}<row><c t='str'><v>{rest}</v></c></row>"));
        book.set(
            STRINGS,
            &format!("<sst><si><t>{}</t></si></sst>", repeat("a", used)),
        );
        book.stored()
    });
}

#[test]
fn of_elements_and_formats() {
    holds(Bounded::Depth, limits::DEPTH.value, |depth| {
        let inner = depth - 1;
        with(
            SHEET,
            &format!(
                "<worksheet><sheetData/>{}{}</worksheet>",
                repeat("<a>", inner),
                repeat("</a>", inner)
            ),
        )
    });
    holds(Bounded::Attributes, limits::ATTRIBUTES.value, |count| {
        let attributes: String = (0..count).map(|number| format!(" a{number}='1'")).collect();
        with(SHEET, &format!("<worksheet{attributes}><sheetData/></worksheet>"))
    });
    holds(Bounded::Styles, limits::STYLES.value, |count| {
        with(
            STYLES,
            &format!(
                "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                repeat("<xf numFmtId='0'/>", count)
            ),
        )
    });
    holds(Bounded::NumberFormats, limits::NUMBER_FORMATS.value, |count| {
        with(
            STYLES,
            &format!(
                "<styleSheet><numFmts>{}</numFmts></styleSheet>",
                repeat("<numFmt numFmtId='164' formatCode='0'/>", count)
            ),
        )
    });
    holds(Bounded::NumberFormat, limits::NUMBER_FORMAT.value, |length| {
        with(
            STYLES,
            &format!(
                "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{}'/></numFmts></styleSheet>",
                repeat("[", length)
            ),
        )
    });
}
