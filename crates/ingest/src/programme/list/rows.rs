//! The rows of a list: which are operations, which sum others, and why each other row is none.

use std::collections::BTreeMap;

use nachweis_domain::{language::Text, money::Money};

use super::{
    amount::{Amount, AmountColumn},
    column,
    header::Header,
    heading::Role,
    merged::Merged,
    sums::{self, StatedSum},
};
use crate::{
    RawRow, RawSheet, RawValue,
    programme::{ProgrammeError, Reason},
};

mod look;
mod profile;

use look::{Look, Looker};
use profile::Profile;

/// A list on a sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetList<'a> {
    pub(super) sheet: &'a RawSheet,
    pub(super) header: Header,
    /// The operations in the order of the sheet.
    pub(super) operations: Vec<Row<'a>>,
    /// Rows that are none, counted from zero.
    pub(super) not_taken: Vec<(u32, Reason)>,
    /// The sums that the list itself states.
    pub(super) sums: Vec<StatedSum>,
    /// How the amounts are read.
    pub(super) amounts: AmountColumn,
    /// Why this column is the amount, and how it was read.
    pub(super) amount_notes: Vec<Text>,
    /// Why no column can be the amount.
    pub(super) problem: Option<ProgrammeError>,
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
    /// The list on a sheet, if it has the headings of one; it may hold no operation. `amount` is the column asked for.
    pub(super) fn find(sheet: &'a RawSheet, amount: Option<&str>) -> Option<Self> {
        let mut header = Header::find(sheet)?;
        let taken = column::take(sheet, &mut header, amount);
        let mut list = Self {
            sheet,
            header,
            operations: Vec::new(),
            not_taken: Vec::new(),
            sums: Vec::new(),
            amounts: taken.column,
            amount_notes: taken.notes,
            problem: taken.problem,
        };
        list.sort_rows();
        Some(list)
    }

    /// The total of all operations.
    pub(super) fn total(&self) -> Money {
        self.operations.iter().map(|row| row.amount.money).sum()
    }

    /// Whether the list holds an operation.
    pub(super) fn has_operations(&self) -> bool {
        !self.operations.is_empty()
    }

    fn sort_rows(&mut self) {
        let columns = self
            .header
            .columns()
            .map(|(_, col)| col)
            .chain([self.header.amount]);
        let merged = Merged::of(self.sheet, columns);
        let mut looker = Looker::new(&self.header, self.amounts, &merged);
        let looks: Vec<(&RawRow, Look<'a>)> = self
            .sheet
            .rows
            .iter()
            .map(|raw| (raw, looker.look(raw)))
            .collect();
        let profile = Profile::of(&self.header, looks.iter().map(|(_, look)| look));
        let found = sums::find(looks.iter().map(|(raw, look)| (raw.row, profile.judge(look))));
        for ((raw, look), sum) in looks.into_iter().zip(found) {
            match (look, sum) {
                (Look::Left(reason), _) => self.not_taken.push((raw.row, reason)),
                (Look::Amount(amount, facts), None) => match profile.refuse(&facts, amount.money) {
                    Some(reason) => self.not_taken.push((raw.row, reason)),
                    None => self.operations.push(Row {
                        raw,
                        amount,
                        merged: facts.merged,
                    }),
                },
                (Look::Amount(..), Some(sum)) => {
                    self.not_taken.push((raw.row, Reason::Total));
                    self.sums.push(sum);
                }
            }
        }
    }
}

/// Whether a row itself, not one merged with it, holds something in the column of a role.
fn own(header: &Header, raw: &RawRow, role: Role) -> bool {
    header.column(role).and_then(|col| raw.value(col)).is_some()
}
