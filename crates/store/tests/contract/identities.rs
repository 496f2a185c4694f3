//! Identities at issuers, and sign-ins that were begun there.

use nachweis_domain::{
    access::Role,
    record::{Action, Sha256, UserId},
};
use nachweis_store::{
    BegunSignIn, Conflict, Identity, NewRefreshToken, OPERATOR, Room, Store, StoreError, Thing, Waiting,
};

use crate::{
    attest::{attested, found, with_rows},
    on_both,
    sample::*,
};

const ISSUER: &str = "https://login.example.org/realms/iq";

/// An identity that others can be told from.
pub(crate) fn identity() -> Identity {
    named("4711")
}

fn named(subject: &str) -> Identity {
    Identity {
        issuer: ISSUER.into(),
        subject: subject.into(),
    }
}

fn people(store: &Store) {
    for (user_id, name) in [(LEAD, "lead"), (MANAGER, "manager")] {
        store
            .create_user(&user(user_id, name, Role::Lead), OPERATOR, at(0))
            .unwrap();
    }
}

fn link(store: &Store, user: UserId, subject: &str, minute: i64) -> Result<(), StoreError> {
    let row = id(u128::try_from(minute).unwrap());
    store.link_identity(user, (row, &named(subject)), OPERATOR, at(minute))
}

pub(crate) fn begun(number: u8, whose: u8) -> BegunSignIn {
    BegunSignIn {
        state: Sha256([number; 32]),
        binding: Sha256([number + 100; 32]),
        issuer: ISSUER.into(),
        whose: Sha256([whose; 32]),
    }
}

/// The first token of a session of somebody.
pub(crate) fn token(user: UserId, minute: i64) -> NewRefreshToken {
    NewRefreshToken {
        hash: Sha256([1; 32]),
        family: id(5),
        user,
        issued_at: at(minute),
        expires_at: at(1_000),
        session_ends_at: at(5_000),
    }
}

/// Three of one, five in all, of the ten minutes before a minute.
pub(crate) fn room(minute: i64) -> Room {
    Room {
        since: at(minute - 10),
        most_of_one: 3,
        most: 5,
    }
}

/// What a service does for somebody who signs in at an issuer.
pub(crate) fn sign_in_at_issuer(store: &Store) {
    store
        .link_identity(LEAD, (id(0x61), &identity()), OPERATOR, at(30))
        .unwrap();
    for number in [1, 2] {
        let kept = store.begin_sign_in(&begun(number, 1), &room(30), at(30)).unwrap();
        assert_eq!(kept, Waiting::Kept);
    }
    let (state, binding) = (Sha256([1; 32]), Sha256([101; 32]));
    assert!(store.take_sign_in(&state, (ISSUER, &binding), at(20)).unwrap());
    assert!(
        store
            .sign_in_with_identity(&identity(), &token(LEAD, 30))
            .unwrap()
            .is_some()
    );
}

