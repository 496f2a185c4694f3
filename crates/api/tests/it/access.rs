//! Every operation × every role × own, foreign and missing object, against the table in `access-matrix.txt`.
//!
//! `UPDATE_GENERATED=1` writes the table; a change of it is a change of rights and is read as one. A route without a
//! probe here fails.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use nachweis_api::ApiSettings;
use nachweis_domain::{access::Role, key::SubprojectNo};
use nachweis_service::Clock;
use nachweis_store::testing::Backend;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    client::{Answer, Client},
    issuer_stage::settings_of,
    people,
    world::{World, api_settings},
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    every_operation_answers_every_role_as_the_table_says,
    a_foreign_thing_and_a_missing_one_are_answered_alike,
];

/// What an operation is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// Of the lead.
    Own,
    /// Of another lead.
    Foreign,
    /// Of nobody.
    Missing,
}

impl Object {
    const ALL: [Self; 3] = [Self::Own, Self::Foreign, Self::Missing];
}

/// What the things of one lead are called.
struct Things {
    no: String,
    checked: String,
    submitted: String,
    endorsed: String,
    to_return: String,
    workbook: Vec<u8>,
    comments: Value,
    /// Waivers to be granted, refused and withdrawn.
    waivers: [String; 3],
}

/// A server with two leads who have handed in the same things.
pub(crate) struct Stage {
    pub(crate) world: World,
    own: Things,
    foreign: Things,
    actors: Vec<(&'static str, Client)>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        // Nobody listens there: beginning finds no issuer, completing finds nothing that was begun.
        let issuers = vec![settings_of("login", "http://127.0.0.1:1")];
        let settings = ApiSettings {
            issuers,
            ..api_settings()
        };
        let world = World::under(Backend::Sqlite, 10, Clock::system(), settings);
        let (own_numbers, foreign_numbers) = world.numbers.split_at(5);
        let lead = world.lead("lead", &own_numbers.iter().collect::<Vec<_>>());
        let other = world.lead("other", &foreign_numbers.iter().collect::<Vec<_>>());
        let locked = world.account("locked", Role::Manager);
        let locked_client = world.client_of(&locked);
        world
            .service
            .disable_user(&nachweis_service::Service::operator(), locked.id)
            .unwrap();
        let ungranted = people::account(&world.service, "ungranted", Vec::new(), None);
        let mut expired = people::claims(&people::pass(&world.service, &lead));
        expired["exp"] = json!(1_700_000_000);
        let mut actors = vec![
            ("none", world.client()),
            (
                "expired",
                world
                    .client()
                    .bearing(&people::signed(&people::header(), &expired)),
            ),
            ("locked", locked_client),
            ("ungranted", world.client_of(&ungranted)),
            ("lead", world.client_of(&lead)),
        ];
        for (name, role) in [
            ("coordinator", Role::Coordinator),
            ("manager", Role::Manager),
            ("ministry", Role::Ministry),
            ("partner", Role::Partner),
            ("centre", Role::Centre),
            ("auditor", Role::Auditor),
            ("admin", Role::Admin),
        ] {
            actors.push((name, world.client_of(&world.account(name, role))));
        }
        Self {
            own: things(&world, &lead, own_numbers),
            foreign: things(&world, &other, foreign_numbers),
            actors,
            world,
        }
    }

    pub(crate) fn ask(&self, client: &Client, operation: (&str, &str), object: Object) -> Answer {
        let missing = Things {
            no: "IQ23-XX-999".to_owned(),
            checked: Uuid::from_u128(1).to_string(),
            submitted: Uuid::from_u128(2).to_string(),
            endorsed: Uuid::from_u128(4).to_string(),
            to_return: Uuid::from_u128(3).to_string(),
            workbook: b"PK".to_vec(),
            comments: json!({}),
            waivers: [5, 6, 7].map(|number| Uuid::from_u128(number).to_string()),
        };
        let things = match object {
            Object::Own => &self.own,
            Object::Foreign => &self.foreign,
            Object::Missing => &missing,
        };
        probe(client, operation, things, object)
    }
}

