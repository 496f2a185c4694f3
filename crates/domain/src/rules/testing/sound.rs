//! What is sound: the sheets of one quarter, and what was reported and planned before it.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate};

use super::{day, quarter};
use crate::{
    cell::{CellRef, Located},
    context::{FundTotals, GenderCounts, History, ReportingContext},
    figures::{
        CounterFigure, FundFigure, IndicatorFigure, ItemFigure, QuarterlyFigures, Voucher, VoucherColumn,
        VoucherList,
    },
    key::{ActionFieldKey, CounterKey, ItemKey, RoundCode, SourceKey, StrandKey, SubprojectNo},
    money::Money,
    period::Period,
    plan::{Disbursement, PlanVersion},
    region::{Land, Nuts2, RegionCategory, RegionSplit},
    round::{Counted, FundingRound},
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};

/// Euro of each plan item in the quarter.
const ITEMS: [(&str, i64); 5] = [
    ("staff_employees", 7_500),
    ("freelancer_fees", 2_500),
    ("remaining_costs", 4_000),
    ("participant_costs", 1_000),
    ("income", 0),
];

/// Euro of each source in the quarter.
const SOURCES: [(&str, i64); 5] = [
    ("esf_plus", 6_000),
    ("federal", 8_250),
    ("own_public", 750),
    ("own_private", 0),
    ("third_party", 0),
];

/// Women, men, non-binary persons of each indicator in the quarter; others are zero, sums are summed.
const COUNTS: [(&str, [i64; 3]); 16] = [
    ("EECO01", [6, 3, 1]),
    ("EECO02", [4, 2, 0]),
    ("EECO03", [1, 1, 0]),
    ("EECO04", [1, 0, 1]),
    ("EECO05", [1, 1, 0]),
    ("EECO07", [2, 1, 0]),
    ("EECO08", [1, 0, 0]),
    ("EECO09", [1, 1, 0]),
    ("EECO10", [3, 1, 1]),
    ("EECO11", [2, 1, 0]),
    ("EECO13", [5, 3, 1]),
    ("EECO14", [6, 3, 1]),
    ("EECR01", [1, 0, 0]),
    ("EECR03", [2, 1, 0]),
    ("EECR04", [2, 1, 0]),
    ("EECR06", [1, 0, 0]),
];

const COUNTERS: [(&str, i64); 6] = [
    ("contacts_first", 4),
    ("contacts_qualification", 1),
    ("contacts_follow_up", 2),
    ("contacts_total", 7),
    ("qualification_finished", 5),
    ("qualification_dropped_out", 1),
];

/// The quarters before the third of 2024, and how many of them lie in 2024.
const QUARTERS_BEFORE: i64 = 6;
const OF_THIS_YEAR: i64 = 2;

pub(super) fn row(index: usize) -> u32 {
    u32::try_from(index + 4).expect("few rows")
}

pub(super) fn expenditure() -> Vec<ItemFigure> {
    let figure = |(index, (item, euro)): (usize, (&str, i64))| ItemFigure {
        item: ItemKey::new(item),
        amount: Located::new(Money::from_euro(euro), CellRef::at("Ausgaben", row(index), 4)),
    };
    ITEMS.into_iter().enumerate().map(figure).collect()
}

pub(super) fn vouchers() -> VoucherList {
    use VoucherColumn::{Amount, Corrects, Item, Number, PaidOn, Payee, Purpose};
    let columns = [Number, PaidOn, Payee, Purpose, Item, Amount, Corrects];
    VoucherList {
        sheet: Arc::from("Belege"),
        columns: columns.into_iter().zip(0..).collect(),
        rows: vec![
            voucher(4, "B-1", "staff_employees", 5_000),
            voucher(5, "B-2", "staff_employees", 2_500),
            voucher(6, "B-3", "freelancer_fees", 2_500),
            voucher(7, "B-4", "participant_costs", 1_000),
        ],
    }
}

pub(super) fn voucher(row: u32, number: &str, item: &str, euro: i64) -> Voucher {
    Voucher {
        row,
        number: Some(number.to_owned()),
        paid_on: Some(day(8, 15)),
        payee: Some("Beispiel gGmbH".to_owned()),
        purpose: Some("Lehrgang".to_owned()),
        item: Some(ItemKey::new(item)),
        amount: Some(Money::from_euro(euro)),
        corrects: None,
    }
}

pub(super) fn funds() -> Vec<FundFigure> {
    let figure = |(index, (source, euro)): (usize, (&str, i64))| {
        let cell = |col| {
            Some(Located::new(
                Money::from_euro(euro),
                CellRef::at("Mittel", row(index), col),
            ))
        };
        FundFigure {
            source: SourceKey::new(source),
            at: CellRef::at("Mittel", row(index), 0),
            called: cell(1),
            received: cell(2),
            spent: cell(3),
        }
    };
    SOURCES.into_iter().enumerate().map(figure).collect()
}

pub(super) fn set_counts(row: &mut IndicatorFigure, [women, men, non_binary]: [i64; 3]) {
    let cell = |count, col| Some(Located::new(count, CellRef::at("Indikatoren", row.at.row(), col)));
    row.women = cell(women, 2);
    row.men = cell(men, 3);
    row.non_binary = cell(non_binary, 4);
    row.total = cell(women + men + non_binary, 5);
}

