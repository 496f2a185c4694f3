//! Retention over HTTP: what is kept, holds, and erasing by two people on a later day.

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    access::Role,
    berlin,
    key::{SourceKey, SubprojectNo},
    money::Money,
    period::Period,
    plan::Disbursement,
};
use nachweis_service::Clock;
use nachweis_store::{OPERATOR, testing::Backend};
use serde_json::{Value, json};

use crate::{
    client::Client,
    people,
    world::{World, api_settings, small_programme},
};

pub(crate) const TESTS: &[(&str, fn())] =
    crate::tests![what_is_due_is_listed_held_and_erased_by_two_people_and_then_gone];

/// Records that the grants are long over and what was paid to one of the subprojects.
fn long_over(world: &World, no: &SubprojectNo) {
    let mut programme = world.programme.clone();
    for (subproject, _) in &mut programme.subprojects {
        subproject.grant_period = Period {
            first: day("2010-01-01"),
            last: day("2012-12-31"),
        };
    }
    let payment = Disbursement {
        paid_on: day("2012-03-01"),
        source: SourceKey::new("federal"),
        amount: Money::from_euro(1_000),
    };
    programme.disbursements.push((no.clone(), payment));
    let round = &world.round.code;
    world
        .store
        .import_programme(round, "later", &programme, OPERATOR, begun())
        .unwrap();
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Tokens hold by the clock of the machine, so that the story begins long ago.
fn begun() -> DateTime<Utc> {
    "2016-01-11T08:00:00Z".parse().unwrap()
}

fn what_is_due_is_listed_held_and_erased_by_two_people_and_then_gone() {
    let (clock, hand) = Clock::turned_by_hand(begun());
    let mut programme = small_programme(3);
    programme.disbursements.clear();
    let world = World::of(Backend::Sqlite, programme, clock, api_settings());
    let (no, unpaid) = (&world.numbers[0], &world.numbers[1]);
    let lead = world.lead("lead", &[no]);
    let upload = world.uploaded(&lead, no).upload.id;
    long_over(&world, no);
    hand.turn_to(people::now());
    let [first, second] = ["first", "second"].map(|name| world.account(name, Role::Manager));
    let today = berlin::day(people::now());
    let [lead, first, second] = [&lead, &first, &second].map(|who| world.client_of(who));
    let never = format!("/api/v1/subprojects/{unpaid}/erasures");
    assert_eq!(
        first.post(&never, &json!({})).expect(409)["code"],
        "retention-running"
    );
    let propose = format!("/api/v1/subprojects/{no}/erasures");
    let holds = format!("/api/v1/subprojects/{no}/holds");
    let hold = first.post(&holds, &json!({ "reason": "Verfahren." })).expect(201);
    assert_eq!(
        first.post(&propose, &json!({})).expect(409)["code"],
        "retention-held"
    );
    let retention = "/api/v1/rounds/2023-2025/retention";
    let state = |client: &Client| {
        let page = client.get(retention).expect(200);
        assert_eq!((&page["on"], &page["total"]), (&json!(today), &json!(3)));
        page["subprojects"][0].clone()
    };
    assert_eq!(state(&first)["state"], "held");
    let lift = format!("/api/v1/holds/{}/lift", hold["id"].as_str().unwrap());
    let lifted = second.post(&lift, &json!({ "reason": "Beendet." })).expect(200);
    assert_eq!(lifted["lifted"]["reason"], "Beendet.");
    assert_eq!(first.get("/api/v1/holds").expect(200)["holds"][0], lifted);
    assert_eq!(state(&first)["state"], "due");

    let proposed = first.post(&propose, &json!({})).expect(201);
    let confirm = format!("/api/v1/erasures/{}/confirm", proposed["id"].as_str().unwrap());
    assert_eq!(
        first.post(&confirm, &json!({})).expect(403)["code"],
        "own-submission"
    );
    let original = format!("/api/v1/uploads/{upload}/original.xlsx");
    assert_eq!(lead.get(&original).status, 200, "nothing is erased yet");
    let erased = second.post(&confirm, &json!({})).expect(200);
    assert_eq!(erased["erased"], 1);
    for path in [&original, &format!("/api/v1/uploads/{upload}/marked.xlsx")] {
        assert_eq!(lead.get(path).expect(410)["code"], "original-erased", "{path}");
    }
    assert_eq!(lead.get(&format!("/api/v1/uploads/{upload}")).status, 200);
    let after = state(&first);
    assert_eq!(
        (&after["state"], &after["originals"], &after["erased"]),
        (&json!("erased"), &json!(0), &json!(1))
    );
    let erasures = "/api/v1/rounds/2023-2025/erasures";
    assert_eq!(second.get(erasures).expect(200)["erasures"], json!([erased]));
    paged(&first, retention);
}

/// Pages follow each other to the end, and what is no place is refused.
fn paged(client: &Client, path: &str) {
    let mut seen = Vec::new();
    let mut next = Value::Null;
    loop {
        let after = next
            .as_str()
            .map_or_else(String::new, |next| format!("&after={next}"));
        let page = client.get(&format!("{path}?limit=2{after}")).expect(200);
        let entries = page["subprojects"].as_array().unwrap();
        seen.extend(
            entries
                .iter()
                .map(|entry| entry["subproject"].as_str().unwrap().to_owned()),
        );
        next = page["next"].clone();
        if next.is_null() {
            break;
        }
    }
    assert!(seen.len() == 3 && seen.is_sorted(), "{seen:?}");
    for wrong in ["/api/v1/holds?after=x", "/api/v1/holds?limit=0"] {
        client.get(wrong).expect(400);
    }
}
