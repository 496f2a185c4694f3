//! How a workbook fares: when it is uploaded, what is wrong with it first, who returns or accepts it.

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc, Weekday};
use nachweis_domain::{
    context::ReportingContext, figures::QuarterlyFigures, finding::Code, quarter::Quarter,
    round::FundingRound,
};

use crate::{dice::Dice, errors, working_day};

use super::{habit::Habit, narrative};

/// Something that happens to a subproject's quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub deed: Deed,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The lead uploads a workbook with these figures.
    Upload {
        /// What is typed into it.
        figures: Box<QuarterlyFigures>,
        /// The blocking error planted in it, if there is one.
        planted: Option<Code>,
    },
    /// The lead submits the latest upload.
    Submit {
        /// The comment for each warning.
        comment: &'static str,
    },
    /// A manager accepts the submission.
    Accept {
        /// Which of the managers, from zero.
        manager: u8,
    },
    /// A manager returns the submission.
    Return {
        /// Which of the managers, from zero.
        manager: u8,
        /// Why.
        reason: &'static str,
    },
}

/// Comments of leads on warnings.
const COMMENTS: [&str; 3] = [
    "Ist bekannt und mit der Koordination abgestimmt.",
    "Wird im nächsten Quartal ausgeglichen.",
    "Die Angabe ist geprüft und zutreffend.",
];
/// What a lead writes on a warning that calls for an explanation of its own.
pub const fn comment_on(code: Code) -> Option<&'static str> {
    match code {
        Code::Fin07 => Some(
            "Unbesetzte Stellen wurden durch Honorarkräfte vertreten. Die Abweichung ist mit der Bewilligungsbehörde besprochen, ein Änderungsantrag folgt.",
        ),
        Code::Fin12 => Some("Die Eigenmittel des Trägers werden zum Jahresende in einer Summe eingezahlt."),
        Code::Fin13 => Some(
            "Der Abruf war für zwei Quartale bestimmt; die Mittel werden im laufenden Quartal verausgabt, Zinsen werden berechnet.",
        ),
        _ => None,
    }
}

/// Reasons of managers.
const REASONS: [&str; 4] = [
    "Bitte den Stand der Umsetzung im Sachbericht genauer beschreiben.",
    "Bitte die Abweichung vom Zeitplan begründen.",
    "Im Sachbericht fehlt, wie es im nächsten Quartal weitergeht. Bitte ergänzen.",
    "Die Angaben im Sachbericht wiederholen die des Vorquartals. Bitte auf das Berichtsquartal beziehen.",
];

/// How many errors of the catalogue are tried until one fits the figures.
const TRIES: u32 = 40;

/// How many managers decide.
const MANAGERS: i64 = 3;

/// How a quarter ends for a subproject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nothing was uploaded.
    Nothing,
    /// The latest upload has blocking errors.
    Blocked,
    /// The latest upload could be submitted.
    Checked,
    /// Submitted, not decided.
    Submitted,
    /// Returned, not uploaded again.
    Returned,
    /// Accepted.
    Accepted,
}

/// Whether the story of a quarter is over, or still running when the demonstration begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Every workbook of the quarter was accepted in the end.
    Over,
    /// Some are missing, open or returned.
    Running,
}

