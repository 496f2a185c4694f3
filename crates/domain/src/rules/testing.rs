//! A quarter's figures for tests: [`Grid::sound`] breaks no rule, the builders change one thing.
//!
//! Defaults: round 2023–2025, a counselling subproject in a more developed region, the third quarter of 2024 in the
//! middle of a plan of EUR 60,000 a year, spent evenly so far. Sheets and columns stand as in the workbook.
//!
//! | Cell | Default |
//! |---|---|
//! | `Ausgaben!E5` … `E9` | staff 7,500, freelancers 2,500, flat rate 4,000, participants 1,000, income 0 |
//! | `Belege` rows 5 to 8 | B-1 5,000 and B-2 2,500 (staff), B-3 2,500 (freelancers), B-4 1,000 (participants) |
//! | `Mittel!D5` … `D9` | ESF Plus 6,000, federal 8,250, own (public) 750, nothing else |
//! | `Indikatoren` | ten participants: six women (column C), three men (D), one non-binary person (E), total (F) |
//! | `Kennzahlen` | seven contacts, five who finished, one who dropped out |

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use chrono::{DateTime, NaiveDate};

use crate::{
    cell::{CellRef, Located},
    context::{FundTotals, GenderCounts, History, ReportingContext},
    figures::{
        CounterFigure, FundFigure, IndicatorFigure, ItemFigure, QuarterlyFigures, TypedOver, Voucher,
        VoucherColumn, VoucherList,
    },
    finding::{Code, Finding, Shown},
    key::{
        ActionFieldKey, CounterKey, IndicatorCode, ItemKey, RoundCode, SourceKey, StrandKey, SubprojectNo,
    },
    money::Money,
    period::Period,
    plan::{Disbursement, PlanVersion},
    quarter::Quarter,
    region::{Land, Nuts2, RegionCategory, RegionSplit},
    round::{Counted, FundingRound, shipped},
    rules::value::{DecimalConvention, amount},
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};

/// A round, a context and a quarter's figures that belong together.
#[derive(Clone)]
pub(crate) struct Grid {
    pub(crate) round: FundingRound,
    pub(crate) context: ReportingContext,
    pub(crate) figures: QuarterlyFigures,
}

/// A code and a grid that breaks its rule.
pub(crate) type Example = (Code, fn() -> Grid);

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

impl Grid {
    /// Figures that break no rule.
    pub(crate) fn sound() -> Self {
        static ROUND: OnceLock<FundingRound> = OnceLock::new();
        let round = ROUND.get_or_init(|| {
            let mut rounds = shipped().into_iter();
            let round = rounds.find(|round| round.code.as_str() == "2023-2025");
            round.expect("the round ships")
        });
        let figures = QuarterlyFigures {
            expenditure: expenditure(),
            vouchers: vouchers(),
            funds: funds(),
            indicators: indicators(round),
            counters: counters(round),
            narrative: Vec::new(),
            typed_over: Vec::new(),
        };
        Self {
            context: context(round, &figures),
            round: round.clone(),
            figures,
        }
    }

    /// All findings.
    pub(crate) fn check(&self) -> Vec<Finding> {
        super::check(&self.round, &self.context, &self.figures)
    }

    /// The cells of the findings of a code, `-` for the workbook as a whole.
    pub(crate) fn cells(&self, code: Code) -> Vec<String> {
        let of_code = self.check().into_iter().filter(|finding| finding.code() == code);
        of_code
            .map(|finding| finding.at.map_or("-".to_owned(), |at| at.to_string()))
            .collect()
    }

    /// The codes and cells of all findings.
    pub(crate) fn lines(&self) -> Vec<String> {
        let found = self.check().into_iter();
        found
            .map(|finding| match &finding.at {
                Some(at) => format!("{} {at}", finding.code()),
                None => finding.code().to_string(),
            })
            .collect()
    }

    /// Sets the amount of a plan item, in euro with a decimal point.
    pub(crate) fn spend(mut self, item: &str, amount: &str) -> Self {
        let figure = self
            .figures
            .expenditure
            .iter_mut()
            .find(|figure| figure.item.as_str() == item);
        figure.expect("the item has a figure").amount.value = money(amount);
        self
    }

    /// Changes the voucher of a number from `B-1` to `B-4`.
    pub(crate) fn voucher(mut self, number: &str, change: impl FnOnce(&mut Voucher)) -> Self {
        let mut rows = self.figures.vouchers.rows.iter_mut();
        change(
            rows.find(|voucher| voucher.number.as_deref() == Some(number))
                .expect("the voucher exists"),
        );
        self
    }

    /// Adds a voucher: row 9, `B-5`, nothing on staff.
    pub(crate) fn add_voucher(mut self, change: impl FnOnce(&mut Voucher)) -> Self {
        let rows = &mut self.figures.vouchers.rows;
        let row = rows.last().map_or(4, |last| last.row + 1);
        let mut added = voucher(row, "B-5", "staff_employees", 0);
        change(&mut added);
        rows.push(added);
        self
    }

