//! The life of quarters by chance, with a naive model beside the store that says before each step whether it may happen.
//! The dice are seeded: a failure names its seed and step. After each step these hold:
//!
//! 1. A step happens exactly when the model allows it; what is refused or broken off changes nothing.
//! 2. The journal grows by exactly the entries of the step, none for a step that does not happen.
//! 3. Moments of the journal never go back, however the clock jumps.
//! 4. Every revision of the quarter is in the state that the model says.
//! 5. At most one revision of a quarter stands for decision, at most one is accepted.
//! 6. Nobody decided on what they handed in or endorsed.
//! 7. Nothing happens in a closed quarter, unless two people reopened it for that subproject and the time has not passed.
//! 8. The ledger is what a naive recomputation over the revisions that count makes of it.
//! 9. What was known at earlier moments is read as it was (sampled).
//! 10. Nobody grants or refuses a waiver that they asked for.
//! 11. What is blocked is handed in only while each of its blocking findings is under a waiver of its code and quarter that
//!     is granted, not expired and not withdrawn; what was waived then stays so.
//! 12. Waivers of earlier moments are read as they were known then (sampled).
//! 13. In the end every entry is linked to the one before it, the journal vouches for every row and for no other, and the
//!     database finds no damage.
//!
//! Who may take a step at all is decided before the store is asked: the table of access and its tests hold that.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{ledger::Ledger, proof::ORIGIN};
use nachweis_store::{
    StoreError,
    testing::{Backend, TestStore, with_page_limit},
};

use crate::{
    as_of::{last, now, then},
    attest,
    chance::Dice,
    sample::*,
};

mod model;
mod steps;

use model::Model;
use steps::{Players, Step};

/// Steps of one run; more runs make more steps.
const STEPS: u32 = 500;
/// The ledger is compared after each so many steps, and kept after each so many of these.
const COMPARED: u32 = 20;
/// At so many moments waivers are read again as they were known.
const WAIVER_MOMENTS: u32 = 6;

struct Simulation<'a> {
    store: &'a TestStore,
    backend: Backend,
    dice: Dice,
    clock: DateTime<Utc>,
    model: Model,
    players: Players,
    seen: Seen,
    happened: u32,
}

/// How often rare things happened.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Broken off by a full disk and then done after all.
    broken_off: u32,
    /// Handed in although it was blocked, under waivers.
    under_waivers: u32,
    /// Refused as a decision on one's own request for a waiver.
    own_waivers: u32,
}

impl std::iter::Sum for Seen {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            broken_off: sum.broken_off + one.broken_off,
            under_waivers: sum.under_waivers + one.under_waivers,
            own_waivers: sum.own_waivers + one.own_waivers,
        })
    }
}

impl Simulation<'_> {
    /// Mostly later, sometimes the same moment, sometimes an hour or more back.
    fn tick(&mut self) -> DateTime<Utc> {
        self.clock += match self.dice.below(12) {
            0 => TimeDelta::zero(),
            1 => -TimeDelta::hours(1),
            2 => -TimeDelta::microseconds(3),
            _ => TimeDelta::minutes(i64::try_from(self.dice.below(600)).unwrap()),
        };
        self.clock
    }

    fn step(&mut self, number: u32) {
        let at = self.tick();
        let step = Step::by_chance(&mut self.dice, &self.model, &self.players, number);
        let before = (self.store.journal_head().unwrap(), last(self.store));
        // The store never writes at a moment that is not after the last entry.
        let moment = at.max(before.1 + TimeDelta::microseconds(1));
        let entries = self.model.entries_of(&step, moment);
        if self.backend == Backend::Sqlite && self.dice.below(25) == 0 {
            let broken = with_page_limit(self.store, || step.take(self.store, at));
            if let Err(error) = broken {
                assert!(
                    entries == 0 || matches!(error, StoreError::Full),
                    "{step:?}: {error:?}"
                );
                assert_eq!(
                    self.store.journal_head().unwrap(),
                    before.0,
                    "{step:?} left a trace"
                );
                self.model.agrees(self.store, &step, moment);
                self.seen.broken_off += u32::from(entries > 0);
                self.finish(&step, at, moment, (entries, before));
            } else {
                self.settle(&step, moment, (entries, before));
            }
        } else {
            self.finish(&step, at, moment, (entries, before));
        }
    }

    fn finish(
        &mut self,
        step: &Step,
        at: DateTime<Utc>,
        moment: DateTime<Utc>,
        known: (u64, (u64, DateTime<Utc>)),
    ) {
        let taken = step.take(self.store, at);
        assert_eq!(taken.is_ok(), known.0 > 0, "{step:?} at {moment}: {taken:?}");
        self.settle(step, moment, known);
    }

    fn settle(
        &mut self,
        step: &Step,
        moment: DateTime<Utc>,
        (entries, (head, before)): (u64, (u64, DateTime<Utc>)),
    ) {
        self.seen.own_waivers += u32::from(self.model.is_own_waiver(step, moment));
        let now = self.store.journal_head().unwrap();
        let made = now - head;
        let is_plan = matches!(step, Step::Plan { .. });
        assert!(
            made == entries || (is_plan && made > entries),
            "{step:?}: {made} entries instead of {entries}"
        );
        if entries > 0 {
            self.happened += 1;
            self.seen.under_waivers += u32::from(self.model.hands_in_blocked(step));
            self.model.follow(step, moment);
            assert!(last(self.store) > before, "{step:?}");
        }
        self.model.agrees(self.store, step, moment);
    }
}

