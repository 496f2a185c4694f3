//! Indicators and counters of a quarter, from what the subproject does.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::{CellRef, Located},
    context::GenderCounts,
    figures::{CounterFigure, IndicatorFigure},
    money::Money,
    quarter::Quarter,
    round::{Counted, FundingRound},
    subproject::Subproject,
};

use crate::{dice::Dice, profile::Profile};

use super::{
    people::{Cohort, QuarterPeople},
    quirk::Quirk,
};

/// The counts of one quarter.
#[derive(Clone, Debug)]
pub(super) struct QuarterCounts {
    pub(super) indicators: Vec<IndicatorFigure>,
    pub(super) counters: Vec<CounterFigure>,
}

/// Why a number of enterprises falls.
const COUNTED_TWICE: &str = "Ein Betrieb war im genannten Quartal doppelt gezählt.";

/// The counting of a subproject up to some quarter.
#[derive(Clone, Debug)]
pub(super) struct Tally<'a> {
    round: &'a FundingRound,
    subproject: &'a Subproject,
    seed: u64,
    quirk: Quirk,
    cohort: Cohort,
    /// Enterprises counted so far.
    enterprises: i64,
}

/// Of a thousand quarters of a subproject that supports enterprises, in how many one is found to be counted twice.
const COUNTED_TWICE_PERMILLE: i64 = 20;

impl<'a> Tally<'a> {
    pub(super) fn new(round: &'a FundingRound, subproject: &'a Subproject, seed: u64, quirk: Quirk) -> Self {
        Self {
            round,
            subproject,
            seed,
            quirk,
            cohort: Cohort::default(),
            enterprises: 0,
        }
    }

    /// The counts of the next quarter; `award` decides how many participants there are.
    pub(super) fn advance(&mut self, award: Money, quarter: Quarter) -> QuarterCounts {
        let labels = [self.subproject.no.as_str(), &quarter.to_string(), "counts"];
        let mut dice = Dice::new(self.seed, &labels);
        let profile = Profile::of(self.subproject);
        let people = match profile.euro_per_participant() {
            Some(euro) => {
                let entries = self.entries(award, euro, &mut dice);
                self.cohort.advance(entries, quarter, self.quirk, &mut dice)
            }
            None => QuarterPeople::default(),
        };
        let entities = profile
            .entities_per_quarter()
            .map(|(administrations, enterprises)| {
                let mut near = |usual: i64| dice.between(usual / 2, usual + 1);
                (near(administrations), near(enterprises))
            });
        let fall = entities.is_some() && self.enterprises > 3 && dice.happens(COUNTED_TWICE_PERMILLE);
        let entities = entities.map(|(administrations, enterprises)| {
            let enterprises = if fall { -1 } else { enterprises };
            self.enterprises += enterprises;
            (administrations, enterprises)
        });
        let counters = counters(profile, &people, &mut dice);
        QuarterCounts {
            indicators: self.indicators(&people, entities, quarter),
            counters: self.counters(&counters),
        }
    }

    fn entries(&self, award: Money, euro_per_participant: i64, dice: &mut Dice) -> i64 {
        let quarters = i64::try_from(self.subproject.grant_period.quarters().len())
            .unwrap_or(1)
            .max(1);
        let usual = award.cents() / 100 / euro_per_participant / quarters;
        dice.between(usual * 7 / 10, usual * 13 / 10 + 1)
    }

