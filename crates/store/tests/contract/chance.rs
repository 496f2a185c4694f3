//! Whatever happens in whatever order, each past state is read again. The dice are seeded: a failure names its seed.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    finding::Severity,
    key::NetworkCode,
    ledger::Ledger,
    money::Money,
    record::{UploadId, UserId, WarningComment},
};
use nachweis_store::{
    Actor, NewUpload, NewUser, Original, Store,
    testing::{Backend, TestStore},
};
use uuid::Uuid;

use crate::{
    as_of::{STEP, audit, known, last, now, then},
    sample::*,
};

/// Events of one run.
const EVENTS: u32 = 120;
/// An audit is kept after each so many events.
const AUDITED: u32 = 12;

/// Numbers that follow from a seed (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// What happens by chance.
struct Chance<'a> {
    store: &'a Store,
    dice: Dice,
    clock: DateTime<Utc>,
    uploads: Vec<UploadId>,
    coordinators: Vec<UserId>,
    made: u32,
}

impl Chance<'_> {
    /// A moment: mostly later, sometimes the same, sometimes one before the last.
    fn tick(&mut self) -> DateTime<Utc> {
        self.clock += match self.dice.below(10) {
            0 => TimeDelta::zero(),
            1 => -STEP * 1_000,
            _ => STEP * 1_000_000 * i32::try_from(self.dice.below(100_000)).unwrap(),
        };
        self.clock
    }

    fn number(&mut self, limit: u64) -> u32 {
        u32::try_from(self.dice.below(limit)).unwrap()
    }

    /// One event; what the rules forbid at that moment does not happen.
    fn event(&mut self) {
        self.made += 1;
        let at = self.tick();
        match self.dice.below(13) {
            0..=3 => self.upload(at),
            4 => self.import(at),
            5 => self.coordinate(at),
            6 => self.load_round(at),
            _ => self.decide(at),
        }
    }

    fn upload(&mut self, at: DateTime<Utc>) {
        let new = NewUpload {
            id: UploadId(id(u128::from(self.made))),
            subproject: no(1 + self.number(3)),
            quarter: quarter(["2023-Q4", "2024-Q1"][usize::try_from(self.dice.below(2)).unwrap()]),
            original: Original::new(format!("workbook {}", self.made).into_bytes()),
            figures: figures(1_000 * i64::from(self.made), 3),
            findings: match self.dice.below(4) {
                0 => findings(Severity::Blocking),
                1 => findings(Severity::Warning),
                _ => Vec::new(),
            },
            uploaded_at: at,
            ..upload(1)
        };
        self.uploads.push(keep(self.store, &new).id);
    }

    fn decide(&mut self, at: DateTime<Utc>) {
        let Some(count) = u64::try_from(self.uploads.len()).ok().filter(|count| *count > 0) else {
            return;
        };
        let back = usize::try_from(self.dice.below(count.min(8))).unwrap();
        let id = self.uploads[self.uploads.len() - 1 - back];
        let comment = |finding| WarningComment {
            finding,
            comment: format!("Anmerkung {finding}."),
        };
        let warned = self.store.upload(id).unwrap().unwrap().warnings;
        let comments: Vec<_> = (0..warned).map(comment).collect();
        let _forbidden = match self.dice.below(6) {
            0..=1 => self.store.submit(id, LEAD, at, &comments),
            2 => match self.coordinators.last() {
                Some(coordinator) => self.store.endorse(id, *coordinator, at),
                None => return,
            },
            3..=4 => self.store.accept(id, MANAGER, at),
            _ => self.store.return_to_lead(id, MANAGER, at, "Beleg fehlt."),
        };
    }

    /// Changes names and places, and adds plans, payments and subprojects.
    fn import(&mut self, at: DateTime<Utc>) {
        let mut given = programme(1 + self.number(5));
        let other = NetworkCode::new("RIN-NW-WEST");
        given.networks[0].name = format!("Netzwerk {}", self.number(3));
        let mut second = network();
        second.code = other.clone();
        given.networks.push(second);
        for (subproject, plan) in &mut given.subprojects {
            if self.dice.below(3) == 0 {
                subproject.network = Some(other.clone());
            }
            subproject.title = format!("Titel {}", self.dice.below(3));
            if let Some(amount) = plan.sources.get_mut("federal") {
                *amount += Money::from_euro(i64::try_from(self.dice.below(3)).unwrap());
            }
        }
        let euro = i64::try_from(self.dice.below(5_000)).unwrap() - 1_000;
        given.disbursements.push((no(1), paid("2024-01-10", euro)));
        self.store
            .import_programme(&code(), "later.csv", &given, MANAGER, at)
            .unwrap();
    }

    fn coordinate(&mut self, at: DateTime<Utc>) {
        if let Some(user) = self.coordinators.pop() {
            return self.store.disable_user(user, Actor::System, at).unwrap();
        }
        let user = UserId(Uuid::from_u128(0x9000 + u128::from(self.made)));
        let scope = match self.dice.below(2) {
            0 => Scope::All,
            _ => Scope::Network(network().code),
        };
        let new = NewUser {
            id: user,
            name: format!("coordinator {}", self.made),
            display_name: "Koordination".into(),
            password_hash: None,
            language: nachweis_domain::language::Language::De,
            grants: vec![Grant {
                role: Role::Coordinator,
                scope,
            }],
        };
        self.store.create_user(&new, Actor::System, at).unwrap();
        self.coordinators.push(user);
    }

    fn load_round(&mut self, at: DateTime<Utc>) {
        let mut changed = round();
        changed.report_due_days = 20 + self.number(3);
        self.store.save_round(&changed, Actor::System, at).unwrap();
    }
}

