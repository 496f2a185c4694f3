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
    heading::Role,
    number::Numbers,
    operation::{Place, Reader},
    rows::{Row, SheetList},
    spelling::compact,
};
use crate::programme::{NotTakenRow, ProgrammeFile, Reason, TakenRow};

/// What is assumed of an operation whose list and place say no category.
const ASSUMED: RegionCategory = RegionCategory::MoreDeveloped;

/// Builds subprojects.
pub(super) struct Builder<'l, 'a> {
    round: &'l FundingRound,
    reader: Reader<'l, 'a>,
    numbers: Numbers,
    recorded_at: DateTime<Utc>,
    rates_are_percent: bool,
    assumed: Assumed,
}

/// How many operations got something that the list does not say.
#[derive(Default)]
struct Assumed {
    numbers: usize,
    category_by_place: usize,
    category: usize,
    sources: usize,
    hidden: usize,
}

impl<'l, 'a> Builder<'l, 'a> {
    /// A builder for a list.
    pub(super) fn new(
        round: &'l FundingRound,
        list: &'l SheetList<'a>,
        land: Option<Land>,
        recorded_at: DateTime<Utc>,
    ) -> Self {
        let reader = Reader::new(list, land, round.period);
        let numbers = Numbers::of(list.operations.iter().map(|row| reader.text(row, Role::Number)));
        Self {
            round,
            rates_are_percent: reader.rates_are_percent(),
            reader,
            numbers,
            recorded_at,
            assumed: Assumed::default(),
        }
    }

    /// Adds every operation to the file.
    pub(super) fn build(mut self, file: &mut ProgrammeFile) {
        let list = self.reader.list;
        for row in &list.operations {
            let (sheet, number) = (list.sheet.name.clone(), row.raw.row + 1);
            match self.operation(row) {
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
        self.assumed.notes(list, &mut file.notes);
    }

    fn operation(&mut self, row: &Row<'a>) -> Result<(Subproject, PlanVersion, Vec<Text>), Reason> {
        let mut notes: Vec<Text> = row.amount.note.iter().cloned().collect();
        let grant_period = self.reader.period(row, &mut notes)?;
        let place = self.reader.place(row);
        let category = self.category(&place);
        if row.raw.hidden {
            self.assumed.hidden += 1;
            notes.push(Text::new(
                "Die Zeile ist in der Datei ausgeblendet.",
                "The row is hidden in the file.",
            ));
        }
        let (title, carrier) = self.names(row, &mut notes);
        let no = self.number(
            row,
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
            sources: self.sources(row, category),
            targets: BTreeMap::new(),
        };
        Ok((subproject, plan, notes))
    }

    fn category(&mut self, place: &Place) -> RegionCategory {
        if let Some(category) = place.category {
            self.assumed.category_by_place += usize::from(!place.stated);
            category
        } else {
            self.assumed.category += 1;
            ASSUMED
        }
    }

    /// Name and beneficiary; what the list leaves out is said.
    fn names(&self, row: &Row<'a>, notes: &mut Vec<Text>) -> (String, String) {
        let mut title = self.reader.text(row, Role::Title);
        let mut carrier = self.reader.text(row, Role::Carrier);
        if title.is_empty() {
            title = self.reader.text(row, Role::Summary);
        }
        if title.is_empty() {
            title.clone_from(&carrier);
        }
        if carrier.is_empty() {
            carrier = "(nicht genannt)".into();
            notes.push(Text::new(
                "Die Liste nennt keinen Begünstigten.",
                "The list names no beneficiary.",
            ));
        }
        (title, carrier)
    }

    fn number(
        &mut self,
        row: &Row<'a>,
        content: [&str; 3],
        land: Option<Land>,
        notes: &mut Vec<Text>,
    ) -> SubprojectNo {
        let stated = self.reader.text(row, Role::Number);
        if let Some(own) = self.numbers.own(&stated) {
            return own;
        }
        self.assumed.numbers += 1;
        let occurrences = self.numbers.occurrences(&stated);
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

    /// The Union's share by the list's rate, else by the cap of the category; the rest is the first other source.
    fn sources(&mut self, row: &Row<'a>, category: RegionCategory) -> BTreeMap<SourceKey, Money> {
        let amount = row.amount.money;
        let rate = self
            .reader
            .rate(row, self.rates_are_percent)
            .map(Rate::from_fraction);
        self.assumed.sources += usize::from(rate.is_none());
        let rate = rate
            .or_else(|| self.round.esf_caps.get(&category).copied())
            .unwrap_or(Rate::from_fraction(Decimal::ZERO));
        let union = amount.share(rate);
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

impl Assumed {
    fn notes(&self, list: &SheetList<'_>, notes: &mut Vec<Text>) {
        let all = list.operations.len();
        let mut say = |count: usize, de: &str, en: &str| {
            if count > 0 {
                notes.push(Text::new(
                    format!("{count} von {all} Vorhaben: {de}"),
                    format!("{count} of {all} operations: {en}"),
                ));
            }
        };
        say(
            self.numbers,
            "Die Liste nennt keine eigene Nummer; sie wurde aus Begünstigtem, Bezeichnung und Beginn gebildet.",
            "the list gives no number of their own; it was made from beneficiary, name and beginning.",
        );
        say(
            self.category_by_place,
            "Die Kategorie der Region folgt aus Land oder NUTS-Region (Einstufung 2021–2027).",
            "the category of region follows from the Land or NUTS region (classification of 2021–2027).",
        );
        say(
            self.category,
            "Weder Liste noch Ort nennen die Kategorie der Region; angenommen ist „stärker entwickelt“.",
            "neither the list nor the place says the category of region; \"more developed\" is assumed.",
        );
        say(
            self.sources,
            "Die Liste nennt keinen Kofinanzierungssatz; angenommen ist der Höchstsatz der Kategorie.",
            "the list gives no co-financing rate; the highest rate of the category is assumed.",
        );
        say(
            self.hidden,
            "Die Zeile ist in der Datei ausgeblendet und wurde mitgezählt.",
            "the row is hidden in the file and was counted.",
        );
    }
}
