//! The sheet of sources: for each control total which rows it adds up, and what those of each subproject add to it, with a
//! link to them. Control totals link to their block, and the block back.

use std::collections::BTreeMap;

use nachweis_domain::{ledger::Ledger, money::Money};

use super::{
    book::Book,
    control::{AuditTotals, ControlTotal},
    front,
    parts::{Part, Parts, number},
    rows::{Rows, SheetKind, column},
};
use crate::{
    ColumnKind, ReportError, Value, limits,
    render::xlsx::sources::{Addresses, Numbers},
};

mod lines;
mod words;

use lines::{Line, Who};

/// The widths of the columns whose texts wrap, in characters.
const NAME_WIDTH: u16 = 44;
const FILTER_WIDTH: u16 = 60;

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Quellen", "Sources"),
    about: (
        "Zu jeder Kontrollsumme die Zeilen, die sie zusammenzählt: je Teilvorhaben mit Verweis auf das Blatt, wo sie stehen",
        "For each control total the rows that it adds up: by subproject, with a link to the sheet where they stand",
    ),
    columns: &[
        column(
            "Kontrollsumme / Teilvorhaben",
            "Control total / subproject",
            ColumnKind::Text,
            NAME_WIDTH,
        )
        .wrapped(),
        column("Zählt hier (€)", "Counts here (€)", ColumnKind::Money, 17),
        column(
            "Zählt hier (Anzahl)",
            "Counts here (count)",
            ColumnKind::Count,
            13,
        ),
        column(
            "Summe der Zeilen (€)",
            "Sum of the rows (€)",
            ColumnKind::Money,
            17,
        ),
        column(
            "Summe der Zeilen (Anzahl)",
            "Sum of the rows (count)",
            ColumnKind::Count,
            13,
        ),
        column("Zeilen", "Rows", ColumnKind::Text, 26),
        column("Welche Zeilen", "Which rows", ColumnKind::Text, FILTER_WIDTH).wrapped(),
    ],
};

/// The lines of every control total.
pub(super) struct Origins {
    blocks: Vec<Vec<Line>>,
    rows_per_sheet: u32,
}

impl Origins {
    /// The lines, from what the subprojects add and where their rows stand.
    pub(super) fn of(book: &Book, ledger: &Ledger, totals: &AuditTotals, parts: &Parts) -> Self {
        let blocks = totals.controls.iter().zip(parts);
        Self {
            blocks: blocks
                .map(|(control, parts)| lines::lines(book, ledger, control, parts))
                .collect(),
            rows_per_sheet: book.rows_per_sheet.min(limits::SHEET_LINKS),
        }
    }

    /// How many sheets they take, and how many rows.
    pub(super) fn size(&self) -> (usize, u64) {
        let rows: usize = self.blocks.iter().map(|lines| lines.len() + 1).sum();
        let (sheet, _) = self.place(rows.saturating_sub(1));
        (sheet, u64::try_from(rows).unwrap_or(u64::MAX))
    }

    /// The sheet, from 1, and the row, counted from zero, of a line.
    fn place(&self, line: usize) -> (usize, usize) {
        let per_sheet = usize::try_from(self.rows_per_sheet.saturating_sub(1)).unwrap_or(usize::MAX);
        let per_sheet = per_sheet.max(1);
        (line / per_sheet + 1, line % per_sheet + 1)
    }

    /// Where the block of each number of the control totals stands.
    pub(super) fn addresses(&self, book: &Book, totals: &AuditTotals) -> Addresses {
        let mut addresses = BTreeMap::new();
        let mut line = 0;
        for (index, (control, lines)) in totals.controls.iter().zip(&self.blocks).enumerate() {
            let (sheet, row) = self.place(line);
            let name = KIND.sheet_name(sheet, book.language);
            let ways = [&control.reports, &control.stored, &control.rows];
            for (column, value) in front::columns_of(control).into_iter().zip(ways) {
                if *value == Value::Empty {
                    continue;
                }
                let number = (front::table_of(control), index.to_string(), column);
                addresses.insert(number, format!("'{name}'!A{}", row + 1));
            }
            line += lines.len() + 1;
        }
        addresses
    }

