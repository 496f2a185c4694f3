//! What a heading means: synonyms as data, German and English, as published lists of operations write them.

pub(super) use money::{Basis, Money, Part};
use synonyms::Fit;

use super::spelling::compact;

mod money;
mod nouns;
mod synonyms;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// The number of the operation.
    Number,
    /// The beneficiary.
    Carrier,
    /// The name of the operation.
    Title,
    /// What it is about.
    Summary,
    /// The first day.
    Start,
    /// The last day.
    End,
    /// The first and the last day in one cell.
    Span,
    /// An amount; the smaller, the sooner it is the one of the operation.
    Amount(Money),
    /// The share of the Union.
    Rate,
    /// The category of region.
    Category,
    /// The Land.
    Land,
    /// A NUTS code.
    Nuts,
    /// A district, or a region by its name.
    District,
    /// The official key of a municipality or district.
    MunicipalKey,
    /// The fund.
    Fund,
    /// The currency.
    Currency,
    /// A column that lists have and nobody needs here.
    Other,
}

/// What a heading means, and how many letters of it say so; `None` for a heading nobody knows.
pub(super) fn role(heading: &str) -> Option<(Role, usize)> {
    let spelled = compact(heading);
    // Numbers of columns and marks of footnotes: `10. Land`, `GESAMTBETRAG 1)`.
    let bare = spelled.trim_matches(|char: char| char.is_ascii_digit());
    let fits = |fit: Fit, synonym: &str| match fit {
        Fit::Whole => bare == synonym,
        Fit::Begins => bare.starts_with(synonym),
        Fit::Within => spelled.contains(synonym),
    };
    let named = synonyms::all()
        .filter(|(_, fit, synonym)| fits(*fit, synonym))
        .map(|(role, _, synonym)| (role, synonym.len()));
    let amount = money::read(heading).map(|(money, length)| (Role::Amount(money), length));
    named
        .chain(amount)
        .max_by_key(|(role, length)| (*length, std::cmp::Reverse(*role)))
}

#[cfg(test)]
mod tests;
