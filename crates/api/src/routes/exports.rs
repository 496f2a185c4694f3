//! The audit workbook, the dossier of a subproject, and the journal as a file.

use std::{fs::File, io, path::Path};

use actix_web::{HttpResponse, web};
use nachweis_domain::{
    access::Caller,
    key::{RoundCode, SubprojectNo},
};
use nachweis_service::{Doing, Service, ServiceError};
use serde::Deserialize;

use super::Table;
use crate::{
    download,
    negotiation::{Wanted, XLSX},
    openapi::{Faults, Full, Missing, Unfit},
    params::{Params, journal_end, missing, past_moment},
    problem::Problem,
    session::Session,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/exports/audit.xlsx", audit);
    table.get("/api/v1/exports/journal.jsonl", journal);
    table.get("/api/v1/subprojects/{no}/dossier.zip", dossier);
}

/// Which export.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// The round.
    #[param(required = true, example = "2023-2025")]
    round: Option<String>,
    /// What was known at this past moment, byte for byte as it was issued then: RFC 3339 with an offset, or a day, which
    /// stands for its end in Europe/Berlin. What is known now where nothing is said.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

/// The audit workbook: every figure with its upload, file hash, sheet, cell, user and time. Each export is journalled.
#[utoipa::path(get, path = "/api/v1/exports/audit.xlsx", tag = "audit", operation_id = "exportAudit",
    params(Selection),
    responses(
        (status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Missing, Unfit, Full, Faults))]
pub(crate) async fn audit(
    session: Session,
    Params(selection): Params<Selection>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let round = selection.round.map(RoundCode::new);
    let round = round.ok_or_else(|| missing("round", "round=2023-2025"))?;
    let until = past_moment(selection.as_of.as_deref())?;
    let name = format!("audit_{round}_{}.xlsx", language.code());
    let file = written(
        &session,
        Service::may_export_audit,
        move |service, caller, target| {
            service.export_audit_as_of(caller, &round, until, language, target)?;
            Ok(())
        },
    )
    .await?;
    download::streamed(XLSX, &name, file).map_err(Problem::internal)
}

/// Up to where.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JournalSelection {
    /// Only up to this entry, by its position or by a past moment: RFC 3339 with an offset, or a day, which stands for its end
    /// in Europe/Berlin. The whole journal where nothing is said.
    #[param(example = "120")]
    until: Option<String>,
}

/// The journal as lines of JSON, from which anyone can follow the chain without the service: all of it, or what it was up to an
/// entry, from whose head the whole one has grown. Each export is journalled.
#[utoipa::path(get, path = "/api/v1/exports/journal.jsonl", tag = "audit", operation_id = "exportJournal",
    params(JournalSelection),
    responses(
        (status = 200, description = "A line for each entry, and one for the head.", body = String, content_type = "application/x-ndjson"),
        Missing, Unfit, Full, Faults))]
pub(crate) async fn journal(
    session: Session,
    Params(selection): Params<JournalSelection>,
) -> Result<HttpResponse, Problem> {
    let until = journal_end(selection.until.as_deref())?;
    let file = written(
        &session,
        Service::may_export_journal,
        move |service, caller, target| {
            service.export_journal(caller, until, target)?;
            Ok(())
        },
    )
    .await?;
    download::streamed("application/x-ndjson", "journal.jsonl", file).map_err(Problem::internal)
}

/// Of which moment, in which language.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DossierSelection {
    /// What was known at this past moment: RFC 3339 with an offset, or a day, which stands for its end in Europe/Berlin.
    /// What is known now where nothing is said.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

/// The complete file of a subproject as a ZIP that stands by itself: tables, every original byte for byte, entries of the
/// journal, hashes of all files. Each export is journalled.
#[utoipa::path(get, path = "/api/v1/subprojects/{no}/dossier.zip", tag = "audit", operation_id = "exportDossier",
    params(("no" = String, Path, description = "The number people use.", example = "IQ23-NW-017"), DossierSelection),
    responses(
        (status = 200, description = "The file.", body = Vec<u8>, content_type = "application/zip"),
        Missing, Unfit, Full, Faults))]
pub(crate) async fn dossier(
    session: Session,
    no: web::Path<SubprojectNo>,
    Params(selection): Params<DossierSelection>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let until = past_moment(selection.as_of.as_deref())?;
    let name = format!("dossier_{no}_{}.zip", language.code());
    let whose = no.clone();
    let may = move |service: &Service, caller: &Caller| service.may_export_dossier(caller, &whose);
    let file = written(&session, may, move |service, caller, target| {
        service.export_dossier(caller, &no, until, language, target)?;
        Ok(())
    })
    .await?;
    download::streamed("application/zip", &name, file).map_err(Problem::internal)
}

/// Lets a use case write a file of its own, and gives it open: its name is gone by then. Only who may export takes a turn.
async fn written<M, U>(session: &Session, may: M, write: U) -> Result<File, Problem>
where
    M: FnOnce(&Service, &Caller) -> Result<(), ServiceError> + Send + 'static,
    U: FnOnce(&Service, &Caller, &Path) -> Result<(), ServiceError> + Send + 'static,
{
    let folder = session.desk().export_folder.clone();
    let exports = session.desk().exports.clone();
    session
        .ask(move |service, caller| {
            may(service, caller)?;
            let _share = exports.take(1).ok_or(ServiceError::Busy)?;
            let target = tempfile::Builder::new()
                .prefix("nachweis-export-")
                .tempfile_in(&folder);
            let target = target.map_err(|source| unwritable(&folder, source))?;
            write(service, caller, target.path())?;
            // The name is gone as soon as `target` is dropped; the open file lives until it is sent.
            File::open(target.path()).map_err(|source| unwritable(&folder, source))
        })
        .await
}

fn unwritable(folder: &Path, source: io::Error) -> ServiceError {
    ServiceError::File {
        doing: Doing::Write,
        path: folder.to_owned(),
        source,
    }
}
