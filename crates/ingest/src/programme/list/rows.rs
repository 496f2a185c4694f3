//! The rows of a list: which are operations, and why each other row is none.

use std::collections::BTreeMap;

use nachweis_domain::money::Money;

use super::{
    amount::{Amount, AmountColumn},
    header::Header,
    heading::Role,
    spelling::words,
};
use crate::{RawRow, RawSheet, RawValue, programme::Reason};

/// A list on a sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetList<'a> {
    pub(super) sheet: &'a RawSheet,
    pub(super) header: Header,
    /// The operations in the order of the sheet.
    pub(super) operations: Vec<Row<'a>>,
    /// Rows that are none, counted from zero.
    pub(super) not_taken: Vec<(u32, Reason)>,
}

/// A row that is an operation.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) raw: &'a RawRow,
    pub(super) amount: Amount,
    /// Values of cells that are merged with one above.
    merged: BTreeMap<u16, &'a RawValue>,
}

impl<'a> Row<'a> {
    /// The value of a column, also when it is merged with a cell above.
    pub(super) fn value(&self, col: Option<u16>) -> Option<&'a RawValue> {
        let col = col?;
        self.raw.value(col).or_else(|| self.merged.get(&col).copied())
    }
}

impl<'a> SheetList<'a> {
    /// The list on a sheet, if there is one with at least one operation.
    pub(super) fn find(sheet: &'a RawSheet) -> Option<Self> {
        let header = Header::find(sheet)?;
        let below = |row: &&RawRow| row.row > header.last_row;
        let amounts = AmountColumn::of(
            sheet
                .rows
                .iter()
                .filter(below)
                .filter_map(|row| row.value(header.amount)),
        );
        let merged = Merged::of(sheet);
        let mut list = Self {
            sheet,
            header,
            operations: Vec::new(),
            not_taken: Vec::new(),
        };
        for raw in &sheet.rows {
            let merged_values = merged.values(raw.row);
            match list.classify(raw, amounts, &merged, merged_values) {
                Ok(row) => list.operations.push(row),
                Err(reason) => list.not_taken.push((raw.row, reason)),
            }
        }
        (!list.operations.is_empty()).then_some(list)
    }

    /// The total of all operations.
    pub(super) fn total(&self) -> Money {
        self.operations.iter().map(|row| row.amount.money).sum()
    }

    fn classify(
        &self,
        raw: &'a RawRow,
        amounts: AmountColumn,
        merged: &Merged<'a>,
        merged_values: BTreeMap<u16, &'a RawValue>,
    ) -> Result<Row<'a>, Reason> {
        if raw.row < self.header.first_row {
            return Err(Reason::AboveHeadings);
        }
        if raw.row <= self.header.last_row {
            return Err(Reason::Headings);
        }
        if self.header.is_repeated_by(raw) {
            return Err(Reason::SecondHeadings);
        }
        let own = |role: Role| self.header.column(role).and_then(|col| raw.value(col)).is_some();
        let named = own(Role::Carrier) || own(Role::Title);
        let dated = own(Role::Start) || own(Role::End);
        let read = raw.value(self.header.amount).map(|value| amounts.read(value));
        match read {
            None if merged.covers(raw.row, self.header.amount) => Err(Reason::MergedAmount),
            // A remark fills a column or two; an operation has dates or a number beside its names.
            None if own(Role::Carrier) && own(Role::Title) && (dated || own(Role::Number)) => {
                Err(Reason::NoAmount)
            }
            None => Err(Reason::Remark),
            Some(_) if !dated && self.is_total(raw) => Err(Reason::Total),
            Some(Err(_)) if !named => Err(Reason::Remark),
            Some(Err(detail)) => Err(Reason::AmountUnreadable {
                detail: Box::new(detail),
            }),
            Some(Ok(_)) if !named && !self.is_named_from_above(&merged_values) => Err(Reason::NoOperation),
            Some(Ok(amount)) if amount.money.is_negative() => Err(Reason::NegativeAmount),
            Some(Ok(amount)) => Ok(Row {
                raw,
                amount,
                merged: merged_values,
            }),
        }
    }

    fn is_named_from_above(&self, merged: &BTreeMap<u16, &RawValue>) -> bool {
        [Role::Carrier, Role::Title]
            .into_iter()
            .filter_map(|role| self.header.column(role))
            .any(|col| merged.contains_key(&col))
    }

    /// Whether a row sums others: its first text begins with a word for it and it names at most one thing.
    fn is_total(&self, raw: &RawRow) -> bool {
        const SUMS: [&str; 12] = [
            "summe",
            "gesamt",
            "gesamtsumme",
            "gesamtergebnis",
            "gesamtbetrag",
            "insgesamt",
            "zwischensumme",
            "endsumme",
            "teilsumme",
            "total",
            "subtotal",
            "sum",
        ];
        let texts: Vec<&str> = raw
            .cells
            .iter()
            .filter(|(col, _)| *col != self.header.amount)
            .filter_map(|(_, value)| match value {
                RawValue::Text(text) if text.chars().any(char::is_alphabetic) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        match texts.as_slice() {
            [] => true,
            [label] => {
                let words = words(label);
                words.len() <= 8 && words.first().is_some_and(|word| SUMS.contains(&word.as_str()))
            }
            _ => false,
        }
    }
}

/// Cells that are merged with one above them.
#[derive(Debug)]
struct Merged<'a> {
    sheet: &'a RawSheet,
    /// For each row below the first of a range: column and first row.
    covered: BTreeMap<u32, Vec<(u16, u32)>>,
}

/// Ranges higher than this are layout, not data.
const HIGHEST: u32 = 500;

impl<'a> Merged<'a> {
    fn of(sheet: &'a RawSheet) -> Self {
        let mut covered: BTreeMap<u32, Vec<(u16, u32)>> = BTreeMap::new();
        for merge in &sheet.merges {
            let last = merge.last_row.min(merge.first_row.saturating_add(HIGHEST));
            for row in merge.first_row.saturating_add(1)..=last {
                covered
                    .entry(row)
                    .or_default()
                    .push((merge.first_col, merge.first_row));
            }
        }
        Self { sheet, covered }
    }

    fn values(&self, row: u32) -> BTreeMap<u16, &'a RawValue> {
        let Some(covered) = self.covered.get(&row) else {
            return BTreeMap::new();
        };
        let value = |(col, first): &(u16, u32)| {
            let index = self.sheet.rows.binary_search_by_key(first, |row| row.row).ok()?;
            Some((*col, self.sheet.rows.get(index)?.value(*col)?))
        };
        covered.iter().filter_map(value).collect()
    }

    fn covers(&self, row: u32, col: u16) -> bool {
        self.covered
            .get(&row)
            .is_some_and(|cells| cells.iter().any(|(covered, _)| *covered == col))
    }
}
