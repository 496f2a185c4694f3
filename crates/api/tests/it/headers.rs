//! The headers that every answer carries, whatever it is.

use nachweis_domain::access::Role;

use crate::{client::Answer, world::World};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    every_answer_carries_the_security_headers,
    files_are_attachments_with_a_safe_name
];

fn every_answer_carries_the_security_headers() {
    let world = World::new(1);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let template = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/template.xlsx",
        world.numbers[0]
    );
    for (name, answer) in [
        ("data", manager.get("/api/v1/rounds")),
        ("a file", manager.get(&template)),
        ("nothing", manager.get("/healthz")),
        ("the description", manager.get("/api/v1/openapi.json")),
        ("401", world.client().get("/api/v1/rounds")),
        ("403", manager.get("/api/v1/journal")),
        ("404", manager.get("/nowhere")),
        ("405", manager.send("DELETE", "/api/v1/rounds", &[])),
        ("400", manager.get("/api/v1/subprojects?limit=many")),
    ] {
        secure(name, &answer);
    }
}

fn secure(name: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{name}: {policy}");
    }
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{name}");
    assert_eq!(answer.header("cache-control"), "no-store", "{name}");
    assert!(
        answer
            .header("strict-transport-security")
            .contains("includeSubDomains"),
        "{name}"
    );
    assert_eq!(answer.header("server"), "", "{name}");
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
