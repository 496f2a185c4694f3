//! Retention: until when originals are kept, holds that keep them longer, and erasing what need not be kept.

use actix_web::{
    http::StatusCode,
    web::{Json, Path},
};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    record::{ErasureId, HoldId},
};
use serde::Deserialize;
use uuid::Uuid;

use super::Table;
use crate::{
    body::json::JsonBody,
    openapi::{Conflict, Faults, Missing, Unfit},
    page,
    params::{self, Params},
    problem::Problem,
    session::Session,
    views::retention::{ErasurePage, ErasureView, HoldPage, HoldReason, HoldView, KeptPage, KeptView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds/{round}/retention", kept);
    table.get("/api/v1/holds", holds);
    table.post("/api/v1/subprojects/{no}/holds", place);
    table.post("/api/v1/holds/{id}/lift", lift);
    table.get("/api/v1/rounds/{round}/erasures", erasures);
    table.post("/api/v1/subprojects/{no}/erasures", propose);
    table.post("/api/v1/erasures/{id}/confirm", confirm);
}

/// Which page of subprojects.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Subprojects {
    /// Only those after this number: `next` of the page before.
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

/// Which page of what has an id.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ids {
    /// Only those after this id: `next` of the page before.
    #[param(value_type = Option<Uuid>)]
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

impl Ids {
    /// The id after which the page begins, and how many entries it has at most.
    pub(super) fn read(&self) -> Result<(Uuid, u32), Problem> {
        let after = self.after.as_deref().map_or(Ok(Uuid::nil()), str::parse);
        let after = after.map_err(|_none| params::unfitting("after", "UUID"))?;
        Ok((after, page::limit(self.limit.as_deref())?))
    }
}

fn total<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).unwrap_or(u64::MAX)
}

/// Until when the originals of each subproject of a round are kept, page by page in the order of numbers.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/retention", tag = "retention", operation_id = "listKept",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Subprojects),
    responses((status = 200, description = "A page.", body = KeptPage), Missing, Faults))]
pub(crate) async fn kept(
    session: Session,
    round: Path<RoundCode>,
    Params(page): Params<Subprojects>,
) -> Result<Json<KeptPage>, Problem> {
    let limit = page::limit(page.limit.as_deref())?;
    let after = SubprojectNo::new(page.after.unwrap_or_default());
    let (on, all) = session
        .ask(move |service, caller| service.kept(caller, &round))
        .await?;
    let (page, rest) = page::cut(&all, limit, |kept| kept.subproject > after);
    Ok(Json(KeptPage {
        on,
        next: page
            .last()
            .filter(|_| rest)
            .map(|last| last.subproject.to_string()),
        subprojects: page.into_iter().map(|kept| KeptView::on(kept, on)).collect(),
        total: total(&all),
    }))
}

/// All holds, lifted ones included, page by page in the order of their ids.
#[utoipa::path(get, path = "/api/v1/holds", tag = "retention", operation_id = "listHolds", params(Ids),
    responses((status = 200, description = "A page.", body = HoldPage), Missing, Faults))]
pub(crate) async fn holds(session: Session, Params(ids): Params<Ids>) -> Result<Json<HoldPage>, Problem> {
    let (after, limit) = ids.read()?;
    let mut all = session.ask(nachweis_service::Service::holds).await?;
    all.sort_by_key(|hold| hold.id);
    let (page, rest) = page::cut(&all, limit, |hold| hold.id.0 > after);
    Ok(Json(HoldPage {
        next: page.last().filter(|_| rest).map(|last| last.id.0),
        holds: page.into_iter().map(HoldView::of).collect(),
        total: total(&all),
    }))
}

/// Places a hold on the originals of a subproject: proceedings, a request of the Commission, State aid.
#[utoipa::path(post, path = "/api/v1/subprojects/{no}/holds", tag = "retention", operation_id = "placeHold",
    params(("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017")),
    request_body = HoldReason,
    responses((status = 201, description = "Placed.", body = HoldView), Missing, Unfit, Faults))]
pub(crate) async fn place(
    session: Session,
    no: Path<SubprojectNo>,
    JsonBody(word): JsonBody<HoldReason>,
) -> Result<(Json<HoldView>, StatusCode), Problem> {
    let hold = session
        .ask(move |service, caller| service.place_hold(caller, &no, &word.reason.0))
        .await?;
    Ok((Json(HoldView::of(&hold)), StatusCode::CREATED))
}

/// Lifts a hold; it stays in the record.
#[utoipa::path(post, path = "/api/v1/holds/{id}/lift", tag = "retention", operation_id = "liftHold",
    params(("id" = Uuid, Path, description = "The id of the hold.")),
    request_body = HoldReason,
    responses((status = 200, description = "Lifted.", body = HoldView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn lift(
    session: Session,
    id: Path<HoldId>,
    JsonBody(word): JsonBody<HoldReason>,
) -> Result<Json<HoldView>, Problem> {
    let hold = session
        .ask(move |service, caller| service.lift_hold(caller, *id, &word.reason.0))
        .await?;
    Ok(Json(HoldView::of(&hold)))
}

/// The erasures of a round, proposed and done, page by page in the order of their ids.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/erasures", tag = "retention", operation_id = "listErasures",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Ids),
    responses((status = 200, description = "A page.", body = ErasurePage), Missing, Faults))]
pub(crate) async fn erasures(
    session: Session,
    round: Path<RoundCode>,
    Params(ids): Params<Ids>,
) -> Result<Json<ErasurePage>, Problem> {
    let (after, limit) = ids.read()?;
    let mut all = session
        .ask(move |service, caller| service.erasures(caller, &round))
        .await?;
    all.sort_by_key(|erasure| erasure.id);
    let (page, rest) = page::cut(&all, limit, |erasure| erasure.id.0 > after);
    Ok(Json(ErasurePage {
        next: page.last().filter(|_| rest).map(|last| last.id.0),
        erasures: page.into_iter().map(ErasureView::of).collect(),
        total: total(&all),
    }))
}

/// Proposes to erase the originals of a subproject, which need not be kept any longer. Nothing is erased yet.
#[utoipa::path(post, path = "/api/v1/subprojects/{no}/erasures", tag = "retention", operation_id = "proposeErasure",
    params(("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017")),
    responses((status = 201, description = "Proposed.", body = ErasureView), Missing, Conflict, Faults))]
pub(crate) async fn propose(
    session: Session,
    no: Path<SubprojectNo>,
) -> Result<(Json<ErasureView>, StatusCode), Problem> {
    let erasure = session
        .ask(move |service, caller| service.propose_erasure(caller, &no))
        .await?;
    Ok((Json(ErasureView::of(&erasure)), StatusCode::CREATED))
}

/// Confirms an erasure as the second person: the bytes of the originals are erased, for good.
#[utoipa::path(post, path = "/api/v1/erasures/{id}/confirm", tag = "retention", operation_id = "confirmErasure",
    params(("id" = Uuid, Path, description = "The id of the erasure.")),
    responses((status = 200, description = "Erased.", body = ErasureView), Missing, Conflict, Faults))]
pub(crate) async fn confirm(session: Session, id: Path<ErasureId>) -> Result<Json<ErasureView>, Problem> {
    let erasure = session
        .ask(move |service, caller| service.confirm_erasure(caller, *id))
        .await?;
    Ok(Json(ErasureView::of(&erasure)))
}
