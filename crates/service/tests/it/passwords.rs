//! What is kept of passwords, who can sign in to a fresh record, and that the time of a refusal does not tell who has an
//! account.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use nachweis_domain::language::Language;
use nachweis_service::{Clock, NewAccount, Service, ServiceError, SignInFailure};
use nachweis_store::{
    OPERATOR, Store,
    testing::{Backend, TestDatabase},
};

use crate::{
    Story,
    world::{World, moment, settings},
};

/// A password that is taken.
const PASSWORD: &str = "Laterne Segel Butterbrot";

pub(crate) const STORIES: &[Story] = &[
    (
        "a_stored_hash_is_argon2id_with_19_mebibytes_two_passes_and_a_salt_of_its_own",
        stored,
    ),
    ("nobody_can_sign_in_to_a_fresh_record", fresh),
    (
        "known_and_unknown_names_are_refused_alike_and_in_the_long_run_as_fast",
        timing,
    ),
];

fn create(world: &World, name: &str, password: Option<&str>) {
    let new = NewAccount {
        name: name.to_owned(),
        display_name: "Paula Beispiel".to_owned(),
        password: password.map(str::to_owned),
        language: Language::De,
        grants: Vec::new(),
    };
    world.service.create_user(&world.admin, &new).unwrap();
}

/// The parts of a stored hash: algorithm, version, parameters, salt, hash.
fn parts(world: &World, name: &str) -> [String; 5] {
    let user = world.store.user_by_name(name).unwrap().unwrap();
    let stored = user.password_hash.unwrap();
    let parts = stored.as_str().strip_prefix('$').unwrap().split('$');
    let parts: Vec<String> = parts.map(str::to_owned).collect();
    parts.try_into().unwrap()
}

/// A parameter of a stored hash.
fn parameter(parameters: &str, name: &str) -> u32 {
    let mut pairs = parameters.split(',').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name).unwrap();
    value.parse().unwrap()
}

fn stored(world: &World) {
    create(world, "paula", Some(PASSWORD));
    create(world, "petra", Some(PASSWORD));
    create(world, "pia", None);
    let pia = world.store.user_by_name("pia").unwrap().unwrap();
    world
        .service
        .set_password(&world.admin, pia.id, PASSWORD)
        .unwrap();
    let all = ["paula", "petra", "pia"].map(|name| parts(world, name));
    for [algorithm, version, parameters, salt, hash] in &all {
        assert_eq!((algorithm.as_str(), version.as_str()), ("argon2id", "v=19"));
        let kibibytes = parameter(parameters, "m");
        assert!(kibibytes >= 19 * 1_024, "{parameters}");
        assert!(parameter(parameters, "t") >= 2, "{parameters}");
        assert!(parameter(parameters, "p") >= 1, "{parameters}");
        // Base64 without padding: 16 bytes of salt, 32 bytes of hash.
        assert!(salt.len() >= 22 && hash.len() >= 43, "{salt} {hash}");
    }
    for place in [3, 4] {
        let own = |number: usize| &all[number][place];
        assert!(own(0) != own(1) && own(0) != own(2) && own(1) != own(2));
    }
    assert!(world.service.sign_in("pia", PASSWORD, None).is_ok());
}

fn failure(service: &Service, name: &str, password: &str) -> SignInFailure {
    match service.sign_in(name, password, None) {
        Err(ServiceError::SignIn(failure)) => failure,
        other => panic!("{name}: {other:?}"),
    }
}

/// The account of the command line is the only one, and has nothing to sign in with.
fn fresh(world: &World) {
    let backend = match world.database.folder() {
        Some(_) => Backend::Sqlite,
        None => Backend::Postgres,
    };
    let database = TestDatabase::migrated(backend);
    let service = Service::open(&settings(&database), Clock::fixed(moment("2024-10-15T12:00:00Z"))).unwrap();
    assert!(service.users(&Service::operator()).unwrap().is_empty());
    let store = Store::open(database.url()).unwrap();
    let operator = store.user_by_name("operator").unwrap().unwrap();
    assert_eq!(operator.id, OPERATOR);
    assert!(operator.password_hash.is_none() && operator.grants.is_empty());
    assert!(store.identities_of(OPERATOR).unwrap().is_empty());
    for (name, password) in [("operator", ""), ("operator", "operator"), ("admin", "admin")] {
        assert_eq!(failure(&service, name, password), SignInFailure::Credentials);
    }
    let by_script = service.script_session(&world.manager, OPERATOR).unwrap_err();
    assert!(matches!(by_script, ServiceError::Forbidden(_)), "{by_script:?}");
}

/// Tries of each kind; only the long run measures, where a thousand of each are a figure that other work does not sway.
const TRIES: usize = 1_000;

fn timing(world: &World) {
    create(world, "paula", Some(PASSWORD));
    create(world, "petra", None);
    if std::env::var_os("NACHWEIS_TEST_LONG").is_none() {
        for name in ["paula", "petra", "paulo"] {
            assert_eq!(
                failure(&world.service, name, "Laterne"),
                SignInFailure::Credentials
            );
        }
        return;
    }
    let mut now = moment("2024-10-15T12:00:00Z");
    let mut kinds: [(&str, Vec<Duration>); 3] = ["paula", "petra", "paulo"].map(|name| (name, Vec::new()));
    for number in 0..TRIES {
        if number % 8 == 0 {
            // The failures so far count no longer.
            now += TimeDelta::hours(2);
            world.hand.turn_to(now);
        }
        // Whoever comes first, comes second next time.
        kinds.rotate_left(1);
        for (name, times) in &mut kinds {
            let began = Instant::now();
            let failed = failure(&world.service, name, "Laterne Segel Butterbrod");
            times.push(began.elapsed());
            assert_eq!(failed, SignInFailure::Credentials);
        }
    }
    kinds.sort_by_key(|(name, _)| *name);
    let medians = kinds.map(|(name, mut times)| {
        times.sort();
        (name, times[TRIES / 2].as_nanos())
    });
    println!("medians of {TRIES} refused sign-ins in nanoseconds: {medians:?}");
    let (_, unknown) = medians[1];
    for (name, median) in medians {
        // Less than one twentieth.
        assert!(median.abs_diff(unknown) * 20 < unknown, "{name}: {medians:?}");
    }
}
