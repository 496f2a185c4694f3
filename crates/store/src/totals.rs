//! The totals of an upload in one text, written with it and read by ledgers: 270 subprojects × 12 quarters in
//! milliseconds instead of half a million cells.
//!
//! One total a line, fields separated by tabs: `e` item cents, `f` source called received spent, `i` indicator women
//! men non-binary total, `c` counter count. Lines stand in the order of kind and key. A test compares every total with
//! the figures it sums.

use std::{borrow::Borrow, collections::BTreeMap};

use nachweis_domain::{
    context::{FundTotals, GenderCounts},
    figures::{IndicatorFigure, QuarterlyFigures},
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    money::Money,
};

use crate::{
    error::StoreError,
    kept::{self, Unreadable},
};

/// A total of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    Expenditure(ItemKey, Money),
    Fund(SourceKey, FundTotals),
    Indicator(IndicatorCode, GenderCounts),
    Counter(CounterKey, i64),
}

/// Sums the figures of a workbook into text.
pub(crate) fn encode(figures: &QuarterlyFigures) -> Result<String, StoreError> {
    let mut sums: BTreeMap<(char, &str), [i64; 4]> = BTreeMap::new();
    let mut add = |kind: char, key, values: [i64; 4]| {
        let sum = sums.entry((kind, key)).or_default();
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum = sum.checked_add(value).ok_or_else(|| kept::unfit("a total"))?;
        }
        Ok::<(), StoreError>(())
    };
    for figure in &figures.expenditure {
        add('e', figure.item.as_str(), [figure.amount.value.cents(), 0, 0, 0])?;
    }
    for figure in &figures.funds {
        let cents = |cell: &Option<nachweis_domain::cell::Located<Money>>| {
            cell.as_ref().map_or(0, |amount| amount.value.cents())
        };
        let values = [
            cents(&figure.called),
            cents(&figure.received),
            cents(&figure.spent),
            0,
        ];
        add('f', figure.source.as_str(), values)?;
    }
    for figure in &figures.indicators {
        add('i', figure.code.as_str(), persons(figure)?)?;
    }
    for figure in &figures.counters {
        let count = figure.count.as_ref().map_or(0, |count| count.value);
        add('c', figure.counter.as_str(), [count, 0, 0, 0])?;
    }
    let mut text = String::with_capacity(sums.len() * 24);
    for ((kind, key), values) in sums {
        write_line(&mut text, kind, key, values)?;
    }
    Ok(text)
}

/// Women, men, non-binary and all together, within the limits that make the sum safe.
fn persons(figure: &IndicatorFigure) -> Result<[i64; 4], StoreError> {
    let mut counts = [0; 4];
    let cells = [&figure.women, &figure.men, &figure.non_binary, &figure.total];
    for (count, cell) in counts.iter_mut().zip(cells) {
        *count = kept::bounded("a count", cell.as_ref().map_or(0, |cell| cell.value))?;
    }
    let [women, men, non_binary, _] = counts;
    Ok([women, men, non_binary, figure.sum()])
}

fn write_line(text: &mut String, kind: char, key: &str, values: [i64; 4]) -> Result<(), StoreError> {
    use std::fmt::Write;
    if key.chars().any(char::is_control) {
        return Err(kept::unfit("a key with control characters"));
    }
    let used = match kind {
        'f' => 3,
        'i' => 4,
        _ => 1,
    };
    let written = write!(text, "{kind}\t{key}").and_then(|()| {
        values
            .iter()
            .take(used)
            .try_for_each(|value| write!(text, "\t{value}"))?;
        writeln!(text)
    });
    written.map_err(|_never| kept::unfit("a total"))
}

/// Keys already met, so that equal names share one allocation. Uploads name the same keys in the same order.
struct Names<K> {
    met: Vec<K>,
    next: usize,
}

impl<K: Borrow<str> + Clone> Names<K> {
    const fn new() -> Self {
        Self {
            met: Vec::new(),
            next: 0,
        }
    }

