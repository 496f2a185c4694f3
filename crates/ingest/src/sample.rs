//! A made-up subproject with plan, history and figures, for tests and the example program. No real organisation.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    cell::{CellRef, Located},
    context::{FundTotals, GenderCounts, History, ReportingContext},
    figures::{
        CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure, QuarterlyFigures, Voucher,
        VoucherList,
    },
    key::{NetworkCode, SubprojectNo},
    money::Money,
    period::Period,
    plan::PlanVersion,
    quarter::Quarter,
    region::{Land, Nuts2, RegionCategory, RegionSplit},
    round::{Counted, FundingRound, ItemKind, shipped},
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};

/// The shipped round of a code.
pub(crate) fn round(code: &str) -> FundingRound {
    shipped()
        .into_iter()
        .find(|round| round.code.as_str() == code)
        .expect("the round ships")
}

/// The context of the third quarter of the round's second year.
pub(crate) fn context(round: &FundingRound) -> ReportingContext {
    let year = round
        .period
        .first
        .format("%Y")
        .to_string()
        .parse::<i32>()
        .expect("a year")
        + 1;
    let quarter = Quarter::new(year, 3).expect("a quarter");
    ReportingContext {
        subproject: subproject(round),
        network_name: Some("Regionales Integrationsnetzwerk NRW – Ost".to_owned()),
        quarter,
        template_version: round.template_version.clone(),
        plan: plan(round, year),
        history: history(round),
    }
}

fn subproject(round: &FundingRound) -> Subproject {
    Subproject {
        no: SubprojectNo::new(format!("{}-NW-017", round.number_prefix)),
        round: round.code.clone(),
        kind: SubprojectKind::Regional,
        title: "Brücke in den Beruf – Qualifizierung „Pflege & Technik“".to_owned(),
        carrier: Carrier {
            name: "Musterverein für berufliche Bildung e. V.".to_owned(),
        },
        network: Some(NetworkCode::new("RIN-NW-OST")),
        land: Some(Land::NordrheinWestfalen),
        nuts2: Nuts2::all().find(|nuts2| nuts2.code() == "DEA4"),
        regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
        strand: round.strands.first().expect("a strand").key.clone(),
        action_field: round.action_fields.first().expect("an action field").key.clone(),
        grant_period: Period {
            first: round.period.first,
            last: round.period.last,
        },
        award_path: AwardPath::Direct,
    }
}

fn plan(round: &FundingRound, year: i32) -> PlanVersion {
    let amounts = (1..).map(|step| Money::from_cents(4_000_000 + step * 1_234_567));
    PlanVersion {
        number: 2,
        effective_from: round.period.first,
        recorded_at: moment(),
        items: round
            .plan_items
            .iter()
            .zip(amounts)
            .map(|(item, amount)| {
                (
                    item.key.clone(),
                    BTreeMap::from([(year - 1, amount), (year, amount + amount)]),
                )
            })
            .collect(),
        sources: round
            .sources
            .iter()
            .map(|source| (source.key.clone(), Money::from_euro(100_000)))
            .collect(),
        targets: round
            .indicators
            .iter()
            .step_by(2)
            .map(|indicator| (indicator.code.clone(), 120))
            .collect(),
    }
}

fn history(round: &FundingRound) -> History {
    let totals = FundTotals {
        called: Money::from_cents(2_000_050),
        received: Money::from_cents(1_900_025),
        spent: Money::from_cents(1_850_075),
    };
    History {
        spent: round
            .plan_items
            .iter()
            .map(|item| (item.key.clone(), Money::from_cents(1_111_111)))
            .collect(),
        spent_this_year: round
            .plan_items
            .iter()
            .map(|item| (item.key.clone(), Money::from_cents(222_222)))
            .collect(),
        funds: round
            .sources
            .iter()
            .map(|source| (source.key.clone(), totals))
            .collect(),
        indicators: round
            .indicators
            .iter()
            .map(|indicator| {
                let counts = GenderCounts {
                    women: 11,
                    men: 9,
                    non_binary: 1,
                    total: 21,
                };
                (indicator.code.clone(), counts)
            })
            .collect(),
        counters: round
            .counters
            .iter()
            .map(|counter| (counter.key.clone(), 77))
            .collect(),
        disbursements: Vec::new(),
        ..History::default()
    }
}

