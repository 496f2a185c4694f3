//! Chooses the sheets when several hold a list. Two sheets with the same operations are never counted twice; different
//! lists are asked about unless one is clearly meant.
//!
//! The rule, in this order: the sheets asked for; the only list; lists that hold exactly the same operations count as
//! one (the first visible of them); the only visible list; the only list whose sheet names the ESF while all others
//! name the ERDF. Otherwise the answer is a question.

use std::collections::BTreeMap;

use nachweis_domain::language::Text;

use super::{heading::Role, rows::SheetList, spelling::compact};
use crate::programme::{ProgrammeError, SheetCandidate};

/// The lists that are read, those that are not, and what is said about repetitions.
pub(super) struct Chosen<'a> {
    pub(super) read: Vec<SheetList<'a>>,
    pub(super) left: Vec<SheetCandidate>,
    /// The sheets that repeat a list that is read or left.
    pub(super) repeated: Vec<String>,
    pub(super) notes: Vec<Text>,
}

/// Chooses among lists that all hold operations. `asked` names the sheets asked for; none leaves the choice to the rule.
pub(super) fn choose<'a>(lists: Vec<SheetList<'a>>, asked: &[String]) -> Result<Chosen<'a>, ProgrammeError> {
    let candidates = candidates(&lists);
    let lists = match asked {
        [] => lists,
        asked => named(lists, asked, &candidates)?,
    };
    let (mut distinct, notes) = without_repetitions(lists);
    if asked.is_empty() {
        let index = clearly_meant(&distinct).ok_or_else(|| ProgrammeError::WhichSheet {
            candidates: candidates.clone(),
        })?;
        distinct = vec![distinct.swap_remove(index)];
    }
    let is_read = |candidate: &SheetCandidate| distinct.iter().any(|list| list.sheet.name == candidate.name);
    let (repeated, notes): (Vec<String>, Vec<Text>) = notes.into_iter().unzip();
    let left = candidates
        .into_iter()
        .filter(|candidate| !is_read(candidate) && !repeated.contains(&candidate.name))
        .collect();
    Ok(Chosen {
        read: distinct,
        left,
        repeated,
        notes,
    })
}

/// The lists asked for, in the order of the workbook.
fn named<'a>(
    lists: Vec<SheetList<'a>>,
    asked: &[String],
    candidates: &[SheetCandidate],
) -> Result<Vec<SheetList<'a>>, ProgrammeError> {
    let is = |list: &SheetList<'_>, name: &str| list.sheet.name.trim() == name.trim();
    if let Some(missing) = asked.iter().find(|name| !lists.iter().any(|list| is(list, name))) {
        return Err(ProgrammeError::NoSuchSheet {
            asked: missing.clone(),
            candidates: candidates.to_vec(),
        });
    }
    Ok(lists
        .into_iter()
        .filter(|list| asked.iter().any(|name| is(list, name)))
        .collect())
}

fn clearly_meant(lists: &[SheetList<'_>]) -> Option<usize> {
    let only = |of: &dyn Fn(&SheetList<'_>) -> bool| {
        let mut fitting = lists.iter().enumerate().filter(|(_, list)| of(list));
        match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    let esf = |list: &SheetList<'_>| compact(&list.sheet.name).contains("esf");
    let erdf = |list: &SheetList<'_>| {
        let name = compact(&list.sheet.name);
        name.contains("efre") || name.contains("erdf")
    };
    only(&|_| true)
        .or_else(|| only(&|list| !list.sheet.hidden))
        .or_else(|| only(&esf).filter(|_| lists.iter().all(|list| esf(list) || erdf(list))))
}

/// What an operation is for telling lists apart: number, beneficiary, name, amount; each with how often it occurs.
pub(super) type Content = BTreeMap<Vec<String>, usize>;

/// Keeps one of the lists that hold exactly the same operations, and says so of each other by its name.
fn without_repetitions(lists: Vec<SheetList<'_>>) -> (Vec<SheetList<'_>>, Vec<(String, Text)>) {
    let mut distinct: Vec<(Content, SheetList<'_>)> = Vec::new();
    let mut notes = Vec::new();
    let (visible, hidden): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| !list.sheet.hidden);
    for list in visible.into_iter().chain(hidden) {
        let content = content(&list);
        let name = list.sheet.name.clone();
        match distinct.iter().find(|(known, _)| *known == content) {
            Some((_, first)) => {
                let first = &first.sheet.name;
                let note = Text::new(
                    format!(
                        "Das Blatt „{name}“ enthält dieselben Vorhaben wie „{first}“ und wird nicht noch einmal gezählt."
                    ),
                    format!(
                        "The sheet \"{name}\" holds the same operations as \"{first}\" and is not counted again."
                    ),
                );
                notes.push((name, note));
            }
            None => distinct.push((content, list)),
        }
    }
    (distinct.into_iter().map(|(_, list)| list).collect(), notes)
}

/// The operations of a list regardless of their order.
pub(super) fn content(list: &SheetList<'_>) -> Content {
    let mut content = BTreeMap::new();
    for row in &list.operations {
        let mut key: Vec<String> = [Role::Number, Role::Carrier, Role::Title]
            .into_iter()
            .map(|role| {
                row.value(list.header.column(role))
                    .map(|value| compact(&value.shown()))
            })
            .map(Option::unwrap_or_default)
            .collect();
        key.push(row.amount.money.to_string());
        *content.entry(key).or_default() += 1;
    }
    content
}

/// How many operations two lists share.
pub(super) fn shared(one: &Content, other: &Content) -> usize {
    let common =
        |(key, count): (&Vec<String>, &usize)| other.get(key).map_or(0, |times| (*times).min(*count));
    one.iter().map(common).sum()
}

/// The sheets to choose from, each with how many of its operations an earlier sheet holds too.
fn candidates(lists: &[SheetList<'_>]) -> Vec<SheetCandidate> {
    let contents: Vec<Content> = lists.iter().map(content).collect();
    let earlier = |index: usize| {
        let own = contents.get(index)?;
        let before = contents.iter().take(index).zip(lists);
        before
            .map(|(other, list)| (shared(own, other), list.sheet.name.clone()))
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, _)| *count)
            .map(|(count, name)| (name, count))
    };
    lists
        .iter()
        .enumerate()
        .map(|(index, list)| SheetCandidate {
            name: list.sheet.name.clone(),
            hidden: list.sheet.hidden,
            operations: list.operations.len(),
            total: list.total(),
            shared: earlier(index),
        })
        .collect()
}
