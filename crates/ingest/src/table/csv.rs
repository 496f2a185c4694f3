//! CSV of the programme import as raw cells: separator and encoding found, tables of our own format apart.
//!
//! A German Excel writes CSV in Windows-1252; such a file is read and the sheet's name says so. UTF-16 is read when it
//! begins with its mark, as Excel's "Unicode text" does. Rows count as a spreadsheet program shows them: a field with
//! line breaks stays one row.

use csv::{ReaderBuilder, StringRecord};
use nachweis_domain::limits;

use super::{RawRow, RawSheet, RawValue};
use crate::refusal::{Bounded, Held as _, PartFault, Refusal};

mod encoding;
mod quotes;
mod separator;

/// Whether a file is text rather than a workbook or anything else packed.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\r' | b'\n');
    let markup = bytes.trim_ascii_start().starts_with(b"<");
    let printed = bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf");
    let text = encoding::is_utf16(bytes) || !bytes.iter().any(odd);
    !bytes.trim_ascii().is_empty() && !markup && !printed && text
}

/// Reads CSV: one sheet, or one for each `[table]` of our own format.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<RawSheet>, Refusal> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    limits::LIST_FILE_SIZE.check(Bounded::File, size, "")?;
    let (text, name) = encoding::decode(bytes)?;
    let own = text.lines().any(|line| section(line).is_some());
    let (separator, body) = match separator::declared(&text) {
        Some(declared) if !own => declared,
        _ if own => (b';', text.as_str()),
        _ => (separator::find(&text), text.as_str()),
    };
    if let Some(line) = quotes::unclosed(body, separator) {
        return Err(Refusal::UnclosedQuote { line });
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .comment(own.then_some(b'#'))
        .from_reader(body.as_bytes());
    let mut sheets = Vec::new();
    let mut sheet = named(name);
    let mut record = StringRecord::new();
    let (mut fields, mut breaks) = (0, 0);
    while reader.read_record(&mut record).map_err(|_error| damaged())? {
        fields += u64::try_from(record.len()).unwrap_or(u64::MAX);
        limits::CSV_FIELDS.check(Bounded::Cells, fields, "")?;
        let line = first_line(&record, body, own) - breaks;
        breaks += record.iter().map(line_breaks).sum::<u64>();
        if let Some(table) = record.get(0).filter(|_| own).and_then(section) {
            sheets.push(std::mem::replace(&mut sheet, named(table)));
            continue;
        }
        let row = row(&record, line)?;
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
    }
    sheets.push(sheet);
    sheets.retain(|sheet| !sheet.rows.is_empty());
    Ok(sheets)
}

fn named(name: &str) -> RawSheet {
    RawSheet {
        name: name.to_owned(),
        ..RawSheet::default()
    }
}

/// The line of a record. The reader names the place where it began to look, before empty lines and comments.
fn first_line(record: &StringRecord, body: &str, has_comments: bool) -> u64 {
    let Some(position) = record.position() else {
        return 1;
    };
    let begin = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let mut rest = body.get(begin..).unwrap_or_default();
    let mut line = position.line();
    loop {
        let is_left_out = rest.starts_with(['\n', '\r']) || (has_comments && rest.starts_with('#'));
        match rest.split_once('\n') {
            Some((_, below)) if is_left_out => rest = below,
            _ => return line,
        }
        line += 1;
    }
}

fn line_breaks(field: &str) -> u64 {
    u64::try_from(field.matches('\n').count()).unwrap_or(u64::MAX)
}

fn row(record: &StringRecord, line: u64) -> Result<RawRow, Refusal> {
    let mut row = RawRow {
        row: u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX),
        ..RawRow::default()
    };
    limits::LIST_ROWS.check(Bounded::Rows, line, "")?;
    for (col, field) in record.iter().enumerate() {
        let characters = u64::try_from(field.chars().count()).unwrap_or(u64::MAX);
        limits::STRING.check(Bounded::CellText, characters, "")?;
        let col = u64::try_from(col).unwrap_or(u64::MAX);
        limits::LIST_COLUMNS.check(Bounded::Columns, col + 1, "")?;
        if let (false, Ok(col)) = (field.trim().is_empty(), u16::try_from(col)) {
            row.cells.push((col, RawValue::Text(field.to_owned())));
        }
    }
    Ok(row)
}

