//! `Idempotency-Key`: one run and one answer, however often and at whichever instance the request comes.

use std::thread;

use nachweis_domain::access::Role;
use nachweis_service::Service;
use nachweis_store::testing::Backend;
use serde_json::json;

use crate::{
    client::{Answer, Client},
    people::{self, PASSWORD},
    world::World,
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] = crate::tests![
    fifty_equal_uploads_at_once_at_two_instances_give_one_revision_and_one_answer,
    a_key_of_another_request_is_refused_and_the_first_answer_stays,
    final_refusals_are_given_again_and_passing_ones_are_not,
    an_answer_is_given_again_after_a_restart_and_not_to_others,
    however_the_address_of_a_sign_in_is_escaped_its_tokens_are_not_kept,
    an_answer_is_not_given_again_to_somebody_whose_role_was_withdrawn,
];

/// The same request in many hands.
const TIMES: usize = 50;

fn uploads(world: &World) -> String {
    format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    )
}

fn keyed(client: &Client, key: &str) -> Client {
    client.with("idempotency-key", key)
}

fn said(answer: &Answer) -> (u16, &str, &[u8]) {
    (answer.status, answer.header("location"), &answer.body)
}

fn fifty_equal_uploads_at_once_at_two_instances_give_one_revision_and_one_answer(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    let no = &world.numbers[0];
    let lead = world.lead("lead", &[no]);
    let token = world.client_of(&lead);
    let clients = [
        keyed(&token, "a-key"),
        keyed(
            &other
                .client()
                .with("authorization", token.header("authorization")),
            "a-key",
        ),
    ];
    let workbook = world.workbook(no, &world.figures(no));
    let path = uploads(&world);
    let answers: Vec<Answer> = thread::scope(|scope| {
        let threads: Vec<_> = (0..TIMES)
            .map(|number| {
                let (client, path, workbook) = (&clients[number % 2], &path, &workbook);
                scope.spawn(move || {
                    loop {
                        let answer = client.upload(path, workbook);
                        // Who is told that the first run goes on, or that there is no room now, asks again.
                        if ![409, 503].contains(&answer.status) {
                            return answer;
                        }
                    }
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers.len(), TIMES);
    for answer in &answers {
        assert_eq!(said(answer), said(&answers[0]));
    }
    assert_eq!(answers[0].status, 201, "{:?}", answers[0]);
    let first = answers
        .iter()
        .filter(|answer| answer.header("idempotency-replayed").is_empty());
    assert_eq!(first.count(), 1, "one ran, the others were given its answer");
    assert_eq!(world.store.uploads_of_subproject(no).unwrap().len(), 1);
}

fn a_key_of_another_request_is_refused_and_the_first_answer_stays(backend: Backend) {
    let world = World::on(backend, 2);
    let lead = world.lead("lead", &[&world.numbers[0], &world.numbers[1]]);
    let client = keyed(&world.client_of(&lead), "a-key");
    let path = uploads(&world);
    let first = client.upload(&path, b"no workbook");
    assert_eq!(first.status, 415);
    assert_eq!(said(&client.upload(&path, b"no workbook")), said(&first));
    let elsewhere = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[1]
    );
    for other in [
        client.upload(&path, b"another one"),
        client.upload(&elsewhere, b"no workbook"),
        client.upload(&format!("{path}?a=b"), b"no workbook"),
    ] {
        assert_eq!(other.expect(422)["code"], "idempotency-key-reused");
    }
    assert_eq!(said(&client.upload(&path, b"no workbook")), said(&first));
    for unfit in ["a b", &"a".repeat(129), ""] {
        let answer = keyed(&client, unfit).upload(&path, b"no workbook");
        assert_eq!(answer.expect(400)["code"], "idempotency-key-unfitting", "{unfit}");
    }
    keyed(&client, &"a".repeat(128))
        .upload(&path, b"no workbook")
        .expect(415);
}

fn final_refusals_are_given_again_and_passing_ones_are_not(backend: Backend) {
    let world = World::on(backend, 1);
    let no = &world.numbers[0];
    let lead = world.lead("lead", &[no]);
    let id = world.uploaded(&lead, no).upload.id;
    let manager = keyed(
        &world.client_of(&world.account("manager", Role::Manager)),
        "early",
    );
    let accept = format!("/api/v1/submissions/{id}/accept");
    let early = manager.post(&accept, &json!({}));
    assert_eq!(early.expect(409)["code"], "state");
    let again = manager.post(&accept, &json!({}));
    assert_eq!(said(&again), said(&early));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("content-type"), "application/problem+json");
    // Without a session nothing is looked at, kept or told.
    let stranger = keyed(&world.client(), "early");
    assert_eq!(
        stranger.post(&accept, &json!({})).expect(401)["code"],
        "sign-in-needed"
    );
    // Routes of sign-in take no notice: their answers hold tokens.
    let nobody = json!({ "refresh_token": "0".repeat(64) });
    for body in [&nobody, &json!({ "refresh_token": "1".repeat(64) })] {
        manager.post("/api/v1/auth/sign-out", body).expect(204);
    }
}

fn an_answer_is_given_again_after_a_restart_and_not_to_others(backend: Backend) {
    let mut world = World::on(backend, 1);
    let no = world.numbers[0].clone();
    let lead = world.lead("lead", &[&no]);
    let (token, workbook) = (world.client_of(&lead), world.workbook(&no, &world.figures(&no)));
    let path = uploads(&world);
    let first = keyed(&token, "a-key").upload(&path, &workbook);
    assert_eq!(first.status, 201);
    world.stop().unwrap().unwrap();
    let restarted = world.another_instance();
    let client = restarted
        .client()
        .with("authorization", token.header("authorization"));
    assert_eq!(
        said(&keyed(&client, "a-key").upload(&path, &workbook)),
        said(&first)
    );
    let manager = world.account("manager", Role::Manager);
    let manager = restarted
        .client()
        .with("authorization", world.client_of(&manager).header("authorization"));
    keyed(&manager, "a-key").upload(&path, &workbook).expect(403);
}

fn an_answer_is_not_given_again_to_somebody_whose_role_was_withdrawn(backend: Backend) {
    let world = World::on(backend, 1);
    let no = &world.numbers[0];
    let lead = world.lead("lead", &[no]);
    let (path, workbook) = (uploads(&world), world.workbook(no, &world.figures(no)));
    let client = |key: &str| keyed(&world.client_of(&lead), key);
    client("a-key").upload(&path, &workbook).expect(201);
    let operator = Service::operator();
    world
        .service
        .withdraw(&operator, lead.id, &lead.grants[0])
        .unwrap();
    // Nothing of the body is read, nor is the key looked at.
    client("a-key").upload(&path, &workbook).expect(404);
    world.service.grant(&operator, lead.id, &lead.grants[0]).unwrap();
    let answer = client("a-key").upload(&path, &workbook);
    let told: Vec<String> = (answer.expect(409).as_object().unwrap().keys())
        .cloned()
        .collect();
    assert_eq!(told, ["code", "detail", "status", "title"]);
    assert_eq!(answer.expect(409)["code"], "idempotency-answer-withheld");
    assert!(answer.header("location").is_empty() && answer.header("idempotency-replayed").is_empty());
}

fn however_the_address_of_a_sign_in_is_escaped_its_tokens_are_not_kept(backend: Backend) {
    let world = World::on(backend, 1);
    let lead = world.lead("lead", &[&world.numbers[0]]);
    people::account(&world.service, "clerk", Vec::new(), Some(PASSWORD));
    let client = world.client_of(&lead);
    let body = json!({ "name": "clerk", "password": PASSWORD });
    for path in [
        "/api/v1/auth/sign-in",
        "/api/v1/%61uth/sign-in",
        "/%61%70i/v1/a%75th/sign%2Din",
    ] {
        keyed(&client, "a-key").post(path, &body).expect(200);
    }
    let kept = &world.contents()["idempotent_request"];
    assert!(kept.is_empty(), "{kept:?}");
    // Another spelling of an address is the same request.
    let uploads = uploads(&world);
    let client = keyed(&client, "upload");
    client.upload(&uploads, b"no workbook").expect(415);
    let answer = client.upload(&uploads.replace("uploads", "%75ploads"), b"no workbook");
    assert_eq!(
        (answer.status, answer.header("idempotency-replayed")),
        (415, "true")
    );
}
