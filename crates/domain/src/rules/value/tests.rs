//! The table of typed texts, each in both conventions; it is the same table for readers of the documentation.

use super::{DecimalConvention, amount, count, date, percent, quarter};
use crate::{finding::Detail, language::Language};

/// What a reading gives: the value, or the code of the refusal.
fn outcome<T: ToString>(reading: Result<T, Detail>) -> String {
    match reading {
        Ok(value) => value.to_string(),
        Err(detail) => detail.code().to_string(),
    }
}

/// Every line: what is typed | under decimal comma | under decimal point.
const AMOUNTS: &[(&str, &str, &str)] = &[
    // plain
    ("0", "0.00", "0.00"),
    ("12", "12.00", "12.00"),
    (" 12 ", "12.00", "12.00"),
    ("\u{a0}12\u{202f}", "12.00", "12.00"),
    ("007", "7.00", "7.00"),
    ("1234", "1234.00", "1234.00"),
    ("0,00", "0.00", "0.00"),
    // both marks: the last one is the decimal mark
    ("1.234,56", "1234.56", "1234.56"),
    ("1,234.56", "1234.56", "1234.56"),
    ("1.234.567,89", "1234567.89", "1234567.89"),
    ("1,234,567.89", "1234567.89", "1234567.89"),
    ("1.234,5", "1234.50", "1234.50"),
    ("1.234,567", "VAL-03", "VAL-03"),
    ("1,234.567", "VAL-03", "VAL-03"),
    ("12.34,56", "VAL-01", "VAL-01"),
    ("1.23.456,78", "VAL-01", "VAL-01"),
    ("1,234.567,89", "VAL-01", "VAL-01"),
    ("0.123,45", "VAL-01", "VAL-01"),
    // one mark that cannot group is the decimal mark
    ("1234,5", "1234.50", "1234.50"),
    ("1234.5", "1234.50", "1234.50"),
    ("1234,56", "1234.56", "1234.56"),
    ("1234.56", "1234.56", "1234.56"),
    ("12,3", "12.30", "12.30"),
    ("12.3", "12.30", "12.30"),
    (",50", "0.50", "0.50"),
    (".5", "0.50", "0.50"),
    ("0,125", "VAL-03", "VAL-03"),
    ("0.125", "VAL-03", "VAL-03"),
    ("1234,567", "VAL-03", "VAL-03"),
    ("1234.5678", "VAL-03", "VAL-03"),
    ("12,3400", "VAL-03", "VAL-03"),
    // one mark that could do both
    ("1.234", "1234.00", "VAL-02"),
    ("1,234", "VAL-02", "1234.00"),
    ("12.345", "12345.00", "VAL-02"),
    ("12,345", "VAL-02", "12345.00"),
    ("-1,000", "VAL-02", "-1000.00"),
    ("-1.000", "-1000.00", "VAL-02"),
    // several of one mark group
    ("1.234.567", "1234567.00", "1234567.00"),
    ("1,234,567", "1234567.00", "1234567.00"),
    ("1.2.3", "VAL-01", "VAL-01"),
    ("1,23,456", "VAL-01", "VAL-01"),
    // blanks and apostrophes group
    ("1 234 567,89", "1234567.89", "1234567.89"),
    ("1\u{a0}234,56", "1234.56", "1234.56"),
    ("1\u{202f}234.56", "1234.56", "1234.56"),
    ("1'234.50", "1234.50", "1234.50"),
    ("1’234’567", "1234567.00", "1234567.00"),
    ("1 234,567", "VAL-03", "VAL-03"),
    ("12 34", "VAL-01", "VAL-01"),
    ("1  234", "VAL-01", "VAL-01"),
    ("1 234.567,89", "VAL-01", "VAL-01"),
    ("1 234'567", "VAL-01", "VAL-01"),
    // currency
    ("12 €", "12.00", "12.00"),
    ("12€", "12.00", "12.00"),
    ("€ 12,50", "12.50", "12.50"),
    ("EUR 1.234,56", "1234.56", "1234.56"),
    ("1.234,56 EUR", "1234.56", "1234.56"),
    ("12,50 Euro", "12.50", "12.50"),
    ("€ 12 €", "VAL-01", "VAL-01"),
    ("12 $", "VAL-01", "VAL-01"),
    ("12 T€", "VAL-01", "VAL-01"),
    ("1,2 Mio. €", "VAL-01", "VAL-01"),
    ("€", "VAL-01", "VAL-01"),
    // signs
    ("-1.234,56", "-1234.56", "-1234.56"),
    ("\u{2212}5,00", "-5.00", "-5.00"),
    ("-€1,234.56", "-1234.56", "-1234.56"),
    ("€ -5,00", "-5.00", "-5.00"),
    ("-0,00", "0.00", "0.00"),
    ("+5", "VAL-01", "VAL-01"),
    ("12-", "VAL-01", "VAL-01"),
    ("--5", "VAL-01", "VAL-01"),
    ("-€-5", "VAL-01", "VAL-01"),
    ("- 5", "VAL-01", "VAL-01"),
    ("(123)", "VAL-01", "VAL-01"),
    // nil, and whole euro
    ("-,--", "0.00", "0.00"),
    ("-,-- €", "0.00", "0.00"),
    ("–,––", "0.00", "0.00"),
    ("–", "0.00", "0.00"),
    ("-", "0.00", "0.00"),
    ("€ -", "0.00", "0.00"),
    ("12,--", "12.00", "12.00"),
    ("1.234,-", "1234.00", "1234.00"),
    ("12.-", "12.00", "12.00"),
    ("12--", "VAL-01", "VAL-01"),
    ("--", "VAL-01", "VAL-01"),
    // no answer is not zero
    ("", "VAL-10", "VAL-10"),
    ("   ", "VAL-10", "VAL-10"),
    ("k. A.", "VAL-10", "VAL-10"),
    ("k.A.", "VAL-10", "VAL-10"),
    ("keine Angabe", "VAL-10", "VAL-10"),
    ("n. v.", "VAL-10", "VAL-10"),
    ("N/A", "VAL-10", "VAL-10"),
    ("…", "VAL-10", "VAL-10"),
    ("?", "VAL-10", "VAL-10"),
    // other ways of computers and other digits
    ("1_000", "VAL-01", "VAL-01"),
    ("0x10", "VAL-01", "VAL-01"),
    ("1e3", "VAL-01", "VAL-01"),
    ("1E3", "VAL-01", "VAL-01"),
    ("NaN", "VAL-01", "VAL-01"),
    ("inf", "VAL-01", "VAL-01"),
    ("１２３", "VAL-01", "VAL-01"),
    ("١٢٣", "VAL-01", "VAL-01"),
    ("12\u{b2}", "VAL-01", "VAL-01"),
    ("1\u{200b}000", "VAL-01", "VAL-01"),
    ("\u{202e}123", "VAL-01", "VAL-01"),
    ("=1+1", "VAL-01", "VAL-01"),
    ("12 %", "VAL-01", "VAL-01"),
    ("ca. 100", "VAL-01", "VAL-01"),
    ("31.12.2024", "VAL-01", "VAL-01"),
    ("12,", "VAL-01", "VAL-01"),
    (".", "VAL-10", "VAL-10"),
    (",", "VAL-01", "VAL-01"),
    // the limit
    ("10.000.000.000,00", "10000000000.00", "10000000000.00"),
    ("10.000.000.000,01", "VAL-04", "VAL-04"),
    ("-10000000000.01", "VAL-04", "VAL-04"),
    ("99999999999999999999999", "VAL-04", "VAL-04"),
];

