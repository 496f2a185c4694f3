//! What a row says of its operation, in plain values, with what had to be assumed.

use chrono::NaiveDate;
use nachweis_domain::{
    language::{Language, Text},
    money::Money,
    period::Period,
    region::{Land, Nuts2, RegionCategory},
    round::FundingRound,
};
use rust_decimal::Decimal;

use super::{
    category,
    dates::{DateOrder, Edge},
    district::{self, Regions},
    fund::FundFilter,
    heading::Role,
    place,
    rows::{Row, SheetList},
    spelling::{cut, one_line},
    unit,
};
use crate::{RawValue, programme::Reason};

/// Longest name of an operation or beneficiary that is kept.
const NAME: usize = 300;
/// Longest text that a reason quotes.
const QUOTED: usize = 40;

/// Reads the rows of a list.
#[derive(Clone)]
pub(super) struct Reader<'l, 'a> {
    pub(super) list: &'l SheetList<'a>,
    dates: DateOrder,
    land: Option<Land>,
    round: &'l FundingRound,
    regions: Regions,
}

/// Where an operation lies and which category of region it has.
pub(super) struct Place {
    pub(super) land: Option<Land>,
    pub(super) nuts2: Option<Nuts2>,
    pub(super) category: Option<RegionCategory>,
    /// Whether the row itself names the category.
    pub(super) stated: bool,
    /// What the row says of the category, if that is none, or several.
    pub(super) unclear: Option<String>,
}

impl<'l, 'a> Reader<'l, 'a> {
    /// A reader of a list whose Land is known or not.
    pub(super) fn new(list: &'l SheetList<'a>, land: Option<Land>, round: &'l FundingRound) -> Self {
        // One order of day and month holds for all columns.
        let columns = [Role::Start, Role::End, Role::Span].map(|role| list.header.column(role));
        let values = list
            .operations
            .iter()
            .flat_map(|row| columns.map(|column| row.value(column)));
        Self {
            list,
            dates: DateOrder::of(values.flatten()),
            land,
            round,
            regions: Regions::new(),
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

    /// Refuses a row in another currency or of another fund.
    pub(super) fn belongs(&self, row: &Row<'a>, funds: &FundFilter) -> Result<(), Reason> {
        let currency = self.text(row, Role::Currency);
        if !currency.is_empty() && !unit::is_euro(&currency) {
            return Err(Reason::OtherCurrency {
                typed: cut(&currency, QUOTED),
            });
        }
        match funds.foreign(row) {
            Some(typed) => Err(Reason::OtherFund {
                typed: cut(&one_line(&typed), QUOTED),
            }),
            None => Ok(()),
        }
    }

    /// The grant period; what is missing or unreadable is that of the round, and said.
    pub(super) fn period(&self, row: &Row<'a>, notes: &mut Vec<Text>) -> Result<Period, Reason> {
        let round = self.round.period;
        let span = self
            .value(row, Role::Span)
            .and_then(|value| self.dates.read_span(&value.shown()));
        let (first, last) = match span {
            Some((first, last)) => (Some(first), Some(last)),
            None => (
                self.date(row, Role::Start, Edge::First, notes),
                self.date(row, Role::End, Edge::Last, notes),
            ),
        };
        let (mut first, mut last) = (first.unwrap_or(round.first), last.unwrap_or(round.last));
        if last < round.first || first > round.last {
            return Err(Reason::OutsideRound);
        }
        if first < round.first {
            notes.push(cut_to_round("beginnt", "begins", first, round.first));
            first = round.first;
        }
        if last > round.last {
            notes.push(cut_to_round("endet", "ends", last, round.last));
            last = round.last;
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
            last = round.last;
        }
        Ok(Period { first, last })
    }

    fn date(&self, row: &Row<'a>, role: Role, edge: Edge, notes: &mut Vec<Text>) -> Option<NaiveDate> {
        let header = &self.list.header;
        let role = match header.column(role) {
            Some(_) => role,
            // The span was not read; it is told once.
            None if edge == Edge::First => header.column(Role::Span).map(|_| Role::Span)?,
            None => return None,
        };
        let (de, en, bound) = match edge {
            _ if role == Role::Span => ("Zeitraum", "period", self.round.period.first),
            Edge::First => ("Beginn", "beginning", self.round.period.first),
            Edge::Last => ("Ende", "end", self.round.period.last),
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
            (Some(RawValue::Number(number)), Some(date)) if *number > 9_999.into() => notes.push(Text::new(
                format!(
                    "{de}: Die Zahl {number} wurde als {} gelesen.",
                    Language::De.date(date)
                ),
                format!(
                    "{en}: the number {number} was read as {}.",
                    Language::En.date(date)
                ),
            )),
            (_, Some(_)) => {}
            (None, None) => notes.push(assumed("nicht angegeben", "not given")),
            (Some(value), None) => {
                let shown = cut(&one_line(&value.shown()), QUOTED);
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
        let typed = self.text(row, Role::Category);
        let stated = category::named(&typed);
        let (by_code, nuts_land) = place::nuts_of_cell(&self.text(row, Role::Nuts));
        let land = nuts_land
            .or_else(|| place::land_of_cell(&self.text(row, Role::Land)))
            .or(self.land);
        let by_name = || {
            let district = self.text(row, Role::District);
            let names = [district, self.text(row, Role::Nuts)];
            names.iter().find_map(|name| self.regions.named(name, land))
        };
        let by_key = || district::nuts2_of_key(&self.text(row, Role::MunicipalKey));
        let nuts2 = by_code
            .or_else(|| by_key().filter(|region| land.is_none_or(|land| region.facts().land == land)))
            .or_else(by_name);
        let land = land.or_else(|| nuts2.map(|nuts2| nuts2.facts().land));
        let category = stated
            .or_else(|| nuts2.map(|nuts2| self.round.category_of(nuts2)))
            .or_else(|| land.and_then(|land| self.round.category_of_land(land)));
        Place {
            land,
            nuts2,
            category,
            stated: stated.is_some(),
            unclear: (stated.is_none() && !typed.is_empty()).then_some(typed),
        }
    }

    /// The share of the Union as a fraction. A column whose shares are all at most 1 holds fractions, else per cent.
    pub(super) fn rate(&self, row: &Row<'a>, in_percent: bool) -> Option<Decimal> {
        let value = self.value(row, Role::Rate)?;
        let number = number(value)?;
        let says_percent = matches!(value, RawValue::Text(text) if text.contains('%'));
        let fraction = if in_percent || says_percent {
            number / Decimal::ONE_HUNDRED
        } else {
            number
        };
        (Decimal::ZERO..=Decimal::ONE)
            .contains(&fraction)
            .then_some(fraction)
    }

    /// The Union's money, where the list gives it instead of its share.
    pub(super) fn union_money(&self, row: &Row<'a>) -> Option<Money> {
        let value = row.value(self.list.header.union_amount())?;
        let money = self.list.amounts.read(value).ok()?.money;
        (!money.is_negative() && money <= row.amount.money).then_some(money)
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
