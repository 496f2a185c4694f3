//! How long originals are kept, and what holds them longer (domain.md §2.3, Records).
//!
//! CPR Art. 82: five years from 31 December of the year of the last payment. ANBest-P: five years after the proof of use,
//! which is due at the end of the sixth month after the grant. The later of both counts, for as many years as the round says
//! (`retention_years`). The record has no day of the proof itself: its due day stands for it, or the day of the last decision
//! on a report where that is later. State aid is not recorded; who grants it places a hold.

mod erasure;

pub use erasure::{Erasure, ErasureRefusal};

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{audit::AuditStep, key::SubprojectNo, record::HoldId};

/// What the law wants at the least, whatever a round says (CPR Art. 82, ANBest-P).
const LEAST_YEARS: u32 = 5;
/// Months after the end of a grant within which its use is proved.
const PROOF_MONTHS: u32 = 6;

/// What the record knows of a subproject's last events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastEvents {
    /// The last day of the grant.
    pub grant_end: NaiveDate,
    /// The day of the last payment; money paid back counts as well, because it keeps longer. `None` without any.
    pub payment: Option<NaiveDate>,
    /// The day on which the last report came in, was handed in, endorsed or decided on.
    pub report: Option<NaiveDate>,
}

/// The last day on which originals must be kept: so many years as the round says, and never less than five. `None` without a payment, or beyond the calendar: nothing is ever due then.
///
/// ```
/// use nachweis_domain::retention::{LastEvents, keep_until};
/// let day = |text: &str| text.parse().unwrap();
/// let mut events = LastEvents { grant_end: day("2025-12-31"), payment: None, report: None };
/// assert_eq!(keep_until(&events, 5), None);
/// events.payment = Some(day("2025-11-03"));
/// assert_eq!(keep_until(&events, 5), Some(day("2031-06-30")), "the proof of use is due on 30 June 2026");
/// events.payment = Some(day("2026-08-15"));
/// assert_eq!(keep_until(&events, 5), Some(day("2031-12-31")));
/// events.report = Some(day("2027-03-01"));
/// assert_eq!(keep_until(&events, 5), Some(day("2032-03-01")));
/// ```
pub fn keep_until(events: &LastEvents, years: u32) -> Option<NaiveDate> {
    let more = Months::new(years.max(LEAST_YEARS).checked_mul(12)?);
    let paid = NaiveDate::from_ymd_opt(events.payment?.year(), 12, 31)?.checked_add_months(more)?;
    let proof = proof_due(events.grant_end)?.max(events.report.unwrap_or(NaiveDate::MIN));
    Some(paid.max(proof.checked_add_months(more)?))
}

/// The end of the sixth month after a day.
fn proof_due(grant_end: NaiveDate) -> Option<NaiveDate> {
    let after = Months::new(PROOF_MONTHS + 1);
    grant_end.with_day(1)?.checked_add_months(after)?.pred_opt()
}

/// Something that keeps the originals of a subproject beyond the day: proceedings, a request of the Commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Whose originals.
    pub subproject: SubprojectNo,
    /// Why.
    pub reason: String,
    /// Who placed it, and when.
    pub placed: AuditStep,
    /// Who lifted it, when and why; `None` while it holds.
    pub lifted: Option<(AuditStep, String)>,
}

/// What is kept of a subproject, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Whose.
    pub subproject: SubprojectNo,
    /// Its last events.
    pub events: LastEvents,
    /// The last day on which its originals must be kept.
    pub keep_until: Option<NaiveDate>,
    /// Holds that are not lifted.
    pub holds: usize,
    /// Different originals of it that are there.
    pub originals: usize,
    /// Their bytes.
    pub size_bytes: u64,
    /// Different originals of it that are erased.
    pub erased: usize,
}

/// Where the originals of a subproject stand on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionState {
    /// They must be kept.
    Kept,
    /// Only a hold keeps them: their last day is over.
    Held,
    /// They need not be kept any longer: the last day is over and nothing holds them.
    Due,
    /// All of them are erased.
    Erased,
}

impl RetentionState {
    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Held => "held",
            Self::Due => "due",
            Self::Erased => "erased",
        }
    }
}

impl Kept {
    /// Where its originals stand on a day.
    pub fn state(&self, on: NaiveDate) -> RetentionState {
        let over = self.keep_until.is_some_and(|last| last < on);
        match (over, self.holds) {
            _ if self.originals == 0 && self.erased > 0 => RetentionState::Erased,
            (false, _) => RetentionState::Kept,
            (true, 0) => RetentionState::Due,
            (true, _) => RetentionState::Held,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn events(grant_end: &str, payment: &str, report: Option<&str>) -> LastEvents {
        LastEvents {
            grant_end: day(grant_end),
            payment: Some(day(payment)),
            report: report.map(day),
        }
    }

    #[test]
    fn the_later_of_payment_and_proof_counts_from_its_day() {
        for (events, last) in [
            (events("2025-12-31", "2025-12-31", None), "2031-06-30"),
            (events("2025-12-31", "2026-01-01", None), "2031-12-31"),
            (events("2024-03-15", "2024-01-10", None), "2029-12-31"),
            (events("2024-08-31", "2024-08-31", None), "2030-02-28"),
            (
                events("2023-08-31", "2023-08-31", Some("2024-02-29")),
                "2029-02-28",
            ),
            (
                events("2025-12-31", "2025-06-30", Some("2033-05-06")),
                "2038-05-06",
            ),
        ] {
            assert_eq!(keep_until(&events, 5), Some(day(last)), "{events:?}");
        }
    }

    #[test]
    fn nothing_is_due_without_a_payment_under_a_hold_or_on_the_last_day() {
        let mut kept = Kept {
            subproject: SubprojectNo::new("IQ23-NW-001"),
            events: events("2025-12-31", "2025-12-31", None),
            keep_until: Some(day("2031-06-30")),
            holds: 0,
            originals: 1,
            size_bytes: 1,
            erased: 1,
        };
        assert_eq!(kept.state(day("2031-06-30")), RetentionState::Kept);
        assert_eq!(kept.state(day("2031-07-01")), RetentionState::Due);
        kept.holds = 1;
        assert_eq!(kept.state(day("2999-12-31")), RetentionState::Held);
        kept.holds = 0;
        kept.keep_until = None;
        assert_eq!(kept.state(day("2999-12-31")), RetentionState::Kept);
        kept.originals = 0;
        assert_eq!(kept.state(day("2999-12-31")), RetentionState::Erased);
    }

    #[test]
    fn a_round_cannot_shorten_what_the_law_wants() {
        let paid = events("2025-12-31", "2025-12-31", None);
        assert_eq!(keep_until(&paid, 1), keep_until(&paid, 5));
        assert_eq!(keep_until(&paid, 10), Some(day("2036-06-30")));
    }

    #[test]
    fn days_beyond_the_calendar_are_never_reached() {
        assert_eq!(
            keep_until(&events("2025-12-31", "2025-12-31", None), u32::MAX),
            None
        );
        assert_eq!(
            keep_until(&events("2025-12-31", "2025-12-31", None), 4_000_000),
            None
        );
    }
}
