//! Tests of the rules together.

use proptest::prelude::*;

use super::{testing::Grid, *};
use crate::{
    finding::{Column, Severity, Shown},
    money::Money,
};

#[test]
fn sound_figures_have_no_findings() {
    assert!(Grid::sound().lines().is_empty(), "{:#?}", Grid::sound().lines());
}

#[test]
fn every_code_of_finance_and_indicators_has_one_rule_and_one_example() {
    let expected: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.as_str().starts_with("FIN") || code.as_str().starts_with("IND"))
        .collect();
    let rules: Vec<Code> = finance::RULES
        .iter()
        .chain(indicators::RULES)
        .map(|(code, _)| *code)
        .collect();
    let examples: Vec<Code> = finance::EXAMPLES
        .iter()
        .chain(indicators::EXAMPLES)
        .map(|(code, _)| *code)
        .collect();
    assert_eq!(rules, expected);
    assert_eq!(examples, expected);
}

#[test]
fn every_example_breaks_its_rule() {
    for (code, example) in finance::EXAMPLES.iter().chain(indicators::EXAMPLES) {
        assert!(!example().cells(*code).is_empty(), "{code}");
    }
}

#[test]
fn a_rule_that_the_round_has_switched_off_finds_nothing() {
    let grid = Grid::sound().counter("contacts_total", Some(8)).round(|round| {
        round.severities.insert(Code::Ind19, Severity::Off);
    });
    assert!(grid.check().is_empty());
}

#[test]
fn the_round_decides_the_severity() {
    let grid = Grid::sound().counter("contacts_total", Some(8)).round(|round| {
        round.severities.insert(Code::Ind19, Severity::Notice);
    });
    let mut findings = grid.check();
    findings.push(Finding::whole(Detail::NotDeclared));
    let rated = rate(&grid.round, grid.context.quarter, findings);
    let severities: Vec<Severity> = rated.iter().map(|rated| rated.severity).collect();
    assert_eq!(severities, [Severity::Notice, Severity::Blocking]);
    let off = grid.clone().round(|round| {
        round.severities.insert(Code::Tpl21, Severity::Off);
    });
    assert!(
        rate(
            &off.round,
            off.context.quarter,
            vec![Finding::whole(Detail::NotDeclared)]
        )
        .is_empty()
    );
}

#[test]
fn many_findings_of_one_code_are_cut_and_counted() {
    let mut grid = Grid::sound();
    for row in 0..450 {
        grid = grid.add_voucher(|voucher| {
            voucher.number = Some(format!("X-{row}"));
            voucher.purpose = None;
        });
    }
    let found = grid.check();
    assert_eq!(found.len(), FINDINGS_PER_CODE + 1);
    assert_eq!(
        found[0].detail,
        Detail::FurtherFindings {
            code: Code::Fin16,
            count: 250
        }
    );
    assert_eq!(
        found[1].at.as_ref().map(ToString::to_string).as_deref(),
        Some("Belege!D9")
    );
    assert_eq!(limited(found.clone()), found, "cutting again changes nothing");
}

#[test]
fn a_formula_typed_over_is_told_once_by_the_rule_that_knows_what_the_number_is_made_of() {
    let typed = |cents| Shown::Money(Money::from_cents(cents));
    let grid = Grid::sound().typed_over("Ausgaben!E7", typed(1));
    let read: Vec<Finding> = [6, 9]
        .into_iter()
        .map(|row| {
            let detail = Detail::TypedOver {
                typed: typed(1),
                computed: typed(400_000),
            };
            Finding::at(CellRef::at("Ausgaben", row, 4), detail)
        })
        .collect();
    let told = |checked| -> Vec<String> {
        let merged = merge(read.clone(), checked);
        let place = |finding: &Finding| finding.at.as_ref().map_or_else(String::new, CellRef::a1);
        merged
            .iter()
            .map(|finding| format!("{} {}", finding.code(), place(finding)))
            .collect()
    };
    assert_eq!(told(grid.check()), ["FIN-02 E7", "TPL-23 E10"]);
    // A round that has switched the rule off still hears of it.
    assert_eq!(told(Vec::new()), ["TPL-23 E7", "TPL-23 E10"]);
}

