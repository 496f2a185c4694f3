//! Receiving a workbook: read in a confined process, checked against our own record, kept in one transaction.
//!
//! Of a hostile file or one with data about single persons only hash, size, sender, time and reason are kept.

use nachweis_domain::{
    access::{Act, Caller},
    finding::Code,
    key::SubprojectNo,
    limits,
    quarter::Quarter,
    record::{RefusedUpload, Upload, UserId},
};
use nachweis_ingest::{ReadFailure, Reading};
use nachweis_store::{NewUpload, Original, RecordedUpload};

use crate::{arrival::Arrival, error::ServiceError, gate, judge, service::Service, verdict::Verdict};

impl Service {
    /// Takes a workbook for a subproject's quarter and answers with everything that was found. The same bytes again
    /// give the first receipt.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Refused`] or
    /// [`ServiceError::PersonalData`] for a file that is not kept; [`ServiceError::Invalid`] for a quarter outside the
    /// grant or without a plan; [`ServiceError::Busy`] when all readers are at work.
    pub fn receive_upload(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        quarter: Quarter,
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<Verdict, ServiceError> {
        self.receive(caller, (no, quarter), (file_name, bytes), Room::Any)
    }

    /// Takes a workbook as [`Service::receive_upload`] does, within the bounds on what one person sends in an hour, of which
    /// `per_hour` are taken, and on what is kept of one subproject.
    ///
    /// # Errors
    /// As [`Service::receive_upload`]; [`ServiceError::TooManyUploads`] or [`ServiceError::SubprojectFull`].
    pub fn receive_within_bounds(
        &self,
        caller: &Caller,
        (no, quarter): (&SubprojectNo, Quarter),
        (file_name, bytes): (&str, Vec<u8>),
        per_hour: usize,
    ) -> Result<Verdict, ServiceError> {
        self.admit_upload(caller, no, bytes.len(), per_hour)?;
        self.receive(caller, (no, quarter), (file_name, bytes), Room::OfSubproject)
    }

    fn receive(
        &self,
        caller: &Caller,
        (no, quarter): (&SubprojectNo, Quarter),
        (file_name, bytes): (&str, Vec<u8>),
        room: Room,
    ) -> Result<Verdict, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::Upload, &subproject)?;
        let round = self.known_round(&subproject.round)?;
        let context = self.context(&subproject, quarter)?;
        let original = Original::new(bytes);
        if let Some(first) = self.store.upload_of_bytes(no, quarter, &original.sha256())? {
            return self.first_receipt(first);
        }
        let sender = Sender {
            subproject: no,
            quarter,
            user: caller.user,
        };
        let reading = self.read_or_refuse(&original, &sender)?;
        let arrival = Arrival {
            round,
            context: &context,
            file_name,
            original,
            uploaded_by: caller.user,
        };
        self.keep(&self.judged_upload(arrival, reading), room)
    }

    fn keep(&self, upload: &NewUpload, room: Room) -> Result<Verdict, ServiceError> {
        let recorded = match room {
            Room::Any => self.store.record_upload(upload)?,
            // Others may have filled it since it was looked at before reading.
            Room::OfSubproject => self
                .store
                .record_upload_within(upload, limits::SUBPROJECT_BYTES.value)?
                .ok_or(ServiceError::SubprojectFull)?,
        };
        match recorded {
            RecordedUpload::New(kept) => {
                let findings = match upload.findings.as_slice() {
                    [] => Vec::new(),
                    _ => self.store.findings_at(kept.id, self.clock.now())?,
                };
                let situation = self.store.situation(kept.id, self.clock.now())?;
                Ok(Verdict::fresh(kept, findings, &situation))
            }
            RecordedUpload::Same(first) => self.first_receipt(first),
        }
    }

    fn first_receipt(&self, upload: Upload) -> Result<Verdict, ServiceError> {
        Ok(Verdict {
            same_as_before: true,
            ..self.kept_verdict(upload)?
        })
    }
}

/// How much may be kept.
#[derive(Clone, Copy, Debug)]
enum Room {
    /// Whatever comes.
    Any,
    /// As much as is intended of one subproject.
    OfSubproject,
}

/// Who sent a file, and for what.
pub(crate) struct Sender<'a> {
    pub(crate) subproject: &'a SubprojectNo,
    pub(crate) quarter: Quarter,
    pub(crate) user: UserId,
}

impl Service {
    fn read_or_refuse(&self, original: &Original, sender: &Sender<'_>) -> Result<Reading, ServiceError> {
        match self.reader.read(original.bytes()) {
            Ok(reading) => {
                self.refuse_personal_data(&reading, original, sender)?;
                Ok(reading)
            }
            Err(failure) => {
                if matches!(failure, ReadFailure::Refused(_) | ReadFailure::WorkerLimit { .. }) {
                    self.record_refusal(original, sender, failure.code())?;
                }
                Err(failure.into())
            }
        }
    }

    /// Refuses a workbook with data about single persons.
    ///
    /// # Errors
    /// [`ServiceError::PersonalData`] with the places, after the refusal has been recorded.
    pub(crate) fn refuse_personal_data(
        &self,
        reading: &Reading,
        original: &Original,
        sender: &Sender<'_>,
    ) -> Result<(), ServiceError> {
        let findings = judge::personal_data(&reading.findings);
        if findings.is_empty() {
            return Ok(());
        }
        self.record_refusal(original, sender, Code::Tpl15.as_str())?;
        Err(ServiceError::PersonalData { findings })
    }

    /// Keeps that a file was refused: hash, size, sender, time and reason, nothing of its content.
    pub(crate) fn record_refusal(
        &self,
        original: &Original,
        sender: &Sender<'_>,
        reason: &str,
    ) -> Result<(), ServiceError> {
        self.store.record_refusal(&RefusedUpload {
            subproject: sender.subproject.clone(),
            quarter: sender.quarter,
            sha256: original.sha256(),
            size_bytes: u64::try_from(original.bytes().len()).unwrap_or(u64::MAX),
            sent_by: sender.user,
            sent_at: self.clock.now(),
            reason: reason.to_owned(),
        })?;
        Ok(())
    }
}
