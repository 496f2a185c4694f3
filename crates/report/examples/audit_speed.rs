//! Measures the audit workbook against `rust_xlsxwriter` writing the same voucher cells with constant memory, each in a
//! process of its own, in turns: `cargo run --release -p nachweis-report --example audit_speed [VOUCHERS [RUNS]]`.
//!
//! Prints wall time, processor time, peak memory and file size of each run, and the ratios of the medians. Processor time
//! is the one to compare when the machine does other work, too.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a program that measures; it ends where anything fails"
)]

use std::{env, fs, path::Path, process::Command, sync::Arc, time::Instant};

use chrono::{DateTime, Utc};
use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditOrigin, AuditPayment, AuditPerson, AuditPlanRow,
        AuditStep, AuditSums, AuditUpload, AuditVoucher, AuditWaiver,
    },
    key::{ItemKey, RuleVersion, TemplateVersion},
    language::Language,
    ledger::Ledger,
    record::{Sha256, Upload, UploadId, UploadState, UserId},
};
use nachweis_report::{
    ReportError,
    audit::{self, AuditSource, Each},
};
use rust_xlsxwriter::{Format, Workbook};
use uuid::Uuid;

#[path = "../tests/report/made_up.rs"]
mod made_up;

/// Vouchers of one workbook.
const PER_UPLOAD: u32 = 400;

/// So many vouchers, made while they are read.
struct Stream {
    vouchers: u32,
}

impl Stream {
    fn uploads(&self) -> u32 {
        self.vouchers.div_ceil(PER_UPLOAD)
    }

    fn origin(number: u32) -> Arc<AuditOrigin> {
        let mut hash = [0x5a; 32];
        hash[..4].copy_from_slice(&number.wrapping_mul(0x9E37_79B9).to_be_bytes());
        Arc::new(AuditOrigin {
            subproject: nachweis_domain::key::SubprojectNo::new(format!("IQ23-NW-{:03}", number / 12)),
            quarter: nachweis_domain::quarter::Quarter::new(
                2023 + i32::try_from(number % 12 / 4).unwrap(),
                number % 4 + 1,
            )
            .unwrap(),
            revision: 1,
            state: UploadState::Accepted,
            counts: true,
            upload: UploadId(Uuid::from_u128(number.into())),
            sha256: Sha256(hash),
            uploaded: AuditStep {
                by: Arc::new(AuditPerson {
                    id: UserId(Uuid::from_u128(1)),
                    login: "m.muster".to_owned(),
                    name: "Muster (erfunden)".to_owned(),
                }),
                at: DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(20_000 + i64::from(number % 300)),
            },
        })
    }
}

impl AuditSource for Stream {
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError> {
        for number in 0..Self::uploads(self) {
            let origin = Self::origin(number);
            each(&AuditUpload {
                upload: Upload {
                    id: origin.upload,
                    round: nachweis_domain::key::RoundCode::new("2023-2025"),
                    subproject: origin.subproject.clone(),
                    quarter: origin.quarter,
                    revision: 1,
                    sha256: origin.sha256,
                    size_bytes: 52_000,
                    file_name: format!("{}.xlsx", origin.subproject),
                    uploaded_by: UserId(Uuid::from_u128(1)),
                    uploaded_at: origin.uploaded.at,
                    template_version: TemplateVersion::new("2023-1"),
                    rule_version: RuleVersion::new("2023-2025.1"),
                    plan_version: 1,
                    state: origin.state,
                    blocking: 0,
                    warnings: 0,
                    notices: 0,
                },
                submitted: None,
                endorsed: None,
                decided: None,
                return_reason: None,
                superseded_at: None,
                erased_at: None,
                origin,
            })?;
        }
        Ok(())
    }

    fn vouchers(&mut self, each: Each<'_, AuditVoucher>) -> Result<(), ReportError> {
        let mut dice = made_up::Dice::new(7);
        let sheet: Arc<str> = Arc::from("Belege");
        let items = ["staff_employees", "freelancer_fees", "participant_costs"].map(ItemKey::new);
        let mut origin = Self::origin(0);
        for number in 0..self.vouchers {
            if number % PER_UPLOAD == 0 {
                origin = Self::origin(number / PER_UPLOAD);
            }
            each(&AuditVoucher {
                sheet: Arc::clone(&sheet),
                row: 4 + number % PER_UPLOAD,
                amount_col: Some(5),
                number: Some(format!("B-{number:07}")),
                paid_on: Some(origin.quarter.first_day() + chrono::Days::new(dice.below(90))),
                payee: Some(format!("Muster & Partner {}", dice.below(5_000))),
                purpose: Some(format!(
                    "Gehalt Projektstelle {} Monat {}",
                    dice.below(300),
                    dice.below(12) + 1
                )),
                item: items.get(usize::try_from(dice.below(3)).unwrap()).cloned(),
                amount: Some(nachweis_domain::money::Money::from_cents(
                    dice.between(1, 900_000),
                )),
                corrects: None,
                origin: Arc::clone(&origin),
            })?;
        }
        Ok(())
    }

