//! Reopenings of closed quarters: how many wait, how they end, and what the database itself holds.

use nachweis_domain::{
    life::Standing,
    record::{ReopeningId, ReopeningSettled, ReopeningState, UserId},
};
use nachweis_store::{Changes, Conflict, NewClosing, NewReopening, ReopeningWord, Store, StoreError};

use crate::{
    attest::{attested, found, with_rows},
    on_both,
    sample::*,
};

fn reopening_id(number: u128) -> ReopeningId {
    ReopeningId(id(9_500 + number))
}

fn request(number: u128, minute: i64) -> NewReopening {
    NewReopening {
        id: reopening_id(number),
        subproject: no(1),
        quarter: quarter("2023-Q4"),
        reason: "Doppelt erfasst.".into(),
        by: MANAGER,
        at: at(minute),
        expires_at: at(90),
        open_at_most: 2,
    }
}

fn word(number: u128, by: UserId, minute: i64) -> ReopeningWord {
    ReopeningWord {
        id: reopening_id(number),
        by,
        at: at(minute),
        reason: "Hat sich erledigt.".into(),
    }
}

fn closed(store: &Store) {
    let mark = store.last_change(&code(), Changes::Any).unwrap();
    let closing = NewClosing {
        round: code(),
        quarter: quarter("2023-Q4"),
        by: MANAGER,
        at: at(30),
        missing: 0,
        reports: Vec::new(),
        mark,
    };
    store.close_quarter(&closing).unwrap();
}

fn conflict<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Conflict {
    match result.unwrap_err() {
        StoreError::Conflict(conflict) => conflict,
        other => panic!("{other:?}"),
    }
}

fn standing(store: &Store, minute: i64) -> Standing {
    let closed = store.closed_for(&code(), &no(1), at(minute)).unwrap();
    let found = closed.iter().find(|closed| closed.quarter == quarter("2023-Q4"));
    found.unwrap().standing
}

on_both! {
    fn only_so_many_requests_wait_and_one_that_is_taken_back_makes_room(store) {
        set_up(store, 2);
        closed(store);
        store.request_reopening(&request(1, 31)).unwrap();
        store.request_reopening(&request(2, 32)).unwrap();
        assert_eq!(conflict(store.request_reopening(&request(3, 33))), Conflict::ReopeningsOpen { count: 2 });
        let other = NewReopening { subproject: no(2), ..request(4, 34) };
        store.request_reopening(&other).unwrap();
        store.withdraw_reopening(&word(1, MANAGER, 35)).unwrap();
        store.request_reopening(&request(3, 36)).unwrap();
        let found = store.reopenings(&code()).unwrap();
        let states: Vec<_> = found.iter().map(|record| (record.id, record.state_at(at(37)))).collect();
        let requested = ReopeningState::Requested;
        assert_eq!(states, [
            (reopening_id(1), ReopeningState::Withdrawn), (reopening_id(2), requested),
            (reopening_id(4), requested), (reopening_id(3), requested),
        ]);
    }

    fn what_was_taken_back_is_not_confirmed_and_what_counted_ends(store) {
        set_up(store, 1);
        closed(store);
        let deputy = LEAD;
        store.request_reopening(&request(1, 31)).unwrap();
        store.withdraw_reopening(&word(1, deputy, 32)).unwrap();
        let taken_back = Conflict::ReopeningSettled(ReopeningSettled::Withdrawn { at: at(32) });
        assert_eq!(conflict(store.confirm_reopening(reopening_id(1), deputy, at(33))), taken_back);
        assert_eq!(conflict(store.withdraw_reopening(&word(1, MANAGER, 33))), taken_back);
        let confirmed = format!(
            "UPDATE reopening SET confirmed_by = '{deputy}', confirmed_at = {}", at(40).timestamp_micros()
        );
        assert!(!store.database.takes(&confirmed), "the database itself refuses it");
        assert_eq!(standing(store, 34), Standing::Closed { at: at(30) });

        store.request_reopening(&request(2, 35)).unwrap();
        store.confirm_reopening(reopening_id(2), deputy, at(36)).unwrap();
        let confirmed = Conflict::ReopeningSettled(ReopeningSettled::Confirmed { at: at(36), until: at(90) });
        assert_eq!(conflict(store.confirm_reopening(reopening_id(2), deputy, at(37))), confirmed);
        assert_eq!(standing(store, 40), Standing::Reopened { until: at(90) });
        let withdrawn = store.withdraw_reopening(&word(2, MANAGER, 41)).unwrap();
        assert_eq!(store.reopening(reopening_id(2)).unwrap(), withdrawn);
        assert_eq!(standing(store, 42), Standing::Expired { at: at(41) });
        store.request_reopening(&request(3, 43)).unwrap();
        let expired = Conflict::ReopeningSettled(ReopeningSettled::Expired { at: at(90) });
        assert_eq!(conflict(store.withdraw_reopening(&word(3, MANAGER, 90))), expired);
    }

    fn that_a_reopening_was_withdrawn_stays_and_the_journal_vouches_for_it(store) {
        set_up(store, 1);
        closed(store);
        store.request_reopening(&request(1, 31)).unwrap();
        store.withdraw_reopening(&word(1, MANAGER, 32)).unwrap();
        let rows = found(store);
        assert_eq!(with_rows(attested(store)), rows);
        assert!(rows.keys().any(|name| name.starts_with("reopening_withdrawal/")));
        for statement in ["UPDATE reopening_withdrawal SET reason = 'x'", "DELETE FROM reopening_withdrawal"] {
            assert!(!store.database.takes(statement), "{statement}");
        }
    }
}
