//! Made-up participants: each enters with traits, leaves after some quarters and may have results. Counting them gives
//! indicators that obey all rules by construction. Only counts leave this module.

use std::collections::BTreeMap;

use nachweis_domain::{context::GenderCounts, quarter::Quarter};

use crate::dice::Dice;

use super::quirk::Quirk;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    Woman,
    Man,
    NonBinary,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Unemployed,
    LongTermUnemployed,
    Inactive,
    Employed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Below18,
    To29,
    To54,
    From55,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Education {
    Low,
    Middle,
    High,
    Unknown,
}

/// Traits that several participants may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trait {
    Disability,
    ThirdCountry,
    ForeignBackground,
    Minority,
    Homeless,
    Rural,
}

/// Results that a participant may reach after leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    JobSearch,
    Education,
    Qualification,
    Employment,
    EmploymentLater,
    BetterLater,
}

#[derive(Clone, Debug)]
struct Participant {
    gender: Gender,
    status: Status,
    age: Age,
    education: Education,
    traits: Vec<Trait>,
    entered: Quarter,
    leaves: Quarter,
    finishes: bool,
    outcomes: Vec<Outcome>,
}

/// Quarters from leaving to the later results (six months).
const LATER: i32 = 2;

/// What a cohort contributes in one quarter.
#[derive(Clone, Debug, Default)]
pub(super) struct QuarterPeople {
    /// Counts by indicator code; codes without a count are zero.
    pub(super) indicators: BTreeMap<&'static str, GenderCounts>,
    /// Who entered.
    pub(super) entered: i64,
    /// Who left and finished.
    pub(super) finished: i64,
    /// Who left early.
    pub(super) dropped_out: i64,
}

/// The participants of a subproject up to some quarter.
#[derive(Clone, Debug, Default)]
pub(super) struct Cohort(Vec<Participant>);

impl Cohort {
    /// Lets so many enter in a quarter and counts who enters, leaves and has results in it.
    pub(super) fn advance(
        &mut self,
        entries: i64,
        quarter: Quarter,
        quirk: Quirk,
        dice: &mut Dice,
    ) -> QuarterPeople {
        for _ in 0..entries {
            let participant = self.enter(quarter, quirk, dice);
            self.0.push(participant);
        }
        let mut people = QuarterPeople::default();
        for one in &self.0 {
            if one.entered == quarter {
                people.entered += 1;
                one.outputs().for_each(|code| people.count(code, one.gender));
            }
            if one.leaves == quarter {
                people.finished += i64::from(one.finishes);
                people.dropped_out += i64::from(!one.finishes);
            }
            let since_leaving = quarter.ordinal() - one.leaves.ordinal();
            for outcome in one
                .outcomes
                .iter()
                .filter(|outcome| outcome.delay() == since_leaving)
            {
                people.count(outcome.code(), one.gender);
            }
        }
        people
    }

    fn enter(&self, quarter: Quarter, quirk: Quirk, dice: &mut Dice) -> Participant {
        let gender = match dice.between(0, 199) {
            0..112 => Gender::Woman,
            112..199 => Gender::Man,
            _ => Gender::NonBinary,
        };
        let status = match dice.between(0, 99) {
            0..45 => Status::Unemployed,
            45..62 => Status::LongTermUnemployed,
            62..78 => Status::Inactive,
            _ => Status::Employed,
        };
        let age = match dice.between(0, 99) {
            _ if quirk == Quirk::Children && dice.happens(40) => Age::Below18,
            0..27 => Age::To29,
            27..93 => Age::To54,
            _ => Age::From55,
        };
        let education = match dice.between(0, 99) {
            _ if quirk == Quirk::EducationUnknown && quarter.year() > 2023 && dice.happens(150) => {
                Education::Unknown
            }
            0..14 => Education::Low,
            14..52 => Education::Middle,
            _ => Education::High,
        };
        let stays = dice.between(1, 3);
        let leaves = (0..stays).fold(quarter, |leaves, _| leaves.next());
        let finishes = dice.happens(840);
        Participant {
            gender,
            status,
            age,
            education,
            traits: self.traits(quirk, dice),
            entered: quarter,
            leaves,
            finishes,
            outcomes: outcomes(status, finishes, dice),
        }
    }

