//! Bounds of what this room writes: those of the file format, and some of the table of limits.

use nachweis_domain::limits;

/// Rows of an XLSX sheet, headings included (the file format's bound).
pub const SHEET_ROWS: u32 = 1_048_576;

/// Characters of a text in an XLSX cell (the file format's bound). Longer texts are cut there and end in ` […]`;
/// CSV and JSON carry them whole.
pub const CELL_TEXT_CHARS: usize = limits::STRING.size();

/// Lines on the sheets of sources of a report: for each number one, and one for each term or operand that it is made of.
pub const SOURCE_LINES: usize = limits::SOURCE_LINES.size();

/// Links on an XLSX sheet (the bound of Excel; it drops those beyond). Sheets of links continue on a further one.
pub const SHEET_LINKS: u32 = 65_530;

/// Sheets on which vouchers may continue.
pub const CONTINUED_SHEETS: usize = limits::CONTINUED_SHEETS.size();
