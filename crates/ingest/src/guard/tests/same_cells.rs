//! What calamine reads of the guard's package is what it reads of the file itself: every value in its cell, every
//! formula; for workbooks of four programs and for thousands of damaged sheets that the guard lets pass.

use std::{
    fs,
    io::{Cursor, Read as _},
    path::Path,
};

use calamine::{Data, Reader as _, SheetType, Xlsx, XlsxError};

use super::issued;
use crate::{
    guard::{Purpose, clean::Package, guard},
    sample,
};

/// How many damaged sheets are read.
const DAMAGED: u64 = 6_000;

/// A sheet, a cell, its value, and whether there is a formula.
type Cell = (String, (u32, u32), Data, bool);

/// The cells of a workbook that hold something.
fn cells(bytes: &[u8]) -> Result<Vec<Cell>, XlsxError> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut cells = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut reader = book.worksheet_cells_reader(&sheet.name)?;
        while let Some(record) = reader.next_cell_with_formula_metadata()? {
            let is_formula = record.formula.is_some();
            let value = match record.value.into() {
                Data::String(text) | Data::DateTimeIso(text) if text.is_empty() => Data::Empty,
                value => value,
            };
            if value != Data::Empty || is_formula {
                cells.push((sheet.name.clone(), record.pos, value, is_formula));
            }
        }
    }
    Ok(cells)
}

/// Whether the guard lets a workbook pass; it is the same to calamine then.
fn passes_unchanged(bytes: &[u8], what: &str) -> bool {
    let Ok(guarded) = guard(bytes, Purpose::List) else {
        return false;
    };
    let ours = cells(&guarded.package).unwrap_or_else(|error| panic!("{error} in the package: {what}"));
    let theirs = cells(bytes).unwrap_or_else(|error| panic!("{error} in the file: {what}"));
    assert_eq!(ours, theirs, "{what}");
    true
}

/// The parts of an archive, changed, as an archive of stored parts.
fn changed(bytes: &[u8], mut change: impl FnMut(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut package = Package::default();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("a part of XML");
        let name = entry.name().expect("a name").into_owned();
        package.add(&name, &[change(&name, text).as_bytes()]);
    }
    package.finish()
}

fn workbooks() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/workbooks");
    let mut books = vec![("issued".to_owned(), issued(&sample::round("2026-2028")))];
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("a fixture").path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            books.push((path.display().to_string(), fs::read(&path).expect("a workbook")));
        }
    }
    assert!(books.len() > 7, "the fixtures: {}", books.len());
    books
}

#[test]
fn workbooks_of_all_programs_are_the_same_to_calamine() {
    for (name, bytes) in workbooks() {
        assert!(passes_unchanged(&bytes, &name), "{name}");
    }
}

#[test]
fn unusual_spellings_are_scanned_as_the_usual_ones() {
    for (name, bytes) in workbooks() {
        let respelled = changed(&bytes, |_, text| {
            text.replace("<c r=", "<c  r=")
                .replace("<si><t>", "<si ><t>")
                .replace("<v>", "<v >")
        });
        let [usual, unusual] = [&bytes, &respelled].map(|bytes| {
            guard(bytes, Purpose::Workbook).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
        });
        assert_eq!(usual.inspection, unusual.inspection, "{name}");
        let [usual, unusual] = [usual, unusual].map(|guarded| cells(&guarded.package).expect("a package"));
        assert_eq!(usual, unusual, "{name}");
    }
}

/// Cells of every kind, in usual and unusual spellings.
const SHEET: &str = r#"<?xml version="1.0"?><worksheet><sheetData><row r="1" spans="1:5"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45657</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c><c r="G1" s="1"/></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve">line </t></r></is></c><c r="B2"><f t="shared" ref="B2:B4" si="0">A1*2</f><v>12.5</v></c><c t="b"><v>1</v></c><c><v>7</v></c></row><!-- n --><row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4"><f t="shared" si="0"/><v>-1E-2</v></c><c r="D4"/><c r="E4" t="n" s="2"><v xml:space="preserve">.5</v></c></row><row r="5"><c r="A5" t="s" s="1"><v>1</v></c> <c r="B5" t="d"><v>2024-03-31</v></c><c r="C5"><f>NOW()</f></c><c r="D5"><v></v></c></row><row><c s="1"><v>1</v></c><c t="str"><v>ü</v></c></row></sheetData></worksheet>"#;

const PIECES: [&str; 28] = [
    "<",
    ">",
    "\"",
    "/",
    " ",
    "  ",
    "0",
    "1",
    "9",
    "A",
    "Z",
    "s",
    "<v>",
    "</v>",
    "<v/>",
    "<c>",
    "</c>",
    "<c r=\"F1\"/>",
    "<c r=\"F1\" t=\"s\"><v>1</v></c>",
    "<f/>",
    "<is><t>x</t></is>",
    "<!-- -->",
    "&#49;",
    " t=\"s\"",
    " s=\"1\"",
    " t=\"str\"",
    " r=\"B3\"",
    "<row r=\"9\">",
];

fn small_book(sheet: &str) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let list = |items: &[(&str, &str)]| {
        let one = |(kind, target): &(&str, &str)| {
            format!(r#"<Relationship Id="{kind}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
        };
        format!(
            "<Relationships>{}</Relationships>",
            items.iter().map(one).collect::<String>()
        )
    };
    let parts: [(&str, &str); 7] = [
        (
            "[Content_Types].xml",
            r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        ("_rels/.rels", &list(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="T" sheetId="1" r:id="worksheet"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &list(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ]),
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Träger</t></si><si><r><t xml:space=\"preserve\">Ti </t></r><r><t>tel</t></r></si></sst>",
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut package = Package::default();
    for (name, part) in parts {
        package.add(name, &[part.as_bytes()]);
    }
    package.finish()
}

#[test]
fn damaged_sheets_that_pass_are_the_same_to_calamine() {
    assert!(passes_unchanged(&small_book(SHEET), "the sheet as it is"));
    let mut passed = 0;
    for seed in 1..=DAMAGED {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut next = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % u64::try_from(limit).expect("small")).expect("small")
        };
        let mut characters: Vec<char> = SHEET.chars().collect();
        for _ in 0..=next(2) {
            let at = next(characters.len());
            let end = (at + next(4)).min(characters.len());
            let piece = PIECES[next(PIECES.len())];
            match next(3) {
                0 => drop(characters.drain(at..end)),
                1 => drop(characters.splice(at..at, piece.chars())),
                _ => drop(characters.splice(at..=at, piece.chars())),
            }
        }
        let damaged: String = characters.into_iter().collect();
        passed += u64::from(passes_unchanged(&small_book(&damaged), &damaged));
    }
    assert!(
        passed > DAMAGED / 50 && passed < DAMAGED / 2,
        "{passed} of {DAMAGED} passed: the damage is too coarse or too fine"
    );
}