/// The steps of a quarter whose right figures are these.
pub(super) fn steps(
    round: &FundingRound,
    context: &ReportingContext,
    right: QuarterlyFigures,
    (stage, habit): (Stage, Habit),
    seed: u64,
) -> Vec<Step> {
    let labels = [
        context.subproject.no.as_str(),
        &context.quarter.to_string(),
        "course",
    ];
    let mut dice = Dice::new(seed, &labels);
    let end = end(stage, &mut dice);
    let late = dice.happens(60);
    let days = match (habit, late) {
        (Habit::Late, _) => dice.between(38, 58),
        (_, true) => dice.between(31, 44),
        (_, false) => dice.between(6, 27),
    };
    let mut course = Course {
        at: start(context.quarter, days, &mut dice),
        steps: Vec::new(),
    };
    if end == End::Nothing {
        return Vec::new();
    }
    if end == End::Blocked || dice.happens(60) {
        let (figures, planted) = wrong(round, context, &right, &mut dice);
        course.upload(figures, planted);
        if end == End::Blocked && planted.is_some() {
            return course.steps;
        }
        course.wait(1, 3, &mut dice);
    }
    course.upload(right.clone(), None);
    if end == End::Checked {
        return course.steps;
    }
    course.submit(&mut dice);
    if end == End::Returned || dice.happens(50) {
        course.wait(4, 10, &mut dice);
        let manager = manager(&mut dice);
        let reason = dice.pick(&REASONS);
        course.add(Deed::Return { manager, reason });
        if end == End::Returned {
            return course.steps;
        }
        course.wait(2, 6, &mut dice);
        let mut revised = right;
        narrative::extend(&mut revised.narrative);
        course.upload(revised, None);
        course.submit(&mut dice);
    }
    if end == End::Accepted {
        course.wait(5, 20, &mut dice);
        let manager = manager(&mut dice);
        course.add(Deed::Accept { manager });
    }
    course.steps
}

fn end(stage: Stage, dice: &mut Dice) -> End {
    match (stage, dice.between(0, 99)) {
        (Stage::Over, _) | (Stage::Running, 40..) => End::Accepted,
        (_, ..5) => End::Nothing,
        (_, 5..8) => End::Blocked,
        (_, 8..11) => End::Checked,
        (_, 11..15) => End::Returned,
        _ => End::Submitted,
    }
}

/// The figures with an error planted that blocks.
fn wrong(
    round: &FundingRound,
    context: &ReportingContext,
    right: &QuarterlyFigures,
    dice: &mut Dice,
) -> (QuarterlyFigures, Option<Code>) {
    let catalogue = errors::catalogue();
    for _ in 0..TRIES {
        let index = usize::try_from(dice.between(0, 1_000_000)).unwrap_or_default();
        let Some(error) = catalogue.get(index % catalogue.len()) else {
            break;
        };
        let mut figures = right.clone();
        if error.is_blocking(round, context.quarter) && error.plant(round, context, &mut figures) {
            return (figures, Some(error.code));
        }
    }
    (right.clone(), None)
}

fn manager(dice: &mut Dice) -> u8 {
    u8::try_from(dice.between(0, MANAGERS - 1)).unwrap_or_default()
}

/// So many days after the quarter, in working hours.
fn start(quarter: Quarter, days: i64, dice: &mut Dice) -> DateTime<Utc> {
    let day = quarter.last_day() + Days::new(days.unsigned_abs());
    let minutes = u32::try_from(dice.between(7 * 60, 15 * 60)).unwrap_or_default();
    let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default();
    day.and_time(time).and_utc()
}

struct Course {
    at: DateTime<Utc>,
    steps: Vec<Step>,
}

impl Course {
    fn add(&mut self, deed: Deed) {
        // Moved for good, so that what follows comes after it; back only to a day on which nothing has happened yet.
        let day = self.at.date_naive();
        let before = working_day::on_or_before(day);
        let is_free = self.steps.last().is_none_or(|last| last.at.date_naive() < before);
        let day = if day.weekday() == Weekday::Sat && is_free {
            before
        } else {
            working_day::on_or_after(day)
        };
        self.at = day.and_time(self.at.time()).and_utc();
        self.steps.push(Step { at: self.at, deed });
    }

    fn upload(&mut self, figures: QuarterlyFigures, planted: Option<Code>) {
        self.add(Deed::Upload {
            figures: Box::new(figures),
            planted,
        });
    }

    fn submit(&mut self, dice: &mut Dice) {
        self.at += chrono::TimeDelta::minutes(dice.between(5, 50));
        let comment = dice.pick(&COMMENTS);
        self.add(Deed::Submit { comment });
    }

    fn wait(&mut self, least_days: i64, most_days: i64, dice: &mut Dice) {
        self.at += chrono::TimeDelta::days(dice.between(least_days, most_days));
        self.at += chrono::TimeDelta::minutes(dice.between(1, 40));
    }
}
