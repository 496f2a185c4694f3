//! The uploads of a round, page by page.

use actix_web::web::{Json, Path};
use nachweis_domain::{key::RoundCode, life::Turn, record::UploadState};
use nachweis_service::UploadFilter;
use serde::Deserialize;

use super::Table;
use crate::{
    openapi::{Faults, Missing},
    page,
    params::{Params, QUARTER_EXPECTED, one_of, optional},
    problem::Problem,
    session::Session,
    views::listed_upload::{Mark, UploadPage},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/rounds/{round}/uploads", list);
}

/// Which uploads.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// Only those of this quarter.
    #[param(example = "2024-Q3")]
    quarter: Option<String>,
    /// Only those in this state: `blocked`, `checked`, `submitted`, `endorsed`, `accepted`, `returned` or `superseded`.
    #[param(example = "submitted")]
    state: Option<String>,
    /// Only those with which it is this turn: `lead`, `coordinator`, `manager`, `nobody` or `closed`.
    #[param(example = "manager")]
    turn: Option<String>,
    /// `true`: only those without blocking findings and warnings, or with waived ones only; `false`: only the others.
    #[param(value_type = Option<bool>)]
    clean: Option<String>,
    /// Only those after this place: `next` of the page before.
    #[param(example = "IQ23-NW-017/2024-Q3/2")]
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

impl Selection {
    fn filter(&self) -> Result<UploadFilter, Problem> {
        Ok(UploadFilter {
            quarter: optional("quarter", self.quarter.as_deref(), QUARTER_EXPECTED)?,
            state: one_of(
                "state",
                self.state.as_deref(),
                &UploadState::ALL,
                UploadState::as_str,
            )?,
            turn: one_of("turn", self.turn.as_deref(), &Turn::ALL, Turn::as_str)?,
            clean: optional("clean", self.clean.as_deref(), "true, false")?,
        })
    }
}

/// The uploads of a round that the caller may read, page by page in the order of subproject, quarter and revision. The clean
/// submissions that wait for a manager are those with `turn=manager&clean=true`.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/uploads", tag = "uploads", operation_id = "listUploads",
    params(("round" = String, Path, description = "The code of the round.", example = "2023-2025"), Selection),
    responses((status = 200, description = "A page.", body = UploadPage), Missing, Faults))]
pub(crate) async fn list(
    session: Session,
    round: Path<RoundCode>,
    Params(selection): Params<Selection>,
) -> Result<Json<UploadPage>, Problem> {
    let filter = selection.filter()?;
    let after: Option<Mark> = optional("after", selection.after.as_deref(), "IQ23-NW-017/2024-Q3/2")?;
    let limit = page::limit(selection.limit.as_deref())?;
    let all = session
        .ask(move |service, caller| service.uploads_of_round(caller, &round, &filter))
        .await?;
    let (page, rest) = page::cut(&all, limit, |listed| {
        after.as_ref().is_none_or(|after| Mark::of(listed) > *after)
    });
    Ok(Json(UploadPage::of(&page, rest, all.len())))
}
