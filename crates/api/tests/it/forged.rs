//! Every operation × every way to come without a right to it, against the table in `forged-requests.txt`.
//!
//! `UPDATE_GENERATED=1` writes the table; every row of an operation that needs a session says 401 wherever the token does
//! not hold. How an operation is tried stands in `probe.rs`; one without a line there fails here too.

use std::fmt::Write as _;

use jsonwebtoken::{Algorithm, EncodingKey, Header, get_current_timestamp};
use nachweis_domain::access::Role;
use nachweis_service::{Account, Pass, Service};
use serde_json::{Value, json};

use crate::{
    access::compare,
    client::Client,
    people::{self, PASSWORD},
    stage::{Object, Stage},
    world::World,
};

pub(crate) const TESTS: &[(&str, fn())] =
    crate::tests![every_operation_refuses_every_forged_request_as_the_table_says];

/// `{"typ":"at+jwt","alg":"none"}` and `{"typ":"at+jwt","alg":"RS256"}`.
const NONE: &str = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0";
const RS256: &str = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJSUzI1NiJ9";

/// What needs no token.
const PUBLIC: [&str; 8] = [
    "/healthz",
    "/readyz",
    "/api/v1/openapi.json",
    "/api/v1/auth/sign-in",
    "/api/v1/auth/refresh",
    "/api/v1/auth/sign-out",
    "/api/v1/auth/oidc/{issuer}/start",
    "/api/v1/auth/oidc/{issuer}/complete",
];

/// Somebody who may do everything but manage users.
fn mighty(world: &World, name: &str) -> Account {
    let roles = [Role::Lead, Role::Coordinator, Role::Manager, Role::Auditor];
    people::account(
        &world.service,
        name,
        roles.map(people::all).to_vec(),
        Some(PASSWORD),
    )
}

fn with(pass: &Pass, name: &str, value: Value) -> String {
    let mut claims = people::claims(pass);
    claims[name] = value;
    people::signed(&people::header(), &claims)
}

fn without(pass: &Pass, name: &str) -> String {
    let mut claims = people::claims(pass);
    claims.as_object_mut().unwrap().remove(name);
    people::signed(&people::header(), &claims)
}

/// Tokens that differ from a good one in one thing.
fn forged(pass: &Pass) -> Vec<(&'static str, String)> {
    let good = people::token(pass);
    let (_, claims_and_signature) = good.split_once('.').unwrap();
    let (claims, signature) = claims_and_signature.split_once('.').unwrap();
    let now = get_current_timestamp();
    let foreign = EncodingKey::from_secret(&[7; 32]);
    let empty = EncodingKey::from_secret(b"");
    let encode =
        |key: &EncodingKey| jsonwebtoken::encode(&people::header(), &people::claims(pass), key).unwrap();
    vec![
        ("signature", encode(&foreign)),
        ("emptykey", encode(&empty)),
        ("cut", good[..good.len() - 3].to_owned()),
        ("algnone", format!("{NONE}.{claims}.")),
        ("rs-hs", format!("{RS256}.{claims}.{signature}")),
        (
            "hs512",
            people::signed(&Header::new(Algorithm::HS512), &people::claims(pass)),
        ),
        ("issuer", with(pass, "iss", json!("someone"))),
        ("audience", with(pass, "aud", json!("other-api"))),
        ("expired", with(pass, "exp", json!(now - 31))),
        ("notyet", with(pass, "nbf", json!(now + 86_400))),
        ("noexp", without(pass, "exp")),
        ("refresh", with(pass, "token_use", json!("refresh"))),
        ("role", with(pass, "role", json!("admin"))),
    ]
}

/// Tokens that were good until something happened.
fn outlived(world: &World) -> Vec<(&'static str, Client)> {
    let operator = Service::operator();
    let sign_in = |name: &str| {
        let account = mighty(world, name);
        let credentials = json!({ "name": name, "password": PASSWORD });
        let session = world
            .client()
            .post("/api/v1/auth/sign-in", &credentials)
            .expect(200);
        let client = world.client().bearing(session["access_token"].as_str().unwrap());
        client.get("/api/v1/rounds").expect(200);
        (
            account,
            client,
            json!({ "refresh_token": session["refresh_token"] }),
        )
    };
    let (_, signed_out, refresh_token) = sign_in("signed-out");
    world
        .client()
        .post("/api/v1/auth/sign-out", &refresh_token)
        .expect(204);
    let (account, disabled, _) = sign_in("disabled");
    world.service.disable_user(&operator, account.id).unwrap();
    let (account, new_password, _) = sign_in("new-password");
    world
        .service
        .set_password(&operator, account.id, "Butterbrot Segel Laterne")
        .unwrap();
    let (account, old_role, refresh_token) = sign_in("old-role");
    for grant in &account.grants {
        world.service.withdraw(&operator, account.id, grant).unwrap();
    }
    let session = world
        .client()
        .post("/api/v1/auth/refresh", &refresh_token)
        .expect(200);
    let withdrawn = world.client().bearing(session["access_token"].as_str().unwrap());
    let (_, stolen, first) = sign_in("stolen");
    world.client().post("/api/v1/auth/refresh", &first).expect(200);
    world.client().post("/api/v1/auth/refresh", &first).expect(401);
    vec![
        ("signedout", signed_out),
        ("disabled", disabled),
        ("newpass", new_password),
        ("oldrole", old_role),
        ("stolen", stolen),
        ("withdrawn", withdrawn),
    ]
}

fn every_operation_refuses_every_forged_request_as_the_table_says() {
    let stage = Stage::with(&[Object::Own]);
    let world = &stage.world;
    let pass = people::pass(&world.service, &mighty(world, "mighty"));
    world
        .client()
        .bearing(&people::token(&pass))
        .get("/api/v1/rounds")
        .expect(200);
    let mut callers = vec![
        ("none", world.client()),
        (
            "cookie",
            world
                .client()
                .with("cookie", &format!("token={0}; session={0}", people::token(&pass))),
        ),
        (
            "basic",
            world.client().with("authorization", "Basic bWlnaHR5OmE="),
        ),
    ];
    let forged = forged(&pass).into_iter();
    callers.extend(forged.map(|(name, token)| (name, world.client().bearing(&token))));
    callers.extend(outlived(world));
    let mut table = String::from(
        "# Every operation × every way to come without a right to it: the status of the answer.\n\
         # `oldrole` is a token from before all roles were withdrawn, `withdrawn` the token after it.\n\
         # Generated by `UPDATE_GENERATED=1 cargo test -p nachweis-api --test it every_operation`.\n\n",
    );
    write!(table, "{:<66}", "operation").unwrap();
    for (name, _) in &callers {
        write!(table, " {name:>9}").unwrap();
    }
    table.push('\n');
    for (method, path) in nachweis_api::operations() {
        write!(table, "{:<66}", format!("{method} {path}")).unwrap();
        for (name, client) in &callers {
            let answer = stage.ask(client, (&method, path), Object::Own);
            let refused =
                answer.status == 401 || (*name == "withdrawn" && [403, 404].contains(&answer.status));
            assert!(
                refused || PUBLIC.contains(&path),
                "{method} {path}, {name}: {}",
                answer.status
            );
            write!(table, " {:>9}", answer.status).unwrap();
        }
        table.push('\n');
    }
    compare(&table, "forged-requests.txt");
}
