//! Making a report from what the caller may see.

use std::{collections::BTreeSet, sync::Arc};

use nachweis_domain::{
    access::{Act, Caller, Grant},
    key::RoundCode,
    ledger::Ledger,
};
use nachweis_report::{Report, ReportName, ReportRequest};
use nachweis_store::{ChangeMark, Changes};

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
    /// round, [`ServiceError::Report`] for a grouping that the report does not have, or a day that it cannot count on.
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
            mark: self.store.last_change(round, changes_of(request.name))?,
        };
        if let Some(report) = self.reports.get(&key) {
            return Ok(report);
        }
        let ledger = self.visible_ledger(caller, round)?;
        let report = nachweis_report::build(request, &ledger)?;
        Ok(self.reports.put(key, report))
    }
}

impl Service {
    /// The ledger of a round with what the caller may see of it.
    pub(crate) fn visible_ledger(&self, caller: &Caller, round: &RoundCode) -> Result<Ledger, ServiceError> {
        Ok(ledger_scope::restrict(caller, self.store.ledger(round)?))
    }
}

/// The changes after which a report may differ: only `completeness` shows uploads that were not submitted.
const fn changes_of(name: ReportName) -> Changes {
    match name {
        ReportName::Completeness => Changes::Any,
        ReportName::Burn | ReportName::Indicators | ReportName::Funding | ReportName::Deviations => {
            Changes::OfFigures
        }
    }
}