    fn traits(&self, quirk: Quirk, dice: &mut Dice) -> Vec<Trait> {
        let mut traits = Vec::new();
        let mut may = |which: Trait, permille: i64| {
            if dice.happens(permille) {
                traits.push(which);
            }
        };
        may(Trait::Disability, 35);
        may(Trait::Minority, 30);
        may(Trait::Homeless, 12);
        may(Trait::Rural, 220);
        let native = if quirk == Quirk::FewForeignBackground {
            250
        } else {
            self.room_for_natives()
        };
        if !dice.happens(native) {
            traits.push(Trait::ForeignBackground);
            if dice.happens(830) {
                traits.push(Trait::ThirdCountry);
            }
        }
        traits
    }

    /// Chance of a participant without foreign background: none while one more would raise their share above 5 %.
    fn room_for_natives(&self) -> i64 {
        let natives = self
            .0
            .iter()
            .filter(|one| !one.traits.contains(&Trait::ForeignBackground))
            .count();
        if (natives + 1) * 20 <= self.0.len() { 20 } else { 0 }
    }
}

impl QuarterPeople {
    fn count(&mut self, code: &'static str, gender: Gender) {
        let counts = self.indicators.entry(code).or_default();
        match gender {
            Gender::Woman => counts.women += 1,
            Gender::Man => counts.men += 1,
            Gender::NonBinary => counts.non_binary += 1,
        }
        counts.total += 1;
    }
}

impl Participant {
    /// The output indicators that count this participant at entry.
    fn outputs(&self) -> impl Iterator<Item = &'static str> {
        let status: &[&'static str] = match self.status {
            Status::Unemployed => &["EECO02"],
            Status::LongTermUnemployed => &["EECO02", "EECO03"],
            Status::Inactive => &["EECO04"],
            Status::Employed => &["EECO05"],
        };
        let age: &[&'static str] = match self.age {
            Age::Below18 => &["EECO06"],
            Age::To29 => &["EECO07"],
            Age::To54 => &[],
            Age::From55 => &["EECO08"],
        };
        let education: &[&'static str] = match self.education {
            Education::Low => &["EECO09"],
            Education::Middle => &["EECO10"],
            Education::High => &["EECO11"],
            Education::Unknown => &[],
        };
        let traits = self.traits.iter().map(|which| match which {
            Trait::Disability => "EECO12",
            Trait::ThirdCountry => "EECO13",
            Trait::ForeignBackground => "EECO14",
            Trait::Minority => "EECO15",
            Trait::Homeless => "EECO16",
            Trait::Rural => "EECO17",
        });
        ["EECO01"]
            .into_iter()
            .chain(status.iter().copied())
            .chain(age.iter().copied())
            .chain(education.iter().copied())
            .chain(traits)
    }
}

impl Outcome {
    const fn code(self) -> &'static str {
        match self {
            Self::JobSearch => "EECR01",
            Self::Education => "EECR02",
            Self::Qualification => "EECR03",
            Self::Employment => "EECR04",
            Self::EmploymentLater => "EECR05",
            Self::BetterLater => "EECR06",
        }
    }

    const fn delay(self) -> i32 {
        match self {
            Self::EmploymentLater | Self::BetterLater => LATER,
            _ => 0,
        }
    }
}

/// Results by the status at entry: each only for its reference group (domain.md §3.2).
fn outcomes(status: Status, finishes: bool, dice: &mut Dice) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    if finishes && dice.happens(780) {
        outcomes.push(Outcome::Qualification);
    }
    if status == Status::Employed {
        if finishes && dice.happens(450) {
            outcomes.push(Outcome::BetterLater);
        }
        return outcomes;
    }
    if dice.happens(if finishes { 420 } else { 150 }) {
        outcomes.push(Outcome::Employment);
        if dice.happens(850) {
            outcomes.push(Outcome::EmploymentLater);
        }
    } else if status == Status::Inactive && dice.happens(600) {
        outcomes.push(Outcome::JobSearch);
    } else if dice.happens(180) {
        outcomes.push(Outcome::Education);
    }
    outcomes
}
