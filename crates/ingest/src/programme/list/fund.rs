//! Operations of several funds in one list: those of the round's own fund are taken.

use std::collections::BTreeSet;

use nachweis_domain::round::{FundingRound, SourceKind};

use super::{heading::Role, rows::Row, rows::SheetList, spelling::compact};

/// The funds of the Union, each by the beginnings of its names in the spelling of [`compact`].
const FUNDS: [(&str, &[&str]); 6] = [
    (
        "esf",
        &[
            "esf",
            "europaeischersozialfonds",
            "europeansocialfund",
            "yei",
            "bbi",
        ],
    ),
    (
        "erdf",
        &[
            "efre",
            "erdf",
            "europaeischerfondsfuerregionale",
            "europeanregionaldevelopment",
        ],
    ),
    ("cf", &["kohaesionsfonds", "cohesionfund", "cf"]),
    (
        "jtf",
        &["jtf", "justtransitionfund", "fondsfuereinengerechtenuebergang"],
    ),
    ("eafrd", &["eler", "eafrd"]),
    ("emff", &["emff", "emfaf"]),
];

/// Which rows of a list belong to the round's fund.
#[derive(Clone, Debug, Default)]
pub(super) struct FundFilter {
    /// The fund of the round, when the list names it and others.
    own: Option<&'static str>,
    col: Option<u16>,
}

impl FundFilter {
    /// A list is filtered when its column of funds names the round's fund and another one.
    pub(super) fn of(round: &FundingRound, list: &SheetList<'_>) -> Self {
        let col = list.header.column(Role::Fund);
        let named: BTreeSet<&str> = list
            .operations
            .iter()
            .filter_map(|row| fund(&row.value(col)?.shown()))
            .collect();
        let own = round_fund(round).filter(|own| named.contains(own) && named.len() > 1);
        Self { own, col }
    }

    /// The fund of a row that does not belong to the round, as typed.
    pub(super) fn foreign(&self, row: &Row<'_>) -> Option<String> {
        let own = self.own?;
        let typed = row.value(self.col)?.shown();
        fund(&typed).filter(|fund| *fund != own).map(|_| typed)
    }
}

fn round_fund(round: &FundingRound) -> Option<&'static str> {
    let unions = round
        .sources
        .iter()
        .filter(|source| source.kind == SourceKind::Union);
    let funds: BTreeSet<&'static str> = unions
        .filter_map(|source| fund(source.key.as_str()).or_else(|| fund(&source.name.de)))
        .collect();
    let mut funds = funds.into_iter();
    funds.next().filter(|_| funds.next().is_none())
}

fn fund(name: &str) -> Option<&'static str> {
    let name = compact(name);
    FUNDS
        .iter()
        .find(|(_, names)| {
            names
                .iter()
                .any(|known| name == *known || (known.len() > 2 && name.starts_with(known)))
        })
        .map(|(fund, _)| *fund)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn funds_are_known_by_their_names() {
        let cases = [
            ("ESF+", Some("esf")),
            ("ESF Plus", Some("esf")),
            ("EFRE", Some("erdf")),
            ("European Regional Development Fund (ERDF)", Some("erdf")),
            ("Kohäsionsfonds", Some("cf")),
            ("Landesprogramm", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(fund(name), expected, "{name}");
        }
    }
}
