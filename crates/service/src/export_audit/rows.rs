//! What passes between the reader of the record and the writer of the workbook.

use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditPayment, AuditPlanRow, AuditSums, AuditUpload,
        AuditVoucher, AuditWaiver,
    },
    ledger::Ledger,
};

/// Rows that pass at a time.
pub(super) const BATCH: usize = 512;
/// Batches that wait for the writer.
pub(super) const AHEAD: usize = 8;

/// What the writer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Ledger,
    Uploads,
    Figures,
    Vouchers,
    Payments,
    Plans,
    Findings,
    Waivers,
    Journal,
    Sums,
}

/// What the reader answers: batches of rows, then the end of the stream.
#[derive(Debug)]
pub(super) enum Rows {
    Ledger(Box<Ledger>),
    Uploads(Vec<AuditUpload>),
    Figures(Vec<AuditFigure>),
    Vouchers(Vec<AuditVoucher>),
    Payments(Vec<AuditPayment>),
    Plans(Vec<AuditPlanRow>),
    Findings(Vec<AuditFinding>),
    Waivers(Vec<AuditWaiver>),
    Journal(Vec<AuditJournalEntry>),
    Sums(Box<AuditSums>),
    End,
}