#[test]
fn amounts_are_read_by_rule_or_refused_in_both_conventions() {
    for (typed, comma, point) in AMOUNTS {
        assert_eq!(
            outcome(amount::read(typed, DecimalConvention::Comma)),
            *comma,
            "{typed:?} under comma"
        );
        assert_eq!(
            outcome(amount::read(typed, DecimalConvention::Point)),
            *point,
            "{typed:?} under point"
        );
    }
}

#[test]
fn two_readings_are_both_named() {
    let refusal = amount::read("-1,234", DecimalConvention::Comma).unwrap_err();
    assert_eq!(
        refusal.text(Language::De),
        "„-1,234“ kann -1.234,00 oder -1,234 (drei Nachkommastellen) bedeuten. Bitte eindeutig eintragen."
    );
    let refusal = percent::read("0,5", DecimalConvention::Comma).unwrap_err();
    assert!(refusal.text(Language::En).contains("0.5% or 50%"), "{refusal:?}");
    let refusal = date::read_text("03/04/2024").unwrap_err();
    assert!(
        refusal.text(Language::De).contains("03.04.2024 oder 04.03.2024"),
        "{refusal:?}"
    );
    let refusal = quarter::read("3/2024").unwrap_err();
    assert!(
        refusal
            .text(Language::De)
            .contains("3. Quartal 2024 oder März 2024"),
        "{refusal:?}"
    );
}

