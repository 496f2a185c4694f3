//! The journal, for auditors.

use actix_web::web::Json;
use serde::Deserialize;

use super::Table;
use crate::{
    openapi::{Faults, Missing},
    page,
    params::{Params, optional},
    problem::Problem,
    session::Session,
    views::journal::JournalPage,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/journal", list);
}

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Selection {
    /// Only those after this position: `next` of the page before.
    #[param(value_type = Option<u64>)]
    after: Option<String>,
    /// How many at most; 100 where nothing is said, 1,000 at most.
    #[param(value_type = Option<u64>)]
    limit: Option<String>,
}

/// The journal page by page, the oldest entry first.
#[utoipa::path(get, path = "/api/v1/journal", tag = "audit", operation_id = "listJournal",
    params(Selection),
    responses((status = 200, description = "A page.", body = JournalPage), Missing, Faults))]
pub(crate) async fn list(
    session: Session,
    Params(selection): Params<Selection>,
) -> Result<Json<JournalPage>, Problem> {
    let limit = page::limit(selection.limit.as_deref())?;
    let after = optional("after", selection.after.as_deref(), "0, 1, 2 …")?.unwrap_or(0);
    let entries = session
        .ask(move |service, caller| service.journal(caller, after, limit))
        .await?;
    Ok(Json(JournalPage::of(&entries, limit)))
}
