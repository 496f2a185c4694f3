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
    clean.sort();
    listed_page_by_page(&world, &clean);
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
    let waiting = manager
        .get(&format!("{LIST}?turn=manager&clean=true"))
        .expect(200);
    assert_eq!((&waiting["total"], &waiting["uploads"]), (&json!(0), &json!([])));
}

/// Where the uploads of the round are listed.
const LIST: &str = "/api/v1/rounds/2023-2025/uploads";

/// A manager finds all clean submissions without knowing any, one a page; somebody else finds none.
fn listed_page_by_page(world: &World, clean: &[String]) {
    let manager = world.client_of(&world.account("max", Role::Manager));
    let filter = "quarter=2023-Q1&turn=manager&clean=true";
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let page = manager
            .get(&format!("{LIST}?{filter}&limit=1{after}"))
            .expect(200);
        let uploads = page["uploads"].as_array().unwrap();
        assert_eq!((uploads.len(), &page["total"]), (1, &json!(clean.len())));
        assert_eq!(
            (&uploads[0]["clean"], &uploads[0]["turn"]),
            (&json!(true), &json!("manager"))
        );
        assert!(uploads[0]["submitted_at"].is_string(), "{page:#}");
        found.push(uploads[0]["id"].as_str().unwrap().to_owned());
        let Some(next) = page["next"].as_str() else {
            break;
        };
        after = format!("&after={next}");
    }
    found.sort();
    assert_eq!(found, clean);
    let all = manager.get(LIST).expect(200);
    assert_eq!(all["total"], json!(world.numbers.len()));
    let foreign = world.client_of(&world.lead("foreign", &[]));
    assert_eq!(foreign.get(LIST).expect(403)["code"], "forbidden");
    let other = world.client_of(&world.account("ministry", Role::Ministry));
    assert_eq!(other.get(LIST).expect(200)["uploads"], json!([]));
    for wrong in [
        "state=open",
        "turn=mine",
        "clean=yes",
        "quarter=2023",
        "after=IQ23-NW-017",
        "limit=0",
    ] {
        let refused = manager.get(&format!("{LIST}?{wrong}")).expect(400);
        assert_eq!(refused["code"], "query-unfitting", "{wrong}");
    }
}