    fn indicators(
        &self,
        people: &QuarterPeople,
        entities: Option<(i64, i64)>,
        quarter: Quarter,
    ) -> Vec<IndicatorFigure> {
        let of = |code: &str| people.indicators.get(code).copied().unwrap_or_default();
        let specs = self.round.indicators.iter().zip(0..);
        specs
            .map(|(spec, row)| {
                let counts = match self.round.reserved_sums.iter().find(|sum| sum.code == spec.code) {
                    Some(sum) => sum
                        .parts
                        .iter()
                        .map(|part| of(part.as_str()))
                        .fold(GenderCounts::default(), plus),
                    None => of(spec.code.as_str()),
                };
                let entity = match (spec.code.as_str(), entities) {
                    ("EECO18", Some((administrations, _))) => administrations,
                    ("EECO19", Some((_, enterprises))) => enterprises,
                    _ => 0,
                };
                let at = |column: u16, value: i64| {
                    Some(Located::new(value, CellRef::at("Indikatoren", row + 4, column)))
                };
                let persons = spec.counts == Counted::Persons;
                let falls = !persons && entity < 0;
                let cell = |column: u16| CellRef::at("Indikatoren", row + 4, column);
                let gender = |column: u16, value: i64| at(column, value).filter(|_| persons);
                IndicatorFigure {
                    code: spec.code.clone(),
                    at: CellRef::at("Indikatoren", row + 4, 0),
                    women: gender(2, counts.women),
                    men: gender(3, counts.men),
                    non_binary: gender(4, counts.non_binary),
                    total: at(5, if persons { counts.total } else { entity }),
                    corrects: falls.then(|| Located::new(quarter.previous(), cell(6))),
                    note: falls.then(|| Located::new(COUNTED_TWICE.to_owned(), cell(7))),
                }
            })
            .collect()
    }

    fn counters(&self, counted: &BTreeMap<&'static str, i64>) -> Vec<CounterFigure> {
        let of = |key: &str| counted.get(key).copied().unwrap_or_default();
        let specs = self.round.counters.iter().zip(0..);
        specs
            .map(|(spec, row)| {
                let count = if spec.sum_of.is_empty() {
                    of(spec.key.as_str())
                } else {
                    spec.sum_of.iter().map(|part| of(part.as_str())).sum()
                };
                CounterFigure {
                    counter: spec.key.clone(),
                    at: CellRef::at("Kennzahlen", row + 4, 0),
                    count: Some(Located::new(count, CellRef::at("Kennzahlen", row + 4, 2))),
                }
            })
            .collect()
    }
}

/// What a subproject of this profile counts in a quarter.
fn counters(profile: Profile, people: &QuarterPeople, dice: &mut Dice) -> BTreeMap<&'static str, i64> {
    let mut counted = BTreeMap::new();
    match profile {
        Profile::Counselling => {
            let persons = dice.between(60, 180);
            // About 1.6 contacts for each person advised (domain.md §3.6).
            let first = persons - dice.between(0, 10);
            let qualification = dice.between(10, 40);
            counted.extend([
                ("persons_advised", persons),
                ("contacts_first", first),
                ("contacts_qualification", qualification),
                ("contacts_follow_up", persons * dice.between(30, 55) / 100),
                ("contacts_digital", first * dice.between(30, 60) / 100),
            ]);
        }
        Profile::Qualification | Profile::Activation => {
            counted.extend([
                ("qualification_entered", people.entered),
                ("qualification_finished", people.finished),
                ("qualification_dropped_out", people.dropped_out),
                ("full_equivalence", dice.hits(people.finished, 550)),
            ]);
            if profile == Profile::Activation {
                counted.extend([
                    ("activation_reached", people.entered * 4),
                    ("activation_referred", people.entered),
                    ("activation_communities", dice.between(1, 4)),
                ]);
            }
        }
        Profile::Actors | Profile::Networking => {
            let trainings = dice.between(1, 9);
            counted.extend([
                ("actor_trainings", trainings),
                ("actor_training_participants", trainings * dice.between(7, 18)),
                ("enterprise_consultations", dice.between(2, 15)),
            ]);
        }
        Profile::FairIntegration => {
            let persons = dice.between(40, 120);
            counted.extend([
                ("persons_advised", persons),
                (
                    "fair_integration_consultations",
                    persons * dice.between(110, 160) / 100,
                ),
            ]);
        }
        Profile::Plain => {}
    }
    counted
}

fn plus(a: GenderCounts, b: GenderCounts) -> GenderCounts {
    GenderCounts {
        women: a.women + b.women,
        men: a.men + b.men,
        non_binary: a.non_binary + b.non_binary,
        total: a.total + b.total,
    }
}
