//! What a heading says about an amount: which money it is, and whether it is the whole or a part.
//!
//! The order of [`Basis`] is that of DECISIONS.md 14. A part (a year, national money, what was paid or asked for) is
//! never taken while a column holds the whole.

use super::{
    super::spelling::{compact, words},
    nouns,
};

/// Which money a column holds, the sooner the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Basis {
    /// Total eligible expenditure: what Annex XII of Regulation (EU) No 1303/2013 asks lists to show.
    Eligible,
    /// Total cost, eligible or not: what Art. 49(3) of Regulation (EU) 2021/1060 asks for.
    Cost,
    /// Public money for the operation.
    Public,
    /// The Union's money for the operation.
    Union,
    /// An amount without further words.
    Plain,
}

/// Whether a column holds the whole of its money or a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Part {
    /// The whole.
    Whole,
    /// An earlier state, or what was asked for rather than awarded.
    Earlier,
    /// The share of one source, partner or item: `davon Land`.
    Share,
    /// One year.
    Year,
    /// What was paid or certified, not what was awarded.
    Paid,
}

/// An amount as a heading describes it; the smallest is the amount of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct Money {
    pub(in super::super) part: Part,
    pub(in super::super) basis: Basis,
}

/// The amount that a heading describes, and how many letters of it say so; `None` when it describes none, or a rate.
pub(super) fn read(heading: &str) -> Option<(Money, usize)> {
    let text = compact(heading);
    // `davon`: what stands behind it says which money, what stands before it that it is a part.
    let (of_which, said) = match ["davon", "darunter", "ofwhich", "thereof"]
        .iter()
        .find_map(|word| text.split_once(word))
    {
        Some((_, behind)) if !behind.is_empty() => (true, behind),
        _ => (false, text.as_str()),
    };
    let (basis, length) = basis(said)
        .or_else(|| basis(&text))
        .or_else(|| nouns::ends_in_money(heading).then_some((Basis::Plain, nouns::LENGTH)))?;
    if is_rate(heading, &text) {
        return None;
    }
    let part = if of_which {
        Part::Share
    } else {
        part(heading, &text)
    };
    Some((Money { part, basis }, length))
}

/// Which money a text in the spelling of [`compact`] names, by the rule in DECISIONS.md 14: words of the Union at the
/// beginning, then eligible, then the rest by the longest name.
fn basis(text: &str) -> Option<(Basis, usize)> {
    let longest = |names: &[&str], fits: &dyn Fn(&str) -> bool| {
        names
            .iter()
            .filter(|name| fits(name))
            .map(|name| name.len())
            .max()
    };
    let union_first = longest(nouns::UNION, &|name| text.starts_with(name));
    if let Some(length) = union_first {
        return Some((Basis::Union, length));
    }
    let within = |names| longest(names, &|name| text.contains(name));
    let (eligible, public) = (within(nouns::ELIGIBLE), within(nouns::PUBLIC));
    let (cost, union) = (within(nouns::COST), within(nouns::UNION));
    let is_eligible_money =
        nouns::ELIGIBLE_WORDS.iter().any(|word| text.contains(word)) && within(nouns::MONEY).is_some();
    let beats = |length: &usize, other: Option<usize>| other.is_none_or(|other| *length > other);
    if let Some(length) = public.filter(|length| beats(length, eligible) && beats(length, cost)) {
        return Some((Basis::Public, length));
    }
    if let Some(length) = eligible {
        return Some((Basis::Eligible, length));
    }
    if is_eligible_money {
        let is_public = ["oeffentlich", "public"].iter().any(|word| text.contains(word));
        return Some((if is_public { Basis::Public } else { Basis::Eligible }, 20));
    }
    let mut others = [
        (Basis::Cost, cost),
        (Basis::Public, public),
        (Basis::Union, union),
    ]
    .into_iter()
    .filter_map(|(basis, length)| Some((basis, length?)))
    .collect::<Vec<_>>();
    others.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    others.into_iter().next().or_else(|| plain(text))
}

fn plain(text: &str) -> Option<(Basis, usize)> {
    let bare = text.trim_matches(|char: char| char.is_ascii_digit());
    if let Some(name) = ["zuwendung", "zuschuss", "grant"]
        .iter()
        .find(|name| bare == **name)
    {
        return Some((Basis::Public, name.len()));
    }
    let whole = nouns::PLAIN.iter().find(|name| bare == **name);
    let begins = ["betrag", "amountin"]
        .iter()
        .find(|name| bare.starts_with(**name));
    let paid = nouns::PAID_AMOUNTS.iter().find(|name| text.contains(**name));
    whole.or(begins).or(paid).map(|name| (Basis::Plain, name.len()))
}

