//! A server with several leads who have handed in the same things, and everybody who may ask for them.

use chrono::TimeDelta;
use nachweis_api::ApiSettings;
use nachweis_domain::{
    access::{Grant, Role, Scope},
    key::{ActionFieldKey, NetworkCode, SubprojectNo},
    subproject::{Subproject, SubprojectKind},
};
use nachweis_service::{Account, Clock, Service, Verdict};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    client::{Answer, Client},
    issuer_stage::settings_of,
    people,
    probe::probe,
    world::{World, api_settings},
};

/// What an operation is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// Of the lead, in the network of the coordinator.
    Own,
    /// Of another lead in the same network.
    Network,
    /// Of the other lead, in the network of the other coordinator.
    Foreign,
    /// Of somebody, for those whose role is granted for everything.
    Any,
    /// Of nobody.
    Missing,
}

/// What the things of one lead are called.
pub(crate) struct Things {
    /// All subprojects of the lead.
    pub(crate) numbers: Vec<SubprojectNo>,
    /// The first of them, with the upload that can be handed in.
    pub(crate) no: String,
    pub(crate) checked: String,
    pub(crate) comments: Value,
    /// Another workbook for it.
    pub(crate) workbook: Vec<u8>,
    pub(crate) submitted: String,
    pub(crate) to_return: String,
    pub(crate) endorsed: String,
    /// Waivers to be granted, refused and withdrawn.
    pub(crate) waivers: [String; 3],
    /// Reopenings that wait for their second person, to be confirmed and withdrawn.
    pub(crate) reopenings: [String; 2],
    /// A hold on the originals of the first subproject.
    pub(crate) hold: String,
    /// An erasure of its originals that waits for its second person, as it could stand there once they are due.
    pub(crate) erasure: String,
}

impl Things {
    /// Names of nothing.
    fn missing() -> Self {
        let id = |number| Uuid::from_u128(number).to_string();
        Self {
            numbers: Vec::new(),
            no: "IQ23-XX-999".to_owned(),
            checked: id(1),
            comments: json!({}),
            workbook: b"PK".to_vec(),
            submitted: id(2),
            to_return: id(3),
            endorsed: id(4),
            waivers: [5, 6, 7].map(id),
            reopenings: [8, 11].map(id),
            hold: id(9),
            erasure: id(10),
        }
    }

    /// A text with a mark in the place of every name of these things.
    pub(crate) fn unnamed(&self, text: &str) -> String {
        let ids = [
            &self.no,
            &self.checked,
            &self.submitted,
            &self.to_return,
            &self.endorsed,
            &self.hold,
            &self.erasure,
        ];
        let all = ids.into_iter().chain(&self.waivers).chain(&self.reopenings);
        all.fold(text.to_owned(), |text, id| text.replace(id, "…"))
    }
}

/// Somebody who asks.
pub(crate) struct Actor {
    pub(crate) name: &'static str,
    pub(crate) client: Client,
    /// What does not exist for somebody whose role is granted for a part only; `None` where it is granted for everything,
    /// or nothing is.
    pub(crate) hidden: Option<&'static [Object]>,
}

/// The server with its things and actors.
pub(crate) struct Stage {
    pub(crate) world: World,
    things: Vec<(Object, Things)>,
    missing: Things,
    pub(crate) actors: Vec<Actor>,
}

/// The network and the action field of the own things, and those of the foreign ones.
const NETWORKS: [&str; 2] = ["RIN-BE", "RIN-BB"];
const FIELDS: [&str; 2] = ["counselling", "qualification"];
/// The quarter that is closed, for reopenings; everything else is of the one before.
pub(crate) const CLOSED: &str = "2023-Q2";

