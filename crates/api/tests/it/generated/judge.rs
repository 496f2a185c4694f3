//! Whether an answer is one that the document states, and tells nothing of ours.

use serde_json::Value;

use super::{broken::Excused, operation::Operation, schema, wire::Heard};
use crate::client::misspelled_codes;

/// What no text of the service may hold: paths of the machine, statements, traces.
const OURS: &[&str] = &[
    "/home",
    "/root/",
    "/tmp/",
    "/var/",
    "SELECT ",
    "INSERT INTO",
    "UPDATE ",
    "panicked",
    "thread '",
    ".rs:",
    "RUST_BACKTRACE",
    "diesel",
    "sqlite",
    "postgres",
    "libpq",
    "No such file",
];

/// What is wrong with an answer.
pub(super) fn faults(
    document: &Value,
    operation: &Operation,
    excused: Excused,
    heard: &Heard,
) -> Vec<String> {
    let mut faults = Vec::new();
    if excused.no_request && heard.status == 400 && heard.body.is_empty() {
        return faults;
    }
    let json = heard.json();
    let code = json
        .as_ref()
        .and_then(|json| json["code"].as_str())
        .unwrap_or_default();
    let elsewhere = excused.elsewhere && ["route-unknown", "method-unknown"].contains(&code);
    if heard.status >= 500 && ![502, 503, 507].contains(&heard.status) {
        faults.push("a fault of the service".to_owned());
    }
    if heard.header("x-request-id").len() != 36 || heard.header("x-content-type-options") != "nosniff" {
        faults.push("the headers of every answer are missing".to_owned());
    }
    if elsewhere {
        faults.extend(of_problem(document, heard, json.as_ref()));
    } else if operation.states(heard.status) {
        faults.extend(of_content(document, operation, heard, json.as_ref()));
    } else {
        faults.push(format!("{} is not stated", heard.status));
    }
    let texts = ["application/problem+json", "application/json", "text/csv"];
    if texts.contains(&heard.media_type()) && !operation.path.ends_with("openapi.json") {
        let text = String::from_utf8_lossy(&heard.body);
        let told = OURS.iter().filter(|words| text.contains(**words));
        faults.extend(told.map(|words| format!("it tells {words:?}")));
    }
    faults.extend(of_waiting(heard, code));
    faults
}

fn of_content(document: &Value, operation: &Operation, heard: &Heard, json: Option<&Value>) -> Vec<String> {
    let answers = operation.answers(heard.status);
    if answers.is_empty() {
        let empty = heard.body.is_empty() && heard.media_type().is_empty();
        return if empty {
            Vec::new()
        } else {
            vec!["a body that is not stated".to_owned()]
        };
    }
    let Some((media_type, schema)) = answers.iter().find(|(stated, _)| *stated == heard.media_type()) else {
        return vec![format!("{:?} is not stated", heard.media_type())];
    };
    match (*media_type, json) {
        ("application/problem+json", json) => of_problem(document, heard, json),
        ("application/json", Some(json)) => schema::faults(document, schema, json),
        ("application/json", None) => vec!["no JSON".to_owned()],
        _ => Vec::new(),
    }
}

fn of_problem(document: &Value, heard: &Heard, json: Option<&Value>) -> Vec<String> {
    let Some(problem) = json.filter(|_| heard.media_type() == "application/problem+json") else {
        return vec!["no problem".to_owned()];
    };
    let stated = &document["components"]["schemas"]["Problem"];
    let mut faults = schema::faults(document, stated, problem);
    let strange = misspelled_codes(problem).into_iter();
    faults.extend(strange.map(|code| format!("the code {code:?} is spelled in another way")));
    if heard.status < 500 && problem["status"] != heard.status {
        faults.push("the problem has another status".to_owned());
    }
    faults
}

fn of_waiting(heard: &Heard, code: &str) -> Option<String> {
    let waits = heard.status == 503 || (heard.status == 429 && code != "idempotency-keys-exhausted");
    let told = heard.header("retry-after").parse::<u32>().is_ok();
    (waits && !told).then(|| "it does not say when to come back".to_owned())
}
