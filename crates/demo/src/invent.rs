//! The made-up programme, from a seed: `fixtures/programme/*.csv` are what [`invent`] gives, and a test holds them to it.

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    key::SubprojectNo,
    money::Money,
    programme::ProgrammeImport,
    region::Land,
    round::FundingRound,
    subproject::{RegionalNetwork, Subproject},
};

use crate::{SEED, dice::Dice, scenario};

mod batch;
mod names;
mod network;
mod place;
mod plan;
mod subproject;

use batch::{Batch, FIRST_ROUND, Places, SECOND_LANDS, SECOND_ROUND};

/// Awarded in the round 2023–2025: EUR 210,000,000.00 exactly (design.md §6.4).
const AWARDED_EURO: i64 = 210_000_000;

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
        (Places::Networks, Some(count)) => place::shared_out(networks, count),
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
            let subproject = subproject::subproject(round, batch, (index, network, land), &mut dice);
            (subproject, batch.award_percent)
        })
        .collect()
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
