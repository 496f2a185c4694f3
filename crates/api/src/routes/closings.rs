//! Closed quarters: closing, what was frozen, what differs from it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Json, Path},
};
use nachweis_domain::{key::RoundCode, quarter::Quarter};
use nachweis_service::ReportName;
use serde::Deserialize;

use std::sync::Arc;

use super::Table;
use crate::{
    body::json::JsonBody,
    download,
    negotiation::{Format, Wanted},
    openapi::{Conflict, Faults, Missing, Unfit},
    params::{Params, past_moment},
    problem::{Code, Problem},
    session::Session,
    views::{
        closing::{Close, ClosedView},
        report::ReportView,
    },
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds/{round}/closings", list);
    table.post("/api/v1/rounds/{round}/quarters/{quarter}/close", close);
    table.get("/api/v1/rounds/{round}/quarters/{quarter}/reports/{name}", frozen);
    table.get(
        "/api/v1/rounds/{round}/quarters/{quarter}/differences",
        differences,
    );
}

/// The closed quarters of a round with the hashes of what was frozen.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/closings", tag = "closing", operation_id = "listClosings",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025")),
    responses((status = 200, description = "The closed quarters in their order.", body = [ClosedView]), Missing, Faults))]
pub(crate) async fn list(session: Session, round: Path<RoundCode>) -> Result<Json<Vec<ClosedView>>, Problem> {
    let closings = session
        .ask(move |service, caller| service.closed_quarters(caller, &round))
        .await?;
    Ok(Json(closings.iter().map(ClosedView::of).collect()))
}

/// Closes a quarter: its reports are frozen byte for byte, and nothing in it changes any longer. Not while submissions stand for
/// decision: the refusal names each (`prevented`).
#[utoipa::path(post, path = "/api/v1/rounds/{round}/quarters/{quarter}/close", tag = "closing", operation_id = "closeQuarter",
    params(
        ("round" = String, Path, description = "The code of the round.", example = "2023-2025"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3")),
    request_body = Close,
    responses((status = 200, description = "Closed.", body = ClosedView), Missing, Conflict, Unfit, Faults))]
pub(crate) async fn close(
    session: Session,
    path: Path<(RoundCode, Quarter)>,
    JsonBody(close): JsonBody<Close>,
) -> Result<Json<ClosedView>, Problem> {
    let (round, quarter) = path.into_inner();
    let closed = session
        .ask(move |service, caller| service.close_quarter(caller, &round, quarter, close.missing()))
        .await?;
    Ok(Json(ClosedView::of(&closed)))
}

/// In which form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wish {
    /// `json`, `csv` or `xlsx`; the header `Accept` where nothing is said, else JSON.
    format: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

/// A report as it was when its quarter was closed, byte for byte.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/quarters/{quarter}/reports/{name}", tag = "closing", operation_id = "readFrozenReport",
    params(
        ("round" = String, Path, description = "The code of the round.", example = "2023-2025"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3"),
        ("name" = String, Path, description = "The name of the report.", example = "burn"),
        Wish),
    responses(
        (status = 200, description = "The bytes as they were frozen.", content(
            (ReportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Missing, Unfit, Faults))]
pub(crate) async fn frozen(
    session: Session,
    request: HttpRequest,
    path: Path<(RoundCode, Quarter, String)>,
    Params(wish): Params<Wish>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let format = Format::wanted(&request, wish.format.as_deref())?;
    let (round, quarter, name) = path.into_inner();
    let name: ReportName = name.parse().map_err(|_unknown| Problem::new(Code::NotFound))?;
    let file = format!("{name}_{round}_{quarter}_{}.{}", language.code(), format.as_str());
    // JSON holds both languages.
    let language = if format == Format::Json {
        nachweis_domain::language::Language::De
    } else {
        language
    };
    let bytes = session
        .ask(move |service, caller| {
            service.frozen_report(caller, (&round, quarter), name, language, format.as_str())
        })
        .await?;
    Ok(download::attachment(format.media_type(), &file, bytes))
}

/// Of which moment, in which form.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Comparison {
    /// What was known at this past moment, byte for byte as it was issued then: RFC 3339 with an offset, or a day, which
    /// stands for its end in Europe/Berlin. What is known now where nothing is said.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
    /// `json`, `csv` or `xlsx`; the header `Accept` where nothing is said, else JSON.
    format: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

/// What of a closed quarter is no longer as it was frozen, figure by figure, and the reopenings that led to it.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/quarters/{quarter}/differences", tag = "closing", operation_id = "readDifferences",
    params(
        ("round" = String, Path, description = "The code of the round.", example = "2023-2025"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3"),
        Comparison),
    responses(
        (status = 200, description = "The report.", content(
            (ReportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Missing, Unfit, Faults))]
pub(crate) async fn differences(
    session: Session,
    request: HttpRequest,
    path: Path<(RoundCode, Quarter)>,
    Params(comparison): Params<Comparison>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let format = Format::wanted(&request, comparison.format.as_deref())?;
    let until = past_moment(comparison.as_of.as_deref())?;
    let (round, quarter) = path.into_inner();
    let report = session
        .ask(move |service, caller| service.differences(caller, &round, quarter, until))
        .await?;
    let report = Arc::new(report);
    let bytes = session.rendered_once(&report, language, format).await?;
    Ok(super::reports::answer(&report, language, format, bytes))
}
