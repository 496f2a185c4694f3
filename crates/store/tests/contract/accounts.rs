//! Accounts, grants and sessions.

use nachweis_domain::{
    access::{Grant, Role, Scope},
    key::{ActionFieldKey, NetworkCode},
    language::Language,
    record::{Action, Sha256, UserId},
};
use nachweis_store::{
    Actor, Conflict, NewRefreshToken, NewUser, OPERATOR, Original, Pass, PasswordHash, RefreshOutcome,
    StoreError, Thing,
};

use crate::{on_both, sample::*};

fn token(name: &str) -> Sha256 {
    Original::new(name.as_bytes().to_vec()).sha256()
}

fn session(name: &str, family: u128) -> NewRefreshToken {
    NewRefreshToken {
        hash: token(name),
        family: id(family),
        user: LEAD,
        issued_at: at(0),
        expires_at: at(100),
        session_ends_at: at(5_000),
    }
}

fn pass(family: u128, epoch: u64) -> Pass {
    Pass {
        user: LEAD,
        session: id(family),
        epoch,
    }
}

on_both! {
    fn an_account_comes_back_with_its_sorted_grants(store) {
        let grant = |role, scope| Grant { role, scope };
        let new = NewUser {
            name: " Anna.Muster ".into(),
            password_hash: Some(PasswordHash::new("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
            language: Language::En,
            grants: vec![
                grant(Role::Auditor, Scope::All),
                grant(Role::Lead, Scope::Network(NetworkCode::new("RIN-NW-OST"))),
                grant(Role::Lead, Scope::Subproject(no(1))),
                grant(Role::Lead, Scope::Field(ActionFieldKey::new("counselling"))),
                grant(Role::Auditor, Scope::All),
            ],
            ..user(LEAD, "x", Role::Lead)
        };
        store.create_user(&new, OPERATOR, at(0)).unwrap();
        let kept = store.user_by_name("ANNA.muster").unwrap().unwrap();
        assert_eq!((kept.id, kept.name.as_str(), kept.language), (LEAD, "Anna.Muster", Language::En));
        assert_eq!(kept.password_hash, new.password_hash);
        assert_eq!((kept.created_at, kept.disabled_at), (at(0), None));
        assert_eq!(kept.grants.len(), 4);
        assert!(kept.grants.is_sorted());
        assert_eq!(store.user(LEAD).unwrap(), Some(kept.clone()));
        assert_eq!(store.users().unwrap(), [kept]);
        assert!(!format!("{:?}", store.users().unwrap()).contains("argon2id"));
    }

    fn a_sign_in_name_is_taken_whatever_its_capitals(store) {
        store.create_user(&user(LEAD, "Jürgen", Role::Lead), OPERATOR, at(0)).unwrap();
        for name in ["jürgen", "JÜRGEN", " Jürgen"] {
            let error = store.create_user(&user(UserId(id(1)), name, Role::Lead), OPERATOR, at(1)).unwrap_err();
            assert!(matches!(error, StoreError::Conflict(Conflict::LoginTaken { .. })), "{name} {error:?}");
        }
        assert_eq!(store.users().unwrap().len(), 1);
        let taken = store.create_user(&user(UserId(id(2)), "operator", Role::Admin), OPERATOR, at(1));
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::LoginTaken { .. }))));
    }

    fn the_operator_is_no_user_but_can_act(store) {
        assert_eq!(store.users().unwrap(), []);
        assert_eq!(store.user(OPERATOR).unwrap().unwrap().password_hash, None);
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        assert_eq!(store.journal(0, 9).unwrap()[0].actor, Some(OPERATOR));
    }

    fn a_grant_is_given_once(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let grant = Grant { role: Role::Auditor, scope: Scope::All };
        for minute in 1..=2 {
            store.grant(LEAD, &grant, OPERATOR, at(minute)).unwrap();
        }
        assert_eq!(store.user(LEAD).unwrap().unwrap().grants.len(), 2);
        let journal = store.journal(0, 9).unwrap();
        assert_eq!(journal.len(), 2);
        assert_eq!((journal[1].action, journal[1].object.clone()), (Action::RoleGranted, LEAD.to_string()));
        let nobody = store.grant(MANAGER, &grant, OPERATOR, at(3));
        assert!(matches!(nobody, Err(StoreError::Unknown { thing: Thing::User, .. })));
    }

    fn a_disabled_account_has_no_sessions(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("first", 1)).unwrap();
        for minute in 1..=2 {
            store.disable_user(LEAD, OPERATOR, at(minute)).unwrap();
        }
        assert_eq!(store.user(LEAD).unwrap().unwrap().disabled_at, Some(at(1)));
        assert_eq!(store.journal_head().unwrap(), 2);
        let outcome = store.rotate_refresh_token(&token("first"), &token("second"), at(100), at(3)).unwrap();
        assert_eq!(outcome, RefreshOutcome::Reused { user: LEAD });
        store.save_refresh_token(&session("late", 2)).unwrap();
        let outcome = store.rotate_refresh_token(&token("late"), &token("later"), at(100), at(3)).unwrap();
        assert_eq!(outcome, RefreshOutcome::Expired);
    }

    fn a_session_is_renewed_token_by_token(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("t0", 1)).unwrap();
        for step in 0..5_i64 {
            let outcome = store
                .rotate_refresh_token(&token(&format!("t{step}")), &token(&format!("t{}", step + 1)), at(200), at(step + 1))
                .unwrap();
            assert_eq!(outcome, RefreshOutcome::Rotated { pass: pass(1, 0), expires_at: at(200) }, "{step}");
        }
        let unknown = store.rotate_refresh_token(&token("forged"), &token("x"), at(200), at(9)).unwrap();
        assert_eq!(unknown, RefreshOutcome::Unknown);
        let late = store.rotate_refresh_token(&token("t5"), &token("t6"), at(300), at(200)).unwrap();
        assert_eq!(late, RefreshOutcome::Expired);
    }

    fn a_session_ends_however_often_it_is_renewed(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let new = NewRefreshToken { session_ends_at: at(50), ..session("t0", 1) };
        let first = store.save_refresh_token(&new).unwrap();
        assert!(store.grants_of(&first, at(49)).unwrap().is_some());
        assert_eq!(store.grants_of(&first, at(50)).unwrap(), None, "although its token lasted longer");
        let rotate = |old: &str, new: &str, minute| {
            store.rotate_refresh_token(&token(old), &token(new), at(minute + 30), at(minute)).unwrap()
        };
        for (old, new, minute, expires) in [("t0", "t1", 10, 40), ("t1", "t2", 39, 50), ("t2", "t3", 49, 50)] {
            let renewed = RefreshOutcome::Rotated { pass: pass(1, 0), expires_at: at(expires) };
            assert_eq!(rotate(old, new, minute), renewed, "{minute}");
        }
        assert_eq!(rotate("t3", "t4", 50), RefreshOutcome::Expired);
        assert_eq!(store.grants_of(&first, at(50)).unwrap(), None);
        // As a migrated session has it whose tokens last longer than it may.
        store.save_refresh_token(&session("u0", 2)).unwrap();
        store.database.tamper(&format!("UPDATE session SET ends_at = {}", at(20).timestamp_micros()));
        assert_eq!(rotate("u0", "u1", 20), RefreshOutcome::Expired);
    }

    fn a_token_used_twice_ends_its_family_and_no_other(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("a0", 1)).unwrap();
        store.save_refresh_token(&session("b0", 2)).unwrap();
        let rotate = |old: &str, new: &str| store.rotate_refresh_token(&token(old), &token(new), at(100), at(5)).unwrap();
        assert_eq!(rotate("a0", "a1"), RefreshOutcome::Rotated { pass: pass(1, 0), expires_at: at(100) });
        assert_eq!(rotate("a0", "thief"), RefreshOutcome::Reused { user: LEAD });
        assert_eq!(rotate("a1", "a2"), RefreshOutcome::Reused { user: LEAD });
        assert_eq!(rotate("thief", "x"), RefreshOutcome::Unknown);
        assert_eq!(rotate("b0", "b1"), RefreshOutcome::Rotated { pass: pass(2, 0), expires_at: at(100) });
    }

    fn signing_out_and_a_new_password_end_sessions(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        for (name, family) in [("a", 1), ("b", 2), ("c", 3)] {
            store.save_refresh_token(&session(name, family)).unwrap();
        }
        store.revoke_refresh_token(&token("a"), at(1)).unwrap();
        store.revoke_refresh_token(&token("no such"), at(1)).unwrap();
        let rotate = |old: &str, new: &str| store.rotate_refresh_token(&token(old), &token(new), at(100), at(5)).unwrap();
        assert_eq!(rotate("a", "a1"), RefreshOutcome::Reused { user: LEAD });
        assert_eq!(rotate("b", "b1"), RefreshOutcome::Rotated { pass: pass(2, 0), expires_at: at(100) });
        let hash = PasswordHash::new("$argon2id$new");
        store.set_password(LEAD, &hash, OPERATOR, at(6)).unwrap();
        assert_eq!(store.user(LEAD).unwrap().unwrap().password_hash, Some(hash));
        assert_eq!(rotate("b1", "b2"), RefreshOutcome::Reused { user: LEAD });
        store.revoke_refresh_tokens(LEAD, at(7)).unwrap();
        assert_eq!(rotate("c", "c1"), RefreshOutcome::Reused { user: LEAD });
        store.record_event(Actor::System, Action::SignedIn, "lead", &serde_json::json!({}), at(8)).unwrap();
    }

    fn a_password_that_was_changed_after_it_was_checked_begins_no_session(store) {
        let old = PasswordHash::new("$argon2id$old");
        let new = NewUser { password_hash: Some(old.clone()), ..user(LEAD, "lead", Role::Lead) };
        store.create_user(&new, OPERATOR, at(0)).unwrap();
        let begin = |hash: &PasswordHash, name, family| store.sign_in_with_password(hash, &session(name, family)).unwrap();
        assert_eq!(begin(&old, "a", 1), Some(pass(1, 0)));
        let entry = store.journal(1, 9).unwrap().pop().unwrap();
        assert_eq!((entry.action, entry.actor, entry.object), (Action::SignedIn, Some(LEAD), LEAD.to_string()));
        // What a sign-in reads and checks, and what happens before it begins its session.
        let checked = store.user_by_name("lead").unwrap().unwrap().password_hash.unwrap();
        let changed = PasswordHash::new("$argon2id$new");
        store.set_password(LEAD, &changed, OPERATOR, at(1)).unwrap();
        assert_eq!(begin(&checked, "b", 2), None);
        store.disable_user(LEAD, OPERATOR, at(2)).unwrap();
        assert_eq!(begin(&changed, "c", 3), None, "disabled");
        let rotate = |name: &str| store.rotate_refresh_token(&token(name), &token("next"), at(100), at(3)).unwrap();
        assert_eq!([rotate("b"), rotate("c")], [RefreshOutcome::Unknown; 2]);
        assert_eq!(store.journal_head().unwrap(), 4, "no further sign-in is journalled");
    }

    fn expired_tokens_are_forgotten_at_the_next_sign_in(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("old", 1)).unwrap();
        let next = NewRefreshToken { issued_at: at(101), expires_at: at(200), ..session("new", 2) };
        store.save_refresh_token(&next).unwrap();
        let outcome = store.rotate_refresh_token(&token("old"), &token("x"), at(200), at(102)).unwrap();
        assert_eq!(outcome, RefreshOutcome::Unknown);
    }

    fn a_pass_holds_while_its_session_runs_and_its_account_is_unchanged(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        let first = store.save_refresh_token(&session("first", 1)).unwrap();
        let script = store.begin_session(LEAD, id(2), at(0), at(10)).unwrap();
        assert_eq!((first, script), (pass(1, 0), pass(2, 0)));
        let grants = store.user(LEAD).unwrap().unwrap().grants;
        assert_eq!(store.grants_of(&first, at(1)).unwrap(), Some(grants));
        for (name, other) in [
            ("another session", pass(3, 0)),
            ("another epoch", pass(1, 1)),
            ("another person", Pass { user: MANAGER, ..first }),
        ] {
            assert_eq!(store.grants_of(&other, at(1)).unwrap(), None, "{name}");
        }
        assert!(store.grants_of(&script, at(9)).unwrap().is_some());
        assert_eq!(store.grants_of(&script, at(10)).unwrap(), None, "an expired session");
        store.revoke_refresh_token(&token("first"), at(2)).unwrap();
        assert_eq!(store.grants_of(&first, at(3)).unwrap(), None, "after signing out");
        assert!(store.grants_of(&script, at(3)).unwrap().is_some(), "another session goes on");
        store.disable_user(LEAD, OPERATOR, at(4)).unwrap();
        assert_eq!(store.grants_of(&script, at(5)).unwrap(), None, "of a disabled account");
    }

    fn a_changed_grant_ends_access_tokens_and_not_the_session(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("t0", 1)).unwrap();
        let grant = Grant { role: Role::Auditor, scope: Scope::All };
        store.grant(LEAD, &grant, OPERATOR, at(1)).unwrap();
        assert_eq!(store.grants_of(&pass(1, 0), at(2)).unwrap(), None);
        let renewed = store.rotate_refresh_token(&token("t0"), &token("t1"), at(100), at(2)).unwrap();
        assert_eq!(renewed, RefreshOutcome::Rotated { pass: pass(1, 1), expires_at: at(100) });
        assert_eq!(store.grants_of(&pass(1, 1), at(2)).unwrap().unwrap().len(), 2);
        for minute in 3..=4 {
            store.withdraw(LEAD, &grant, OPERATOR, at(minute)).unwrap();
        }
        assert_eq!(store.grants_of(&pass(1, 1), at(5)).unwrap(), None);
        assert_eq!(store.grants_of(&pass(1, 2), at(5)).unwrap().unwrap().len(), 1);
        let last = store.journal(0, 9).unwrap().pop().unwrap();
        assert_eq!((last.position, last.action, last.at), (3, Action::RoleWithdrawn, at(3)));
    }

    fn a_new_password_and_a_stolen_token_are_journalled_once(store) {
        store.create_user(&user(LEAD, "lead", Role::Lead), OPERATOR, at(0)).unwrap();
        store.save_refresh_token(&session("a0", 1)).unwrap();
        let rotate = |old: &str, new: &str| store.rotate_refresh_token(&token(old), &token(new), at(100), at(5)).unwrap();
        rotate("a0", "a1");
        rotate("a0", "thief");
        rotate("a0", "thief");
        store.set_password(LEAD, &PasswordHash::new("$argon2id$new"), OPERATOR, at(6)).unwrap();
        let journal: Vec<_> = store.journal(0, 9).unwrap().into_iter().map(|entry| (entry.action, entry.actor, entry.object)).collect();
        assert_eq!(journal[1..], [
            (Action::TokenReused, None, LEAD.to_string()),
            (Action::PasswordSet, Some(OPERATOR), LEAD.to_string()),
        ]);
    }
}
