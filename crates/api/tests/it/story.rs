//! A quarter from template to burn, over HTTP, on both databases.

use nachweis_demo::errors;
use nachweis_domain::{
    access::{Grant, Role, Scope},
    key::SubprojectNo,
    language::Language,
    money::Money,
};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};

use crate::{
    client::Client,
    people::{self, PASSWORD},
    world::{World, quarter},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] =
    crate::tests![a_quarter_goes_from_template_to_acceptance_and_burn_follows_to_the_cent];

fn a_quarter_goes_from_template_to_acceptance_and_burn_follows_to_the_cent(backend: Backend) {
    let world = World::on(backend, 2);
    let no = world.numbers[0].clone();
    let lead = sign_in(
        &world,
        "lena.lead",
        Grant {
            role: Role::Lead,
            scope: Scope::Subproject(no.clone()),
        },
    );
    let manager = sign_in(&world, "max.manager", people::all(Role::Manager));
    let auditor = sign_in(&world, "anna.auditor", people::all(Role::Auditor));
    let template = lead.get(&format!(
        "/api/v1/subprojects/{no}/quarters/{}/template.xlsx",
        quarter()
    ));
    assert!(template.file(200).starts_with(b"PK"));

    let wrong = upload_a_wrong_one(&world, &lead, &no);
    let id = upload_the_right_one(&world, &lead, &no, &wrong);
    let before = accepted(&manager);
    manager
        .post(&format!("/api/v1/submissions/{id}/accept"), &json!({}))
        .expect(200);
    let spent = spent(&world, &no);
    assert!(spent > Money::ZERO);
    assert_eq!(accepted(&manager) - before, spent.cents());
    let again = manager.post(&format!("/api/v1/submissions/{id}/accept"), &json!({}));
    assert_eq!(again.expect(409)["code"], "state");

    let audit = auditor.get("/api/v1/exports/audit.xlsx?round=2023-2025");
    assert!(audit.file(200).starts_with(b"PK"));
    let journal = auditor.get("/api/v1/journal").expect(200);
    let actions: Vec<&str> = journal["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["action"].as_str())
        .collect();
    for action in [
        "signed_in",
        "template_issued",
        "upload_received",
        "submitted",
        "accepted",
        "exported",
    ] {
        assert!(actions.contains(&action), "{action} is missing in {actions:?}");
    }
}

/// Signs in with a password, as a person would.
fn sign_in(world: &World, name: &str, grant: Grant) -> Client {
    people::account(&world.service, name, vec![grant], Some(PASSWORD));
    let session = world
        .client()
        .post(
            "/api/v1/auth/sign-in",
            &json!({ "name": name, "password": PASSWORD }),
        )
        .expect(200);
    world.client().bearing(session["access_token"].as_str().unwrap())
}

/// A workbook with a blocking error: all findings come back with their cells, and it cannot be submitted.
fn upload_a_wrong_one(world: &World, lead: &Client, no: &SubprojectNo) -> Value {
    let context = world.store.reporting_context(no, quarter()).unwrap().unwrap();
    let mut figures = world.figures(no);
    let error = errors::catalogue()
        .into_iter()
        .find(|error| {
            error.is_blocking(&world.round, context.quarter)
                && error.plant(&world.round, &context, &mut figures)
        })
        .unwrap();
    let path = format!("/api/v1/subprojects/{no}/quarters/{}/uploads", quarter());
    let receipt = lead.upload(&path, &world.workbook(no, &figures)).expect(201);
    assert_eq!(receipt["state"], "blocked");
    let findings = receipt["findings"].as_array().unwrap();
    let planted = findings
        .iter()
        .find(|finding| finding["code"] == error.code.as_str())
        .unwrap();
    assert_eq!(planted["severity"], "blocking");
    for language in Language::ALL {
        assert!(
            planted["message"][language.code()]
                .as_str()
                .unwrap()
                .ends_with('.'),
            "{planted}"
        );
    }
    if let Some(cell) = planted["cell"].as_str() {
        assert!(
            planted["message"]["de"].as_str().unwrap().contains(cell),
            "{planted}"
        );
    }
    let id = receipt["id"].as_str().unwrap();
    let refused = lead.post(&format!("/api/v1/uploads/{id}/submit"), &json!({}));
    assert_eq!(refused.expect(409)["code"], "state");
    let marked = lead.get(&format!("/api/v1/uploads/{id}/marked.xlsx?lang=de"));
    assert!(
        marked
            .header("content-disposition")
            .contains(&format!("{no}_{}_r1_geprueft.xlsx", quarter()))
    );
    assert!(marked.file(200).starts_with(b"PK"));
    receipt
}

fn upload_the_right_one(world: &World, lead: &Client, no: &SubprojectNo, wrong: &Value) -> String {
    let path = format!("/api/v1/subprojects/{no}/quarters/{}/uploads", quarter());
    let bytes = world.workbook(no, &world.figures(no));
    let receipt = lead.upload(&path, &bytes).expect(201);
    assert_eq!(
        (receipt["state"].as_str(), receipt["revision"].as_u64()),
        (Some("checked"), Some(2))
    );
    assert_ne!(receipt["id"], wrong["id"]);
    let id = receipt["id"].as_str().unwrap();
    assert_eq!(
        lead.get(&format!("/api/v1/uploads/{id}/original.xlsx")).file(200),
        bytes
    );
    assert_eq!(
        lead.get(&format!("/api/v1/uploads/{id}/changes")).expect(200)["upload"],
        receipt["id"]
    );
    let comments: Vec<Value> = receipt["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "warning")
        .map(|finding| json!({ "finding": finding["index"], "comment": "Mit der Programmsteuerung abgestimmt." }))
        .collect();
    let submitted = lead.post(
        &format!("/api/v1/uploads/{id}/submit"),
        &json!({ "comments": comments }),
    );
    assert_eq!(submitted.expect(200)["state"], "submitted");
    id.to_owned()
}

/// What the burn report of the round says was accepted, in cents.
fn accepted(manager: &Client) -> i64 {
    let report = manager
        .get("/api/v1/reports/burn?round=2023-2025&group_by=round")
        .expect(200);
    report["tables"][0]["totals"]["accepted_cents"].as_i64().unwrap()
}

/// What the workbook says was spent, income deducted.
fn spent(world: &World, no: &SubprojectNo) -> Money {
    let figures = world.figures(no).expenditure;
    figures
        .iter()
        .map(|figure| world.round.signed(&figure.item, figure.amount.value))
        .sum()
}