impl Stage {
    /// A server with some of the objects, and with all actors.
    pub(crate) fn with(objects: &[Object]) -> Self {
        // Nobody listens there: beginning finds no issuer, completing finds nothing that was begun.
        let issuers = vec![settings_of("login", "http://127.0.0.1:1")];
        let settings = ApiSettings {
            issuers,
            ..api_settings()
        };
        let world = World::under(Backend::Sqlite, 34, Clock::system(), settings);
        let of_network = |code: &str| regional(&world, code);
        let (here, there) = (of_network(NETWORKS[0]), of_network(NETWORKS[1]));
        let leads = [
            (Object::Own, "lead", here[..4].to_vec()),
            (Object::Network, "neighbour", here[4..8].to_vec()),
            (Object::Foreign, "other-lead", there[1..5].to_vec()),
            (Object::Any, "any-lead", of_network("RIN-BW-SUED")[..4].to_vec()),
        ]
        .map(|(object, name, numbers)| {
            let account = world.lead(name, &numbers.iter().collect::<Vec<_>>());
            (object, account, numbers)
        });
        let closer = world.client_of(&world.account("closer", Role::Manager));
        let close = format!("/api/v1/rounds/2023-2025/quarters/{CLOSED}/close");
        closer
            .post(&close, &json!({ "without_missing": true }))
            .expect(200);
        let things = leads
            .iter()
            .filter(|(object, ..)| objects.contains(object))
            .map(|(object, lead, numbers)| (*object, things(&world, lead, numbers, &closer)));
        Self {
            things: things.collect(),
            missing: Things::missing(),
            actors: actors(&world, &leads[0].1, &leads[2].1),
            world,
        }
    }

    /// The things of an object.
    pub(crate) fn things(&self, object: Object) -> &Things {
        let found = self.things.iter().find(|(own, _)| *own == object);
        found.map_or(&self.missing, |(_, things)| things)
    }

    /// Tries an operation on an object.
    pub(crate) fn ask(&self, client: &Client, operation: (&str, &str), object: Object) -> Answer {
        probe(client, operation, self.things(object))
    }
}

/// Subprojects of a network whose reports its coordinator endorses.
fn regional(world: &World, network: &str) -> Vec<SubprojectNo> {
    let fits = |subproject: &Subproject| {
        let of_network = subproject.network.as_ref().map(NetworkCode::as_str) == Some(network);
        of_network && subproject.kind == SubprojectKind::Regional
    };
    let all = world.store.subprojects(&world.round.code).unwrap();
    all.into_iter()
        .filter(fits)
        .map(|subproject| subproject.no)
        .collect()
}

fn actors(world: &World, lead: &Account, other: &Account) -> Vec<Actor> {
    use Object::{Foreign, Network, Own};
    let locked = world.account("locked", Role::Manager);
    let at_locked = world.client_of(&locked);
    world
        .service
        .disable_user(&Service::operator(), locked.id)
        .unwrap();
    let ungranted = people::account(&world.service, "ungranted", Vec::new(), None);
    let mut expired = people::claims(&people::pass(&world.service, lead));
    expired["exp"] = json!(1_700_000_000);
    let expired = people::signed(&people::header(), &expired);
    let mut actors: Vec<Actor> = [
        ("none", world.client()),
        ("expired", world.client().bearing(&expired)),
        ("locked", at_locked),
        ("ungranted", world.client_of(&ungranted)),
    ]
    .into_iter()
    .chain(
        [
            Role::Manager,
            Role::Ministry,
            Role::Partner,
            Role::Auditor,
            Role::Admin,
        ]
        .map(|role| {
            let account = world.account(role.as_str(), role);
            (role.as_str(), world.client_of(&account))
        }),
    )
    .map(|(name, client)| Actor {
        name,
        client,
        hidden: None,
    })
    .collect();
    let network = |number: usize| Scope::Network(NetworkCode::new(NETWORKS[number]));
    let field = |number: usize| Scope::Field(ActionFieldKey::new(FIELDS[number]));
    for (name, role, scope, hidden) in [
        ("coord", Role::Coordinator, network(0), &[Foreign][..]),
        ("coord-2", Role::Coordinator, network(1), &[Own, Network]),
        ("manager-n", Role::Manager, network(0), &[Foreign]),
        ("auditor-n", Role::Auditor, network(1), &[Own, Network]),
        ("centre", Role::Centre, field(0), &[Own, Network, Foreign]),
        ("centre-2", Role::Centre, field(1), &[Own, Network, Foreign]),
    ] {
        let account = people::account(&world.service, name, vec![Grant { role, scope }], None);
        actors.push(Actor {
            name,
            client: world.client_of(&account),
            hidden: Some(hidden),
        });
    }
    for (name, account, hidden) in [
        ("lead-2", other, &[Own, Network]),
        ("lead", lead, &[Network, Foreign]),
    ] {
        let actor = Actor {
            name,
            client: world.client_of(account),
            hidden: Some(hidden),
        };
        let at = actors.iter().position(|actor| actor.hidden.is_some()).unwrap();
        actors.insert(at, actor);
    }
    actors
}

