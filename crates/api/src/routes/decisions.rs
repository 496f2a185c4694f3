//! Decisions on uploads: submit, endorse, accept one or many, return.

use actix_web::web::{Json, Path};
use nachweis_domain::record::{UploadId, WarningComment};

use super::Table;
use crate::{
    body::json::JsonBody,
    openapi::{Conflict, Faults, Missing, Unfit},
    problem::Problem,
    session::Session,
    views::upload::{AcceptMany, Nothing, Return, Submission, UploadView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.post("/api/v1/uploads/{id}/submit", submit);
    table.post("/api/v1/submissions/accept", accept_many);
    table.post("/api/v1/submissions/{id}/endorse", endorse);
    table.post("/api/v1/submissions/{id}/accept", accept);
    table.post("/api/v1/submissions/{id}/return", return_to_lead);
}

/// Hands in an upload without blocking findings, or whose blocking findings are all waived, with a comment for each warning
/// that is not waived.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/submit", tag = "decisions", operation_id = "submit",
    params(("id" = Uuid, Path, description = "The id of the upload.")),
    request_body = Submission,
    responses((status = 200, description = "Submitted.", body = UploadView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn submit(
    session: Session,
    id: Path<UploadId>,
    JsonBody(submission): JsonBody<Submission>,
) -> Result<Json<UploadView>, Problem> {
    let comments: Vec<WarningComment> = submission
        .comments
        .into_iter()
        .map(WarningComment::from)
        .collect();
    let upload = session
        .ask(move |service, caller| service.submit(caller, *id, &comments))
        .await?;
    Ok(Json(UploadView::of(&upload)))
}

/// Endorses a submission of someone else in the own network; then it is the manager's turn.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/endorse", tag = "decisions", operation_id = "endorse",
    params(("id" = Uuid, Path, description = "The id of the submission: that of its upload.")),
    request_body = Nothing,
    responses((status = 200, description = "Endorsed.", body = UploadView), Missing, Conflict, Faults))]
pub(crate) async fn endorse(
    session: Session,
    id: Path<UploadId>,
    _: JsonBody<Nothing>,
) -> Result<Json<UploadView>, Problem> {
    let upload = session
        .ask(move |service, caller| service.endorse(caller, *id))
        .await?;
    Ok(Json(UploadView::of(&upload)))
}

/// Accepts a submission of someone else.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/accept", tag = "decisions", operation_id = "accept",
    params(("id" = Uuid, Path, description = "The id of the submission: that of its upload.")),
    request_body = Nothing,
    responses((status = 200, description = "Accepted.", body = UploadView), Missing, Conflict, Faults))]
pub(crate) async fn accept(
    session: Session,
    id: Path<UploadId>,
    _: JsonBody<Nothing>,
) -> Result<Json<UploadView>, Problem> {
    let upload = session
        .ask(move |service, caller| service.accept(caller, *id))
        .await?;
    Ok(Json(UploadView::of(&upload)))
}

/// Accepts many submissions without warnings that are not waived in one step: all of them, or none with the reason for each that stands in
/// the way (`prevented`).
#[utoipa::path(post, path = "/api/v1/submissions/accept", tag = "decisions", operation_id = "acceptMany",
    request_body = AcceptMany,
    responses((status = 200, description = "All accepted.", body = [UploadView]), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn accept_many(
    session: Session,
    JsonBody(wanted): JsonBody<AcceptMany>,
) -> Result<Json<Vec<UploadView>>, Problem> {
    let ids = wanted.ids();
    let uploads = session
        .ask(move |service, caller| service.accept_many(caller, &ids))
        .await?;
    Ok(Json(uploads.iter().map(UploadView::of).collect()))
}

/// Returns a submission of someone else with a reason.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/return", tag = "decisions", operation_id = "return",
    params(("id" = Uuid, Path, description = "The id of the submission: that of its upload.")),
    request_body = Return,
    responses((status = 200, description = "Returned.", body = UploadView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn return_to_lead(
    session: Session,
    id: Path<UploadId>,
    JsonBody(answer): JsonBody<Return>,
) -> Result<Json<UploadView>, Problem> {
    let upload = session
        .ask(move |service, caller| service.return_to_lead(caller, *id, &answer.reason.0))
        .await?;
    Ok(Json(UploadView::of(&upload)))
}
