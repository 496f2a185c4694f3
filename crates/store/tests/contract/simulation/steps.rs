//! What can happen in the simulation: one step, chosen by the dice and taken with the store.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    finding::Severity,
    key::SubprojectNo,
    money::Money,
    quarter::Quarter,
    record::{ReopeningId, UploadId, UserId, WarningComment},
};
use nachweis_store::{Actor, Changes, NewClosing, NewReopening, NewUpload, Original, Store, StoreError};
use uuid::Uuid;

use super::model::Model;
use crate::{as_of::STEP, chance::Dice, sample::*};

mod waivers;

pub(crate) use waivers::{OPEN_AT_MOST, WaiverStep};

/// The quarters of the simulation.
pub(crate) const QUARTERS: [&str; 4] = ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"];

/// Who plays: leads and managers, and a coordinator who comes and goes.
pub(crate) struct Players {
    deciders: [UserId; 4],
    second: UserId,
}

const SECOND: UserId = UserId(Uuid::from_u128(4));

impl Players {
    pub(crate) fn set_up(store: &Store) -> Self {
        store
            .create_user(&user(SECOND, "second", Role::Manager), Actor::System, at(2))
            .unwrap();
        store
            .create_user(
                &user(COORDINATOR, "coordinator", Role::Partner),
                Actor::System,
                at(3),
            )
            .unwrap();
        Self {
            deciders: [MANAGER, SECOND, COORDINATOR, LEAD],
            second: SECOND,
        }
    }

    fn somebody(&self, dice: &mut Dice) -> UserId {
        // Managers decide most of the time.
        match dice.below(6) {
            0..=1 => MANAGER,
            2..=3 => self.second,
            _ => pick(dice, &self.deciders),
        }
    }
}

/// A step with everything that it needs.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Upload {
        new: Box<NewUpload>,
        cents: i64,
    },
    Submit {
        id: UploadId,
        by: UserId,
        warnings: u32,
    },
    Endorse {
        id: UploadId,
        by: UserId,
    },
    Accept {
        id: UploadId,
        by: UserId,
    },
    Return {
        id: UploadId,
        by: UserId,
    },
    Close {
        quarter: Quarter,
    },
    Ask {
        id: ReopeningId,
        no: SubprojectNo,
        quarter: Quarter,
        by: UserId,
        hours: i64,
    },
    Confirm {
        id: ReopeningId,
        by: UserId,
    },
    Plan {
        no: SubprojectNo,
        number: u32,
        euro: i64,
    },
    Coordinate {
        begins: bool,
    },
    Waiver(WaiverStep),
}

pub(crate) fn coordination() -> Grant {
    Grant {
        role: Role::Coordinator,
        scope: Scope::All,
    }
}

fn pick<T: Copy>(dice: &mut Dice, of: &[T]) -> T {
    of[usize::try_from(dice.below(of.len().try_into().unwrap())).unwrap()]
}

impl Step {
    /// A step that may or may not be allowed.
    pub(crate) fn by_chance(dice: &mut Dice, model: &Model, players: &Players, number: u32) -> Self {
        let no = no(1 + u32::try_from(dice.below(3)).unwrap());
        let quarter = quarter(pick(dice, &QUARTERS));
        let by = players.somebody(dice);
        let upload = model.recent(dice.below(12));
        let asked = model.asked(dice.below(4));
        let chance = dice.below(130);
        if chance >= 100
            && let Some(step) = waivers::by_chance(dice, model, (no.clone(), quarter, by), number)
        {
            return step;
        }
        match (chance, upload, asked) {
            (0, ..) => Self::Close { quarter },
            (1..=7, ..) => Self::Ask {
                id: ReopeningId(id(0x9_0000 + u128::from(number))),
                no,
                quarter,
                by,
                hours: i64::try_from(dice.below(200)).unwrap() + 1,
            },
            (8..=14, _, Some(id)) => Self::Confirm { id, by },
            (15..=17, ..) => Self::Plan {
                no,
                number,
                euro: i64::try_from(dice.below(9_000)).unwrap(),
            },
            (18..=20, ..) => Self::Coordinate {
                begins: !model.is_coordinated(),
            },
            (21..=40, Some((id, warnings)), _) => Self::Submit {
                id,
                by: LEAD,
                warnings,
            },
            (41..=50, Some((id, _)), _) => Self::Endorse {
                id,
                by: if dice.below(3) == 0 { by } else { COORDINATOR },
            },
            (51..=68, Some((id, _)), _) => Self::Accept { id, by },
            (69..=73, Some((id, _)), _) => Self::Return { id, by },
            _ => Self::uploaded(dice, (no, quarter), number),
        }
    }

