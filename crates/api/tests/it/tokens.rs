//! Tokens over HTTP: forged ones are refused on real routes, and rights act at once.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use nachweis_domain::{access::Role, record::UserId};
use nachweis_service::Pass;
use serde_json::json;
use uuid::Uuid;

use crate::{
    people::{self, PASSWORD},
    world::World,
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    a_forged_token_is_answered_with_401_and_tells_nothing,
    a_disabled_account_is_locked_out_at_once,
    a_refresh_token_is_good_once_and_using_it_twice_ends_the_session,
    too_many_failed_sign_ins_are_slowed_down,
];

fn a_forged_token_is_answered_with_401_and_tells_nothing() {
    let world = World::new(1);
    let account = world.account("manager", Role::Manager);
    let pass = people::pass(&world.service, &account);
    let good = people::claims(&pass);
    world.client_of(&account).get("/api/v1/rounds").expect(200);
    let mut expired = good.clone();
    expired["exp"] = json!(1_700_000_000);
    let mut refresh = good.clone();
    refresh["token_use"] = json!("refresh");
    let mut kid = people::header();
    kid.kid = Some("../../dev/null".to_owned());
    let foreign = EncodingKey::from_secret(&[7; 32]);
    let good_token = people::token(&pass);
    for (name, token) in [
        ("expired", people::signed(&people::header(), &expired)),
        ("refresh as access", people::signed(&people::header(), &refresh)),
        ("kid", people::signed(&kid, &good)),
        ("HS512", people::signed(&Header::new(Algorithm::HS512), &good)),
        (
            "foreign key",
            jsonwebtoken::encode(&people::header(), &good, &foreign).unwrap(),
        ),
        ("truncated", good_token[..good_token.len() - 3].to_owned()),
        ("a refresh token", "0".repeat(64)),
        (
            "an unknown session",
            people::token(&Pass {
                session: Uuid::from_u128(9),
                ..pass
            }),
        ),
        ("a later epoch", people::token(&Pass { epoch: 1, ..pass })),
        (
            "an unknown person",
            people::token(&Pass {
                user: UserId(Uuid::from_u128(9)),
                ..pass
            }),
        ),
    ] {
        let answer = world.client().bearing(&token).get("/api/v1/rounds");
        let problem = answer.expect(401);
        assert!(
            ["token-invalid", "session"].contains(&problem["code"].as_str().unwrap()),
            "{name}: {problem}"
        );
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{name}");
    }
}

fn a_disabled_account_is_locked_out_at_once() {
    let world = World::new(1);
    let account = world.account("manager", Role::Manager);
    let client = world.client_of(&account);
    client.get("/api/v1/rounds").expect(200);
    world
        .service
        .disable_user(&nachweis_service::Service::operator(), account.id)
        .unwrap();
    assert_eq!(client.get("/api/v1/rounds").expect(401)["code"], "session");
}

fn a_refresh_token_is_good_once_and_using_it_twice_ends_the_session() {
    let world = World::new(1);
    people::account(&world.service, "lena.lead", Vec::new(), Some(PASSWORD));
    let client = world.client();
    let session = client
        .post(
            "/api/v1/auth/sign-in",
            &json!({ "name": "lena.lead", "password": PASSWORD }),
        )
        .expect(200);
    assert_eq!(session["token_type"], "Bearer");
    assert_eq!(session["expires_in_s"], 600);
    let first = json!({ "refresh_token": session["refresh_token"] });
    let renewed = client.post("/api/v1/auth/refresh", &first).expect(200);
    let second = json!({ "refresh_token": renewed["refresh_token"] });
    assert_eq!(
        client.post("/api/v1/auth/refresh", &first).expect(401)["code"],
        "session"
    );
    client.post("/api/v1/auth/refresh", &second).expect(401);
}

fn too_many_failed_sign_ins_are_slowed_down() {
    let world = World::new(1);
    let wrong = json!({ "name": "lena.lead", "password": "not the password" });
    let answers: Vec<u16> = (0..12)
        .map(|_| world.client().post("/api/v1/auth/sign-in", &wrong).status)
        .collect();
    assert_eq!(answers.first(), Some(&401));
    let last = world.client().post("/api/v1/auth/sign-in", &wrong);
    assert_eq!(last.expect(429)["code"], "too-many-sign-ins");
    assert!(
        last.header("retry-after")
            .parse::<u32>()
            .is_ok_and(|seconds| seconds > 0)
    );
}
