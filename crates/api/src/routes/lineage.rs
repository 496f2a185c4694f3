//! Where a number of a report comes from.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Path};
use nachweis_domain::key::RoundCode;
use nachweis_service::{numbers::Place, render};
use serde::Deserialize;

use super::{
    Table,
    reports::{Selection, request_of},
};
use crate::{
    download,
    negotiation::{Format, Wanted},
    openapi::{Faults, Missing, Unfit},
    page,
    params::{Params, missing, optional, past_moment, unfitting},
    problem::Problem,
    session::Session,
    views::lineage::LineageView,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/reports/{name}/lineage", read);
}

/// Which number of which report.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Number {
    /// The round.
    #[param(required = true, example = "2023-2025")]
    round: Option<String>,
    /// As for the report.
    #[param(example = "2024-Q3")]
    quarter: Option<String>,
    /// As for the report.
    #[param(example = "land")]
    group_by: Option<String>,
    /// As for the report.
    #[param(example = "2025-02-03")]
    on: Option<String>,
    /// As for the report.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
    /// As for the report.
    #[param(example = "corrected")]
    view: Option<String>,
    /// The `row_key` of the row, `total` for the totals, or what an operand opens to.
    #[param(required = true, example = "NW")]
    row: Option<String>,
    /// The key of the column, with or without its unit.
    #[param(required = true, example = "reported_cents")]
    column: Option<String>,
    /// The key of the table; the first that has the row and the column where nothing is said.
    #[param(example = "burn")]
    table: Option<String>,
    /// Terms of a page: 1 to 1000, 100 where nothing is said.
    #[param(example = "100")]
    limit: Option<String>,
    /// The `next` of the page before.
    #[param(example = "100")]
    after: Option<String>,
    /// `json` or `csv`; the header `Accept` where nothing is said, else JSON.
    format: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

/// Where a number of a report comes from: the cells, plans and payments that sum to it, or the formula with its operands,
/// each of which opens in turn. Page by page, in a fixed order.
#[utoipa::path(get, path = "/api/v1/reports/{name}/lineage", tag = "reports", operation_id = "readLineage",
    params(("name" = String, Path, description = "`burn`, `indicators`, `completeness`, `funding` or `deviations`."), Number),
    responses(
        (status = 200, description = "A page of the terms of the number.", content(
            (LineageView = "application/json"),
            (String = "text/csv"))),
        Missing, Unfit, Faults))]
pub(crate) async fn read(
    session: Session,
    request: HttpRequest,
    name: Path<String>,
    Params(number): Params<Number>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let format = Format::wanted(&request, number.format.as_deref())?;
    if format == Format::Xlsx {
        return Err(unfitting("format", "json, csv"));
    }
    let limit = page::limit(number.limit.as_deref())?;
    let after = optional("after", number.after.as_deref(), "0, 100, 200 …")?.unwrap_or_default();
    let place = Place {
        table: number.table,
        row: number.row.ok_or_else(|| missing("row", "row=NW"))?,
        column: number
            .column
            .ok_or_else(|| missing("column", "column=reported_cents"))?,
    };
    let round = number.round.map(RoundCode::new);
    let round = round.ok_or_else(|| missing("round", "round=2023-2025"))?;
    let until = past_moment(number.as_of.as_deref())?;
    let view = optional("view", number.view.as_deref(), "reported, corrected")?;
    let selection = Selection::of(number.quarter, number.group_by, number.on);
    let wanted = request_of(&name, &selection)?;
    let of_page = (after, usize::try_from(limit).unwrap_or(usize::MAX));
    let found = session
        .ask(move |service, caller| service.lineage(caller, &round, (&wanted, view), &place, until, of_page))
        .await?;
    if format == Format::Csv {
        let file = format!(
            "{}_{}_lineage_{}.csv",
            name.as_str(),
            found.round,
            language.code()
        );
        return Ok(download::attachment(
            format.media_type(),
            &file,
            render::lineage_csv(&found, language),
        ));
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .body(render::lineage_json(&found)))
}
