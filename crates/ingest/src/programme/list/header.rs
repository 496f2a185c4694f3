//! Finds the headings of a list: the row, or pair of rows, in which most columns are understood.

use std::collections::BTreeMap;

use super::heading::{Role, role};
use crate::{RawRow, RawSheet, RawValue, limits};

/// The headings of a list, and which column holds what.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The first row of headings, counted from zero.
    pub(super) first_row: u32,
    /// The last row of headings.
    pub(super) last_row: u32,
    /// The column of each role; amounts stand in [`Header::amount`].
    columns: BTreeMap<Role, u16>,
    /// The column with the amount of the operation.
    pub(super) amount: u16,
    /// Its heading.
    pub(super) amount_heading: String,
    /// The headings of other columns with amounts.
    pub(super) other_amounts: Vec<String>,
}

/// What is known of a column.
#[derive(Clone, Debug)]
struct Known {
    col: u16,
    role: Role,
    fit: usize,
    heading: String,
}

impl Header {
    /// The headings of a sheet, if it has those of a list: an amount, and a beneficiary or a name.
    pub(super) fn find(sheet: &RawSheet) -> Option<Self> {
        let last = u32::try_from(limits::LIST_HEADER_ROWS.value).unwrap_or(u32::MAX);
        let top: Vec<&RawRow> = sheet.rows.iter().take_while(|row| row.row < last).collect();
        let single = top.iter().map(|row| (row.row, row.row, understood(row, None)));
        let pairs = top.windows(2).filter_map(|pair| match pair {
            [upper, lower] if lower.row == upper.row + 1 => {
                Some((upper.row, lower.row, understood(upper, Some(lower))))
            }
            _ => None,
        });
        // A single row wins over a pair that says no more; the upper of two equal ones is the one.
        let mut best: Option<(usize, Self)> = None;
        for (first_row, last_row, known) in single.chain(pairs) {
            let Some(header) = Self::of(first_row, last_row, &known) else {
                continue;
            };
            // The lower row of a pair is no row of headings when it holds an amount.
            if sheet
                .rows
                .iter()
                .any(|row| row.row == last_row && header.has_amount(row))
            {
                continue;
            }
            let score = header.score();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, header));
            }
        }
        best.map(|(_, header)| header)
    }

    fn of(first_row: u32, last_row: u32, known: &[Known]) -> Option<Self> {
        let mut header = Self {
            first_row,
            last_row,
            ..Self::default()
        };
        let mut amounts: Vec<&Known> = Vec::new();
        let mut fits: BTreeMap<Role, usize> = BTreeMap::new();
        for column in known {
            match column.role {
                Role::Amount(_) => amounts.push(column),
                Role::Other => {}
                role => {
                    // The column whose heading says it at most length; of equal ones the first.
                    if fits.get(&role).is_none_or(|fit| column.fit > *fit) {
                        fits.insert(role, column.fit);
                        header.columns.insert(role, column.col);
                    }
                }
            }
        }
        amounts.sort_by_key(|column| (column.role, column.col));
        let (amount, others) = amounts.split_first()?;
        header.amount = amount.col;
        header.amount_heading.clone_from(&amount.heading);
        header.other_amounts = others.iter().map(|other| other.heading.clone()).collect();
        let named = header.column(Role::Carrier).is_some() || header.column(Role::Title).is_some();
        (named && header.score() >= 3).then_some(header)
    }

    /// The column of a role.
    pub(super) fn column(&self, role: Role) -> Option<u16> {
        self.columns.get(&role).copied()
    }

    fn score(&self) -> usize {
        self.columns.len() + 1
    }

    /// Whether a row holds something like an amount.
    pub(super) fn has_amount(&self, row: &RawRow) -> bool {
        match row.value(self.amount) {
            Some(RawValue::Number(_)) => true,
            Some(RawValue::Text(text)) => text
                .trim_start()
                .starts_with(|char: char| char.is_ascii_digit() || char == '-'),
            _ => false,
        }
    }

    /// Whether a row repeats the headings, for instance in the other language: at least two cells say of their own
    /// column what the headings say.
    pub(super) fn is_repeated_by(&self, row: &RawRow) -> bool {
        if self.has_amount(row) {
            return false;
        }
        let says = |col: u16| match row.value(col) {
            Some(RawValue::Text(text)) => role(text).map(|(role, _)| role),
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
}

/// The headings that were understood in the best row of a sheet without a list.
pub(super) fn recognised(sheet: &RawSheet) -> Vec<String> {
    let last = u32::try_from(limits::LIST_HEADER_ROWS.value).unwrap_or(u32::MAX);
    let rows = sheet.rows.iter().take_while(|row| row.row < last);
    let known = rows
        .map(|row| understood(row, None))
        .max_by_key(Vec::len)
        .unwrap_or_default();
    known
        .into_iter()
        .map(|column| super::spelling::one_line(&column.heading))
        .collect()
}

/// The columns of a row, or of two rows read together, whose heading is understood.
fn understood(upper: &RawRow, lower: Option<&RawRow>) -> Vec<Known> {
    let mut headings: BTreeMap<u16, String> = BTreeMap::new();
    for row in [Some(upper), lower].into_iter().flatten() {
        for (col, value) in &row.cells {
            if let RawValue::Text(text) = value {
                let heading = headings.entry(*col).or_default();
                if !heading.is_empty() {
                    heading.push(' ');
                }
                heading.push_str(text);
            }
        }
    }
    headings
        .into_iter()
        // A title above the table can be long and name everything; a heading is shorter.
        .filter(|(_, heading)| heading.chars().count() <= 300)
        .filter_map(|(col, heading)| {
            let (role, fit) = role(&heading)?;
            Some(Known {
                col,
                role,
                fit,
                heading,
            })
        })
        .collect()
}
