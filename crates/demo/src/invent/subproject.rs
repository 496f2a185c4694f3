//! One made-up subproject: who delivers it, where, how long.

use nachweis_domain::{
    key::{ActionFieldKey, NetworkCode, StrandKey, SubprojectNo},
    period::Period,
    region::{Land, Nuts2},
    round::FundingRound,
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};

use crate::{dice::Dice, profile::Profile};

use super::{batch::Batch, names, place};

/// A subproject of a batch, still without a number.
pub(super) fn subproject(
    round: &FundingRound,
    batch: &Batch,
    (index, network, land): (usize, Option<&RegionalNetwork>, Option<Land>),
    dice: &mut Dice,
) -> Subproject {
    let regions_of_land: Vec<Nuts2> = Nuts2::all()
        .filter(|nuts2| Some(nuts2.facts().land) == land)
        .collect();
    let landwide = batch.kind == SubprojectKind::Coordination && regions_of_land.len() > 1;
    let nuts2 = match regions_of_land.as_slice() {
        [] => None,
        _ if landwide => None,
        [first, ..] => {
            let index = usize::try_from(dice.between(0, 1_000)).unwrap_or_default() % regions_of_land.len();
            Some(regions_of_land.get(index).copied().unwrap_or(*first))
        }
    };
    let field = ActionFieldKey::new(batch.field);
    let mut subproject = Subproject {
        no: SubprojectNo::new(""),
        round: round.code.clone(),
        kind: batch.kind,
        title: String::new(),
        carrier: Carrier {
            name: names::carrier(dice),
        },
        network: network.map(|network| network.code.clone()),
        land,
        nuts2,
        regions: place::split(land, nuts2),
        strand: StrandKey::new(batch.strand),
        action_field: field,
        grant_period: grant(round, batch, dice),
        award_path: AwardPath::Direct,
    };
    subproject.title = title(&subproject, network, index, dice);
    subproject.award_path = award_path(batch, subproject.network.as_ref(), dice);
    subproject
}

fn title(
    subproject: &Subproject,
    network: Option<&RegionalNetwork>,
    index: usize,
    dice: &mut Dice,
) -> String {
    let centre = CENTRES.get(index % CENTRES.len()).copied().unwrap_or_default();
    match (subproject.kind, network, subproject.nuts2, subproject.land) {
        (SubprojectKind::NetworkingProject, ..) => "Vernetzungsprojekt, bundesweit".to_owned(),
        (SubprojectKind::CompetenceCentre, ..) => format!("Fachstelle {centre}, bundesweit"),
        (SubprojectKind::Coordination, Some(network), ..) => format!("Koordination: {}", network.name),
        (_, _, Some(nuts2), _) => names::title(Profile::of(subproject), nuts2.facts().name, dice),
        (_, _, None, Some(land)) => names::title(Profile::of(subproject), land.name(), dice),
        (_, _, None, None) => names::title(Profile::of(subproject), "bundesweit", dice),
    }
}

/// The subjects of the competence centres (domain.md §1.1).
const CENTRES: [&str; 3] = [
    "Anerkennung und Qualifizierung",
    "Faire Integration",
    "Einwanderung und Integration",
];

/// Two of three subprojects in networks get their money passed on by the coordination (domain.md §1.3 allows both).
fn award_path(batch: &Batch, network: Option<&NetworkCode>, dice: &mut Dice) -> AwardPath {
    match network {
        Some(via) if batch.kind == SubprojectKind::Regional && dice.happens(660) => {
            AwardPath::PassedOn { via: via.clone() }
        }
        _ => AwardPath::Direct,
    }
}

/// Most grants last as long as the round; some begin or end a quarter or a year inside it.
fn grant(round: &FundingRound, batch: &Batch, dice: &mut Dice) -> Period {
    let mut period = round.period;
    if batch.kind != SubprojectKind::Regional {
        return period;
    }
    let quarters = period.quarters();
    let (late, early) = if dice.happens(140) {
        (usize::try_from(dice.between(1, 3)).unwrap_or_default(), 0)
    } else if dice.happens(90) {
        (0, usize::try_from(dice.between(1, 3)).unwrap_or_default())
    } else {
        (0, 0)
    };
    if let Some(first) = quarters.get(late) {
        period.first = first.first_day();
    }
    if let Some(last) = quarters.iter().rev().nth(early) {
        period.last = last.last_day();
    }
    period
}
