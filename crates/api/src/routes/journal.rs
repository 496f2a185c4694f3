//! The journal, for auditors.

use actix_web::web::Json;
use serde::Deserialize;

use super::Table;
use crate::{
    openapi::{Faults, Missing},
    page,
    params::{Params, missing, optional},
    problem::{Problem, ProblemBody},
    session::Session,
    views::journal::{ConsistencyView, HeadView, JournalPage},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/journal", list);
    table.get("/api/v1/journal/head", head);
    table.get("/api/v1/journal/consistency", consistency);
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

/// What the journal comes down to now: position, time, link and root.
#[utoipa::path(get, path = "/api/v1/journal/head", tag = "audit", operation_id = "journalHead",
    responses(
        (status = 200, description = "The head.", body = HeadView),
        (status = 422, description = "The journal does not fit together; `detail` says from where on.", body = ProblemBody, content_type = "application/problem+json"),
        Missing, Faults))]
pub(crate) async fn head(session: Session) -> Result<Json<HeadView>, Problem> {
    let head = session.ask(nachweis_service::Service::head).await?;
    Ok(Json(head.into()))
}

/// Between which positions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Positions {
    /// The earlier position, from 1.
    #[param(value_type = u64, required = true)]
    from: Option<String>,
    /// The later position; that of now where nothing is said.
    #[param(value_type = Option<u64>)]
    to: Option<String>,
}

/// The proof that the journal up to one position grew into the journal up to a later one, for whoever kept both heads.
#[utoipa::path(get, path = "/api/v1/journal/consistency", tag = "audit", operation_id = "journalConsistency",
    params(Positions),
    responses(
        (status = 200, description = "The proof.", body = ConsistencyView),
        (status = 422, description = "The journal has no such positions, or does not fit together.", body = ProblemBody, content_type = "application/problem+json"),
        Missing, Faults))]
pub(crate) async fn consistency(
    session: Session,
    Params(positions): Params<Positions>,
) -> Result<Json<ConsistencyView>, Problem> {
    let from: Option<u64> = optional("from", positions.from.as_deref(), "1, 2, 3 …")?;
    let from = from.ok_or_else(|| missing("from", "from=1"))?;
    let to: Option<u64> = optional("to", positions.to.as_deref(), "1, 2, 3 …")?;
    let proof = session
        .ask(move |service, caller| {
            let to = match to {
                Some(to) => to,
                None => service.head(caller)?.position,
            };
            service.consistency(caller, from, to)
        })
        .await?;
    Ok(Json(proof.into()))
}
