//! CSV of the programme import as raw cells: separator found, UTF-8 or Windows-1252, tables of our own format apart.
//!
//! A German Excel writes CSV in Windows-1252; such a file is read and the sheet's name says so. UTF-16 is refused.

use csv::{ReaderBuilder, StringRecord};

use super::{RawRow, RawSheet, RawValue};
use crate::{
    limits,
    refusal::{Bounded, PartFault, Refusal},
};

/// Lines from the top by which the separator is found.
const SAMPLE_LINES: usize = 60;

/// Whether a file is text rather than a workbook or anything else packed.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\r' | b'\n');
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let markup = bytes.trim_ascii_start().starts_with(b"<");
    let printed = bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf");
    !bytes.trim_ascii().is_empty() && !markup && !printed && (utf16 || !bytes.iter().any(odd))
}

/// Reads CSV: one sheet, or one for each `[table]` of our own format.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<RawSheet>, Refusal> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    limits::LIST_FILE_SIZE.check(Bounded::File, size, "")?;
    let (text, name) = decode(bytes)?;
    let own = text.lines().any(|line| section(line).is_some());
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if own { b';' } else { separator(&text) })
        .comment(own.then_some(b'#'))
        .from_reader(text.as_bytes());
    let mut sheets = Vec::new();
    let mut sheet = RawSheet {
        name: name.to_owned(),
        ..RawSheet::default()
    };
    let mut record = StringRecord::new();
    let mut fields = 0;
    while reader.read_record(&mut record).map_err(|_error| damaged())? {
        fields += u64::try_from(record.len()).unwrap_or(u64::MAX);
        limits::CSV_FIELDS.check(Bounded::Cells, fields, "")?;
        let line = record.position().map_or(1, csv::Position::line);
        if let Some(table) = record.get(0).filter(|_| own).and_then(section) {
            let next = RawSheet {
                name: table.to_owned(),
                ..RawSheet::default()
            };
            sheets.push(std::mem::replace(&mut sheet, next));
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

/// The mark that most lines are divided by; a semicolon or tab before a comma, which also stands in amounts.
fn separator(text: &str) -> u8 {
    let sample = || {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .take(SAMPLE_LINES)
    };
    let lines = sample().count();
    let divided = |mark: char| sample().filter(|line| line.matches(mark).count() >= 2).count();
    [(';', b';'), ('\t', b'\t')]
        .into_iter()
        .find(|(mark, _)| divided(*mark) * 2 >= lines.min(divided(',').max(1)))
        .map_or(b',', |(_, separator)| separator)
}

fn decode(bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Refusal::Encoding { part: "CSV".into() });
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(body) {
        Ok(text) => Ok((text.to_owned(), "CSV")),
        Err(_not_utf8) => {
            let text: Option<String> = body.iter().map(|byte| windows_1252(*byte)).collect();
            let text = text.ok_or_else(|| Refusal::Encoding { part: "CSV".into() })?;
            Ok((text, "CSV (Windows-1252)"))
        }
    }
}

/// The character of a byte in Windows-1252; five bytes have none.
fn windows_1252(byte: u8) -> Option<char> {
    const UPPER: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’',
        '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER
            .get(usize::from(byte - 0x80))
            .copied()
            .filter(|char| *char != '\0'),
        _ => Some(char::from(byte)),
    }
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
    fn windows_1252_and_byte_order_marks_are_read_and_utf_16_is_refused() {
        let sheets = read(b"Tr\xE4ger;Titel;Betrag\nM\xFCnchen;x;1 \x80\n").expect("readable");
        assert_eq!(sheets[0].name, "CSV (Windows-1252)");
        assert_eq!(cells(&sheets[0])[1], ["München", "x", "1 €"]);
        let sheets = read("\u{feff}Träger;Titel;Betrag\n".as_bytes()).expect("readable");
        assert_eq!(cells(&sheets[0])[0][0], "Träger");
        assert_eq!(read(b"\xFF\xFEa\0;\0b\0").expect_err("refused").code(), "FILE-15");
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
}
