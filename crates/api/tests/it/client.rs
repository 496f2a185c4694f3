//! Somebody who talks to the service over HTTP.

use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, http};

/// A caller with what they send along.
#[derive(Clone)]
pub(crate) struct Client {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// Somebody without a token who wants English.
    pub(crate) fn new(base: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .into();
        Self {
            agent,
            base: base.to_owned(),
            headers: vec![("accept-language".to_owned(), "en".to_owned())],
        }
    }

    /// The same caller with another header, in the place of one of that name.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.retain(|(kept, _)| kept != name);
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same caller with an access token.
    pub(crate) fn bearing(&self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// A header that this caller sends.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(kept, _)| kept == name)
            .map_or("", |(_, value)| value)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[])
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.with("content-type", "application/json")
            .send("POST", path, body.to_string().as_bytes())
    }

    pub(crate) fn upload(&self, path: &str, workbook: &[u8]) -> Answer {
        self.with("content-type", "application/octet-stream")
            .send("POST", path, workbook)
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = self.agent.run(request.body(body).unwrap()).unwrap();
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response
                .body_mut()
                .with_config()
                .limit(1 << 30)
                .read_to_vec()
                .unwrap(),
        };
        if answer.header("content-type") == "application/problem+json" && !answer.body.is_empty() {
            let strange = misspelled_codes(&answer.json());
            assert!(strange.is_empty(), "{method} {path}: {strange:?}");
        }
        answer
    }
}

/// The codes of a problem that are not spelled as all are: words in small letters with hyphens, or the number of a refused
/// file or finding such as `FILE-10`.
pub(crate) fn misspelled_codes(problem: &Value) -> Vec<String> {
    let small = |word: &str| {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !word.is_empty() && word.bytes().all(fits)
    };
    let numbered = |code: &str| {
        let (area, number) = code.split_once('-').unwrap_or_default();
        area.len() > 2
            && area.bytes().all(|byte| byte.is_ascii_uppercase())
            && number.len() == 2
            && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let prevented = problem["prevented"].as_array().into_iter().flatten();
    let codes = prevented
        .chain([problem])
        .map(|told| told["code"].as_str().unwrap_or_default());
    let strange = codes.filter(|code| !numbered(code) && !code.split('-').all(small));
    strange.map(str::to_owned).collect()
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body as JSON, after checking the status.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        if self.body.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// The bytes, after checking the status.
    pub(crate) fn file(self, status: u16) -> Vec<u8> {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self.body
    }

    /// A header, empty when it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}
