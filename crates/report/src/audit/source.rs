//! Where the rows of the audit workbook come from.

use nachweis_domain::audit::{
    AuditFigure, AuditFinding, AuditJournalEntry, AuditPayment, AuditPlanRow, AuditSums, AuditUpload,
    AuditVoucher, AuditWaiver,
};

use crate::ReportError;

/// What is called with each row of a stream; an error ends the stream.
pub type Each<'a, T> = &'a mut dyn FnMut(&T) -> Result<(), ReportError>;

/// The streams of the audit workbook, each in a fixed order. Errors of the record are [`ReportError::Source`].
pub trait AuditSource {
    /// Every kept upload.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError>;

    /// Every figure of every upload.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn figures(&mut self, each: Each<'_, AuditFigure>) -> Result<(), ReportError>;

    /// Every voucher of every upload.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn vouchers(&mut self, each: Each<'_, AuditVoucher>) -> Result<(), ReportError>;

    /// Every row of every plan version.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError>;

    /// Every payment to a subproject.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn payments(&mut self, each: Each<'_, AuditPayment>) -> Result<(), ReportError>;

    /// Every finding of every upload.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn findings(&mut self, each: Each<'_, AuditFinding>) -> Result<(), ReportError>;

    /// Every waiver.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn waivers(&mut self, each: Each<'_, AuditWaiver>) -> Result<(), ReportError>;

    /// The journal.
    ///
    /// # Errors
    /// Those of the record, and those of `each`.
    fn journal(&mut self, each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError>;

    /// What the record sums and counts by itself.
    ///
    /// # Errors
    /// Those of the record.
    fn sums(&mut self) -> Result<AuditSums, ReportError>;
}
