//! The audit workbook, and the journal as a file.

use std::{fs::File, io};

use actix_web::HttpResponse;
use nachweis_domain::key::RoundCode;
use nachweis_service::{Doing, ServiceError};
use serde::Deserialize;

use super::Table;
use crate::{
    download,
    negotiation::{Wanted, XLSX},
    openapi::{Faults, Missing, Unfit},
    params::{Params, missing, past_moment},
    problem::{Code, Problem},
    session::Session,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/exports/audit.xlsx", audit);
    table.get("/api/v1/exports/journal.jsonl", journal);
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
        Missing, Unfit, Faults))]
pub(crate) async fn audit(
    session: Session,
    Params(selection): Params<Selection>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let round = selection.round.map(RoundCode::new);
    let round = round.ok_or_else(|| missing("round", "round=2023-2025"))?;
    let until = past_moment(selection.as_of.as_deref())?;
    let folder = session.desk().export_folder.clone();
    let share = session
        .desk()
        .exports
        .take(1)
        .ok_or_else(|| Problem::new(Code::Busy))?;
    let name = format!("audit_{round}_{}.xlsx", language.code());
    let file = session
        .ask(move |service, caller| {
            let target = tempfile::Builder::new()
                .prefix("nachweis-audit-")
                .tempfile_in(&folder);
            let target = target.map_err(|source| unwritable(&folder, source))?;
            let _share = share;
            service.export_audit_as_of(caller, &round, until, language, target.path())?;
            // The name is gone as soon as `target` is dropped; the open file lives until it is sent.
            File::open(target.path()).map_err(|source| unwritable(&folder, source))
        })
        .await?;
    download::streamed(XLSX, &name, file).map_err(Problem::internal)
}

/// The whole journal as lines of JSON, from which anyone can follow the chain without the service. Each export is
/// journalled.
#[utoipa::path(get, path = "/api/v1/exports/journal.jsonl", tag = "audit", operation_id = "exportJournal",
    responses(
        (status = 200, description = "A line for each entry, and one for the head.", body = String, content_type = "application/x-ndjson"),
        Missing, Faults))]
pub(crate) async fn journal(session: Session) -> Result<HttpResponse, Problem> {
    let folder = session.desk().export_folder.clone();
    let share = session
        .desk()
        .exports
        .take(1)
        .ok_or_else(|| Problem::new(Code::Busy))?;
    let file = session
        .ask(move |service, caller| {
            let target = tempfile::Builder::new()
                .prefix("nachweis-journal-")
                .tempfile_in(&folder);
            let target = target.map_err(|source| unwritable(&folder, source))?;
            let _share = share;
            service.export_journal(caller, target.path())?;
            File::open(target.path()).map_err(|source| unwritable(&folder, source))
        })
        .await?;
    download::streamed("application/x-ndjson", "journal.jsonl", file).map_err(Problem::internal)
}

fn unwritable(folder: &std::path::Path, source: io::Error) -> ServiceError {
    ServiceError::File {
        doing: Doing::Write,
        path: folder.to_owned(),
        source,
    }
}
