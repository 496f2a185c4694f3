//! Every number of every report opens to its parts, and the parts make it exactly.

use std::collections::BTreeSet;

use nachweis_domain::{
    correction::{Correction, as_corrected},
    ledger::Ledger,
    money::Money,
    quarter::Quarter,
};
use nachweis_report::{
    OpenReport, ReportName, ReportRequest, Value,
    lineage::{Amount, Lineage, Made, Place, Source},
};

use crate::{
    disturbed,
    made_up::{self, Dice, MadeUp},
};

/// Every report in every grouping.
pub(crate) fn requests(quarter: Option<Quarter>) -> impl Iterator<Item = ReportRequest> {
    let all = ReportName::ALL
        .iter()
        .flat_map(|name| name.groupings().iter().map(move |by| (*name, *by)));
    all.map(move |(name, by)| ReportRequest {
        name,
        group_by: Some(by),
        quarter,
        on: None,
    })
}

fn place(table: &str, row: &str, column: &str) -> Place {
    Place {
        table: Some(table.to_owned()),
        row: row.to_owned(),
        column: column.to_owned(),
    }
}

/// Opens every number of a report (or each so many), and every number behind it; how many there were.
fn walk(request: &ReportRequest, ledger: &Ledger, what: &str, step: usize) -> usize {
    walk_report(&OpenReport::new(request, ledger).unwrap(), request, what, step)
}

fn walk_report(report: &OpenReport<'_>, request: &ReportRequest, what: &str, step: usize) -> usize {
    let (mut seen, mut at) = (BTreeSet::new(), 0);
    for table in &report.report().tables {
        let mut keys = BTreeSet::new();
        for row in table.rows.iter().chain(&table.totals) {
            let key = table.row_key(row);
            assert!(
                !key.is_empty() && keys.insert(key.clone()),
                "{what}: {request:?} `{key}` names one row"
            );
            for (column, value) in table.columns.iter().zip(row) {
                at += 1;
                if column.opens() && *value != Value::Empty && at % step == 0 {
                    let lineage = report.open(&place(table.key, &key, &column.unit_key()));
                    let lineage = lineage.unwrap_or_else(|error| panic!("{what}: {request:?} {error}"));
                    assert_eq!(lineage.value, Amount::from(value.clone()), "{what}: {request:?}");
                    further(report, &lineage, &mut seen, what);
                }
            }
        }
    }
    seen.len()
}

/// Opens what a number is made of, down to the record.
fn further(report: &OpenReport<'_>, lineage: &Lineage, seen: &mut BTreeSet<[String; 3]>, what: &str) {
    let id = [lineage.table, &lineage.row, &lineage.column].map(str::to_owned);
    if !seen.insert(id) {
        return;
    }
    assert_eq!(
        lineage.made.recompute(&lineage.value).as_ref(),
        Some(&lineage.value)
    );
    let open = |row: &str, column: &str, value: &Amount| {
        let opened = report.open(&place(lineage.table, row, column));
        let opened =
            opened.unwrap_or_else(|error| panic!("{what}: {lineage:?} opens to {row} {column}: {error}"));
        assert_eq!(
            opened.value, *value,
            "{what}: {row} {column} of {} {}",
            lineage.row, lineage.column
        );
        opened
    };
    match &lineage.made {
        Made::Formula(_, operands) => {
            for operand in operands {
                if let Some((row, column)) = &operand.opens
                    && operand.value != Amount::Money(Money::ZERO)
                {
                    let opened = open(row, column, &operand.value);
                    further(report, &opened, seen, what);
                }
            }
        }
        Made::Sum(terms) => {
            for term in terms {
                if let Source::Number { row, column } = &term.source {
                    let opened = open(row, column, &term.whole);
                    further(report, &opened, seen, what);
                }
            }
        }
    }
}

#[test]
fn every_number_of_every_report_opens_and_its_parts_make_it() {
    let mut ledger = MadeUp {
        subprojects: 4,
        last: Some((2023, 2)),
        seed: 5,
    }
    .ledger();
    ledger.subprojects[0].subproject.regions = made_up::nationwide();
    let numbers: usize = requests(None)
        .map(|request| walk(&request, &ledger, "made up", 1))
        .sum();
    assert!(numbers > 2_000, "{numbers}");
}

#[test]
fn numbers_of_disturbed_ledgers_open_as_well() {
    for seed in 0..8 {
        let ledger = disturbed::ledger(seed);
        let quarter = Quarter::new(2023, u32::try_from(seed % 4).unwrap() + 1)
            .ok()
            .filter(|_| seed % 3 != 0);
        for request in requests(quarter) {
            walk(&request, &ledger, &format!("seed {seed}"), 11);
        }
    }
}

