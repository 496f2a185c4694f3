//! The made-up programme, from a seed: `fixtures/programme/*.csv` are what [`invent`] gives, and a test holds them to it.

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    key::{ActionFieldKey, NetworkCode, StrandKey, SubprojectNo},
    money::Money,
    period::Period,
    programme::ProgrammeImport,
    rate::Rate,
    region::{Land, Nuts2, RegionCategory, RegionSplit},
    round::FundingRound,
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};

use crate::{SEED, dice::Dice, profile::Profile, scenario};

mod names;
mod network;
mod plan;

/// Awarded in the round 2023–2025: EUR 210,000,000.00 exactly (design.md §6.4).
const AWARDED_EURO: i64 = 210_000_000;

/// How many subprojects of one kind a round has, and what they are.
struct Batch {
    kind: SubprojectKind,
    strand: &'static str,
    field: &'static str,
    /// How many; one for each network when `None`.
    count: Option<usize>,
    /// Where they work.
    places: Places,
    /// Weight of the award against that of others, in per cent.
    award_percent: i64,
}

/// Where the subprojects of a batch work.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// Shared out over Länder by their size, inside networks.
    Networks,
    /// One Land after the other, outside networks.
    EachLand,
    /// The whole federation.
    Nationwide,
}

const fn batch(
    kind: SubprojectKind,
    (strand, field): (&'static str, &'static str),
    count: Option<usize>,
    places: Places,
    award_percent: i64,
) -> Batch {
    Batch {
        kind,
        strand,
        field,
        count,
        places,
        award_percent,
    }
}

/// 23 + 60 + 132 + 35 + 16 + 1 + 3 = 270 subprojects.
const FIRST_ROUND: [Batch; 7] = [
    batch(
        SubprojectKind::Coordination,
        ("rin", "networking"),
        None,
        Places::Networks,
        110,
    ),
    batch(
        SubprojectKind::Regional,
        ("counselling", "counselling"),
        Some(60),
        Places::Networks,
        80,
    ),
    batch(
        SubprojectKind::Regional,
        ("qualification", "qualification"),
        Some(132),
        Places::Networks,
        105,
    ),
    batch(
        SubprojectKind::Regional,
        ("rin", "labour_market_actors"),
        Some(35),
        Places::Networks,
        70,
    ),
    batch(
        SubprojectKind::Operation,
        ("fair_integration", "fair_integration"),
        Some(16),
        Places::EachLand,
        90,
    ),
    batch(
        SubprojectKind::NetworkingProject,
        ("networking_project", "networking"),
        Some(1),
        Places::Nationwide,
        400,
    ),
    batch(
        SubprojectKind::CompetenceCentre,
        ("competence_centres", "networking"),
        Some(3),
        Places::Nationwide,
        300,
    ),
];

/// 6 + 10 + 8 + 6 + 10 = 40 subprojects.
const SECOND_ROUND: [Batch; 5] = [
    batch(
        SubprojectKind::Coordination,
        ("rin", "networking"),
        None,
        Places::Networks,
        110,
    ),
    batch(
        SubprojectKind::Regional,
        ("counselling", "counselling"),
        Some(10),
        Places::Networks,
        80,
    ),
    batch(
        SubprojectKind::Regional,
        ("rin", "qualification"),
        Some(8),
        Places::Networks,
        105,
    ),
    batch(
        SubprojectKind::Operation,
        ("supra_regional", "immigration"),
        Some(6),
        Places::Nationwide,
        150,
    ),
    batch(
        SubprojectKind::Operation,
        ("activation", "activation"),
        Some(10),
        Places::EachLand,
        60,
    ),
];

/// Länder with networks in the second round's sample.
const SECOND_LANDS: [Land; 6] = [
    Land::Bayern,
    Land::Berlin,
    Land::Niedersachsen,
    Land::NordrheinWestfalen,
    Land::RheinlandPfalz,
    Land::Sachsen,
];

