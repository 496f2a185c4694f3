//! Who calls: the bearer token of a request, and the one way from a handler to a use case.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web, web::Bytes};
use nachweis_domain::{access::Caller, language::Language};
use nachweis_service::{Pass, Report, Service, ServiceError, render};

use crate::{
    desk::Desk,
    edge::Known,
    negotiation::Format,
    problem::{Code, Problem, chain},
};

/// A signed-in caller. Extracting it answers 401 where no good token stands.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    desk: web::Data<Desk>,
    pass: Pass,
}

impl Session {
    /// What all requests share.
    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What the access token names.
    pub(crate) const fn pass(&self) -> Pass {
        self.pass
    }

    /// Runs one use case on a thread that may wait. Session and grants are read anew, so that changes act at once.
    ///
    /// # Errors
    /// What the service refuses; 401 when the account was disabled or its session ended.
    pub(crate) async fn ask<T, U>(&self, use_case: U) -> Result<T, Problem>
    where
        T: Send + 'static,
        U: FnOnce(&Service, &Caller) -> Result<T, ServiceError> + Send + 'static,
    {
        let pass = self.pass;
        ask(&self.desk, move |service| {
            let caller = service.caller(&pass)?;
            use_case(service, &caller)
        })
        .await
    }

    /// Runs what is done for this caller in any case, without asking for the session again.
    ///
    /// # Errors
    /// What the service refuses.
    pub(crate) async fn serve<T, U>(&self, use_case: U) -> Result<T, Problem>
    where
        T: Send + 'static,
        U: FnOnce(&Service) -> Result<T, ServiceError> + Send + 'static,
    {
        ask(&self.desk, use_case).await
    }

    /// The bytes of a report that the service hands out again as it is, rendered once for each form and language.
    ///
    /// # Errors
    /// When the report cannot be rendered.
    pub(crate) async fn rendered(
        &self,
        report: &Arc<Report>,
        language: Language,
        format: Format,
    ) -> Result<Bytes, Problem> {
        // JSON holds both languages.
        let language = if format == Format::Json {
            Language::De
        } else {
            language
        };
        if let Some(bytes) = self.desk.rendered.find(report, language, format) {
            return Ok(bytes);
        }
        let bytes = self.rendered_once(report, language, format).await?;
        self.desk.rendered.keep(report, language, format, &bytes);
        Ok(bytes)
    }

    /// The bytes of a report that was made for this answer alone: they are not kept.
    ///
    /// # Errors
    /// When the report cannot be rendered.
    pub(crate) async fn rendered_once(
        &self,
        report: &Arc<Report>,
        language: Language,
        format: Format,
    ) -> Result<Bytes, Problem> {
        let source = Arc::clone(report);
        web::block(move || render(&source, language, format))
            .await
            .map_err(|_blocking| Problem::internal("rendering panicked"))?
    }
}

fn render(report: &Report, language: Language, format: Format) -> Result<Bytes, Problem> {
    Ok(Bytes::from(match format {
        Format::Json => render::json(report),
        Format::Csv => render::csv(report, language),
        Format::Xlsx => render::xlsx(report, language).map_err(|error| Problem::internal(chain(&error)))?,
    }))
}

/// Runs one use case that needs no caller: sign-in, readiness.
///
/// # Errors
/// What the service refuses; 500 when the use case panicked.
pub(crate) async fn ask<T, U>(desk: &web::Data<Desk>, use_case: U) -> Result<T, Problem>
where
    T: Send + 'static,
    U: FnOnce(&Service) -> Result<T, ServiceError> + Send + 'static,
{
    let desk = desk.clone();
    web::block(move || use_case(&desk.service))
        .await
        .map_err(|_blocking| Problem::internal("a use case panicked"))?
        .map_err(Problem::from)
}

impl FromRequest for Session {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request))
    }
}

/// Who calls with the token of a request; whether its session runs is asked with the use case.
///
/// # Errors
/// 401 without a good token.
pub(crate) fn signed_in(request: &HttpRequest) -> Result<Session, Problem> {
    let desk = request
        .app_data::<web::Data<Desk>>()
        .ok_or_else(|| Problem::internal("the application has no desk"))?
        .clone();
    let token = bearer(request).ok_or_else(|| Problem::new(Code::SignInNeeded))?;
    let pass = desk.tokens.verify(token).map_err(|error| {
        tracing::warn!(reason = %error, "an access token was refused");
        Problem::new(Code::TokenInvalid)
    })?;
    request.extensions_mut().insert(Known(pass.user));
    Ok(Session { desk, pass })
}

/// The token of `Authorization: Bearer …`; none when the header stands there twice.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let only = headers.next()?;
    if headers.next().is_some() {
        return None;
    }
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_one_bearer_header_is_taken() {
        for (headers, token) in [
            (vec![], None),
            (vec!["Bearer abc"], Some("abc")),
            (vec!["bearer abc"], Some("abc")),
            (vec!["Basic abc"], None),
            (vec!["Bearer"], None),
            (vec!["Bearer abc", "Bearer def"], None),
        ] {
            let request = headers.iter().fold(TestRequest::get(), |request, value| {
                request.append_header((header::AUTHORIZATION, *value))
            });
            assert_eq!(bearer(&request.to_http_request()), token, "{headers:?}");
        }
    }
}
