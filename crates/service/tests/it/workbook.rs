//! Filled workbooks for the stories, as a lead would hand them in.

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    cell::{CellRef, Located},
    context::ReportingContext,
    figures::{
        CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure, QuarterlyFigures, Voucher,
        VoucherList,
    },
    key::{ItemKey, SourceKey},
    language::Language,
    money::Money,
    quarter::Quarter,
    record::IssueId,
    round::{Counted, FundingRound},
};
use nachweis_ingest::{IssueStamp, SealKey, issue_filled};
use uuid::Uuid;

/// What a voucher of the stories amounts to.
pub(crate) const VOUCHER: Money = Money::from_euro(100);

/// What so many vouchers make in total: with the flat rate of 40 %.
pub(crate) fn total(vouchers: u32) -> Money {
    Money::from_euro(140 * i64::from(vouchers))
}

/// Where a value stands does not matter for filling.
fn at<T>(value: T) -> Located<T> {
    Located::new(value, CellRef::at("x", 0, 0))
}

/// Right figures with so many vouchers for employees: no findings. All counts are zero.
pub(crate) fn figures(round: &FundingRound, quarter: Quarter, vouchers: u32) -> QuarterlyFigures {
    let euro = |each: i64| Money::from_euro(each * i64::from(vouchers));
    QuarterlyFigures {
        expenditure: expenditure(round, euro(100), euro(40)),
        vouchers: VoucherList {
            sheet: "Belege".into(),
            columns: [].into(),
            rows: (1..=vouchers).map(|number| voucher(quarter, number)).collect(),
        },
        funds: round
            .sources
            .iter()
            .map(|source| {
                fund(
                    &source.key,
                    match source.key.as_str() {
                        "esf_plus" => euro(56),
                        "federal" => euro(77),
                        "own_private" => euro(7),
                        _ => Money::ZERO,
                    },
                )
            })
            .collect(),
        indicators: round
            .indicators
            .iter()
            .map(|spec| {
                let persons = (spec.counts == Counted::Persons).then(|| at(0));
                IndicatorFigure {
                    code: spec.code.clone(),
                    at: CellRef::at("x", 0, 0),
                    women: persons.clone(),
                    men: persons.clone(),
                    non_binary: persons,
                    total: Some(at(0)),
                    corrects: None,
                    note: None,
                }
            })
            .collect(),
        counters: round
            .counters
            .iter()
            .map(|spec| CounterFigure {
                counter: spec.key.clone(),
                at: CellRef::at("x", 0, 0),
                count: Some(at(0)),
            })
            .collect(),
        narrative: round
            .narrative
            .iter()
            .map(|part| NarrativeFigure {
                part: part.key.clone(),
                text: at("Alles verläuft wie geplant.".to_owned()),
            })
            .collect(),
        typed_over: Vec::new(),
    }
}

fn expenditure(round: &FundingRound, staff: Money, remaining: Money) -> Vec<ItemFigure> {
    let amount = |item: &ItemKey| match item.as_str() {
        "staff_employees" => staff,
        "remaining_costs" => remaining,
        _ => Money::ZERO,
    };
    round
        .plan_items
        .iter()
        .map(|spec| ItemFigure {
            item: spec.key.clone(),
            amount: at(amount(&spec.key)),
        })
        .collect()
}

fn fund(source: &SourceKey, amount: Money) -> FundFigure {
    FundFigure {
        source: source.clone(),
        at: CellRef::at("x", 0, 0),
        called: Some(at(amount)),
        received: Some(at(amount)),
        spent: Some(at(amount)),
    }
}

fn voucher(quarter: Quarter, number: u32) -> Voucher {
    let paid_on: NaiveDate = quarter.first_day() + Days::new(u64::from(number % 80));
    Voucher {
        row: 0,
        number: Some(format!("{quarter}-{number:05}")),
        paid_on: Some(paid_on),
        payee: Some("Lohnkonto".to_owned()),
        purpose: Some("Gehalt".to_owned()),
        item: Some(ItemKey::new("staff_employees")),
        amount: Some(VOUCHER),
        corrects: None,
    }
}

/// The workbook of a context with these figures, sealed with the key.
pub(crate) fn filled(
    round: &FundingRound,
    context: &ReportingContext,
    figures: &QuarterlyFigures,
    key: &SealKey,
) -> Vec<u8> {
    let stamp = IssueStamp {
        id: IssueId(Uuid::from_u128(1)),
        issued_at: "2024-10-01T08:00:00Z".parse().unwrap(),
    };
    issue_filled(round, context, &stamp, Language::De, key, figures).unwrap()
}
