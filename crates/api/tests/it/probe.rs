//! How each operation is tried. An operation without a line here fails.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::{
    client::{Answer, Client},
    stage::{CLOSED, Things, reopen, waiver},
};

/// Rows beside the operations themselves: the same address with other parts.
pub(crate) const VARIANTS: [&str; 2] = ["/api/v1/reports/indicators", "/api/v1/reports/indicators/lineage"];

/// Names tried so far.
static NOBODIES: AtomicU32 = AtomicU32::new(0);

/// Whether the address or what is sent with it names a thing that can belong to somebody.
pub(crate) fn names_a_thing(path: &str) -> bool {
    let named = ["{no}", "{id}", "/submissions/accept", "/lineage"];
    named.iter().any(|part| path.contains(part))
}

/// Tries an operation on the things of somebody.
pub(crate) fn probe(client: &Client, operation: (&str, &str), things: &Things) -> Answer {
    let round = "2023-2025";
    let reopened = operation.1.ends_with("/reopen");
    let frozen = operation.0 == "GET" && operation.1.starts_with("/api/v1/rounds/");
    let quarter = if reopened || frozen { CLOSED } else { "2023-Q1" };
    let address = |path: &str| {
        path.replace("{round}", round)
            .replace("{no}", &things.no)
            .replace("{quarter}", quarter)
            .replace("{name}", "burn")
            .replace("{issuer}", "login")
    };
    let with_id = |id: &str| address(operation.1).replace("{id}", id);
    let path = with_id(&things.checked);
    let reason = json!({ "reason": "Nachgewiesen." });
    match operation {
        (
            "GET",
            "/healthz"
            | "/readyz"
            | "/api/v1/openapi.json"
            | "/api/v1/journal"
            | "/api/v1/journal/head"
            | "/api/v1/holds"
            | "/api/v1/exports/journal.jsonl",
        ) => client.get(&path),
        ("GET", "/api/v1/journal/consistency") => client.get(&format!("{path}?from=1")),
        ("GET", "/api/v1/reports/{name}" | "/api/v1/exports/audit.xlsx" | "/api/v1/subprojects") => {
            client.get(&format!("{path}?round={round}"))
        }
        ("GET", "/api/v1/reports/{name}/lineage") => client.get(&format!(
            "{path}?round={round}&group_by=subproject&row={}&column=reported",
            things.no
        )),
        ("GET", "/api/v1/reports/indicators") => {
            client.get(&format!("{path}?round={round}&group_by=action-field"))
        }
        ("GET", "/api/v1/reports/indicators/lineage") => client.get(&format!(
            "{path}?round={round}&group_by=subproject&row={}/EECO01&column=total",
            things.no
        )),
        ("GET", "/api/v1/waivers/{id}") => client.get(&with_id(&things.waivers[0])),
        ("GET", _) if operation.1.contains('{') || operation.1 == "/api/v1/rounds" => client.get(&path),
        ("POST", "/api/v1/auth/sign-in") => {
            // Somebody else each time, so that no account is closed by the tries before.
            let name = format!("nobody-{}", NOBODIES.fetch_add(1, Ordering::Relaxed));
            client.post(&path, &json!({ "name": name, "password": "nothing" }))
        }
        ("POST", "/api/v1/auth/oidc/{issuer}/start" | "/api/v1/rounds/{round}/quarters/{quarter}/close") => {
            client.post(&path, &json!({}))
        }
        ("POST", "/api/v1/auth/oidc/{issuer}/complete") => client.post(
            &path,
            &json!({ "code": "code", "state": "0".repeat(64), "binding": "0".repeat(64) }),
        ),
        ("POST", "/api/v1/auth/refresh" | "/api/v1/auth/sign-out") => {
            client.post(&path, &json!({ "refresh_token": "0".repeat(64) }))
        }
        ("POST", "/api/v1/subprojects/{no}/quarters/{quarter}/uploads") => {
            client.upload(&path, &things.workbook)
        }
        ("POST", "/api/v1/uploads/{id}/submit") => client.post(&path, &things.comments),
        ("POST", "/api/v1/submissions/accept") => {
            client.post(&path, &json!({ "submissions": [things.submitted] }))
        }
        ("POST", "/api/v1/submissions/{id}/endorse") => client.post(&with_id(&things.submitted), &json!({})),
        ("POST", "/api/v1/submissions/{id}/accept") => client.post(&with_id(&things.endorsed), &json!({})),
        ("POST", "/api/v1/submissions/{id}/return") => client.post(
            &with_id(&things.to_return),
            &json!({ "reason": "Bitte Beleg 3 prüfen." }),
        ),
        ("POST", "/api/v1/subprojects/{no}/quarters/{quarter}/reopen") => client.post(&path, &reopen()),
        ("POST", "/api/v1/reopenings/{id}/confirm") => {
            client.post(&with_id(&things.reopenings[0]), &json!({}))
        }
        ("POST", "/api/v1/reopenings/{id}/withdraw") => client.post(&with_id(&things.reopenings[1]), &reason),
        ("POST", "/api/v1/subprojects/{no}/waivers") => client.post(&path, &waiver()),
        ("POST", "/api/v1/waivers/{id}/grant") => client.post(&with_id(&things.waivers[0]), &reason),
        ("POST", "/api/v1/waivers/{id}/refuse") => client.post(&with_id(&things.waivers[1]), &reason),
        ("POST", "/api/v1/waivers/{id}/withdraw") => client.post(&with_id(&things.waivers[2]), &reason),
        ("POST", "/api/v1/subprojects/{no}/holds") => client.post(&path, &reason),
        ("POST", "/api/v1/holds/{id}/lift") => client.post(&with_id(&things.hold), &reason),
        ("POST", "/api/v1/subprojects/{no}/erasures") => client.post(&path, &json!({})),
        ("POST", "/api/v1/erasures/{id}/confirm") => client.post(&with_id(&things.erasure), &json!({})),
        _ => panic!("{operation:?} has no row in the access matrix: add how it is tried"),
    }
}
