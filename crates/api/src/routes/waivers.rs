//! Waivers: ask, grant, refuse, withdraw, list.

use actix_web::{
    http::StatusCode,
    web::{Json, Path},
};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    record::WaiverId,
};
use nachweis_service::KnownWaiver;
use serde::Deserialize;

use super::Table;
use crate::{
    body::json::JsonBody,
    openapi::{Conflict, Faults, Missing, Unfit},
    page,
    params::{self, Params},
    problem::Problem,
    session::Session,
    views::waiver::{AskWaiver, GrantWaiver, WaiverPage, WaiverReason, WaiverView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds/{round}/waivers", of_round);
    table.get("/api/v1/subprojects/{no}/waivers", of_subproject);
    table.post("/api/v1/subprojects/{no}/waivers", ask);
    table.get("/api/v1/waivers/{id}", read);
    table.post("/api/v1/waivers/{id}/grant", grant);
    table.post("/api/v1/waivers/{id}/refuse", refuse);
    table.post("/api/v1/waivers/{id}/withdraw", withdraw);
}

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// Only those after this number: `next` of the page before.
    #[param(value_type = Option<u32>)]
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
    /// What was known at this past moment: RFC 3339 with an offset, or a day, which stands for its end in Europe/Berlin. What
    /// is known now where nothing is said.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
}

impl Selection {
    /// The number after which the page begins, and how many entries it has at most.
    fn read(&self) -> Result<(u32, u32), Problem> {
        let after = match &self.after {
            Some(after) => after
                .parse()
                .map_err(|_none| params::unfitting("after", "0 … 4294967295"))?,
            None => 0,
        };
        Ok((after, page::limit(self.limit.as_deref())?))
    }
}

fn paged(all: &[KnownWaiver], (after, limit): (u32, u32)) -> WaiverPage {
    let (page, rest) = page::cut(all, limit, |known| known.waiver.number > after);
    WaiverPage {
        next: page.last().filter(|_| rest).map(|last| last.waiver.number),
        waivers: page.into_iter().map(WaiverView::of).collect(),
        total: u64::try_from(all.len()).unwrap_or(u64::MAX),
    }
}

/// The waivers of a round that the caller may see, page by page in the order of their numbers.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/waivers", tag = "waivers", operation_id = "listWaiversOfRound",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Selection),
    responses((status = 200, description = "A page.", body = WaiverPage), Missing, Unfit, Faults))]
pub(crate) async fn of_round(
    session: Session,
    round: Path<RoundCode>,
    Params(selection): Params<Selection>,
) -> Result<Json<WaiverPage>, Problem> {
    let place = selection.read()?;
    let until = params::past_moment(selection.as_of.as_deref())?;
    let all = session
        .ask(move |service, caller| service.waivers_of_round(caller, &round, until))
        .await?;
    Ok(Json(paged(&all, place)))
}

/// The waivers of a subproject, page by page in the order of their numbers.
#[utoipa::path(get, path = "/api/v1/subprojects/{no}/waivers", tag = "waivers", operation_id = "listWaiversOfSubproject",
    params(("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017"), Selection),
    responses((status = 200, description = "A page.", body = WaiverPage), Missing, Unfit, Faults))]
pub(crate) async fn of_subproject(
    session: Session,
    no: Path<SubprojectNo>,
    Params(selection): Params<Selection>,
) -> Result<Json<WaiverPage>, Problem> {
    let place = selection.read()?;
    let until = params::past_moment(selection.as_of.as_deref())?;
    let all = session
        .ask(move |service, caller| service.waivers_of(caller, &no, until))
        .await?;
    Ok(Json(paged(&all, place)))
}

/// Asks for a waiver; it counts once a second person grants it.
#[utoipa::path(post, path = "/api/v1/subprojects/{no}/waivers", tag = "waivers", operation_id = "askWaiver",
    params(("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017")),
    request_body = AskWaiver,
    responses((status = 201, description = "Asked for.", body = WaiverView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn ask(
    session: Session,
    no: Path<SubprojectNo>,
    JsonBody(asked): JsonBody<AskWaiver>,
) -> Result<(Json<WaiverView>, StatusCode), Problem> {
    let request = asked.request();
    let known = session
        .ask(move |service, caller| service.ask_waiver(caller, &no, &request))
        .await?;
    Ok((Json(WaiverView::of(&known)), StatusCode::CREATED))
}

/// A waiver.
#[utoipa::path(get, path = "/api/v1/waivers/{id}", tag = "waivers", operation_id = "readWaiver",
    params(("id" = Uuid, Path, description = "The id of the waiver.")),
    responses((status = 200, description = "The waiver.", body = WaiverView), Missing, Faults))]
pub(crate) async fn read(session: Session, id: Path<WaiverId>) -> Result<Json<WaiverView>, Problem> {
    let known = session
        .ask(move |service, caller| service.waiver(caller, *id))
        .await?;
    Ok(Json(WaiverView::of(&known)))
}

/// Grants a waiver as the second person.
#[utoipa::path(post, path = "/api/v1/waivers/{id}/grant", tag = "waivers", operation_id = "grantWaiver",
    params(("id" = Uuid, Path, description = "The id of the waiver.")),
    request_body = GrantWaiver,
    responses((status = 200, description = "Granted.", body = WaiverView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn grant(
    session: Session,
    id: Path<WaiverId>,
    JsonBody(word): JsonBody<GrantWaiver>,
) -> Result<Json<WaiverView>, Problem> {
    let known = session
        .ask(move |service, caller| service.grant_waiver(caller, *id, word.until, &word.reason.0))
        .await?;
    Ok(Json(WaiverView::of(&known)))
}

/// Refuses a waiver as the second person.
#[utoipa::path(post, path = "/api/v1/waivers/{id}/refuse", tag = "waivers", operation_id = "refuseWaiver",
    params(("id" = Uuid, Path, description = "The id of the waiver.")),
    request_body = WaiverReason,
    responses((status = 200, description = "Refused.", body = WaiverView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn refuse(
    session: Session,
    id: Path<WaiverId>,
    JsonBody(word): JsonBody<WaiverReason>,
) -> Result<Json<WaiverView>, Problem> {
    let known = session
        .ask(move |service, caller| service.refuse_waiver(caller, *id, &word.reason.0))
        .await?;
    Ok(Json(WaiverView::of(&known)))
}

/// Withdraws a waiver: takes back a request, or ends what was granted. What was handed in under it stays as it is.
#[utoipa::path(post, path = "/api/v1/waivers/{id}/withdraw", tag = "waivers", operation_id = "withdrawWaiver",
    params(("id" = Uuid, Path, description = "The id of the waiver.")),
    request_body = WaiverReason,
    responses((status = 200, description = "Withdrawn.", body = WaiverView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn withdraw(
    session: Session,
    id: Path<WaiverId>,
    JsonBody(word): JsonBody<WaiverReason>,
) -> Result<Json<WaiverView>, Problem> {
    let known = session
        .ask(move |service, caller| service.withdraw_waiver(caller, *id, &word.reason.0))
        .await?;
    Ok(Json(WaiverView::of(&known)))
}
