//! Numbers of cells as money, counts and dates.
#![expect(
    clippy::cast_precision_loss,
    reason = "whole cents below 2^53 are exact doubles"
)]

use nachweis_domain::finding::Code;
use proptest::prelude::*;

use super::*;

fn cents(euro: f64) -> Result<i64, Code> {
    money(euro).map(Money::cents).map_err(|detail| detail.code())
}

#[test]
fn amounts_are_the_nearest_cent_or_a_finding() {
    let cases = [
        (0.0, Ok(0)),
        (-0.0, Ok(0)),
        (12.5, Ok(1_250)),
        (0.1 + 0.2, Ok(30)),
        (1.005, Err(Code::Val03)),
        (12.345, Err(Code::Val03)),
        (0.005, Err(Code::Val03)),
        (0.000_009, Ok(0)),
        (0.000_011, Err(Code::Val03)),
        (-163_504.32, Ok(-16_350_432)),
        (1e10, Ok(1_000_000_000_000)),
        (1e10 + 0.01, Err(Code::Val04)),
        (1e300, Err(Code::Val04)),
        (f64::NAN, Err(Code::Val01)),
        (f64::INFINITY, Err(Code::Val01)),
        (f64::NEG_INFINITY, Err(Code::Val01)),
    ];
    for (euro, expected) in cases {
        assert_eq!(cents(euro), expected, "{euro}");
    }
}

#[test]
fn counts_are_whole() {
    assert_eq!(count(12.0).ok(), Some(12));
    assert_eq!(count(-3.0).ok(), Some(-3));
    assert_eq!(count(12.000_000_000_1).ok(), Some(12));
    for number in [12.5, 1e10, f64::NAN, f64::INFINITY] {
        assert_eq!(count(number).expect_err("no count").code(), Code::Val05);
    }
}

#[test]
fn dates_lie_in_their_window_in_both_date_systems() {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let cases = [
        (41_640.0, Epoch::From1900, day(2014, 1, 1)),
        (41_639.0, Epoch::From1900, None),
        (49_674.0, Epoch::From1900, day(2035, 12, 31)),
        (49_675.0, Epoch::From1900, None),
        (45_657.0, Epoch::From1900, day(2024, 12, 31)),
        (45_657.75, Epoch::From1900, day(2024, 12, 31)),
        (44_195.0, Epoch::From1904, day(2024, 12, 31)),
        (40_178.0, Epoch::From1904, day(2014, 1, 1)),
        (40_177.0, Epoch::From1904, None),
    ];
    for (serial, epoch, expected) in cases {
        assert_eq!(date(serial, epoch).ok(), expected, "{serial}");
    }
    for (serial, code) in [
        (60.0, Code::Val07),
        (60.5, Code::Val07),
        (f64::NAN, Code::Val07),
        (f64::INFINITY, Code::Val07),
        (59.0, Code::Val08),
        (-5.0, Code::Val08),
        (-1e300, Code::Val08),
        (2_958_466.0, Code::Val08),
        (1e300, Code::Val08),
    ] {
        assert_eq!(
            date(serial, Epoch::From1900).expect_err("no date").code(),
            code,
            "{serial}"
        );
    }
    assert_eq!(calendar_day(59.0, Epoch::From1900), day(1900, 2, 28));
    assert_eq!(calendar_day(61.0, Epoch::From1900), day(1900, 3, 1));
    assert_eq!(calendar_day(60.0, Epoch::From1900), None);
}

#[test]
fn numbers_are_shown_as_a_german_program_shows_them() {
    for (number, text) in [
        (12.345, "12,345"),
        (-0.5, "-0,5"),
        (1e-12, "1e-12"),
        (1e21, "1e21"),
        (0.0, "0"),
        (f64::NAN, "NaN"),
    ] {
        assert_eq!(shown(number), text);
    }
    assert_eq!(decimal(0.1), Some(Decimal::new(1, 1)));
    assert_eq!(decimal(1e300), None);
    assert_eq!(decimal(f64::NAN), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    /// Whatever a person types with two decimals is read to the cent, also as a sum of other such numbers.
    #[test]
    fn typed_amounts_are_exact(cents in -1_000_000_000_000_i64..=1_000_000_000_000) {
        let typed: f64 = Money::from_cents(cents).to_string().parse().expect("a number");
        prop_assert_eq!(money(typed).map(Money::cents).ok(), Some(cents));
    }

    #[test]
    fn sums_of_typed_amounts_are_exact(all in prop::collection::vec(-100_000_000_i64..100_000_000, 0..200)) {
        let typed = |cents: &i64| *cents as f64 / 100.0;
        let sum: f64 = all.iter().map(typed).sum();
        prop_assert_eq!(money(sum).map(Money::cents).ok(), Some(all.iter().sum()));
    }

    #[test]
    fn no_number_panics(number in any::<f64>()) {
        let _ = (money(number), count(number), shown(number), decimal(number));
        for epoch in [Epoch::From1900, Epoch::From1904] {
            if let Ok(date) = date(number, epoch) {
                prop_assert!((first_date()..=last_date()).contains(&date));
            }
        }
    }
}
