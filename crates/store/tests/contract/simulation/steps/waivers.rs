//! Waivers as steps: asked for, granted, refused, withdrawn, and what is blocked handed in under them.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    cell::CellRef,
    finding::{Code, Detail, Finding, Severity},
    key::SubprojectNo,
    quarter::Quarter,
    record::{RatedFinding, UserId, WaiverId},
};
use nachweis_store::{NewWaiver, Store, StoreError, WaiverWord};

use super::{QUARTERS, Step, expiry, pick, written_at};
use crate::{chance::Dice, sample::*, simulation::model::Model};

/// How many requests of a subproject may wait.
pub(crate) const OPEN_AT_MOST: usize = 3;
/// Codes of findings that block: two that can be waived, and one that cannot.
const CODES: [Code; 3] = [Code::Fin04, Code::Fin05, Code::Val01];

/// A step on a waiver.
#[derive(Clone, Debug)]
pub(crate) enum WaiverStep {
    /// Somebody asks for it for so many hours.
    Ask {
        id: WaiverId,
        no: SubprojectNo,
        code: Code,
        quarters: (Quarter, Quarter),
        by: UserId,
        hours: i64,
    },
    /// Somebody grants it until a moment, or refuses it.
    Decide {
        id: WaiverId,
        by: UserId,
        until: Option<DateTime<Utc>>,
    },
    /// Somebody withdraws it.
    Withdraw { id: WaiverId, by: UserId },
}

/// A step on a waiver that may or may not be allowed; none while there is nothing to take it on.
pub(super) fn by_chance(
    dice: &mut Dice,
    model: &Model,
    (no, quarter, by): (SubprojectNo, Quarter, UserId),
    number: u32,
) -> Option<Step> {
    let waiver = model.waiver(dice.below(3));
    let blocked = model.blocked(dice.below(2));
    let step = match dice.below(12) {
        0..=3 => {
            // Mostly for what stands in the way of somebody.
            let targeted = blocked.filter(|_| dice.below(4) > 0);
            let (no, quarters, code) = if let Some((_, (no, quarter), codes)) = targeted {
                (no, (quarter, quarter), pick(dice, &codes))
            } else {
                let other = super::quarter(pick(dice, &QUARTERS));
                (no, (quarter.min(other), quarter.max(other)), pick(dice, &CODES))
            };
            WaiverStep::Ask {
                id: WaiverId(id(0xa_0000 + u128::from(number))),
                no,
                code,
                quarters,
                by: if dice.below(2) == 0 { LEAD } else { by },
                hours: i64::try_from(dice.below(400)).unwrap() + 1,
            }
        }
        4..=6 => {
            let (id, asked_until) = waiver?;
            let until = match dice.below(8) {
                0..=1 => None,
                2 => Some(asked_until + TimeDelta::hours(1)),
                3 => Some(asked_until - TimeDelta::hours(30)),
                _ => Some(asked_until),
            };
            WaiverStep::Decide { id, by, until }
        }
        7 => WaiverStep::Withdraw { id: waiver?.0, by },
        _ => {
            return Some(Step::Submit {
                id: model.under_waivers().or_else(|| blocked.map(|(id, ..)| id))?,
                by: LEAD,
                warnings: 0,
            });
        }
    };
    Some(Step::Waiver(step))
}

/// Findings that block, or only warn, of one code or of two.
pub(super) fn findings(dice: &mut Dice, severity: Severity) -> Vec<RatedFinding> {
    let rated = |code| {
        let paid_on = day("2024-04-03");
        let detail = match code {
            Code::Fin04 => Detail::PaidOutsideQuarter {
                paid_on,
                quarter: quarter("2024-Q1"),
            },
            Code::Fin05 => Detail::PaidOutsideGrant {
                paid_on,
                first: day("2023-01-01"),
                last: day("2024-03-31"),
            },
            _ => Detail::AmountUnreadable {
                typed: "1.234,5x".to_owned(),
            },
        };
        RatedFinding {
            finding: Finding::at(CellRef::at("Belege", 6, 1), detail),
            severity,
            comment: None,
            waiver: None,
        }
    };
    let codes: &[Code] = match dice.below(6) {
        0 => &[Code::Val01],
        1 => &[Code::Fin04, Code::Val01],
        2 => &[Code::Fin04, Code::Fin05],
        3 => &[Code::Fin05],
        _ => &[Code::Fin04],
    };
    codes.iter().copied().map(rated).collect()
}

impl WaiverStep {
    /// Takes the step.
    pub(super) fn take(&self, store: &Store, at: DateTime<Utc>) -> Result<(), StoreError> {
        let word = |id, by| WaiverWord {
            id,
            by,
            at,
            reason: "Nachgewiesen.".into(),
        };
        match self {
            Self::Ask {
                id,
                no,
                code,
                quarters: (first, last),
                by,
                hours,
            } => {
                let new = NewWaiver {
                    id: *id,
                    subproject: no.clone(),
                    code: *code,
                    first: *first,
                    last: *last,
                    reason: "Die Rechnung kam verspätet.".into(),
                    until: expiry(written_at(store, at)?, *hours),
                    by: *by,
                    at,
                    open_at_most: OPEN_AT_MOST,
                };
                store.ask_waiver(&new).map(drop)
            }
            Self::Decide { id, by, until } => store.decide_waiver(&word(*id, *by), *until).map(drop),
            Self::Withdraw { id, by } => store.withdraw_waiver(&word(*id, *by)).map(drop),
        }
    }
}
