//! What happens around every handler: an id, a last resort for panics, problems in the caller's language, the headers,
//! one line in the log.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
    middleware::Next,
};
use futures_util::FutureExt;
use nachweis_domain::{language::Language, limits, record::UserId};
use uuid::Uuid;

use crate::{
    headers,
    idempotency::Rendered,
    negotiation::problem_language,
    params,
    patience::Connection,
    problem::{Code, Problem},
};

/// Who called, put into the request by the session for the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known(pub(crate) UserId);

/// The middleware around the whole application.
pub(crate) async fn around<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let visit = Visit::begin(&request);
    let connection = request.conn_data::<Connection>().cloned();
    if let Some(connection) = &connection {
        connection.works();
    }
    let answer = answered(&visit, request, next).await;
    let Some(connection) = connection else {
        return answer;
    };
    match answer {
        Ok(response) => Ok(response.map_body(|_head, body| connection.sends(body))),
        Err(error) => {
            connection.waits();
            Err(error)
        }
    }
}

async fn answered<B: MessageBody + 'static>(
    visit: &Visit,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Some(code) = unfit(&request) {
        let (http, _payload) = request.into_parts();
        return Ok(visit.end(ServiceResponse::from_err(Problem::new(code), http)));
    }
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => Ok(visit.end(response.map_into_boxed_body())),
        Ok(Err(error)) => Err(visit.last_resort(&error.to_string())),
        Err(_panic) => Err(visit.last_resort("a handler panicked")),
    }
}

/// What is wrong with the head of a request before anything looks at its meaning.
fn unfit(request: &ServiceRequest) -> Option<Code> {
    let query = request.query_string();
    let head_bytes: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if head_bytes > limits::HEADERS.size() {
        Some(Code::HeadTooLarge)
    } else if query.len() > limits::QUERY.size() {
        Some(Code::QueryTooLong)
    } else if params::has_control_characters(request.path()) || params::has_control_characters(query) {
        Some(Code::PathUnfitting)
    } else {
        None
    }
}

/// One request on its way through.
struct Visit {
    id: String,
    began: Instant,
    language: Language,
    method: String,
}

impl Visit {
    fn begin(request: &ServiceRequest) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            began: Instant::now(),
            language: problem_language(request.request()),
            method: request.method().to_string(),
        }
    }

    /// Renders problems, adds the headers, writes the line of the log.
    fn end(&self, response: ServiceResponse) -> ServiceResponse {
        let mut response = self.with_problem_rendered(response);
        headers::secure(response.headers_mut(), &self.id);
        self.log(&response);
        response
    }

    fn with_problem_rendered(&self, response: ServiceResponse) -> ServiceResponse {
        let status = response.status();
        let rendered = response.response().extensions().get::<Rendered>().is_some();
        if rendered || !(status.is_client_error() || status.is_server_error()) {
            return response;
        }
        let error = response.response().error();
        let rendered = match error.and_then(|error| error.as_error::<Problem>()) {
            Some(problem) => {
                self.log_cause(problem);
                problem.render(self.language, &self.id)
            }
            None => Problem::of_status(status).render(self.language, &self.id),
        };
        let (http, _replaced) = response.into_parts();
        ServiceResponse::new(http, rendered)
    }

    fn log_cause(&self, problem: &Problem) {
        if let Some(cause) = problem.cause() {
            tracing::error!(request_id = %self.id, code = problem.code(), cause, "request failed");
        }
    }

    fn log(&self, response: &ServiceResponse) {
        let http = response.request();
        let user = http.extensions().get::<Known>().map(|known| known.0.to_string());
        // The pattern, not the address: no values of callers, nothing to inject into the log.
        let route = http.match_pattern().unwrap_or_default();
        tracing::info!(
            request_id = %self.id,
            method = %self.method,
            route,
            status = response.status().as_u16(),
            duration_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            user,
            "request"
        );
    }

    fn last_resort(&self, cause: &str) -> Error {
        tracing::error!(request_id = %self.id, cause, "request failed at the last resort");
        LastResort {
            request_id: self.id.clone(),
        }
        .into()
    }
}

/// The answer when nothing else could answer. Renders itself: nothing stands behind it.
#[derive(Debug, thiserror::Error)]
#[error("the request failed")]
struct LastResort {
    request_id: String,
}

impl ResponseError for LastResort {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = Problem::new(Code::Internal).render(Language::De, &self.request_id);
        headers::secure(response.headers_mut(), &self.request_id);
        response
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, http::header, middleware::from_fn, test, web};

    use super::*;

    async fn broken() -> HttpResponse {
        panic!("a secret of the stack")
    }

    async fn failing() -> Result<HttpResponse, Problem> {
        Err(Problem::internal("a secret of the database"))
    }

    #[actix_web::test]
    async fn a_panic_of_a_handler_is_answered_with_code_and_request_id_only() {
        let app =
            test::init_service(App::new().route("/", web::get().to(broken)).wrap(from_fn(around))).await;
        let error = test::try_call_service(&app, test::TestRequest::get().to_request())
            .await
            .unwrap_err();
        told_nothing(error.error_response()).await;
    }

    #[actix_web::test]
    async fn a_fault_is_answered_with_code_and_request_id_only() {
        let app = test::init_service(
            App::new()
                .route("/", web::get().to(failing))
                .wrap(from_fn(around)),
        )
        .await;
        let response = test::call_service(&app, test::TestRequest::get().to_request()).await;
        told_nothing(response.into_parts().1.map_into_boxed_body()).await;
    }

    async fn told_nothing(response: HttpResponse) {
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = response
            .headers()
            .get(headers::REQUEST_ID)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let bytes = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(body, serde_json::json!({ "code": "internal", "request_id": id }));
    }
}
