//! Bodies of requests: bounded in size, in time, and in the memory that all of them take together.

use std::time::Duration;

use actix_web::{
    HttpRequest,
    dev::Payload,
    error::PayloadError,
    http::header::{self, HeaderName},
    rt::time::timeout,
};
use futures_util::StreamExt;
use nachweis_domain::language::{Language, Text};

use crate::problem::{Code, Problem};

pub(crate) mod json;
pub(crate) mod workbook;

/// Reads a whole body.
///
/// # Errors
/// 413 above the limit (before reading when the length is declared), 408 when it takes too long, 400 when it breaks
/// off, 415 when it is compressed.
async fn collect(
    request: &HttpRequest,
    payload: Payload,
    limit_bytes: usize,
    within: Duration,
) -> Result<Vec<u8>, Problem> {
    refuse_encoding(request)?;
    refuse_declared(request, limit_bytes)?;
    timeout(within, gather(payload, limit_bytes))
        .await
        .map_err(|_elapsed| Problem::new(Code::BodySlow))?
}

async fn gather(mut payload: Payload, limit_bytes: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| broken(&error))?;
        if bytes.len().saturating_add(chunk.len()) > limit_bytes {
            return Err(too_large(limit_bytes));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The length that the request declares.
fn declared(request: &HttpRequest) -> Option<usize> {
    text_of(request, &header::CONTENT_LENGTH).and_then(|length| length.parse().ok())
}

fn refuse_declared(request: &HttpRequest, limit_bytes: usize) -> Result<(), Problem> {
    match declared(request) {
        Some(length) if length > limit_bytes => Err(too_large(limit_bytes)),
        _ => Ok(()),
    }
}

/// Compressed bodies are not taken: they would have to be unpacked before their size is known.
fn refuse_encoding(request: &HttpRequest) -> Result<(), Problem> {
    match text_of(request, &header::CONTENT_ENCODING) {
        None | Some("identity") => Ok(()),
        Some(_) => Err(Problem::new(Code::BodyTypeUnknown)),
    }
}

/// The media type of the body, lower case, without parameters.
fn media_type(request: &HttpRequest) -> String {
    text_of(request, &header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn text_of<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

fn broken(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::new(Code::BodyTooLarge),
        _ => Problem::new(Code::BodyBroken),
    }
}

fn too_large(limit_bytes: usize) -> Problem {
    let limit = |language: Language| language.group(u64::try_from(limit_bytes).unwrap_or(u64::MAX));
    Problem::with_detail(
        Code::BodyTooLarge,
        Text::new(
            format!(
                "Der Inhalt der Anfrage ist größer als {} Byte. Bitte verkleinern und erneut senden.",
                limit(Language::De)
            ),
            format!(
                "The body of the request is larger than {} bytes. Please make it smaller and send it again.",
                limit(Language::En)
            ),
        ),
    )
}
