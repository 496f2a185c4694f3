//! Workbooks as body and as form.

use nachweis_service::Account;
use serde_json::Value;

use crate::{client::Client, world::World};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    a_workbook_is_taken_as_body_and_as_form_with_one_receipt,
    a_form_with_anything_else_is_refused,
    what_is_no_workbook_is_refused_with_its_reason,
];

const BOUNDARY: &str = "----boundary-of-the-tests";

/// A part of a form.
fn part(name: &str, file_name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file_name = file_name
        .map(|name| format!("; filename=\"{name}\""))
        .unwrap_or_default();
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

fn form(client: &Client, path: &str, parts: &[Vec<u8>]) -> crate::client::Answer {
    let end = format!("--{BOUNDARY}--\r\n");
    let body = [parts.concat(), end.into_bytes()].concat();
    client
        .with(
            "content-type",
            &format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .send("POST", path, &body)
}

fn stage() -> (World, Account, String) {
    let world = World::new(1);
    let lead = world.lead("lead", &[&world.numbers[0]]);
    let path = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    (world, lead, path)
}

fn a_workbook_is_taken_as_body_and_as_form_with_one_receipt() {
    let (world, lead, path) = stage();
    let client = world.client_of(&lead);
    let bytes = world.workbook(&world.numbers[0], &world.figures(&world.numbers[0]));
    let answer = form(&client, &path, &[part("file", Some("Mappe Q1.xlsx"), &bytes)]);
    let first: Value = answer.expect(201);
    assert_eq!(first["file_name"], "Mappe Q1.xlsx");
    assert_eq!(first["revision"], 1);
    assert_eq!(first["state"], "checked");
    assert_eq!(
        first["rule_version"].as_str().unwrap(),
        nachweis_store::rule_version(&world.round).unwrap().as_str()
    );
    assert_eq!(
        answer.header("location"),
        format!("/api/v1/uploads/{}", first["id"].as_str().unwrap())
    );
    let again = client.upload(&path, &bytes).expect(200);
    assert_eq!(
        (&again["id"], &again["findings"]),
        (&first["id"], &first["findings"])
    );
    assert_eq!(
        (&first["same_as_before"], &again["same_as_before"]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    let read = client.get(answer.header("location")).expect(200);
    assert_eq!(
        (&read["sha256"], &read["findings"]),
        (&first["sha256"], &first["findings"])
    );
}

fn a_form_with_anything_else_is_refused() {
    let (world, lead, path) = stage();
    let client = world.client_of(&lead);
    let file = part("file", Some("a.xlsx"), b"PK");
    let many: Vec<Vec<u8>> = (0..10_000)
        .map(|number| part(&format!("field{number}"), None, b"x"))
        .collect();
    for (name, parts) in [
        ("no file", vec![]),
        ("another field", vec![part("workbook", Some("a.xlsx"), b"PK")]),
        ("two files", vec![file.clone(), file.clone()]),
        (
            "a field beside the file",
            vec![file.clone(), part("role", None, b"admin")],
        ),
        ("ten thousand fields", many),
    ] {
        assert_eq!(
            form(&client, &path, &parts).expect(400)["code"],
            "form-unfitting",
            "{name}"
        );
    }
    let broken = client
        .with("content-type", "multipart/form-data")
        .send("POST", &path, b"PK");
    assert_eq!(broken.expect(400)["code"], "form-unfitting");
}

fn what_is_no_workbook_is_refused_with_its_reason() {
    let (world, lead, path) = stage();
    let client = world.client_of(&lead);
    for (name, bytes) in [
        ("text", &b"Belegnummer;Betrag"[..]),
        (
            "an empty archive",
            &b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..],
        ),
        ("an OLE file", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..]),
    ] {
        let answer = client.upload(&path, bytes);
        assert!(
            [400, 415, 422].contains(&answer.status),
            "{name}: {}",
            answer.status
        );
        let problem = answer.json();
        assert!(
            problem["code"].as_str().unwrap().starts_with("FILE-"),
            "{name}: {problem}"
        );
        assert!(
            problem["detail"].as_str().unwrap().ends_with('.'),
            "{name}: {problem}"
        );
    }
}
