//! Reopenings of closed quarters: ask, confirm, withdraw, list.

use actix_web::{
    http::StatusCode,
    web::{Json, Path},
};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    quarter::Quarter,
    record::ReopeningId,
};

use super::{Table, retention::Ids};
use crate::{
    body::json::JsonBody,
    openapi::{Conflict, Faults, Missing, Unfit},
    page,
    params::Params,
    problem::Problem,
    session::Session,
    views::{
        reopening::{Reopen, ReopeningPage, ReopeningReason, ReopeningView},
        upload::Nothing,
    },
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds/{round}/reopenings", list);
    table.post("/api/v1/subprojects/{no}/quarters/{quarter}/reopen", ask);
    table.post("/api/v1/reopenings/{id}/confirm", confirm);
    table.post("/api/v1/reopenings/{id}/withdraw", withdraw);
}

/// The reopenings of a round that the caller may see, page by page in the order of their ids: those that wait for a second
/// person have the state `requested`.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/reopenings", tag = "closing", operation_id = "listReopenings",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Ids),
    responses((status = 200, description = "A page.", body = ReopeningPage), Missing, Faults))]
pub(crate) async fn list(
    session: Session,
    round: Path<RoundCode>,
    Params(ids): Params<Ids>,
) -> Result<Json<ReopeningPage>, Problem> {
    let (after, limit) = ids.read()?;
    let mut all = session
        .ask(move |service, caller| service.reopenings(caller, &round))
        .await?;
    all.sort_by_key(|known| known.record.id);
    let (page, rest) = page::cut(&all, limit, |known| known.record.id.0 > after);
    Ok(Json(ReopeningPage {
        next: page.last().filter(|_| rest).map(|last| last.record.id.0),
        reopenings: page.into_iter().map(ReopeningView::of).collect(),
        total: u64::try_from(all.len()).unwrap_or(u64::MAX),
    }))
}

/// Asks to reopen a closed quarter for a subproject; it counts once a second person confirms it.
#[utoipa::path(post, path = "/api/v1/subprojects/{no}/quarters/{quarter}/reopen", tag = "closing", operation_id = "requestReopening",
    params(
        ("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3")),
    request_body = Reopen,
    responses((status = 201, description = "Asked for.", body = ReopeningView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn ask(
    session: Session,
    path: Path<(SubprojectNo, Quarter)>,
    JsonBody(reopen): JsonBody<Reopen>,
) -> Result<(Json<ReopeningView>, StatusCode), Problem> {
    let (no, quarter) = path.into_inner();
    let known = session
        .ask(move |service, caller| {
            service.request_reopening(caller, &no, quarter, &reopen.reason.0, reopen.expires_at)
        })
        .await?;
    Ok((Json(ReopeningView::of(&known)), StatusCode::CREATED))
}

/// Confirms a reopening as the second person.
#[utoipa::path(post, path = "/api/v1/reopenings/{id}/confirm", tag = "closing", operation_id = "confirmReopening",
    params(("id" = Uuid, Path, description = "The id of the reopening.")),
    request_body = Nothing,
    responses((status = 200, description = "Confirmed.", body = ReopeningView), Missing, Conflict, Faults))]
pub(crate) async fn confirm(
    session: Session,
    id: Path<ReopeningId>,
    _: JsonBody<Nothing>,
) -> Result<Json<ReopeningView>, Problem> {
    let known = session
        .ask(move |service, caller| service.confirm_reopening(caller, *id))
        .await?;
    Ok(Json(ReopeningView::of(&known)))
}

/// Withdraws a reopening: takes back a request, or ends early what was confirmed. What was handed in meanwhile stays as it is.
#[utoipa::path(post, path = "/api/v1/reopenings/{id}/withdraw", tag = "closing", operation_id = "withdrawReopening",
    params(("id" = Uuid, Path, description = "The id of the reopening.")),
    request_body = ReopeningReason,
    responses((status = 200, description = "Withdrawn.", body = ReopeningView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn withdraw(
    session: Session,
    id: Path<ReopeningId>,
    JsonBody(word): JsonBody<ReopeningReason>,
) -> Result<Json<ReopeningView>, Problem> {
    let known = session
        .ask(move |service, caller| service.withdraw_reopening(caller, *id, &word.reason.0))
        .await?;
    Ok(Json(ReopeningView::of(&known)))
}