/// Uploads in each state that a decision needs, each of another subproject.
fn things(world: &World, lead: &Account, numbers: &[SubprojectNo], closer: &Client) -> Things {
    let [first, second, third, fourth] = numbers else {
        panic!("four subprojects are needed")
    };
    let verdict = world.uploaded(lead, first);
    let mut figures = world.figures(first);
    for part in &mut figures.narrative {
        part.text.value.push_str(" Mehr dazu im nächsten Bericht.");
    }
    let endorsed = submitted(world, lead, fourth);
    world.endorse(&endorsed);
    Things {
        numbers: numbers.to_vec(),
        no: first.to_string(),
        checked: verdict.upload.id.to_string(),
        comments: json!({ "comments": comments(&verdict) }),
        workbook: world.workbook(first, &figures),
        submitted: submitted(world, lead, second),
        to_return: submitted(world, lead, third),
        endorsed,
        waivers: waivers(world, lead, first),
        reopenings: [(); 2].map(|()| reopening(closer, first)),
        hold: hold(closer, first),
        erasure: erasure(world, first),
    }
}

/// Three waivers that a lead asked for, the third of them granted.
fn waivers(world: &World, lead: &Account, no: &SubprojectNo) -> [String; 3] {
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
    world
        .service
        .grant_waiver(&Service::operator(), last, None, "Nachgewiesen.")
        .unwrap();
    waivers
}

/// A request for a waiver that can be granted.
pub(crate) fn waiver() -> Value {
    let until = people::now() + TimeDelta::days(30);
    json!({ "code": "FIN-04", "first_quarter": "2023-Q1", "reason": "Die Rechnung kam verspätet.", "until": until })
}

/// A request to reopen a quarter for a day.
pub(crate) fn reopen() -> Value {
    let until = people::now() + TimeDelta::days(1);
    json!({ "reason": "Nachgereichter Beleg.", "expires_at": until })
}

fn reopening(closer: &Client, no: &SubprojectNo) -> String {
    let path = format!("/api/v1/subprojects/{no}/quarters/{CLOSED}/reopen");
    let asked = closer.post(&path, &reopen()).expect(201);
    asked["id"].as_str().unwrap().to_owned()
}

fn hold(manager: &Client, no: &SubprojectNo) -> String {
    let path = format!("/api/v1/subprojects/{no}/holds");
    let placed = manager
        .post(&path, &json!({ "reason": "Verfahren." }))
        .expect(201);
    placed["id"].as_str().unwrap().to_owned()
}

/// Nothing of this stage is due for years, so that the proposal is written into the database.
fn erasure(world: &World, no: &SubprojectNo) -> String {
    let id = Uuid::now_v7();
    let written = world.database.takes(&format!(
        "INSERT INTO erasure (id, subproject, keep_until, originals, size_bytes, proposed_by, proposed_at)
         SELECT '{id}', '{no}', 20310630, 1, 1, id, 1700000000000000 FROM user_account WHERE login_key = 'operator'"
    ));
    assert!(written, "the proposal is written");
    id.to_string()
}

/// A comment on each warning of a verdict.
pub(crate) fn comments(verdict: &Verdict) -> Vec<Value> {
    (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, rated)| rated.severity.as_str() == "warning")
        .map(|(index, _)| json!({ "finding": index, "comment": "Abgestimmt." }))
        .collect()
}

fn submitted(world: &World, lead: &Account, no: &SubprojectNo) -> String {
    let verdict = world.uploaded(lead, no);
    let path = format!("/api/v1/uploads/{}/submit", verdict.upload.id);
    world
        .client_of(lead)
        .post(&path, &json!({ "comments": comments(&verdict) }))
        .expect(200);
    verdict.upload.id.to_string()
}