/// Whether the heading is of a share in per cent: it speaks of a rate before it speaks of money, or says `in %`.
fn is_rate(heading: &str, text: &str) -> bool {
    let first = |names: &[&str]| names.iter().filter_map(|name| text.find(name)).min();
    let lower = heading.to_lowercase();
    let percent = ["in %", "in prozent", "(%)", "in percent", "percent of", "% "]
        .iter()
        .any(|word| lower.contains(word))
        || lower.trim_end().ends_with('%');
    let money = first(nouns::MONEY).unwrap_or(usize::MAX);
    let euro = lower.contains('€') || words(heading).iter().any(|word| word == "eur" || word == "euro");
    let rate = first(nouns::RATE).is_some_and(|rate| rate <= money);
    rate || (percent && !euro && !text.starts_with("gesamt") && !text.starts_with("total"))
}

fn part(heading: &str, text: &str) -> Part {
    let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
    let words = words(heading);
    let years = words.iter().enumerate().filter(|(index, word)| {
        let is_year =
            word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
        // The year of a date, or one of a period, is none of a column of years.
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        let behind = words.get(index + 1);
        let near =
            |word: Option<&String>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        is_year && !near(before) && !near(behind)
    });
    if has(nouns::PAID) {
        Part::Paid
    } else if years.count() == 1 {
        Part::Year
    } else if has(nouns::SHARE)
        || words
            .iter()
            .any(|word| nouns::SHARE_WORDS.contains(&word.as_str()))
    {
        Part::Share
    } else if has(nouns::EARLIER) {
        Part::Earlier
    } else {
        Part::Whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(heading: &str) -> Option<(Basis, Part)> {
        read(heading).map(|(money, _)| (money.basis, money.part))
    }

    #[test]
    fn amounts_are_told_apart() {
        use Basis::{Cost, Eligible, Plain, Public, Union};
        let cases = [
            (
                "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens",
                Eligible,
                Part::Whole,
            ),
            ("zuwendungsfähige Gesamtkosten", Eligible, Part::Whole),
            (
                "Betrag der förderfähigen Gesamtkosten (EUR)",
                Eligible,
                Part::Whole,
            ),
            ("bewilligte förderfähige Gesamtinvestition", Eligible, Part::Whole),
            (
                "Total Eligible Expenditure Allocated to the Operation",
                Eligible,
                Part::Whole,
            ),
            ("total_amount_eligible", Eligible, Part::Whole),
            ("Total Public Eligible Expenditure", Public, Part::Whole),
            ("förderfähige öffentliche Ausgaben", Public, Part::Whole),
            ("Gesamtkosten des Vorhabens", Cost, Part::Whole),
            ("Total cost of the operation", Cost, Part::Whole),
            ("Total Project Cost", Cost, Part::Whole),
            ("gesamte Fördersumme / funding amount", Public, Part::Whole),
            ("Bewilligte Zuwendung", Public, Part::Whole),
            ("EU-Beitrag zu den förderfähigen Ausgaben", Union, Part::Whole),
            ("EU Funds Awarded", Union, Part::Whole),
            ("ESF/ ERDF Grant requested", Union, Part::Earlier),
            ("davon ESF-Mittel", Union, Part::Share),
            ("Gesamtkosten davon Landesmittel", Public, Part::Share),
            ("Förderfähige Ausgaben 2016", Eligible, Part::Year),
            ("Förderfähige Ausgaben 2014-2020", Eligible, Part::Whole),
            ("Förderfähige Ausgaben (Stand 31.12.2016)", Eligible, Part::Whole),
            ("Eigenmittel", Plain, Part::Share),
            ("Ausbezahlter Betrag zum Projektende", Plain, Part::Paid),
            ("Total eligible expenditure; Original", Eligible, Part::Earlier),
            (
                "Total eligible expenditure allocated to the beneficiary",
                Eligible,
                Part::Share,
            ),
            ("Betrag in EUR", Plain, Part::Whole),
            ("Projektkosten", Cost, Part::Whole),
        ];
        for (heading, basis, part) in cases {
            assert_eq!(money(heading), Some((basis, part)), "{heading}");
        }
    }

    #[test]
    fn rates_and_kinds_are_no_amounts() {
        for heading in [
            "Unions-Kofinanzierungssatz pro Prioriätsachse/ ESF-Anteil",
            "Kofinanzierungssatz (bezogen auf die förderfähigen Gesamtausgaben)",
            "Percent of project funded by EU",
            "EU-Anteil an den förderfähigen Ausgaben in %",
            "Fördersatz",
            "Kostenart",
            "Art der Förderung",
            "Form of finance",
            "Name des Begünstigten",
            "Finanzierungsform",
            "Studierende",
        ] {
            assert_eq!(money(heading), None, "{heading}");
        }
    }
}
