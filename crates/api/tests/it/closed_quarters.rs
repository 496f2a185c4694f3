//! What a closed quarter and a reopening that has lapsed refuse, and what they rightly take, of every operation that
//! writes: against the table in `closed-quarters.txt`.
//!
//! Whoever tries has the right role and no hand in the thing, so that only the quarter can stand in the way.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{access::Role, key::SubprojectNo, record::UploadState};
use nachweis_service::{Account, Clock, ClockHand, Service};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};

use crate::{
    access::compare,
    client::Client,
    people,
    situations::Table,
    stage,
    world::{World, api_settings},
};

pub(crate) const TESTS: &[(&str, fn())] =
    crate::tests![closed_quarters_and_lapsed_reopenings_refuse_every_step_and_nothing_else];

const QUARTER: &str = "2023-Q1";
const REASON: &str = "Bitte Beleg 3 prüfen.";

/// A server with everybody who takes a step, each for everything.
struct Scene {
    world: World,
    hand: ClockHand,
    began: DateTime<Utc>,
    lead: Account,
    at_lead: Client,
    coordinator: Client,
    other_coordinator: Client,
    manager: Client,
    second: Client,
}

/// An upload about which every step is tried.
struct Thing {
    name: &'static str,
    no: SubprojectNo,
    id: String,
    comments: Value,
}

impl Scene {
    fn new() -> Self {
        let began = people::now();
        let (clock, hand) = Clock::turned_by_hand(began);
        let world = World::under(Backend::Sqlite, 7, clock, api_settings());
        let lead = world.account("lead", Role::Lead);
        let of = |name: &str, role| world.client_of(&world.account(name, role));
        Self {
            at_lead: world.client_of(&lead),
            coordinator: of("coordinator", Role::Coordinator),
            other_coordinator: of("other-coordinator", Role::Coordinator),
            manager: of("manager", Role::Manager),
            second: of("second", Role::Manager),
            lead,
            world,
            hand,
            began,
        }
    }

    fn checked(&self, name: &'static str, no: &SubprojectNo) -> Thing {
        let verdict = self.world.uploaded(&self.lead, no);
        Thing {
            name,
            no: no.clone(),
            id: verdict.upload.id.to_string(),
            comments: json!({ "comments": stage::comments(&verdict) }),
        }
    }

    fn submitted(&self, name: &'static str, no: &SubprojectNo) -> Thing {
        let thing = self.checked(name, no);
        let path = format!("/api/v1/uploads/{}/submit", thing.id);
        self.at_lead.post(&path, &thing.comments).expect(200);
        thing
    }

    fn endorsed(&self, name: &'static str, no: &SubprojectNo) -> Thing {
        let thing = self.submitted(name, no);
        let path = format!("/api/v1/submissions/{}/endorse", thing.id);
        self.coordinator.post(&path, &json!({})).expect(200);
        thing
    }

    fn accepted(&self, name: &'static str, no: &SubprojectNo) -> Thing {
        let thing = self.endorsed(name, no);
        let path = format!("/api/v1/submissions/{}/accept", thing.id);
        self.manager.post(&path, &json!({})).expect(200);
        thing
    }

    fn state(&self, thing: &Thing) -> UploadState {
        let id = thing.id.parse().unwrap();
        let known = self.world.service.upload(&Service::operator(), id).unwrap();
        known.upload.state
    }

    /// A request for a waiver; its id.
    fn waiver(&self, no: &SubprojectNo) -> String {
        let path = format!("/api/v1/subprojects/{no}/waivers");
        let asked = self.at_lead.post(&path, &stage::waiver()).expect(201);
        asked["id"].as_str().unwrap().to_owned()
    }

    /// A request for a reopening until a moment; its id.
    fn reopening(&self, no: &SubprojectNo, until: DateTime<Utc>) -> String {
        let path = format!("/api/v1/subprojects/{no}/quarters/{QUARTER}/reopen");
        let body = json!({ "reason": "Nachgereichter Beleg.", "expires_at": until });
        let asked = self.manager.post(&path, &body).expect(201);
        asked["id"].as_str().unwrap().to_owned()
    }

