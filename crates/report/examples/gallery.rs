//! Writes every report of a made-up programme as XLSX, CSV and JSON in both languages, and the audit workbook, into a
//! folder, to be looked at: `cargo run -p nachweis-report --example gallery -- FOLDER`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program to look at outputs with; it ends where anything fails"
)]

use std::{fs, path::PathBuf};

use nachweis_domain::language::Language;
use nachweis_report::{ReportName, ReportRequest, audit, build, render};

#[path = "../tests/report/made_up.rs"]
mod made_up;
#[path = "../tests/report/record.rs"]
mod record;
#[path = "../tests/report/sums.rs"]
mod sums;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    fs::create_dir_all(&folder).unwrap();
    let ledger = made_up::MadeUp::default().ledger();
    for name in ReportName::ALL.iter().copied() {
        for group_by in name.groupings().iter().copied() {
            let request = ReportRequest {
                name,
                group_by: Some(group_by),
                quarter: None,
                on: None,
            };
            let report = build(&request, &ledger).unwrap();
            for language in Language::ALL {
                let stem = folder.join(format!("{name}-{group_by}-{}", language.code()));
                fs::write(
                    stem.with_extension("xlsx"),
                    render::xlsx(&report, language).unwrap(),
                )
                .unwrap();
                fs::write(stem.with_extension("csv"), render::csv(&report, language)).unwrap();
            }
            fs::write(
                folder.join(format!("{name}-{group_by}.json")),
                render::json(&report),
            )
            .unwrap();
        }
    }
    // A small one, as its sheets are long.
    let ledger = made_up::MadeUp {
        subprojects: 3,
        last: Some((2023, 2)),
        ..made_up::MadeUp::default()
    }
    .ledger();
    for language in Language::ALL {
        let to = folder.join(format!("audit-{}.xlsx", language.code()));
        let mut record = record::MadeUpRecord::new(&ledger, 5);
        let totals = audit::write(&mut record, &ledger, language, &to).unwrap();
        println!(
            "{}: {:?}, control totals agree: {}",
            to.display(),
            totals.rows,
            totals.agree()
        );
    }
}
