//! The headers that every answer carries, errors and files included (robustness goal 41, ASVS 3.4).

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The header with the id under which the log knows a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=63072000; includeSubDomains"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    // Everything here is data of a programme; nothing of it belongs into a cache.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Adds them to an answer.
pub(crate) fn secure(headers: &mut HeaderMap, request_id: &str) {
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.remove(header::SERVER);
}
