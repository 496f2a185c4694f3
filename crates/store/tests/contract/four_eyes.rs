//! Four eyes in the tables themselves: every statement with which somebody would approve what passed through their own hands
//! is refused by the database, and the same statement of another person is taken.

use nachweis_domain::{
    access::Role,
    record::{ReopeningId, UploadId, UserId},
};
use nachweis_store::{
    Changes, Conflict, NewClosing, NewReopening, NewUpload, OPERATOR, StoreError, testing::TestStore,
};
use uuid::Uuid;

use crate::{identities::identity, on_both, sample::*, waivers};

/// Hands in what the lead uploaded.
const DEPUTY: UserId = UserId(Uuid::from_u128(4));

/// One upload that the lead uploaded, the deputy handed in and nobody endorsed, and another that the coordinator did.
fn handed_in(store: &TestStore) -> [UploadId; 2] {
    set_up(store, 2);
    add_coordinator(store);
    store
        .create_user(&user(DEPUTY, "deputy", Role::Lead), OPERATOR, at(2))
        .unwrap();
    let second = NewUpload {
        subproject: no(2),
        ..upload(2)
    };
    let ids = [keep(store, &upload(1)).id, keep(store, &second).id];
    for id in ids {
        store.submit(id, DEPUTY, at(20), &[]).unwrap();
    }
    store.endorse(ids[1], COORDINATOR, at(21)).unwrap();
    ids
}

fn update(id: UploadId, change: &str) -> String {
    format!("UPDATE upload SET {change} WHERE id = '{id}'")
}

fn accepted_by(id: UploadId, who: UserId) -> String {
    update(
        id,
        &format!("state = 'accepted', decided_at = 1, decided_by = '{who}'"),
    )
}

fn returned_by(id: UploadId, who: UserId) -> String {
    let change = format!("state = 'returned', return_reason = 'x', decided_at = 1, decided_by = '{who}'");
    update(id, &change)
}

fn endorsed_by(id: UploadId, who: UserId) -> String {
    update(id, &format!("endorsed_at = 1, endorsed_by = '{who}'"))
}

fn refuses(store: &TestStore, attempts: &[(&str, String)]) {
    for (attempt, statement) in attempts {
        assert!(!store.database.takes(statement), "{attempt}: {statement}");
    }
}