    fn uploaded(dice: &mut Dice, (subproject, quarter): (SubprojectNo, Quarter), number: u32) -> Self {
        let cents = 5 * i64::try_from(1 + dice.below(2_000_000)).unwrap();
        let new = NewUpload {
            id: UploadId(id(u128::from(number))),
            subproject,
            quarter,
            original: Original::new(format!("workbook {number} {cents}").into_bytes()),
            uploaded_by: if dice.below(9) == 0 { MANAGER } else { LEAD },
            figures: figures(cents, 3),
            findings: match dice.below(8) {
                0..=1 => waivers::findings(dice, Severity::Blocking),
                2 => waivers::findings(dice, Severity::Warning),
                _ => Vec::new(),
            },
            ..upload(1)
        };
        Self::Upload {
            new: Box::new(new),
            cents,
        }
    }

    /// Takes the step.
    pub(crate) fn take(&self, store: &Store, at: DateTime<Utc>) -> Result<(), StoreError> {
        match self {
            Self::Upload { new, .. } => {
                let mut new = NewUpload::clone(new);
                new.uploaded_at = at;
                store.record_upload(&new).map(drop)
            }
            Self::Submit { id, by, warnings } => {
                let comment = |finding| WarningComment {
                    finding,
                    comment: format!("Anmerkung {finding}."),
                };
                let comments: Vec<WarningComment> = (0..*warnings).map(comment).collect();
                store.submit(*id, *by, at, &comments).map(drop)
            }
            Self::Endorse { id, by } => store.endorse(*id, *by, at).map(drop),
            Self::Accept { id, by } => store.accept(*id, *by, at).map(drop),
            Self::Return { id, by } => store.return_to_lead(*id, *by, at, "Beleg fehlt.").map(drop),
            Self::Close { quarter } => close(store, *quarter, at),
            Self::Ask {
                id,
                no,
                quarter,
                by,
                hours,
            } => {
                let new = NewReopening {
                    id: *id,
                    subproject: no.clone(),
                    quarter: *quarter,
                    reason: "Doppelt erfasst.".into(),
                    by: *by,
                    at,
                    expires_at: expiry(written_at(store, at)?, *hours),
                    open_at_most: usize::MAX,
                };
                store.request_reopening(&new).map(drop)
            }
            Self::Confirm { id, by } => store.confirm_reopening(*id, *by, at).map(drop),
            Self::Plan { no, number, euro } => plan_change(store, no, (*number, *euro), at),
            Self::Coordinate { begins: true } => store.grant(COORDINATOR, &coordination(), Actor::System, at),
            Self::Coordinate { begins: false } => {
                store.withdraw(COORDINATOR, &coordination(), Actor::System, at)
            }
            Self::Waiver(step) => step.take(store, at),
        }
    }
}

/// When the store writes what is taken at a moment: never at one that is not after the last entry.
fn written_at(store: &Store, at: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
    Ok(at.max(store.last_moment()?.unwrap() + STEP))
}

/// When a reopening or a waiver ends that is asked for at a moment: at a whole minute some hours later.
pub(crate) fn expiry(moment: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    let minutes = moment.timestamp().div_euclid(60) + 1 + hours * 60;
    DateTime::from_timestamp(minutes * 60, 0).unwrap()
}

fn close(store: &Store, quarter: Quarter, at: DateTime<Utc>) -> Result<(), StoreError> {
    let new = NewClosing {
        round: code(),
        quarter,
        by: MANAGER,
        at,
        missing: 0,
        reports: Vec::new(),
        mark: store.last_change(&code(), Changes::Any)?,
    };
    store.close_quarter(&new).map(drop)
}

/// A new plan version of one subproject, with a payment.
fn plan_change(
    store: &Store,
    no: &SubprojectNo,
    (number, euro): (u32, i64),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut given = programme(3);
    given.subprojects.retain(|(subproject, _)| &subproject.no == no);
    given.disbursements.clear();
    given
        .disbursements
        .push((no.clone(), paid("2024-03-01", 10_000 * i64::from(number) + euro)));
    for (_, plan) in &mut given.subprojects {
        plan.number = number + 1;
        *plan.sources.get_mut("federal").unwrap() += Money::from_euro(euro);
    }
    store
        .import_programme(&code(), "notice.csv", &given, MANAGER, at)
        .map(drop)
}
