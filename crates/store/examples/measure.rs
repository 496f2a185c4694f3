//! Measures the store on one database: keeping uploads, ledgers, contexts, audit streams. Prints what it finds.
//!
//! `cargo run --release --package nachweis-store --features testing --example measure -- sqlite`
//! (or `postgres`, with a server as for the tests). CPU is that of this process.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement ends when something fails, and prints"
)]

#[path = "../tests/contract/sample.rs"]
#[expect(dead_code, reason = "a measurement needs less than the tests")]
mod sample;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use nachweis_domain::{
    cell::{CellRef, Located},
    figures::{CounterFigure, FundFigure, IndicatorFigure, ItemFigure, QuarterlyFigures},
    money::Money,
    quarter::Quarter,
    record::UploadId,
};
use nachweis_store::{
    Decision, NewUpload, Original, StoreError, Verdict,
    testing::{Backend, TestStore},
};
use sample::{LEAD, MANAGER, at, code, id, no, quarter, round, voucher_list};

const SUBPROJECTS: u32 = 270;
const QUARTERS: i32 = 12;
const VOUCHERS: u32 = 400;
const BYTES: usize = 45_000;

/// CPU time of this process so far.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// Runs something and prints wall and CPU time per unit.
fn measured<T>(what: &str, units: u32, work: impl FnOnce() -> T) -> T {
    let (wall, used) = (Instant::now(), cpu());
    let done = work();
    let (wall, used) = (wall.elapsed(), cpu().saturating_sub(used));
    println!(
        "{what:44} {:>10.3?} wall {:>10.3?} CPU, each {:>9.3?} wall {:>9.3?} CPU",
        wall,
        used,
        wall / units,
        used / units
    );
    done
}

/// A whole workbook: every item, source, indicator and counter of the round, and the vouchers.
fn workbook() -> QuarterlyFigures {
    let round = round();
    let sheet: Arc<str> = "Indikatoren".into();
    let mut row = 0;
    let mut cell = |col| {
        row += 1;
        CellRef::at(Arc::clone(&sheet), row, col)
    };
    let money = |at| Located::new(Money::from_cents(123_456), at);
    QuarterlyFigures {
        expenditure: round
            .plan_items
            .iter()
            .map(|item| ItemFigure {
                item: item.key.clone(),
                amount: money(cell(4)),
            })
            .collect(),
        funds: round
            .sources
            .iter()
            .map(|source| FundFigure {
                source: source.key.clone(),
                at: cell(0),
                called: Some(money(cell(2))),
                received: Some(money(cell(3))),
                spent: Some(money(cell(4))),
            })
            .collect(),
        indicators: round
            .indicators
            .iter()
            .map(|indicator| IndicatorFigure {
                code: indicator.code.clone(),
                at: cell(0),
                women: Some(Located::new(12, cell(2))),
                men: Some(Located::new(9, cell(3))),
                non_binary: Some(Located::new(1, cell(4))),
                total: Some(Located::new(22, cell(5))),
                corrects: None,
                note: None,
            })
            .collect(),
        counters: round
            .counters
            .iter()
            .map(|counter| CounterFigure {
                counter: counter.key.clone(),
                at: cell(0),
                count: Some(Located::new(31, cell(1))),
            })
            .collect(),
        vouchers: voucher_list(VOUCHERS),
        narrative: sample::figures(1, 0).narrative,
        typed_over: Vec::new(),
    }
}

fn upload(subproject: u32, quarter: Quarter, template: &NewUpload, figures: &QuarterlyFigures) -> NewUpload {
    let number = u128::from(subproject) * 100 + u128::from(quarter.ordinal().unsigned_abs());
    let mut bytes = vec![0; BYTES];
    for (byte, seed) in bytes
        .iter_mut()
        .zip((0..).map(|index: u32| index.wrapping_mul(2_654_435_761) >> 24))
    {
        *byte = seed.to_le_bytes()[0];
    }
    bytes.extend(number.to_le_bytes());
    NewUpload {
        id: UploadId(id(number * 1_000)),
        subproject: no(subproject),
        quarter,
        original: Original::new(bytes),
        figures: figures.clone(),
        ..template.clone()
    }
}

