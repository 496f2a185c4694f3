//! What a row says of its operation, in plain values, with what had to be assumed.

use chrono::NaiveDate;
use nachweis_domain::{
    language::{Language, Text},
    period::Period,
    region::{Land, Nuts2, RegionCategory},
};
use rust_decimal::Decimal;

use super::{
    category,
    dates::{DateOrder, Edge},
    heading::Role,
    place,
    rows::{Row, SheetList},
    spelling::{cut, one_line},
};
use crate::{RawValue, programme::Reason};

/// Longest name of an operation or beneficiary that is kept.
const NAME: usize = 300;

/// Reads the rows of a list.
#[derive(Clone, Copy)]
pub(super) struct Reader<'l, 'a> {
    pub(super) list: &'l SheetList<'a>,
    dates: DateOrder,
    land: Option<Land>,
    period: Period,
}

/// Where an operation lies and which category of region it has.
pub(super) struct Place {
    pub(super) land: Option<Land>,
    pub(super) nuts2: Option<Nuts2>,
    pub(super) category: Option<RegionCategory>,
    /// Whether the row itself names the category.
    pub(super) stated: bool,
}

impl<'l, 'a> Reader<'l, 'a> {
    /// A reader of a list whose Land is known or not.
    pub(super) fn new(list: &'l SheetList<'a>, land: Option<Land>, period: Period) -> Self {
        // One order of day and month holds for both columns.
        let columns = [Role::Start, Role::End].map(|role| list.header.column(role));
        let values = list
            .operations
            .iter()
            .flat_map(|row| columns.map(|column| row.value(column)));
        Self {
            list,
            dates: DateOrder::of(values.flatten()),
            land,
            period,
        }
    }

    /// The text of a column on one line; empty when there is none.
    pub(super) fn text(&self, row: &Row<'a>, role: Role) -> String {
        self.value(row, role)
            .map(|value| cut(&one_line(&value.shown()), NAME))
            .unwrap_or_default()
    }

    fn value(&self, row: &Row<'a>, role: Role) -> Option<&'a RawValue> {
        row.value(self.list.header.column(role))
    }

    /// The grant period; what is missing or unreadable is that of the round, and said.
    pub(super) fn period(&self, row: &Row<'a>, notes: &mut Vec<Text>) -> Result<Period, Reason> {
        let first = self.date(row, Role::Start, Edge::First, notes);
        let last = self.date(row, Role::End, Edge::Last, notes);
        let (mut first, mut last) = (
            first.unwrap_or(self.period.first),
            last.unwrap_or(self.period.last),
        );
        if last < self.period.first || first > self.period.last {
            return Err(Reason::OutsideRound);
        }
        if first < self.period.first {
            notes.push(cut_to_round("beginnt", "begins", first, self.period.first));
            first = self.period.first;
        }
        if last > self.period.last {
            notes.push(cut_to_round("endet", "ends", last, self.period.last));
            last = self.period.last;
        }
        if last < first {
            let (de, en) = (Language::De.date(last), Language::En.date(last));
            notes.push(Text::new(
                format!(
                    "Das Ende ({de}) liegt vor dem Beginn; als Ende gilt der letzte Tag der Förderrunde."
                ),
                format!(
                    "The end ({en}) lies before the beginning; the last day of the round counts as the end."
                ),
            ));
            last = self.period.last;
        }
        Ok(Period { first, last })
    }

    fn date(&self, row: &Row<'a>, role: Role, edge: Edge, notes: &mut Vec<Text>) -> Option<NaiveDate> {
        self.list.header.column(role)?;
        let (de, en, bound) = match edge {
            Edge::First => ("Beginn", "beginning", self.period.first),
            Edge::Last => ("Ende", "end", self.period.last),
        };
        let assumed = |found_de: &str, found_en: &str| {
            Text::new(
                format!("{de}: {found_de}; angenommen {}.", Language::De.date(bound)),
                format!("{en}: {found_en}; {} assumed.", Language::En.date(bound)),
            )
        };
        let value = self.value(row, role);
        let date = value.and_then(|value| self.dates.read(value, edge));
        match (value, date) {
            (_, Some(_)) => {}
            (None, None) => notes.push(assumed("nicht angegeben", "not given")),
            (Some(value), None) => {
                let shown = cut(&one_line(&value.shown()), 40);
                notes.push(assumed(
                    &format!("„{shown}“ ist kein Datum"),
                    &format!("\"{shown}\" is no date"),
                ));
            }
        }
        date
    }

    /// Where the operation lies.
    pub(super) fn place(&self, row: &Row<'a>) -> Place {
        let stated = category::named(&self.text(row, Role::Category));
        let (nuts2, nuts_land) = place::nuts_of_cell(&self.text(row, Role::Nuts));
        let land = nuts_land
            .or_else(|| place::land_of_cell(&self.text(row, Role::Land)))
            .or(self.land);
        let category = stated
            .or_else(|| nuts2.map(|nuts2| nuts2.facts().category))
            .or_else(|| land.and_then(category::of_land));
        Place {
            land,
            nuts2,
            category,
            stated: stated.is_some(),
        }
    }

    /// The share of the Union as a fraction. A column whose shares are all at most 1 holds fractions, else per cent.
    pub(super) fn rate(&self, row: &Row<'a>, in_percent: bool) -> Option<Decimal> {
        let number = number(self.value(row, Role::Rate)?)?;
        let fraction = if in_percent {
            number / Decimal::ONE_HUNDRED
        } else {
            number
        };
        (Decimal::ZERO..=Decimal::ONE)
            .contains(&fraction)
            .then_some(fraction)
    }

    /// Whether the column of shares holds per cent.
    pub(super) fn rates_are_percent(&self) -> bool {
        self.list
            .operations
            .iter()
            .filter_map(|row| number(self.value(row, Role::Rate)?))
            .any(|number| number > Decimal::ONE)
    }
}

/// A share as stored or as text: `50`, `0,5`, `50 %`.
fn number(value: &RawValue) -> Option<Decimal> {
    match value {
        RawValue::Number(number) => Some(*number),
        RawValue::Text(text) => text
            .trim()
            .trim_end_matches('%')
            .trim_end()
            .replace(',', ".")
            .parse()
            .ok(),
        _ => None,
    }
}

fn cut_to_round(de: &str, en: &str, found: NaiveDate, bound: NaiveDate) -> Text {
    Text::new(
        format!(
            "Das Vorhaben {de} am {}, außerhalb der Förderrunde; angenommen {}.",
            Language::De.date(found),
            Language::De.date(bound)
        ),
        format!(
            "The operation {en} on {}, outside the round; {} assumed.",
            Language::En.date(found),
            Language::En.date(bound)
        ),
    )
}
