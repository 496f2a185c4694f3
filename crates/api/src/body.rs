//! Bodies of requests: bounded in size, in time, and in the memory that all of them take together.

use std::time::Duration;

use actix_web::{
    HttpRequest,
    dev::Payload,
    error::PayloadError,
    http::header::{self, HeaderName},
    rt::time::timeout,
    web::{self, Bytes},
};
use futures_util::StreamExt;
use nachweis_domain::{
    language::{Language, Text},
    limits,
};

use crate::{
    desk::Desk,
    problem::{Code, Problem},
    session::Session,
    settings::{self, Times},
};

use workbook::Space;

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
    let expected_bytes = declared(request).unwrap_or_default();
    timeout(within, gather(payload, expected_bytes, limit_bytes))
        .await
        .map_err(|_elapsed| Problem::new(Code::BodySlow))?
}

/// What the handler of a request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A workbook; the caller was asked for and may send it.
    Workbook,
    /// JSON or nothing.
    Json,
}

/// A whole body of any route, for a request whose handler reads it only later; with the memory that a workbook takes.
///
/// # Errors
/// As the handler would answer: 413, 408, 400, 415, and 429 or 503 where there is no memory for it.
pub(crate) async fn whole(
    request: &HttpRequest,
    payload: Payload,
    (session, takes): (&Session, Takes),
) -> Result<(Bytes, Option<Space>), Problem> {
    let kind = media_type(request);
    if takes == Takes::Json || kind.is_empty() || kind == "application/json" {
        let bytes = collect(
            request,
            payload,
            settings::JSON_LIMIT_BYTES,
            times(request).json_body,
        )
        .await?;
        return Ok((bytes.into(), None));
    }
    let limit_bytes = limits::FILE_SIZE.size() + limits::FORM_OVERHEAD.size();
    let space = workbook::take_space(request, session, limit_bytes)?;
    let bytes = collect(request, payload, limit_bytes, times(request).workbook).await?;
    Ok((bytes.into(), Some(space)))
}

async fn gather(mut payload: Payload, expected_bytes: usize, limit_bytes: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(expected_bytes.min(limit_bytes));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| broken(&error))?;
        if bytes.len().saturating_add(chunk.len()) > limit_bytes {
            return Err(too_large(limit_bytes));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The times in which bodies must come.
fn times(request: &HttpRequest) -> Times {
    let desk = request.app_data::<web::Data<Desk>>();
    desk.map_or_else(Times::usual, |desk| desk.times)
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

#[cfg(test)]
mod tests {
    use actix_web::{
        test::TestRequest,
        web::{Bytes, BytesMut},
    };
    use futures_util::{Stream, stream};

    use super::*;

    fn payload(stream: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Payload {
        Payload::Stream {
            payload: Box::pin(stream),
        }
    }

    /// Reads a body that comes in these chunks, and never ends where `ends` is not said.
    async fn read(chunks: &[&str], length: Option<usize>, ends: bool) -> Result<Vec<u8>, Problem> {
        let chunks: Vec<_> = chunks
            .iter()
            .map(|chunk| Ok(Bytes::copy_from_slice(chunk.as_bytes())))
            .collect();
        let stream = stream::iter(chunks);
        let payload = if ends {
            payload(stream)
        } else {
            payload(stream.chain(stream::pending()))
        };
        let request = length.into_iter().fold(TestRequest::post(), |request, length| {
            request.insert_header((header::CONTENT_LENGTH, length))
        });
        collect(&request.to_http_request(), payload, 10, Duration::from_millis(20)).await
    }

    #[actix_web::test]
    async fn a_body_is_taken_up_to_the_limit_and_within_its_time() {
        for (name, chunks, length, ends, outcome) in [
            ("nothing", &[][..], None, true, Ok("")),
            ("in pieces", &["01234", "56789"], None, true, Ok("0123456789")),
            (
                "one byte more",
                &["01234", "567890"],
                None,
                true,
                Err("body-too-large"),
            ),
            ("declared too large", &[], Some(11), false, Err("body-too-large")),
            ("never ending", &["01234"], Some(10), false, Err("body-slow")),
        ] {
            let read = read(chunks, length, ends).await;
            let read = read
                .as_deref()
                .map(|bytes| std::str::from_utf8(bytes).unwrap())
                .map_err(Problem::code);
            assert_eq!(read, outcome, "{name}");
        }
    }

    #[actix_web::test]
    async fn a_body_that_breaks_off_is_told_so() {
        let broken = stream::iter([
            Ok(BytesMut::from("0").freeze()),
            Err(PayloadError::Incomplete(None)),
        ]);
        let payload = payload(broken);
        let read = collect(
            &TestRequest::post().to_http_request(),
            payload,
            10,
            Duration::from_secs(5),
        )
        .await;
        assert_eq!(read.unwrap_err().code(), "body-broken");
    }
}
