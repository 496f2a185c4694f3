//! The side that the workbook is written from: asks for a stream and gives its rows one by one.

use std::sync::mpsc::{Receiver, SyncSender};

use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditPayment, AuditPlanRow, AuditSums, AuditUpload,
        AuditVoucher, AuditWaiver,
    },
    ledger::Ledger,
};
use nachweis_report::{
    ReportError,
    audit::{AuditSource, Each},
};

use super::rows::{Rows, Wanted};

/// The reader of the record stopped; it says why itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reader of the record stopped")]
struct ReaderStopped;

/// The streams of the record, read by another thread.
pub(super) struct Source {
    ask: SyncSender<Wanted>,
    answers: Receiver<Rows>,
}

impl Source {
    pub(super) const fn new(ask: SyncSender<Wanted>, answers: Receiver<Rows>) -> Self {
        Self { ask, answers }
    }

    /// The ledger of the same moment.
    pub(super) fn ledger(&mut self) -> Result<Ledger, ReportError> {
        let mut found = None;
        self.stream(Wanted::Ledger, &mut |rows| {
            if let Rows::Ledger(ledger) = rows {
                found = Some(*ledger);
            }
            Ok(())
        })?;
        found.ok_or_else(stopped)
    }

    fn stream(
        &mut self,
        wanted: Wanted,
        each: &mut dyn FnMut(Rows) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        self.ask.send(wanted).map_err(|_gone| stopped())?;
        loop {
            match self.answers.recv() {
                Ok(Rows::End) => return Ok(()),
                Ok(rows) => each(rows)?,
                Err(_gone) => return Err(stopped()),
            }
        }
    }
}

fn stopped() -> ReportError {
    ReportError::Source(Box::new(ReaderStopped))
}

/// Gives the rows of one kind of batch; other kinds do not come.
macro_rules! rows_of {
    ($source:expr, $kind:ident, $each:expr) => {
        $source.stream(Wanted::$kind, &mut |rows| match rows {
            Rows::$kind(rows) => rows.iter().try_for_each(&mut *$each),
            _ => Err(stopped()),
        })
    };
}

impl AuditSource for Source {
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError> {
        rows_of!(self, Uploads, each)
    }

    fn figures(&mut self, each: Each<'_, AuditFigure>) -> Result<(), ReportError> {
        rows_of!(self, Figures, each)
    }

    fn vouchers(&mut self, each: Each<'_, AuditVoucher>) -> Result<(), ReportError> {
        rows_of!(self, Vouchers, each)
    }

    fn payments(&mut self, each: Each<'_, AuditPayment>) -> Result<(), ReportError> {
        rows_of!(self, Payments, each)
    }

    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        rows_of!(self, Plans, each)
    }

    fn findings(&mut self, each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        rows_of!(self, Findings, each)
    }

    fn waivers(&mut self, each: Each<'_, AuditWaiver>) -> Result<(), ReportError> {
        rows_of!(self, Waivers, each)
    }

    fn journal(&mut self, each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError> {
        rows_of!(self, Journal, each)
    }

    fn sums(&mut self) -> Result<AuditSums, ReportError> {
        let mut found = None;
        self.stream(Wanted::Sums, &mut |rows| {
            if let Rows::Sums(sums) = rows {
                found = Some(*sums);
            }
            Ok(())
        })?;
        found.ok_or_else(stopped)
    }
}
