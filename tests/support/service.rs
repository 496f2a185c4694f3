//! A running service and people who are signed in.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use serde_json::{Value, json};
use ureq::{Agent, http::Response};

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

/// An answer: status and body.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Service {
    /// Starts the service with a settings file of a desk and waits until it says where it is.
    pub fn start(desk: &Desk, settings_file: &str) -> Self {
        let mut child = desk
            .bare_command()
            .args(["--config", settings_file])
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
        Person { service: self, token }
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

    /// Uploads a workbook for a subproject's quarter.
    pub fn upload(&self, no: &str, quarter: &str, workbook: &[u8]) -> Answer {
        let url = format!(
            "{}/subprojects/{no}/quarters/{quarter}/uploads",
            self.service.base
        );
        let request = self.service.agent.post(url).header("Content-Type", XLSX);
        read(
            request
                .header("Authorization", format!("Bearer {}", self.token))
                .send(workbook)
                .expect("an answer"),
        )
    }
}

fn read(response: Response<ureq::Body>) -> Answer {
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let body = body
        .with_config()
        .limit(512 * 1024 * 1024)
        .read_to_vec()
        .expect("a body");
    Answer { status, body }
}
