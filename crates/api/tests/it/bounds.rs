//! Bounds on persons and addresses that several instances count together.

use nachweis_api::ApiSettings;
use nachweis_service::Service;
use nachweis_store::testing::Backend;
use serde_json::json;

use crate::{
    client::{Answer, Client},
    people::{self, PASSWORD},
    world::{World, api_settings},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] = crate::tests![
    ten_failures_at_two_instances_close_an_account_for_a_while_at_both,
    fifty_failures_from_one_address_close_it_for_all_names,
    uploads_of_one_person_in_an_hour_are_bounded_over_all_instances,
];

fn sign_in(client: &Client, name: &str, password: &str) -> Answer {
    client.post(
        "/api/v1/auth/sign-in",
        &json!({ "name": name, "password": password }),
    )
}

fn is_told_to_wait(answer: &Answer, code: &str) {
    assert_eq!(answer.expect(429)["code"], code);
    assert!(
        answer
            .header("retry-after")
            .parse::<u32>()
            .is_ok_and(|seconds| seconds > 0)
    );
}

fn ten_failures_at_two_instances_close_an_account_for_a_while_at_both(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    people::account(&world.service, "lena.lead", Vec::new(), Some(PASSWORD));
    people::account(&world.service, "otto", Vec::new(), Some(PASSWORD));
    let clients = [world.client(), other.client()];
    for number in 0..10 {
        sign_in(&clients[number % 2], "Lena.Lead", "not the password").expect(401);
        if number == 5 {
            // A sign-in of somebody else changes nothing for this account.
            sign_in(&clients[1], "otto", PASSWORD).expect(200);
        }
    }
    for client in &clients {
        is_told_to_wait(&sign_in(client, "lena.lead", PASSWORD), "too-many-sign-ins");
    }
}

fn fifty_failures_from_one_address_close_it_for_all_names(backend: Backend) {
    let world = World::on(backend, 1);
    let trusting = world.instance(ApiSettings {
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        ..api_settings()
    });
    let guesser = trusting.client().with("x-forwarded-for", "198.51.100.7");
    let neighbour = trusting.client().with("x-forwarded-for", "198.51.100.8");
    // Of fifty names, so that no account is closed: all of them count for the address.
    for number in 0..50 {
        sign_in(&guesser, &format!("somebody-{number}"), PASSWORD).expect(401);
    }
    is_told_to_wait(&sign_in(&guesser, "nobody", PASSWORD), "too-many-sign-ins");
    sign_in(&neighbour, "nobody", PASSWORD).expect(401);
    // An instance that trusts no proxy takes the peer's address, whatever is written into the headers.
    let forger = world.client().with("x-forwarded-for", "198.51.100.7");
    sign_in(&forger, "nobody", PASSWORD).expect(401);
}

fn uploads_of_one_person_in_an_hour_are_bounded_over_all_instances(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    let no = &world.numbers[0];
    let path = format!("/api/v1/subprojects/{no}/quarters/2023-Q1/uploads");
    let token = world.client_of(&world.lead("lead", &[no]));
    let clients = [
        token.clone(),
        other
            .client()
            .with("authorization", token.header("authorization")),
    ];
    for number in 0..20 {
        clients[number % 2].upload(&path, b"no workbook").expect(415);
    }
    for client in &clients {
        is_told_to_wait(&client.upload(&path, b"no workbook"), "too-many-uploads");
    }
    let second = world.client_of(&world.lead("second", &[no]));
    second.upload(&path, b"no workbook").expect(415);
    // The operator's import is no person over HTTP.
    let workbook = world.workbook(no, &world.figures(no));
    for _ in 0..2 {
        world
            .service
            .receive_upload(
                &Service::operator(),
                no,
                crate::world::quarter(),
                "a.xlsx",
                workbook.clone(),
            )
            .unwrap();
    }
}
