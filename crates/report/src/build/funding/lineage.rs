//! Where the money of sources comes from: plans for what is awarded, cells for what is called, received and spent.

use nachweis_domain::{
    audit::FigurePart, key::SourceKey, language::Text, money::Money, region::RegionCategory,
    round::SourceKind,
};

use super::{Amounts, BySubproject, KEYS, Scope, Source as Known, collect, rooms, sources, split};
use crate::{
    Value,
    lineage::{Amount, FigureKey, Formula, Made, Operand, Rule, Source, Term, spread},
};

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(scope: &Scope<'_>, table: &str, row: &str, column: &str) -> Option<Made> {
    let amounts = collect(scope);
    let sources = sources(scope, &amounts);
    let (category, key) = match (table, row) {
        (_, "total") => (None, None),
        ("funding", row) => {
            let (category, key) = row.split_once('/')?;
            let known = RegionCategory::ALL
                .into_iter()
                .find(|known| known.as_str() == category)?;
            (Some(known), Some(key))
        }
        (_, key) => (None, Some(key)),
    };
    let kind = match key {
        Some(key) => sources.iter().find(|source| source.key.as_str() == key)?.kind,
        None => None,
    };
    let place = Place {
        scope,
        amounts: &amounts,
        sources: &sources,
        category,
        key,
        kind,
    };
    if let Some(column) = KEYS.iter().position(|known| *known == column) {
        return Some(Made::Sum(place.terms(column)));
    }
    key?;
    place.formula(column)
}

struct Place<'a> {
    scope: &'a Scope<'a>,
    amounts: &'a BySubproject<'a>,
    sources: &'a [Known<'a>],
    /// None: all categories of region together.
    category: Option<RegionCategory>,
    /// None: all sources together.
    key: Option<&'a str>,
    kind: Option<SourceKind>,
}