/// The weight of a Land, roughly by inhabitants.
const fn weight(land: Land) -> u64 {
    match land {
        Land::NordrheinWestfalen => 36,
        Land::Bayern => 26,
        Land::BadenWuerttemberg => 22,
        Land::Niedersachsen => 16,
        Land::Hessen => 13,
        Land::Sachsen | Land::Berlin => 9,
        Land::RheinlandPfalz => 8,
        Land::SchleswigHolstein | Land::Brandenburg => 6,
        Land::SachsenAnhalt | Land::Thueringen | Land::Hamburg => 5,
        Land::MecklenburgVorpommern => 4,
        Land::Bremen | Land::Saarland => 3,
    }
}

/// The made-up programme of an IQ round; other rounds get the shape of the second one.
pub fn invent(round: &FundingRound) -> ProgrammeImport {
    let first = round.code.as_str() == "2023-2025";
    let (batches, lands) = if first {
        (&FIRST_ROUND[..], &Land::ALL[..])
    } else {
        (&SECOND_ROUND[..], &SECOND_LANDS[..])
    };
    let networks = network::networks(&round.code, lands, first);
    let mut drafts: Vec<(Subproject, i64)> = batches
        .iter()
        .flat_map(|batch| draft(round, batch, &networks))
        .collect();
    number(round, &mut drafts);
    drafts.sort_by(|a, b| a.0.no.cmp(&b.0.no));
    let total = if first {
        AWARDED_EURO
    } else {
        sample_total(round, drafts.len())
    };
    let mut import = ProgrammeImport {
        networks,
        ..ProgrammeImport::default()
    };
    for ((subproject, _), bundles) in drafts.iter().zip(awards(round, &drafts, total)) {
        let mut dice = Dice::new(SEED, &[subproject.no.as_str(), "plan"]);
        let plan = plan::first(round, subproject, bundles, &mut dice);
        let amended = amendment(subproject, &mut dice).map(|day| plan::second(&plan, day, &mut dice));
        for version in std::iter::once(plan).chain(amended) {
            import.subprojects.push((subproject.clone(), version));
        }
    }
    import.disbursements = scenario::disbursements(round, &import, SEED);
    import
}

/// The award of the second round's sample: about EUR 900,000 for each subproject, in whole bundles.
fn sample_total(round: &FundingRound, count: usize) -> i64 {
    let (staff, flat) = plan::bundle(round);
    let each = 900_000 / (staff + flat) * (staff + flat);
    i64::try_from(count).unwrap_or_default() * each
}

/// Awards in bundles of staff costs and flat rate; they sum to the total exactly.
fn awards(round: &FundingRound, drafts: &[(Subproject, i64)], total_euro: i64) -> Vec<i64> {
    let (staff, flat) = plan::bundle(round);
    let weights: Vec<u64> = drafts
        .iter()
        .map(|(subproject, award_percent)| {
            let mut dice = Dice::new(SEED, &[subproject.no.as_str(), "award"]);
            let quarters = i64::try_from(subproject.grant_period.quarters().len()).unwrap_or_default();
            (award_percent * dice.between(55, 145) * quarters).unsigned_abs()
        })
        .collect();
    let bundles = Money::from_cents(total_euro / (staff + flat)).allocate(&weights);
    bundles.into_iter().map(Money::cents).collect()
}

/// The subprojects of a batch without numbers, each with the weight of its award.
fn draft(round: &FundingRound, batch: &Batch, networks: &[RegionalNetwork]) -> Vec<(Subproject, i64)> {
    let homes: Vec<Option<&RegionalNetwork>> = match (batch.places, batch.count) {
        (Places::Networks, None) => networks.iter().map(Some).collect(),
        (Places::Networks, Some(count)) => shared_out(networks, count),
        (_, count) => vec![None; count.unwrap_or_default()],
    };
    homes
        .into_iter()
        .enumerate()
        .map(|(index, network)| {
            let label = index.to_string();
            let labels = [
                round.code.as_str(),
                batch.strand,
                batch.field,
                batch.kind.as_str(),
                &label,
            ];
            let mut dice = Dice::new(SEED, &labels);
            let land = match batch.places {
                Places::Networks => network.and_then(|network| network.land),
                Places::EachLand => Land::ALL.get(index % Land::ALL.len()).copied(),
                Places::Nationwide => None,
            };
            let subproject = subproject(round, batch, (index, network, land), &mut dice);
            (subproject, batch.award_percent)
        })
        .collect()
}

