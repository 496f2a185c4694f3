//! Makes subprojects with a plan out of the operations of a list.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use nachweis_domain::{
    key::{ActionFieldKey, ItemKey, SourceKey, StrandKey, SubprojectNo},
    language::Text,
    money::Money,
    period::Period,
    plan::PlanVersion,
    rate::Rate,
    region::{Land, RegionCategory, RegionSplit},
    round::{FundingRound, SourceKind},
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};
use rust_decimal::Decimal;

use super::{
    ITEM,
    assumed::Assumed,
    fund::FundFilter,
    heading::Role,
    number::Numbers,
    operation::{Place, Reader},
    personal,
    rows::{Row, SheetList},
    spelling::{compact, one_line},
};
use crate::programme::{NotTakenRow, ProgrammeFile, Reason, TakenRow};

/// What is assumed of an operation whose list and place say no category.
const ASSUMED: RegionCategory = RegionCategory::MoreDeveloped;

/// Builds subprojects from the rows of one list after another.
pub(super) struct Builder<'l> {
    round: &'l FundingRound,
    numbers: Numbers,
    recorded_at: DateTime<Utc>,
    assumed: Assumed,
}

/// One list as it is read.
struct Source<'l, 'a> {
    reader: Reader<'l, 'a>,
    funds: FundFilter,
    rates_are_percent: bool,
    /// The columns with the name of natural persons, which is not taken.
    names: Vec<u16>,
}

impl<'l> Builder<'l> {
    /// A builder for lists that are read together.
    pub(super) fn new(round: &'l FundingRound, lists: &[SheetList<'_>], recorded_at: DateTime<Utc>) -> Self {
        let numbers = lists.iter().flat_map(|list| {
            let col = list.header.column(Role::Number);
            list.operations.iter().map(move |row| number_of(row, col))
        });
        Self {
            round,
            numbers: Numbers::of(numbers),
            recorded_at,
            assumed: Assumed::default(),
        }
    }

    /// Adds every operation of a list to the file.
    pub(super) fn build(&mut self, list: &SheetList<'_>, land: Option<Land>, file: &mut ProgrammeFile) {
        let reader = Reader::new(list, land, self.round);
        let source = Source {
            rates_are_percent: reader.rates_are_percent(),
            reader,
            funds: FundFilter::of(self.round, list),
            names: personal::name_columns(list),
        };
        self.assumed.look_at(list);
        for row in &list.operations {
            let (sheet, number) = (list.sheet.name.clone(), row.raw.row + 1);
            match self.operation(&source, row) {
                Ok((subproject, plan, notes)) => {
                    file.rows_taken.push(TakenRow {
                        sheet,
                        row: number,
                        no: subproject.no.clone(),
                        amount: row.amount.money,
                        notes,
                    });
                    file.import.subprojects.push((subproject, plan));
                }
                Err(reason) => file.rows_not_taken.push(NotTakenRow {
                    sheet,
                    row: number,
                    reason,
                }),
            }
        }
    }

    /// What had to be assumed in all lists.
    pub(super) fn say(&self, file: &mut ProgrammeFile) {
        self.assumed.say(file.rows_taken.len(), &mut file.notes);
    }

    fn operation(
        &mut self,
        source: &Source<'_, '_>,
        row: &Row<'_>,
    ) -> Result<(Subproject, PlanVersion, Vec<Text>), Reason> {
        let reader = &source.reader;
        let mut notes: Vec<Text> = row.amount.note.iter().cloned().collect();
        reader.belongs(row, &source.funds)?;
        let grant_period = reader.period(row, &mut notes)?;
        let place = reader.place(row);
        let category = self.category(&place, &mut notes);
        if row.raw.hidden {
            self.assumed.hidden += 1;
            notes.push(Text::new(
                "Die Zeile ist in der Datei ausgeblendet.",
                "The row is hidden in the file.",
            ));
        }
        let (title, carrier) = source.names(row, &mut notes);
        let no = self.number(
            &reader.text(row, Role::Number),
            [&carrier, &title, &grant_period.first.to_string()],
            place.land,
            &mut notes,
        );
        let subproject = Subproject {
            no,
            round: self.round.code.clone(),
            kind: SubprojectKind::Operation,
            title,
            carrier: Carrier { name: carrier },
            network: None,
            land: place.land,
            nuts2: place.nuts2,
            regions: RegionSplit::whole(category),
            // `programme::check` refuses the empty key of a round that has none.
            strand: self
                .round
                .strands
                .first()
                .map_or_else(|| StrandKey::new(""), |strand| strand.key.clone()),
            action_field: self
                .round
                .action_fields
                .first()
                .map_or_else(|| ActionFieldKey::new(""), |field| field.key.clone()),
            grant_period,
            award_path: AwardPath::Direct,
        };
        let plan = PlanVersion {
            number: 1,
            effective_from: grant_period.first,
            recorded_at: self.recorded_at,
            items: BTreeMap::from([(ItemKey::new(ITEM), per_year(row.amount.money, grant_period))]),
            sources: self.sources(source, row, category),
            targets: BTreeMap::new(),
        };
        Ok((subproject, plan, notes))
    }

    fn category(&mut self, place: &Place, notes: &mut Vec<Text>) -> RegionCategory {
        let category = place.category.unwrap_or(ASSUMED);
        if let Some(typed) = &place.unclear {
            self.assumed.category_unclear += 1;
            let name = category.name();
            notes.push(Text::new(
                format!(
                    "„{typed}“ ist nicht eine Kategorie der Region; angenommen ist „{}“.",
                    name.de
                ),
                format!(
                    "\"{typed}\" is not one category of region; \"{}\" is assumed.",
                    name.en
                ),
            ));
        } else if place.category.is_none() {
            self.assumed.category += 1;
        } else {
            self.assumed.category_by_place += usize::from(!place.stated);
        }
        category
    }

    fn number(
        &mut self,
        stated: &str,
        content: [&str; 3],
        land: Option<Land>,
        notes: &mut Vec<Text>,
    ) -> SubprojectNo {
        if let Some(own) = self.numbers.own(stated) {
            return own;
        }
        self.assumed.numbers += 1;
        let occurrences = self.numbers.occurrences(stated);
        if occurrences > 1 && !stated.is_empty() {
            notes.push(Text::new(
                format!("Die Nummer „{stated}“ kommt {occurrences}-mal vor; das Vorhaben hat eine eigene bekommen."),
                format!("The number \"{stated}\" occurs {occurrences} times; the operation was given one of its own."),
            ));
        } else if !stated.is_empty() {
            notes.push(Text::new(
                format!("„{stated}“ ist keine Nummer; das Vorhaben hat eine eigene bekommen."),
                format!("\"{stated}\" is no number; the operation was given one of its own."),
            ));
        }
        let content = content.map(compact);
        self.numbers.made(
            &self.round.number_prefix,
            land,
            &content.each_ref().map(String::as_str),
        )
    }

    /// The Union's money by the list's amount or rate, else by the cap of the category; the rest is the first other source.
    fn sources(
        &mut self,
        source: &Source<'_, '_>,
        row: &Row<'_>,
        category: RegionCategory,
    ) -> BTreeMap<SourceKey, Money> {
        let amount = row.amount.money;
        let rate = source
            .reader
            .rate(row, source.rates_are_percent)
            .map(Rate::from_fraction);
        let stated = rate
            .map(|rate| amount.share(rate))
            .or_else(|| source.reader.union_money(row));
        self.assumed.sources += usize::from(stated.is_none());
        let union = stated.unwrap_or_else(|| {
            let cap = self.round.esf_caps.get(&category).copied();
            amount.share(cap.unwrap_or(Rate::from_fraction(Decimal::ZERO)))
        });
        let source = |is_union: bool| {
            let mut sources = self.round.sources.iter();
            sources
                .find(|source| (source.kind == SourceKind::Union) == is_union)
                .map(|source| source.key.clone())
        };
        match (source(true), source(false)) {
            (Some(esf), Some(other)) => BTreeMap::from([(esf, union), (other, amount - union)]),
            (Some(only), None) | (None, Some(only)) => BTreeMap::from([(only, amount)]),
            (None, None) => BTreeMap::new(),
        }
    }
}

