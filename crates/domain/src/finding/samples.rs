//! One finding of every kind, with values as they occur, for the snapshots of texts and the catalogue.

use chrono::NaiveDate;

mod template;

use super::{Column, Detail, MissingGroup, Shown, Span, Who};
use crate::{
    key::IndicatorCode,
    language::Text,
    money::Money,
    quarter::Quarter,
    rate::Rate,
    rules::value::{
        DecimalConvention, amount, count, date, percent, quarter as quarter_text, text as text_value,
    },
};

/// At least one detail of every code, in the order of the codes; those of value reading come from the readers.
pub(crate) fn samples() -> Vec<Detail> {
    [values(), template::template(), finance(), indicators()].concat()
}

fn refused<T: std::fmt::Debug>(reading: Result<T, Detail>) -> Detail {
    reading.expect_err("the sample is refused")
}

fn values() -> Vec<Detail> {
    let convention = DecimalConvention::Comma;
    let amount = |typed: &str| refused(amount::read(typed, convention));
    vec![
        amount("ca. 100"),
        Detail::AmountShownOtherwise { stored: "0,5".into() },
        Detail::CountShownOtherwise { stored: "2".into() },
        amount("1,234"),
        refused(percent::read("0,4", convention)),
        refused(date::read_text("03/04/2024")),
        refused(quarter_text::read("3/2024")),
        amount("12,3456"),
        amount("99.999.999.999"),
        refused(count::read("12,5", convention)),
        refused(percent::read("120 %", convention)),
        date::refuse_text("31.12.2024"),
        refused(date::read_text("Ende Mai")),
        refused(date::read_text("31.12.1924")),
        refused(quarter_text::read("Q5/2024")),
        amount(""),
        refused(count::read("", convention)),
        Detail::Missing {
            column: Column::Narrative,
        },
        Detail::NothingEntered {
            column: Column::Count,
        },
        Detail::NothingEntered {
            column: Column::Narrative,
        },
        Detail::RowsEmpty {
            rows: (6..23).chain(30..36).collect(),
        },
        amount("k. A."),
        refused(text_value::read(&"x".repeat(32_768))),
        refused(text_value::read("Lehr\u{200b}gang")),
        Detail::ErrorValue {
            typed: "#REF!".into(),
        },
        Detail::ErrorResult {
            typed: "#REF!".into(),
            computed: Shown::Count(12),
        },
        Detail::UnknownChoice {
            typed: "Miete".into(),
            choices: "Honorare, Ausgaben für Teilnehmende".into(),
        },
    ]
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn quarter(number: u32) -> Quarter {
    Quarter::new(2024, number).expect("a quarter")
}

fn fees() -> Text {
    Text::new("Honorare", "Freelancer fees")
}

#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn finance() -> Vec<Detail> {
    let percent = Rate::from_percent;
    let euro = Money::from_euro;
    vec![
        Detail::VoucherSum {
            item: fees(),
            amount: euro(2_600),
            vouchers: euro(2_500),
        },
        Detail::FlatRate {
            item: Text::new("Restkostenpauschale", "Remaining-cost flat rate"),
            found: euro(4_100),
            base: euro(10_000),
            rate: percent(40),
            expected: euro(4_000),
        },
        Detail::VoucherOnFlatRate {
            item: Text::new("Restkostenpauschale", "Remaining-cost flat rate"),
        },
        Detail::PaidOutsideQuarter {
            paid_on: day(2024, 10, 2),
            quarter: quarter(3),
        },
        Detail::PaidOutsideGrant {
            paid_on: day(2022, 12, 30),
            first: day(2023, 1, 1),
            last: day(2025, 12, 31),
        },
        Detail::DuplicateVoucher {
            number: "B-2".into(),
            earlier: false,
        },
        Detail::DuplicateVoucher {
            number: "A-2".into(),
            earlier: true,
        },
        Detail::ItemOverWarning {
            item: fees(),
            year: Some(2024),
            plan: euro(4_000),
            spent: euro(4_800),
            over: percent(20),
            threshold: percent(15),
        },
        Detail::ItemOverWarning {
            item: fees(),
            year: None,
            plan: euro(12_000),
            spent: euro(14_000),
            over: percent(17),
            threshold: percent(15),
        },
        Detail::ItemOverWarning {
            item: fees(),
            year: Some(2024),
            plan: Money::ZERO,
            spent: euro(1),
            over: Rate::WHOLE,
            threshold: percent(15),
        },
        Detail::ItemOverWarning {
            item: fees(),
            year: None,
            plan: Money::ZERO,
            spent: euro(1),
            over: Rate::WHOLE,
            threshold: percent(15),
        },
        Detail::ItemNotOffset {
            item: fees(),
            plan: euro(12_000),
            spent: euro(12_600),
            over: euro(600),
            offset: euro(500),
        },
        Detail::ItemNeedsConsent {
            item: fees(),
            plan: euro(12_000),
            spent: euro(15_000),
            over: percent(25),
            threshold: percent(20),
        },
        Detail::ItemNeedsConsent {
            item: fees(),
            plan: Money::ZERO,
            spent: euro(15_000),
            over: Rate::WHOLE,
            threshold: percent(20),
        },
        Detail::ItemOverLimit {
            item: fees(),
            plan: euro(12_000),
            spent: euro(15_000),
            over: percent(25),
            threshold: percent(20),
            offset: euro(500),
        },
        Detail::ItemOverLimit {
            item: fees(),
            plan: Money::ZERO,
            spent: euro(15_000),
            over: Rate::WHOLE,
            threshold: percent(20),
            offset: Money::ZERO,
        },
        Detail::OverAward {
            spent: euro(190_000),
            awarded: euro(180_000),
        },
        Detail::SourcesSum {
            sources: euro(14_900),
            spent: euro(15_000),
        },
        Detail::UnionShare {
            amount: euro(43_000),
            allowed: euro(42_000),
        },
        Detail::OwnFunds {
            amount: euro(5_000),
            required: euro(5_250),
        },
        Detail::UnspentCall {
            unspent: euro(5_000),
            days: 42,
        },
        Detail::NegativeAmount { amount: euro(-200) },
        Detail::CorrectionQuarter {
            corrects: quarter(4),
            quarter: quarter(3),
        },
        Detail::VoucherIncomplete {
            column: Column::VoucherNumber,
        },
        Detail::VoucherIncomplete {
            column: Column::Payee,
        },
        Detail::VoucherLacks {
            columns: vec![Column::PaidOn, Column::Payee, Column::Amount],
        },
    ]
}

