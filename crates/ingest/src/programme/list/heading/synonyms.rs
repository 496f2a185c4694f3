//! The synonyms of headings, as data: German and English, as published lists of operations write them. Words for money
//! stand in [`nouns`](super::nouns).
//!
//! They are written in the spelling of [`compact`](super::super::spelling::compact). The longest one that fits wins, so
//! that `Bezeichnung des Vorhabens` is not taken for `Vorhaben`, nor `Ort des Begünstigten` for the beneficiary.

use super::Role;

mod names;
mod places;
mod times;

/// How a synonym must fit the heading.
#[derive(Clone, Copy)]
pub(super) enum Fit {
    /// It is the whole heading.
    Whole,
    /// The heading begins with it.
    Begins,
    /// It stands somewhere in the heading.
    Within,
}

/// Synonyms of one role that fit alike.
type Synonyms = (Role, Fit, &'static [&'static str]);

/// Each synonym with its role and how it must fit.
pub(super) fn all() -> impl Iterator<Item = (Role, Fit, &'static str)> {
    [names::ALL, times::ALL, places::ALL]
        .into_iter()
        .flatten()
        .flat_map(|(role, fit, synonyms)| synonyms.iter().map(|synonym| (*role, *fit, *synonym)))
}