    /// Changes the figures of a source.
    pub(crate) fn fund(mut self, source: &str, change: impl FnOnce(&mut FundFigure)) -> Self {
        let mut funds = self.figures.funds.iter_mut();
        change(
            funds
                .find(|fund| fund.source.as_str() == source)
                .expect("the source has a figure"),
        );
        self
    }

    /// Sets what was spent from a source, in euro with a decimal point.
    pub(crate) fn spend_from(self, source: &str, amount: &str) -> Self {
        self.fund(source, |fund| {
            fund.spent.as_mut().expect("spent is set").value = money(amount);
        })
    }

    /// Changes the row of an indicator.
    pub(crate) fn indicator(mut self, code: &str, change: impl FnOnce(&mut IndicatorFigure)) -> Self {
        let mut rows = self.figures.indicators.iter_mut();
        change(
            rows.find(|row| row.code.as_str() == code)
                .expect("the indicator has a figure"),
        );
        self
    }

    /// Sets the counts of an indicator with the right total, and the reserved sums that hold it.
    pub(crate) fn count(mut self, code: &str, counts: [i64; 3]) -> Self {
        self = self.indicator(code, |row| set_counts(row, counts));
        for sum in self.round.reserved_sums.clone() {
            let parts: Vec<[i64; 3]> = sum
                .parts
                .iter()
                .map(|part| self.counts_of(part.as_str()))
                .collect();
            let counts = std::array::from_fn(|gender| parts.iter().map(|part| part[gender]).sum());
            self = self.indicator(sum.code.as_str(), |row| set_counts(row, counts));
        }
        self
    }

    fn counts_of(&self, code: &str) -> [i64; 3] {
        let mut rows = self.figures.indicators.iter();
        let row = rows
            .find(|row| row.code.as_str() == code)
            .expect("the indicator has a figure");
        [&row.women, &row.men, &row.non_binary].map(|count| count.as_ref().map_or(0, |count| count.value))
    }

    /// Sets what earlier quarters counted for an indicator.
    pub(crate) fn counted_before(mut self, code: &str, [women, men, non_binary]: [i64; 3]) -> Self {
        let counts = GenderCounts {
            women,
            men,
            non_binary,
            total: women + men + non_binary,
        };
        self.context
            .history
            .indicators
            .insert(IndicatorCode::new(code), counts);
        self
    }

    /// Sets a counter.
    pub(crate) fn counter(mut self, key: &str, count: Option<i64>) -> Self {
        let mut rows = self.figures.counters.iter_mut();
        let row = rows
            .find(|row| row.counter.as_str() == key)
            .expect("the counter has a figure");
        let at = CellRef::at("Kennzahlen", row.at.row(), 2);
        row.count = count.map(|count| Located::new(count, at));
        self
    }

    /// Puts a number in place of a formula, such as that of `Ausgaben!E7`; the figure stays what is computed.
    pub(crate) fn typed_over(mut self, cell: &str, typed: Shown) -> Self {
        let (sheet, a1) = cell.split_once('!').expect("a sheet and a cell");
        let (letter, row) = a1.split_at(1);
        let row: u32 = row.parse().expect("a row");
        let col = u16::from(letter.as_bytes()[0] - b'A');
        let at = CellRef::at(sheet, row - 1, col);
        self.figures.typed_over.push(TypedOver { at, typed });
        self
    }

    /// Changes the context.
    pub(crate) fn context(mut self, change: impl FnOnce(&mut ReportingContext)) -> Self {
        change(&mut self.context);
        self
    }

    /// Changes the round.
    pub(crate) fn round(mut self, change: impl FnOnce(&mut FundingRound)) -> Self {
        change(&mut self.round);
        self
    }
}

fn money(amount: &str) -> Money {
    amount::read(amount, DecimalConvention::Point).expect("an amount")
}

/// A day of 2024.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, month, day).expect("a day of 2024")
}

/// A quarter such as `2024-Q3`.
pub(crate) fn quarter(text: &str) -> Quarter {
    text.parse().expect("a quarter")
}

fn row(index: usize) -> u32 {
    u32::try_from(index + 4).expect("few rows")
}

fn expenditure() -> Vec<ItemFigure> {
    let figure = |(index, (item, euro)): (usize, (&str, i64))| ItemFigure {
        item: ItemKey::new(item),
        amount: Located::new(Money::from_euro(euro), CellRef::at("Ausgaben", row(index), 4)),
    };
    ITEMS.into_iter().enumerate().map(figure).collect()
}

fn vouchers() -> VoucherList {
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

fn voucher(row: u32, number: &str, item: &str, euro: i64) -> Voucher {
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

fn funds() -> Vec<FundFigure> {
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

fn set_counts(row: &mut IndicatorFigure, [women, men, non_binary]: [i64; 3]) {
    let cell = |count, col| Some(Located::new(count, CellRef::at("Indikatoren", row.at.row(), col)));
    row.women = cell(women, 2);
    row.men = cell(men, 3);
    row.non_binary = cell(non_binary, 4);
    row.total = cell(women + men + non_binary, 5);
}

fn indicators(round: &FundingRound) -> Vec<IndicatorFigure> {
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

fn counters(round: &FundingRound) -> Vec<CounterFigure> {
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

fn context(round: &FundingRound, figures: &QuarterlyFigures) -> ReportingContext {
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
