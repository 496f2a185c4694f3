//! The rows of a control total as a filter in words: which sheet, which column, and what must stand in the others.

use nachweis_domain::{
    audit::{FigureKind, FigurePart, PlanRowKind},
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    language::{Language, Text},
    record::UploadState,
    round::{FundingRound, ItemKind},
};

use super::Summed;
use crate::{
    audit::{
        figures::{kind_name, part_name},
        names::Names,
        plans::of_kind,
    },
    upload_state,
};

/// What must stand in a column: its heading and the values, one of which must be there.
type Condition = (Text, Vec<String>);

impl Summed {
    /// The filter as a sentence: `Blatt „Zahlen“, Spalte „Betrag (€)“, Filter: Zählt in Berichten = ja; Art = Ausgaben`.
    pub(in crate::audit) fn filter(&self, round: &FundingRound, names: &Names, language: Language) -> String {
        let quoted = |name: &str| {
            language
                .pick(&format!("„{name}“"), &format!("“{name}”"))
                .to_owned()
        };
        let sheet = self.sheet().map(|kind| language.pick(kind.name.0, kind.name.1));
        let sheet = sheet.map(|name| format!("{} {}", language.pick("Blatt", "Sheet"), quoted(name)));
        match self {
            Self::Rows(_) => {
                let all = language.pick("jede Zeile zählt eins", "each row counts one");
                return format!("{}: {all}", sheet.unwrap_or_default());
            }
            Self::Unlisted => {
                return language
                    .pick(
                        "Zeilen, in denen „Fassungen Nr.“ leer ist oder deren Teilvorhaben nicht im Blatt „Teilvorhaben“ steht",
                        "Rows in which “Revisions no.” is empty, or whose subproject is not on the sheet “Subprojects”",
                    )
                    .to_owned();
            }
            _ => {}
        }
        let column = self.column(language);
        let mut said = format!(
            "{}, {} {}",
            sheet.unwrap_or_default(),
            language.pick("Spalte", "column"),
            quoted(column)
        );
        let conditions = self.conditions(names, language);
        let said_one = |(heading, values): &Condition| {
            format!(
                "{} = {}",
                heading.get(language),
                values.join(language.pick(" oder ", " or "))
            )
        };
        if !conditions.is_empty() {
            let all: Vec<String> = conditions.iter().map(said_one).collect();
            said = format!(
                "{said}, {}: {}",
                language.pick("Filter", "filter"),
                all.join("; ")
            );
        }
        let income = self.income(round);
        if !income.is_empty() {
            let deducted = language.pick("abgezogen", "deducted");
            said = format!("{said}; {deducted}: {}", said_one(&(key_heading(), income)));
        }
        if matches!(self, Self::Places(_)) {
            let each = language.pick(
                "gezählt sind die Summen je Quartal oder Tag und Schlüssel, die nicht null und in den Berichten gleich sind",
                "counted are the sums of each quarter or day and key that are not zero and the same in the reports",
            );
            said = format!("{said} – {each}");
        }
        said
    }

    /// The heading of the column that is added up.
    fn column(&self, language: Language) -> &'static str {
        match self {
            Self::Indicator { .. } | Self::Counter(_) | Self::Plans(PlanRowKind::Target, _) => {
                language.pick("Anzahl", "Count")
            }
            Self::Places(of) => of.column(language),
            _ => language.pick("Betrag (€)", "Amount (€)"),
        }
    }

    fn conditions(&self, names: &Names, language: Language) -> Vec<Condition> {
        match self {
            Self::Rows(_) | Self::Unlisted => Vec::new(),
            Self::Places(of) => of.conditions(names, language),
            Self::Expenditure { item, accepted } => {
                let item = item.as_ref().map(ItemKey::as_str);
                let amount = (FigureKind::Expenditure, &[FigurePart::Amount][..]);
                let mut conditions = of_figures(amount, item, language);
                if *accepted {
                    let accepted = upload_state::name(UploadState::Accepted);
                    conditions.push((
                        Text::new("Stand", "State"),
                        vec![accepted.get(language).to_owned()],
                    ));
                }
                conditions
            }
            Self::Vouchers(item) => {
                let name = match item.as_str() {
                    "" => language.pick("(leer)", "(empty)"),
                    item => names.of(FigureKind::Expenditure, item),
                };
                vec![
                    counts(language),
                    (Text::new("Einzelansatz", "Plan item"), vec![name.to_owned()]),
                ]
            }
            Self::Funds { parts, source } => {
                let source = source.as_ref().map(SourceKey::as_str);
                of_figures((FigureKind::Fund, parts), source, language)
            }
            Self::Payments(source) => {
                let source = source.as_ref().map(|key| vec![key.to_string()]);
                source.map(|key| (key_heading(), key)).into_iter().collect()
            }
            Self::Plans(kind, source) => of_plans(*kind, source.as_ref(), language),
            Self::Indicator { code, parts } => {
                let code = code.as_ref().map(IndicatorCode::as_str);
                of_figures((FigureKind::Indicator, parts), code, language)
            }
            Self::Counter(key) => {
                let key = key.as_ref().map(CounterKey::as_str);
                of_figures((FigureKind::Counter, &[FigurePart::Count]), key, language)
            }
        }
    }

    /// The items of the round that are deducted where all are added up.
    fn income(&self, round: &FundingRound) -> Vec<String> {
        match self {
            Self::Expenditure { item: None, .. } | Self::Plans(PlanRowKind::Item, _) => {
                let items = round.plan_items.iter();
                let income = items.filter(|item| matches!(item.kind, ItemKind::Income));
                income.map(|item| item.key.to_string()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What figures of a kind must say, of all keys where none is given.
fn of_figures(
    (kind, parts): (FigureKind, &[FigurePart]),
    key: Option<&str>,
    language: Language,
) -> Vec<Condition> {
    let parts = parts.iter().map(|part| part_name(*part).get(language).to_owned());
    let mut conditions = vec![
        counts(language),
        (kind_heading(), vec![kind_name(kind).get(language).to_owned()]),
        (Text::new("Angabe", "Part"), parts.collect()),
    ];
    conditions.extend(key.map(|key| (key_heading(), vec![key.to_owned()])));
    conditions
}

/// What rows of plans must say, of all sources where none is given.
fn of_plans(kind: PlanRowKind, source: Option<&SourceKey>, language: Language) -> Vec<Condition> {
    let in_effect = language.pick(
        "die geltende (Blatt „Teilvorhaben“)",
        "the one in effect (sheet “Subprojects”)",
    );
    let mut conditions = vec![
        (Text::new("Fassung", "Version"), vec![in_effect.to_owned()]),
        (kind_heading(), vec![of_kind(kind).0.get(language).to_owned()]),
    ];
    conditions.extend(source.map(|key| (key_heading(), vec![key.to_string()])));
    conditions
}

fn counts(language: Language) -> Condition {
    let yes = language.pick("ja", "yes");
    (
        Text::new("Zählt in Berichten", "Counts in reports"),
        vec![yes.to_owned()],
    )
}

fn kind_heading() -> Text {
    Text::new("Art", "Kind")
}

fn key_heading() -> Text {
    Text::new("Schlüssel", "Key")
}
