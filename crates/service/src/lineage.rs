//! Opening a number of a report to the cells, plans and payments that it comes from.

use nachweis_domain::{
    access::{Act, Caller},
    audit::Behind,
    correction::Correction,
    key::RoundCode,
    language::{Language, Text},
    past_moment::PastMoment,
};
use nachweis_report::{
    OpenReport, ReportRequest, View, limits,
    lineage::{Indexed, LineagePage, Needed, Place},
    render,
};

use crate::{error::ServiceError, gate, report_view, service::Service};

impl Service {
    /// A page of where a number of a report comes from: the terms from `after` on, at most `limit` of them. A formula has no
    /// terms; its operands open in turn.
    ///
    /// In a view *as corrected* the vouchers that count in the quarter that they correct are terms of their own. `until` takes
    /// the number as it was known at a past moment. The ledger says which revisions count; only the cells of the page are read.
    ///
    /// # Errors
    /// As for [`Service::report`]; [`ServiceError::Forbidden`] for callers who see no uploads; [`ServiceError::Report`]
    /// when the report has no such number.
    pub fn lineage(
        &self,
        caller: &Caller,
        round: &RoundCode,
        (request, view): (&ReportRequest, Option<View>),
        place: &Place,
        until: Option<PastMoment>,
        (after, limit): (usize, usize),
    ) -> Result<LineagePage, ServiceError> {
        gate::programme(caller, Act::ReadReport)?;
        let view = report_view::wanted(request.name, view)?;
        let round = &self.known_round(round)?.code;
        let known = self.known_at(round, until)?;
        let (ledger, corrections) = self.ledger_in_view(caller, round, request.name, known, view)?;
        for state in &ledger.subprojects {
            gate::subproject(caller, Act::ReadUpload, &state.subproject)?;
        }
        let report = in_view(OpenReport::new(request, &ledger)?, view, &corrections);
        let lineage = report.open(place)?;
        let moment = report.report().as_of;
        let (mut page, needed) = LineagePage::cut(lineage, (round.clone(), moment), after, limit);
        let behind = self.behind(&needed)?;
        page.open(&behind)?;
        Ok(page)
    }
}

/// Terms that are opened with one question to the record.
const OPENED_AT_ONCE: usize = 4_000;

impl Service {
    /// Whether the caller may read any report: asked before a turn is taken for a heavy one.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn may_read_report(&self, caller: &Caller) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ReadReport)
    }

    /// A report as a workbook that carries its sources: each number links to the cells, plans and payments behind it.
    ///
    /// # Errors
    /// As for [`Service::lineage`]; [`ServiceError::Invalid`] when the report has more sources than a workbook of its own
    /// should hold.
    pub fn report_with_sources(
        &self,
        caller: &Caller,
        round: &RoundCode,
        (request, view): (&ReportRequest, Option<View>),
        until: Option<PastMoment>,
        language: Language,
    ) -> Result<Vec<u8>, ServiceError> {
        self.may_read_report(caller)?;
        let view = report_view::wanted(request.name, view)?;
        let round = &self.known_round(round)?.code;
        let known = self.known_at(round, until)?;
        let (ledger, corrections) = self.ledger_in_view(caller, round, request.name, known, view)?;
        for state in &ledger.subprojects {
            gate::subproject(caller, Act::ReadUpload, &state.subproject)?;
        }
        let open = in_view(OpenReport::new(request, &ledger)?, view, &corrections);
        let moment = open.report().as_of;
        let mut pages = Vec::new();
        let mut waiting = Waiting::default();
        let mut terms = 0;
        for lineage in open.every_number()? {
            let (page, needed) = LineagePage::cut(lineage, (round.clone(), moment), 0, usize::MAX);
            terms += page.terms.len();
            if terms > limits::SOURCE_TERMS {
                return Err(too_many_sources());
            }
            waiting.add(page, needed);
            if waiting.terms >= OPENED_AT_ONCE {
                pages.extend(self.opened(std::mem::take(&mut waiting))?);
            }
        }
        pages.extend(self.opened(waiting)?);
        let mut report = open.report().clone();
        if report_view::has_views(request.name) {
            report_view::name(&mut report, view);
        }
        Ok(render::xlsx_with_sources(&report, &pages, language)?)
    }

    fn behind(&self, needed: &Needed) -> Result<Behind, ServiceError> {
        let behind = self.store.behind(
            &needed.revisions,
            &needed.keys,
            &needed.recorded_of,
            &needed.corrections_of,
        )?;
        Ok(behind)
    }

    fn opened(&self, waiting: Waiting) -> Result<Vec<LineagePage>, ServiceError> {
        let Waiting {
            mut pages, needed, ..
        } = waiting;
        let behind = self.behind(&needed)?;
        let index = Indexed::of(&behind);
        for page in &mut pages {
            page.open_with(&index)?;
        }
        Ok(pages)
    }
}

/// A report whose numbers open in a view.
fn in_view<'a>(report: OpenReport<'a>, view: View, corrections: &'a [Correction]) -> OpenReport<'a> {
    match view {
        View::Reported => report,
        View::Corrected => report.as_corrected(corrections),
    }
}

/// Numbers whose terms are opened together.
#[derive(Default)]
struct Waiting {
    pages: Vec<LineagePage>,
    needed: Needed,
    terms: usize,
}

impl Waiting {
    fn add(&mut self, page: LineagePage, needed: Needed) {
        self.terms += page.terms.len();
        self.pages.push(page);
        self.needed.add(needed);
    }
}

fn too_many_sources() -> ServiceError {
    ServiceError::Invalid {
        code: "too-many-sources",
        text: Text::new(
            "Dieser Bericht hat mehr Quellen, als eine Arbeitsmappe daneben trägt. Bitte auf ein Quartal oder eine andere Gliederung einschränken, oder die Prüfmappe nehmen.",
            "This report has more sources than a workbook carries beside it. Please restrict it to a quarter or another grouping, or take the audit workbook.",
        ),
    }
}
