//! Opening a number of a report to the cells, plans and payments that it comes from.

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    past_moment::PastMoment,
};
use nachweis_report::{
    OpenReport, ReportRequest,
    lineage::{LineagePage, Place},
};

use crate::{error::ServiceError, gate, service::Service};

impl Service {
    /// A page of where a number of a report comes from: the terms from `after` on, at most `limit` of them. A formula has no
    /// terms; its operands open in turn.
    ///
    /// `until` takes the number as it was known at a past moment. The ledger says which revisions count; only the cells of the page are read.
    ///
    /// # Errors
    /// As for [`Service::report`]; [`ServiceError::Forbidden`] for callers who see no uploads; [`ServiceError::Report`]
    /// when the report has no such number.
    pub fn lineage(
        &self,
        caller: &Caller,
        round: &RoundCode,
        request: &ReportRequest,
        place: &Place,
        until: Option<PastMoment>,
        (after, limit): (usize, usize),
    ) -> Result<LineagePage, ServiceError> {
        gate::programme(caller, Act::ReadReport)?;
        let round = &self.known_round(round)?.code;
        let known = self.known_at(round, until)?;
        let ledger = self.ledger_at(caller, round, request.name, known)?;
        for state in &ledger.subprojects {
            gate::subproject(caller, Act::ReadUpload, &state.subproject)?;
        }
        let report = OpenReport::new(request, &ledger)?;
        let lineage = report.open(place)?;
        let moment = report.report().as_of;
        let (mut page, needed) = LineagePage::cut(lineage, (round.clone(), moment), after, limit);
        let behind = self
            .store
            .behind(&needed.revisions, &needed.keys, &needed.recorded_of)?;
        page.open(&behind)?;
        Ok(page)
    }
}