on_both! {
    fn the_table_refuses_who_uploaded_handed_in_or_endorsed(store) {
        let [submitted, endorsed] = handed_in(store);
        refuses(store, &[
            ("endorsed by who uploaded", endorsed_by(submitted, LEAD)),
            ("endorsed by who handed in", endorsed_by(submitted, DEPUTY)),
            ("accepted by who uploaded", accepted_by(endorsed, LEAD)),
            ("accepted by who handed in", accepted_by(endorsed, DEPUTY)),
            ("accepted by who endorsed", accepted_by(endorsed, COORDINATOR)),
            ("returned by who uploaded", returned_by(endorsed, LEAD)),
            ("returned by who handed in", returned_by(endorsed, DEPUTY)),
            ("returned by who endorsed", returned_by(endorsed, COORDINATOR)),
            ("all that is handed in", "UPDATE upload SET state = 'accepted', decided_at = 1, decided_by = uploaded_by".into()),
            ("accepted by nobody", update(endorsed, "state = 'accepted', decided_at = 1")),
        ]);
        assert!(store.database.takes(&endorsed_by(submitted, COORDINATOR)));
        assert!(store.database.takes(&returned_by(submitted, MANAGER)));
        assert!(store.database.takes(&accepted_by(endorsed, MANAGER)));
    }

    fn whose_hands_it_was_is_not_written_over_to_decide_afterwards(store) {
        let [_, endorsed] = handed_in(store);
        let mut attempts = Vec::new();
        for (hand, own) in [("uploaded_by", LEAD), ("submitted_by", DEPUTY), ("endorsed_by", COORDINATOR)] {
            attempts.push(("another hand", update(endorsed, &format!("{hand} = '{MANAGER}'"))));
            let at_once = format!("{hand} = '{MANAGER}', state = 'accepted', decided_at = 1, decided_by = '{own}'");
            attempts.push(("another hand in the same statement", update(endorsed, &at_once)));
        }
        attempts.push(("no endorsement", update(endorsed, "endorsed_by = NULL, endorsed_at = NULL")));
        refuses(store, &attempts);
        assert!(store.database.takes(&update(endorsed, "uploaded_by = uploaded_by, submitted_by = submitted_by")));
        assert!(store.database.takes(&accepted_by(endorsed, MANAGER)));
        let turned = format!("decided_by = '{COORDINATOR}'");
        assert!(!store.database.takes(&update(endorsed, &turned)), "who decided is told otherwise");
    }

    fn who_asked_for_a_reopening_or_a_waiver_does_not_decide_on_it(store) {
        handed_in(store);
        let quarter = quarter("2023-Q4");
        let mark = store.last_change(&code(), Changes::Any).unwrap();
        let closing = NewClosing { round: code(), quarter, by: MANAGER, at: at(30), missing: 0, reports: Vec::new(), mark };
        store.close_quarter(&closing).unwrap();
        let reopening = NewReopening {
            id: ReopeningId(id(50)),
            subproject: no(1),
            quarter,
            reason: "Doppelt erfasst.".into(),
            by: MANAGER,
            at: at(31),
            expires_at: at(90),
            open_at_most: 5,
        };
        store.request_reopening(&reopening).unwrap();
        store.ask_waiver(&waivers::request(1, 32)).unwrap();
        let micros = |minute| at(minute).timestamp_micros();
        let confirmed = |who| format!("UPDATE reopening SET confirmed_at = {}, confirmed_by = '{who}'", micros(40));
        let decided = |who: UserId, asked_by: UserId| format!(
            "INSERT INTO waiver_decision (waiver, asked_by, asked_at, asked_until, until, reason, decided_by, decided_at) \
             SELECT id, '{asked_by}', asked_at, asked_until, asked_until, 'x', '{who}', {} FROM waiver", micros(40)
        );
        refuses(store, &[
            ("confirmed by who asked", confirmed(MANAGER)),
            ("asked by another, told afterwards", format!("UPDATE reopening SET requested_by = '{DEPUTY}'")),
            ("without a reason", "UPDATE reopening SET reason = ''".into()),
            ("granted by who asked", decided(LEAD, LEAD)),
            ("granted by who asked, told otherwise", decided(LEAD, MANAGER)),
            ("asked by another, told afterwards", format!("UPDATE waiver SET asked_by = '{MANAGER}'")),
        ]);
        assert!(store.database.takes(&confirmed(DEPUTY)));
        assert!(store.database.takes(&decided(MANAGER, LEAD)));
    }

    fn who_accepted_a_report_does_not_reopen_its_quarter(store) {
        let [submitted, endorsed] = handed_in(store);
        store.return_to_lead(submitted, MANAGER, at(25), "Beleg fehlt.").unwrap();
        store.accept(endorsed, MANAGER, at(26)).unwrap();
        let quarter = upload(2).quarter;
        let mark = store.last_change(&code(), Changes::Any).unwrap();
        let closing = NewClosing { round: code(), quarter, by: MANAGER, at: at(30), missing: 0, reports: Vec::new(), mark };
        store.close_quarter(&closing).unwrap();
        let asked = |number: u128, subproject| NewReopening {
            id: ReopeningId(id(number)),
            subproject,
            quarter,
            reason: "Doppelt erfasst.".into(),
            by: DEPUTY,
            at: at(31),
            expires_at: at(90),
            open_at_most: 5,
        };
        store.request_reopening(&asked(50, no(2))).unwrap();
        store.request_reopening(&asked(51, no(1))).unwrap();
        let hands = |number: u128| {
            let record = store.reopening(ReopeningId(id(number))).unwrap();
            store.hands_in_reopening(&record).unwrap()
        };
        let confirm = |number: u128, who| store.confirm_reopening(ReopeningId(id(number)), who, at(40));
        assert_eq!(hands(50), [DEPUTY, MANAGER]);
        assert!(matches!(confirm(50, MANAGER), Err(StoreError::Conflict(Conflict::FourEyes))));
        let confirmed = |who| format!(
            "UPDATE reopening SET confirmed_at = {}, confirmed_by = '{who}' WHERE id = '{}'",
            at(40).timestamp_micros(), id(50)
        );
        refuses(store, &[("confirmed by who accepted", confirmed(MANAGER))]);
        assert!(store.database.takes(&confirmed(COORDINATOR)));
        // Who returned a report accepted nothing.
        assert_eq!(hands(51), [DEPUTY]);
        confirm(51, MANAGER).unwrap();
    }

    fn a_second_account_does_not_get_the_identity_of_the_first(store) {
        handed_in(store);
        store.link_identity(LEAD, (id(60), &identity()), OPERATOR, at(30)).unwrap();
        let linked = |number: u128, who: UserId, subject: &str| format!(
            "INSERT INTO identity (id, user_id, issuer, subject, linked_at) SELECT '{}', '{who}', '{}', '{subject}', 1",
            id(number), identity().issuer
        );
        let own = identity().subject;
        let turned = format!("UPDATE identity SET user_id = '{MANAGER}'");
        refuses(store, &[("linked to both", linked(61, MANAGER, &own)), ("turned over", turned)]);
        assert!(store.unlink_identity(LEAD, &identity(), OPERATOR, at(31)).unwrap());
        refuses(store, &[("linked after the first let go", linked(61, MANAGER, &own))]);
        assert!(store.database.takes(&linked(61, MANAGER, "somebody-else")));
        assert!(store.database.takes(&linked(62, LEAD, &own)), "it stays with its account");
    }
}
