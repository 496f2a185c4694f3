//! The audit workbook: streamed from one moment of the record, read ahead of the writer, in constant memory. Every
//! export is journalled.

use std::{path::Path, sync::mpsc::sync_channel, thread};

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    language::Language,
    past_moment::PastMoment,
    record::Action,
};
use nachweis_report::audit::AuditTotals;
use nachweis_store::{Actor, AsOf};

use crate::{error::ServiceError, gate, service::Service};

mod reader;
mod rows;
mod source;

use source::Source;

impl Service {
    /// Whether the caller may export the audit workbook: asked before a turn is taken for it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn may_export_audit(&self, caller: &Caller) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ExportAudit)
    }

    /// Writes the audit workbook of a round to a file. The journal in it ends with the last change of the ledger,
    /// so that exporting twice gives the same bytes. Control totals that differ are no error: they are given back.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but auditors, [`ServiceError::Hidden`] when there is no such round,
    /// [`ServiceError::Report`] when the file cannot be written.
    pub fn export_audit(
        &self,
        caller: &Caller,
        round: &RoundCode,
        language: Language,
        to: &Path,
    ) -> Result<AuditTotals, ServiceError> {
        self.export_audit_as_of(caller, round, None, language, to)
    }

    /// Writes the audit workbook of a round as it was at a past moment, or as it is now where none is given.
    ///
    /// # Errors
    /// As [`Service::export_audit`]; [`ServiceError::Invalid`] for a moment that is still to come, or one before the round
    /// was recorded.
    pub fn export_audit_as_of(
        &self,
        caller: &Caller,
        round: &RoundCode,
        until: Option<PastMoment>,
        language: Language,
        to: &Path,
    ) -> Result<AuditTotals, ServiceError> {
        self.may_export_audit(caller)?;
        let round = &self.known_round(round)?.code;
        let as_of = self.known_at(round, until)?;
        let mut detail = serde_json::json!({ "export": "audit", "language": language.code() });
        if let (Some(until), Some(detail)) = (until, detail.as_object_mut()) {
            detail.insert("as_of".to_owned(), until.to_string().into());
        }
        let actor = Actor::User(caller.user);
        self.store
            .record_event(actor, Action::Exported, round.as_str(), &detail, self.clock.now())?;
        self.write_audit(round, as_of, language, to)
    }
}

impl Service {
    /// One thread reads the record, this one writes the workbook.
    fn write_audit(
        &self,
        round: &RoundCode,
        as_of: AsOf,
        language: Language,
        to: &Path,
    ) -> Result<AuditTotals, ServiceError> {
        let last_entry = as_of.status.position;
        thread::scope(|scope| {
            let (ask, asked) = sync_channel(1);
            let (answer, answers) = sync_channel(rows::AHEAD);
            let reader = scope.spawn(move || {
                self.store.audit_as_of(round, &as_of, |record| {
                    reader::serve(record, last_entry, &asked, &answer)
                })
            });
            let mut source = Source::new(ask, answers);
            let written = source
                .ledger()
                .and_then(|ledger| nachweis_report::audit::write(&mut source, &ledger, language, to));
            // The reader ends when nobody asks any more.
            drop(source);
            // A panic of the reader goes on here.
            let read = reader
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read?;
            Ok(written?)
        })
    }
}
