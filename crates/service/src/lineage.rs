//! Opening a number of a report to the cells, plans and payments that it comes from.

use std::{collections::BTreeSet, sync::Arc};

use nachweis_domain::{
    access::{Act, Caller},
    audit::Behind,
    correction::Correction,
    key::{RoundCode, SubprojectNo},
    language::{Language, Text},
    ledger::Ledger,
    past_moment::PastMoment,
    subproject::Subproject,
};
use nachweis_report::{
    OpenReport, ReportError, ReportRequest, View,
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
    /// As for [`Service::report`]; [`ServiceError::Forbidden`] for callers who see no uploads at all; [`ServiceError::Report`]
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
        let opening = self.opening(caller, round, (request, view), until)?;
        let report = opening.report(request)?;
        let mut page = LineagePage::cut(report.open(place)?, report.report(), after, limit);
        page.withhold(|no| opening.may_read(no));
        page.open(&self.behind(&page.needed())?)?;
        Ok(page)
    }
}

/// What a report is made of, for a caller who opens its numbers.
struct Opening {
    ledger: Arc<Ledger>,
    view: View,
    /// What the view *as corrected* took into account.
    corrections: Vec<Correction>,
    /// The subprojects whose uploads the caller may not read.
    shut: BTreeSet<SubprojectNo>,
}

impl Opening {
    /// The report, in its view.
    fn report(&self, request: &ReportRequest) -> Result<OpenReport<'_>, ServiceError> {
        let report = OpenReport::new(request, &self.ledger)?;
        Ok(match self.view {
            View::Reported => report,
            View::Corrected => report.as_corrected(&self.corrections),
        })
    }

    fn may_read(&self, no: &SubprojectNo) -> bool {
        !self.shut.contains(no)
    }
}

impl Service {
    /// What the numbers of a report open to: terms of subprojects whose uploads the caller may not read stay shut; who may read
    /// none of them opens nothing.
    fn opening(
        &self,
        caller: &Caller,
        round: &RoundCode,
        (request, view): (&ReportRequest, Option<View>),
        until: Option<PastMoment>,
    ) -> Result<Opening, ServiceError> {
        gate::programme(caller, Act::ReadReport)?;
        let view = report_view::wanted(request.name, view)?;
        let round = &self.known_round(round)?.code;
        let known = self.known_at(round, until)?;
        let (ledger, corrections) = self.ledger_in_view(caller, round, request.name, known, view)?;
        let subprojects = || ledger.subprojects.iter().map(|state| &state.subproject);
        let is_shut = |subproject: &&Subproject| !gate::allows(caller, Act::ReadUpload, subproject);
        let shut: BTreeSet<SubprojectNo> = subprojects()
            .filter(is_shut)
            .map(|subproject| subproject.no.clone())
            .collect();
        if shut.len() == ledger.subprojects.len()
            && let Some(first) = subprojects().next()
        {
            gate::subproject(caller, Act::ReadUpload, first)?;
        }
        Ok(Opening {
            ledger,
            view,
            corrections,
            shut,
        })
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
        let opening = self.opening(caller, round, (request, view), until)?;
        let open = opening.report(request)?;
        let mut pages = Vec::new();
        let mut waiting = Waiting::default();
        for lineage in open.every_number().map_err(too_many)? {
            let mut page = LineagePage::cut(lineage, open.report(), 0, usize::MAX);
            page.withhold(|no| opening.may_read(no));
            waiting.add(page);
            if waiting.terms >= OPENED_AT_ONCE {
                pages.extend(self.opened(std::mem::take(&mut waiting))?);
            }
        }
        pages.extend(self.opened(waiting)?);
        let mut report = open.report().clone();
        if report_view::has_views(request.name) {
            report_view::name(&mut report, opening.view);
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

/// Numbers whose terms are opened together.
#[derive(Default)]
struct Waiting {
    pages: Vec<LineagePage>,
    needed: Needed,
    terms: usize,
}

impl Waiting {
    fn add(&mut self, page: LineagePage) {
        self.terms += page.terms.len();
        self.needed.add(page.needed());
        self.pages.push(page);
    }
}

/// Says what to do about too many sources.
fn too_many(error: ReportError) -> ServiceError {
    if !matches!(error, ReportError::TooManySources { .. }) {
        return error.into();
    }
    ServiceError::Invalid {
        code: "too-many-sources",
        text: Text::new(
            "Dieser Bericht hat mehr Quellen, als eine Arbeitsmappe daneben trägt. Bitte auf ein Quartal oder eine andere Gliederung einschränken, oder die Prüfmappe nehmen.",
            "This report has more sources than a workbook carries beside it. Please restrict it to a quarter or another grouping, or take the audit workbook.",
        ),
    }
}