/// So many places shared out over networks by the size of their Land.
fn shared_out(networks: &[RegionalNetwork], count: usize) -> Vec<Option<&RegionalNetwork>> {
    let siblings = |land: Option<Land>| networks.iter().filter(|network| network.land == land).count();
    let weights: Vec<u64> = networks
        .iter()
        .map(|network| {
            let siblings = u64::try_from(siblings(network.land)).unwrap_or(1).max(1);
            network.land.map_or(0, weight) * 100 / siblings
        })
        .collect();
    let count = i64::try_from(count).unwrap_or_default();
    Money::from_cents(count)
        .allocate(&weights)
        .into_iter()
        .zip(networks)
        .flat_map(|(places, network)| (0..places.cents()).map(move |_| Some(network)))
        .collect()
}

fn subproject(
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
        regions: split(land, nuts2),
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

/// The categories of region: that of the place; over a mixed Land and over the federation a split.
fn split(land: Option<Land>, nuts2: Option<Nuts2>) -> RegionSplit {
    let shares: &[(RegionCategory, i64)] = match (nuts2, land) {
        (Some(nuts2), _) => return RegionSplit::whole(nuts2.facts().category),
        (None, Some(Land::Niedersachsen)) => &[
            (RegionCategory::MoreDeveloped, 785),
            (RegionCategory::Transition, 215),
        ],
        (None, Some(Land::RheinlandPfalz)) => &[
            (RegionCategory::MoreDeveloped, 870),
            (RegionCategory::Transition, 130),
        ],
        (None, Some(Land::Sachsen)) => &[
            (RegionCategory::FormerTransition, 255),
            (RegionCategory::Transition, 745),
        ],
        (None, Some(_)) => &[(RegionCategory::MoreDeveloped, 1000)],
        (None, None) => &[
            (RegionCategory::MoreDeveloped, 800),
            (RegionCategory::FormerTransition, 15),
            (RegionCategory::Transition, 185),
        ],
    };
    let shares = shares
        .iter()
        .map(|(category, permille)| {
            (
                *category,
                Rate::from_fraction(rust_decimal::Decimal::new(*permille, 3)),
            )
        })
        .collect();
    RegionSplit::new(shares).unwrap_or_else(|_not_whole| RegionSplit::whole(RegionCategory::MoreDeveloped))
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

/// The day from which a second plan version takes effect, for one subproject in six.
fn amendment(subproject: &Subproject, dice: &mut Dice) -> Option<NaiveDate> {
    let day = subproject.grant_period.first + Days::new(dice.pick(&[366, 457, 548]));
    let day = nachweis_domain::quarter::Quarter::of(day)?.first_day();
    (dice.happens(165) && day < subproject.grant_period.last).then_some(day)
}

/// Gives numbers that count within a Land, or within `DE` for nationwide subprojects: `IQ23-NW-017`.
fn number(round: &FundingRound, drafts: &mut [(Subproject, i64)]) {
    let mut counts: std::collections::BTreeMap<&'static str, u32> = std::collections::BTreeMap::new();
    for (subproject, _) in drafts {
        let place = subproject.land.map_or("DE", Land::code);
        let count = counts.entry(place).or_default();
        *count += 1;
        subproject.no = SubprojectNo::new(format!("{}-{place}-{count:03}", round.number_prefix));
    }
}

#[cfg(test)]
mod tests;
