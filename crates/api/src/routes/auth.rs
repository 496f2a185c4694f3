//! Signing in, renewing and signing out with a local account.

use actix_web::{HttpRequest, HttpResponse, web};
use nachweis_service::SignedIn;

use super::Table;
use crate::{
    body::json::JsonBody,
    client_address,
    desk::Desk,
    openapi::Faults,
    problem::{Problem, ProblemBody},
    session::ask,
    views::sign_in::{Credentials, RefreshToken, SessionView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.post("/api/v1/auth/sign-in", sign_in);
    table.post("/api/v1/auth/refresh", refresh);
    table.post("/api/v1/auth/sign-out", sign_out);
}

/// Signs in with name and password.
#[utoipa::path(post, path = "/api/v1/auth/sign-in", tag = "auth", operation_id = "signIn", security(()),
    request_body = Credentials,
    responses(
        (status = 200, description = "Signed in.", body = SessionView),
        (status = 401, description = "Name or password is wrong.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many failed sign-ins; `Retry-After` names the seconds.", body = ProblemBody, content_type = "application/problem+json"),
        Faults))]
pub(crate) async fn sign_in(
    request: HttpRequest,
    desk: web::Data<Desk>,
    JsonBody(credentials): JsonBody<Credentials>,
) -> Result<HttpResponse, Problem> {
    let from = client_address::of(&request, &desk.trusted_proxies);
    let signed_in = ask(&desk, move |service| {
        service.sign_in(&credentials.name.0, &credentials.password.0, from)
    })
    .await?;
    session(&desk, signed_in)
}

/// Renews a session: the refresh token is good once and replaced by the next one. A token that is used twice ends the
/// session.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "auth", operation_id = "refresh", security(()),
    request_body = RefreshToken,
    responses(
        (status = 200, description = "Renewed.", body = SessionView),
        (status = 401, description = "The token is not good, or no longer.", body = ProblemBody, content_type = "application/problem+json"),
        Faults))]
pub(crate) async fn refresh(
    desk: web::Data<Desk>,
    JsonBody(token): JsonBody<RefreshToken>,
) -> Result<HttpResponse, Problem> {
    let signed_in = ask(&desk, move |service| service.renew(&token.refresh_token.0)).await?;
    session(&desk, signed_in)
}

/// Ends the session of a refresh token. Answers alike whether or not there is one.
#[utoipa::path(post, path = "/api/v1/auth/sign-out", tag = "auth", operation_id = "signOut", security(()),
    request_body = RefreshToken,
    responses((status = 204, description = "There is no such session any more."), Faults))]
pub(crate) async fn sign_out(
    desk: web::Data<Desk>,
    JsonBody(token): JsonBody<RefreshToken>,
) -> Result<HttpResponse, Problem> {
    ask(&desk, move |service| service.sign_out(&token.refresh_token.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The answer to a sign-in or a renewal.
///
/// # Errors
/// When no token can be signed.
pub(super) fn session(desk: &Desk, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let token = desk.tokens.issue(&signed_in.pass).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().json(SessionView::of(signed_in, token)))
}
