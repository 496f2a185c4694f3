//! The headers that every answer carries, whatever it is.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use nachweis_api::{ApiSettings, Times};
use nachweis_domain::access::Role;
use nachweis_service::Clock;
use nachweis_store::testing::Backend;
use serde_json::json;

use crate::{
    access,
    client::Answer,
    people,
    world::{World, api_settings},
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    every_answer_carries_the_security_headers,
    an_answer_given_again_carries_the_security_headers_anew,
    files_carry_the_security_headers_and_are_attachments,
    faults_of_the_service_carry_the_security_headers,
    what_is_no_request_gets_a_bare_status_without_any_body,
    files_are_attachments_with_a_safe_name,
];

/// One upload in an hour, and a second for a head.
fn impatient() -> ApiSettings {
    ApiSettings {
        uploads_per_hour: 1,
        times: Times {
            head: Duration::from_secs(1),
            ..Times::usual()
        },
        ..api_settings()
    }
}

fn every_answer_carries_the_security_headers() {
    let world = World::under(Backend::Sqlite, 1, Clock::system(), impatient());
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let lead = world.client_of(&world.lead("lead", &[&world.numbers[0]]));
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    let waivers = format!("/api/v1/subprojects/{}/waivers", world.numbers[0]);
    let burn = "/api/v1/reports/burn?round=2023-2025";
    let large = "a".repeat(20 * 1024);
    let keyed = lead.with("idempotency-key", "a");
    for (name, status, answer) in [
        ("data", 200, manager.get("/api/v1/rounds")),
        ("nothing", 204, manager.get("/healthz")),
        ("the description", 200, manager.get("/api/v1/openapi.json")),
        ("something made", 201, keyed.post(&waivers, &access::waiver())),
        ("no token", 401, world.client().get("/api/v1/rounds")),
        ("no right", 403, manager.get("/api/v1/journal")),
        ("no address", 404, manager.get("/nowhere")),
        ("no method", 405, manager.send("DELETE", "/api/v1/rounds", &[])),
        ("no form", 406, manager.with("accept", "text/html").get(burn)),
        ("no number", 400, manager.get("/api/v1/subprojects?limit=many")),
        ("no workbook", 415, lead.upload(&uploads, b"no workbook")),
        (
            "one workbook too many",
            429,
            lead.upload(&uploads, b"no workbook"),
        ),
        (
            "no grouping",
            422,
            manager.get("/api/v1/reports/completeness?round=2023-2025&group_by=plan-item"),
        ),
        (
            "a large body",
            413,
            manager.post("/api/v1/auth/sign-in", &json!({ "name": large.repeat(4) })),
        ),
        (
            "a long query",
            414,
            manager.get(&format!("/api/v1/rounds?a={}", &large[..4_096])),
        ),
        (
            "a large head",
            431,
            manager.with("x-large", &large).get("/healthz"),
        ),
    ] {
        assert_eq!(answer.status, status, "{name}");
        secure(name, &answer);
    }
    let mut other = access::waiver();
    other["reason"] = json!("Anders.");
    let again = keyed.post(&waivers, &other);
    assert_eq!(
        (again.status, again.header("idempotency-replayed")),
        (422, ""),
        "another request"
    );
    secure("another request with the key", &again);
}

fn an_answer_given_again_carries_the_security_headers_anew() {
    let world = World::new(1);
    let keyed = world
        .client_of(&world.lead("lead", &[&world.numbers[0]]))
        .with("idempotency-key", "a");
    let waivers = format!("/api/v1/subprojects/{}/waivers", world.numbers[0]);
    for body in [access::waiver(), json!({ "code": 7 })] {
        let keyed = keyed.with("idempotency-key", &body["code"].to_string().replace('"', ""));
        let (first, again) = (keyed.post(&waivers, &body), keyed.post(&waivers, &body));
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!((first.status, &first.body), (again.status, &again.body));
        secure("the first answer", &first);
        secure("the answer given again", &again);
        assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    }
}