#[test]
fn counts_are_read_by_rule_or_refused_in_both_conventions() {
    let table = [
        ("0", "0", "0"),
        ("12", "12", "12"),
        ("-3", "-3", "-3"),
        ("1.234", "1234", "VAL-02"),
        ("1,234", "VAL-02", "1234"),
        ("1 234", "1234", "1234"),
        ("12,0", "12", "12"),
        ("12.00", "12", "12"),
        ("1.234,00", "1234", "1234"),
        ("12,5", "VAL-05", "VAL-05"),
        ("12,500", "VAL-02", "12500"),
        ("zwölf", "VAL-05", "VAL-05"),
        ("12 Personen", "VAL-05", "VAL-05"),
        ("12 €", "VAL-05", "VAL-05"),
        ("-", "VAL-05", "VAL-05"),
        ("–", "VAL-05", "VAL-05"),
        (",5", "VAL-05", "VAL-05"),
        (",0", "VAL-05", "VAL-05"),
        ("", "VAL-10", "VAL-10"),
        ("k. A.", "VAL-10", "VAL-10"),
        ("1000000000", "1000000000", "1000000000"),
        ("1000000001", "VAL-05", "VAL-05"),
        ("１２", "VAL-05", "VAL-05"),
        ("1e3", "VAL-05", "VAL-05"),
    ];
    for (typed, comma, point) in table {
        assert_eq!(
            outcome(count::read(typed, DecimalConvention::Comma)),
            comma,
            "{typed:?} under comma"
        );
        assert_eq!(
            outcome(count::read(typed, DecimalConvention::Point)),
            point,
            "{typed:?} under point"
        );
    }
}

#[test]
fn percentages_are_read_by_rule_or_refused_in_both_conventions() {
    let table = [
        ("40 %", "0.4", "0.4"),
        ("40%", "0.4", "0.4"),
        ("12,5 %", "0.125", "0.125"),
        ("12.5 %", "0.125", "0.125"),
        ("12,5", "0.125", "0.125"),
        ("12,5 Prozent", "0.125", "0.125"),
        ("0,5 %", "0.005", "0.005"),
        ("0", "0", "0"),
        ("100 %", "1", "1"),
        ("0,4", "VAL-02", "VAL-02"),
        ("1", "VAL-02", "VAL-02"),
        ("1 %", "0.01", "0.01"),
        ("1,234 %", "VAL-02", "VAL-06"),
        ("1.234 %", "VAL-06", "VAL-02"),
        ("0,1255 %", "0.001255", "0.001255"),
        ("0,12345678 %", "VAL-06", "VAL-06"),
        ("101 %", "VAL-06", "VAL-06"),
        ("-5 %", "VAL-06", "VAL-06"),
        ("", "VAL-06", "VAL-06"),
        ("%", "VAL-06", "VAL-06"),
        ("k. A.", "VAL-06", "VAL-06"),
        ("12 % bis 15 %", "VAL-06", "VAL-06"),
    ];
    for (typed, comma, point) in table {
        assert_eq!(
            outcome(percent::read(typed, DecimalConvention::Comma)),
            comma,
            "{typed:?} under comma"
        );
        assert_eq!(
            outcome(percent::read(typed, DecimalConvention::Point)),
            point,
            "{typed:?} under point"
        );
    }
}

