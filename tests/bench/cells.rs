//! The floor of the import: calamine's cell reader alone, over all sheets of all files, on one core.

use std::{fs, io::Cursor, path::PathBuf};

use calamine::{Reader, Xlsx};

/// Reads every cell of every sheet and gives their number.
///
/// # Panics
/// When a file cannot be read: a benchmark has no other input than its own.
pub(crate) fn read(files: &[PathBuf]) -> u64 {
    files
        .iter()
        .map(|file| read_one(fs::read(file).expect("file")))
        .sum()
}

fn read_one(bytes: Vec<u8>) -> u64 {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("workbook");
    let mut cells = 0;
    for sheet in book.sheet_names().clone() {
        let mut reader = book.worksheet_cells_reader(&sheet).expect("sheet");
        while let Some(cell) = reader.next_cell().expect("cell") {
            std::hint::black_box(&cell);
            cells += 1;
        }
    }
    cells
}
