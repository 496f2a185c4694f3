//! A first look at a row by itself: an amount with what stands beside it, or why it is none.

use std::collections::BTreeMap;

use super::own;
use crate::{
    RawRow, RawValue,
    programme::{
        Reason,
        list::{
            amount::{Amount, AmountColumn},
            header::Header,
            heading::Role,
            label::{self, Sum},
            merged::Merged,
            numbering,
        },
    },
};

/// Rows that are looked at for the headings of another table.
const HEADINGS_LOOKED_FOR: u32 = 1_000;

/// What a row is by itself.
#[derive(Debug)]
pub(super) enum Look<'a> {
    /// No operation and no sum.
    Left(Reason),
    /// An amount; whether of an operation or of a sum shows beside the other rows.
    Amount(Amount, Facts<'a>),
}

/// What makes an operation of a row with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A beneficiary.
    Carrier,
    /// A name of the operation.
    Title,
    /// A number.
    Number,
    /// A first or last day.
    Date,
}

/// What stands beside an amount.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    marks: Vec<Mark>,
    /// Whether a text of the row names a sum.
    pub(super) label: Option<Sum>,
    /// How many texts stand beside the amount.
    pub(super) texts: usize,
    /// Values of cells that are merged with one above.
    pub(super) merged: BTreeMap<u16, &'a RawValue>,
}

impl Facts<'_> {
    /// Whether the row itself, not one merged with it, has a mark.
    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// Looks at the rows of a sheet from above.
pub(super) struct Looker<'l, 'a> {
    header: &'l Header,
    amounts: AmountColumn,
    merged: &'l Merged<'a>,
    /// Whether the headings of another table were passed.
    in_other_table: bool,
    headings_looked_for: u32,
}

impl<'l, 'a> Looker<'l, 'a> {
    pub(super) const fn new(header: &'l Header, amounts: AmountColumn, merged: &'l Merged<'a>) -> Self {
        Self {
            header,
            amounts,
            merged,
            in_other_table: false,
            headings_looked_for: 0,
        }
    }

    pub(super) fn look(&mut self, raw: &RawRow) -> Look<'a> {
        match self.headings(raw) {
            Some(reason) => Look::Left(reason),
            None => self.amount(raw),
        }
    }

    /// What a row says that is none of data.
    fn headings(&mut self, raw: &RawRow) -> Option<Reason> {
        let header = self.header;
        if raw.row < header.first_row {
            return Some(Reason::AboveHeadings);
        }
        if raw.row <= header.last_row {
            return Some(Reason::Headings);
        }
        if numbering::is_numbering(raw) {
            return Some(Reason::ColumnNumbers);
        }
        if header.is_translated_by(raw) || header.is_repeated_by(raw) {
            self.in_other_table = false;
            return Some(Reason::SecondHeadings);
        }
        if self.is_other_heading(raw) {
            self.in_other_table = true;
        }
        self.in_other_table.then_some(Reason::OtherTable)
    }

    /// Whether the row holds the headings of another table. Looking costs, so it is done for rows of short texts only,
    /// and not for ever.
    fn is_other_heading(&mut self, raw: &RawRow) -> bool {
        let short = |(_, value): &(u16, RawValue)| matches!(value, RawValue::Text(text) if text.len() <= 120);
        if raw.cells.len() < 3
            || !raw.cells.iter().all(short)
            || self.headings_looked_for >= HEADINGS_LOOKED_FOR
        {
            return false;
        }
        if raw
            .value(self.header.amount)
            .is_some_and(|value| self.amounts.read(value).is_ok())
        {
            return false;
        }
        self.headings_looked_for += 1;
        self.header.is_contradicted_by(raw)
    }

    fn amount(&self, raw: &RawRow) -> Look<'a> {
        let header = self.header;
        let facts = self.facts(raw);
        let value = raw.value(header.amount);
        match value.map(|value| self.amounts.read(value)) {
            Some(Ok(amount)) => Look::Amount(amount, facts),
            None if self.merged.covers(raw.row, header.amount)
                && (facts.has(Mark::Carrier) || facts.has(Mark::Title)) =>
            {
                Look::Left(Reason::MergedAmount)
            }
            // A remark fills a column or two; an operation has dates or a number beside its names.
            None if facts.has(Mark::Carrier)
                && facts.has(Mark::Title)
                && (facts.has(Mark::Date) || facts.has(Mark::Number)) =>
            {
                Look::Left(Reason::NoAmount)
            }
            None => Look::Left(Reason::Remark),
            Some(Err(_)) if !facts.has(Mark::Carrier) && !facts.has(Mark::Title) => {
                Look::Left(Reason::Remark)
            }
            Some(Err(detail)) => Look::Left(Reason::AmountUnreadable {
                detail: Box::new(detail),
            }),
        }
    }

    fn facts(&self, raw: &RawRow) -> Facts<'a> {
        let own = |role: Role| own(self.header, raw, role);
        let texts: Vec<&str> = raw
            .cells
            .iter()
            .filter(|(col, _)| *col != self.header.amount)
            .filter_map(|(_, value)| match value {
                RawValue::Text(text)
                    if text.chars().any(char::is_alphabetic) || text.contains(['Σ', '∑']) =>
                {
                    Some(text.as_str())
                }
                _ => None,
            })
            .collect();
        let roles = [
            (Mark::Carrier, [Role::Carrier].as_slice()),
            (Mark::Title, &[Role::Title]),
            (Mark::Number, &[Role::Number]),
            (Mark::Date, &[Role::Start, Role::End, Role::Span]),
        ];
        let has = |(_, roles): &(Mark, &[Role])| roles.iter().any(|role| own(*role));
        let marks: Vec<Mark> = roles.into_iter().filter(has).map(|(mark, _)| mark).collect();
        Facts {
            label: name_of_sum(&texts, &marks),
            marks,
            texts: texts.len(),
            merged: self.merged.values(raw.row),
        }
    }
}

/// Whether the texts of a row name a sum. In a row of a word or two, either may be the name; behind a beneficiary it may
/// name an operation.
fn name_of_sum(texts: &[&str], marks: &[Mark]) -> Option<Sum> {
    let first = texts.first().and_then(|text| label::names_a_sum(text));
    let second = match texts {
        [_, second] => label::names_a_sum(second),
        _ => None,
    };
    let both = marks.contains(&Mark::Carrier) && marks.contains(&Mark::Title);
    first.max(second.map(|label| if both { label.min(Sum::Maybe) } else { label }))
}