#[test]
fn dates_in_text_are_read_by_rule_or_refused() {
    let table = [
        ("31.12.2024", "2024-12-31"),
        ("1.1.2024", "2024-01-01"),
        ("01. 02. 2024", "2024-02-01"),
        ("31.12.24", "2024-12-31"),
        ("2024-12-31", "2024-12-31"),
        ("01.01.2014", "2014-01-01"),
        ("31.12.2013", "VAL-08"),
        ("31.12.2035", "2035-12-31"),
        ("01.01.2036", "VAL-08"),
        ("31.12.98", "VAL-08"),
        ("29.02.2023", "VAL-07"),
        ("31.04.2024", "VAL-07"),
        ("31/12/2024", "VAL-07"),
        ("12/31/2024", "VAL-07"),
        ("03/04/2024", "VAL-02"),
        ("2024-1-1", "VAL-07"),
        ("24-12-31", "VAL-07"),
        ("31.12.", "VAL-07"),
        ("31.12.202", "VAL-07"),
        ("1.1.2024.", "VAL-07"),
        ("45000", "VAL-07"),
        ("Dezember 2024", "VAL-07"),
        ("+1.1.2024", "VAL-07"),
        ("١.١.2024", "VAL-07"),
        ("", "VAL-07"),
    ];
    for (typed, expected) in table {
        assert_eq!(outcome(date::read_text(typed)), expected, "{typed:?}");
    }
}

#[test]
fn a_text_in_a_date_cell_is_refused_with_the_date_it_may_mean() {
    let detail = date::refuse_text("31/12/2024");
    assert!(detail.text(Language::De).contains("31.12.2024"), "{detail:?}");
    assert_eq!(date::refuse_text("bald").code().as_str(), "VAL-07");
}

#[test]
fn quarters_are_read_by_rule_or_refused() {
    let third = [
        "2024-Q3",
        "2024-q3",
        "2024 Q3",
        "2024/Q3",
        "2024Q3",
        "Q3/2024",
        "Q3 2024",
        "Q3-2024",
        "Q3/24",
        "III/2024",
        "iii/24",
        "III. Quartal 2024",
        "3. Quartal 2024",
        "3.Quartal 2024",
        "3. Quartal 24",
        "Quartal 3 2024",
        "Quartal III/2024",
        "3rd quarter 2024",
        "2024 III",
        " 3.\u{a0}Quartal\u{a0}2024 ",
        "3. Quartal/2024",
        "Q03/2024",
    ];
    for typed in third {
        assert_eq!(outcome(quarter::read(typed)), "2024-Q3", "{typed:?}");
    }
    let refused = [
        ("3/2024", "VAL-02"),
        ("2024-03", "VAL-02"),
        ("03.2024", "VAL-02"),
        ("5/2024", "VAL-09"),
        ("2024-12", "VAL-09"),
        ("Q5/2024", "VAL-09"),
        ("Q0/2024", "VAL-09"),
        ("Q3", "VAL-09"),
        ("2024", "VAL-09"),
        ("3. Quartal", "VAL-09"),
        ("Q3/1999", "VAL-09"),
        ("Q3///2024", "VAL-09"),
        ("Q3 2024 (vorläufig)", "VAL-09"),
        ("Q3/3", "VAL-09"),
        ("30.09.2024", "VAL-09"),
        ("V/2024", "VAL-09"),
        ("", "VAL-09"),
        ("-Q3 2024", "VAL-09"),
        ("Q3 2024.", "VAL-09"),
    ];
    for (typed, code) in refused {
        assert_eq!(outcome(quarter::read(typed)), code, "{typed:?}");
    }
}
