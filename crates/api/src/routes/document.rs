//! The description of the interface.

use actix_web::{HttpResponse, http::header, web};

use super::Table;

/// The OpenAPI document as bytes, rendered once at start.
pub(crate) struct Document(pub(crate) web::Bytes);

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/openapi.json", read);
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "operation", operation_id = "openapi", security(()),
    responses((status = 200, description = "The OpenAPI document.", content_type = "application/json", body = Object)))]
pub(crate) async fn read(document: web::Data<Document>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(document.0.clone())
}
