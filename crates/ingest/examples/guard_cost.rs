//! What the guard costs, against calamine's cell reader on the same files: prints the ratio of one run.
//!
//! `cargo run --release -p nachweis-ingest --example guard_cost [FILE…]`; without files it makes one like a quarterly
//! workbook with 400 vouchers.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a measurement for people"
)]

use std::{env, fs, io::Cursor, time::Instant};

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::Workbook;

const ROUNDS: u32 = 40;

fn main() {
    let mut files: Vec<(String, Vec<u8>)> = env::args()
        .skip(1)
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    if files.is_empty() {
        files.push(("4 sheets × 401 rows × 12 columns".into(), made_up()));
    }
    for (name, bytes) in files {
        let (mut guard, mut cells) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let start = Instant::now();
            nachweis_ingest::check_file(&bytes).unwrap();
            guard.push(start.elapsed());
            let start = Instant::now();
            read_cells(&bytes);
            cells.push(start.elapsed());
        }
        guard.sort();
        cells.sort();
        let (guard, cells) = (guard[guard.len() / 2], cells[cells.len() / 2]);
        let ratio = guard.as_secs_f64() / cells.as_secs_f64();
        println!("{name}: guard {guard:?}, cell reader {cells:?}, ratio {ratio:.2}");
    }
}

fn read_cells(bytes: &[u8]) -> u64 {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut count = 0;
    for name in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&name).unwrap();
        while reader.next_cell().unwrap().is_some() {
            count += 1;
        }
    }
    count
}

fn made_up() -> Vec<u8> {
    let mut workbook = Workbook::new();
    for _ in 0..4 {
        let sheet = workbook.add_worksheet();
        for row in 0..401 {
            for col in 0..12 {
                if col % 3 == 0 {
                    sheet.write(row, col, format!("Beleg {row} {col}")).unwrap();
                } else {
                    sheet
                        .write(row, col, f64::from(row) * 12.34 + f64::from(col))
                        .unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}
