//! What rules look at: the figures of a quarter with round, plan and history, found by key and summed once.

use std::collections::BTreeMap;

use crate::{
    cell::CellRef,
    context::{FundTotals, GenderCounts, ReportingContext},
    figures::{CounterFigure, IndicatorFigure, ItemFigure, QuarterlyFigures},
    finding::{Code, Shown, Span, Who},
    key::{CounterKey, ItemKey},
    language::Text,
    money::Money,
    round::{FundingRound, ItemKind, SourceKind},
};

/// The figures of a quarter with everything they are checked against.
pub(super) struct Subject<'a> {
    /// The round, whose data decide.
    pub(super) round: &'a FundingRound,
    /// The subproject, its plan and its history.
    pub(super) context: &'a ReportingContext,
    /// The figures as read.
    pub(super) figures: &'a QuarterlyFigures,
    items: BTreeMap<&'a str, &'a ItemFigure>,
    indicators: BTreeMap<&'a str, &'a IndicatorFigure>,
    counters: BTreeMap<&'a str, &'a CounterFigure>,
}

impl<'a> Subject<'a> {
    /// Looks up and sums what several rules need. Of rows that occur twice the first counts (`TPL-17` says so).
    pub(super) fn new(
        round: &'a FundingRound,
        context: &'a ReportingContext,
        figures: &'a QuarterlyFigures,
    ) -> Self {
        // Later entries win in a collected map, so the rows are taken in reverse.
        let items = figures.expenditure.iter().rev();
        let indicators = figures.indicators.iter().rev();
        let counters = figures.counters.iter().rev();
        Self {
            round,
            context,
            figures,
            items: items.map(|figure| (figure.item.as_str(), figure)).collect(),
            indicators: indicators.map(|figure| (figure.code.as_str(), figure)).collect(),
            counters: counters.map(|figure| (figure.counter.as_str(), figure)).collect(),
        }
    }

    /// Whether a rule runs for this report.
    pub(super) fn runs(&self, code: Code) -> bool {
        self.round.severity(code, self.context.quarter).is_some()
    }

    /// The amount typed over the formula of a cell.
    pub(super) fn typed_amount(&self, at: &CellRef) -> Option<Money> {
        match self.typed_over(at)? {
            Shown::Money(typed) => Some(*typed),
            Shown::Count(_) | Shown::Text(_) | Shown::Nothing => None,
        }
    }

    /// The count typed over the formula of a cell.
    pub(super) fn typed_count(&self, at: &CellRef) -> Option<i64> {
        match self.typed_over(at)? {
            Shown::Count(typed) => Some(*typed),
            Shown::Money(_) | Shown::Text(_) | Shown::Nothing => None,
        }
    }

