//! The groups of subprojects that rows stand for, and how a subproject's figures fall to them.

use std::{collections::BTreeMap, sync::Arc};

use nachweis_domain::{
    apportion::apportion,
    language::Text,
    ledger::{Ledger, SubprojectIndex, SubprojectState},
    money::Money,
    region::{Land, RegionCategory},
};

use crate::{Column, ColumnKind, GroupBy, Value};

/// What a row stands for: a key for programs, and a name for people.
pub(super) struct Group {
    key: String,
    name: Text,
}

/// The groups of one grouping, in the order of the report; groups without figures included.
pub(super) struct Groups {
    by: GroupBy,
    list: Vec<Group>,
    /// For each subproject: its groups with their weights.
    shares: Vec<Vec<(usize, u64)>>,
}

impl Groups {
    /// The groups of a grouping of subprojects. Plan items and quarters are no groups of subprojects: they give the
    /// round as a whole.
    pub(super) fn of(ledger: &Ledger, by: GroupBy) -> Self {
        let mut groups = listed(ledger, by);
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (position, group) in groups.iter().enumerate() {
            index.insert(group.key.clone(), position);
        }
        let mut shares = Vec::with_capacity(ledger.subprojects.len());
        for state in &ledger.subprojects {
            let mut of_one = Vec::new();
            for (group, weight) in memberships(ledger, state, by) {
                let position = *index.entry(group.key.clone()).or_insert_with(|| {
                    groups.push(group);
                    groups.len() - 1
                });
                of_one.push((position, weight));
            }
            shares.push(of_one);
        }
        Self {
            by,
            list: groups,
            shares,
        }
    }

    /// What the groups are.
    pub(super) const fn by(&self) -> GroupBy {
        self.by
    }

    /// The only group of a subproject; none when its figures are divided.
    pub(super) fn only(&self, subproject: SubprojectIndex) -> Option<usize> {
        match self.shares.get(subproject).map(Vec::as_slice) {
            Some([(group, _)]) => Some(*group),
            _ => None,
        }
    }

    /// The position of the group of a key.
    pub(super) fn position(&self, key: &str) -> Option<usize> {
        self.list.iter().position(|group| group.key == key)
    }

    /// The key of a group.
    pub(super) fn key(&self, group: usize) -> &str {
        self.list.get(group).map_or("", |group| &group.key)
    }

    /// The groups of a subproject with their names and weights.
    pub(super) fn weights(&self, subproject: SubprojectIndex) -> Vec<(usize, &Text, u64)> {
        let shares = self.shares.get(subproject).map_or(&[][..], Vec::as_slice);
        shares
            .iter()
            .filter_map(|(group, weight)| Some((*group, &self.list.get(*group)?.name, *weight)))
            .collect()
    }

    /// How many groups there are.
    pub(super) const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is one group, the round.
    pub(super) fn is_round(&self) -> bool {
        self.by == GroupBy::Round
    }

    /// Divides an amount of a subproject over its groups to the cent, sum kept.
    pub(super) fn divide(&self, subproject: SubprojectIndex, amount: Money) -> Vec<(usize, Money)> {
        self.divided(subproject, amount, Money::allocate)
    }

    /// Divides a count of a subproject over its groups in whole numbers, sum kept; a larger count gives no group less.
    pub(super) fn divide_count(&self, subproject: SubprojectIndex, count: i64) -> Vec<(usize, i64)> {
        self.divided(subproject, count, apportion)
    }

    fn divided<T>(
        &self,
        subproject: SubprojectIndex,
        whole: T,
        divide: impl Fn(T, &[u64]) -> Vec<T>,
    ) -> Vec<(usize, T)> {
        match self.shares.get(subproject).map(Vec::as_slice) {
            None | Some([]) => Vec::new(),
            Some([(group, _)]) => vec![(*group, whole)],
            Some(shares) => {
                let weights: Vec<u64> = shares.iter().map(|(_, weight)| *weight).collect();
                let groups = shares.iter().map(|(group, _)| *group);
                groups.zip(divide(whole, &weights)).collect()
            }
        }
    }