pub(super) fn indicators(round: &FundingRound) -> Vec<IndicatorFigure> {
    let base: BTreeMap<&str, [i64; 3]> = COUNTS.into_iter().collect();
    let counts = |code: &str| base.get(code).copied().unwrap_or_default();
    let figure = |(index, spec): (usize, &crate::round::IndicatorSpec)| {
        let mut figure = IndicatorFigure {
            code: spec.code.clone(),
            at: CellRef::at("Indikatoren", row(index), 0),
            women: None,
            men: None,
            non_binary: None,
            total: None,
            corrects: None,
            note: None,
        };
        let sum = round.reserved_sums.iter().find(|sum| sum.code == spec.code);
        let parts: Vec<[i64; 3]> = match sum {
            Some(sum) => sum.parts.iter().map(|part| counts(part.as_str())).collect(),
            None => vec![counts(spec.code.as_str())],
        };
        set_counts(
            &mut figure,
            std::array::from_fn(|gender| parts.iter().map(|part| part[gender]).sum()),
        );
        if spec.counts == Counted::Entities {
            (figure.women, figure.men, figure.non_binary) = (None, None, None);
        }
        figure
    };
    round.indicators.iter().enumerate().map(figure).collect()
}

pub(super) fn counters(round: &FundingRound) -> Vec<CounterFigure> {
    let base: BTreeMap<&str, i64> = COUNTERS.into_iter().collect();
    let figure = |(index, spec): (usize, &crate::round::CounterSpec)| CounterFigure {
        counter: spec.key.clone(),
        at: CellRef::at("Kennzahlen", row(index), 0),
        count: Some(Located::new(
            base.get(spec.key.as_str()).copied().unwrap_or_default(),
            CellRef::at("Kennzahlen", row(index), 2),
        )),
    };
    round.counters.iter().enumerate().map(figure).collect()
}

pub(super) fn context(round: &FundingRound, figures: &QuarterlyFigures) -> ReportingContext {
    ReportingContext {
        subproject: subproject(),
        network_name: Some("IQ Netzwerk NRW-Ost".to_owned()),
        quarter: quarter("2024-Q3"),
        template_version: round.template_version.clone(),
        plan: plan(),
        history: history(figures),
    }
}

fn subproject() -> Subproject {
    Subproject {
        no: SubprojectNo::new("IQ23-NW-017"),
        round: RoundCode::new("2023-2025"),
        kind: SubprojectKind::Regional,
        title: "Anerkennungsberatung Ostwestfalen".to_owned(),
        carrier: Carrier {
            name: "Beispielträger".to_owned(),
        },
        network: None,
        land: Some(Land::NordrheinWestfalen),
        nuts2: None::<Nuts2>,
        regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
        strand: StrandKey::new("counselling"),
        action_field: ActionFieldKey::new("counselling"),
        grant_period: Period {
            first: NaiveDate::from_ymd_opt(2023, 1, 1).expect("a date"),
            last: NaiveDate::from_ymd_opt(2025, 12, 31).expect("a date"),
        },
        award_path: AwardPath::Direct,
    }
}

fn plan() -> PlanVersion {
    let of_years = |euro: i64| {
        (2023..=2025)
            .map(|year| (year, Money::from_euro(4 * euro)))
            .collect()
    };
    PlanVersion {
        number: 1,
        effective_from: NaiveDate::from_ymd_opt(2023, 1, 1).expect("a date"),
        recorded_at: DateTime::UNIX_EPOCH,
        items: ITEMS
            .into_iter()
            .map(|(item, euro)| (ItemKey::new(item), of_years(euro)))
            .collect(),
        sources: SOURCES
            .into_iter()
            .map(|(source, euro)| (SourceKey::new(source), Money::from_euro(12 * euro)))
            .collect(),
        targets: BTreeMap::new(),
    }
}

fn history(figures: &QuarterlyFigures) -> History {
    let items = |quarters: i64| {
        let item = move |(item, euro): (&str, i64)| (ItemKey::new(item), Money::from_euro(quarters * euro));
        ITEMS.into_iter().map(item).collect()
    };
    let counts =
        |count: &Option<Located<i64>>| count.as_ref().map_or(0, |count| count.value) * QUARTERS_BEFORE;
    History {
        spent: items(QUARTERS_BEFORE),
        spent_this_year: items(OF_THIS_YEAR),
        funds: SOURCES
            .into_iter()
            .map(|(source, euro)| {
                let amount = Money::from_euro(QUARTERS_BEFORE * euro);
                let totals = FundTotals {
                    called: amount,
                    received: amount,
                    spent: amount,
                };
                (SourceKey::new(source), totals)
            })
            .collect(),
        indicators: figures
            .indicators
            .iter()
            .map(|row| {
                let before = GenderCounts {
                    women: counts(&row.women),
                    men: counts(&row.men),
                    non_binary: counts(&row.non_binary),
                    total: counts(&row.total),
                };
                (row.code.clone(), before)
            })
            .collect(),
        counters: COUNTERS
            .into_iter()
            .map(|(key, count)| (CounterKey::new(key), count * QUARTERS_BEFORE))
            .collect(),
        reported_quarters: None,
        disbursements: vec![disbursement(day(7, 15), "esf_plus", 42_000)],
        voucher_numbers: ["A-1".to_owned(), "A-2".to_owned()].into(),
    }
}

/// Money paid out to the subproject.
pub(crate) fn disbursement(paid_on: NaiveDate, source: &str, euro: i64) -> Disbursement {
    Disbursement {
        paid_on,
        source: SourceKey::new(source),
        amount: Money::from_euro(euro),
    }
}
