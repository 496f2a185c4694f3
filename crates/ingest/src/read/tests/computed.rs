//! A total is computed, never typed: what stands in its cell is compared, and the figure is ours.

use calamine::Data;
use nachweis_domain::{
    finding::{Code, Shown},
    language::Language,
    money::Money,
};

use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive as _, ToPrimitive as _},
};

use super::{FILLED, after, expect, found, read};
use crate::{Reading, sample, testing::Copy};

/// The stored result of a formula, or a number.
fn number(copy: &mut Copy, sheet: &str, at: &str) -> Decimal {
    let cell = copy.page(sheet).cell(at);
    match &cell.value {
        Data::Float(number) => Decimal::from_f64(*number).expect("a number"),
        other => panic!("{sheet}!{at}: {other:?}"),
    }
}

/// A number as a workbook stores it.
fn stored(number: Decimal) -> Data {
    Data::Float(number.to_f64().expect("a number"))
}

/// Types the result of a formula, and something more, over the formula.
fn overtyped(cells: &[(&str, &str)], more: i64) -> Reading {
    after(|copy| {
        for (sheet, at) in cells {
            let result = number(copy, sheet, at);
            copy.page(sheet).put(at, stored(result + Decimal::from(more)));
        }
    })
}

/// Each kind of cell that the template of round 2023–2025 computes.
const COMPUTED: [(&str, &str); 10] = [
    ("Ausgaben", "E8"),
    ("Ausgaben", "E11"),
    ("Ausgaben", "C11"),
    ("Ausgaben", "F6"),
    ("Ausgaben", "F11"),
    ("Ausgaben", "G6"),
    ("Belege", "F4"),
    ("Mittel", "F11"),
    ("Indikatoren", "H6"),
    ("Kennzahlen", "D9"),
];

#[test]
fn a_number_typed_over_a_formula_is_named_at_its_cell_and_the_figure_is_the_computed_one() {
    let whole = after(|_| {});
    for (sheet, at) in COMPUTED {
        let cell = format!("{sheet}!{at}");
        let reading = overtyped(&[(sheet, at)], 0);
        assert_eq!(found(&reading), [(Code::Tpl24, cell.clone())]);
        assert_eq!(reading.figures, whole.figures, "{cell}");

        let mut reading = overtyped(&[(sheet, at)], 1);
        reading.findings.retain(|finding| finding.code() != Code::Tpl11);
        assert_eq!(found(&reading), [(Code::Tpl23, cell.clone())]);
        assert_eq!(
            reading.figures.typed_over.len(),
            usize::from(at != "F4"),
            "{cell}"
        );
        reading.figures.typed_over.clear();
        assert_eq!(reading.figures, whole.figures, "{cell}");
    }
}

#[test]
fn a_number_typed_over_a_formula_is_told_with_both_values_in_both_languages() {
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        for (at, value) in [("E6", 100.0), ("E7", 0.0), ("E9", 0.0), ("E10", 0.0)] {
            page.put(at, value);
        }
        for at in ["G6", "G7", "E8", "G8", "G9", "G10", "G11"] {
            page.uncalculated(at);
        }
        page.put("E11", 141.0);
    });
    let told = |language| {
        let findings = reading.findings.iter();
        findings
            .filter(|finding| finding.code() == Code::Tpl23)
            .map(|finding| finding.message(language))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(Language::De),
        [
            "Ausgaben!E11: Hier steht 141,00\u{a0}€ anstelle der Formel der Vorlage, berechnet ergibt sich 140,00\u{a0}€. Bitte die Formel wiederherstellen; in der markierten Datei steht sie wieder."
        ]
    );
    assert_eq!(
        told(Language::En),
        [
            "Ausgaben!E11: €141.00 stands here in place of the formula of the template, but computing gives €140.00. Please restore the formula; the marked copy holds it again."
        ]
    );
}

#[test]
fn numbers_typed_over_formulas_that_give_the_same_are_one_finding_for_each_sheet() {
    let reading = overtyped(&COMPUTED, 0);
    let expected = [
        "Ausgaben!F6",
        "Belege!F4",
        "Indikatoren!H6",
        "Kennzahlen!D9",
        "Mittel!F11",
    ];
    let expected: Vec<(Code, String)> = expected.map(|at| (Code::Tpl24, at.to_owned())).into();
    assert_eq!(found(&reading), expected);
}

#[test]
fn words_typed_over_a_formula_are_named_with_what_is_computed() {
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        page.put("E8", "entfällt".to_owned());
        for at in ["G8", "E11", "G11"] {
            page.uncalculated(at);
        }
    });
    assert_eq!(found(&reading), [(Code::Tpl23, "Ausgaben!E8".to_owned())]);
    assert!(
        reading.findings[0]
            .text(Language::De)
            .starts_with("Hier steht „entfällt“ anstelle der Formel")
    );
    assert_eq!(reading.figures, after(|_| {}).figures);
}

