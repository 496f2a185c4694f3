//! Reports over what the caller may see.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Path},
};
use nachweis_domain::{key::RoundCode, language::Language, past_moment::PastMoment};
use nachweis_service::{Report, ReportRequest, ServiceError, View};
use serde::Deserialize;
use std::sync::Arc;

use super::Table;
use crate::{
    download,
    negotiation::{Format, Wanted, XLSX},
    openapi::{Faults, Missing, Unfit},
    params::{Params, QUARTER_EXPECTED, missing, optional, past_moment, unfitting},
    problem::{Code, Problem},
    session::Session,
    views::report::ReportView,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/reports/{name}", read);
}

/// Which report.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// The round.
    #[param(required = true, example = "2023-2025")]
    round: Option<String>,
    /// Up to and including this quarter, with the plans in effect at its end; all figures where nothing is said, with
    /// the plans in effect on the day of the data.
    #[param(example = "2024-Q3")]
    quarter: Option<String>,
    /// What the rows stand for; each report has a usual one.
    #[param(example = "land")]
    group_by: Option<String>,
    /// For `completeness` only: the day on which days overdue are counted, not before that of the data; where nothing is
    /// said that day itself.
    #[param(example = "2025-02-03")]
    on: Option<String>,
    /// What was known at this past moment, byte for byte as it was issued then: RFC 3339 with an offset, or a day, which
    /// stands for its end in Europe/Berlin. What is known now where nothing is said.
    #[param(example = "2025-01-31T10:30:00Z")]
    as_of: Option<String>,
    /// For `burn` and `deviations`: `reported` counts corrections of earlier quarters in the quarter of their workbook,
    /// `corrected` in the quarter that they correct. `reported` where nothing is said.
    #[param(example = "corrected")]
    view: Option<String>,
    /// `true` for a workbook with one more sheet: the cells, plans and payments behind each number, linked both ways. For
    /// XLSX only, and for who may read uploads.
    #[param(example = "true")]
    sources: Option<String>,
    /// `json`, `csv` or `xlsx`; the header `Accept` where nothing is said, else JSON.
    format: Option<String>,
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    #[serde(rename = "lang")]
    #[param(rename = "lang")]
    _lang: Option<String>,
}

impl Selection {
    /// The parameters that a report and the lineage of its numbers share.
    pub(super) const fn of(quarter: Option<String>, group_by: Option<String>, on: Option<String>) -> Self {
        Self {
            round: None,
            quarter,
            group_by,
            on,
            as_of: None,
            view: None,
            sources: None,
            format: None,
            _lang: None,
        }
    }
}

/// A report over what the caller may see, as JSON, CSV or XLSX.
#[utoipa::path(get, path = "/api/v1/reports/{name}", tag = "reports", operation_id = "readReport",
    params(("name" = String, Path, description = "`burn`, `indicators`, `completeness`, `funding` or `deviations`."), Selection),
    responses(
        (status = 200, description = "The report.", content(
            (ReportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Missing, Unfit, Faults))]
pub(crate) async fn read(
    session: Session,
    request: HttpRequest,
    name: Path<String>,
    Params(selection): Params<Selection>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let format = Format::wanted(&request, selection.format.as_deref())?;
    let wanted = request_of(&name, &selection)?;
    let until = past_moment(selection.as_of.as_deref())?;
    let view = optional("view", selection.view.as_deref(), "reported, corrected")?;
    let round = selection.round.map(RoundCode::new);
    let round = round.ok_or_else(|| missing("round", "round=2023-2025"))?;
    if optional("sources", selection.sources.as_deref(), "true, false")?.unwrap_or(false) {
        if format != Format::Xlsx {
            return Err(unfitting("sources", "format=xlsx"));
        }
        return with_sources(&session, (round, wanted, view), until, language).await;
    }
    let report = session
        .ask(move |service, caller| service.report_in_view(caller, &round, &wanted, until, view))
        .await?;
    let bytes = session.rendered(&report, language, format).await?;
    Ok(answer(&report, language, format, bytes))
}

/// The report as a workbook that carries its sources. As heavy as an export, it takes its turn like one.
async fn with_sources(
    session: &Session,
    (round, wanted, view): (RoundCode, ReportRequest, Option<View>),
    until: Option<PastMoment>,
    language: Language,
) -> Result<HttpResponse, Problem> {
    let exports = session.desk().exports.clone();
    let name = format!("{}_{round}_{}_sources.xlsx", wanted.name, language.code());
    let bytes = session
        .ask(move |service, caller| {
            service.may_read_report(caller)?;
            let _share = exports.take(1).ok_or(ServiceError::Busy)?;
            service.report_with_sources(caller, &round, (&wanted, view), until, language)
        })
        .await?;
    Ok(download::attachment(XLSX, &name, bytes))
}

pub(super) fn request_of(name: &str, selection: &Selection) -> Result<ReportRequest, Problem> {
    Ok(ReportRequest {
        name: name.parse().map_err(|_unknown| Problem::new(Code::NotFound))?,
        group_by: optional(
            "group_by",
            selection.group_by.as_deref(),
            "round, land, network, action-field, region-category, subproject, plan-item, quarter",
        )?,
        quarter: optional("quarter", selection.quarter.as_deref(), QUARTER_EXPECTED)?,
        on: optional("on", selection.on.as_deref(), "2025-02-03")?,
    })
}

pub(super) fn answer(report: &Arc<Report>, language: Language, format: Format, bytes: Bytes) -> HttpResponse {
    if format == Format::Json {
        return HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, format.media_type()))
            .body(bytes);
    }
    let name = format!(
        "{}_{}_{}.{}",
        report.name,
        report.round,
        language.code(),
        format.as_str()
    );
    download::attachment(format.media_type(), &name, bytes)
}