impl Source<'_, '_> {
    /// Name and beneficiary; what the list leaves out is said.
    fn names(&self, row: &Row<'_>, notes: &mut Vec<Text>) -> (String, String) {
        let mut title = self.reader.text(row, Role::Title);
        let mut carrier = self.reader.text(row, Role::Carrier);
        if title.is_empty() {
            title = self.reader.text(row, Role::Summary);
        }
        if title.is_empty() {
            title.clone_from(&carrier);
        }
        if carrier.is_empty() {
            let is_person = self.names.iter().any(|col| row.raw.value(*col).is_some());
            let (name, de, en) = if is_person {
                (
                    "(natürliche Person)",
                    "Der Begünstigte ist eine natürliche Person; ihr Name wird nicht übernommen.",
                    "The beneficiary is a natural person, whose name is not taken.",
                )
            } else {
                (
                    "(nicht genannt)",
                    "Die Liste nennt keinen Begünstigten.",
                    "The list names no beneficiary.",
                )
            };
            carrier = name.into();
            notes.push(Text::new(de, en));
        }
        (title, carrier)
    }
}

/// The number of the list in a row, on one line.
fn number_of(row: &Row<'_>, col: Option<u16>) -> String {
    row.value(col)
        .map(|value| one_line(&value.shown()))
        .unwrap_or_default()
}

/// Divides an amount over the calendar years of a period by their days; the parts sum to it exactly.
fn per_year(amount: Money, period: Period) -> BTreeMap<i32, Money> {
    let years: Vec<i32> = (period.first.year()..=period.last.year()).collect();
    let days = |year: &i32| {
        let first = NaiveDate::from_ymd_opt(*year, 1, 1)
            .unwrap_or(period.first)
            .max(period.first);
        let last = NaiveDate::from_ymd_opt(*year, 12, 31)
            .unwrap_or(period.last)
            .min(period.last);
        u64::try_from((last - first).num_days() + 1).unwrap_or(0)
    };
    let weights: Vec<u64> = years.iter().map(days).collect();
    years.into_iter().zip(amount.allocate(&weights)).collect()
}
