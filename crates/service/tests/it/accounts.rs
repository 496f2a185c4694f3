//! Accounts, sign-in and sessions.

use chrono::TimeDelta;
use nachweis_domain::{
    access::{Grant, Role, Scope},
    language::Language,
    record::{Action, UserId},
};
use nachweis_service::{
    Account, ErrorClass, HandedIn, Identity, NewAccount, Pass, ServiceError, SignInFailure, SignedIn,
};
use uuid::Uuid;

use crate::{Story, world::World};

/// A password that is taken.
const PASSWORD: &str = "Laterne Segel Butterbrot";

pub(crate) const STORIES: &[Story] = &[
    (
        "signing_in_takes_the_right_password_only_and_is_journalled",
        sign_in,
    ),
    (
        "a_refresh_token_works_once_and_its_reuse_ends_the_session",
        refresh,
    ),
    ("no_session_lasts_for_ever_however_often_it_is_renewed", for_ever),
    ("a_disabled_account_loses_its_sessions_at_once", disabled),
    ("names_are_given_once_and_weak_passwords_to_nobody", refused),
    (
        "an_account_without_a_password_lets_nobody_sign_in",
        without_password,
    ),
];

fn create(world: &World, name: &str, password: &str) -> Result<Account, ServiceError> {
    world.service.create_user(
        &world.admin,
        &NewAccount {
            name: name.to_owned(),
            display_name: "Paula Beispiel".to_owned(),
            password: Some(password.to_owned()),
            language: Language::En,
            grants: vec![Grant {
                role: Role::Auditor,
                scope: Scope::All,
            }],
        },
    )
}

fn failure(outcome: Result<SignedIn, ServiceError>) -> SignInFailure {
    match outcome {
        Err(ServiceError::SignIn(failure)) => failure,
        other => panic!("{other:?}"),
    }
}

fn sign_in(world: &World) {
    let account = create(world, "paula", PASSWORD).unwrap();
    let signed_in = world.service.sign_in(" Paula ", PASSWORD, None).unwrap();
    assert_eq!(signed_in.account, account);
    assert_eq!(world.service.caller(&signed_in.pass).unwrap(), account.caller());
    assert_eq!(
        failure(world.service.sign_in("paula", "Laterne", None)),
        SignInFailure::Credentials
    );
    // A password typed into the field of the name must not reach the journal.
    assert_eq!(
        failure(world.service.sign_in(PASSWORD, "paula", None)),
        SignInFailure::Credentials
    );
    assert_eq!(
        failure(world.service.sign_in("operator", "", None)),
        SignInFailure::Credentials
    );
    let journal = world.store.journal(0, 10_000).unwrap();
    let failed: Vec<_> = journal
        .iter()
        .filter(|entry| entry.action == Action::SignInFailed)
        .collect();
    assert_eq!(failed.len(), 3);
    assert_eq!(failed[0].object, account.id.to_string());
    assert!(!format!("{journal:?}").to_lowercase().contains("laterne"));
}

fn refresh(world: &World) {
    create(world, "paula", PASSWORD).unwrap();
    let first = world.service.sign_in("paula", PASSWORD, None).unwrap();
    let second = world.service.renew(&first.refresh_token).unwrap();
    assert_eq!(second.account, first.account);
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_eq!(
        failure(world.service.renew(&first.refresh_token)),
        SignInFailure::Session
    );
    assert_eq!(
        failure(world.service.renew(&second.refresh_token)),
        SignInFailure::Session
    );
    for nonsense in ["", "abc", &"f".repeat(64), &"ü".repeat(32)] {
        assert_eq!(failure(world.service.renew(nonsense)), SignInFailure::Session);
        world.service.sign_out(nonsense).unwrap();
    }
    let other = world.service.sign_in("paula", PASSWORD, None).unwrap();
    world
        .hand
        .turn_to(other.refresh_expires_at + TimeDelta::seconds(1));
    assert_eq!(
        failure(world.service.renew(&other.refresh_token)),
        SignInFailure::Session
    );
    let last = world.service.sign_in("paula", PASSWORD, None).unwrap();
    world.service.sign_out(&last.refresh_token).unwrap();
    assert_eq!(
        failure(world.service.renew(&last.refresh_token)),
        SignInFailure::Session
    );
}

