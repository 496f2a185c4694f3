//! A running service and people who are signed in.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use ureq::{
    Agent,
    http::{HeaderMap, Response},
};

use crate::program::Desk;

/// The media type of workbooks.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A service on a free port; stopped when dropped.
#[derive(Debug)]
pub struct Service {
    child: Child,
    base: String,
    agent: Agent,
}

/// An answer: status, headers and body.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Demands the headers that every answer carries, a refusal no less than a report (robustness goal 41).
    ///
    /// # Panics
    /// When one is not there, or says something else.
    pub fn demand_security_headers(&self, what: &str) {
        let policy = self.header("content-security-policy").unwrap_or_default();
        for part in [
            "default-src",
            "object-src",
            "base-uri",
            "form-action",
            "frame-ancestors",
        ] {
            assert!(policy.contains(&format!("{part} 'none'")), "{what}: {policy}");
        }
        for (header, value) in [
            ("strict-transport-security", "max-age=63072000; includeSubDomains"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(self.header(header), Some(value), "{what}: {header}");
        }
        assert_eq!(self.header("server"), None, "{what}");
        assert!(self.header("x-request-id").is_some(), "{what}");
    }

    /// The body as text, to be shown when something else was expected.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Service {
    /// Starts the service with a settings file of a desk and waits until it says where it is.
    pub fn start(desk: &Desk, settings_file: &str) -> Self {
        let mut command = desk.bare_command();
        command.args(["--config", settings_file]);
        Self::by(command)
    }

    /// Starts the service with the settings and the clock of a desk and waits until it says where it is.
    pub fn of(desk: &Desk) -> Self {
        Self::by(desk.command())
    }

    /// Starts the service with a command that names everything but what is to be done, and waits until it says where it is.
    pub fn by(mut command: Command) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--lang", "en"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = String::new();
        let stderr = child.stderr.take().expect("standard error");
        BufReader::new(stderr).read_line(&mut said).expect("a line");
        let base = said.split_whitespace().find(|word| word.starts_with("http://"));
        let base = base
            .unwrap_or_else(|| panic!("the service did not start: {said}"))
            .to_owned();
        let agent = Agent::new_with_config(Agent::config_builder().http_status_as_error(false).build());
        Self { child, base, agent }
    }

    /// Signs a person in.
    pub fn sign_in(&self, name: &str, password: &str) -> Person<'_> {
        let body = json!({ "name": name, "password": password });
        let answer = self
            .agent
            .post(format!("{}/auth/sign-in", self.base))
            .send_json(body);
        let answer = read(answer.expect("an answer"));
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let token = answer.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        self.bearing(&token)
    }

    /// Somebody with an access token.
    pub fn bearing(&self, token: &str) -> Person<'_> {
        Person {
            service: self,
            token: token.to_owned(),
        }
    }
}

impl Service {
    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Kills the process at once, as a power cut would; may be called while others wait for an answer.
    pub fn kill(&self) {
        let killed = Command::new("kill")
            .args(["-9", &self.child.id().to_string()])
            .status()
            .expect("`kill` starts");
        assert!(killed.success(), "the process was there");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        drop(ended);
    }
}

/// A person who is signed in.
#[derive(Debug)]
pub struct Person<'a> {
    service: &'a Service,
    token: String,
}

impl Person<'_> {
    /// The access token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Fetches something.
    pub fn get(&self, path: &str) -> Answer {
        let request = self.service.agent.get(format!("{}{path}", self.service.base));
        read(
            request
                .header("Authorization", format!("Bearer {}", self.token))
                .call()
                .expect("an answer"),
        )
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.service.agent.post(format!("{}{path}", self.service.base));
        read(
            request
                .header("Authorization", format!("Bearer {}", self.token))
                .send_json(body)
                .expect("an answer"),
        )
    }

    /// Sends JSON; nothing when the service ends before it has answered.
    pub fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        let request = self.service.agent.post(format!("{}{path}", self.service.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        try_read(request.send_json(body).ok()?)
    }

    /// Uploads a workbook for a subproject's quarter.
    pub fn upload(&self, no: &str, quarter: &str, workbook: &[u8]) -> Answer {
        self.try_upload(no, quarter, workbook).expect("an answer")
    }

    /// Uploads a workbook; nothing when the service ends before it has answered.
    pub fn try_upload(&self, no: &str, quarter: &str, workbook: &[u8]) -> Option<Answer> {
        let url = format!(
            "{}/subprojects/{no}/quarters/{quarter}/uploads",
            self.service.base
        );
        let request = self.service.agent.post(url).header("Content-Type", XLSX);
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        try_read(request.send(workbook).ok()?)
    }
}

fn read(response: Response<ureq::Body>) -> Answer {
    try_read(response).expect("a body")
}

fn try_read(response: Response<ureq::Body>) -> Option<Answer> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = response.into_body();
    let body = body.with_config().limit(512 * 1024 * 1024).read_to_vec().ok()?;
    Some(Answer {
        status,
        headers,
        body,
    })
}