/// The name of a table of our own format: `[plan]`.
fn section(line: &str) -> Option<&str> {
    let name = line
        .trim()
        .trim_end_matches(';')
        .strip_prefix('[')?
        .strip_suffix(']')?;
    (!name.is_empty() && name.chars().all(|char| char.is_ascii_lowercase() || char == '_')).then_some(name)
}

fn damaged() -> Refusal {
    Refusal::DamagedPart {
        part: "CSV".into(),
        fault: PartFault::Content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(sheet: &RawSheet) -> Vec<Vec<String>> {
        let shown = |row: &RawRow| row.cells.iter().map(|(_, value)| value.shown()).collect();
        sheet.rows.iter().map(shown).collect()
    }

    #[test]
    fn the_separator_is_found_and_commas_in_amounts_do_not_mislead() {
        let cases = [
            ("a;b;c\nx;\"1.234,56\";2,5\n", ["x", "1.234,56", "2,5"]),
            ("a\tb\tc\nx\t1.234,56\t2,5\n", ["x", "1.234,56", "2,5"]),
            ("a,b,c\nx,\"1,234.56\",2.5\n", ["x", "1,234.56", "2.5"]),
        ];
        for (text, second) in cases {
            let sheets = read(text.as_bytes()).expect("readable");
            assert_eq!(cells(&sheets[0])[1], second, "{text}");
        }
    }

    #[test]
    fn windows_1252_byte_order_marks_and_utf_16_are_read() {
        let sheets = read(b"Tr\xE4ger;Titel;Betrag\nM\xFCnchen;x;1 \x80\n").expect("readable");
        assert_eq!(sheets[0].name, "CSV (Windows-1252)");
        assert_eq!(cells(&sheets[0])[1], ["München", "x", "1 €"]);
        let sheets = read("\u{feff}Träger;Titel;Betrag\n".as_bytes()).expect("readable");
        assert_eq!(cells(&sheets[0])[0][0], "Träger");
        let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Träger\tTitel\tBetrag\n"
                .encode_utf16()
                .flat_map(unit)
                .collect()
        };
        for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            assert!(is_text(&bytes));
            let sheets = read(&bytes).expect("readable");
            assert_eq!(cells(&sheets[0])[0], ["Träger", "Titel", "Betrag"]);
        }
        assert_eq!(read(b"\xFF\xFEa\0;\0b").expect_err("cut off").code(), "FILE-15");
    }

    #[test]
    fn tables_of_our_own_format_are_kept_apart_with_their_lines() {
        let sheets =
            read(b"# made up\n\n[networks]\nround;code\nr;c\n[plan]\nno;amount\n1;2,50\n").expect("readable");
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["networks", "plan"]);
        assert_eq!(sheets[1].rows[1].row, 7);
        assert_eq!(cells(&sheets[1])[1], ["1", "2,50"]);
    }

    #[test]
    fn markup_documents_and_packed_files_are_not_text() {
        for bytes in [b"<html>".as_slice(), b"%PDF-1.7", b"PK\x03\x04", b"", b"  \n"] {
            assert!(!is_text(bytes));
        }
        assert!(is_text("Träger;Titel".as_bytes()));
    }

    #[test]
    fn rows_count_as_a_spreadsheet_program_shows_them() {
        let sheets = read(b"sep=;\na;b;c\n\"x\ny\";2;3\n\nz;5;6\n").expect("readable");
        let rows: Vec<u32> = sheets[0].rows.iter().map(|row| row.row).collect();
        assert_eq!(rows, [0, 1, 3]);
        let sheets = read(b"a;b;c\rx;2;3\r").expect("line ends of old Macs");
        assert_eq!(cells(&sheets[0]), [["a", "b", "c"], ["x", "2", "3"]]);
    }

    #[test]
    fn a_quote_that_would_swallow_rows_is_refused_with_its_line() {
        let text = b"a;b;c\n1;\"12 Zoll;5\n2;\"x\";6\n";
        assert_eq!(read(text), Err(Refusal::UnclosedQuote { line: 2 }));
    }
}