#[test]
fn what_one_voucher_lacks_is_one_finding_at_the_first_empty_field() {
    let grid = Grid::sound()
        .voucher("B-2", |voucher| {
            voucher.paid_on = None;
            voucher.payee = None;
            voucher.amount = None;
        })
        .voucher("B-4", |voucher| voucher.purpose = None);
    // The amount of B-2 could not be read, which the reader has said.
    let read = vec![Finding::at(
        CellRef::at("Belege", 5, 5),
        Detail::AmountUnreadable { typed: "x".into() },
    )];
    let found = merge(read, grid.check());
    let lacks: Vec<&Finding> = found
        .iter()
        .filter(|finding| finding.code() == Code::Fin16)
        .collect();
    assert_eq!(lacks.len(), 2, "{found:#?}");
    assert_eq!(lacks[0].at, Some(CellRef::at("Belege", 5, 1)));
    assert_eq!(lacks[0].related, [CellRef::at("Belege", 5, 2)]);
    assert_eq!(
        lacks[0].detail,
        Detail::VoucherLacks {
            columns: vec![Column::PaidOn, Column::Payee]
        }
    );
    assert_eq!(
        lacks[1].detail,
        Detail::VoucherIncomplete {
            column: Column::Purpose
        }
    );
}

#[test]
fn what_merging_cells_has_emptied_is_not_found_again() {
    let grid = Grid::sound().voucher("B-2", |voucher| voucher.purpose = None);
    let (first, second) = (CellRef::at("Belege", 4, 3), CellRef::at("Belege", 5, 3));
    let detail = Detail::MergedCells {
        range: "D5:D6".into(),
    };
    let read = vec![Finding::at(first, detail).with_related(vec![second])];
    assert_eq!(merge(read.clone(), grid.check()), read);
}

#[test]
fn findings_come_in_the_order_of_the_workbook() {
    let grid = Grid::sound()
        .counter("contacts_total", Some(8))
        .spend("remaining_costs", "0.00")
        .voucher("B-1", |voucher| voucher.payee = None);
    assert_eq!(
        grid.lines(),
        [
            "FIN-02 Ausgaben!E7",
            "FIN-16 Belege!C5",
            "IND-19 Kennzahlen!C8",
            "FIN-10 Mittel!D5",
            "FIN-11 Mittel!D5"
        ]
    );
}

#[test]
fn a_cell_that_was_not_read_is_not_called_missing() {
    let grid = Grid::sound().voucher("B-1", |voucher| (voucher.paid_on, voucher.purpose) = (None, None));
    let read = Finding::at(
        CellRef::at("Belege", 4, 1),
        Detail::DateUnreadable {
            typed: "bald".to_owned(),
            reading: None,
        },
    );
    let missing = Finding::at(
        CellRef::at("Ausgaben", 8, 4),
        Detail::Missing {
            column: Column::Amount,
        },
    );
    let merged = merge(vec![read, missing], grid.check());
    let lines: Vec<String> = merged.iter().map(|finding| finding.code().to_string()).collect();
    assert_eq!(lines, ["VAL-10", "VAL-07", "FIN-16"]);
}

