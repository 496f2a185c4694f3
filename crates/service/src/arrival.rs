//! From a workbook that was read to what the record keeps of it.

use nachweis_domain::{
    context::ReportingContext,
    key::TemplateVersion,
    record::{UploadId, UserId},
    round::FundingRound,
};
use nachweis_ingest::Reading;
use nachweis_store::{NewUpload, Original};

use crate::{file_name, id, identity, judge, service::Service};

/// A workbook that has arrived, with what it is checked against.
pub(crate) struct Arrival<'a> {
    pub(crate) round: &'a FundingRound,
    pub(crate) context: &'a ReportingContext,
    pub(crate) file_name: &'a str,
    pub(crate) original: Original,
    pub(crate) uploaded_by: UserId,
}

impl Service {
    /// Checks what was read and makes the upload that the record keeps.
    pub(crate) fn judged_upload(&self, arrival: Arrival<'_>, reading: Reading) -> NewUpload {
        let (identity, comparable) =
            identity::check(&reading, arrival.round, arrival.context, &self.seal_key);
        let findings = judge::judge(arrival.round, arrival.context, &reading, identity, comparable);
        let uploaded_at = self.clock.now();
        let context = arrival.context;
        NewUpload {
            id: UploadId(id::at(uploaded_at)),
            subproject: context.subproject.no.clone(),
            quarter: context.quarter,
            original: arrival.original,
            file_name: file_name::kept(arrival.file_name),
            uploaded_by: arrival.uploaded_by,
            uploaded_at,
            template_version: found_version(&reading, context),
            rule_version: self.version_of(arrival.round),
            plan_version: context.plan.number,
            figures: reading.figures,
            findings,
        }
    }
}

/// The version that the workbook itself names, so that what is wrong with it stays visible.
fn found_version(reading: &Reading, context: &ReportingContext) -> TemplateVersion {
    let envelope = reading.envelope.as_ref();
    envelope
        .map_or(&context.template_version, |envelope| {
            &envelope.context.template_version
        })
        .clone()
}
