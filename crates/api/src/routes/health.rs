//! Whether the service lives, and whether it can work.

use actix_web::{HttpResponse, web};

use super::Table;
use crate::{desk::Desk, problem::Problem, session::ask};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/healthz", alive);
    table.get("/readyz", ready);
}

/// Whether the process answers. Asks nothing else, so that a busy database does not end a living service.
#[utoipa::path(get, path = "/healthz", tag = "operation", operation_id = "healthz", security(()),
    responses((status = 204, description = "The service lives.")))]
pub(crate) async fn alive() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// Whether the database can be reached.
#[utoipa::path(get, path = "/readyz", tag = "operation", operation_id = "readyz", security(()),
    responses((status = 204, description = "The service can work."), crate::openapi::Faults))]
pub(crate) async fn ready(desk: web::Data<Desk>) -> Result<HttpResponse, Problem> {
    ask(&desk, nachweis_service::Service::ping)
        .await
        .map_err(Problem::into_unavailable)?;
    Ok(HttpResponse::NoContent().finish())
}
