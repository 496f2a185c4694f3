//! What the service refuses, as problems: its class chooses the status, its code and wording stay.

use actix_web::http::{
    StatusCode,
    header::{self, HeaderValue},
};
use nachweis_domain::{
    language::{Language, Text},
    record::UploadId,
};
use nachweis_service::{Conflict, ErrorClass, IssuerFailure, OpenSubmission, ServiceError, SignInFailure};

use super::{Code, Prevented, Problem};
use crate::views::finding::BareFindingView;

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error.class() {
            ErrorClass::NotFound => return Self::new(Code::NotFound),
            ErrorClass::Busy => return Self::new(Code::Busy).with_cause(chain(&error)),
            ErrorClass::Internal => return Self::internal(chain(&error)),
            ErrorClass::StorageFull => return Self::storage_full(chain(&error)),
            _ => {}
        }
        let status = status_of(error.class());
        let detail = Text::new(error.text(Language::De), error.text(Language::En));
        let problem = Self::worded(status, error.code(), detail);
        // RFC 9110, 11.6.1: each 401 names how to authenticate.
        let problem = if status == StatusCode::UNAUTHORIZED {
            problem.with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
        } else {
            problem
        };
        match error {
            ServiceError::SignIn(SignInFailure::TooMany { retry_after_s })
            | ServiceError::TooManyUploads { retry_after_s } => {
                problem.with_header(header::RETRY_AFTER, HeaderValue::from(retry_after_s))
            }
            ServiceError::SubprojectFull => problem.told(),
            ServiceError::Issuer(IssuerFailure::Unavailable { reason }) => problem.told().with_cause(reason),
            ServiceError::Issuer(IssuerFailure::Unproven { reason }) => problem.with_cause(reason.to_owned()),
            ServiceError::PersonalData { findings } => {
                problem.with_findings(findings.iter().map(BareFindingView::of).collect())
            }
            ServiceError::Prevented(prevented) => {
                problem.with_prevented(prevented.into_iter().map(Prevented::from).collect())
            }
            ServiceError::Store(nachweis_service::StoreError::Conflict(Conflict::Undecided {
                submissions,
            })) => {
                let code = problem.code();
                let told = submissions.iter().map(|open| undecided(open, code));
                problem.with_prevented(told.collect())
            }
            _ => problem,
        }
    }
}

/// A submission that stands for decision and so keeps its quarter from being closed.
fn undecided(open: &OpenSubmission, code: &'static str) -> Prevented {
    Prevented {
        id: open.id.0,
        code,
        detail: Text::new(open.text(Language::De), open.text(Language::En)),
    }
}

/// The status of a class of refusals.
pub(super) const fn status_of(class: ErrorClass) -> StatusCode {
    match class {
        ErrorClass::NotFound => Code::NotFound.status(),
        ErrorClass::Busy => Code::Busy.status(),
        ErrorClass::Internal => Code::Internal.status(),
        ErrorClass::StorageFull => Code::StorageFull.status(),
        ErrorClass::Forbidden => StatusCode::FORBIDDEN,
        ErrorClass::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorClass::Conflict => StatusCode::CONFLICT,
        ErrorClass::Gone => StatusCode::GONE,
        ErrorClass::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorClass::Malformed => StatusCode::BAD_REQUEST,
        ErrorClass::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorClass::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorClass::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorClass::Upstream => StatusCode::BAD_GATEWAY,
        ErrorClass::OverQuota => StatusCode::INSUFFICIENT_STORAGE,
    }
}

impl From<(UploadId, ServiceError)> for Prevented {
    fn from((id, error): (UploadId, ServiceError)) -> Self {
        Self {
            id: id.0,
            code: error.code(),
            detail: Text::new(error.text(Language::De), error.text(Language::En)),
        }
    }
}

/// An error with all its causes in one line, for the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(": ");
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;
    use nachweis_domain::{
        access::{Act, Reason},
        life::Turn,
        record::UploadState,
    };

    use super::*;

    #[test]
    fn each_class_of_refusal_has_its_status() {
        let state = ServiceError::State {
            found: UploadState::Blocked,
            turn: Turn::Lead,
            act: Act::Submit,
        };
        let invalid = ServiceError::Invalid {
            code: "comment-missing",
            text: Text::new("Bitte begründen.", "Please give a reason."),
        };
        let unreachable = nachweis_service::StoreError::Unreachable {
            place: "postgres://h/d".into(),
            reason: "no connection to the server".into(),
        };
        for (error, status, code) in [
            (ServiceError::Hidden, 404, "not-found"),
            (ServiceError::Forbidden(Reason::Role), 403, "forbidden"),
            (
                ServiceError::Forbidden(Reason::OwnSubmission),
                403,
                "own-submission",
            ),
            (state, 409, "state"),
            (invalid, 422, "comment-missing"),
            (ServiceError::Busy, 503, "busy"),
            (unreachable.into(), 503, "busy"),
            (
                ServiceError::Store(nachweis_service::StoreError::Full),
                507,
                "storage-full",
            ),
            (
                ServiceError::Store(nachweis_service::StoreError::ReadOnly),
                507,
                "storage-full",
            ),
            (
                ServiceError::Store(nachweis_service::StoreError::Erased {
                    at: chrono::DateTime::UNIX_EPOCH,
                }),
                410,
                "original-erased",
            ),
            (
                ServiceError::SignIn(SignInFailure::Credentials),
                401,
                "credentials",
            ),
            (
                ServiceError::SignIn(SignInFailure::TooMany { retry_after_s: 60 }),
                429,
                "too-many-sign-ins",
            ),
        ] {
            let problem = Problem::from(error);
            assert_eq!((problem.status_code().as_u16(), problem.code()), (status, code));
        }
    }

    #[test]
    fn each_401_names_how_to_authenticate() {
        let unproven = IssuerFailure::Unproven { reason: "nonce" };
        for error in [
            ServiceError::SignIn(SignInFailure::Credentials),
            ServiceError::SignIn(SignInFailure::Session),
            ServiceError::Issuer(IssuerFailure::NotBegun),
            ServiceError::Issuer(IssuerFailure::CodeRefused),
            ServiceError::Issuer(unproven),
        ] {
            let told = format!("{error:?}");
            let answer = Problem::from(error).render(Language::En, "the-id");
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{told}");
            let named = answer.headers().get(header::WWW_AUTHENTICATE).unwrap();
            assert_eq!(named, "Bearer", "{told}");
        }
    }

    #[test]
    fn a_missing_thing_and_a_hidden_one_are_told_alike() {
        let hidden = Problem::from(ServiceError::Hidden);
        let missing = Problem::new(Code::NotFound);
        assert_eq!(hidden.to_string(), missing.to_string());
        assert_eq!(hidden.0.detail, missing.0.detail);
    }
}
