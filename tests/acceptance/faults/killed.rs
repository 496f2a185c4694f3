//! A service that is killed while it takes in a workbook or a decision: afterwards everything is as before or as after, and
//! what was answered is kept.

use std::{
    thread,
    time::{Duration, Instant},
};

use nachweis_store::testing::Backend;
use nachweis_tests::{often, service::Service};
use serde_json::{Value, json};

use super::place::{Place, QUARTER, Who, submission};

/// Numbers that follow from a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// A while within what a piece of work takes, or a little longer.
    fn within(&mut self, work: Duration) -> Duration {
        let micros = u64::try_from(work.as_micros()).expect("short");
        Duration::from_micros(self.below(micros * 5 / 4 + 1))
    }
}

/// How long an upload and a decision take when nothing comes between.
fn undisturbed(place: &Place, service: &Service) -> (Duration, Duration) {
    let (lead, manager) = (
        place.person(service, Who::Lead),
        place.person(service, Who::Manager),
    );
    let workbook = place.workbook(&lead, 0);
    let begun = Instant::now();
    let receipt = lead.upload(&place.no, QUARTER, &workbook).json();
    let upload = begun.elapsed();
    let id = receipt["id"].as_str().expect("an id");
    lead.post(&format!("/uploads/{id}/submit"), &submission(&receipt));
    let begun = Instant::now();
    let accepted = manager.post(&format!("/submissions/{id}/accept"), &json!({}));
    assert_eq!(
        accepted.status,
        200,
        "{}",
        String::from_utf8_lossy(&accepted.body)
    );
    (upload, begun.elapsed())
}

/// What the killed process still answered.
fn kill_during<T: Send>(kill: impl FnOnce(), wait: Duration, ask: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let asked = scope.spawn(ask);
        thread::sleep(wait);
        kill();
        asked.join().expect("asked")
    })
}

fn find(uploads: &[Value], id: &Value) -> Option<Value> {
    uploads.iter().find(|upload| &upload["id"] == id).cloned()
}

fn killed_at_any_moment(backend: Backend, points: usize) {
    let place = Place::new(backend);
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut service = place.serve();
    let (mut answered, mut broken) = (0, 0);
    let (upload, decision) = undisturbed(&place, &service);
    for point in 1..=points {
        let lead = place.person(&service, Who::Lead);
        let workbook = place.workbook(&lead, point);
        let before = place.uploads(&lead).len();
        let wait = dice.within(upload);
        let said = kill_during(
            || service.kill(),
            wait,
            || lead.try_upload(&place.no, QUARTER, &workbook),
        );
        service = place.serve();
        let lead = place.person(&service, Who::Lead);
        let after = place.uploads(&lead);
        assert!(
            [before, before + 1].contains(&after.len()),
            "point {point}: {before} uploads, then {}",
            after.len()
        );
        match said.filter(|answer| answer.status == 201) {
            Some(answer) => {
                answered += 1;
                assert!(
                    find(&after, &answer.json()["id"]).is_some(),
                    "point {point}: an answered upload is lost"
                );
            }
            None => broken += 1,
        }
        let again = lead.upload(&place.no, QUARTER, &workbook);
        assert!(
            [200, 201].contains(&again.status),
            "point {point}: {}",
            String::from_utf8_lossy(&again.body)
        );
        let receipt = again.json();
        assert_eq!(place.uploads(&lead).len(), before + 1, "point {point}: kept once");
        let id = receipt["id"].as_str().expect("an id");
        let submitted = lead.post(&format!("/uploads/{id}/submit"), &submission(&receipt));
        assert_eq!(
            submitted.status,
            200,
            "point {point}: {}",
            String::from_utf8_lossy(&submitted.body)
        );
        let path = format!("/submissions/{id}/accept");
        let wait = dice.within(decision);
        let manager = place.person(&service, Who::Manager);
        let said = kill_during(|| service.kill(), wait, || manager.try_post(&path, &json!({})));
        service = place.serve();
        let manager = place.person(&service, Who::Manager);
        let state =
            find(&place.uploads(&manager), &receipt["id"]).expect("it was submitted")["state"].clone();
        let accepted = state == "accepted";
        assert!(accepted || state == "submitted", "point {point}: {state}");
        if said.is_some_and(|answer| answer.status == 200) {
            answered += 1;
            assert!(accepted, "point {point}: an answered decision is lost");
        } else {
            broken += 1;
        }
        let again = manager.post(&path, &json!({}));
        assert_eq!(again.status, if accepted { 409 } else { 200 }, "point {point}");
        let accepted = place
            .uploads(&manager)
            .iter()
            .filter(|upload| upload["state"] == "accepted")
            .count();
        assert_eq!(accepted, 1, "point {point}: one revision counts");
    }
    drop(service);
    assert!(
        broken > 0,
        "{answered} requests were answered, none was broken off"
    );
    place.verify();
}

#[test]
fn a_service_killed_at_any_moment_leaves_before_or_after_on_sqlite() {
    killed_at_any_moment(Backend::Sqlite, often(6, 100));
}

#[test]
fn a_service_killed_at_any_moment_leaves_before_or_after_on_postgres() {
    killed_at_any_moment(Backend::Postgres, often(6, 100));
}
