//! Subprojects that the caller may see.

use actix_web::web::{Json, Path};
use nachweis_domain::key::{RoundCode, SubprojectNo};
use serde::Deserialize;

use super::Table;
use crate::{
    openapi::{Faults, Missing},
    page,
    params::Params,
    problem::Problem,
    session::Session,
    views::subproject::{SubprojectBody, SubprojectDetail, SubprojectPage},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/subprojects", list);
    table.get("/api/v1/subprojects/{no}", read);
}

/// Which subprojects.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// Only those of this round.
    round: Option<String>,
    /// Only those after this number: `next` of the page before.
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

/// The subprojects that the caller may see, page by page in the order of their numbers.
#[utoipa::path(get, path = "/api/v1/subprojects", tag = "programme", operation_id = "listSubprojects",
    params(Selection),
    responses((status = 200, description = "A page.", body = SubprojectPage), Missing, Faults))]
pub(crate) async fn list(
    session: Session,
    Params(selection): Params<Selection>,
) -> Result<Json<SubprojectPage>, Problem> {
    let limit = page::limit(selection.limit.as_deref())?;
    let round = selection.round.map(RoundCode::new);
    let all = session
        .ask(move |service, caller| service.subprojects(caller, round.as_ref()))
        .await?;
    let (page, rest) = page::cut(&all, limit, |subproject| {
        selection
            .after
            .as_deref()
            .is_none_or(|after| subproject.no.as_str() > after)
    });
    Ok(Json(SubprojectPage {
        next: page.last().filter(|_| rest).map(|last| last.no.to_string()),
        subprojects: page.into_iter().map(SubprojectBody::of).collect(),
        total: u64::try_from(all.len()).unwrap_or(u64::MAX),
    }))
}

/// A subproject with its plan versions and uploads.
#[utoipa::path(get, path = "/api/v1/subprojects/{no}", tag = "programme", operation_id = "readSubproject",
    params(("no" = String, Path, description = "The number people use.", example = "IQ23-NW-017")),
    responses((status = 200, description = "The subproject.", body = SubprojectDetail), Missing, Faults))]
pub(crate) async fn read(
    session: Session,
    no: Path<SubprojectNo>,
) -> Result<Json<SubprojectDetail>, Problem> {
    let view = session
        .ask(move |service, caller| service.subproject(caller, &no))
        .await?;
    Ok(Json(SubprojectDetail::of(&view)))
}
