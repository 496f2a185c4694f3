//! Problems as RFC 9457 `application/problem+json`, in the caller's language.
//!
//! A handler returns a [`Problem`] without knowing language or request; [`crate::edge`] renders it once. Answers from
//! 500 on carry a code and the request's id, nothing else; the cause goes to the log.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use nachweis_domain::language::{Language, Text};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

mod code;
mod service;
mod title;

pub(crate) use code::Code;
pub(crate) use service::chain;

use crate::views::finding::BareFindingView;

/// The media type of problems.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";
/// The seconds after which a busy service may be asked again.
const RETRY_AFTER_S: u32 = 5;

/// A problem on its way to the edge. Boxed, so that good answers stay small.
#[derive(Debug)]
pub(crate) struct Problem(Box<Content>);

#[derive(Debug)]
struct Content {
    status: StatusCode,
    code: &'static str,
    detail: Text,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Where it is wrong, for a workbook that must not be kept.
    findings: Vec<BareFindingView>,
    /// Submissions that stand in the way: of accepting many, of closing a quarter.
    prevented: Vec<Prevented>,
    /// Whether its wording is for the caller although the status is one of a fault of ours.
    told: bool,
    /// For the log only.
    cause: Option<String>,
}

/// A submission that stands in the way of accepting many or of closing a quarter.
#[derive(Debug)]
pub(crate) struct Prevented {
    /// The submission.
    pub(crate) id: Uuid,
    /// The stable code of the reason.
    pub(crate) code: &'static str,
    /// What is there, and who can help.
    pub(crate) detail: Text,
}

/// A submission that stands in the way, as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Prevented)]
pub(crate) struct PreventedBody<'a> {
    /// The id of the submission.
    id: Uuid,
    /// The stable code of the reason.
    #[schema(example = "not-endorsed")]
    code: &'a str,
    /// What is there and who can help, in the caller's language.
    detail: &'a str,
}

/// A problem as it is sent (RFC 9457). Of a fault of the service only `code` and `request_id` are there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody<'a> {
    /// The status in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// The status of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The stable code: words in small letters with hyphens, or the number of a refused file or finding (`FILE-10`, `TPL-15`).
    #[schema(example = "not-found")]
    code: &'a str,
    /// What is wrong and what to do, in the caller's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// Where a workbook was refused that must not be kept, without any of its values.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    findings: &'a [BareFindingView],
    /// Submissions that stand in the way of accepting many or of closing a quarter, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prevented: Vec<PreventedBody<'a>>,
    /// The id under which the log has the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

impl Prevented {
    fn told(&self, language: Language) -> PreventedBody<'_> {
        PreventedBody {
            id: self.id,
            code: self.code,
            detail: self.detail.get(language),
        }
    }
}

impl Problem {
    /// A problem with the wording of its code.
    pub(crate) fn new(code: Code) -> Self {
        Self::with_detail(code, code.text())
    }

    /// A problem with a more exact wording.
    pub(crate) fn with_detail(code: Code, detail: Text) -> Self {
        Self::worded(code.status(), code.as_str(), detail).with_usual_headers(code)
    }

    /// A problem of the service, with its own code and wording.
    pub(crate) fn worded(status: StatusCode, code: &'static str, detail: Text) -> Self {
        Self(Box::new(Content {
            status,
            code,
            detail,
            headers: Vec::new(),
            findings: Vec::new(),
            prevented: Vec::new(),
            told: false,
            cause: None,
        }))
    }

    /// A fault of ours; the cause is logged and not sent.
    pub(crate) fn internal(cause: impl fmt::Display) -> Self {
        let mut problem = Self::new(Code::Internal);
        problem.0.cause = Some(cause.to_string());
        problem
    }