    fn get(&mut self, name: &str, make: impl Fn(&str) -> K) -> K {
        let expected = self.met.get(self.next).is_some_and(|key| key.borrow() == name);
        let at = if expected {
            self.next
        } else {
            let found = self.met.iter().position(|key| key.borrow() == name);
            found.unwrap_or_else(|| {
                self.met.push(make(name));
                self.met.len() - 1
            })
        };
        self.next = at + 1;
        self.met.get(at).cloned().unwrap_or_else(|| make(name))
    }
}

/// Reads totals back, sharing the keys of all texts it reads.
pub(crate) struct Reader {
    items: Names<ItemKey>,
    sources: Names<SourceKey>,
    indicators: Names<IndicatorCode>,
    counters: Names<CounterKey>,
}

impl Reader {
    pub(crate) const fn new() -> Self {
        Self {
            items: Names::new(),
            sources: Names::new(),
            indicators: Names::new(),
            counters: Names::new(),
        }
    }

    /// Gives each total of a text in the order of kind and key.
    pub(crate) fn read(&mut self, text: &str, mut each: impl FnMut(Total)) -> Result<(), Unreadable> {
        (self.items.next, self.sources.next) = (0, 0);
        (self.indicators.next, self.counters.next) = (0, 0);
        for line in text.lines() {
            each(self.line(line).ok_or(Unreadable("totals"))?);
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Option<Total> {
        let (kind, rest) = line.split_once('\t')?;
        let (key, values) = rest.split_once('\t')?;
        let mut values = values.split('\t').map(|value| value.parse::<i64>().ok());
        let mut value = || values.next()?;
        let total = match kind {
            "e" => Total::Expenditure(
                self.items.get(key, |name| ItemKey::new(name)),
                Money::from_cents(value()?),
            ),
            "f" => Total::Fund(
                self.sources.get(key, |name| SourceKey::new(name)),
                FundTotals {
                    called: Money::from_cents(value()?),
                    received: Money::from_cents(value()?),
                    spent: Money::from_cents(value()?),
                },
            ),
            "i" => Total::Indicator(
                self.indicators.get(key, |name| IndicatorCode::new(name)),
                GenderCounts {
                    women: value()?,
                    men: value()?,
                    non_binary: value()?,
                    total: value()?,
                },
            ),
            "c" => Total::Counter(self.counters.get(key, |name| CounterKey::new(name)), value()?),
            _ => return None,
        };
        values.next().is_none().then_some(total)
    }
}

#[cfg(test)]
mod tests {
    use nachweis_domain::{cell::CellRef, cell::Located, figures::ItemFigure};

    use super::*;

    fn item(key: &str, cents: i64) -> ItemFigure {
        ItemFigure {
            item: ItemKey::new(key),
            amount: Located::new(Money::from_cents(cents), CellRef::at("Ausgaben", 4, 4)),
        }
    }

    #[test]
    fn totals_come_back_in_the_order_of_their_keys() {
        let figures = QuarterlyFigures {
            expenditure: vec![item("b", -5), item("a", 7), item("b", 1)],
            ..QuarterlyFigures::default()
        };
        let text = encode(&figures).unwrap();
        assert_eq!(text, "e\ta\t7\ne\tb\t-4\n");
        let mut read = Vec::new();
        Reader::new().read(&text, |total| read.push(total)).unwrap();
        let expected = |key, cents| Total::Expenditure(ItemKey::new(key), Money::from_cents(cents));
        assert_eq!(read, [expected("a", 7), expected("b", -4)]);
    }

    #[test]
    fn a_damaged_text_is_not_read() {
        for text in [
            "e\ta",
            "e\ta\t",
            "e\ta\t1\t2",
            "x\ta\t1",
            "f\ta\t1\t2",
            "i\ta\t1\t2\t3",
            "e\ta\t1,5",
        ] {
            assert_eq!(
                Reader::new().read(text, drop),
                Err(Unreadable("totals")),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_key_that_would_break_a_line_is_not_kept() {
        let figures = QuarterlyFigures {
            expenditure: vec![item("a\tb", 1)],
            ..QuarterlyFigures::default()
        };
        assert!(matches!(encode(&figures), Err(StoreError::Unfit { .. })));
    }
}
