//! The parts of the benchmark that must be Rust: workbooks to read, and the floors to compare with.
//!
//! `tests/bench/run` measures; this program only works. Called with a wrong command line it panics: nobody but the
//! script calls it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark has no other input than its own"
)]

mod cells;
mod peer_xlsx;
mod workbooks;

use std::path::PathBuf;

#[expect(clippy::print_stdout, reason = "its output is data for the script")]
fn main() {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().expect("a command");
    let rest: Vec<String> = arguments.collect();
    match (command.as_str(), rest.as_slice()) {
        ("workbooks", [folder, key, vouchers, each, subprojects @ ..]) => {
            let count = workbooks::write(
                &folder.into(),
                key,
                number(vouchers),
                each.parse().expect("a number"),
                subprojects,
            );
            println!("{count}");
        }
        ("cells", files) => println!(
            "{}",
            cells::read(&files.iter().map(PathBuf::from).collect::<Vec<_>>())
        ),
        ("xlsx", [rows, file]) => peer_xlsx::write(number(rows), file.as_ref()).expect("written"),
        _ => panic!("workbooks FOLDER KEY VOUCHERS EACH [NO…] | cells FILE… | xlsx ROWS FILE"),
    }
}

fn number(text: &str) -> u32 {
    text.parse().expect("a number")
}
