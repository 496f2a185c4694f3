//! The description itself: no two headers or keys that could be mistaken, and real differences between versions.

use std::collections::BTreeSet;

use nachweis_domain::{language::Language, money::Money, round::shipped};

use super::{
    ColumnKey, Computed, Entry, Layout, Role, Sheet, SheetKind, Slot, Version, columns_documentation,
    compute, formula_text, normalised,
};
use crate::sample;

fn layouts() -> Vec<Layout> {
    let rounds = shipped();
    let all = rounds
        .iter()
        .flat_map(|round| Version::ALL.map(|version| Layout::new(version, round)));
    all.collect()
}

#[test]
fn headers_and_keys_can_be_told_apart_however_they_are_typed() {
    for layout in layouts() {
        for sheet in &layout.sheets {
            let keys: BTreeSet<String> = sheet.rows.iter().map(|row| normalised(&row.key)).collect();
            assert_eq!(keys.len(), sheet.rows.len(), "{}", sheet.name());
            for (index, column) in sheet.columns.iter().enumerate() {
                for typed in [
                    &column.header.de,
                    &column.header.en,
                    &column.heading(),
                    &column.quoted(),
                ] {
                    assert_eq!(sheet.find_column(typed), Some(index), "{} {typed}", sheet.name());
                    assert_eq!(sheet.find_column(&typed.to_uppercase()), Some(index));
                }
            }
            assert_eq!(sheet.find_column(""), None);
            assert_eq!(sheet.find_column(&sheet.title.de), None, "{}", sheet.name());
        }
    }
}

#[test]
fn the_two_versions_differ_on_five_sheets() {
    let round = sample::round("2026-2028");
    let [first, second] = Version::ALL.map(|version| Layout::new(version, &round));
    let shape = |sheet: &Sheet| -> (Vec<ColumnKey>, usize) {
        (
            sheet.columns.iter().map(|column| column.key).collect(),
            sheet.rows.len(),
        )
    };
    let differ: Vec<&str> = first
        .sheets
        .iter()
        .zip(&second.sheets)
        .filter(|(first, second)| shape(first) != shape(second))
        .map(|(first, _)| first.name())
        .collect();
    assert_eq!(
        differ,
        ["Deckblatt", "Ausgaben", "Mittel", "Indikatoren", "Kennzahlen"]
    );
}

#[test]
fn every_input_has_a_hint_that_fits_an_input_message() {
    for layout in layouts() {
        for column in layout.sheets.iter().flat_map(|sheet| &sheet.columns) {
            for language in Language::ALL {
                assert!(
                    column.hint.get(language).chars().count() <= 255,
                    "{:?}",
                    column.key
                );
                assert!(
                    column.header.get(language).chars().count() <= 32,
                    "{:?}",
                    column.key
                );
                if column.is_needed() {
                    assert!(!column.hint.get(language).is_empty(), "{:?}", column.key);
                }
            }
        }
    }
}

#[test]
fn the_documentation_names_every_column_in_both_languages() {
    for round in shipped() {
        for language in Language::ALL {
            let page = columns_documentation(&round, language);
            let version = Version::of(&round.template_version).expect("a known version");
            for sheet in Layout::new(version, &round).sheets {
                assert!(page.contains(&format!("## {} – {}", sheet.name(), sheet.title.get(language))));
                for column in &sheet.columns {
                    assert!(
                        page.contains(&format!("| {} |", column.quoted())),
                        "{}",
                        column.quoted()
                    );
                }
            }
        }
    }
}

/// A sheet whose input cells of one column hold these amounts, row by row.
fn expenditure(amounts: &[Slot]) -> (Sheet, impl Fn(usize, usize) -> Slot + use<>) {
    let layout = Layout::new(Version::V2023, &sample::round("2023-2025"));
    let sheet = layout.sheet(SheetKind::Expenditure).expect("a sheet").clone();
    let column = sheet.column_index(ColumnKey::Amount).expect("a column");
    let amounts = amounts.to_vec();
    let slots = move |row: usize, other: usize| {
        let slot = amounts.get(row).filter(|_| other == column);
        slot.cloned().unwrap_or_default()
    };
    (sheet, slots)
}