#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn indicators() -> Vec<Detail> {
    let (women, cumulative) = (Who::Women, Span::Cumulative);
    let code = IndicatorCode::new;
    vec![
        Detail::StatusSum {
            who: women,
            span: Span::Quarter,
            total: 7,
            sum: 6,
        },
        Detail::PartExceeds {
            who: Who::Men,
            span: cumulative,
            part: 5,
            whole: 4,
        },
        Detail::AgeExceeds {
            who: Who::NonBinary,
            span: Span::Quarter,
            sum: 4,
            total: 3,
        },
        Detail::EducationExceeds {
            who: Who::All,
            span: cumulative,
            sum: 1_235,
            total: 1_234,
        },
        Detail::TraitExceeds {
            code: code("EECO12"),
            who: women,
            span: Span::Quarter,
            part: 4,
            total: 3,
        },
        Detail::ThirdCountry {
            who: women,
            span: Span::Quarter,
            third_country: 5,
            background: 4,
        },
        Detail::GenderSum {
            code: code("EECO01"),
            sum: 10,
            total: 11,
        },
        Detail::ReservedSum {
            code: code("EECO02+04"),
            who: women,
            span: Span::Quarter,
            found: 6,
            expected: 5,
        },
        Detail::ResultExceedsOutput {
            code: code("EECR03"),
            who: women,
            result: 43,
            output: 42,
        },
        Detail::ResultExceedsGroup {
            code: code("EECR04"),
            who: women,
            result: 36,
            group: "EECO02 + EECO04".into(),
            size: 35,
        },
        Detail::ResultsExceedLeavers {
            code: code("EECR03"),
            result: 45,
            leavers: 42,
        },
        Detail::FallWithoutCorrection {
            name: Text::new("Beratene Personen", "Persons advised"),
            before: 4,
            after: 3,
        },
        Detail::CountInvalid { count: -3 },
        Detail::NoEducationOrAge {
            span: Span::Quarter,
            total: 10,
            missing: MissingGroup::Education,
        },
        Detail::NoEducationOrAge {
            span: cumulative,
            total: 70,
            missing: MissingGroup::Age,
        },
        Detail::Children { count: 2 },
        Detail::ForeignBackground {
            count: 55,
            total: 70,
            expected: Rate::from_percent(90),
        },
        Detail::EntitiesUnexpected {
            code: code("EECO19"),
            count: 3,
        },
        Detail::EducationIncomplete {
            who: women,
            span: Span::Quarter,
            sum: 5,
            total: 6,
        },
        Detail::CounterSum {
            counter: Text::new("Beratungskontakte insgesamt", "Counselling contacts in total"),
            found: 8,
            expected: 7,
        },
    ]
}
