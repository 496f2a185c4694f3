//! Making a report from what the caller may see.

use std::{collections::BTreeSet, sync::Arc};

use nachweis_domain::{
    access::{Act, Caller, Grant},
    correction::{Correction, as_corrected},
    key::RoundCode,
    ledger::Ledger,
    past_moment::PastMoment,
};
use nachweis_report::{Report, ReportName, ReportRequest, View};
use nachweis_store::{AsOf, ChangeMark};

use crate::{error::ServiceError, gate, ledger_scope, report_view, service::Service};

/// What makes two reports the same: the request, what the caller may see, and the state of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportKey {
    round: RoundCode,
    request: ReportRequest,
    view: View,
    grants: BTreeSet<Grant>,
    mark: ChangeMark,
}

/// What makes two ledgers the same: whose they are, and what was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LedgerKey {
    round: RoundCode,
    grants: BTreeSet<Grant>,
    known: AsOf,
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
        self.report_as_of(caller, round, request, None)
    }

    /// A report as it was at a past moment, byte for byte, or as it is now where none is given. What the caller may see is
    /// decided by today's grants over the subprojects as they were known then.
    ///
    /// # Errors
    /// As [`Service::report`]; [`ServiceError::Invalid`] for a moment that is still to come, or one before the round was
    /// recorded.
    pub fn report_as_of(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
        until: Option<PastMoment>,
    ) -> Result<Arc<Report>, ServiceError> {
        self.report_in_view(caller, round, request, until, None)
    }

    /// A report with corrections of earlier quarters in the view that is asked for; *as reported* where none is.
    ///
    /// # Errors
    /// As [`Service::report_as_of`]; [`ServiceError::Invalid`] for a view of a report that has none.
    pub fn report_in_view(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
        until: Option<PastMoment>,
        view: Option<View>,
    ) -> Result<Arc<Report>, ServiceError> {
        gate::programme(caller, Act::ReadReport)?;
        let view = report_view::wanted(request.name, view)?;
        let round = &self.known_round(round)?.code;
        self.viewed(caller, round, request, self.known_at(round, until)?, view)
    }
}

impl Service {
    /// A report of what was known, as reported.
    pub(crate) fn report_at(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
        known: AsOf,
    ) -> Result<Arc<Report>, ServiceError> {
        self.viewed(caller, round, request, known, View::Reported)
    }

    /// A report of what was known. Its ledger is read up to the very event that its key names, so that a change in between
    /// is in neither.
    fn viewed(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
        known: AsOf,
        view: View,
    ) -> Result<Arc<Report>, ServiceError> {
        let known = shown(request.name, known);
        let key = ReportKey {
            round: round.clone(),
            request: request.clone(),
            view,
            grants: caller.grants.iter().cloned().collect(),
            mark: known.status,
        };
        if let Some(report) = self.reports.get(&key) {
            return Ok(report);
        }
        let (ledger, _) = self.ledger_in_view(caller, round, request.name, known, view)?;
        let mut report = nachweis_report::build(request, &ledger)?;
        if report_view::has_views(request.name) {
            report_view::name(&mut report, view);
        }
        Ok(self.reports.put(key, report))
    }

    /// What a report is made of in a view, and the corrections that the view *as corrected* took into account.
    pub(crate) fn ledger_in_view(
        &self,
        caller: &Caller,
        round: &RoundCode,
        name: ReportName,
        known: AsOf,
        view: View,
    ) -> Result<(Arc<Ledger>, Vec<Correction>), ServiceError> {
        let known = shown(name, known);
        let ledger = self.ledger_at(caller, round, name, known)?;
        if view == View::Reported {
            return Ok((ledger, Vec::new()));
        }
        let corrections = self.store.corrections_as_of(round, &known)?;
        let ledger = as_corrected(Arc::unwrap_or_clone(ledger), &corrections);
        Ok((Arc::new(ledger), corrections))
    }

    /// What a report is made of: what is known, as far as the report shows it and the caller may see it.
    pub(crate) fn ledger_at(
        &self,
        caller: &Caller,
        round: &RoundCode,
        name: ReportName,
        known: AsOf,
    ) -> Result<Arc<Ledger>, ServiceError> {
        let known = shown(name, known);
        let key = LedgerKey {
            round: round.clone(),
            grants: caller.grants.iter().cloned().collect(),
            known,
        };
        if let Some(ledger) = self.ledgers.get(&key) {
            return Ok(ledger);
        }
        let ledger = self.store.ledger_as_of(round, &known)?;
        Ok(self.ledgers.put(key, ledger_scope::restrict(caller, ledger)))
    }
}

/// What a report shows of what is known: only `completeness` shows uploads that were not submitted and whose turn it is,
/// the others nothing after the last change of figures.
const fn shown(name: ReportName, known: AsOf) -> AsOf {
    match name {
        ReportName::Completeness => known,
        ReportName::Burn | ReportName::Indicators | ReportName::Funding | ReportName::Deviations => AsOf {
            status: known.figures,
            ..known
        },
    }
}