/// Every entry is linked to the one before it.
fn the_chain_is_whole(store: &TestStore) {
    let mut before = ORIGIN;
    let mut position = 0;
    let walked = store.for_each_link(0, &mut |linked| {
        position += 1;
        assert_eq!(linked.entry.position, position);
        before = linked.entry.link(&before);
        assert_eq!(linked.link, Some(before), "entry {position}");
        Ok::<(), StoreError>(())
    });
    walked.unwrap();
    assert_eq!(store.journal_head().unwrap(), position);
}

/// What was known of waivers at some moments around what happened to them is read as it was known.
fn waivers_of_then(store: &TestStore, model: &Model, dice: &mut Dice) {
    let moments = model.waivers().moments();
    for _ in 0..WAIVER_MOMENTS {
        let place = dice.below(moments.len().try_into().unwrap());
        let moment = moments[usize::try_from(place).unwrap()];
        model.waivers().agree(&then(store, moment).waivers, moment);
    }
}

/// Takes so many steps; gives how often rare things happened.
#[expect(clippy::print_stdout, reason = "shown when the run fails: its seed")]
fn run(backend: Backend, seed: u64, steps: u32) -> Seen {
    println!("simulation on {backend:?}: seed {seed}, {steps} steps");
    let store = TestStore::fresh(backend);
    set_up(&store, 3);
    let mut simulation = Simulation {
        store: &store,
        backend,
        dice: Dice::of(seed),
        clock: at(60),
        model: Model::default(),
        players: Players::set_up(&store),
        seen: Seen::default(),
        happened: 0,
    };
    let mut kept: Vec<(DateTime<Utc>, Ledger)> = Vec::new();
    for number in 1..=steps {
        simulation.step(number);
        if number.is_multiple_of(COMPARED) {
            let ledger = now(&store);
            simulation.model.makes(&ledger);
            simulation.model.waivers().agree(&ledger.waivers, last(&store));
            if simulation.dice.below(3) == 0 {
                kept.push((last(&store), ledger));
            }
        }
    }
    for (moment, ledger) in &kept {
        assert_eq!(&then(&store, *moment), ledger, "as of {moment}");
        simulation.model.waivers().agree(&ledger.waivers, *moment);
    }
    waivers_of_then(&store, &simulation.model, &mut simulation.dice);
    simulation.model.all_findings_agree(&store, last(&store));
    the_chain_is_whole(&store);
    assert_eq!(attest::with_rows(attest::attested(&store)), attest::found(&store));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    assert!(
        simulation.happened > steps / 5,
        "only {} steps happened",
        simulation.happened
    );
    simulation.seen
}

/// How many runs there are: more in the long run.
fn runs(short: u64, long: u64) -> u64 {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        long
    } else {
        short
    }
}

#[test]
fn whatever_happens_to_quarters_is_what_the_model_says_on_sqlite() {
    let seen: Seen = (1..=runs(3, 180))
        .map(|seed| run(Backend::Sqlite, seed, STEPS))
        .sum();
    assert!(
        seen.broken_off > 0 && seen.under_waivers > 0 && seen.own_waivers > 0,
        "something never happened: {seen:?}"
    );
}

#[test]
fn whatever_happens_to_quarters_is_what_the_model_says_on_postgres() {
    let steps = u32::try_from(runs(300, STEPS.into())).unwrap();
    for seed in 1_001..=1_000 + runs(1, 20) {
        run(Backend::Postgres, seed, steps);
    }
}