fn amount(cents: i64) -> Slot {
    Slot::Value(Entry::Money(Money::from_cents(cents)))
}

fn money(cents: i64, certain: bool, fed: bool) -> Computed {
    Computed {
        value: Entry::Money(Money::from_cents(cents)),
        certain,
        fed,
    }
}

#[test]
fn flat_rates_totals_and_remainders_are_computed_by_key() {
    // Rows: employees, freelancers, flat rate of 40 %, participants, income (deducted), total.
    let (sheet, slots) = expenditure(&[amount(10_001), amount(2), Slot::Empty, amount(500), amount(100)]);
    let column = sheet.column_index(ColumnKey::Amount).expect("a column");
    assert_eq!(compute(&sheet, 2, column, &slots), money(4_001, true, true));
    assert_eq!(compute(&sheet, 5, column, &slots), money(14_404, true, true));
    let remaining = sheet.column_index(ColumnKey::Remaining).expect("a column");
    assert_eq!(compute(&sheet, 2, remaining, &slots), money(-4_001, true, true));
    assert!(matches!(sheet.role(2, column), Some(Role::Computed(_))));
}

#[test]
fn a_typed_over_formula_counts_and_text_or_unreadable_cells_make_results_uncertain() {
    let (sheet, slots) = expenditure(&[amount(100), Slot::Empty, amount(7)]);
    let column = sheet.column_index(ColumnKey::Amount).expect("a column");
    assert_eq!(compute(&sheet, 5, column, &slots), money(107, true, true));
    let (sheet, slots) = expenditure(&[Slot::Typed(Entry::Money(Money::from_cents(100)))]);
    assert_eq!(compute(&sheet, 2, column, &slots), money(40, false, true));
    let (sheet, slots) = expenditure(&[Slot::Unreadable, amount(100)]);
    let computed = compute(&sheet, 2, column, &slots);
    assert_eq!((computed.value, computed.certain), (Entry::Empty, false));
    let (sheet, slots) = expenditure(&[]);
    assert_eq!(compute(&sheet, 2, column, &slots), money(0, true, false));
}

#[test]
fn sums_beyond_sixty_four_bits_are_no_result() {
    let (sheet, slots) = expenditure(&[amount(i64::MAX), amount(i64::MAX)]);
    let column = sheet.column_index(ColumnKey::Amount).expect("a column");
    assert_eq!(compute(&sheet, 2, column, &slots).value, Entry::Empty);
}

#[test]
fn formulas_name_cells_of_their_own_row_by_position_and_those_of_others_by_key() {
    let round = sample::round("2023-2025");
    let layout = Layout::new(Version::V2023, &round);
    let text = |kind, row, key| {
        let sheet = layout.sheet(kind).expect("a sheet");
        let column = sheet.column_index(key).expect("a column");
        let Some(Role::Computed(formula) | Role::Aid(formula)) = sheet.role(row, column) else {
            panic!("{kind:?} {row} {key:?} is computed");
        };
        formula_text(sheet, layout.sheet(SheetKind::Vouchers), row, column, formula)
    };
    assert_eq!(
        text(SheetKind::Expenditure, 2, ColumnKey::Amount),
        "=ROUND(SUM(INDEX(E:E,MATCH(\"staff_employees\",$A:$A,0)),INDEX(E:E,MATCH(\"freelancer_fees\",$A:$A,0)))*40%,2)"
    );
    assert_eq!(
        text(SheetKind::Expenditure, 0, ColumnKey::Remaining),
        "=SUM(C6)-SUM(D6,E6)"
    );
    assert_eq!(
        text(SheetKind::Expenditure, 0, ColumnKey::VoucherSum),
        "=SUMIF(Belege!$E$5:$E$25005,B6,Belege!$F$5:$F$25005)"
    );
    let total = text(SheetKind::Expenditure, 5, ColumnKey::Amount);
    assert!(
        total.ends_with("-SUM(INDEX(E:E,MATCH(\"income\",$A:$A,0)))"),
        "{total}"
    );
}
