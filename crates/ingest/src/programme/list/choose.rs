//! Chooses the sheet when several hold a list. Two sheets with the same operations are never counted twice; different
//! lists are asked about unless one is clearly meant.
//!
//! The rule, in this order: the sheet asked for; the only list; lists that hold exactly the same operations count as one
//! (the first visible of them); the only visible list; the only list whose sheet names the ESF while all others name
//! the ERDF. Otherwise the answer is a question.

use std::collections::BTreeMap;

use nachweis_domain::language::Text;

use super::{heading::Role, rows::SheetList, spelling::compact};
use crate::programme::{ProgrammeError, SheetCandidate};

/// The chosen list, and what is said about the others.
pub(super) fn choose<'a>(
    lists: Vec<SheetList<'a>>,
    asked: Option<&str>,
) -> Result<(SheetList<'a>, Vec<Text>), ProgrammeError> {
    let candidates: Vec<SheetCandidate> = lists.iter().map(candidate).collect();
    if let Some(asked) = asked {
        return lists
            .into_iter()
            .find(|list| list.sheet.name.trim() == asked.trim())
            .map(|list| (list, Vec::new()))
            .ok_or_else(|| ProgrammeError::NoSuchSheet {
                asked: asked.to_owned(),
                candidates,
            });
    }
    let (mut distinct, notes) = without_repetitions(lists);
    let pick = |of: &dyn Fn(&SheetList<'a>) -> bool, distinct: &[SheetList<'a>]| {
        let mut fitting = distinct.iter().enumerate().filter(|(_, list)| of(list));
        match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    let esf = |list: &SheetList<'a>| compact(&list.sheet.name).contains("esf");
    let erdf = |list: &SheetList<'a>| {
        let name = compact(&list.sheet.name);
        name.contains("efre") || name.contains("erdf")
    };
    let index = pick(&|_| true, &distinct)
        .or_else(|| pick(&|list| !list.sheet.hidden, &distinct))
        .or_else(|| pick(&esf, &distinct).filter(|_| distinct.iter().all(|list| esf(list) || erdf(list))));
    match index {
        Some(index) => Ok((distinct.swap_remove(index), notes)),
        None => Err(ProgrammeError::WhichSheet { candidates }),
    }
}

/// Keeps one of the lists that hold exactly the same operations, and says so.
fn without_repetitions(lists: Vec<SheetList<'_>>) -> (Vec<SheetList<'_>>, Vec<Text>) {
    let mut distinct: Vec<(BTreeMap<Vec<String>, usize>, SheetList<'_>)> = Vec::new();
    let mut notes = Vec::new();
    let (visible, hidden): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| !list.sheet.hidden);
    for list in visible.into_iter().chain(hidden) {
        let content = content(&list);
        match distinct.iter().find(|(known, _)| *known == content) {
            Some((_, first)) => notes.push(Text::new(
                format!(
                    "Das Blatt „{}“ enthält dieselben Vorhaben wie „{}“ und wird nicht noch einmal gezählt.",
                    list.sheet.name, first.sheet.name
                ),
                format!(
                    "The sheet \"{}\" holds the same operations as \"{}\" and is not counted again.",
                    list.sheet.name, first.sheet.name
                ),
            )),
            None => distinct.push((content, list)),
        }
    }
    (distinct.into_iter().map(|(_, list)| list).collect(), notes)
}

/// The operations of a list regardless of their order: number, beneficiary, name, amount, each with how often.
fn content(list: &SheetList<'_>) -> BTreeMap<Vec<String>, usize> {
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

fn candidate(list: &SheetList<'_>) -> SheetCandidate {
    SheetCandidate {
        name: list.sheet.name.clone(),
        hidden: list.sheet.hidden,
        operations: list.operations.len(),
        total: list.total(),
    }
}