#[test]
fn a_row_whose_corrected_quarter_was_not_read_is_not_judged_by_it() {
    let grid = Grid::sound().voucher("B-1", |voucher| voucher.paid_on = Some(testing::day(4, 2)));
    assert_eq!(grid.lines(), ["FIN-04 Belege!B5"]);
    let typed = "Frühjahr".to_owned();
    let read = Finding::at(CellRef::at("Belege", 4, 6), Detail::QuarterUnreadable { typed });
    assert_eq!(merge(vec![read.clone()], grid.check()), [read]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn p19_the_order_of_voucher_rows_in_memory_changes_no_finding(
        (amounts, seed) in (prop::collection::vec(-500_i64..5_000, 1..20), any::<u64>())
    ) {
        let mut grid = Grid::sound();
        for (index, euro) in amounts.iter().enumerate() {
            grid = grid.add_voucher(|voucher| {
                voucher.number = Some(format!("N-{index}"));
                voucher.amount = Some(Money::from_euro(*euro));
            });
        }
        let in_order = grid.lines();
        let rows = &mut grid.figures.vouchers.rows;
        let length = u64::try_from(rows.len()).unwrap();
        let middle = usize::try_from(seed % length).unwrap();
        rows.rotate_left(middle);
        prop_assert_eq!(grid.lines(), in_order);
    }

    #[test]
    fn p20_sound_figures_of_any_size_are_sound(factor in 1_i64..=1_000) {
        let mut grid = Grid::sound();
        multiply(&mut grid, factor);
        prop_assert_eq!(grid.lines(), Vec::<String>::new());
    }

    #[test]
    fn p21_whatever_the_figures_findings_are_ordered_and_bounded(
        amounts in prop::collection::vec(prop::option::of(-1_000_000_000_000_i64..=1_000_000_000_000), 300),
        counts in prop::collection::vec(prop::option::of(-1_000_000_000_i64..=1_000_000_000), 3 * 34),
    ) {
        let mut grid = Grid::sound();
        for cents in amounts {
            grid = grid.add_voucher(|voucher| {
                voucher.amount = cents.map(Money::from_cents);
                voucher.paid_on = None;
            });
        }
        let mut counts = counts.into_iter();
        for row in &mut grid.figures.indicators {
            for count in [&mut row.women, &mut row.men, &mut row.non_binary] {
                let value = counts.next().flatten();
                *count = value.map(|value| crate::cell::Located::new(value, row.at.clone()));
            }
        }
        let found = grid.check();
        prop_assert!(found.is_sorted());
        for code in Code::ALL {
            let of_code = found.iter().filter(|finding| finding.code() == *code).count();
            prop_assert!(of_code <= FINDINGS_PER_CODE || *code == Code::Tpl22);
        }
    }
}

/// Multiplies every amount and count of a quarter, its plan and its history.
fn multiply(grid: &mut Grid, factor: i64) {
    let times = |amount: &mut Money| *amount = Money::from_cents(amount.cents() * factor);
    let history = &mut grid.context.history;
    history
        .spent
        .values_mut()
        .chain(history.spent_this_year.values_mut())
        .for_each(times);
    history
        .disbursements
        .iter_mut()
        .for_each(|payment| times(&mut payment.amount));
    for totals in history.funds.values_mut() {
        [&mut totals.called, &mut totals.received, &mut totals.spent]
            .into_iter()
            .for_each(times);
    }
    for counts in history.indicators.values_mut() {
        for count in [
            &mut counts.women,
            &mut counts.men,
            &mut counts.non_binary,
            &mut counts.total,
        ] {
            *count *= factor;
        }
    }
    history.counters.values_mut().for_each(|count| *count *= factor);
    grid.context
        .plan
        .items
        .values_mut()
        .flat_map(BTreeMap::values_mut)
        .for_each(times);
    let figures = &mut grid.figures;
    figures
        .expenditure
        .iter_mut()
        .for_each(|figure| times(&mut figure.amount.value));
    figures
        .vouchers
        .rows
        .iter_mut()
        .filter_map(|voucher| voucher.amount.as_mut())
        .for_each(times);
    for fund in &mut figures.funds {
        let amounts = [&mut fund.called, &mut fund.received, &mut fund.spent];
        amounts
            .into_iter()
            .flatten()
            .for_each(|amount| times(&mut amount.value));
    }
    for row in &mut figures.indicators {
        let counts = [&mut row.women, &mut row.men, &mut row.non_binary, &mut row.total];
        counts
            .into_iter()
            .flatten()
            .for_each(|count| count.value *= factor);
    }
    let counts = figures.counters.iter_mut().filter_map(|row| row.count.as_mut());
    counts.for_each(|count| count.value *= factor);
}