    /// Writes the sheets; `numbers` says where the control totals stand.
    pub(super) fn write(
        &self,
        book: &mut Book,
        ledger: &Ledger,
        totals: &AuditTotals,
        numbers: &Numbers,
    ) -> Result<(), ReportError> {
        let mut rows = book.rows(&KIND)?.at_most(self.rows_per_sheet);
        for (index, (control, lines)) in totals.controls.iter().zip(&self.blocks).enumerate() {
            let [.., column] = front::columns_of(control);
            let back = numbers.get(&(front::table_of(control), index.to_string(), column.to_owned()));
            head(&mut rows, ledger, control, back)?;
            for line in lines {
                write_line(&mut rows, ledger, control, line)?;
            }
        }
        rows.finish()
    }
}

/// The control total itself: its name, which leads back to it, and which rows it adds up.
fn head(
    rows: &mut Rows<'_>,
    ledger: &Ledger,
    control: &ControlTotal,
    back: Option<&String>,
) -> Result<(), ReportError> {
    let language = rows.language();
    let name = words::name(control, language);
    let filter = rows.filter(&control.summed, &ledger.round);
    rows.begin()?;
    // Bold letters and an indent take room.
    rows.fit(&[(&name, NAME_WIDTH - 8), (&filter, FILTER_WIDTH - 2)])?;
    match back {
        Some(back) => rows.link(back, &name, |formats| formats.total(ColumnKind::Text))?,
        None => rows.text_in(&name, |formats| formats.total(ColumnKind::Text))?,
    }
    let (money, count) = money_or_count(&control.rows, number(&control.rows));
    rows.total(ColumnKind::Money, money)?;
    rows.total(ColumnKind::Count, count)?;
    for kind in [ColumnKind::Money, ColumnKind::Count, ColumnKind::Text] {
        rows.total(kind, None::<i64>)?;
    }
    rows.text_in(&filter, |formats| &formats.note)
}

fn write_line(
    rows: &mut Rows<'_>,
    ledger: &Ledger,
    control: &ControlTotal,
    line: &Line,
) -> Result<(), ReportError> {
    let language = rows.language();
    rows.begin()?;
    let no = |part: &Part| {
        ledger
            .subprojects
            .get(part.subproject)
            .map(|state| state.subproject.no.as_str())
    };
    let (name, numbers) = match &line.who {
        Who::Subproject(part) => (no(part), Some((part.counted, Some(part.whole)))),
        Who::Further(part) => (no(part), None),
        Who::Sheet(counted) => (None, Some((*counted, Some(*counted)))),
        Who::Others(rest) => (Some(words::others(language)), Some((*rest, None))),
        Who::Nobody => (Some(words::nobody(language)), None),
    };
    rows.text_in(name.unwrap_or_default(), |formats| formats.body(ColumnKind::Text))?;
    let (part, whole) = numbers.map_or((None, None), |(part, whole)| (Some(part), whole));
    for sum in [part, whole] {
        let (money, count) = sum.map_or((None, None), |sum| money_or_count(&control.rows, sum));
        rows.money(money)?;
        rows.count(count)?;
    }
    match (line.run, control.summed.sheet()) {
        (Some(run), Some(kind)) => rows.link(
            &words::address(kind, run, language),
            &words::place(kind, run, language),
            |formats| &formats.link,
        ),
        _ => Ok(()),
    }
}

/// A number in the column that its control total stands in.
const fn money_or_count(like: &Value, number: i64) -> (Option<Money>, Option<i64>) {
    match like {
        Value::Money(_) => (Some(Money::from_cents(number)), None),
        _ => (None, Some(number)),
    }
}
