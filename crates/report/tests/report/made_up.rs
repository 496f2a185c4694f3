//! A made-up ledger with documented defaults, for tests, examples and measurements. No real persons, carriers or amounts.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use nachweis_domain::{
    context::{FundTotals, GenderCounts},
    key::{NetworkCode, SubprojectNo},
    ledger::{
        CounterEntry, ExpenditureEntry, FundEntry, IndicatorEntry, JournalMark, Ledger, QuarterState,
        SubprojectState,
    },
    money::Money,
    plan::{Disbursement, PlanVersion},
    quarter::Quarter,
    rate::Rate,
    record::UploadState,
    region::{Land, NUTS2_REGIONS, RegionCategory, RegionSplit},
    round::{Counted, FundingRound, ItemKind, shipped},
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};

/// What to make up. The default: 36 subprojects, every twelfth nationwide, reports up to the third quarter of 2024,
/// in the last quarter a third of them missing, returned, blocked or not yet accepted; seed 7.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MadeUp {
    /// How many subprojects.
    pub(crate) subprojects: u32,
    /// The last quarter with reports, as year and number; `None` before the first report.
    pub(crate) last: Option<(i32, u32)>,
    /// Where the numbers start.
    pub(crate) seed: u64,
}

impl Default for MadeUp {
    fn default() -> Self {
        Self {
            subprojects: 36,
            last: Some((2024, 3)),
            seed: 7,
        }
    }
}

/// Numbers that look random and are the same each time (a linear congruential generator).
pub(crate) struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A number between two others, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below((most - least + 1).unsigned_abs())).unwrap()
    }
}

impl MadeUp {
    /// The round 2023–2025 as it ships.
    pub(crate) fn round() -> &'static FundingRound {
        static ROUND: LazyLock<FundingRound> = LazyLock::new(|| {
            shipped()
                .into_iter()
                .find(|round| round.code.as_str() == "2023-2025")
                .unwrap()
        });
        &ROUND
    }

    /// The ledger.
    pub(crate) fn ledger(self) -> Ledger {
        let mut dice = Dice::new(self.seed);
        let round = Self::round();
        let mut subprojects: Vec<SubprojectState> = (0..self.subprojects)
            .map(|index| subproject(round, index, &mut dice))
            .collect();
        subprojects.sort_by(|a, b| a.subproject.no.cmp(&b.subproject.no));
        let mut ledger = Ledger {
            networks: networks(round),
            round: round.clone(),
            as_of: Utc.with_ymd_and_hms(2024, 11, 4, 8, 30, 0).unwrap(),
            status_at: Utc.with_ymd_and_hms(2024, 11, 5, 23, 15, 0).unwrap(),
            mark: Some(JournalMark {
                position: 4711,
                link: nachweis_domain::record::Sha256([0xab; 32]),
            }),
            subprojects,
            expenditure: Vec::new(),
            funds: Vec::new(),
            indicators: Vec::new(),
            counters: Vec::new(),
            coordinated: std::collections::BTreeSet::new(),
            quarters: Vec::new(),
            waivers: Vec::new(),
            closings: Vec::new(),
            reopenings: Vec::new(),
        };
        if let Some((year, number)) = self.last {
            let last = Quarter::new(year, number).unwrap();
            for index in 0..ledger.subprojects.len() {
                for quarter in Quarter::new(2023, 1).unwrap().through(last) {
                    report(&mut ledger, index, quarter, last, &mut dice);
                }
            }
        }
        ledger
    }
}

fn networks(round: &FundingRound) -> Vec<RegionalNetwork> {
    let of_land = |land: Land| {
        let parts: &[&str] = if land == Land::NordrheinWestfalen {
            &["OST", "WEST"]
        } else {
            &[""]
        };
        parts.iter().map(move |part| (land, *part)).collect::<Vec<_>>()
    };
    let mut networks: Vec<RegionalNetwork> = Land::ALL
        .into_iter()
        .flat_map(of_land)
        .map(|(land, part)| RegionalNetwork {
            round: round.code.clone(),
            code: network_code(land, part),
            name: format!("Regionales Integrationsnetzwerk {} {part}", land.name())
                .trim_end()
                .to_owned(),
            land: Some(land),
        })
        .collect();
    networks.sort_by(|a, b| a.code.cmp(&b.code));
    networks
}

fn network_code(land: Land, part: &str) -> NetworkCode {
    NetworkCode::new(format!("RIN-{}-{part}", land.code()).trim_end_matches('-'))
}

