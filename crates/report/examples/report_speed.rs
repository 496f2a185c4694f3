//! Measures every report of 270 subprojects and 12 quarters, from ledger to bytes:
//! `cargo run --release -p nachweis-report --example report_speed`. Prints the median of nine runs in milliseconds of
//! processor time, which other work on the machine does not lengthen.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program that measures; it ends where anything fails"
)]

use std::{fs, time::Duration};

use nachweis_domain::language::Language;
use nachweis_report::{ReportName, ReportRequest, build, render};

#[path = "../tests/report/made_up.rs"]
mod made_up;

const RUNS: usize = 9;

/// The time that this thread has been on a processor.
fn on_processor() -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(statistics.split_whitespace().next().unwrap().parse().unwrap())
}

fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut walls: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = on_processor();
            std::hint::black_box(work());
            on_processor().saturating_sub(start)
        })
        .collect();
    walls.sort();
    walls[RUNS / 2]
}

fn main() {
    let ledger = made_up::MadeUp {
        subprojects: 270,
        last: Some((2025, 4)),
        seed: 7,
    }
    .ledger();
    println!(
        "{:14}{:17}{:>10}{:>10}{:>10}{:>10}",
        "report", "by", "build", "json", "csv", "xlsx"
    );
    for name in ReportName::ALL.iter().copied() {
        for group_by in name.groupings().iter().copied() {
            let request = ReportRequest {
                name,
                group_by: Some(group_by),
                quarter: None,
                on: None,
            };
            let report = build(&request, &ledger).unwrap();
            let walls = [
                median(|| build(&request, &ledger)),
                median(|| render::json(&report)),
                median(|| render::csv(&report, Language::De)),
                median(|| render::xlsx(&report, Language::De)),
            ];
            let walls = walls.map(|wall| format!("{}.{:03}", wall.as_millis(), wall.as_micros() % 1000));
            println!(
                "{name:14}{group_by:17}{:>10}{:>10}{:>10}{:>10}",
                walls[0], walls[1], walls[2], walls[3]
            );
        }
    }
}
