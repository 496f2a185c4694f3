//! Two instances on one database: what is decided at one holds at the other with the very next request.

use nachweis_domain::access::Role;
use nachweis_service::{Account, Service};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};

use crate::{
    people::{self, PASSWORD},
    world::{Instance, World},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] = crate::tests![
    signing_out_at_one_instance_ends_the_access_token_at_the_other,
    disabling_an_account_and_a_new_password_end_access_at_both,
    a_withdrawn_role_is_gone_at_both_and_the_session_goes_on,
];

/// Somebody who has signed in at the first instance.
struct Signed {
    account: Account,
    session: Value,
}

fn signed_in(world: &World) -> Signed {
    let account = people::account(
        &world.service,
        "max.manager",
        vec![people::all(Role::Manager)],
        Some(PASSWORD),
    );
    let credentials = json!({ "name": "max.manager", "password": PASSWORD });
    let session = world
        .client()
        .post("/api/v1/auth/sign-in", &credentials)
        .expect(200);
    Signed { account, session }
}

impl Signed {
    /// How both instances answer the access token of a session.
    fn answers(&self, world: &World, other: &Instance) -> [u16; 2] {
        let token = self.session["access_token"].as_str().unwrap();
        [world.client(), other.client()].map(|client| client.bearing(token).get("/api/v1/rounds").status)
    }

    fn refresh_token(&self) -> Value {
        json!({ "refresh_token": self.session["refresh_token"] })
    }
}

fn signing_out_at_one_instance_ends_the_access_token_at_the_other(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    let signed = signed_in(&world);
    assert_eq!(signed.answers(&world, &other), [200, 200]);
    other
        .client()
        .post("/api/v1/auth/sign-out", &signed.refresh_token())
        .expect(204);
    assert_eq!(signed.answers(&world, &other), [401, 401]);
    let renewal = world
        .client()
        .post("/api/v1/auth/refresh", &signed.refresh_token());
    assert_eq!(renewal.expect(401)["code"], "session");
}

fn disabling_an_account_and_a_new_password_end_access_at_both(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    let operator = Service::operator();
    let mut signed = signed_in(&world);
    world
        .service
        .set_password(&operator, signed.account.id, "Segel Butterbrot Laterne")
        .unwrap();
    assert_eq!(signed.answers(&world, &other), [401, 401]);
    let credentials = json!({ "name": "max.manager", "password": "Segel Butterbrot Laterne" });
    signed.session = other
        .client()
        .post("/api/v1/auth/sign-in", &credentials)
        .expect(200);
    assert_eq!(signed.answers(&world, &other), [200, 200]);
    world.service.disable_user(&operator, signed.account.id).unwrap();
    assert_eq!(signed.answers(&world, &other), [401, 401]);
    other
        .client()
        .post("/api/v1/auth/sign-in", &credentials)
        .expect(401);
}

fn a_withdrawn_role_is_gone_at_both_and_the_session_goes_on(backend: Backend) {
    let world = World::on(backend, 1);
    let other = world.another_instance();
    let mut signed = signed_in(&world);
    let role = people::all(Role::Manager);
    world
        .service
        .withdraw(&Service::operator(), signed.account.id, &role)
        .unwrap();
    assert_eq!(signed.answers(&world, &other), [401, 401]);
    signed.session = other
        .client()
        .post("/api/v1/auth/refresh", &signed.refresh_token())
        .expect(200);
    assert_eq!(signed.answers(&world, &other), [403, 403]);
}