    /// The columns that name a group.
    pub(super) fn columns(&self) -> Vec<Column> {
        let title = self.by.title();
        let name = |key, width| Column::new(key, ColumnKind::Text, &title.de, &title.en).wide(width);
        match self.by {
            GroupBy::Land => vec![
                Column::new("land_code", ColumnKind::Text, "Kürzel", "Code").wide(8),
                name("land", 26),
            ],
            GroupBy::Network => vec![
                Column::new("network_code", ColumnKind::Text, "Netzwerk-Nr.", "Network no.").wide(14),
                name("network", 36),
            ],
            GroupBy::Subproject => vec![
                Column::new("no", ColumnKind::Text, "Nummer", "Number").wide(14),
                name("subproject", 48),
            ],
            GroupBy::Round => vec![name("round", 26)],
            GroupBy::ActionField => vec![name("action_field", 44)],
            GroupBy::RegionCategory => vec![name("region_category", 46)],
            GroupBy::PlanItem => vec![name("plan_item", 36)],
            GroupBy::Quarter => vec![Column::new("quarter", ColumnKind::Quarter, &title.de, &title.en)],
        }
    }

    /// The values that name a group.
    pub(super) fn values(&self, group: usize) -> Vec<Value> {
        let Some(group) = self.list.get(group) else {
            return Vec::new();
        };
        let term = Value::term(group.key.clone(), group.name.clone());
        match self.by {
            GroupBy::Land | GroupBy::Network => vec![Value::text(&group.key), term],
            GroupBy::Subproject => vec![
                Value::text(&group.key),
                Value::Text(Arc::from(group.name.de.as_str())),
            ],
            _ => vec![term],
        }
    }
}

/// The values that name the totals row, for so many naming columns.
pub(super) fn total_values(columns: usize) -> Vec<Value> {
    let mut values = vec![Value::term("total", Text::new("Summe", "Total"))];
    values.resize(columns.max(1), Value::Empty);
    values
}

/// The groups that appear whether or not they have figures.
fn listed(ledger: &Ledger, by: GroupBy) -> Vec<Group> {
    let round = &ledger.round;
    match by {
        GroupBy::Round | GroupBy::PlanItem | GroupBy::Quarter => vec![whole(ledger)],
        GroupBy::Land => Land::ALL
            .into_iter()
            .map(|land| of_land(Some(land)))
            .chain([of_land(None)])
            .collect(),
        GroupBy::Network => ledger
            .networks
            .iter()
            .map(|network| same(network.code.as_str(), &network.name))
            .collect(),
        GroupBy::ActionField => round
            .action_fields
            .iter()
            .map(|field| Group {
                key: field.key.to_string(),
                name: field.name.clone(),
            })
            .collect(),
        GroupBy::RegionCategory => RegionCategory::ALL.into_iter().map(of_category).collect(),
        GroupBy::Subproject => ledger.subprojects.iter().map(of_subproject).collect(),
    }
}

/// The groups of a subproject with their weights.
fn memberships(ledger: &Ledger, state: &SubprojectState, by: GroupBy) -> Vec<(Group, u64)> {
    let subproject = &state.subproject;
    let one = |group| vec![(group, 1)];
    match by {
        GroupBy::Round | GroupBy::PlanItem | GroupBy::Quarter => one(whole(ledger)),
        GroupBy::Land => one(of_land(subproject.land)),
        GroupBy::Network => one(match &subproject.network {
            Some(code) => same(code.as_str(), code.as_str()),
            None => Group {
                key: "none".to_owned(),
                name: Text::new("ohne Netzwerk", "no network"),
            },
        }),
        GroupBy::ActionField => one(same(
            subproject.action_field.as_str(),
            subproject.action_field.as_str(),
        )),
        GroupBy::RegionCategory => {
            let categories = subproject
                .regions
                .shares()
                .iter()
                .map(|(category, _)| of_category(*category));
            categories.zip(subproject.regions.weights()).collect()
        }
        GroupBy::Subproject => one(of_subproject(state)),
    }
}

fn same(key: &str, name: &str) -> Group {
    Group {
        key: key.to_owned(),
        name: Text::new(name, name),
    }
}

fn whole(ledger: &Ledger) -> Group {
    Group {
        key: ledger.round.code.to_string(),
        name: ledger.round.title.clone(),
    }
}

fn of_land(land: Option<Land>) -> Group {
    land.map_or_else(
        || Group {
            key: "DE".to_owned(),
            name: Text::new("bundesweit", "nationwide"),
        },
        |land| same(land.code(), land.name()),
    )
}

fn of_category(category: RegionCategory) -> Group {
    Group {
        key: category.as_str().to_owned(),
        name: category.name(),
    }
}

fn of_subproject(state: &SubprojectState) -> Group {
    same(state.subproject.no.as_str(), &state.subproject.title)
}