/// What was known after an event.
struct Known {
    /// The moment of its first entry, and that of its last.
    moments: (DateTime<Utc>, DateTime<Utc>),
    ledger: Ledger,
    audit: Option<String>,
}

fn run(backend: Backend, seed: u64) {
    let store = TestStore::fresh(backend);
    set_up(&store, 3);
    let mut chance = Chance {
        store: &store,
        dice: Dice::of(seed),
        clock: at(5),
        uploads: Vec::new(),
        coordinators: Vec::new(),
        made: 0,
    };
    let mut kept: Vec<Known> = Vec::new();
    for number in 0..EVENTS {
        let head = store.journal_head().unwrap();
        chance.event();
        let Some(first) = store.journal(head, 1).unwrap().pop() else {
            continue;
        };
        let until = last(&store);
        kept.push(Known {
            moments: (first.at, until),
            ledger: now(&store),
            audit: (number % AUDITED == 0).then(|| audit(&store, &known(&store, until))),
        });
    }
    assert!(
        kept.len() > 60,
        "seed {seed}: only {} events happened",
        kept.len()
    );
    let mut before: Option<&Ledger> = None;
    for (number, known_then) in kept.iter().enumerate() {
        let (first, until) = known_then.moments;
        let told = format!("{backend:?}, seed {seed}, event {number} at {until}");
        assert_eq!(then(&store, until), known_then.ledger, "{told}");
        assert_eq!(
            then(&store, known_then.ledger.status_at),
            known_then.ledger,
            "{told}"
        );
        if let Some(before) = before {
            assert_eq!(&then(&store, first - STEP), before, "just before: {told}");
        }
        if let Some(audited) = &known_then.audit {
            assert_eq!(&audit(&store, &known(&store, until)), audited, "{told}");
        }
        before = Some(&known_then.ledger);
    }
}

#[test]
fn each_past_state_is_read_again_on_sqlite() {
    (1..=6).for_each(|seed| run(Backend::Sqlite, seed));
}

#[test]
fn each_past_state_is_read_again_on_postgres() {
    (7..=9).for_each(|seed| run(Backend::Postgres, seed));
}
