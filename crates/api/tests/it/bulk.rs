//! Accepting many submissions in one step, over HTTP, on both databases.

use nachweis_domain::access::Role;
use nachweis_store::testing::Backend;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{stage::comments, world::World};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] =
    crate::tests![many_submissions_are_accepted_together_or_each_that_prevents_it_is_named];

fn many_submissions_are_accepted_together_or_each_that_prevents_it_is_named(backend: Backend) {
    let world = World::on(backend, 3);
    let lead = world.lead("lead", &world.numbers.iter().collect::<Vec<_>>());
    let client = world.client_of(&lead);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let mut clean = Vec::new();
    for no in &world.numbers {
        let verdict = world.uploaded(&lead, no);
        let id = verdict.upload.id.to_string();
        let comments = comments(&verdict);
        client
            .post(
                &format!("/api/v1/uploads/{id}/submit"),
                &json!({ "comments": comments }),
            )
            .expect(200);
        world.endorse(&id);
        if comments.is_empty() {
            clean.push(id);
        }
    }
    assert!(!clean.is_empty());
    let path = "/api/v1/submissions/accept";
    let missing = Uuid::from_u128(9).to_string();
    let mut with_missing = clean.clone();
    with_missing.push(missing.clone());
    let refused = manager
        .post(path, &json!({ "submissions": with_missing }))
        .expect(409);
    assert_eq!(refused["code"], "prevented");
    let prevented = refused["prevented"].as_array().unwrap();
    assert_eq!(prevented.len(), 1);
    assert_eq!(prevented[0]["id"], json!(missing));
    assert_eq!(prevented[0]["code"], "not-found");

    let accepted = manager.post(path, &json!({ "submissions": clean })).expect(200);
    let accepted = accepted.as_array().unwrap();
    assert_eq!(accepted.len(), clean.len());
    let all_accepted = |upload: &Value| upload["state"] == "accepted";
    assert!(accepted.iter().all(all_accepted), "{accepted:?}");
    let nothing = manager.post(path, &json!({ "submissions": [] })).expect(422);
    assert_eq!(nothing["code"], "submissions-number");
}