/// When sample workbooks are issued.
pub(crate) fn moment() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2024-10-01T08:00:00Z")
        .expect("a moment")
        .to_utc()
}

/// Numbers that follow from a seed, without a library.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Numbers from a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(bound.max(1))).unwrap_or_default()
    }
}

/// Figures of a quarter that keep every rule of arithmetic of the template; cells are those of a fresh workbook.
pub(crate) fn figures(
    context: &ReportingContext,
    round: &FundingRound,
    seed: u64,
    vouchers: usize,
) -> QuarterlyFigures {
    let mut numbers = Numbers::new(seed);
    let vouchers = voucher_list(context, round, &mut numbers, vouchers);
    let expenditure = expenditure(round, &vouchers);
    QuarterlyFigures {
        funds: round
            .sources
            .iter()
            .enumerate()
            .map(|(index, source)| {
                let row = fund_row(index);
                let first = if round.template_version.as_str() == "2026-1" {
                    6
                } else {
                    5
                };
                let mut money =
                    |col: u16| Some(Located::new(cents(&mut numbers), CellRef::at("Mittel", row, col)));
                FundFigure {
                    source: source.key.clone(),
                    at: CellRef::at("Mittel", row, 0),
                    called: money(first),
                    received: money(first + 1),
                    spent: money(first + 2),
                }
            })
            .collect(),
        indicators: indicators(context, round, &mut numbers),
        counters: counters(round, &mut numbers),
        narrative: round
            .narrative
            .iter()
            .enumerate()
            .map(|(index, part)| NarrativeFigure {
                part: part.key.clone(),
                text: Located::new(
                    format!(
                        "{}:\nDie Kurse sind angelaufen – „plangemäß“. =1+1 bleibt Text.",
                        part.name.de
                    ),
                    CellRef::at("Sachbericht", fund_row(index), 2),
                ),
            })
            .collect(),
        expenditure,
        vouchers,
        typed_over: Vec::new(),
    }
}

fn fund_row(index: usize) -> u32 {
    5 + u32::try_from(index).expect("few rows")
}

fn cents(numbers: &mut Numbers) -> Money {
    Money::from_cents(i64::from(numbers.below(9_000_000)))
}

fn voucher_list(
    context: &ReportingContext,
    round: &FundingRound,
    numbers: &mut Numbers,
    length: usize,
) -> VoucherList {
    use nachweis_domain::figures::VoucherColumn as Column;
    let items: Vec<_> = round
        .plan_items
        .iter()
        .filter(|item| !matches!(item.kind, ItemKind::FlatRate { .. }))
        .collect();
    let rows = (0..length).map(|index| {
        let pick = numbers.below(u32::try_from(items.len()).expect("few items"));
        let day = context.quarter.first_day() + chrono::Days::new(numbers.below(90).into());
        Voucher {
            row: fund_row(index),
            number: Some(format!("B-{:04}", index + 1)),
            paid_on: Some(day),
            payee: Some(
                [
                    "Musterdruck GmbH",
                    "Beispiel & Söhne KG",
                    "Stadtwerke Musterstadt",
                ][index % 3]
                    .to_owned(),
            ),
            purpose: Some(format!("Rechnung {} – Schulungsräume", numbers.below(99_999))),
            item: Some(items[usize::try_from(pick).expect("an index")].key.clone()),
            amount: Some(cents(numbers)),
            corrects: (index % 17 == 16).then(|| context.quarter.previous()),
        }
    });
    VoucherList {
        sheet: "Belege".into(),
        columns: [
            Column::Number,
            Column::PaidOn,
            Column::Payee,
            Column::Purpose,
            Column::Item,
            Column::Amount,
            Column::Corrects,
        ]
        .into_iter()
        .zip(0..)
        .collect(),
        rows: rows.collect(),
    }
}