/// Uploads in each state that a decision needs, each of another subproject.
fn things(world: &World, lead: &nachweis_service::Account, numbers: &[SubprojectNo]) -> Things {
    let [first, second, third, fourth, fresh] = numbers else {
        panic!("five subprojects are needed")
    };
    let verdict = world.uploaded(lead, first);
    let comments: Vec<Value> = comments(&verdict);
    Things {
        no: fresh.to_string(),
        checked: verdict.upload.id.to_string(),
        submitted: submitted(world, lead, second),
        endorsed: endorsed(world, lead, fourth),
        to_return: submitted(world, lead, third),
        workbook: world.workbook(fresh, &world.figures(fresh)),
        comments: json!({ "comments": comments }),
        waivers: waivers(world, lead, fresh),
    }
}

/// Three waivers that a lead asked for, the third of them granted.
fn waivers(world: &World, lead: &nachweis_service::Account, no: &SubprojectNo) -> [String; 3] {
    let client = world.client_of(lead);
    let path = format!("/api/v1/subprojects/{no}/waivers");
    let ask = |()| {
        client.post(&path, &waiver()).expect(201)["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let waivers = [(); 3].map(ask);
    let last = waivers[2].parse().unwrap();
    let operator = nachweis_service::Service::operator();
    world
        .service
        .grant_waiver(&operator, last, None, "Nachgewiesen.")
        .unwrap();
    waivers
}

/// A request for a waiver that can be granted.
pub(crate) fn waiver() -> Value {
    let until = people::now() + chrono::TimeDelta::days(30);
    json!({ "code": "FIN-04", "first_quarter": "2023-Q1", "reason": "Die Rechnung kam verspätet.", "until": until })
}

pub(crate) fn comments(verdict: &nachweis_service::Verdict) -> Vec<Value> {
    (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, rated)| rated.severity.as_str() == "warning")
        .map(|(index, _)| json!({ "finding": index, "comment": "Abgestimmt." }))
        .collect()
}

fn submitted(world: &World, lead: &nachweis_service::Account, no: &SubprojectNo) -> String {
    let verdict = world.uploaded(lead, no);
    let path = format!("/api/v1/uploads/{}/submit", verdict.upload.id);
    world
        .client_of(lead)
        .post(&path, &json!({ "comments": comments(&verdict) }))
        .expect(200);
    verdict.upload.id.to_string()
}

fn endorsed(world: &World, lead: &nachweis_service::Account, no: &SubprojectNo) -> String {
    let id = submitted(world, lead, no);
    world.endorse(&id);
    id
}

/// How each operation is tried. An operation without a line here fails.
fn probe(client: &Client, operation: (&str, &str), things: &Things, object: Object) -> Answer {
    let round = if object == Object::Missing {
        "1999-2000"
    } else {
        "2023-2025"
    };
    let address = |path: &str| {
        path.replace("{round}", round)
            .replace("{no}", &things.no)
            .replace("{quarter}", "2023-Q1")
            .replace("{name}", "burn")
            .replace("{issuer}", "login")
    };
    let with_id = |id: &str| address(operation.1).replace("{id}", id);
    let path = with_id(&things.checked);
    match operation {
        (
            "GET",
            "/healthz"
            | "/readyz"
            | "/api/v1/openapi.json"
            | "/api/v1/journal"
            | "/api/v1/journal/head"
            | "/api/v1/exports/journal.jsonl",
        ) => client.get(&path),
        ("GET", "/api/v1/journal/consistency") => client.get(&format!("{path}?from=1")),
        ("GET", "/api/v1/reports/{name}" | "/api/v1/exports/audit.xlsx" | "/api/v1/subprojects") => {
            client.get(&format!("{path}?round={round}"))
        }
        ("GET", "/api/v1/reports/{name}/lineage") => {
            client.get(&format!("{path}?round={round}&row=total&column=reported"))
        }
        ("GET", "/api/v1/waivers/{id}") => client.get(&with_id(&things.waivers[0])),
        ("GET", _) if operation.1.contains('{') || operation.1 == "/api/v1/rounds" => client.get(&path),
        ("POST", "/api/v1/auth/sign-in") => {
            client.post(&path, &json!({ "name": "nobody", "password": "nothing" }))
        }
        ("POST", "/api/v1/auth/oidc/{issuer}/start") => client.post(&path, &json!({})),
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
        ("POST", "/api/v1/rounds/{round}/quarters/{quarter}/close" | "/api/v1/reopenings/{id}/confirm") => {
            client.post(&path, &json!({}))
        }
        ("POST", "/api/v1/subprojects/{no}/quarters/{quarter}/reopen") => client.post(
            &path,
            &json!({ "reason": "Nachgereichter Beleg.", "expires_at": "2999-01-01T00:00:00Z" }),
        ),
        ("POST", "/api/v1/subprojects/{no}/waivers") => client.post(&path, &waiver()),
        ("POST", "/api/v1/waivers/{id}/grant") => decide_waiver(client, &with_id(&things.waivers[0])),
        ("POST", "/api/v1/waivers/{id}/refuse") => decide_waiver(client, &with_id(&things.waivers[1])),
        ("POST", "/api/v1/waivers/{id}/withdraw") => decide_waiver(client, &with_id(&things.waivers[2])),
        ("POST", "/api/v1/submissions/{id}/return") => client.post(
            &with_id(&things.to_return),
            &json!({ "reason": "Bitte Beleg 3 prüfen." }),
        ),
        _ => panic!("{operation:?} has no row in the access matrix: add how it is tried"),
    }
}

fn decide_waiver(client: &Client, path: &str) -> Answer {
    client.post(path, &json!({ "reason": "Nachgewiesen." }))
}

/// Whether the object of an operation can belong to somebody.
fn has_object(path: &str) -> bool {
    path.contains("{no}") || path.contains("{id}")
}

fn every_operation_answers_every_role_as_the_table_says() {
    let stage = Stage::new();
    let mut table = String::from(
        "# Every operation × every role × own and foreign object: the status of the answer.\n\
         # `lead` leads the own object and not the foreign one; all other roles are granted for everything.\n\
         # Generated by `UPDATE_GENERATED=1 cargo test -p nachweis-api --test it every_operation`; a change here is a change of rights.\n\n",
    );
    write!(table, "{:<66} {:<8}", "operation", "object").unwrap();
    stage
        .actors
        .iter()
        .for_each(|(name, _)| write!(table, " {name:>9}").unwrap());
    table.push('\n');
    for (method, path) in nachweis_api::operations() {
        let objects: &[Object] = if has_object(path) {
            &Object::ALL
        } else {
            &[Object::Own]
        };
        for object in objects {
            let named = if has_object(path) {
                format!("{object:?}").to_lowercase()
            } else {
                "-".to_owned()
            };
            write!(table, "{:<66} {named:<8}", format!("{method} {path}")).unwrap();
            for (_, client) in &stage.actors {
                let answer = stage.ask(client, (&method, path), *object);
                write!(table, " {:>9}", answer.status).unwrap();
            }
            table.push('\n');
        }
    }
    compare(&table, "access-matrix.txt");
    drop(stage.world);
}

/// Compares a table with the one kept beside the tests.
pub(crate) fn compare(table: &str, file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&path, table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (kept, found)) in kept.lines().zip(table.lines()).enumerate() {
        assert_eq!(kept, found, "{file}, line {}", number + 1);
    }
    assert_eq!(
        kept.lines().count(),
        table.lines().count(),
        "{file} has other rows"
    );
}

fn a_foreign_thing_and_a_missing_one_are_answered_alike() {
    let stage = Stage::new();
    let lead = &stage.actors.iter().find(|(name, _)| *name == "lead").unwrap().1;
    for (method, path) in nachweis_api::operations() {
        if !has_object(path) {
            continue;
        }
        let foreign = stage.ask(lead, (&method, path), Object::Foreign);
        let missing = stage.ask(lead, (&method, path), Object::Missing);
        assert_eq!(
            (foreign.status, &foreign.body),
            (404, &missing.body),
            "{method} {path}"
        );
        let names = |answer: &Answer| {
            answer
                .headers
                .keys()
                .map(ToString::to_string)
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(names(&foreign), names(&missing), "{method} {path}");
    }
}