    fn reopened(&self, no: &SubprojectNo, until: DateTime<Utc>) {
        let path = format!("/api/v1/reopenings/{}/confirm", self.reopening(no, until));
        self.second.post(&path, &json!({})).expect(200);
    }
}

fn closed_quarters_and_lapsed_reopenings_refuse_every_step_and_nothing_else() {
    let scene = Scene::new();
    // The first subproject coordinates its network: nobody endorses its reports.
    let [_, first, second, third, fourth, fifth, sixth] = &scene.world.numbers[..] else {
        panic!("seven subprojects are needed")
    };
    let mut table = Table::new(
        "# What a closed quarter, and one whose reopening has lapsed, answer to every operation that writes, asked by somebody\n\
         # with the right role and no hand in the thing (`return`: a coordinator, a manager). Every step of an upload is refused,\n\
         # whatever its state. Waivers and reopenings concern what may be handed in later, so they are taken; holds and erasing\n\
         # concern the subproject, of which nothing is due here.\n\
         # Generated by `UPDATE_GENERATED=1 cargo test -p nachweis-api --test it closed_quarters`.\n\n",
    );
    let accepted = scene.accepted("accepted", first);
    let checked = scene.checked("checked", second);
    let asked = [(); 3].map(|()| scene.waiver(first));
    let close = format!("/api/v1/rounds/2023-2025/quarters/{QUARTER}/close");
    let acknowledged = json!({ "without_missing": true });
    scene.second.post(&close, &acknowledged).expect(200);
    // Each entry of the journal has a moment of its own: they are ahead of a clock that stands still.
    scene.hand.turn_to(scene.began + TimeDelta::seconds(1));
    let things = [accepted, checked];
    let until = scene.began + TimeDelta::seconds(60);
    let open = scene.reopening(first, until);
    try_all(&mut table, &scene, "closed", &things, &asked, &open);

    let lapsing = scene.began + TimeDelta::seconds(30);
    for no in [third, fourth, fifth, sixth] {
        scene.reopened(no, lapsing);
    }
    let things = [
        scene.accepted("accepted", third),
        scene.checked("checked", fourth),
        scene.submitted("submitted", fifth),
        scene.endorsed("endorsed", sixth),
    ];
    let asked = [(); 3].map(|()| scene.waiver(sixth));
    let never_confirmed = scene.reopening(third, lapsing);
    scene.hand.turn_to(lapsing);
    try_all(&mut table, &scene, "lapsed", &things, &asked, &never_confirmed);
    for situation in ["closed", "lapsed"] {
        for (method, path) in nachweis_api::operations() {
            let operation = format!("{method} {path}");
            let of_a_quarter = method == "POST" && !path.contains("/auth/");
            assert!(
                !of_a_quarter || table.has(situation, &operation),
                "{operation} is not tried in a quarter that is {situation}"
            );
        }
    }
    compare(table.text(), "closed-quarters.txt");
}