/// Every third entry with vouchers that correct an earlier or a later quarter, reported or not; some take all of it with them.
fn corrections(ledger: &Ledger, dice: &mut Dice) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for entry in &ledger.expenditure {
        if dice.below(3) > 0 {
            continue;
        }
        let corrects = entry.quarter.ordinal() + i32::try_from(dice.between(-3, 1)).unwrap();
        corrections.push(Correction {
            subproject: ledger.subprojects[entry.subproject].subproject.no.clone(),
            quarter: entry.quarter,
            corrects: Quarter::from_ordinal(corrects).unwrap(),
            item: entry.item.clone(),
            amount: match dice.below(4) {
                0 => entry.reported,
                _ => Money::from_cents(dice.between(-500_000, 500_000)),
            },
            is_accepted: !entry.accepted.is_zero(),
        });
    }
    corrections
}

#[test]
fn every_number_as_corrected_opens_to_what_was_reported_and_to_what_vouchers_moved() {
    let (mut numbers, mut moved) = (0, 0);
    for seed in 0..6 {
        let reported = disturbed::ledger(seed);
        let corrections = corrections(&reported, &mut Dice::new(seed));
        let ledger = as_corrected(reported.clone(), &corrections);
        let has_views = |name| matches!(name, ReportName::Burn | ReportName::Deviations);
        let quarter = Quarter::new(2023, 3).ok().filter(|_| seed % 2 == 0);
        for request in requests(quarter).filter(|request| has_views(request.name)) {
            let report = OpenReport::new(&request, &ledger)
                .unwrap()
                .as_corrected(&corrections);
            numbers += walk_report(&report, &request, &format!("seed {seed}"), 7);
            let total = match request.name {
                ReportName::Burn => place("burn", "total", "reported"),
                _ => place("deviations", "total", "spent"),
            };
            let Ok(lineage) = report.open(&total) else {
                continue;
            };
            moved += moves_and_cells(&lineage, &reported);
        }
    }
    assert!(numbers > 2_000 && moved > 100, "{numbers} {moved}");
}

/// Compares the cells of a total with what was reported; how many terms are vouchers that moved.
fn moves_and_cells(lineage: &Lineage, reported: &Ledger) -> usize {
    let Made::Sum(terms) = &lineage.made else {
        panic!("a sum")
    };
    let mut moves = 0;
    for term in terms {
        match &term.source {
            Source::Correction {
                quarter, corrects, ..
            } => {
                assert_ne!(quarter, corrects);
                moves += 1;
            }
            Source::Cells { quarter, key, .. } => {
                let subproject = reported.index_of(&term.subproject).unwrap();
                let entries = reported.expenditure.iter().filter(|entry| {
                    (entry.subproject, entry.quarter) == (subproject, *quarter)
                        && entry.item.as_str() == key.as_str()
                });
                let typed: Money = entries.map(|entry| entry.reported).sum();
                assert_eq!(term.whole, Amount::Money(typed), "{term:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    moves
}

#[test]
fn what_is_not_there_is_refused_with_what_there_is() {
    let ledger = MadeUp::default().ledger();
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: None,
        quarter: None,
        on: None,
    };
    let report = OpenReport::new(&request, &ledger).unwrap();
    let refused = |table: Option<&str>, row: &str, column: &str| {
        let place = Place {
            table: table.map(str::to_owned),
            row: row.to_owned(),
            column: column.to_owned(),
        };
        report.open(&place).unwrap_err().to_string()
    };
    assert_eq!(
        refused(Some("x"), "NW", "reported"),
        "the report has no table `x`; it has: burn"
    );
    assert!(refused(None, "XX", "reported").starts_with("the report has no row `XX`; it has: BW, BY"));
    assert!(refused(None, "NW", "land").contains("it has: subprojects, outstanding, awarded"));
    assert!(refused(None, "NW/IQ23-BY-999", "forecast").contains("no row"));
}

#[test]
fn the_parts_of_a_divided_subproject_sum_to_what_falls_to_its_category() {
    let ledger = MadeUp::default().ledger();
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: Some(nachweis_report::GroupBy::RegionCategory),
        quarter: None,
        on: None,
    };
    let report = OpenReport::new(&request, &ledger).unwrap();
    let lineage = report.open(&place("burn", "transition", "reported")).unwrap();
    let Made::Sum(terms) = lineage.made else {
        panic!("a sum")
    };
    let shared: Vec<_> = terms.iter().filter(|term| term.share.is_some()).collect();
    assert!(!shared.is_empty(), "nationwide subprojects are divided");
    assert!(shared.iter().any(|term| term.part != term.whole));
    let no = &shared[0].subproject;
    let of_one = shared.iter().filter(|term| term.subproject == *no);
    let sum: Money = of_one
        .map(|term| match term.part {
            Amount::Money(amount) => amount,
            _ => panic!("an amount"),
        })
        .sum();
    assert_eq!(Amount::Money(sum), shared[0].share.as_ref().unwrap().part);
}