const TITLES: [&str; 6] = [
    "Anerkennungs- und Qualifizierungsberatung",
    "Brückenmaßnahme für zugewanderte Fachkräfte in Gesundheitsberufen",
    "Schulung von Arbeitsmarktakteuren",
    "Anpassungsqualifizierung Handwerk & Industrie",
    "Faire Integration – Beratung zu Arbeits- und Sozialrecht",
    "Koordination des Netzwerks",
];

fn subproject(round: &FundingRound, index: u32, dice: &mut Dice) -> SubprojectState {
    let is_nationwide = index % 12 == 11;
    let land = Land::ALL[usize::try_from(index).unwrap() % 16];
    let regions: Vec<_> = NUTS2_REGIONS
        .iter()
        .filter(|region| region.land == land)
        .collect();
    let region = regions[usize::try_from(dice.below(u64::try_from(regions.len()).unwrap())).unwrap()];
    let part = match (land, index % 2) {
        (Land::NordrheinWestfalen, 0) => "OST",
        (Land::NordrheinWestfalen, _) => "WEST",
        _ => "",
    };
    let (field, strand) = (
        &round.action_fields[usize::try_from(index).unwrap() % round.action_fields.len()],
        &round.strands[usize::try_from(index).unwrap() % round.strands.len()],
    );
    let subproject = Subproject {
        no: SubprojectNo::new(format!(
            "IQ23-{}-{:03}",
            if is_nationwide { "DE" } else { land.code() },
            index + 1
        )),
        round: round.code.clone(),
        kind: if is_nationwide {
            SubprojectKind::CompetenceCentre
        } else {
            SubprojectKind::Regional
        },
        title: TITLES[usize::try_from(index).unwrap() % TITLES.len()].to_owned(),
        carrier: Carrier {
            name: format!("Muster-Träger {index} gGmbH"),
        },
        network: (!is_nationwide).then(|| network_code(land, part)),
        land: (!is_nationwide).then_some(land),
        nuts2: (!is_nationwide).then(|| region.code.parse().unwrap()),
        regions: if is_nationwide {
            nationwide()
        } else {
            RegionSplit::whole(region.category)
        },
        strand: strand.key.clone(),
        action_field: field.key.clone(),
        grant_period: round.period,
        award_path: AwardPath::Direct,
    };
    let plan = plan(round, &subproject, dice);
    let disbursements = (0..6)
        .map(|number| Disbursement {
            paid_on: NaiveDate::from_ymd_opt(2023, 2, 15).unwrap() + chrono::Months::new(number * 3),
            source: round.sources[0].key.clone(),
            amount: Money::from_cents(plan.awarded(round).cents() / 13 + dice.between(-90_000, 90_000)),
        })
        .collect();
    SubprojectState {
        subproject,
        plans: vec![plan],
        disbursements,
    }
}

/// 71.5 % more developed, 3.25 % Leipzig's case, 25.25 % transition: shares that do not divide evenly.
pub(crate) fn nationwide() -> RegionSplit {
    let share = |thousandths| Rate::from_fraction(rust_decimal::Decimal::new(thousandths, 4));
    RegionSplit::new(vec![
        (RegionCategory::MoreDeveloped, share(7_150)),
        (RegionCategory::FormerTransition, share(325)),
        (RegionCategory::Transition, share(2_525)),
    ])
    .unwrap()
}

fn plan(round: &FundingRound, subproject: &Subproject, dice: &mut Dice) -> PlanVersion {
    let mut plan = PlanVersion {
        number: 1,
        effective_from: NaiveDate::from_ymd_opt(2022, 12, 1).unwrap(),
        recorded_at: Utc.with_ymd_and_hms(2022, 12, 2, 9, 0, 0).unwrap(),
        items: BTreeMap::new(),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    };
    for year in 2023..=2025 {
        for item in &round.plan_items {
            let amount = match &item.kind {
                ItemKind::FlatRate { base, rate, .. } => base
                    .iter()
                    .map(|item| plan.item_year(item, year))
                    .sum::<Money>()
                    .share(*rate),
                ItemKind::Income => Money::from_cents(dice.between(0, 300_000)),
                ItemKind::Actual => Money::from_cents(dice.between(2_000_000, 12_000_000)),
            };
            plan.items
                .entry(item.key.clone())
                .or_default()
                .insert(year, amount);
        }
    }
    let (first, _) = subproject.regions.shares()[0];
    let cap = round
        .esf_caps
        .get(&first)
        .unwrap()
        .percent()
        .try_into()
        .unwrap_or(40_u64);
    let weights = [cap, 94 - cap, 2, 3, 1];
    let parts = plan.awarded(round).allocate(&weights);
    plan.sources = round
        .sources
        .iter()
        .map(|source| source.key.clone())
        .zip(parts)
        .collect();
    for indicator in &round.indicators {
        let most = if indicator.counts == Counted::Persons {
            400
        } else {
            30
        };
        plan.targets.insert(indicator.code.clone(), dice.below(most) + 20);
    }
    plan
}

