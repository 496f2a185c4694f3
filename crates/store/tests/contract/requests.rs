//! Requests with a key, and tries that are bounded in a span of time.

use chrono::TimeDelta;
use nachweis_domain::{
    access::Role,
    record::{Sha256, UserId},
    throttle::Throttle,
};
use nachweis_store::{Attempt, AttemptKind, Begun, Keeping, KeptAnswer, KeyedRequest, OPERATOR};

use crate::{on_both, sample::*};

pub(crate) fn request(user: UserId, body: u8, run: u128) -> KeyedRequest {
    KeyedRequest {
        user,
        key: "a-key".into(),
        request: Sha256([body; 32]),
        epoch: 0,
        run: id(run),
    }
}

/// What counts at a minute: keys of the last hundred minutes, runs of the last five.
pub(crate) fn keeping(minute: i64) -> Keeping {
    Keeping {
        since: at(minute - 100),
        running_since: at(minute - 5),
        most: 2,
    }
}

pub(crate) fn answer() -> KeptAnswer {
    KeptAnswer {
        status: 201,
        headers: vec![("location".into(), "/api/v1/uploads/7".into())],
        body: vec![0, 255, 7],
    }
}

pub(crate) fn attempt(kind: AttemptKind, whose: u8) -> Attempt {
    Attempt {
        kind,
        whose: Sha256([whose; 32]),
        throttle: Throttle {
            most: 2,
            window: TimeDelta::minutes(15),
            first_pause: TimeDelta::minutes(1),
        },
    }
}

on_both! {
    fn a_request_runs_once_and_its_answer_is_given_again_until_it_is_forgotten(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.create_user(&user(MANAGER, "manager", Role::Manager), OPERATOR, at(0)).unwrap();
        let begin = |request: &KeyedRequest, minute| store.begin_request(request, &keeping(minute), at(minute)).unwrap();
        let first = request(LEAD, 1, 1);
        assert_eq!(begin(&first, 0), Begun::Run);
        assert_eq!(begin(&request(LEAD, 1, 2), 1), Begun::Running);
        assert_eq!(begin(&request(LEAD, 2, 3), 1), Begun::Different);
        assert_eq!(begin(&request(MANAGER, 2, 4), 1), Begun::Run, "keys of others are others");
        store.finish_request(&first, Some(&answer())).unwrap();
        assert_eq!(begin(&request(LEAD, 1, 5), 100), Begun::Answered(answer()));
        assert_eq!(begin(&request(LEAD, 2, 6), 100), Begun::Different);
        assert_eq!(begin(&request(LEAD, 2, 7), 101), Begun::Run, "forgotten");
    }

    fn an_answer_is_given_again_only_while_the_rights_of_its_account_are_the_same(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let keyed = |epoch, run| KeyedRequest { epoch, ..request(LEAD, 1, run) };
        let begin = |epoch, run| store.begin_request(&keyed(epoch, run), &keeping(1), at(1)).unwrap();
        assert_eq!(begin(7, 1), Begun::Run);
        assert_eq!(begin(8, 2), Begun::Running);
        store.finish_request(&keyed(7, 1), Some(&answer())).unwrap();
        assert_eq!([begin(6, 3), begin(7, 4), begin(8, 5)], [Begun::Outlived, Begun::Answered(answer()), Begun::Outlived]);
        store.database.tamper("UPDATE idempotent_request SET epoch = NULL");
        assert_eq!(begin(7, 6), Begun::Outlived, "an answer of before this was counted");
        // A refusal told nothing and changed nothing.
        let refusal = KeptAnswer { status: 403, ..answer() };
        let other = |epoch, run| KeyedRequest { key: "another".into(), ..keyed(epoch, run) };
        let again = |epoch, run| store.begin_request(&other(epoch, run), &keeping(1), at(1)).unwrap();
        assert_eq!(again(7, 7), Begun::Run);
        store.finish_request(&other(7, 7), Some(&refusal)).unwrap();
        assert_eq!([again(7, 8), again(8, 9)], [Begun::Answered(refusal), Begun::Run]);
    }

    fn a_run_that_was_broken_off_begins_anew_and_the_old_one_keeps_nothing(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let begin = |run, minute| store.begin_request(&request(LEAD, 1, run), &keeping(minute), at(minute)).unwrap();
        assert_eq!(begin(1, 0), Begun::Run);
        assert_eq!(begin(2, 5), Begun::Running);
        assert_eq!(begin(3, 6), Begun::Run);
        store.finish_request(&request(LEAD, 1, 1), Some(&answer())).unwrap();
        assert_eq!(begin(4, 7), Begun::Running);
        store.finish_request(&request(LEAD, 1, 3), None).unwrap();
        assert_eq!(begin(5, 7), Begun::Run, "a passing refusal frees the key");
    }

    fn keys_of_one_account_are_bounded(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let begin = |key: &str, minute| {
            let keyed = KeyedRequest { key: key.into(), ..request(LEAD, 1, 1) };
            store.begin_request(&keyed, &keeping(minute), at(minute)).unwrap()
        };
        assert_eq!(["a", "b", "c", "a"].map(|key| begin(key, 0)), [Begun::Run, Begun::Run, Begun::TooMany, Begun::Running]);
        assert_eq!(begin("c", 101), Begun::Run);
    }

    fn tries_are_counted_for_each_kind_and_person_and_a_success_takes_them_back(store) {
        let account = attempt(AttemptKind::SignInAccount, 1);
        let address = attempt(AttemptKind::SignInAddress, 1);
        let other = attempt(AttemptKind::SignInAccount, 2);
        let try_at = |run, attempts: &[Attempt], minute| store.attempt(id(run), attempts, at(minute), at(minute - 60)).unwrap();
        assert_eq!(try_at(1, &[account, address], 0), None);
        assert_eq!(try_at(2, &[account], 0), None);
        assert_eq!(try_at(3, &[account], 0), Some(TimeDelta::minutes(1)));
        assert_eq!(try_at(4, &[other, address], 0), None);
        assert_eq!(try_at(5, &[other, address], 0), Some(TimeDelta::minutes(1)), "the longest wait counts, and nothing is counted");
        assert_eq!(try_at(6, &[other], 0), None);
        store.attempt_succeeded(id(6), AttemptKind::SignInAccount, other.whose).unwrap();
        assert_eq!(try_at(7, &[other], 0), None);
        assert_eq!(try_at(8, &[account], 15), None, "after the window");
    }
}
