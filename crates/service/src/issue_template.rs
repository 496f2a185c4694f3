//! Issuing a workbook: prefilled from the record, sealed, and journalled.

use nachweis_domain::{
    access::{Act, Caller},
    key::SubprojectNo,
    language::Language,
    quarter::Quarter,
    record::IssueId,
};
use nachweis_ingest::IssueStamp;
use nachweis_store::IssueRecord;

use sha2::{Digest as _, Sha256};

use crate::{error::ServiceError, gate, hex, id, service::Service};

impl Service {
    /// The workbook of a subproject's quarter as XLSX.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for a quarter outside the
    /// grant or without a plan.
    pub fn issue_template(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        quarter: Quarter,
        language: Language,
    ) -> Result<Vec<u8>, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::FetchTemplate, &subproject)?;
        let round = self.known_round(&subproject.round)?;
        let context = self.context(&subproject, quarter)?;
        let issued_at = self.clock.now();
        let stamp = IssueStamp {
            id: IssueId(id::at(issued_at)),
            issued_at,
        };
        let workbook = nachweis_ingest::issue(round, &context, &stamp, language, &self.seal_key)?;
        self.store.record_issue(&IssueRecord {
            id: stamp.id,
            subproject: no.clone(),
            quarter,
            template_version: context.template_version,
            plan_version: context.plan.number,
            seal: seal_of(&workbook),
            issued_by: caller.user,
            issued_at,
        })?;
        Ok(workbook)
    }
}

/// What stands for the issued workbook in the record: the hash of its bytes, which hold its seal.
fn seal_of(workbook: &[u8]) -> String {
    hex::encode(&Sha256::digest(workbook))
}