/// The state of a subproject's report; the last quarter is still under way.
fn state(index: usize, is_last: bool) -> Option<UploadState> {
    match (is_last, index % 9) {
        (true, 1) | (false, 100..) => None,
        (true, 3) => Some(UploadState::Returned),
        (true, 5) => Some(UploadState::Blocked),
        (true, 7) => Some(UploadState::Checked),
        (true, 2 | 4) => Some(UploadState::Submitted),
        _ => Some(UploadState::Accepted),
    }
}

fn report(ledger: &mut Ledger, index: usize, quarter: Quarter, last: Quarter, dice: &mut Dice) {
    let Some(state) = state(index, quarter == last) else {
        return;
    };
    let uploaded_at = uploaded_at(quarter, dice);
    let counts = matches!(state, UploadState::Submitted | UploadState::Accepted);
    ledger.quarters.push(QuarterState {
        subproject: index,
        quarter,
        state,
        revision: 1 + u32::from(index.is_multiple_of(5)),
        uploaded_at,
        submitted_at: counts.then_some(uploaded_at + chrono::Duration::hours(3)),
        blocking: u32::from(state == UploadState::Blocked) * 4,
        warnings: u32::try_from(index % 4).unwrap(),
        is_reported: counts,
        counting: counts.then_some(1 + u32::from(index.is_multiple_of(5))),
        is_accepted: state == UploadState::Accepted,
    });
    if counts {
        money(ledger, index, quarter, state == UploadState::Accepted, dice);
        results(ledger, index, quarter, dice);
    }
}

fn uploaded_at(quarter: Quarter, dice: &mut Dice) -> DateTime<Utc> {
    let day = quarter.last_day() + chrono::Days::new(10 + dice.below(24));
    day.and_hms_opt(7, 15, 0).unwrap().and_utc()
}

fn money(ledger: &mut Ledger, index: usize, quarter: Quarter, is_accepted: bool, dice: &mut Dice) {
    let round = MadeUp::round();
    let plan = ledger.subprojects[index].plans[0].clone();
    // Some subprojects lag far behind, some run ahead.
    let pace = [95, 88, 102, 60, 97, 35, 110, 91][index % 8];
    let mut spent: BTreeMap<_, Money> = BTreeMap::new();
    for item in &round.plan_items {
        let amount = if let ItemKind::FlatRate { base, rate, .. } = &item.kind {
            let base = base.iter().filter_map(|item| spent.get(item));
            base.sum::<Money>().share(*rate)
        } else {
            let planned = plan.item_year(&item.key, quarter.year()).cents() / 4;
            Money::from_cents(planned * (pace + dice.between(-15, 15)) / 100)
        };
        spent.insert(item.key.clone(), amount);
        ledger.expenditure.push(ExpenditureEntry {
            subproject: index,
            quarter,
            item: item.key.clone(),
            reported: amount,
            accepted: if is_accepted { amount } else { Money::ZERO },
        });
    }
    let total: Money = spent
        .iter()
        .map(|(item, amount)| round.signed(item, *amount))
        .sum();
    let weights: Vec<u64> = plan
        .sources
        .values()
        .map(|amount| amount.cents().unsigned_abs())
        .collect();
    for (source, amount) in plan.sources.keys().zip(total.allocate(&weights)) {
        ledger.funds.push(FundEntry {
            subproject: index,
            quarter,
            source: source.clone(),
            totals: FundTotals {
                called: amount + Money::from_cents(dice.between(0, 100_000)),
                received: amount,
                spent: amount,
            },
        });
    }
}

fn results(ledger: &mut Ledger, index: usize, quarter: Quarter, dice: &mut Dice) {
    for indicator in &MadeUp::round().indicators {
        let mut count = |most| i64::try_from(dice.below(most)).unwrap();
        let counts = match indicator.counts {
            Counted::Persons => {
                let (women, men, non_binary) = (count(20), count(16), count(2));
                GenderCounts {
                    women,
                    men,
                    non_binary,
                    total: women + men + non_binary,
                }
            }
            Counted::Entities => GenderCounts {
                total: count(3),
                ..GenderCounts::default()
            },
        };
        ledger.indicators.push(IndicatorEntry {
            subproject: index,
            quarter,
            code: indicator.code.clone(),
            counts,
        });
    }
    for counter in &MadeUp::round().counters {
        ledger.counters.push(CounterEntry {
            subproject: index,
            quarter,
            counter: counter.key.clone(),
            count: dice.between(0, 250),
        });
    }
}