fn files_carry_the_security_headers_and_are_attachments() {
    let world = World::new(1);
    let no = &world.numbers[0];
    let lead = world.lead("lead", &[no]);
    let upload = world.uploaded(&lead, no).upload.id;
    let roles = [Role::Manager, Role::Auditor].map(people::all).to_vec();
    let reader = world.client_of(&people::account(&world.service, "reader", roles, None));
    for path in [
        format!("/api/v1/subprojects/{no}/quarters/2023-Q1/template.xlsx"),
        format!("/api/v1/subprojects/{no}/dossier.zip"),
        format!("/api/v1/uploads/{upload}/original.xlsx"),
        format!("/api/v1/uploads/{upload}/marked.xlsx"),
        "/api/v1/reports/burn?round=2023-2025&format=csv".to_owned(),
        "/api/v1/reports/burn?round=2023-2025&format=xlsx".to_owned(),
        "/api/v1/reports/burn?round=2023-2025&format=xlsx&sources=true".to_owned(),
        "/api/v1/exports/audit.xlsx?round=2023-2025".to_owned(),
        "/api/v1/exports/journal.jsonl".to_owned(),
    ] {
        let answer = reader.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer
                .header("content-disposition")
                .starts_with("attachment; filename="),
            "{path}"
        );
        secure(&path, &answer);
    }
}

fn faults_of_the_service_carry_the_security_headers() {
    let world = World::new(1);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    world.tamper("ALTER TABLE session RENAME TO gone");
    let fault = manager.get("/api/v1/rounds");
    assert_eq!(fault.status, 500, "{}", String::from_utf8_lossy(&fault.body));
    secure("500", &fault);
}

/// What is no request gets no answer of the application: nothing but a status, and the connection ends.
fn what_is_no_request_gets_a_bare_status_without_any_body() {
    let world = World::under(Backend::Sqlite, 1, Clock::system(), impatient());
    for (name, status, sent) in [
        ("no HTTP", 400, b"HELO mail.example\r\n\r\n".to_vec()),
        ("a control character", 400, b"GET /\x00 HTTP/1.1\r\n\r\n".to_vec()),
        (
            "two lengths",
            400,
            b"POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_vec(),
        ),
        ("a head that does not end", 408, b"GET / HTTP/1.1\r\n".to_vec()),
        (
            "a head without measure",
            431,
            // As much as the framework holds of a head, and not a byte that nobody reads.
            [b"GET / HTTP/1.1\r\nx: ".to_vec(), b"a".repeat(128 * 1024 - 19)].concat(),
        ),
    ] {
        let mut stream = TcpStream::connect(world.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let _ = stream.write_all(&sent);
        let mut said = String::new();
        let _ = stream.read_to_string(&mut said);
        assert!(said.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {said}");
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, "", "{name}");
        let names: Vec<&str> = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split(':').next())
            .collect();
        assert!(
            names
                .iter()
                .all(|name| ["content-length", "connection", "date"].contains(name)),
            "{name}: {head}"
        );
    }
}

/// All headers that every answer of the application must carry.
pub(crate) fn secure(name: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    let parts: Vec<&str> = policy.split(';').map(str::trim).collect();
    for part in [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(parts.contains(&part), "{name}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{name}: {policy}");
    let transport: Vec<&str> = answer
        .header("strict-transport-security")
        .split(';')
        .map(str::trim)
        .collect();
    let seconds = transport
        .iter()
        .find_map(|part| part.strip_prefix("max-age=")?.parse::<u64>().ok());
    assert!(
        seconds.is_some_and(|seconds| seconds >= 31_536_000),
        "{name}: {transport:?}"
    );
    assert!(transport.contains(&"includeSubDomains"), "{name}: {transport:?}");
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("server", ""),
    ] {
        let found: Vec<_> = answer.headers.get_all(header).iter().collect();
        assert_eq!(answer.header(header), value, "{name}: {header}");
        assert!(
            found.len() <= 1,
            "{name}: {header} stands there {} times",
            found.len()
        );
    }
    assert_eq!(answer.header("x-request-id").len(), 36, "{name}");
}

fn files_are_attachments_with_a_safe_name() {
    let world = World::new(1);
    let no = &world.numbers[0];
    let lead = world.lead("lead", &[no]);
    let client = world.client_of(&lead);
    let uploads = format!("/api/v1/subprojects/{no}/quarters/2023-Q1/uploads");
    let bytes = world.workbook(no, &world.figures(no));
    let receipt = client
        .with(
            "content-disposition",
            "attachment; filename*=UTF-8''..%2FPr%C3%BCfung%20%221%22.xlsx",
        )
        .upload(&uploads, &bytes)
        .expect(201);
    assert_eq!(receipt["file_name"], "Prüfung \"1\".xlsx");
    let answer = client.get(&format!(
        "/api/v1/uploads/{}/original.xlsx",
        receipt["id"].as_str().unwrap()
    ));
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"Pr_fung _1_.xlsx\"; filename*=UTF-8''Pr%C3%BCfung%20%221%22.xlsx"
    );
    assert_eq!(answer.file(200), bytes);
}