    fn figures(&mut self, _each: Each<'_, AuditFigure>) -> Result<(), ReportError> {
        Ok(())
    }

    fn plan_rows(&mut self, _each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        Ok(())
    }

    fn findings(&mut self, _each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        Ok(())
    }

    fn waivers(&mut self, _each: Each<'_, AuditWaiver>) -> Result<(), ReportError> {
        Ok(())
    }

    fn journal(&mut self, _each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError> {
        Ok(())
    }

    fn payments(&mut self, _each: Each<'_, AuditPayment>) -> Result<(), ReportError> {
        Ok(())
    }

    fn sums(&mut self) -> Result<AuditSums, ReportError> {
        Ok(AuditSums::default())
    }
}

/// The voucher sheet as anyone would write it with `rust_xlsxwriter`, at its own compression or another level.
fn plain(stream: &mut Stream, to: &Path, level: Option<u8>) {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(to.parent().unwrap()).unwrap();
    if let Some(level) = level {
        workbook.set_zip_compression_level(level);
    }
    let money = Format::new().set_num_format("#,##0.00");
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
    let mut row = 0;
    stream
        .vouchers(&mut |voucher| {
            row += 1;
            sheet.write(row, 0, voucher.origin.subproject.as_str())?;
            sheet.write(row, 1, voucher.origin.quarter.to_string())?;
            sheet.write(row, 2, voucher.origin.revision)?;
            sheet.write(row, 3, "ja")?;
            sheet.write(row, 4, row / PER_UPLOAD)?;
            sheet.write(row, 5, &*voucher.sheet)?;
            sheet.write(row, 6, format!("F{}", voucher.row + 1))?;
            sheet.write(row, 7, voucher.number.as_deref().unwrap_or_default())?;
            sheet.write_with_format(row, 8, &voucher.paid_on.unwrap_or_default(), &date)?;
            sheet.write(row, 9, voucher.payee.as_deref().unwrap_or_default())?;
            sheet.write(row, 10, voucher.purpose.as_deref().unwrap_or_default())?;
            sheet.write(row, 11, voucher.item.as_ref().map_or("", |item| item.as_str()))?;
            let cents = voucher.amount.unwrap_or_default().cents();
            sheet.write_with_format(row, 12, cents as f64 / 100.0, &money)?;
            Ok(())
        })
        .unwrap();
    workbook.save(to).unwrap();
}

fn ledger() -> Ledger {
    made_up::MadeUp {
        last: None,
        ..made_up::MadeUp::default()
    }
    .ledger()
}

/// The peak of this process's memory in KiB.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The processor time of this process in milliseconds; the kernel counts in hundredths of a second.
fn cpu_ms() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

fn run_one(mode: &str, vouchers: u32, to: &Path) {
    let mut stream = Stream { vouchers };
    let ledger = ledger();
    let start = Instant::now();
    match mode.strip_prefix("plain") {
        Some(level) => plain(&mut stream, to, level.parse().ok()),
        None => drop(audit::write(&mut stream, &ledger, Language::De, to).unwrap()),
    }
    let size = fs::metadata(to).map_or(0, |file| file.len());
    println!(
        "{} {} {} {size}",
        start.elapsed().as_millis(),
        cpu_ms(),
        peak_kib()
    );
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |position: usize, usual| {
        arguments
            .get(position)
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    if let [mode, vouchers, to] = arguments.as_slice() {
        return run_one(mode, vouchers.parse().unwrap(), Path::new(to));
    }
    let (vouchers, runs) = (number(0, 1_000_000), number(1, 3));
    let folder = env::temp_dir().join(format!("audit-speed-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let modes = ["ours", "plain", "plain1", "plain2", "plain3"];
    let mut runs_of = vec![Vec::new(); modes.len()];
    for _ in 0..runs {
        for (mode, runs) in modes.iter().zip(&mut runs_of) {
            let to = folder.join("out.xlsx");
            let output = Command::new(env::current_exe().unwrap())
                .args([mode, vouchers.to_string().as_str(), to.to_str().unwrap()])
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            let figures: Vec<u64> = text
                .split_whitespace()
                .map(|figure| figure.parse().unwrap())
                .collect();
            let (peak_mib, file_mb) = (figures[2] as f64 / 1024.0, figures[3] as f64 / 1e6);
            println!(
                "{mode:7} wall {:7} ms  cpu {:7} ms  peak {peak_mib:6.1} MiB  file {file_mb:6.1} MB",
                figures[0], figures[1]
            );
            runs.push(figures);
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    let median = |runs: &Vec<Vec<u64>>, figure: usize| {
        let mut sorted: Vec<u64> = runs.iter().map(|figures| figures[figure]).collect();
        sorted.sort_unstable();
        sorted[sorted.len() / 2] as f64
    };
    for (mode, runs) in modes.iter().zip(&runs_of) {
        let ratio = |figure| median(runs, figure) / median(&runs_of[1], figure);
        println!(
            "{mode:7} wall {:.2} × plain, cpu {:.2} × plain",
            ratio(0),
            ratio(1)
        );
    }
}
