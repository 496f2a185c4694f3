//! Uploads: receive, read, original, marked copy, changes.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    dev::{Path as Captured, ResourceDef, Url},
    http::{Uri, header},
    web::{Json, Path},
};
use nachweis_domain::{key::SubprojectNo, quarter::Quarter, record::UploadId};

use super::Table;
use crate::{
    body::workbook::{Arriving, Workbook},
    download,
    negotiation::{Wanted, XLSX},
    openapi::{Erased, Faults, Form, Lang, Missing, Unfit},
    problem::{Problem, ProblemBody},
    session::Session,
    views::{changes::ChangesView, upload::ReceiptView},
};

/// Where workbooks are received.
const RECEIVE: &str = "/api/v1/subprojects/{no}/quarters/{quarter}/uploads";

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.post(RECEIVE, receive);
    table.get("/api/v1/uploads/{id}", read);
    table.get("/api/v1/uploads/{id}/original.xlsx", original);
    table.get("/api/v1/uploads/{id}/marked.xlsx", marked);
    table.get("/api/v1/uploads/{id}/changes", changes);
}

/// The subproject for which an address receives workbooks, if it does.
pub(crate) fn receives_for(address: &Uri) -> Option<SubprojectNo> {
    static RECEIVES: LazyLock<ResourceDef> = LazyLock::new(|| ResourceDef::new(RECEIVE));
    let mut path = Captured::new(Url::new(address.clone()));
    if !RECEIVES.capture_match_info(&mut path) {
        return None;
    }
    let (no, _quarter): (SubprojectNo, Quarter) = path.load().ok()?;
    Some(no)
}

/// Receives a workbook, checks it and keeps it. The same bytes again give the first receipt.
#[utoipa::path(post, path = "/api/v1/subprojects/{no}/quarters/{quarter}/uploads", tag = "uploads",
    operation_id = "receiveUpload",
    params(
        ("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3")),
    request_body(description = "The workbook, as body or as the field `file` of a form.", content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "application/octet-stream"),
        (Form = "multipart/form-data"))),
    responses(
        (status = 201, description = "Kept and checked.", body = ReceiptView),
        (status = 200, description = "The same bytes had come before; the first receipt.", body = ReceiptView),
        (status = 429, description = "Too many uploads within an hour or at the same time; `Retry-After` names the seconds.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 507, description = "As much is kept for the subproject as is intended.", body = ProblemBody, content_type = "application/problem+json"),
        Missing, Unfit, Faults))]
pub(crate) async fn receive(
    session: Session,
    path: Path<(SubprojectNo, Quarter)>,
    workbook: Arriving,
) -> Result<HttpResponse, Problem> {
    let (no, quarter) = path.into_inner();
    let whose = no.clone();
    session
        .ask(move |service, caller| service.may_upload(caller, &whose))
        .await?;
    let Workbook { name, bytes, space } = workbook.read(&session).await?;
    let name = name.unwrap_or_else(|| format!("{no}_{quarter}.xlsx"));
    let per_hour = session.desk().uploads_per_hour;
    let verdict = session
        .ask(move |service, caller| {
            let verdict = service.receive_within_bounds(caller, (&no, quarter), (&name, bytes), per_hour);
            drop(space);
            verdict
        })
        .await?;
    let mut response = if verdict.same_as_before {
        HttpResponse::Ok()
    } else {
        HttpResponse::Created()
    };
    response.insert_header((header::LOCATION, format!("/api/v1/uploads/{}", verdict.upload.id)));
    Ok(response.json(ReceiptView::of(&verdict)))
}

/// An upload with everything that was found.
#[utoipa::path(get, path = "/api/v1/uploads/{id}", tag = "uploads", operation_id = "readUpload",
    params(("id" = Uuid, Path, description = "The id of the upload.")),
    responses((status = 200, description = "The upload.", body = ReceiptView), Missing, Faults))]
pub(crate) async fn read(session: Session, id: Path<UploadId>) -> Result<Json<ReceiptView>, Problem> {
    let verdict = session
        .ask(move |service, caller| service.upload(caller, *id))
        .await?;
    Ok(Json(ReceiptView::of(&verdict)))
}

/// The file as it was sent, byte for byte.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/original.xlsx", tag = "uploads", operation_id = "readOriginal",
    params(("id" = Uuid, Path, description = "The id of the upload.")),
    responses(
        (status = 200, description = "The file.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Missing, Erased, Faults))]
pub(crate) async fn original(session: Session, id: Path<UploadId>) -> Result<HttpResponse, Problem> {
    let (name, bytes) = session
        .ask(move |service, caller| service.original(caller, *id))
        .await?;
    Ok(download::attachment(XLSX, &name, bytes))
}

/// The lead's own values in a fresh workbook, every finding marked in its cell.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/marked.xlsx", tag = "uploads", operation_id = "readMarked",
    params(("id" = Uuid, Path, description = "The id of the upload."), Lang),
    responses(
        (status = 200, description = "The marked copy.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Missing, Erased, Unfit, Faults))]
pub(crate) async fn marked(
    session: Session,
    id: Path<UploadId>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let (upload, bytes) = session
        .ask(move |service, caller| {
            let bytes = service.marked(caller, *id, language)?;
            Ok((service.upload(caller, *id)?.upload, bytes))
        })
        .await?;
    let mark = language.pick("geprueft", "checked");
    let name = format!(
        "{}_{}_r{}_{mark}.xlsx",
        upload.subproject, upload.quarter, upload.revision
    );
    Ok(download::attachment(XLSX, &name, bytes))
}

/// What differs from the last accepted revision and from the quarter before.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/changes", tag = "uploads", operation_id = "readChanges",
    params(("id" = Uuid, Path, description = "The id of the upload.")),
    responses((status = 200, description = "The changes.", body = ChangesView), Missing, Unfit, Faults))]
pub(crate) async fn changes(session: Session, id: Path<UploadId>) -> Result<Json<ChangesView>, Problem> {
    let preview = session
        .ask(move |service, caller| service.changes(caller, *id))
        .await?;
    Ok(Json(ChangesView::of(&preview)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_upload_is_known_however_it_is_escaped() {
        for (address, no) in [
            (
                "/api/v1/subprojects/IQ23-NW-017/quarters/2023-Q1/uploads",
                Some("IQ23-NW-017"),
            ),
            (
                "/api/v1/subprojects/IQ23%2DNW-017/quarters/2023-Q%31/%75ploads?a=b",
                Some("IQ23-NW-017"),
            ),
            (
                "/api/v1/subprojects/a%2Fb%2B%25/quarters/2023-Q1/uploads",
                Some("a/b+%"),
            ),
            ("/api/v1/subprojects/IQ23-NW-017/quarters/2023-Q5/uploads", None),
            ("/api/v1/subprojects/IQ23-NW-017/quarters/2023-Q1/uploads/", None),
            ("/api/v1/subprojects/IQ23-NW-017/dossier.zip", None),
        ] {
            let address: Uri = address.parse().unwrap();
            assert_eq!(receives_for(&address), no.map(SubprojectNo::new), "{address}");
        }
    }
}