    /// The problem that a bare status stands for, where the framework answered by itself.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => Code::RouteUnknown,
            StatusCode::METHOD_NOT_ALLOWED => Code::MethodUnknown,
            StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
            StatusCode::REQUEST_TIMEOUT => Code::BodySlow,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::BodyTypeUnknown,
            StatusCode::NOT_ACCEPTABLE => Code::FormatUnavailable,
            status if status.is_server_error() => Code::Internal,
            _ => Code::RequestUnreadable,
        };
        Self::new(code)
    }

    /// The same problem with a header of its own.
    #[must_use]
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The same problem, told to the caller in words whatever its status.
    #[must_use]
    pub(crate) fn told(mut self) -> Self {
        self.0.told = true;
        self
    }

    /// The same problem with what only the log is told.
    #[must_use]
    pub(crate) fn with_cause(mut self, cause: String) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// Nothing can be kept at the moment.
    pub(crate) fn storage_full(cause: String) -> Self {
        let mut problem = Self::new(Code::StorageFull);
        problem.0.cause = Some(cause);
        problem
    }

    /// The same problem with the places at which a workbook was refused.
    #[must_use]
    pub(crate) fn with_findings(mut self, findings: Vec<BareFindingView>) -> Self {
        self.0.findings = findings;
        self
    }

    /// The same problem with the submissions that stand in the way.
    #[must_use]
    pub(crate) fn with_prevented(mut self, prevented: Vec<Prevented>) -> Self {
        self.0.prevented = prevented;
        self
    }

    /// The same fault as a sign that the service cannot work at the moment.
    #[must_use]
    pub(crate) fn into_unavailable(self) -> Self {
        let mut busy = Self::new(Code::Busy);
        busy.0.cause = self.0.cause;
        busy
    }

    /// What the log is told beyond status and code.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }

    /// The answer in a language.
    pub(crate) fn render(&self, language: Language, request_id: &str) -> HttpResponse {
        let content = &self.0;
        let ours = content.status.is_server_error() && !content.told;
        let told = |text| (!ours).then_some(text);
        let body = ProblemBody {
            title: told(title::title(content.status, language)),
            status: (!ours).then_some(content.status.as_u16()),
            code: content.code,
            detail: told(content.detail.get(language)),
            findings: if ours { &[] } else { &content.findings },
            prevented: if ours {
                Vec::new()
            } else {
                content.prevented.iter().map(|one| one.told(language)).collect()
            },
            request_id: ours.then_some(request_id),
        };
        let mut response = HttpResponse::build(content.status);
        response.insert_header((header::CONTENT_TYPE, PROBLEM_JSON));
        if !ours {
            response.insert_header((header::CONTENT_LANGUAGE, language.code()));
        }
        for (name, value) in &content.headers {
            response.insert_header((name.clone(), value.clone()));
        }
        response.body(serde_json::to_vec(&body).unwrap_or_default())
    }

    fn with_usual_headers(self, code: Code) -> Self {
        match code {
            Code::Busy | Code::IdempotencyRunning | Code::UploadsAtOnce => {
                self.with_header(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S))
            }
            Code::SignInNeeded => {
                self.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            Code::TokenInvalid => self.with_header(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer error=\"invalid_token\""),
            ),
            _ => self,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.0.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    /// Only a placeholder: the edge renders the problem once it knows language and request.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.0.status)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;

    use super::*;

    fn sent(problem: &Problem, language: Language) -> serde_json::Value {
        let response = problem.render(language, "the-id");
        assert_eq!(
            response.headers().get(header::CONTENT_TYPE).unwrap(),
            PROBLEM_JSON
        );
        let bytes = response.into_body().try_into_bytes().unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn a_problem_of_the_caller_is_told_in_their_language() {
        let body = sent(&Problem::new(Code::NotFound), Language::De);
        assert_eq!(body["title"], "Nicht gefunden");
        assert_eq!(body["status"], 404);
        assert_eq!(body["code"], "not-found");
        assert!(body.get("request_id").is_none());
        assert_eq!(
            sent(&Problem::new(Code::NotFound), Language::En)["title"],
            "Not found"
        );
    }

    #[test]
    fn a_fault_of_ours_tells_code_and_request_id_only() {
        let body = sent(&Problem::internal("disk on fire in /var/lib"), Language::De);
        assert_eq!(
            body,
            serde_json::json!({"code": "internal", "request_id": "the-id"})
        );
    }

    #[test]
    fn a_busy_service_says_when_to_come_back() {
        let response = Problem::new(Code::Busy).render(Language::De, "the-id");
        assert_eq!(response.headers().get(header::RETRY_AFTER).unwrap(), "5");
    }
}
