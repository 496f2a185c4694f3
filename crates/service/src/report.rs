//! Making a report from what the caller may see.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    access::{Act, Caller, Grant},
    key::RoundCode,
    ledger::Ledger,
};
use nachweis_report::{Report, ReportRequest};
use nachweis_store::ChangeMark;

use crate::{error::ServiceError, gate, ledger_scope, service::Service};

/// What makes two reports the same: the request, what the caller may see, and the state of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportKey {
    round: RoundCode,
    request: ReportRequest,
    grants: BTreeSet<Grant>,
    mark: Option<ChangeMark>,
}

impl Service {
    /// A report over the subprojects that the caller may see. Reading changes nothing: without a change of figures or
    /// plans the same call gives the same report.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for callers who see no reports, [`ServiceError::Hidden`] when there is no such
    /// round, [`ServiceError::Report`] for a grouping that the report does not have.
    pub fn report(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
    ) -> Result<Arc<Report>, ServiceError> {
        gate::programme(caller, Act::ReadReport)?;
        let round = &self.known_round(round)?.code;
        // The mark is read before the ledger: a change in between makes the report newer than its key, never older.
        let key = ReportKey {
            round: round.clone(),
            request: request.clone(),
            grants: caller.grants.iter().cloned().collect(),
            mark: self.store.ledger_mark(round)?,
        };
        if let Some(report) = self.reports.get(&key) {
            return Ok(report);
        }
        let ledger = self.visible_ledger(caller, round)?;
        let today = day_in_berlin(ledger.as_of);
        let report = nachweis_report::build(request, &ledger, today)?;
        Ok(self.reports.put(key, report))
    }
}

impl Service {
    /// The ledger of a round with what the caller may see of it.
    pub(crate) fn visible_ledger(&self, caller: &Caller, round: &RoundCode) -> Result<Ledger, ServiceError> {
        Ok(ledger_scope::restrict(caller, self.store.ledger(round)?))
    }
}

/// The day of a moment where deadlines count (design.md §3).
fn day_in_berlin(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::Berlin).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_in_berlin_in_winter_and_in_summer() {
        for (at, day) in [
            ("2024-01-30T22:59:59Z", "2024-01-30"),
            ("2024-01-30T23:00:00Z", "2024-01-31"),
            ("2024-07-30T21:59:59Z", "2024-07-30"),
            ("2024-07-30T22:00:00Z", "2024-07-31"),
        ] {
            assert_eq!(day_in_berlin(at.parse().unwrap()).to_string(), day, "{at}");
        }
    }
}
