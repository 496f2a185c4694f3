//! Files on their way out: always as attachment, with a name that every program can read (RFC 6266).

use std::{
    fs::File,
    future::Future,
    io::{self, Read},
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, MessageBody},
    http::header,
    rt::task::JoinHandle,
    web::Bytes,
};
use std::fmt::Write as _;

/// Bytes that are read at once.
const PIECE_BYTES: usize = 128 * 1024;

/// An answer with a file.
pub(crate) fn attachment(media_type: &str, name: &str, bytes: impl Into<Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .body(bytes.into())
}

/// An answer with an open file, sent piece by piece.
///
/// # Errors
/// When its length cannot be told.
pub(crate) fn streamed(media_type: &str, name: &str, file: File) -> io::Result<HttpResponse> {
    let length = file.metadata()?.len();
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition(name)))
        .body(FileBody::new(file, length)))
}

/// `attachment` with the name twice: plain for old programs, exact for all others.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|char| {
            if char.is_ascii_alphanumeric() || " ._-".contains(char) {
                char
            } else {
                '_'
            }
        })
        .collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(exact, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// A file as the body of an answer. Reading happens on threads that may wait.
struct FileBody {
    length: u64,
    state: State,
}

enum State {
    Open(File),
    Reading(JoinHandle<io::Result<(File, Bytes)>>),
    Done,
}

impl FileBody {
    const fn new(file: File, length: u64) -> Self {
        Self {
            length,
            state: State::Open(file),
        }
    }
}

impl MessageBody for FileBody {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Open(file) => {
                    self.state =
                        State::Reading(actix_web::rt::task::spawn_blocking(move || next_piece(file)));
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let (file, piece) = read.map_err(io::Error::other)??;
                    if piece.is_empty() {
                        return Poll::Ready(None);
                    }
                    self.state = State::Open(file);
                    return Poll::Ready(Some(Ok(piece)));
                }
            }
        }
    }
}

fn next_piece(file: File) -> io::Result<(File, Bytes)> {
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    let mut limited = file.take(u64::try_from(PIECE_BYTES).unwrap_or(u64::MAX));
    limited.read_to_end(&mut piece)?;
    Ok((limited.into_inner(), Bytes::from(piece)))
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use actix_web::body::to_bytes;

    use super::*;

    #[test]
    fn a_name_is_given_plain_and_exact() {
        for (name, header) in [
            (
                "burn.xlsx",
                "attachment; filename=\"burn.xlsx\"; filename*=UTF-8''burn.xlsx",
            ),
            (
                "Prüf \"1\".xlsx",
                "attachment; filename=\"Pr_f _1_.xlsx\"; filename*=UTF-8''Pr%C3%BCf%20%221%22.xlsx",
            ),
            (
                "a\r\nSet-Cookie: x",
                "attachment; filename=\"a__Set-Cookie_ x\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x",
            ),
        ] {
            assert_eq!(disposition(name), header);
        }
    }

    #[actix_web::test]
    async fn a_file_is_sent_whole_in_pieces() {
        let content: Vec<u8> = (0..PIECE_BYTES * 2 + 17)
            .map(|at| u8::try_from(at % 251).unwrap())
            .collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&content).unwrap();
        file.rewind().unwrap();
        let response = streamed("application/x-test", "a.bin", file).unwrap();
        assert_eq!(
            response.body().size(),
            BodySize::Sized(content.len().try_into().unwrap())
        );
        assert_eq!(to_bytes(response.into_body()).await.unwrap(), content);
    }
}