/// Every operation that writes, tried in one situation.
fn try_all(
    table: &mut Table,
    scene: &Scene,
    situation: &str,
    things: &[Thing],
    waivers: &[String; 3],
    reopening: &str,
) {
    for thing in things {
        let before = scene.state(thing);
        steps(table, scene, &format!("{situation}, {}", thing.name), thing);
        assert_eq!(scene.state(thing), before, "{situation}, {}", thing.name);
    }
    let why = json!({ "reason": "Nachgewiesen." });
    let ask = format!("/api/v1/subprojects/{}/waivers", things[0].no);
    let asked = scene.at_lead.post(&ask, &stage::waiver());
    table.line(situation, "POST /api/v1/subprojects/{no}/waivers", &asked);
    for (waiver, step) in waivers.iter().zip(["grant", "refuse", "withdraw"]) {
        let answer = scene
            .second
            .post(&format!("/api/v1/waivers/{waiver}/{step}"), &why);
        table.line(situation, &format!("POST /api/v1/waivers/{{id}}/{step}"), &answer);
    }
    let close = format!("/api/v1/rounds/2023-2025/quarters/{QUARTER}/close");
    table.line(
        situation,
        "POST /api/v1/rounds/{round}/quarters/{quarter}/close",
        &scene.second.post(&close, &json!({ "without_missing": true })),
    );
    let reopen = format!("/api/v1/subprojects/{}/quarters/{QUARTER}/reopen", things[0].no);
    let until = scene.began + TimeDelta::days(1);
    table.line(
        situation,
        "POST /api/v1/subprojects/{no}/quarters/{quarter}/reopen",
        &scene
            .manager
            .post(&reopen, &json!({ "reason": REASON, "expires_at": until })),
    );
    kept(table, scene, situation, &things[0].no);
    let confirm = format!("/api/v1/reopenings/{reopening}/confirm");
    let pattern = "POST /api/v1/reopenings/{id}/confirm";
    let own = scene.manager.post(&confirm, &json!({}));
    table.line(&format!("{situation}, own"), pattern, &own);
    for again in ["", ", again"] {
        let answer = scene.second.post(&confirm, &json!({}));
        table.line(&format!("{situation}{again}"), pattern, &answer);
    }
    let withdraw = format!("/api/v1/reopenings/{reopening}/withdraw");
    for again in ["", ", again"] {
        let answer = scene.second.post(&withdraw, &why);
        let pattern = "POST /api/v1/reopenings/{id}/withdraw";
        table.line(&format!("{situation}{again}"), pattern, &answer);
    }
}

/// How long originals are kept is a matter of the subproject, whatever its quarters: holds are taken, and nothing is due.
fn kept(table: &mut Table, scene: &Scene, situation: &str, no: &SubprojectNo) {
    let reason = json!({ "reason": "Verfahren." });
    let placed = scene
        .manager
        .post(&format!("/api/v1/subprojects/{no}/holds"), &reason);
    table.line(situation, "POST /api/v1/subprojects/{no}/holds", &placed);
    let hold = placed.json()["id"].as_str().unwrap().to_owned();
    let lifted = scene.second.post(&format!("/api/v1/holds/{hold}/lift"), &reason);
    table.line(situation, "POST /api/v1/holds/{id}/lift", &lifted);
    let nothing = json!({});
    let proposed = scene
        .manager
        .post(&format!("/api/v1/subprojects/{no}/erasures"), &nothing);
    table.line(situation, "POST /api/v1/subprojects/{no}/erasures", &proposed);
    let confirmed = scene
        .second
        .post(&format!("/api/v1/erasures/{hold}/confirm"), &nothing);
    table.line(situation, "POST /api/v1/erasures/{id}/confirm", &confirmed);
}

/// Every step of an upload, and a new revision beside it.
fn steps(table: &mut Table, scene: &Scene, situation: &str, thing: &Thing) {
    let Thing { no, id, comments, .. } = thing;
    let mut figures = scene.world.figures(no);
    for part in &mut figures.narrative {
        part.text.value = format!("Anders als zuvor: {situation}.");
    }
    let workbook = scene.world.workbook(no, &figures);
    let uploads = format!("/api/v1/subprojects/{no}/quarters/{QUARTER}/uploads");
    table.line(
        situation,
        "POST /api/v1/subprojects/{no}/quarters/{quarter}/uploads",
        &scene.at_lead.upload(&uploads, &workbook),
    );
    let reason = json!({ "reason": REASON });
    let nothing = json!({});
    for (who, part, step, body) in [
        (&scene.at_lead, "uploads", "submit", comments),
        (&scene.other_coordinator, "submissions", "endorse", &nothing),
        (&scene.other_coordinator, "submissions", "return", &reason),
        (&scene.second, "submissions", "accept", &nothing),
        (&scene.second, "submissions", "return", &reason),
    ] {
        let answer = who.post(&format!("/api/v1/{part}/{id}/{step}"), body);
        table.line(situation, &format!("POST /api/v1/{part}/{{id}}/{step}"), &answer);
    }
    let many = json!({ "submissions": [id] });
    let answer = scene.second.post("/api/v1/submissions/accept", &many);
    table.line(situation, "POST /api/v1/submissions/accept", &answer);
}
