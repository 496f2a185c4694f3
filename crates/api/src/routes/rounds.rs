//! Funding rounds, and what their rules would hit.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Json, Path},
};
use nachweis_domain::key::RoundCode;
use nachweis_service::{EffectRequest, Looking, Revisions, ServiceError};
use serde::Deserialize;

use super::Table;
use crate::{
    negotiation::{Format, Wanted},
    openapi::{Faults, Missing, Unfit},
    params::{Params, one_of, optional, past_moment},
    problem::Problem,
    session::Session,
    views::{
        report::ReportView,
        round::{RoundSummary, RoundView},
    },
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds", list);
    table.get("/api/v1/rounds/{round}", read);
    table.get("/api/v1/rounds/{round}/rules/effect", effect);
}

/// The funding rounds.
#[utoipa::path(get, path = "/api/v1/rounds", tag = "programme", operation_id = "listRounds",
    responses((status = 200, description = "The rounds in the order of their codes.", body = [RoundSummary]), Missing, Faults))]
pub(crate) async fn list(session: Session) -> Result<Json<Vec<RoundSummary>>, Problem> {
    let rounds = session
        .ask(|service, caller| Ok(service.rounds(caller)?.iter().map(RoundSummary::of).collect()))
        .await?;
    Ok(Json(rounds))
}

/// A funding round with the lists that its workbook and reports use.
#[utoipa::path(get, path = "/api/v1/rounds/{round}", tag = "programme", operation_id = "readRound",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025")),
    responses((status = 200, description = "The round.", body = RoundView), Missing, Faults))]
pub(crate) async fn read(session: Session, round: Path<RoundCode>) -> Result<Json<RoundView>, Problem> {
    let round = session
        .ask(move |service, caller| Ok(RoundView::of(&service.round(caller, &round)?)))
        .await?;
    Ok(Json(round))
}

/// Over what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Trial {
    /// `all`: every revision whose original is not erased, and apart from it what is hit among those that `standing` names.
    /// `standing`: for each subproject and quarter the accepted revision, or else the submitted one, or else the newest, and
    /// no other one. `all` where nothing is said.
    #[param(example = "standing")]
    revisions: Option<String>,
    /// `true` reads all originals again, also where the stored figures say all that the rules look at.
    #[param(example = "true")]
    originals: Option<String>,
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

impl Trial {
    fn request(&self) -> Result<EffectRequest, Problem> {
        let asked = self.revisions.as_deref();
        let revisions = one_of("revisions", asked, &Revisions::ALL, Revisions::as_str)?;
        let originals = optional("originals", self.originals.as_deref(), "true, false")?;
        Ok(EffectRequest {
            proposed: None,
            revisions: revisions.unwrap_or_default(),
            looking: if originals.unwrap_or(false) {
                Looking::AtOriginals
            } else {
                Looking::WhereNeeded
            },
            until: past_moment(self.as_of.as_deref())?,
        })
    }
}

/// What the rules of a round in shadow would hit: all stored originals judged anew with them switched on. Nothing changes.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/rules/effect", tag = "programme", operation_id = "readRuleEffect",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Trial),
    responses(
        (status = 200, description = "The report.", content(
            (ReportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Missing, Unfit, Faults))]
pub(crate) async fn effect(
    session: Session,
    request: HttpRequest,
    round: Path<RoundCode>,
    Params(trial): Params<Trial>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let format = Format::wanted(&request, trial.format.as_deref())?;
    let wanted = trial.request()?;
    let exports = session.desk().exports.clone();
    let report = session
        .ask(move |service, caller| {
            service.may_read_rule_effect(caller)?;
            // As heavy as an export, it takes its turn like one.
            let _share = exports.take(1).ok_or(ServiceError::Busy)?;
            service.rule_effect(caller, &round, &wanted)
        })
        .await?;
    let report = Arc::new(report);
    let bytes = session.rendered_once(&report, language, format).await?;
    Ok(super::reports::answer(&report, language, format, bytes))
}
