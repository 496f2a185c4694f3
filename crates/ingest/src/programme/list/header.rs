//! The headings of a list, and which column holds what.

use std::collections::BTreeMap;

use super::{
    heading::{Money, Part, Role, role},
    label,
    spelling::{compact, one_line},
};
use crate::{RawRow, RawSheet, RawValue};

mod find;

pub(super) use find::recognised;

/// The headings of a list, and which column holds what.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The first row of headings, counted from zero.
    pub(super) first_row: u32,
    /// The last row of headings.
    pub(super) last_row: u32,
    /// The column of each role; amounts stand in [`Header::amounts`].
    columns: BTreeMap<Role, u16>,
    /// Every column with a heading, on one line.
    pub(super) headings: BTreeMap<u16, String>,
    /// The columns with amounts, the likeliest to be that of the operation first.
    pub(super) amounts: Vec<AmountHeading>,
    /// The column with the amount of the operation.
    pub(super) amount: u16,
    /// The columns whose heading is known, but that hold nothing that is taken.
    left: Vec<u16>,
}

/// A column with amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AmountHeading {
    pub(super) col: u16,
    pub(super) money: Money,
}

/// What is known of a column.
#[derive(Clone, Debug)]
struct Known {
    col: u16,
    role: Role,
    fit: usize,
}

impl Header {
    /// The headings of a sheet, if it has those of a list: an amount, and a beneficiary or a name.
    pub(super) fn find(sheet: &RawSheet) -> Option<Self> {
        find::find(sheet)
    }

    fn of(rows: (u32, u32), headings: BTreeMap<u16, String>) -> Option<Self> {
        let mut header = Self {
            first_row: rows.0,
            last_row: rows.1,
            ..Self::default()
        };
        let mut fits: BTreeMap<Role, usize> = BTreeMap::new();
        for column in understood(&headings) {
            match column.role {
                Role::Amount(money) => header.amounts.push(AmountHeading {
                    col: column.col,
                    money,
                }),
                Role::Other => header.left.push(column.col),
                role => {
                    // The column whose heading says it at most length; of equal ones the first.
                    if fits.get(&role).is_none_or(|fit| column.fit > *fit) {
                        fits.insert(role, column.fit);
                        header.left.extend(header.columns.insert(role, column.col));
                    } else {
                        header.left.push(column.col);
                    }
                }
            }
        }
        header.amounts.sort_by_key(|column| (column.money, column.col));
        header.amount = header.amounts.first()?.col;
        header.headings = headings
            .into_iter()
            .map(|(col, heading)| (col, one_line(&heading)))
            .collect();
        let named = header.column(Role::Carrier).is_some() || header.column(Role::Title).is_some();
        (named && header.score() >= 3).then_some(header)
    }

    /// The column of a role.
    pub(super) fn column(&self, role: Role) -> Option<u16> {
        self.columns.get(&role).copied()
    }

    /// The columns that are read, with what they are read as; without the amount.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Role, u16)> {
        self.columns.iter().map(|(role, col)| (*role, *col))
    }

    /// The columns whose heading nobody knows.
    pub(super) fn unknown(&self) -> impl Iterator<Item = u16> {
        self.headings.keys().copied().filter(|col| {
            !self.left.contains(col)
                && !self.columns.values().any(|known| known == col)
                && !self.amounts.iter().any(|known| known.col == *col)
        })
    }

    /// The heading of a column.
    pub(super) fn heading(&self, col: u16) -> &str {
        self.headings.get(&col).map_or("", String::as_str)
    }

    /// The columns with amounts besides the one taken.
    pub(super) fn other_amounts(&self) -> impl Iterator<Item = u16> {
        let amount = self.amount;
        self.amounts
            .iter()
            .map(|column| column.col)
            .filter(move |col| *col != amount)
    }

    /// The column with the Union's money, when another one is the amount.
    pub(super) fn union_amount(&self) -> Option<u16> {
        let is_union = |column: &&AmountHeading| {
            column.money.basis == super::heading::Basis::Union
                && matches!(column.money.part, Part::Whole | Part::Share)
                && column.col != self.amount
        };
        let mut columns = self.amounts.iter().filter(is_union);
        match (columns.next(), columns.next()) {
            (Some(one), None) => Some(one.col),
            _ => None,
        }
    }

    /// Takes another column as the amount.
    pub(super) fn take_amount(&mut self, col: u16) {
        self.amount = col;
        self.columns.retain(|_, known| *known != col);
    }

    fn score(&self) -> usize {
        self.columns.len() + 1
    }

    /// Whether a row holds something like an amount.
    pub(super) fn has_amount(&self, row: &RawRow) -> bool {
        match row.value(self.amount) {
            Some(RawValue::Number(_)) => true,
            Some(RawValue::Text(text)) => label::begins_like_an_amount(text),
            _ => false,
        }
    }

    /// Whether a row directly below says of its columns what the headings say, for instance in the other language.
    pub(super) fn is_translated_by(&self, row: &RawRow) -> bool {
        if self.has_amount(row) || row.row > self.last_row.saturating_add(3) {
            return false;
        }
        let says = |col: u16| match row.value(col) {
            Some(RawValue::Text(text)) if text.chars().count() <= LONGEST => role(text).map(|(role, _)| role),
            _ => None,
        };
        let roles = self
            .columns
            .iter()
            .filter(|(role, col)| says(**col) == Some(**role))
            .count();
        let amount = usize::from(matches!(says(self.amount), Some(Role::Amount(_))));
        roles + amount >= 2
    }

    /// Whether a row further below repeats the headings word by word, as at the top of a printed page.
    pub(super) fn is_repeated_by(&self, row: &RawRow) -> bool {
        let same = row.cells.iter().filter(|(col, value)| match value {
            RawValue::Text(text) => {
                let (text, heading) = (compact(text), compact(self.heading(*col)));
                !text.is_empty() && heading.contains(&text)
            }
            _ => false,
        });
        !self.has_amount(row) && same.count() >= 2
    }

    /// Whether a row holds the headings of another table: those of a list, in other columns.
    pub(super) fn is_contradicted_by(&self, row: &RawRow) -> bool {
        find::single(row).is_some_and(|other| {
            let moved = |(role, col): (Role, u16)| self.column(role).is_some_and(|known| known != col);
            other.columns().filter(|known| moved(*known)).count() >= 1
                || !self.amounts.iter().any(|known| known.col == other.amount)
        })
    }
}

/// The longest heading, in characters: a title above the table can be long and name everything.
const LONGEST: usize = 300;

/// The columns whose heading is understood.
fn understood(headings: &BTreeMap<u16, String>) -> Vec<Known> {
    let known = |(col, heading): (&u16, &String)| {
        let (role, fit) = role(heading)?;
        Some(Known { col: *col, role, fit })
    };
    headings
        .iter()
        .filter(|(_, heading)| heading.chars().count() <= LONGEST)
        .filter_map(known)
        .collect()
}