fn expenditure(round: &FundingRound, vouchers: &VoucherList) -> Vec<ItemFigure> {
    let of = |key: &nachweis_domain::key::ItemKey| -> Money {
        let matching = vouchers
            .rows
            .iter()
            .filter(|voucher| voucher.item.as_ref() == Some(key));
        matching.filter_map(|voucher| voucher.amount).sum()
    };
    let col = if round.template_version.as_str() == "2026-1" {
        5
    } else {
        4
    };
    (0..)
        .zip(&round.plan_items)
        .map(|(index, item)| {
            let amount = match &item.kind {
                ItemKind::FlatRate { base, rate, .. } => base.iter().map(of).sum::<Money>().share(*rate),
                ItemKind::Actual | ItemKind::Income => of(&item.key),
            };
            ItemFigure {
                item: item.key.clone(),
                amount: Located::new(amount, CellRef::at("Ausgaben", fund_row(index), col)),
            }
        })
        .collect()
}

fn indicators(
    context: &ReportingContext,
    round: &FundingRound,
    numbers: &mut Numbers,
) -> Vec<IndicatorFigure> {
    let mut figures: Vec<IndicatorFigure> = Vec::new();
    let shift = u16::from(round.template_version.as_str() == "2026-1");
    for (index, spec) in round.indicators.iter().enumerate() {
        let row = fund_row(index);
        let cell = |col| CellRef::at("Indikatoren", row, col);
        let parts = round
            .reserved_sums
            .iter()
            .find(|sum| sum.code == spec.code)
            .map(|sum| &sum.parts);
        let mut count = |col: u16, of: fn(&IndicatorFigure) -> i64| {
            let value = match parts {
                Some(parts) => figures
                    .iter()
                    .filter(|figure| parts.contains(&figure.code))
                    .map(of)
                    .sum(),
                None => i64::from(numbers.below(40)),
            };
            Located::new(value, cell(col))
        };
        let get = |value: &Option<Located<i64>>| value.as_ref().map_or(0, |value| value.value);
        let figure = if spec.counts == Counted::Entities {
            IndicatorFigure {
                code: spec.code.clone(),
                at: cell(0),
                women: None,
                men: None,
                non_binary: None,
                total: Some(count(7, IndicatorFigure::sum)),
                corrects: None,
                note: None,
            }
        } else {
            let women = Some(count(4, |figure| {
                figure.women.as_ref().map_or(0, |value| value.value)
            }));
            let men = Some(count(5, |figure| {
                figure.men.as_ref().map_or(0, |value| value.value)
            }));
            let non_binary = Some(count(6, |figure| {
                figure.non_binary.as_ref().map_or(0, |value| value.value)
            }));
            let total = get(&women) + get(&men) + get(&non_binary);
            IndicatorFigure {
                code: spec.code.clone(),
                at: cell(0),
                women,
                men,
                non_binary,
                total: Some(Located::new(total, cell(7))),
                corrects: (index == 3).then(|| Located::new(context.quarter.previous(), cell(8 + shift))),
                note: (index == 3)
                    .then(|| Located::new("Doppelzählung berichtigt".to_owned(), cell(9 + shift))),
            }
        };
        figures.push(figure);
    }
    figures
}

fn counters(round: &FundingRound, numbers: &mut Numbers) -> Vec<CounterFigure> {
    let mut figures: Vec<CounterFigure> = Vec::new();
    let col = if round.template_version.as_str() == "2026-1" {
        2
    } else {
        3
    };
    for (index, spec) in round.counters.iter().enumerate() {
        let value = if spec.sum_of.is_empty() {
            i64::from(numbers.below(300))
        } else {
            let parts = figures
                .iter()
                .filter(|figure| spec.sum_of.contains(&figure.counter));
            parts
                .filter_map(|figure| figure.count.as_ref())
                .map(|count| count.value)
                .sum()
        };
        figures.push(CounterFigure {
            counter: spec.key.clone(),
            at: CellRef::at("Kennzahlen", fund_row(index), 0),
            count: Some(Located::new(
                value,
                CellRef::at("Kennzahlen", fund_row(index), col),
            )),
        });
    }
    figures
}

/// The figures of `fixtures/workbooks`.
pub(crate) fn fixture(context: &ReportingContext, round: &FundingRound) -> QuarterlyFigures {
    figures(context, round, 7, 40)
}
