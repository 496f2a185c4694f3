//! Waivers: one subproject's reports of some quarters are exempted from one finding code until a moment.
//!
//! Somebody of the subproject, or coordinator or manager on its behalf, asks; another person, a manager, grants or refuses;
//! a waiver can be withdrawn. Each is a record of its own and none is written over. A waiver never changes a verdict: it is
//! looked at when something is handed in, and what was handed in under it stays lawful when it ends. Which codes may be
//! waived at all is said by [`Code::unwaivable`].

mod refusal;

pub use refusal::WaiverRefusal;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    berlin,
    finding::{Code, Severity},
    key::{RoundCode, SubprojectNo},
    language::{Language, Text},
    life::Blocking,
    quarter::Quarter,
    record::{RatedFinding, UserId, WaiverId},
    round::FundingRound,
};

/// A waiver with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Its id.
    pub id: WaiverId,
    /// 1, 2, 3 … within the round: how people name it.
    pub number: u32,
    /// The round.
    pub round: RoundCode,
    /// The only subproject it is for.
    pub subproject: SubprojectNo,
    /// The code of the findings that are waived.
    pub code: Code,
    /// The first quarter whose reports it is for.
    pub first: Quarter,
    /// The last one, not before the first.
    pub last: Quarter,
    /// Why it is needed.
    pub reason: String,
    /// Who asked for it.
    pub asked_by: UserId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Until when it was asked for.
    pub asked_until: DateTime<Utc>,
    /// What a second person decided; `None` while nobody has.
    pub decision: Option<WaiverDecision>,
    /// That it was withdrawn.
    pub withdrawal: Option<WaiverWithdrawal>,
}

/// A second person's decision on a waiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverDecision {
    /// Until when it is granted, not later than was asked; `None`: refused.
    pub until: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
    /// Who decided; never who asked.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// That a waiver was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverWithdrawal {
    /// Why.
    pub reason: String,
    /// Who withdrew it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A waiver as a finding names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingWaiver {
    /// Its id.
    pub id: WaiverId,
    /// Its number within the round.
    pub number: u32,
    /// Until when it was granted.
    pub until: DateTime<Utc>,
}

impl FindingWaiver {
    /// What the waiver means for the finding, as a whole sentence with its number, its last day and the role that granted it.
    pub fn sentence(&self) -> Text {
        let last = berlin::day(self.until - TimeDelta::microseconds(1));
        let number = self.number;
        Text::new(
            format!(
                "Davon ausgenommen bis {} (Ausnahme Nr. {number}, erteilt von der Programmsteuerung).",
                Language::De.date(last)
            ),
            format!(
                "Waived until {} (waiver no. {number}, granted by the programme management).",
                Language::En.date(last)
            ),
        )
    }
}

/// Where a waiver stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiverState {
    /// Asked for, not decided.
    Asked,
    /// Granted, and it counts.
    InForce,
    /// Refused.
    Refused,
    /// The time for it has passed, granted or not.
    Expired,
    /// Withdrawn.
    Withdrawn,
}