fn for_ever(world: &World) {
    let account = create(world, "paula", PASSWORD).unwrap();
    let start = world.service.now();
    let after = |end: TimeDelta, steps: &[TimeDelta], first: SignedIn| {
        let mut last = first;
        for step in steps {
            world.hand.turn_to(start + *step);
            last = world.service.renew(&last.refresh_token).unwrap();
            assert!(world.service.caller(&last.pass).is_ok());
        }
        assert_eq!(last.refresh_expires_at, start + end);
        world.hand.turn_to(start + end);
        assert_eq!(
            failure(world.service.renew(&last.refresh_token)),
            SignInFailure::Session
        );
        assert!(world.service.caller(&last.pass).is_err());
        world.hand.turn_to(start);
    };
    let days = [13, 26, 29].map(TimeDelta::days);
    let first = world.service.sign_in("paula", PASSWORD, None).unwrap();
    assert_eq!(first.refresh_expires_at, start + TimeDelta::days(14));
    after(TimeDelta::days(30), &days, first);
    // Who is removed at an issuer must not stay signed in for weeks.
    let identity = Identity {
        issuer: "https://login.example.org".to_owned(),
        subject: "4711".to_owned(),
    };
    world
        .service
        .link_identity(&world.admin, account.id, &identity)
        .unwrap();
    let begun = world
        .service
        .begin_issuer_sign_in(&identity.issuer, None)
        .unwrap();
    let handed_in = HandedIn {
        issuer: &identity.issuer,
        state: &begun.state,
        binding: &begun.binding,
        from: None,
    };
    let first = world
        .service
        .complete_issuer_sign_in(&handed_in, |_proof, _now| Ok("4711".to_owned()))
        .unwrap();
    after(TimeDelta::hours(12), &[1, 11].map(TimeDelta::hours), first);
}

fn disabled(world: &World) {
    let account = create(world, "paula", PASSWORD).unwrap();
    let session = world.service.sign_in("paula", PASSWORD, None).unwrap();
    let grant = Grant {
        role: Role::Manager,
        scope: Scope::All,
    };
    let granted = world.service.grant(&world.admin, account.id, &grant).unwrap();
    assert_eq!(granted.grants.len(), 2);
    assert!(
        world.service.caller(&session.pass).is_err(),
        "a token from before the grant"
    );
    let session = world.service.renew(&session.refresh_token).unwrap();
    assert_eq!(world.service.caller(&session.pass).unwrap().grants.len(), 2);
    assert!(
        world
            .service
            .disable_user(&world.admin, account.id)
            .unwrap()
            .disabled
    );
    assert_eq!(
        failure(world.service.renew(&session.refresh_token)),
        SignInFailure::Session
    );
    assert_eq!(
        failure(world.service.sign_in("paula", PASSWORD, None)),
        SignInFailure::Credentials
    );
    let nobody = Pass {
        user: UserId(Uuid::from_u128(99)),
        ..session.pass
    };
    for pass in [session.pass, nobody] {
        let error = world.service.caller(&pass).unwrap_err();
        assert!(
            matches!(error, ServiceError::SignIn(SignInFailure::Session)),
            "{error:?}"
        );
    }
}

fn refused(world: &World) {
    create(world, "paula", PASSWORD).unwrap();
    let taken = create(world, "paula", PASSWORD).unwrap_err();
    assert_eq!(taken.class(), ErrorClass::Conflict, "{taken:?}");
    assert_eq!(create(world, "Paula", PASSWORD).unwrap_err().code(), "user-name");
    assert_eq!(
        create(world, "berta", "kurz").unwrap_err().code(),
        "password-too-short"
    );
    assert_eq!(
        create(world, "berta", "Passwort2024!").unwrap_err().code(),
        "password-common"
    );
    let names: Vec<String> = world
        .service
        .users(&world.admin)
        .unwrap()
        .into_iter()
        .map(|account| account.name)
        .collect();
    assert_eq!(names, ["ada", "axel", "cora", "lena", "mia", "otto", "paula"]);
}

fn without_password(world: &World) {
    let new = NewAccount {
        name: "lead.invited".to_owned(),
        display_name: "Leitung, noch ohne Kennwort".to_owned(),
        password: None,
        language: Language::De,
        grants: Vec::new(),
    };
    let account = world.service.create_user(&world.admin, &new).unwrap();
    for tried in ["", "lead.invited", PASSWORD, "\0"] {
        let failed = failure(world.service.sign_in("lead.invited", tried, None));
        assert_eq!(failed, SignInFailure::Credentials, "{tried:?}");
    }
    let pass = world.service.script_session(&world.admin, account.id).unwrap();
    assert_eq!(world.service.caller(&pass).unwrap(), account.caller());
}
