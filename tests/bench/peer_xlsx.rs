//! The floor of the audit workbook: `rust_xlsxwriter` with constant memory writes as many voucher rows of the same width.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Rows of a sheet below its header.
const SHEET_ROWS: u32 = 1_048_575;
const HEADERS: [&str; 14] = [
    "Teilvorhaben",
    "Quartal",
    "Fassung",
    "Zählt in Berichten",
    "Fassungen Nr.",
    "Blatt",
    "Zelle",
    "Belegnummer",
    "Zahlungstag",
    "Zahlungsempfänger",
    "Zweck",
    "Einzelansatz",
    "Betrag",
    "Korrigiert Quartal",
];

/// Writes so many voucher rows.
pub(crate) fn write(rows: u32, file: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let money = Format::new().set_num_format("#,##0.00");
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let mut left = rows;
    while left > 0 {
        let sheet = book.add_worksheet_with_constant_memory()?;
        for (column, header) in (0_u16..).zip(HEADERS) {
            sheet.write_string(0, column, header)?;
        }
        for line in 1..=left.min(SHEET_ROWS) {
            let number = rows - left + line;
            sheet.write_string(line, 0, format!("IQ23-NW-{:03}", number % 270))?;
            sheet.write_string(line, 1, "2024-Q1")?;
            sheet.write_number(line, 2, 1)?;
            sheet.write_string(line, 3, "ja")?;
            sheet.write_number(line, 4, number / 20_000)?;
            sheet.write_string(line, 5, "Belege")?;
            sheet.write_string(line, 6, format!("F{}", number % 20_000 + 6))?;
            sheet.write_string(line, 7, format!("B-{number:07}"))?;
            sheet.write_number_with_format(line, 8, 45_292 + number % 90, &day)?;
            sheet.write_string(line, 9, format!("Lieferant {}", number % 977))?;
            sheet.write_string(line, 10, format!("Sachausgabe Nummer {}", number % 4999))?;
            sheet.write_string(line, 11, "Personalausgaben (Beschäftigte)")?;
            sheet.write_number_with_format(line, 12, number % 250_000, &money)?;
        }
        left -= left.min(SHEET_ROWS);
    }
    book.save(file)
}
