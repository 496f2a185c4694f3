//! HTTP/1.1 by hand, so that anything can be sent and everything that comes is seen.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

use super::request::Request;

/// What came back.
pub(super) struct Heard {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Heard {
    /// A header, empty when it is missing.
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The media type of the body, without parameters.
    pub(super) fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap().trim()
    }

    /// The body as JSON, where it is some.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Sends a request on a connection of its own and takes the whole answer.
///
/// # Errors
/// When no whole answer comes.
pub(super) fn ask(address: SocketAddr, request: &Request) -> Result<Heard, String> {
    let mut stream = TcpStream::connect(address).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    // A server that refuses early may close its end; what it said before counts.
    let _ = stream.write_all(&bytes(request));
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    heard(&answer).ok_or_else(|| {
        let told = String::from_utf8_lossy(&answer)
            .chars()
            .take(300)
            .collect::<String>();
        format!(
            "the connection ended ({end:?}) after {} bytes: {told}",
            answer.len()
        )
    })
}

fn bytes(request: &Request) -> Vec<u8> {
    let mut sent = [
        request.method.as_bytes(),
        b" ",
        &request.target(),
        b" HTTP/1.1\r\n",
    ]
    .concat();
    sent.extend_from_slice(b"host: localhost\r\nconnection: close\r\n");
    for (name, value) in &request.headers {
        sent.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    if request.chunked && !request.body.is_empty() {
        sent.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
        for piece in request.body.chunks(1_000) {
            sent.extend(format!("{:x}\r\n", piece.len()).into_bytes());
            sent.extend_from_slice(piece);
            sent.extend_from_slice(b"\r\n");
        }
        sent.extend_from_slice(b"0\r\n\r\n");
    } else {
        if request.method != "GET" || !request.body.is_empty() {
            sent.extend(format!("content-length: {}\r\n", request.body.len()).into_bytes());
        }
        sent.extend_from_slice(b"\r\n");
        sent.extend_from_slice(&request.body);
    }
    sent
}

fn heard(answer: &[u8]) -> Option<Heard> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let lines_of_head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = lines_of_head.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut heard = Heard {
        status,
        headers,
        body: Vec::new(),
    };
    let rest = &answer[end + 4..];
    heard.body = if heard.header("transfer-encoding") == "chunked" {
        unchunked(rest)?
    } else {
        let length: usize = heard.header("content-length").parse().unwrap_or(0);
        (rest.len() == length).then(|| rest.to_vec())?
    };
    Some(heard)
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?, 16).ok()?;
        let piece = rest.get(line + 2..line + 2 + length)?;
        rest = rest.get(line + 4 + length..)?;
        if length == 0 {
            return rest.is_empty().then_some(body);
        }
        body.extend_from_slice(piece);
    }
}