impl WaiverState {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::Asked,
        Self::InForce,
        Self::Refused,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::InForce => "in_force",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Waiver {
    /// Where it stands at a moment, with everything that is known of it.
    pub fn state_at(&self, moment: DateTime<Utc>) -> WaiverState {
        if self.withdrawal.is_some() {
            return WaiverState::Withdrawn;
        }
        let until = match &self.decision {
            Some(WaiverDecision { until: None, .. }) => return WaiverState::Refused,
            Some(WaiverDecision {
                until: Some(until), ..
            }) => *until,
            None => self.asked_until,
        };
        match self.decision {
            _ if moment >= until => WaiverState::Expired,
            Some(_) => WaiverState::InForce,
            None => WaiverState::Asked,
        }
    }

    /// The waiver as it was known at a moment: without what was decided or withdrawn later; `None` before it was asked for.
    pub fn as_known_at(mut self, moment: DateTime<Utc>) -> Option<Self> {
        self.decision = self.decision.filter(|decision| decision.at <= moment);
        self.withdrawal = self.withdrawal.filter(|withdrawal| withdrawal.at <= moment);
        (self.asked_at <= moment).then_some(self)
    }

    /// Whether it is for reports of a quarter.
    pub fn covers(&self, quarter: Quarter) -> bool {
        (self.first..=self.last).contains(&quarter)
    }

    /// Until when it was granted; `None` unless it was.
    pub fn granted_until(&self) -> Option<DateTime<Utc>> {
        self.decision.as_ref().and_then(|decision| decision.until)
    }

    /// The waiver as a finding names it; `None` unless it was granted.
    pub fn named(&self) -> Option<FindingWaiver> {
        self.granted_until().map(|until| FindingWaiver {
            id: self.id,
            number: self.number,
            until,
        })
    }

    /// Whether somebody may decide on it at a moment.
    ///
    /// # Errors
    /// [`WaiverRefusal::OwnRequest`] for who asked; [`WaiverRefusal::Settled`] when it is decided, withdrawn or its time has
    /// passed; [`WaiverRefusal::LongerThanAsked`] for an end later than was asked; [`WaiverRefusal::EndPassed`] for one that
    /// has passed.
    pub fn decidable(
        &self,
        by: UserId,
        at: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
    ) -> Result<(), WaiverRefusal> {
        if self.state_at(at) != WaiverState::Asked {
            return Err(WaiverRefusal::Settled);
        }
        if by == self.asked_by {
            return Err(WaiverRefusal::OwnRequest);
        }
        match until {
            Some(until) if until > self.asked_until => Err(WaiverRefusal::LongerThanAsked),
            Some(until) if until <= at => Err(WaiverRefusal::EndPassed),
            _ => Ok(()),
        }
    }

    /// Whether there is anything to withdraw at a moment.
    ///
    /// # Errors
    /// [`WaiverRefusal::Settled`] when it is refused or withdrawn, or its time has passed.
    pub fn withdrawable(&self, at: DateTime<Utc>) -> Result<(), WaiverRefusal> {
        match self.state_at(at) {
            WaiverState::Asked | WaiverState::InForce => Ok(()),
            WaiverState::Refused | WaiverState::Expired | WaiverState::Withdrawn => {
                Err(WaiverRefusal::Settled)
            }
        }
    }
}

/// Whether a round's findings of a code may be waived for the reports of a span of quarters.
///
/// # Errors
/// [`WaiverRefusal::Unwaivable`] with the reason; also where the rule asks for nothing in any of the quarters.
pub fn check_code(
    round: &FundingRound,
    code: Code,
    quarters: impl IntoIterator<Item = Quarter>,
) -> Result<(), WaiverRefusal> {
    use crate::finding::Unwaivable;
    if let Some(why) = code.unwaivable() {
        return Err(WaiverRefusal::Unwaivable { code, why });
    }
    let severities = quarters
        .into_iter()
        .filter_map(|quarter| round.severity(code, quarter));
    let why = match severities.max() {
        Some(Severity::Blocking | Severity::Warning) => return Ok(()),
        Some(Severity::Notice) => Unwaivable::Informative,
        Some(Severity::Off) | None => Unwaivable::NotRunning,
    };
    Err(WaiverRefusal::Unwaivable { code, why })
}

/// The waiver that counts for findings of a code in a quarter at a moment: of several the one that lasts longest, then the
/// oldest.
pub fn in_force<'a>(
    waivers: impl IntoIterator<Item = &'a Waiver>,
    code: Code,
    quarter: Quarter,
    moment: DateTime<Utc>,
) -> Option<FindingWaiver> {
    let fitting = waivers.into_iter().filter(|waiver| {
        waiver.code == code && waiver.covers(quarter) && waiver.state_at(moment) == WaiverState::InForce
    });
    fitting
        .filter_map(Waiver::named)
        .min_by_key(|named| (std::cmp::Reverse(named.until), named.number))
}

/// Whether each blocking finding of a verdict is waived. Where there is none, nothing is.
pub fn blocking(findings: &[RatedFinding]) -> Blocking {
    let mut blocking = findings
        .iter()
        .filter(|rated| rated.severity == Severity::Blocking)
        .peekable();
    if blocking.peek().is_some() && blocking.all(|rated| rated.waiver.is_some()) {
        Blocking::Waived
    } else {
        Blocking::Stands
    }
}

/// How many findings of a severity are waived.
pub fn waived(findings: &[RatedFinding], severity: Severity) -> u32 {
    let waived = findings
        .iter()
        .filter(|rated| rated.severity == severity && rated.waiver.is_some());
    u32::try_from(waived.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
