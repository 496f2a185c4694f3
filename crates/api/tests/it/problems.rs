//! Problems: one shape, the caller's language, a stable code, and nothing of ours in them.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    sync::mpsc::channel,
    thread,
    time::Duration,
};

use nachweis_domain::access::Role;
use serde_json::json;

use crate::{
    client::{Answer, Client},
    world::World,
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    each_mistake_in_an_address_has_its_status_code_and_sentence,
    each_mistake_of_a_request_has_its_status_code_and_sentence,
    problems_follow_the_language_of_the_caller,
    large_heads_queries_and_bodies_are_refused_before_they_are_read,
    too_many_workbooks_at_once_are_answered_with_503_before_they_are_read,
];

fn each_mistake_in_an_address_has_its_status_code_and_sentence() {
    let world = World::new(1);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    for (path, status, code) in [
        ("/api/v2/rounds", 404, "route-unknown"),
        ("/api/v1/uploads/seven", 400, "path-unfitting"),
        (
            "/api/v1/subprojects/a/quarters/2024-Q5/template.xlsx",
            400,
            "path-unfitting",
        ),
        ("/api/v1/subprojects/a%00b", 400, "path-unfitting"),
        ("/api/v1/subprojects?round=a%00", 400, "path-unfitting"),
        ("/api/v1/rounds/1999-2000", 404, "not-found"),
        ("/api/v1/reports/gossip?round=2023-2025", 404, "not-found"),
        ("/api/v1/reports/burn", 400, "query-unfitting"),
        ("/api/v1/reports/burn?rnd=1", 400, "query-unfitting"),
        (
            "/api/v1/reports/burn?round=2023-2025&group_by=x",
            400,
            "query-unfitting",
        ),
        (
            "/api/v1/reports/burn?round=2023-2025&quarter=2024",
            400,
            "query-unfitting",
        ),
        (
            "/api/v1/reports/burn?round=2023-2025&format=pdf",
            400,
            "query-unfitting",
        ),
        (
            "/api/v1/reports/burn?round=2023-2025&lang=fr",
            400,
            "query-unfitting",
        ),
        (
            "/api/v1/reports/completeness?round=2023-2025&group_by=plan-item",
            422,
            "grouping",
        ),
        ("/api/v1/subprojects?limit=many", 400, "query-unfitting"),
        ("/api/v1/subprojects?round=1999-2000", 404, "not-found"),
    ] {
        is_told(path, &manager.get(path), status, code);
    }
}

fn each_mistake_of_a_request_has_its_status_code_and_sentence() {
    let world = World::new(1);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let text = manager.with("content-type", "text/plain");
    let json = manager.with("content-type", "application/json");
    let lead = world.client_of(&world.lead("lead", &[&world.numbers[0]]));
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    let (sign_in, burn) = ("/api/v1/auth/sign-in", "/api/v1/reports/burn?round=2023-2025");
    let zipped = json.with("content-encoding", "gzip");
    let wrong_method = manager.send("PUT", "/api/v1/rounds", b"");
    assert_eq!(wrong_method.header("allow"), "GET");
    for (name, answer, status, code) in [
        ("wrong method", wrong_method, 405, "method-unknown"),
        (
            "no token",
            world.client().get("/api/v1/rounds"),
            401,
            "sign-in-needed",
        ),
        (
            "no form",
            manager.with("accept", "text/html").get(burn),
            406,
            "format-unavailable",
        ),
        (
            "no JSON",
            json.send("POST", sign_in, b"{name}"),
            400,
            "json-malformed",
        ),
        (
            "text for JSON",
            text.send("POST", sign_in, b"name"),
            415,
            "body-type-unknown",
        ),
        (
            "compressed",
            zipped.send("POST", sign_in, b"x"),
            415,
            "body-type-unknown",
        ),
        (
            "text for a workbook",
            lead.with("content-type", "text/plain")
                .send("POST", &uploads, b"a;b"),
            415,
            "body-type-unknown",
        ),
        (
            "nothing for a workbook",
            lead.upload(&uploads, b""),
            400,
            "body-empty",
        ),
        ("role", manager.upload(&uploads, b"PK"), 403, "forbidden"),
    ] {
        is_told(name, &answer, status, code);
    }
}

fn is_told(name: &str, answer: &Answer, status: u16, code: &str) {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{name}"
    );
    let problem = answer.expect(status);
    assert_eq!(problem["code"], code, "{name}: {problem}");
    assert_eq!(problem["status"], status, "{name}");
    assert!(
        problem["detail"].as_str().unwrap().ends_with('.'),
        "{name}: {problem}"
    );
}

fn problems_follow_the_language_of_the_caller() {
    let world = World::new(1);
    let (english, german) = (
        world.client(),
        world.client().with("accept-language", "de-AT, en;q=0.3"),
    );
    assert_eq!(english.get("/x").expect(404)["title"], "Not found");
    assert_eq!(german.get("/x").expect(404)["title"], "Nicht gefunden");
    assert_eq!(german.get("/x?lang=en").expect(404)["title"], "Not found");
    assert_eq!(german.get("/x").header("content-language"), "de");
}

fn large_heads_queries_and_bodies_are_refused_before_they_are_read() {
    let world = World::new(1);
    let client = world.client_of(&world.lead("lead", &[&world.numbers[0]]));
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    let large = "a".repeat(20 * 1024);
    assert_eq!(
        client.with("x-large", &large).get("/healthz").expect(431)["code"],
        "head-too-large"
    );
    assert_eq!(
        client
            .get(&format!("/api/v1/rounds?a={}", &large[..4096]))
            .expect(414)["code"],
        "query-too-long"
    );
    let body = json!({ "name": "a".repeat(70_000), "password": "b" });
    assert_eq!(
        client.post("/api/v1/auth/sign-in", &body).expect(413)["code"],
        "body-too-large"
    );
    let answer = head_of(&mut open(&world, &client, &uploads, 11 * 1024 * 1024));
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

fn too_many_workbooks_at_once_are_answered_with_503_before_they_are_read() {
    let world = World::new(1);
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    // There is memory for six of ten mebibytes that wait for their bytes, two of each account; one of seven is told to come back.
    let leads = ["one", "two", "three", "four"].map(|name| {
        let lead = world.lead(name, &[&world.numbers[0]]);
        world.client_of(&lead)
    });
    let waiting: Vec<TcpStream> = (0..7)
        .map(|number| open(&world, &leads[number / 2], &uploads, 10 * 1024 * 1024))
        .collect();
    let (tell, told) = channel();
    for stream in &waiting {
        let (mut stream, tell) = (stream.try_clone().unwrap(), tell.clone());
        thread::spawn(move || tell.send(head_of(&mut stream)));
    }
    let answer = told.recv().unwrap();
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.to_lowercase().contains("retry-after: 5"), "{answer}");
    world.client().get("/healthz").expect(204);
    for stream in waiting {
        stream.shutdown(Shutdown::Both).unwrap();
    }
}

/// Sends a head that declares a body which never comes.
fn open(world: &World, client: &Client, path: &str, length: usize) -> TcpStream {
    let mut stream = TcpStream::connect(world.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: a\r\nauthorization: {}\r\ncontent-type: application/octet-stream\r\ncontent-length: {length}\r\n\r\n",
        client.header("authorization"),
    )
    .unwrap();
    stream
}

/// The head of the answer.
fn head_of(stream: &mut TcpStream) -> String {
    let mut head = [0; 2_048];
    let read = stream.read(&mut head).unwrap_or_default();
    String::from_utf8_lossy(&head[..read]).into_owned()
}
