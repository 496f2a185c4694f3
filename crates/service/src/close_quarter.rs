//! Closing a quarter: its reports are made once more, kept byte for byte, and nothing in it changes any longer.

use nachweis_domain::{
    access::{Act, Caller},
    berlin,
    key::RoundCode,
    language::Language,
    limits,
    quarter::Quarter,
    record::Closing,
};
use nachweis_report::{Report, ReportName, ReportRequest, render};
use nachweis_store::{AsOf, Conflict, FrozenName, FrozenReport, NewClosing, StoreError};

use crate::{error::ServiceError, gate, service::Service};

mod refusal;

/// A closed quarter with what was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedQuarter {
    /// The closing.
    pub closing: Closing,
    /// The frozen reports with their hashes.
    pub reports: Vec<FrozenName>,
}

/// Whether a quarter may be closed although expected reports are not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It may not.
    Refused,
    /// Who closes knows that reports are missing.
    Acknowledged,
}

impl Service {
    /// Closes a quarter of a round and freezes its reports.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] when the quarter is not over or
    /// none of the round, or when reports are missing and that is not acknowledged; [`ServiceError::Store`] with a
    /// conflict while submissions stand for decision, or when it is closed already.
    pub fn close_quarter(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Quarter,
        missing: Missing,
    ) -> Result<ClosedQuarter, ServiceError> {
        gate::programme(caller, Act::CloseQuarter)?;
        let known = self.known_round(round)?;
        let today = berlin::day(self.clock.now());
        if !known.period.quarters().contains(&quarter) || quarter.last_day() >= today {
            return Err(refusal::not_over());
        }
        // What is undecided is not accepted either: who is told first that it is missing might close without it.
        self.store.expect_closable(&known.code, quarter)?;
        let mut attempts = 1;
        loop {
            let as_of = self.known_at(&known.code, None)?;
            match self.close_as_of(caller, &known.code, quarter, missing, as_of) {
                Err(ServiceError::Store(StoreError::Conflict(Conflict::Concurrent)))
                    if attempts < limits::CLOSING_TRIES.value =>
                {
                    attempts += 1;
                }
                other => return other,
            }
        }
    }

    /// The closed quarters of a round with what was frozen.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`].
    pub fn closed_quarters(
        &self,
        caller: &Caller,
        round: &RoundCode,
    ) -> Result<Vec<ClosedQuarter>, ServiceError> {
        gate::programme(caller, Act::ReadClosings)?;
        let closed = self.store.closings_with_reports(&self.known_round(round)?.code)?;
        Ok(closed
            .into_iter()
            .map(|(closing, reports)| ClosedQuarter { closing, reports })
            .collect())
    }

    /// A report as it was frozen when its quarter was closed.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none, or [`ServiceError::Forbidden`].
    pub fn frozen_report(
        &self,
        caller: &Caller,
        (round, quarter): (&RoundCode, Quarter),
        name: ReportName,
        language: Language,
        format: &str,
    ) -> Result<Vec<u8>, ServiceError> {
        gate::programme(caller, Act::ReadClosings)?;
        let found = self
            .store
            .frozen_report(round, quarter, name.as_str(), language, format)?;
        found.ok_or(ServiceError::Hidden)
    }
}

impl Service {
    fn close_as_of(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Quarter,
        acknowledged: Missing,
        as_of: AsOf,
    ) -> Result<ClosedQuarter, ServiceError> {
        let ledger = self.ledger_at(caller, round, ReportName::Completeness, as_of)?;
        let missing = ledger.not_accepted(quarter);
        if !missing.is_empty() && acknowledged == Missing::Refused {
            return Err(refusal::reports_missing(&missing));
        }
        let mut reports = Vec::new();
        for name in ReportName::ALL.iter().copied() {
            let request = ReportRequest {
                name,
                group_by: None,
                quarter: Some(quarter),
                on: None,
            };
            let report = self.report_at(caller, round, &request, as_of)?;
            frozen(&report, &mut reports)?;
        }
        let closing = self.store.close_quarter(&NewClosing {
            round: round.clone(),
            quarter,
            by: caller.user,
            at: self.clock.now(),
            missing: u32::try_from(missing.len()).unwrap_or(u32::MAX),
            reports,
            mark: Some(as_of.status),
        })?;
        let reports = self.store.frozen_reports(round, quarter)?;
        Ok(ClosedQuarter { closing, reports })
    }
}

/// A report in every form in which it leaves the house. JSON holds both languages.
fn frozen(report: &Report, kept: &mut Vec<FrozenReport>) -> Result<(), ServiceError> {
    let mut keep = |language, format, bytes| {
        kept.push(FrozenReport {
            name: report.name.to_string(),
            language,
            format,
            bytes,
        });
    };
    for language in Language::ALL {
        keep(language, "xlsx", render::xlsx(report, language)?);
        keep(language, "csv", render::csv(report, language));
    }
    keep(Language::De, "json", render::json(report));
    Ok(())
}