on_both! {
    fn an_identity_leads_to_its_account_and_to_no_other(store) {
        people(store);
        assert_eq!(store.user_of_identity(&identity()).unwrap(), None);
        for minute in 1..=2 {
            link(store, LEAD, "4711", minute).unwrap();
        }
        assert_eq!(store.user_of_identity(&identity()).unwrap().unwrap().id, LEAD);
        assert_eq!(store.identities_of(LEAD).unwrap(), [identity()]);
        assert_eq!(store.identities_of(MANAGER).unwrap(), []);
        for other in [
            named("4711 "),
            named("471"),
            Identity { issuer: format!("{ISSUER}/"), ..identity() },
            Identity { issuer: ISSUER.to_uppercase(), ..identity() },
        ] {
            assert_eq!(store.user_of_identity(&other).unwrap(), None, "{other:?}");
        }
        let last = store.journal(0, 9).unwrap().pop().unwrap();
        assert_eq!((last.position, last.action, last.object.as_str()), (3, Action::IdentityLinked, LEAD.to_string().as_str()));
        assert!(!last.detail.contains("4711"), "a subject says something about a person: {}", last.detail);
        assert_eq!(with_rows(attested(store)), found(store));
    }

    fn an_identity_belongs_to_one_account_whoever_asks_first(store) {
        people(store);
        link(store, LEAD, "4711", 1).unwrap();
        let refused = link(store, MANAGER, "4711", 2).unwrap_err();
        assert!(matches!(refused, StoreError::Conflict(Conflict::IdentityTaken { ref name }) if name == "lead"), "{refused:?}");
        // The database holds it as well.
        let columns = "(id, user_id, issuer, subject, linked_at)";
        let row = |subject: &str| format!(
            "INSERT INTO identity {columns} VALUES ('{}', '{MANAGER}', '{ISSUER}', '{subject}', 1)", id(77)
        );
        assert!(!store.database.takes(&row("4711")));
        assert!(store.database.takes(&row("another")));
        let nobody = store.link_identity(COORDINATOR, (id(9), &named("1")), OPERATOR, at(3));
        assert!(matches!(nobody, Err(StoreError::Unknown { thing: Thing::User, .. })));
        for subject in ["", &"a".repeat(256)] {
            assert!(matches!(link(store, LEAD, subject, 4), Err(StoreError::Unfit { .. })));
        }
    }

    fn who_was_unlinked_or_disabled_meanwhile_gets_no_session(store) {
        people(store);
        link(store, LEAD, "4711", 1).unwrap();
        let begin = |user: UserId| store.sign_in_with_identity(&identity(), &token(user, 30)).unwrap();
        // What a sign-in reads of the identity, and what happens before it begins its session.
        let owner = store.user_of_identity(&identity()).unwrap().unwrap().id;
        store.unlink_identity(owner, &identity(), OPERATOR, at(2)).unwrap();
        let head = store.journal_head().unwrap();
        assert_eq!(begin(owner), None);
        link(store, LEAD, "4711", 3).unwrap();
        assert_eq!(begin(MANAGER), None, "of another account");
        assert_eq!(store.journal_head().unwrap(), head + 1, "only the link is journalled");
        let pass = begin(owner).unwrap();
        assert!(store.grants_of(&pass, at(31)).unwrap().is_some());
        let entry = store.journal(head + 1, 9).unwrap().pop().unwrap();
        assert_eq!((entry.action, entry.object), (Action::SignedIn, LEAD.to_string()));
        assert!(entry.detail.contains(ISSUER) && !entry.detail.contains("4711"), "{}", entry.detail);
        store.disable_user(LEAD, OPERATOR, at(32)).unwrap();
        assert_eq!(begin(owner), None);
        assert_eq!(store.grants_of(&pass, at(33)).unwrap(), None);
    }

    fn unlinking_ends_all_sessions_and_the_identity_stays_with_its_account(store) {
        people(store);
        link(store, LEAD, "4711", 1).unwrap();
        let session = NewRefreshToken { hash: Sha256([1; 32]), family: id(5), user: LEAD, issued_at: at(2), expires_at: at(100), session_ends_at: at(100) };
        let pass = store.save_refresh_token(&session).unwrap();
        assert!(store.grants_of(&pass, at(3)).unwrap().is_some());
        assert!(!store.unlink_identity(MANAGER, &identity(), OPERATOR, at(4)).unwrap(), "not of this account");
        assert!(store.grants_of(&pass, at(4)).unwrap().is_some());
        assert!(store.unlink_identity(LEAD, &identity(), OPERATOR, at(5)).unwrap());
        assert!(!store.unlink_identity(LEAD, &identity(), OPERATOR, at(6)).unwrap(), "not twice");
        assert_eq!(store.grants_of(&pass, at(6)).unwrap(), None);
        assert_eq!(store.user_of_identity(&identity()).unwrap(), None);
        for minute in [7, 10] {
            let refused = link(store, MANAGER, "4711", minute).unwrap_err();
            assert!(matches!(refused, StoreError::Conflict(Conflict::IdentityTaken { ref name }) if name == "lead"), "{refused:?}");
            link(store, LEAD, "4711", minute + 1).unwrap();
            assert!(store.unlink_identity(LEAD, &identity(), OPERATOR, at(minute + 2)).unwrap());
        }
        let actions: Vec<Action> = store.journal(2, 9).unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, [Action::IdentityLinked, Action::IdentityUnlinked].repeat(3));
        assert_eq!(with_rows(attested(store)), found(store));
    }

    fn the_database_keeps_whose_an_identity_was(store) {
        people(store);
        link(store, LEAD, "4711", 1).unwrap();
        let row = |table: &str, user: UserId, moment: &str| format!(
            "INSERT INTO {table} (id, user_id, issuer, subject, {moment}) VALUES ('{}', '{user}', '{ISSUER}', '4711', 1)", id(77)
        );
        assert!(!store.database.takes("DELETE FROM identity"), "unlinked without a trace");
        assert!(!store.database.takes(&row("former_identity", MANAGER, "unlinked_at")), "while it is another's");
        store.unlink_identity(LEAD, &identity(), OPERATOR, at(2)).unwrap();
        assert!(!store.database.takes(&row("identity", MANAGER, "linked_at")));
        assert!(!store.database.takes(&format!("UPDATE former_identity SET user_id = '{MANAGER}'")));
        assert!(!store.database.takes("DELETE FROM former_identity"));
        assert!(store.database.takes(&row("identity", LEAD, "linked_at")));
        store.database.tamper(&format!("UPDATE former_identity SET user_id = '{MANAGER}'"));
        assert_ne!(with_rows(attested(store)), found(store), "the journal shows it");
    }

    fn a_linked_identity_cannot_be_turned_to_another_account_behind_the_journal(store) {
        people(store);
        link(store, LEAD, "4711", 1).unwrap();
        let turned = format!("UPDATE identity SET user_id = '{MANAGER}'");
        assert!(store.database.takes(&format!("{turned} WHERE 1 = 0")));
        assert!(!store.database.takes(&turned), "the database refuses it");
        store.database.tamper(&turned);
        assert_ne!(with_rows(attested(store)), found(store), "the journal shows it");
    }

    fn a_begun_sign_in_is_taken_once_by_its_state_secret_and_issuer(store) {
        let take = |number: u8, issuer: &str, binding: u8, minute: i64| store
            .take_sign_in(&Sha256([number; 32]), (issuer, &Sha256([binding; 32])), at(minute - 10))
            .unwrap();
        for number in 1..=5 {
            assert_eq!(store.begin_sign_in(&begun(number, number), &room(0), at(0)).unwrap(), Waiting::Kept);
        }
        assert!(take(1, ISSUER, 101, 10));
        assert!(!take(1, ISSUER, 101, 10), "twice");
        assert!(!take(2, ISSUER, 101, 1), "with another's secret");
        assert!(!take(2, ISSUER, 102, 1), "a wrong try uses it up");
        assert!(!take(3, "https://other.example.org", 103, 1), "at another issuer");
        assert!(!take(4, ISSUER, 104, 11), "too late");
        assert!(!take(9, ISSUER, 109, 1), "never begun");
        assert!(take(5, ISSUER, 105, 1));
    }

    fn only_so_many_sign_ins_wait_of_one_and_in_all_and_old_ones_are_forgotten(store) {
        let begin = |number: u8, whose: u8, minute: i64| store
            .begin_sign_in(&begun(number, whose), &room(minute), at(minute))
            .unwrap();
        for number in 1..=3 {
            assert_eq!(begin(number, 1, i64::from(number)), Waiting::Kept);
        }
        assert_eq!(begin(4, 1, 4), Waiting::TooManyOfOne { oldest: at(1) });
        assert_eq!(begin(4, 2, 4), Waiting::Kept);
        assert_eq!(begin(5, 2, 4), Waiting::Kept);
        assert_eq!(begin(6, 1, 12), Waiting::Kept, "the first has been forgotten");
    }

    fn who_fills_the_room_drives_out_their_own_and_keeps_nobody_from_signing_in(store) {
        let take = |number: u8| store
            .take_sign_in(&Sha256([number; 32]), (ISSUER, &Sha256([number + 100; 32])), at(0))
            .unwrap();
        for (number, whose) in [(1, 2), (2, 1), (3, 1), (4, 1), (5, 2), (6, 3), (7, 4)] {
            let began = store.begin_sign_in(&begun(number, whose), &room(9), at(number.into())).unwrap();
            assert_eq!(began, Waiting::Kept, "number {number}");
        }
        // The sixth drove out the oldest of three, the seventh the oldest of those of which two wait.
        assert_eq!((1..=7).filter(|number| take(*number)).collect::<Vec<u8>>(), [3, 4, 5, 6, 7]);
    }
}
