//! Signing in with an identity at an OpenID Connect issuer.
//!
//! The issuer sends the browser back to a page of the client, which hands in here what it was given.

use actix_web::{HttpRequest, HttpResponse, web};
use nachweis_service::{HandedIn, ServiceError};

use super::{Table, auth};
use crate::{
    body::json::JsonBody,
    capacity::Share,
    client_address,
    desk::Desk,
    oidc::{Answer, Issuer},
    openapi::Faults,
    problem::{Code, Problem, ProblemBody},
    session::ask,
    views::sign_in::{BegunView, Completion, SessionView},
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.post("/api/v1/auth/oidc/{issuer}/start", start);
    table.post("/api/v1/auth/oidc/{issuer}/complete", complete);
}

/// Begins a sign-in at an issuer: where the browser goes, and a secret that completes it.
#[utoipa::path(post, path = "/api/v1/auth/oidc/{issuer}/start", tag = "auth", operation_id = "startIssuerSignIn", security(()),
    params(("issuer" = String, Path, description = "The name of the issuer in the settings.")),
    responses(
        (status = 200, description = "Begun; it waits ten minutes for being completed.", body = BegunView),
        (status = 404, description = "There is no such issuer.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many sign-ins from this address wait; `Retry-After` names the seconds.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 502, description = "The issuer does not answer as it should.", body = ProblemBody, content_type = "application/problem+json"),
        Faults))]
pub(crate) async fn start(
    request: HttpRequest,
    desk: web::Data<Desk>,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let from = client_address::of(&request, &desk.trusted_proxies);
    let (known, share) = (desk.clone(), may_ask(&desk, &name)?);
    let begun = ask(&desk, move |service| {
        let _share = share;
        let (issuer, now) = (found(&known, &name)?, service.now());
        issuer.is_there(now).map_err(ServiceError::Issuer)?;
        let begun = service.begin_issuer_sign_in(&issuer.settings.issuer, from)?;
        Ok(BegunView {
            authorization_url: issuer.address(&begun, now).map_err(ServiceError::Issuer)?,
            binding: begun.binding,
            expires_at: begun.expires_at,
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(begun))
}

/// Completes a sign-in with what the issuer gave to the browser and the secret of who began. Each is good once.
#[utoipa::path(post, path = "/api/v1/auth/oidc/{issuer}/complete", tag = "auth", operation_id = "completeIssuerSignIn", security(()),
    params(("issuer" = String, Path, description = "The name of the issuer in the settings.")),
    request_body = Completion,
    responses(
        (status = 200, description = "Signed in.", body = SessionView),
        (status = 401, description = "The sign-in was not begun here, or what the issuer gave does not hold; `code` says which.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "No usable account is linked to the identity, or it was not checked strictly enough; `code` and `detail` say which.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "There is no such issuer.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "Too many failed sign-ins; `Retry-After` names the seconds.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 502, description = "The issuer does not answer as it should.", body = ProblemBody, content_type = "application/problem+json"),
        Faults))]
pub(crate) async fn complete(
    request: HttpRequest,
    desk: web::Data<Desk>,
    name: web::Path<String>,
    JsonBody(completion): JsonBody<Completion>,
) -> Result<HttpResponse, Problem> {
    let from = client_address::of(&request, &desk.trusted_proxies);
    let (known, share) = (desk.clone(), may_ask(&desk, &name)?);
    let signed_in = ask(&desk, move |service| {
        let _share = share;
        let issuer = found(&known, &name)?;
        let handed_in = HandedIn {
            issuer: &issuer.settings.issuer,
            state: &completion.state.0,
            binding: &completion.binding.0,
            from,
        };
        let answer = Answer {
            code: &completion.code.0,
            iss: completion.iss.as_ref().map(|iss| iss.0.as_str()),
        };
        service.complete_issuer_sign_in(&handed_in, |proof, now| issuer.subject(&answer, proof, now))
    })
    .await?;
    auth::session(&desk, signed_in)
}

/// A place among the questions to issuers, for an issuer that there is. It belongs to the thread that asks: a handler ends
/// with its connection, the question goes on.
fn may_ask(desk: &Desk, name: &str) -> Result<Share, Problem> {
    if desk.issuers.find(name).is_none() {
        return Err(Problem::new(Code::IssuerUnknown));
    }
    desk.asking.take(1).ok_or_else(|| Problem::new(Code::Busy))
}

fn found<'a>(desk: &'a Desk, name: &str) -> Result<&'a Issuer, ServiceError> {
    desk.issuers.find(name).ok_or(ServiceError::Hidden)
}
