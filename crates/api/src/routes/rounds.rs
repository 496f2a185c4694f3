//! Funding rounds.

use actix_web::web::{Json, Path};
use nachweis_domain::key::RoundCode;

use super::Table;
use crate::{
    openapi::{Faults, Missing},
    problem::Problem,
    session::Session,
    views::round::{RoundSummary, RoundView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds", list);
    table.get("/api/v1/rounds/{round}", read);
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