    fn typed_over(&self, at: &CellRef) -> Option<&'a Shown> {
        let mut typed = self.figures.typed_over.iter();
        typed.find(|typed| typed.at == *at).map(|typed| &typed.typed)
    }

    // Expenditure

    /// The figure of a plan item.
    pub(super) fn item(&self, item: &ItemKey) -> Option<&'a ItemFigure> {
        self.items.get(item.as_str()).copied()
    }

    /// The name of a plan item, its key where the round does not know it.
    pub(super) fn item_name(&self, item: &ItemKey) -> Text {
        self.round.plan_item(item).map_or_else(
            || Text::new(item.as_str(), item.as_str()),
            |spec| spec.name.clone(),
        )
    }

    /// How the amount of a plan item comes about.
    pub(super) fn item_kind(&self, item: &ItemKey) -> Option<&'a ItemKind> {
        self.round.plan_item(item).map(|spec| &spec.kind)
    }

    /// Spent on an item in the quarter; a missing figure counts nothing.
    pub(super) fn spent_in_quarter(&self, item: &ItemKey) -> Money {
        self.item(item)
            .map(|figure| figure.amount.value)
            .unwrap_or_default()
    }

    /// Spent on an item in the grant period up to the end of the quarter.
    pub(super) fn spent(&self, item: &ItemKey) -> Money {
        let before = self.context.history.spent.get(item).copied().unwrap_or_default();
        before + self.spent_in_quarter(item)
    }

    /// Spent on an item in the calendar year up to the end of the quarter.
    pub(super) fn spent_in_year(&self, item: &ItemKey) -> Money {
        let history = &self.context.history;
        let before = history.spent_this_year.get(item).copied().unwrap_or_default();
        before + self.spent_in_quarter(item)
    }

    /// Whether every plan item of the round has a figure, so that totals are meaningful.
    pub(super) fn has_all_items(&self) -> bool {
        self.round
            .plan_items
            .iter()
            .all(|item| self.item(&item.key).is_some())
    }

    /// The eligible expenditure of the quarter; income is deducted.
    pub(super) fn total_in_quarter(&self) -> Money {
        let items = self.round.plan_items.iter();
        items
            .map(|item| self.round.signed(&item.key, self.spent_in_quarter(&item.key)))
            .sum()
    }

    /// The eligible expenditure of the grant period up to the end of the quarter; income is deducted.
    pub(super) fn total(&self) -> Money {
        let history = self.context.history.spent.iter();
        let before: Money = history
            .map(|(item, amount)| self.round.signed(item, *amount))
            .sum();
        before + self.total_in_quarter()
    }

    /// The cell of the largest amount of the quarter and all others that are not zero: where a total comes from.
    pub(super) fn cells_of_total(&self) -> Option<(CellRef, Vec<CellRef>)> {
        let mut figures: Vec<&ItemFigure> = self.figures.expenditure.iter().collect();
        figures.sort_by_key(|figure| std::cmp::Reverse(figure.amount.value));
        let (first, others) = figures.split_first()?;
        let others = others.iter().filter(|figure| !figure.amount.value.is_zero());
        Some((
            first.amount.at.clone(),
            others.map(|figure| figure.amount.at.clone()).collect(),
        ))
    }

    // Sources

    /// Money of all sources of a kind up to the end of the quarter; `None` when one of them has no figure for what was
    /// spent.
    pub(super) fn spent_from(&self, kind: SourceKind) -> Option<Money> {
        let sources = self.round.sources.iter().filter(|source| source.kind == kind);
        sources
            .map(|source| {
                let figure = self.figures.funds.iter().find(|fund| fund.source == source.key)?;
                let before = self.funds_before(&source.key).spent;
                Some(before + figure.spent.as_ref()?.value)
            })
            .sum()
    }

    /// Money of a source up to the end of the previous quarter.
    pub(super) fn funds_before(&self, source: &crate::key::SourceKey) -> FundTotals {
        self.context
            .history
            .funds
            .get(source)
            .copied()
            .unwrap_or_default()
    }

    /// The cell of what was spent from the first source of a kind, and those of the others.
    pub(super) fn cells_of_source(&self, kind: SourceKind) -> Option<(CellRef, Vec<CellRef>)> {
        let of_kind = |key| self.round.source(key).is_some_and(|source| source.kind == kind);
        let mut cells = self
            .figures
            .funds
            .iter()
            .filter(|fund| of_kind(&fund.source))
            .filter_map(|fund| fund.spent.as_ref())
            .map(|spent| spent.at.clone());
        Some((cells.next()?, cells.collect()))
    }

    /// How far a sum of amounts that were rounded once in each quarter so far can lie from the sum of the exact ones:
    /// half a cent for each quarter.
    pub(super) fn rounding_room(&self) -> Money {
        let quarters = self.context.subproject.grant_period.quarters();
        let so_far = quarters
            .iter()
            .filter(|quarter| **quarter <= self.context.quarter)
            .count();
        Money::from_cents(i64::try_from(so_far.div_ceil(2)).unwrap_or_default())
    }

    // Indicators and counters

    /// The figure of an indicator.
    pub(super) fn indicator(&self, code: &str) -> Option<&'a IndicatorFigure> {
        self.indicators.get(code).copied()
    }

    /// The count of an indicator; `None` where the workbook has none. All together are women, men and non-binary persons,
    /// of whom only the last may be absent; entities have their total.
    pub(super) fn count(&self, code: &str, who: Who, span: Span) -> Option<i64> {
        let figure = self.indicator(code)?;
        let in_quarter = count_in_quarter(figure, who)?;
        match span {
            Span::Quarter => Some(in_quarter),
            Span::Cumulative => in_quarter.checked_add(self.count_before(code, who)),
        }
    }

    /// The count of an indicator up to the end of the previous quarter.
    pub(super) fn count_before(&self, code: &str, who: Who) -> i64 {
        let before = self
            .context
            .history
            .indicators
            .get(code)
            .copied()
            .unwrap_or_default();
        let GenderCounts {
            women,
            men,
            non_binary,
            total,
        } = before;
        match who {
            Who::Women => women,
            Who::Men => men,
            Who::NonBinary => non_binary,
            Who::All if (women, men, non_binary) == (0, 0, 0) => total,
            Who::All => women.saturating_add(men).saturating_add(non_binary),
        }
    }

    /// The cell of a count: that of the gender, of the total, or the row's key cell.
    pub(super) fn count_cell(&self, code: &str, who: Who) -> Option<CellRef> {
        let figure = self.indicator(code)?;
        let cell = match who {
            Who::Women => &figure.women,
            Who::Men => &figure.men,
            Who::NonBinary => &figure.non_binary,
            Who::All => &figure.total,
        };
        Some(cell.as_ref().map_or(&figure.at, |count| &count.at).clone())
    }

    /// The figure of a counter.
    pub(super) fn counter(&self, counter: &CounterKey) -> Option<&'a CounterFigure> {
        self.counters.get(counter.as_str()).copied()
    }

    /// A counter in the quarter; `None` where the workbook has no count.
    pub(super) fn counter_in_quarter(&self, counter: &CounterKey) -> Option<i64> {
        Some(self.counter(counter)?.count.as_ref()?.value)
    }

    /// A counter up to the end of the previous quarter.
    pub(super) fn counter_before(&self, counter: &CounterKey) -> i64 {
        self.context
            .history
            .counters
            .get(counter)
            .copied()
            .unwrap_or_default()
    }
}

fn count_in_quarter(figure: &IndicatorFigure, who: Who) -> Option<i64> {
    let value = |count: &Option<crate::cell::Located<i64>>| count.as_ref().map(|count| count.value);
    let (women, men) = (value(&figure.women), value(&figure.men));
    match who {
        Who::Women => women,
        Who::Men => men,
        Who::NonBinary => value(&figure.non_binary),
        Who::All if women.is_none() && men.is_none() && figure.non_binary.is_none() => value(&figure.total),
        Who::All => women?
            .checked_add(men?)?
            .checked_add(value(&figure.non_binary).unwrap_or(0)),
    }
}
