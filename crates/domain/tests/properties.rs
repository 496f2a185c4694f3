//! What holds for all values, not for examples: the numbered properties of `PROPERTIES.md`.

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    cell::{CellRef, column_letters},
    finding::{Code, Detail},
    language::Language,
    money::Money,
    quarter::Quarter,
    rate::Rate,
    region::{RegionCategory, RegionSplit},
    rules::value::{DecimalConvention, amount, count, date, percent, quarter, text},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

const CONVENTIONS: [DecimalConvention; 2] = [DecimalConvention::Comma, DecimalConvention::Point];

/// The convention in which a language writes its numbers.
const fn convention(language: Language) -> DecimalConvention {
    match language {
        Language::De => DecimalConvention::Comma,
        Language::En => DecimalConvention::Point,
    }
}

/// Amounts that a cell may hold.
fn cents() -> impl Strategy<Value = i64> {
    let limit = Money::CELL_LIMIT.cents();
    prop_oneof![-100_000_i64..=100_000, -limit..=limit]
}

/// What people and machines type into cells with numbers.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[-−]?[0-9]{1,4}([.,' \u{a0}\u{202f}][0-9]{1,3}){0,3}( ?(€|EUR))?",
        2 => "[0-9.,' €+()eE_xkA%–-]{0,16}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn p01_the_parts_of_an_amount_sum_to_it(
        cents in any::<i64>().prop_map(|cents| cents / 2),
        weights in prop::collection::vec(0_u64..=1_000_000, 1..12),
    ) {
        let parts = Money::from_cents(cents).allocate(&weights);
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.cents())).sum::<i128>(), i128::from(cents));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn p02_each_part_is_less_than_a_cent_off_its_share(
        cents in cents(),
        weights in prop::collection::vec(1_u64..=1_000_000, 1..12),
    ) {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        for (part, weight) in Money::from_cents(cents).allocate(&weights).iter().zip(&weights) {
            let off = i128::from(part.cents()) * total - i128::from(cents) * i128::from(*weight);
            prop_assert!(off.abs() < total);
        }
    }

    #[test]
    fn p03_a_share_is_at_most_half_a_cent_off(cents in cents(), millionth in 0_i64..=1_000_000) {
        let share = Money::from_cents(cents).share(Rate::from_fraction(Decimal::new(millionth, 6)));
        let off = i128::from(share.cents()) * 1_000_000 - i128::from(cents) * i128::from(millionth);
        prop_assert!(off.abs() <= 500_000);
    }

    #[test]
    fn p04_the_parts_of_a_region_split_sum_to_the_amount(cents in cents(), percent in 1_i64..=99) {
        let shares = vec![
            (RegionCategory::MoreDeveloped, Rate::from_percent(percent)),
            (RegionCategory::Transition, Rate::from_percent(100 - percent)),
        ];
        let parts = RegionSplit::new(shares).unwrap().divide(Money::from_cents(cents));
        prop_assert_eq!(parts.iter().map(|(_, part)| *part).sum::<Money>(), Money::from_cents(cents));
    }

    #[test]
    fn p05_an_amount_as_shown_is_read_as_the_same_amount(cents in cents()) {
        let money = Money::from_cents(cents);
        for language in Language::ALL {
            let shown = money.display(language);
            prop_assert_eq!(amount::read(&shown, convention(language)), Ok(money), "{}", shown);
        }
        for convention in CONVENTIONS {
            prop_assert_eq!(amount::read(&money.to_string(), convention), Ok(money));
        }
    }

    #[test]
    fn p06_what_both_conventions_read_is_one_value(typed in typed()) {
        let [comma, point] = CONVENTIONS.map(|convention| amount::read(&typed, convention));
        prop_assert!(!matches!((&comma, &point), (Ok(comma), Ok(point)) if comma != point), "{}", typed);
        let [comma, point] = CONVENTIONS.map(|convention| count::read(&typed, convention));
        prop_assert!(!matches!((&comma, &point), (Ok(comma), Ok(point)) if comma != point), "{}", typed);
        let [comma, point] = CONVENTIONS.map(|convention| percent::read(&typed, convention));
        prop_assert!(!matches!((&comma, &point), (Ok(comma), Ok(point)) if comma != point), "{}", typed);
    }

    #[test]
    fn p07_what_is_refused_as_ambiguous_is_read_by_the_other_convention(typed in typed()) {
        let [comma, point] = CONVENTIONS.map(|convention| amount::read(&typed, convention));
        for (one, other) in [(&comma, &point), (&point, &comma)] {
            if matches!(one, Err(Detail::Ambiguous { .. })) {
                prop_assert!(other.is_ok(), "{}", typed);
            }
        }
    }

    #[test]
    fn p08_whatever_is_typed_is_read_or_refused_with_a_bounded_quote(typed in typed()) {
        for convention in CONVENTIONS {
            let refusals = [
                amount::read(&typed, convention).err(),
                count::read(&typed, convention).err(),
                percent::read(&typed, convention).err(),
                quarter::read(&typed).err(),
                date::read_text(&typed).err(),
                Some(date::refuse_text(&typed)),
            ];
            for refusal in refusals.into_iter().flatten() {
                let said = refusal.text(Language::De);
                prop_assert!(said.chars().count() < 1_200 && !said.chars().any(text::is_unsafe), "{}", said);
            }
        }
    }

    #[test]
    fn p09_an_accepted_amount_is_within_the_limit(typed in typed()) {
        for convention in CONVENTIONS {
            if let Ok(money) = amount::read(&typed, convention) {
                prop_assert!(money.abs() <= Money::CELL_LIMIT);
            }
        }
    }

    #[test]
    fn p10_a_count_as_shown_is_read_as_the_same_count(value in -count::LIMIT..=count::LIMIT) {
        for language in Language::ALL {
            prop_assert_eq!(count::read(&language.count(value), convention(language)), Ok(value));
        }
    }

    #[test]
    fn p11_a_percentage_as_shown_is_read_as_the_same_rate(permille in 0_i64..=1_000) {
        let rate = Rate::from_fraction(Decimal::new(permille, 3));
        for language in Language::ALL {
            prop_assert_eq!(percent::read(&rate.display(language), convention(language)), Ok(rate));
        }
    }

    #[test]
    fn p12_a_quarter_in_any_usual_form_is_read_as_the_same_quarter(year in 2013_i32..=2099, number in 1_u32..=4) {
        let expected = Quarter::new(year, number).unwrap();
        let roman = ["I", "II", "III", "IV"][usize::try_from(number).unwrap() - 1];
        let forms = [
            expected.to_string(),
            expected.display(Language::De),
            expected.display(Language::En),
            format!("Q{number}/{year}"),
            format!("{roman}/{year}"),
            format!("Q{number}/{:02}", year % 100),
        ];
        for form in forms {
            prop_assert_eq!(quarter::read(&form), Ok(expected), "{}", form);
        }
    }

    #[test]
    fn p13_quarters_have_an_order_without_gaps(ordinal in 8_000_i32..8_399) {
        let quarter = Quarter::from_ordinal(ordinal).unwrap();
        prop_assert_eq!(quarter.next().previous(), quarter);
        prop_assert_eq!(quarter.next().first_day(), quarter.last_day() + Days::new(1));
        prop_assert_eq!(quarter.to_string().parse(), Ok(quarter));
        prop_assert_eq!(Quarter::of(quarter.last_day()), Some(quarter));
    }

    #[test]
    fn p14_a_date_in_the_window_is_read_in_every_form(days in 0_u64..8_035) {
        let expected = date::FIRST + Days::new(days);
        for form in ["%d.%m.%Y", "%-d.%-m.%Y", "%d.%m.%y", "%d. %m. %Y", "%Y-%m-%d"] {
            let typed = expected.format(form).to_string();
            prop_assert_eq!(date::read_text(&typed), Ok(expected), "{}", typed);
        }
    }

    #[test]
    fn p15_a_date_outside_the_window_is_refused(days in 1_u64..40_000, after in any::<bool>()) {
        let outside = if after { date::LAST + Days::new(days) } else { date::FIRST - Days::new(days) };
        let refusal = date::read_text(&outside.format("%d.%m.%Y").to_string()).unwrap_err();
        prop_assert_eq!(refusal.code(), Code::Val08);
    }

    #[test]
    fn p16_a_text_that_was_read_is_read_as_itself(typed in any::<String>()) {
        if let Ok(once) = text::read(&typed) {
            prop_assert!(!once.chars().any(text::is_unsafe));
            prop_assert_eq!(text::read(&once), Ok(once));
        }
    }

    #[test]
    fn p17_every_column_has_letters_of_its_own(col in any::<u16>()) {
        let value = |letters: &str| letters.bytes().fold(0_u32, |sum, byte| sum * 26 + u32::from(byte - b'A') + 1);
        prop_assert_eq!(value(&column_letters(col)), u32::from(col) + 1);
    }

    #[test]
    fn p18_cells_sort_as_a_reader_walks_a_sheet(a in any::<(u32, u16)>(), b in any::<(u32, u16)>()) {
        let cell = |(row, col)| CellRef::at("Belege", row, col);
        prop_assert_eq!(cell(a).cmp(&cell(b)), a.cmp(&b));
    }
}

#[test]
fn the_window_of_dates_has_the_days_that_p14_walks() {
    assert_eq!((date::LAST - date::FIRST).num_days(), 8_034);
    assert_eq!(NaiveDate::from_ymd_opt(2014, 1, 1), Some(date::FIRST));
}