impl Place<'_> {
    /// The terms of a money column, subproject by subproject.
    fn terms(&self, column: usize) -> Vec<Term> {
        let ledger = self.scope.ledger;
        let mut of_all: Vec<Vec<Term>> = vec![Vec::new(); self.sources.len() * ledger.subprojects.len()];
        let slot = |index: usize, key: &SourceKey| {
            let source = self.sources.iter().position(|source| source.key == key)?;
            self.key
                .is_none_or(|only| only == key.as_str())
                .then_some(index * self.sources.len() + source)
        };
        let mut push = |slot: Option<usize>, term: Option<Term>| {
            if let Some((terms, term)) = slot.and_then(|slot| of_all.get_mut(slot)).zip(term) {
                terms.push(term);
            }
        };
        let no = |index: usize| ledger.subprojects.get(index).map(|state| &state.subproject.no);
        if column == 0 {
            for index in 0..ledger.subprojects.len() {
                for (plan, (key, amount)) in self
                    .scope
                    .plan(index)
                    .into_iter()
                    .flat_map(|plan| plan.sources.iter().map(move |row| (plan, row)))
                {
                    let source = Source::Plan {
                        version: plan.number,
                        key: FigureKey::Source(key.clone()),
                        year: None,
                    };
                    push(
                        slot(index, key),
                        no(index).map(|no| Term::plain(no, source, (*amount).into())),
                    );
                }
            }
        } else {
            for entry in self.scope.funds() {
                let (part, amount) = match column {
                    1 => (FigurePart::Called, entry.totals.called),
                    2 => (FigurePart::Received, entry.totals.received),
                    _ => (FigurePart::Spent, entry.totals.spent),
                };
                let key = FigureKey::Source(entry.source.clone());
                let source = self.scope.cells(entry.subproject, entry.quarter, key, part);
                let term = no(entry.subproject).map(|no| Term::plain(no, source, amount.into()));
                push(slot(entry.subproject, &entry.source), term);
            }
        }
        let mut all = Vec::new();
        for (index, of_one) in of_all.chunks_mut(self.sources.len().max(1)).enumerate() {
            let parts = self.parts(index, column);
            for (terms, part) in of_one.iter_mut().zip(parts) {
                match part {
                    Part::Whole => {}
                    Part::Of(amount) => spread(terms, &Amount::Money(amount)),
                    Part::None => terms.clear(),
                }
                all.append(terms);
            }
        }
        all
    }

    /// What of each source of a subproject falls to the category.
    fn parts(&self, index: usize, column: usize) -> Vec<Part> {
        let state = self.scope.ledger.subprojects.get(index);
        let Some((category, state)) = self.category.zip(state) else {
            return self.sources.iter().map(|_| Part::Whole).collect();
        };
        let of = |source: &Known<'_>| {
            self.amounts
                .get(&(index, source.key))
                .copied()
                .unwrap_or_default()
        };
        let whole: Vec<(Option<SourceKind>, Amounts)> = self
            .sources
            .iter()
            .map(|source| (source.kind, of(source)))
            .collect();
        let split = split::Split::of(&self.scope.ledger.round, &state.subproject.regions);
        let parts = split.divide(&whole).into_iter();
        parts
            .map(|parts| {
                let is_whole = parts.len() == 1;
                match parts.into_iter().find(|(of, _)| *of == category) {
                    Some(_) if is_whole => Part::Whole,
                    Some((_, amounts)) => Part::Of(amounts.get(column).copied().unwrap_or_default()),
                    None => Part::None,
                }
            })
            .collect()
    }

    fn formula(&self, column: &str) -> Option<Made> {
        let round = &self.scope.ledger.round;
        let is_of_kind = matches!(self.kind, Some(SourceKind::Union | SourceKind::Own));
        let limit = self.kind.filter(|_| self.category.is_some()).zip(self.category);
        let given = |value, de: &str, en: &str| {
            Made::Formula(
                Formula::new(Rule::Given, de, en),
                vec![Operand::given("Förderrunde", "Funding round", value)],
            )
        };
        Some(match (column, limit) {
            ("spent_all", _) => self.of_all(),
            ("spent_kind", _) if is_of_kind => self.of_kind(),
            ("share", _) => self.share("spent"),
            ("share_kind", _) if is_of_kind => self.share("spent_kind"),
            ("share_most", Some((SourceKind::Union, category))) => given(
                Value::Percent(round.esf_caps.get(&category)?.fraction()),
                "Höchstanteil der Regionenkategorie, wie die Förderrunde ihn festlegt",
                "highest share in the category of region, as the round sets it",
            ),
            ("share_least", Some((SourceKind::Own, _))) => given(
                Value::Percent(round.own_funds_minimum.fraction()),
                "Mindestanteil der Eigenmittel, wie die Förderrunde ihn festlegt",
                "least share of own funds, as the round sets it",
            ),
            ("state", Some((SourceKind::Union, category))) => self.rating(
                Formula::new(
                    Rule::UnionMoney,
                    "über dem Höchstanteil, wenn die EU-Mittel größer sind als Höchstanteil × verausgabt + Rundung",
                    "above the highest share where Union money exceeds highest share × spent + rounding",
                ),
                "share_most",
                Value::Percent(round.esf_caps.get(&category)?.fraction()),
            ),
            ("state", Some((SourceKind::Own, _))) => self.rating(
                Formula::new(
                    Rule::OwnFunds,
                    "unter dem Mindestanteil, wenn Eigenmittel + Rundung kleiner sind als Mindestanteil × verausgabt",
                    "below the least share where own funds + rounding are less than least share × spent",
                ),
                "share_least",
                Value::Percent(round.own_funds_minimum.fraction()),
            ),
            _ => return None,
        })
    }

    /// What sources of the same table and category have spent together: the numbers of their rows.
    fn numbers(&self, de: &str, en: &str, counts: impl Fn(&Known<'_>) -> bool) -> Made {
        let sources = self.sources.iter().filter(|source| counts(source));
        let operands = sources.map(|source| {
            let one = Self {
                key: Some(source.key.as_str()),
                ..*self
            };
            let spent = Made::Sum(one.terms(SPENT)).recompute(&Amount::Money(Money::ZERO));
            Operand::open(
                source.name.clone(),
                spent.unwrap_or(Amount::Money(Money::ZERO)),
                &one.row(),
                "spent",
            )
        });
        Made::Formula(Formula::new(Rule::Together, de, en), operands.collect())
    }

    fn of_all(&self) -> Made {
        self.numbers(
            "verausgabt aller Mittelherkünfte, zusammen",
            "spent of all sources, together",
            |_| true,
        )
    }

    fn of_kind(&self) -> Made {
        self.numbers(
            "verausgabt aller Mittel dieser Art, zusammen",
            "spent of all money of this kind, together",
            |source| source.kind == self.kind,
        )
    }

    fn spent(&self, column: &'static str) -> Operand {
        let (name, made) = match column {
            "spent" => (Text::new("Verausgabt", "Spent"), Made::Sum(self.terms(SPENT))),
            "spent_kind" => (name(column), self.of_kind()),
            _ => (name(column), self.of_all()),
        };
        let value = made.recompute(&Amount::Money(Money::ZERO));
        Operand::open(
            name,
            value.unwrap_or(Amount::Money(Money::ZERO)),
            &self.row(),
            column,
        )
    }

    fn share(&self, of: &'static str) -> Made {
        let (de, en) = match of {
            "spent" => (
                "verausgabt ÷ verausgabt aller Mittelherkünfte",
                "spent ÷ spent of all sources",
            ),
            _ => (
                "verausgabt aller Mittel dieser Art ÷ verausgabt aller Mittelherkünfte",
                "spent of all money of this kind ÷ spent of all sources",
            ),
        };
        Made::Formula(
            Formula::new(Rule::Ratio, de, en),
            vec![self.spent(of), self.spent("spent_all")],
        )
    }

    fn rating(&self, formula: Formula, limit: &'static str, value: Value) -> Made {
        let name = match limit {
            "share_most" => Text::new("Anteil höchstens", "Share, at most"),
            _ => Text::new("Anteil mindestens", "Share, at least"),
        };
        let rooms = rooms(self.scope);
        let room = self
            .category
            .and_then(|category| rooms.get(&category))
            .copied()
            .unwrap_or_default();
        Made::Formula(
            formula,
            vec![
                self.spent("spent_kind"),
                self.spent("spent_all"),
                Operand::open(name, value, &self.row(), limit),
                Operand::given(
                    "Rundung (ein halber Cent je Quartalsbericht, zwei Cent je aufgeteiltem Teilvorhaben)",
                    "rounding (half a cent per quarterly report, two cents per divided subproject)",
                    room.amount(),
                ),
            ],
        )
    }

    fn row(&self) -> String {
        let key = self.key.unwrap_or("total");
        self.category.map_or_else(
            || key.to_owned(),
            |category| format!("{}/{key}", category.as_str()),
        )
    }
}

/// What of a source of a subproject falls to a category.
enum Part {
    Whole,
    Of(Money),
    None,
}

/// The position of what was spent in [`KEYS`].
const SPENT: usize = 3;

/// The name of a number that stands in no column.
pub(in crate::build) fn name(column: &str) -> Text {
    match column {
        "spent_kind" => Text::new(
            "Verausgabt, alle Mittel dieser Art",
            "Spent, all money of this kind",
        ),
        "spent_all" => Text::new("Verausgabt, alle Mittelherkünfte", "Spent, all sources"),
        other => Text::new(other, other),
    }
}
