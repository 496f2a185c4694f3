//! What happens by chance, written to the record and kept in lists beside it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, TimeDelta, Utc};
use nachweis_domain::{
    cell::{CellRef, Located},
    figures::{CounterFigure, FundFigure, IndicatorFigure, ItemFigure, QuarterlyFigures},
    finding::{Detail, Finding, Severity},
    key::{NetworkCode, SubprojectNo},
    money::Money,
    period::Period,
    plan::{Disbursement, PlanVersion},
    programme::ProgrammeImport,
    quarter::Quarter,
    rate::Rate,
    record::{RatedFinding, UploadId, UploadState, WarningComment},
    region::{Land, RegionCategory, RegionSplit},
    round::{Counted, FundingRound},
    subproject::{RegionalNetwork, Subproject, SubprojectKind},
};
use nachweis_store::{NewUpload, OPERATOR, Original};
use uuid::Uuid;

use crate::world::{World, day, moment, programme};

/// Events of a dataset.
const EVENTS: u32 = 120;

/// A revision as it was handed in.
pub(crate) struct Revision {
    id: UploadId,
    pub(crate) no: SubprojectNo,
    pub(crate) quarter: Quarter,
    pub(crate) number: u32,
    pub(crate) state: UploadState,
    pub(crate) uploaded_at: DateTime<Utc>,
    pub(crate) submitted_at: Option<DateTime<Utc>>,
    pub(crate) blocking: u32,
    pub(crate) warnings: u32,
    pub(crate) figures: QuarterlyFigures,
}

impl Revision {
    fn is_accepted(&self) -> bool {
        self.state == UploadState::Accepted
    }
}

/// Everything that was told to the record.
pub(crate) struct Told {
    pub(crate) seed: u64,
    /// A quarter up to which reports are asked for.
    pub(crate) asked: Quarter,
    pub(crate) networks: Vec<RegionalNetwork>,
    pub(crate) subprojects: Vec<Subproject>,
    pub(crate) plans: Vec<(SubprojectNo, PlanVersion)>,
    pub(crate) payments: Vec<(SubprojectNo, Disbursement)>,
    pub(crate) revisions: Vec<Revision>,
}

/// Numbers that follow from a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap())).unwrap()
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below((most - least + 1).unsigned_abs())).unwrap()
    }

    fn cents(&mut self, most: i64) -> Money {
        Money::from_cents(self.between(-most / 10, most))
    }

    /// A value in three of four cases.
    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(4) > 0).then(|| value(self))
    }
}

