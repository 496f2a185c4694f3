//! Bounds of what this room writes; each with its reason.

/// Rows of an XLSX sheet, headings included (the file format's bound).
pub const SHEET_ROWS: u32 = 1_048_576;

/// Characters of a text in an XLSX cell (the file format's bound). Longer texts are cut there and end in ` […]`;
/// CSV and JSON carry them whole.
pub const CELL_TEXT_CHARS: usize = 32_767;

/// Lines on the sheets of sources of a report: for each number one, and one for each term or operand that it is made of. For
/// more there is the audit workbook.
pub const SOURCE_LINES: usize = 400_000;

/// Links on an XLSX sheet (the bound of Excel; it drops those beyond). Sheets of links continue on a further one.
pub const SHEET_LINKS: u32 = 65_530;

/// Sheets on which vouchers may continue; more than one hundred million vouchers are a fault of the record.
pub const CONTINUED_SHEETS: usize = 100;
