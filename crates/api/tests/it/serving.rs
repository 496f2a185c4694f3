//! Start and end of the server.

use std::time::{Duration, Instant};

use nachweis_api::{ApiError, ApiSettings};
use nachweis_domain::language::Language;

use crate::world::{World, api_settings};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    a_taken_port_is_told_with_a_remedy_before_anything_is_served,
    a_stopped_server_ends_soon_and_takes_no_more_requests,
    health_answers_without_a_token,
    an_upload_in_flight_survives_the_stop,
];

fn a_taken_port_is_told_with_a_remedy_before_anything_is_served() {
    let world = World::new(1);
    let settings = ApiSettings {
        address: world.address,
        ..api_settings()
    };
    let error =
        nachweis_api::run(world.service.clone(), &settings, |_| panic!("it must not start")).unwrap_err();
    assert!(matches!(error, ApiError::AddressTaken { .. }), "{error:?}");
    assert!(error.text(Language::De).contains(&world.address.to_string()));
}

fn a_stopped_server_ends_soon_and_takes_no_more_requests() {
    let mut world = World::new(1);
    world.client().get("/healthz").expect(204);
    let began = Instant::now();
    world.stop().unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(30));
    assert!(std::net::TcpStream::connect(world.address).is_err());
}

fn health_answers_without_a_token() {
    let world = World::new(1);
    world.client().get("/healthz").expect(204);
    world.client().get("/readyz").expect(204);
}

fn an_upload_in_flight_survives_the_stop() {
    let mut world = World::new(1);
    let no = world.numbers[0].clone();
    let lead = world.lead("lead", &[&no]);
    let client = world.client_of(&lead);
    let bytes = world.workbook(&no, &world.figures(&no));
    let path = format!("/api/v1/subprojects/{no}/quarters/2023-Q1/uploads");
    let sending = std::thread::spawn(move || client.upload(&path, &bytes));
    // The upload is on its way as soon as the record or the answer says so; either way nothing may be half done.
    while !sending.is_finished()
        && world
            .store
            .uploads_of(&no, crate::world::quarter())
            .unwrap()
            .is_empty()
    {
        std::thread::yield_now();
    }
    world.stop().unwrap().unwrap();
    sending.join().unwrap().expect(201);
}