#[test]
fn a_deleted_formula_is_named_where_a_figure_depends_on_it() {
    let whole = after(|_| {});
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        for at in ["E8", "E11", "G6", "G7"] {
            page.clear(at);
        }
        for at in ["G8", "G11"] {
            page.uncalculated(at);
        }
        copy.page("Indikatoren").clear("H6");
    });
    assert_eq!(
        found(&reading),
        [
            (Code::Tpl24, "Ausgaben!E8".to_owned()),
            (Code::Tpl24, "Indikatoren!H6".to_owned())
        ]
    );
    assert_eq!(reading.figures, whole.figures);
}

#[test]
fn a_flat_rate_typed_over_brings_no_finding_about_what_is_calculated_with_it() {
    let (_, copy) = &*FILLED;
    let mut copy = copy.clone();
    let (flat_rate, total) = (
        number(&mut copy, "Ausgaben", "E8"),
        number(&mut copy, "Ausgaben", "E11"),
    );
    let rest = number(&mut copy, "Ausgaben", "G8");
    let all = number(&mut copy, "Ausgaben", "G11");
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        page.put("E8", stored(flat_rate + Decimal::ONE));
        page.formula("G8", "=1", stored(rest - Decimal::ONE));
        page.formula("E11", "=1", stored(total + Decimal::ONE));
        page.formula("G11", "=1", stored(all - Decimal::ONE));
    });
    assert_eq!(found(&reading), [(Code::Tpl23, "Ausgaben!E8".to_owned())]);
    assert_eq!(
        reading.figures.typed_over[0].typed,
        Shown::Money(reading.figures.expenditure[2].amount.value + Money::from_euro(1))
    );
}

#[test]
fn a_stale_result_is_named_and_our_own_is_taken() {
    let reading = after(|copy| {
        copy.page("Ausgaben")
            .formula("E8", "=ROUND(SUM(E6,E7)*40%,2)", 5.0);
    });
    assert_eq!(found(&reading), [(Code::Tpl11, "Ausgaben!E8".to_owned())]);
    assert!(
        reading.findings[0]
            .text(Language::De)
            .starts_with("Die Formel zeigt 5,00\u{a0}€, richtig berechnet")
    );
    assert_eq!(reading.figures, after(|_| {}).figures);
}

#[test]
fn results_that_were_not_calculated_again_are_one_finding_with_each_cell_and_both_results() {
    let reading = after(|copy| {
        copy.page("Ausgaben").put("E6", 1.0);
        copy.page("Kennzahlen").put("D6", 1.0);
    });
    assert_eq!(found(&reading), [(Code::Tpl11, "Ausgaben!G6".to_owned())]);
    let finding = &reading.findings[0];
    let related: Vec<String> = finding.related.iter().map(ToString::to_string).collect();
    assert_eq!(
        related,
        [
            "Ausgaben!E8",
            "Ausgaben!G8",
            "Ausgaben!E11",
            "Ausgaben!G11",
            "Kennzahlen!D9"
        ]
    );
    for part in finding.parts() {
        let at = part.at.expect("a cell");
        assert!(finding.text(Language::De).contains(&format!("{at} (")), "{at}");
    }
    assert_eq!(finding.parts().len(), 6);
}

#[test]
fn an_error_value_is_named_where_it_arises_and_what_is_computed_counts() {
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        for at in ["E8", "G8", "E11", "G11"] {
            page.formula(at, "=#REF!", Data::String("#REF!".into()));
        }
    });
    assert_eq!(found(&reading), [(Code::Val13, "Ausgaben!E8".to_owned())]);
    assert!(
        reading.findings[0]
            .text(Language::De)
            .contains("berechnet ergibt sich")
    );
    assert_eq!(reading.figures, after(|_| {}).figures);
}

#[test]
fn error_values_that_follow_from_a_missing_row_or_an_unread_cell_are_not_named_again() {
    let totals = |copy: &mut Copy| {
        for at in ["E8", "G8", "E11", "G11"] {
            copy.page("Ausgaben")
                .formula(at, "=NA()", Data::String("#N/A".into()));
        }
    };
    expect(
        |copy| {
            copy.page("Ausgaben").cells.retain(|(row, _), _| *row != 5);
            totals(copy);
        },
        &[(Code::Tpl19, "Ausgaben!A5")],
    );
    expect(
        |copy| {
            copy.page("Ausgaben")
                .formula("E6", "=NA()", Data::String("#N/A".into()));
            copy.page("Ausgaben")
                .formula("G6", "=NA()", Data::String("#N/A".into()));
            totals(copy);
        },
        &[(Code::Val13, "Ausgaben!E6")],
    );
}

#[test]
fn every_computed_cell_of_both_versions_may_hold_its_own_result() {
    for code in super::ROUNDS {
        let round = sample::round(code);
        let context = sample::context(&round);
        let figures = sample::figures(&context, &round, 11, 12);
        let mut copy = Copy::of(&super::filled(&round, &context, &figures));
        for page in &mut copy.pages {
            for cell in page.cells.values_mut() {
                cell.formula = None;
            }
        }
        let reading = read(&round, &copy.write());
        assert_eq!(super::codes(&reading.findings), [Code::Tpl24], "{code}");
        assert_eq!(reading.findings.len(), 5, "{code}");
        assert_eq!(reading.figures, figures, "{code}");
    }
}
