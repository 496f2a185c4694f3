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
    error::{Kind, StoreError},
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
            *sum = sum.checked_add(value).ok_or_else(|| kept::unfit(Kind::Figure))?;
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
        *count = kept::bounded(cell.as_ref().map_or(0, |cell| cell.value))?;
    }
    let [women, men, non_binary, _] = counts;
    Ok([women, men, non_binary, figure.sum()])
}

fn write_line(text: &mut String, kind: char, key: &str, values: [i64; 4]) -> Result<(), StoreError> {
    use std::fmt::Write;
    if key.chars().any(char::is_control) {
        return Err(kept::unfit(Kind::Text));
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
    written.map_err(|_never| kept::unfit(Kind::Figure))
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

    /// Takes a key from the front of a line, up to and including the tab behind it.
    fn take(&mut self, line: &mut &[u8], make: impl Fn(&str) -> K) -> Option<K> {
        if let Some(key) = self.met.get(self.next) {
            let name: &str = key.borrow();
            if let Some([b'\t', rest @ ..]) = line.strip_prefix(name.as_bytes()) {
                *line = rest;
                self.next += 1;
                return Some(key.clone());
            }
        }
        let end = line.iter().position(|byte| *byte == b'\t')?;
        let (name, rest) = line.split_at_checked(end)?;
        *line = rest.get(1..)?;
        let name = std::str::from_utf8(name).ok()?;
        let at = self
            .met
            .iter()
            .position(|key| key.borrow() == name)
            .unwrap_or_else(|| {
                self.met.push(make(name));
                self.met.len() - 1
            });
        self.next = at + 1;
        self.met.get(at).cloned()
    }
}

/// Takes `COUNT` numbers from the front of a text, up to and including the end of their line.
fn take_numbers<const COUNT: usize>(text: &mut &[u8]) -> Option<[i64; COUNT]> {
    let mut numbers = [0; COUNT];
    let last = COUNT.checked_sub(1)?;
    for (place, number) in numbers.iter_mut().enumerate() {
        *number = take_number(text, if place == last { b'\n' } else { b'\t' })?;
    }
    Some(numbers)
}

/// Takes a number from the front of a text, up to and including the byte that ends it.
fn take_number(text: &mut &[u8], end: u8) -> Option<i64> {
    let (negative, mut rest) = match *text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut value: i64 = 0;
    let mut digits = 0;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
        digits += 1;
        rest = tail;
    }
    let (found, tail) = rest.split_first()?;
    if *found != end || digits == 0 {
        return None;
    }
    *text = tail;
    Some(if negative { -value } else { value })
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
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            each(self.take(&mut rest).ok_or(Unreadable("totals"))?);
        }
        Ok(())
    }

    /// Takes a total from the front of a text.
    fn take(&mut self, text: &mut &[u8]) -> Option<Total> {
        let [kind, b'\t', rest @ ..] = *text else {
            return None;
        };
        *text = rest;
        Some(match kind {
            b'e' => {
                let item = self.items.take(text, |name| ItemKey::new(name))?;
                let [cents] = take_numbers(text)?;
                Total::Expenditure(item, Money::from_cents(cents))
            }
            b'f' => {
                let source = self.sources.take(text, |name| SourceKey::new(name))?;
                let [called, received, spent] = take_numbers(text)?.map(Money::from_cents);
                let totals = FundTotals {
                    called,
                    received,
                    spent,
                };
                Total::Fund(source, totals)
            }
            b'i' => {
                let code = self.indicators.take(text, |name| IndicatorCode::new(name))?;
                let [women, men, non_binary, total] = take_numbers(text)?;
                let counts = GenderCounts {
                    women,
                    men,
                    non_binary,
                    total,
                };
                Total::Indicator(code, counts)
            }
            b'c' => {
                let counter = self.counters.take(text, |name| CounterKey::new(name))?;
                let [count] = take_numbers(text)?;
                Total::Counter(counter, count)
            }
            _ => return None,
        })
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

    const DAMAGED: [&str; 14] = [
        "e",
        "e\ta",
        "e\ta\t",
        "e\ta\t\n",
        "e\ta\t-\n",
        "e\ta\t1",
        "e\ta\t1\t2\n",
        "e\ta\t1,5\n",
        "e\ta\t99999999999999999999\n",
        "x\ta\t1\n",
        "f\ta\t1\t2\n",
        "i\ta\t1\t2\t3\n",
        "\n",
        "e\ta\t1\n\n",
    ];

    #[test]
    fn a_damaged_text_is_not_read() {
        for text in DAMAGED {
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