fn main() {
    let backend = match std::env::args().nth(1).as_deref() {
        Some("postgres") => Backend::Postgres,
        _ => Backend::Sqlite,
    };
    let store = TestStore::fresh(backend);
    println!("{backend:?}, {SUBPROJECTS} subprojects, {QUARTERS} quarters, {VOUCHERS} vouchers each");
    measured("programme with plans and payments", SUBPROJECTS, || {
        sample::set_up(&store, SUBPROJECTS);
    });
    let first = quarter("2023-Q1");
    let quarters: Vec<Quarter> = (0..QUARTERS)
        .filter_map(|place| Quarter::from_ordinal(first.ordinal() + place))
        .collect();
    fill(&store, &quarters);
    read_ledgers(&store);
    read_past_ledgers(&store);
    measured("context of the last quarter", 100, || {
        for _ in 0..100 {
            store.reporting_context(&no(17), quarters[11]).unwrap().unwrap();
        }
    });
    stream(&store);
}

/// Keeps and accepts a workbook for each subproject and quarter.
fn fill(store: &TestStore, quarters: &[Quarter]) {
    let template = sample::upload(1);
    let figures = workbook();
    let single: Vec<NewUpload> = (1..=50)
        .map(|subproject| upload(subproject, quarters[0], &template, &figures))
        .collect();
    measured("one upload in its own transaction", 50, || {
        for new in &single {
            store.record_upload(new).unwrap();
        }
    });
    for quarter in quarters {
        let batch: Vec<NewUpload> = (1..=SUBPROJECTS)
            .map(|subproject| upload(subproject, *quarter, &template, &figures))
            .collect();
        measured(&format!("bulk uploads of {quarter}"), SUBPROJECTS, || {
            store.record_uploads(&batch).unwrap();
        });
        let decisions = |what: &Verdict, by| {
            let decide = |new: &NewUpload| Decision {
                id: new.id,
                what: what.clone(),
                by,
                at: at(20),
            };
            batch.iter().map(decide).collect::<Vec<_>>()
        };
        store
            .decide_many(&decisions(&Verdict::Submit(Vec::new()), LEAD))
            .unwrap();
        store.decide_many(&decisions(&Verdict::Accept, MANAGER)).unwrap();
    }
}

fn read_ledgers(store: &TestStore) {
    let ledger = measured("first ledger", 1, || store.ledger(&code()).unwrap());
    println!(
        "its entries: {} expenditures, {} funds, {} indicators, {} counters",
        ledger.expenditure.len(),
        ledger.funds.len(),
        ledger.indicators.len(),
        ledger.counters.len()
    );
    measured("further ledgers", 20, || {
        for _ in 0..20 {
            assert_eq!(store.ledger(&code()).unwrap(), ledger);
        }
    });
}

/// Ledgers of moments spread over the whole record, each moment found anew.
fn read_past_ledgers(store: &TestStore) {
    let head = store.journal_head().unwrap();
    let moments: Vec<_> = (1..=20)
        .map(|part| store.journal(head * part / 20 - 1, 1).unwrap()[0].at)
        .collect();
    let mut entries = 0;
    measured("ledgers of past moments", 20, || {
        for moment in moments {
            let known = store.as_of(&code(), Some(moment)).unwrap().unwrap();
            entries += store.ledger_as_of(&code(), &known).unwrap().expenditure.len();
        }
    });
    println!("expenditures in them: {entries}");
}

fn stream(store: &TestStore) {
    let mut rows = 0_u32;
    measured("stream of all vouchers", 1, || {
        store
            .audit(&code(), |reader| {
                reader.for_each_voucher::<StoreError>(&mut |_| {
                    rows += 1;
                    Ok(())
                })
            })
            .unwrap();
    });
    println!("vouchers streamed: {rows}");
    let mut cells = 0_u32;
    measured("stream of all figures", 1, || {
        store
            .audit(&code(), |reader| {
                reader.for_each_figure::<StoreError>(&mut |_| {
                    cells += 1;
                    Ok(())
                })
            })
            .unwrap();
    });
    println!("figures streamed: {cells}");
}
