//! Several processes and people who write at once.

use std::{collections::BTreeSet, thread};

use nachweis_store::testing::Backend;
use nachweis_tests::{
    often,
    service::{Answer, Person},
};
use serde_json::{Value, json};

use super::place::{Place, QUARTER, Who, submission};

/// Both at once.
fn both<T: Send>(first: impl FnOnce() -> T + Send, second: impl FnOnce() -> T + Send) -> [T; 2] {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        [first.join().expect("done"), second]
    })
}

/// One was first; the other is told so.
fn one_was_first(answers: &[Answer; 2], round: usize) -> usize {
    let mut statuses = [answers[0].status, answers[1].status];
    let winner = statuses
        .iter()
        .position(|status| *status == 200)
        .unwrap_or_default();
    statuses.sort_unstable();
    let loser = String::from_utf8_lossy(&answers[1 - winner].body);
    assert_eq!(statuses, [200, 409], "round {round}: {loser}");
    winner
}

#[test]
fn of_two_writers_on_two_instances_one_is_first_and_nothing_is_lost() {
    let place = Place::new(Backend::Postgres);
    let services = [place.serve(), place.serve()];
    let at = |who: [Who; 2]| -> [Person<'_>; 2] {
        [
            place.person(&services[0], who[0]),
            place.person(&services[1], who[1]),
        ]
    };
    let leads = at([Who::Lead, Who::Lead]);
    let managers = at([Who::Manager, Who::SecondManager]);
    for round in 0..often(10, 100) {
        let workbooks = [0, 1].map(|side| place.workbook(&leads[side], 2 * round + side));
        let upload = |side: usize| leads[side].upload(&place.no, QUARTER, &workbooks[side]);
        let receipts = both(|| upload(0), || upload(1)).map(|answer| {
            assert_eq!(
                answer.status,
                201,
                "round {round}: {}",
                String::from_utf8_lossy(&answer.body)
            );
            answer.json()
        });
        let revisions: BTreeSet<u64> = receipts
            .iter()
            .filter_map(|receipt| receipt["revision"].as_u64())
            .collect();
        let next = 2 * u64::try_from(round).expect("small") + 1;
        assert_eq!(
            revisions,
            BTreeSet::from([next, next + 1]),
            "round {round}: strictly one after the other"
        );
        let submit = |side: usize| {
            let id = receipts[side]["id"].as_str().expect("an id");
            leads[side].post(&format!("/uploads/{id}/submit"), &submission(&receipts[side]))
        };
        let winner = one_was_first(&both(|| submit(0), || submit(1)), round);
        let path = format!(
            "/submissions/{}/accept",
            receipts[winner]["id"].as_str().expect("an id")
        );
        let accept = |side: usize| managers[side].post(&path, &json!({}));
        one_was_first(&both(|| accept(0), || accept(1)), round);
        let uploads = place.uploads(&managers[0]);
        let accepted: Vec<&Value> = uploads
            .iter()
            .filter(|upload| upload["state"] == "accepted")
            .collect();
        assert_eq!(accepted.len(), 1, "round {round}");
        assert_eq!(accepted[0]["id"], receipts[winner]["id"], "round {round}");
    }
    drop(services);
    place.verify();
}

#[test]
fn eight_writers_on_an_embedded_database_are_never_told_that_it_is_locked() {
    let place = Place::new(Backend::Sqlite);
    let services = [place.serve(), place.serve()];
    let rounds = often(3, 40);
    let kept: usize = thread::scope(|scope| {
        let writers: Vec<_> = (0..8_usize)
            .map(|writer| {
                let (place, service) = (&place, &services[writer % 2]);
                scope.spawn(move || {
                    let lead = place.person(service, Who::Lead);
                    (0..rounds)
                        .map(|round| {
                            let workbook = place.workbook(&lead, writer * 1_000 + round);
                            let answer = lead.upload(&place.no, QUARTER, &workbook);
                            assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
                        })
                        .count()
                })
            })
            .collect();
        writers
            .into_iter()
            .map(|writer| writer.join().expect("done"))
            .sum()
    });
    let uploads = place.uploads(&place.person(&services[0], Who::Lead));
    let revisions: BTreeSet<u64> = uploads
        .iter()
        .filter_map(|upload| upload["revision"].as_u64())
        .collect();
    assert_eq!((kept, uploads.len()), (8 * rounds, 8 * rounds));
    assert_eq!(revisions.len(), kept, "each has a revision of its own");
    drop(services);
    place.verify();
}
