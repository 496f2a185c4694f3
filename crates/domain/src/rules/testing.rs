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

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::{
    cell::{CellRef, Located},
    context::{GenderCounts, ReportingContext},
    figures::{FundFigure, IndicatorFigure, QuarterlyFigures, TypedOver, Voucher},
    finding::{Code, Finding, Shown},
    key::IndicatorCode,
    money::Money,
    quarter::Quarter,
    round::{FundingRound, shipped},
    rules::value::{DecimalConvention, amount},
};

mod sound;

pub(crate) use sound::disbursement;
use sound::{context, counters, expenditure, funds, indicators, set_counts, voucher, vouchers};

/// A round, a context and a quarter's figures that belong together.
#[derive(Clone)]
pub(crate) struct Grid {
    pub(crate) round: FundingRound,
    pub(crate) context: ReportingContext,
    pub(crate) figures: QuarterlyFigures,
}

/// A code and a grid that breaks its rule.
pub(crate) type Example = (Code, fn() -> Grid);

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
