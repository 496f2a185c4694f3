//! Made-up plans: items by year that obey the flat rate to the cent, sources within the caps, targets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use nachweis_domain::{
    key::{IndicatorCode, ItemKey, SourceKey},
    money::Money,
    plan::PlanVersion,
    rate::Rate,
    round::{FundingRound, ItemKind},
    subproject::Subproject,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{dice::Dice, profile::Profile, scenario::union_allowed, working_day};

/// Euro of direct staff costs and euro of flat rate in the smallest whole-euro bundle of a round: 5 + 2 at 40 %.
pub(super) fn bundle(round: &FundingRound) -> (i64, i64) {
    let rate = round.plan_items.iter().find_map(|item| match &item.kind {
        ItemKind::FlatRate { rate, .. } => Some(*rate),
        _ => None,
    });
    let fraction = rate.unwrap_or(Rate::ZERO).fraction();
    (1..=100)
        .find_map(|staff: i64| {
            let flat = fraction * Decimal::from(staff);
            (flat.fract().is_zero()).then(|| (staff, flat.to_i64().unwrap_or_default()))
        })
        .unwrap_or((1, 0))
}

/// The first plan version of a subproject whose award is so many bundles.
pub(super) fn first(
    round: &FundingRound,
    subproject: &Subproject,
    bundles: i64,
    dice: &mut Dice,
) -> PlanVersion {
    let quarters = subproject.grant_period.quarters();
    let years: BTreeSet<i32> = quarters.iter().map(|quarter| quarter.year()).collect();
    let weights: Vec<u64> = years
        .iter()
        .map(|year| {
            let count = quarters.iter().filter(|quarter| quarter.year() == *year).count();
            u64::try_from(count).unwrap_or_default() * dice.between(95, 105).unsigned_abs()
        })
        .collect();
    let shares = Money::from_cents(bundles).allocate(&weights);
    let shares = years
        .into_iter()
        .zip(shares.into_iter().map(Money::cents))
        .collect();
    let items = items(round, Profile::of(subproject), &shares, dice);
    let mut plan = PlanVersion {
        number: 1,
        effective_from: subproject.grant_period.first,
        recorded_at: morning(subproject.grant_period.first - chrono::Days::new(17)),
        items,
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    };
    plan.sources = sources(round, subproject, plan.awarded(round), dice);
    plan.targets = targets(subproject, plan.awarded(round));
    plan
}

/// A second version: money moved from the year of effect to the next. The award stays; a twentieth more participants.
pub(super) fn second(first: &PlanVersion, effective_from: NaiveDate, dice: &mut Dice) -> PlanVersion {
    let mut plan = first.clone();
    plan.number = 2;
    plan.effective_from = effective_from;
    let drawn_up = effective_from - chrono::Days::new(dice.pick(&[11, 24]));
    plan.recorded_at = morning(working_day::on_or_before(drawn_up));
    let year = chrono::Datelike::year(&effective_from);
    let moved = dice.between(8, 15);
    for years in plan.items.values_mut() {
        let Some(amount) = years.get(&year).copied() else {
            continue;
        };
        // Whole bundles of every item move together, so the flat rate stays exact in both years.
        let part = amount.share(Rate::from_percent(moved));
        if years.contains_key(&(year + 1)) {
            *years.entry(year).or_default() -= part;
            *years.entry(year + 1).or_default() += part;
        }
    }
    if let Some(participants) = plan.targets.get_mut("EECO01") {
        *participants += participants.div_ceil(20);
    }
    plan
}

/// Planned amounts by item and year: staff and flat rate in whole bundles, participant costs and income where they occur.
fn items(
    round: &FundingRound,
    profile: Profile,
    bundles_by_year: &BTreeMap<i32, i64>,
    dice: &mut Dice,
) -> BTreeMap<ItemKey, BTreeMap<i32, Money>> {
    let (staff, flat) = bundle(round);
    let participant_percent = match profile {
        Profile::Qualification => dice.between(12, 30),
        Profile::Activation => dice.between(4, 10),
        _ => 0,
    };
    let freelancer_percent = dice.between(4, 22);
    let earns = profile == Profile::Qualification && dice.happens(200);
    let mut items: BTreeMap<ItemKey, BTreeMap<i32, Money>> = BTreeMap::new();
    for (year, bundles) in bundles_by_year {
        let for_participants = bundles * participant_percent / 100;
        let for_staff = bundles - for_participants;
        let freelancers = for_staff * staff * freelancer_percent / 100;
        let income = if earns { dice.between(5, 30) * 100 } else { 0 };
        let amounts = [
            ("staff_employees", for_staff * staff - freelancers),
            ("freelancer_fees", freelancers),
            ("remaining_costs", for_staff * flat),
            ("participant_costs", for_participants * (staff + flat) + income),
            ("income", income),
        ];
        for (item, euro) in amounts.into_iter().filter(|(_, euro)| *euro != 0) {
            items
                .entry(ItemKey::new(item))
                .or_default()
                .insert(*year, Money::from_euro(euro));
        }
    }
    items
}

/// Sources: ESF Plus at or just below its cap, own funds of 5 % to 9 %, sometimes third parties, the rest federal.
fn sources(
    round: &FundingRound,
    subproject: &Subproject,
    awarded: Money,
    dice: &mut Dice,
) -> BTreeMap<SourceKey, Money> {
    let whole_euro = |amount: Money| Money::from_euro(amount.cents() / 100);
    let union = whole_euro(
        union_allowed(round, &subproject.regions, awarded)
            .share(Rate::from_percent(100 - dice.between(0, 3))),
    );
    let own = whole_euro(awarded.share(Rate::from_percent(dice.between(5, 9)))) + Money::from_euro(1);
    let third = if dice.happens(150) {
        whole_euro(awarded.share(Rate::from_percent(dice.between(1, 3))))
    } else {
        Money::ZERO
    };
    let own_source = dice.pick(&["own_public", "own_private", "own_private"]);
    let amounts = [
        ("esf_plus", union),
        ("federal", awarded - union - own - third),
        (own_source, own),
        ("third_party", third),
    ];
    amounts
        .into_iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(source, amount)| (SourceKey::new(source), amount))
        .collect()
}

fn targets(subproject: &Subproject, awarded: Money) -> BTreeMap<IndicatorCode, u64> {
    let profile = Profile::of(subproject);
    let mut targets = BTreeMap::new();
    let mut add = |code: &str, target: i64| {
        targets.insert(IndicatorCode::new(code), target.max(1).unsigned_abs());
    };
    if let Some(euro) = profile.euro_per_participant() {
        let participants = awarded.cents() / 100 / euro;
        add("EECO01", participants);
        add("EECO02+04", participants * 7 / 10);
        add("EECO14", participants * 95 / 100);
        add("EECR03", participants * 6 / 10);
        add("EECR04", participants * 3 / 10);
    }
    if let Some((administrations, enterprises)) = profile.entities_per_quarter() {
        let quarters = i64::try_from(subproject.grant_period.quarters().len()).unwrap_or_default();
        add("EECO18", administrations * quarters);
        add("EECO19", enterprises * quarters);
    }
    targets
}

/// Nine o'clock of a day, in UTC.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
        .and_utc()
}