impl Told {
    /// A programme, uploads and decisions by chance.
    pub(crate) fn by_chance(world: &World, seed: u64) -> Self {
        let mut dice = Dice((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let base = programme(&world.round);
        let mut told = Self {
            seed,
            asked: "2023-Q4".parse().unwrap(),
            networks: base.networks.clone(),
            subprojects: Vec::new(),
            plans: Vec::new(),
            payments: Vec::new(),
            revisions: Vec::new(),
        };
        told.asked = *Self::quarters().get(dice.index(4)).unwrap();
        for (subproject, plan) in base.subprojects {
            told.plans.push((subproject.no.clone(), plan));
            told.subprojects.push(subproject);
        }
        told.grow(world, &mut dice);
        let mut at = moment("2024-10-16T08:00:00Z");
        for _ in 0..EVENTS {
            at += TimeDelta::minutes(dice.between(1, 1_000));
            match dice.below(9) {
                0..=1 => told.upload(world, &mut dice, at),
                3 if dice.below(3) == 0 => told.change_plan(world, &mut dice, at),
                _ => told.decide(world, &mut dice, at),
            }
        }
        told
    }

    /// The quarters that are reported.
    pub(crate) fn quarters() -> Vec<Quarter> {
        ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q3"]
            .map(|quarter| quarter.parse().unwrap())
            .to_vec()
    }

    /// The revisions that count: the accepted one, and where there is none the one handed in.
    pub(crate) fn counting(&self) -> impl Iterator<Item = &Revision> {
        self.revisions.iter().filter(|one| {
            let mut same = self
                .revisions
                .iter()
                .filter(|other| other.no == one.no && other.quarter == one.quarter);
            let stands = matches!(one.state, UploadState::Submitted | UploadState::Endorsed);
            one.is_accepted() || (stands && !same.any(Revision::is_accepted))
        })
    }

    pub(crate) fn count(&self, state: UploadState) -> usize {
        self.revisions.iter().filter(|one| one.state == state).count()
    }

    /// The number of a subproject as it is shown, and its network.
    pub(crate) fn names(&self, no: &SubprojectNo) -> (&str, &str) {
        let mut all = self.subprojects.iter();
        let subproject = all.find(|subproject| subproject.no == *no).unwrap();
        let network = subproject.network.as_ref();
        (
            subproject.no.as_str(),
            network.map_or("none", |network| network.as_str()),
        )
    }

    /// More subprojects with plans and payments.
    fn grow(&mut self, world: &World, dice: &mut Dice) {
        let at = moment("2024-10-15T13:00:00Z");
        let second = RegionalNetwork {
            code: NetworkCode::new("RIN-SN"),
            name: "Netzwerk Sachsen".to_owned(),
            land: Some(Land::Sachsen),
            ..self.networks[0].clone()
        };
        self.networks.push(second.clone());
        let mut import = ProgrammeImport {
            networks: vec![second.clone()],
            subprojects: Vec::new(),
            plans: Vec::new(),
            disbursements: Vec::new(),
        };
        for number in 3..=3 + dice.below(3) {
            let mut subproject = self.subprojects[0].clone();
            subproject.no = SubprojectNo::new(format!("IQ23-XX-{number:03}"));
            subproject.title = format!("Vorhaben {number}");
            vary(&mut subproject, &world.round, &second.code, dice);
            let plan = plan(&world.round, &self.plans[0].1, 1, at, dice);
            self.plans.push((subproject.no.clone(), plan.clone()));
            import.subprojects.push((subproject.clone(), plan));
            self.subprojects.push(subproject);
        }
        for _ in 0..dice.below(9) {
            let no = self.subprojects[dice.index(self.subprojects.len())].no.clone();
            let payment = Disbursement {
                paid_on: day(2023, 2, 1) + Days::new(dice.below(600)),
                source: world.round.sources[dice.index(world.round.sources.len())]
                    .key
                    .clone(),
                amount: dice.cents(9_000_000),
            };
            if !self.payments.contains(&(no.clone(), payment.clone())) {
                self.payments.push((no, payment));
            }
        }
        import.disbursements.clone_from(&self.payments);
        let code = &world.round.code;
        world
            .store
            .import_programme(code, "more.csv", &import, OPERATOR, at)
            .unwrap();
    }

    fn change_plan(&mut self, world: &World, dice: &mut Dice, at: DateTime<Utc>) {
        let no = self.subprojects[dice.index(self.subprojects.len())].no.clone();
        let before = self.plans.iter().filter(|(of, _)| *of == no).count();
        let number = u32::try_from(before).unwrap() + 1;
        let mut changed = plan(&world.round, &self.plans[0].1, number, at, dice);
        changed.effective_from = day(2023, 1, 1) + Days::new(dice.below(700));
        let import = ProgrammeImport {
            networks: Vec::new(),
            subprojects: Vec::new(),
            plans: vec![(no.clone(), changed.clone())],
            disbursements: Vec::new(),
        };
        let code = &world.round.code;
        let counts = world
            .store
            .import_programme(code, "change.csv", &import, OPERATOR, at)
            .unwrap();
        assert_eq!(counts.plans_new, 1);
        self.plans.push((no, changed));
    }

    fn upload(&mut self, world: &World, dice: &mut Dice, at: DateTime<Utc>) {
        let quarters = Self::quarters();
        // Every other one is a further revision of the quarter that was uploaded last.
        let (no, quarter) = match self.revisions.last() {
            Some(last) if dice.below(2) == 0 => (last.no.clone(), last.quarter),
            _ => (
                self.subprojects[dice.index(self.subprojects.len())].no.clone(),
                quarters[dice.index(quarters.len())],
            ),
        };
        let before = self.of(&no, quarter).count();
        let number = self.revisions.len();
        let (blocking, warnings) = match dice.below(6) {
            0 => (2, 1),
            1 => (0, 2),
            _ => (0, 0),
        };
        let one = Revision {
            id: UploadId(Uuid::from_u128(0xf000 + u128::try_from(number).unwrap())),
            no,
            quarter,
            number: u32::try_from(before).unwrap() + 1,
            state: if blocking > 0 {
                UploadState::Blocked
            } else {
                UploadState::Checked
            },
            uploaded_at: at,
            submitted_at: None,
            blocking,
            warnings,
            figures: figures(&world.round, dice),
        };
        let severities = [(Severity::Blocking, blocking), (Severity::Warning, warnings)];
        let findings = severities
            .into_iter()
            .flat_map(|(severity, count)| (0..count).map(move |_| finding(severity)));
        let new = NewUpload {
            id: one.id,
            subproject: one.no.clone(),
            quarter,
            original: Original::new(format!("{} {number}", self.seed).into_bytes()),
            file_name: "Mappe.xlsx".to_owned(),
            uploaded_by: world.lead.user,
            uploaded_at: at,
            template_version: world.round.template_version.clone(),
            rule_version: world.round.rule_version.clone(),
            plan_version: 1,
            figures: one.figures.clone(),
            findings: findings.collect(),
        };
        let kept = world.store.record_upload(&new).unwrap();
        assert_eq!(
            (kept.upload().state, kept.upload().revision),
            (one.state, one.number)
        );
        self.revisions.push(one);
    }

    fn of(&self, no: &SubprojectNo, quarter: Quarter) -> impl Iterator<Item = &Revision> {
        let own = self.revisions.iter();
        own.filter(move |one| one.no == *no && one.quarter == quarter)
    }

    /// A step of some revision; what the rules forbid at that moment does not happen.
    fn decide(&mut self, world: &World, dice: &mut Dice, at: DateTime<Utc>) {
        if self.revisions.is_empty() {
            return;
        }
        let back = dice.index(self.revisions.len().min(6));
        let place = self.revisions.len() - 1 - back;
        let one = &self.revisions[place];
        let comments: Vec<WarningComment> = (one.blocking..one.blocking + one.warnings)
            .map(|finding| WarningComment {
                finding,
                comment: "Abgestimmt.".to_owned(),
            })
            .collect();
        let (store, id) = (&world.store, one.id);
        let manager = world.manager.user;
        // Every other one is the step that comes next, so that much is accepted, and superseded by what is accepted later.
        let step = match (dice.below(2), one.state) {
            (0, UploadState::Checked) => 0,
            (0, UploadState::Submitted | UploadState::Endorsed) => 4,
            _ => dice.below(7),
        };
        let (done, state) = match step {
            0..=2 => (
                store.submit(id, world.lead.user, at, &comments),
                UploadState::Submitted,
            ),
            3 => (
                store.endorse(id, world.coordinator.user, at),
                UploadState::Endorsed,
            ),
            4..=5 => (store.accept(id, manager, at), UploadState::Accepted),
            _ => (
                store.return_to_lead(id, manager, at, "Beleg fehlt."),
                UploadState::Returned,
            ),
        };
        if done.is_err() {
            return;
        }
        let (no, quarter) = (one.no.clone(), one.quarter);
        if state == UploadState::Accepted {
            for other in &mut self.revisions {
                if other.no == no && other.quarter == quarter && other.is_accepted() {
                    other.state = UploadState::Superseded;
                }
            }
        }
        let one = &mut self.revisions[place];
        one.state = state;
        if state == UploadState::Submitted {
            one.submitted_at = Some(at);
        }
    }
}

/// Another network, Land, action field, category of region, grant.
fn vary(subproject: &mut Subproject, round: &FundingRound, second: &NetworkCode, dice: &mut Dice) {
    match dice.below(3) {
        0 => {
            subproject.network = Some(second.clone());
            subproject.land = Some(Land::Sachsen);
            subproject.nuts2 = Some("DED5".parse().unwrap());
        }
        1 => {
            subproject.network = None;
            subproject.land = None;
            subproject.nuts2 = None;
            subproject.kind = SubprojectKind::CompetenceCentre;
            let share = dice.between(1, 99);
            subproject.regions = RegionSplit::new(vec![
                (RegionCategory::MoreDeveloped, Rate::from_percent(share)),
                (RegionCategory::Transition, Rate::from_percent(100 - share)),
            ])
            .unwrap();
        }
        _ => {}
    }
    subproject.action_field = round.action_fields[dice.index(round.action_fields.len())]
        .key
        .clone();
    subproject.grant_period = Period {
        first: day(2023, 1, 1) + Days::new(dice.below(400)),
        last: day(2024, 9, 30) + Days::new(dice.below(400)),
    };
}

fn plan(
    round: &FundingRound,
    like: &PlanVersion,
    number: u32,
    at: DateTime<Utc>,
    dice: &mut Dice,
) -> PlanVersion {
    let years = |dice: &mut Dice| -> BTreeMap<i32, Money> {
        (2023..=2025)
            .map(|year| (year, Money::from_cents(dice.between(0, 9_000_000))))
            .collect()
    };
    let items = round.plan_items.iter();
    let sources = round.sources.iter();
    let codes = round.indicators.iter();
    PlanVersion {
        number,
        recorded_at: at,
        items: items
            .filter_map(|item| Some((item.key.clone(), dice.maybe(years)?)))
            .collect(),
        sources: sources
            .map(|source| (source.key.clone(), Money::from_cents(dice.between(0, 30_000_000))))
            .collect(),
        targets: codes
            .filter_map(|spec| Some((spec.code.clone(), dice.maybe(|dice| dice.below(300))?)))
            .collect(),
        ..like.clone()
    }
}

fn finding(severity: Severity) -> RatedFinding {
    let typed = "1.234,5x".to_owned();
    RatedFinding {
        finding: Finding::whole(Detail::AmountUnreadable { typed }),
        severity,
        comment: None,
        waiver: None,
    }
}

/// Where a value stands is never twice the same.
fn figures(round: &FundingRound, dice: &mut Dice) -> QuarterlyFigures {
    let mut row = 0;
    let mut place = || {
        row += 1;
        CellRef::at("Blatt", row, 0)
    };
    let mut figures = QuarterlyFigures::default();
    for item in &round.plan_items {
        if let Some(amount) = dice.maybe(|dice| dice.cents(2_000_000)) {
            figures.expenditure.push(ItemFigure {
                item: item.key.clone(),
                amount: Located::new(amount, place()),
            });
        }
    }
    for source in &round.sources {
        let [called, received, spent] =
            [(); 3].map(|()| dice.maybe(|dice| Located::new(dice.cents(3_000_000), place())));
        figures.funds.push(FundFigure {
            source: source.key.clone(),
            at: place(),
            called,
            received,
            spent,
        });
    }
    for spec in &round.indicators {
        if dice.below(5) == 0 {
            continue;
        }
        let is_persons = spec.counts == Counted::Persons;
        let [women, men, non_binary] = [(); 3].map(|()| {
            let count = dice.maybe(|dice| Located::new(dice.between(-3, 40), place()));
            count.filter(|_| is_persons)
        });
        let total = dice.maybe(|dice| Located::new(dice.between(-3, 90), place()));
        figures.indicators.push(IndicatorFigure {
            code: spec.code.clone(),
            at: place(),
            women,
            men,
            non_binary,
            total,
            corrects: None,
            note: None,
        });
    }
    for spec in &round.counters {
        figures.counters.push(CounterFigure {
            counter: spec.key.clone(),
            at: place(),
            count: dice.maybe(|dice| Located::new(dice.between(0, 500), place())),
        });
    }
    figures
}
