//! Erasing originals: by two people, only what need not be kept, and told from loss everywhere.

use std::fs;

use chrono::DateTime;
use nachweis_domain::{
    access::{Caller, Role, Scope},
    key::SubprojectNo,
    past_moment::PastMoment,
    quarter::Quarter,
    record::{Action, ErasureId, UploadId},
    retention::{Erasure, RetentionState},
};
use nachweis_service::{
    Clock, EffectRequest, ErrorClass, Looking, Quiet, Report, Service, ServiceError, Settings, Verification,
    VerifyRequest, render,
};
use nachweis_store::testing::TestDatabase;

use crate::{
    Story, dossier,
    retention::{kept, pay, pay_to},
    rule_effect::texts,
    world::{OURS, THEIRS, World, day, moment, no, quarter, settings},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "originals_are_erased_by_two_people_and_everything_read_of_them_stays",
        erased,
    ),
    ("nothing_is_erased_before_its_day_under_a_hold_or_twice", refused),
    (
        "what_comes_after_the_proposal_counts_when_it_is_confirmed",
        confirmed_late,
    ),
    ("all_that_is_due_is_erased_and_nothing_else", exactly_what_is_due),
    (
        "a_file_of_two_subprojects_is_erased_with_the_last_of_them",
        shared,
    ),
    ("an_erased_file_that_comes_again_is_refused", comes_again),
    ("bytes_that_go_without_an_erasure_are_found", forged),
    (
        "the_database_itself_wants_two_people_and_no_hold",
        held_by_the_database,
    ),
    ("a_dossier_names_what_was_erased", in_the_dossier),
    ("an_erasure_survives_backup_and_restore", restored),
    (
        "the_files_of_the_database_hold_nothing_of_what_was_erased",
        overwritten,
    ),
    ("erasing_is_for_managers", for_whom),
    ("the_role_of_the_service_cannot_erase_on_postgresql", restricted),
];

/// After the last day of what was paid in 2024.
const LATE: &str = "2031-07-01T08:00:00Z";

/// Two uploads, the second one accepted, paid out, and seven years later. Gives the uploads and a second manager.
fn long_ago(world: &World) -> ([UploadId; 2], Caller) {
    let first = world.upload(&world.figures(3)).upload.id;
    let second = world.upload(&world.figures(4)).upload.id;
    world.service.submit(&world.lead, second, &[]).unwrap();
    world.accept(second);
    pay(world, day(2024, 9, 30));
    let other = world.account("max", Role::Manager, Scope::All);
    world.hand.turn_to(moment(LATE));
    ([first, second], other)
}

fn propose(world: &World) -> Result<Erasure, ServiceError> {
    world.service.propose_erasure(&world.manager, &no())
}

fn erase(world: &World, other: &Caller) -> Erasure {
    let proposed = propose(world).unwrap();
    world.service.confirm_erasure(other, proposed.id).unwrap()
}

fn verify(service: &Service) -> Verification {
    service
        .verify(&Service::operator(), &VerifyRequest::default(), &Quiet)
        .unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> (ErrorClass, &'static str) {
    let error = result.unwrap_err();
    (error.class(), error.code())
}

fn erased(world: &World) {
    let (uploads, other) = long_ago(world);
    let (burn, before) = (world.burn(&world.manager), verify(&world.service));
    assert_eq!((before.originals, before.erased), (2, 0));
    let issued = what_rules_would_hit(world, None, Looking::WhereNeeded);
    let proposed = propose(world).unwrap();
    assert_eq!((proposed.originals, proposed.confirmed.as_ref()), (2, None));
    assert_eq!(proposed.keep_until, day(2031, 6, 30));
    assert!(
        world.service.original(&world.lead, uploads[0]).is_ok(),
        "nothing is erased yet"
    );
    let own = world.service.confirm_erasure(&world.manager, proposed.id);
    assert_eq!(code(own), (ErrorClass::Forbidden, "own-submission"));
    let done = world.service.confirm_erasure(&other, proposed.id).unwrap();
    let (step, originals) = done.confirmed.unwrap();
    assert_eq!((step.by.login.as_str(), originals), ("max", 2));
    for id in uploads {
        let gone = (ErrorClass::Gone, "original-erased");
        assert_eq!(code(world.service.original(&world.lead, id)), gone);
        let german = nachweis_domain::language::Language::De;
        assert_eq!(code(world.service.marked(&world.lead, id, german)), gone);
        assert!(world.service.upload(&world.lead, id).is_ok(), "its verdict stays");
    }
    assert_eq!(world.burn(&world.manager), burn);
    let after = verify(&world.service);
    assert_eq!(after.faults.told(), []);
    assert_eq!((after.originals, after.erased, after.read), (0, 2, 0));
    let ours = kept(world, OURS);
    assert_eq!((ours.originals, ours.size_bytes, ours.erased), (0, 0, 2));
    assert_eq!(ours.state(day(2031, 7, 1)), RetentionState::Erased);
    let steps = [Action::ErasureProposed, Action::OriginalsErased];
    assert!(world.actions().ends_with(&steps));
    named_as_not_counted(world, &issued);
}

fn what_rules_would_hit(world: &World, until: Option<DateTime<chrono::Utc>>, looking: Looking) -> Report {
    let request = EffectRequest {
        looking,
        until: until.map(PastMoment::from),
        ..EffectRequest::default()
    };
    let code = &world.round.code;
    world.service.rule_effect(&world.manager, code, &request).unwrap()
}

/// What was erased is not counted from then on, and what was issued before comes out again as far as it needs no original.
fn named_as_not_counted(world: &World, issued: &Report) {
    let hit = |until, looking| what_rules_would_hit(world, until, looking);
    assert!(texts(issued, "not_counted", "reason").is_empty());
    let now = hit(None, Looking::WhereNeeded);
    assert_eq!(texts(&now, "not_counted", "revision"), ["1", "2"]);
    assert_eq!(texts(&now, "not_counted", "reason"), ["erased", "erased"]);
    assert!(now.as_of > issued.as_of, "the erasure is what was known last");
    for past in [issued, &now] {
        let again = hit(Some(past.as_of), Looking::WhereNeeded);
        assert!(render::json(&again) == render::json(past), "{}", past.as_of);
    }
    let late = hit(Some(issued.as_of), Looking::AtOriginals);
    assert_eq!(texts(&late, "not_counted", "reason"), ["erased", "erased"]);
    let said = late.notes.last().map(|note| note.en.as_str());
    assert!(
        said.is_some_and(|said| said.contains("erased after the moment of this data")),
        "{said:?}"
    );
}

fn refused(world: &World) {
    world.upload(&world.figures(3));
    let conflict = |code| (ErrorClass::Conflict, code);
    world.hand.turn_to(moment("2031-06-30T21:00:00Z"));
    assert_eq!(
        code(propose(world)),
        conflict("retention-running"),
        "without a payment"
    );
    pay(world, day(2024, 9, 30));
    let other = world.account("max", Role::Manager, Scope::All);
    // 30 June 2031, 23:59 in Berlin.
    world.hand.turn_to(moment("2031-06-30T21:59:00Z"));
    assert_eq!(
        code(propose(world)),
        conflict("retention-running"),
        "on the last day"
    );
    world.hand.turn_to(moment("2031-06-30T22:00:00Z"));
    let hold = world
        .service
        .place_hold(&world.manager, &no(), "Verfahren.")
        .unwrap();
    assert_eq!(code(propose(world)), conflict("retention-held"));
    world
        .service
        .lift_hold(&world.manager, hold.id, "Erledigt.")
        .unwrap();
    let proposed = propose(world).unwrap();
    assert_eq!(code(propose(world)), conflict("erasure-proposed"));
    world.service.confirm_erasure(&other, proposed.id).unwrap();
    let journal = world.actions().len();
    assert_eq!(
        code(world.service.confirm_erasure(&other, proposed.id)),
        conflict("erasure-settled")
    );
    assert_eq!(code(propose(world)), conflict("nothing-to-erase"));
    let unknown = world
        .service
        .confirm_erasure(&other, ErasureId(uuid::Uuid::from_u128(9)));
    assert_eq!(code(unknown), (ErrorClass::NotFound, "not-found"));
    let nobody = world
        .service
        .propose_erasure(&other, &SubprojectNo::new("IQ23-XX-999"));
    assert_eq!(code(nobody), (ErrorClass::NotFound, "not-found"));
    assert_eq!(world.actions().len(), journal, "what is refused changes nothing");
}

fn confirmed_late(world: &World) {
    let (uploads, other) = long_ago(world);
    let proposed = propose(world).unwrap();
    let confirm = || world.service.confirm_erasure(&other, proposed.id);
    let hold = world
        .service
        .place_hold(&other, &no(), "Anfrage der Kommission.")
        .unwrap();
    assert_eq!(code(confirm()), (ErrorClass::Conflict, "retention-held"));
    world.service.lift_hold(&other, hold.id, "Beantwortet.").unwrap();
    // A report that comes in begins another period.
    world.upload(&world.figures(5));
    assert_eq!(code(confirm()), (ErrorClass::Conflict, "retention-running"));
    assert!(world.service.original(&world.lead, uploads[0]).is_ok());
    assert_eq!(kept(world, OURS).keep_until, Some(day(2036, 7, 1)));
    world.hand.turn_to(moment("2036-07-02T08:00:00Z"));
    assert_eq!(
        code(confirm()),
        (ErrorClass::Conflict, "erasure-outdated"),
        "three originals were not proposed"
    );
    assert_eq!(erase(world, &other).confirmed.unwrap().1, 3);
    assert_eq!(verify(&world.service).faults.told(), []);
}

fn exactly_what_is_due(world: &World) {
    let (uploads, other) = long_ago(world);
    let their = |at: &str, figures| {
        world.hand.turn_to(moment(at));
        let bytes = world.filled_for(THEIRS, &world.figures(figures));
        let theirs = SubprojectNo::new(THEIRS);
        world
            .service
            .receive_upload(&world.other_lead, &theirs, quarter(), "Q3.xlsx", bytes)
            .unwrap()
            .upload
            .id
    };
    // Their money was paid two years later.
    let theirs = their("2031-07-01T09:00:00Z", 6);
    pay_to(world, THEIRS, day(2026, 9, 30));
    let run = || {
        let proposed = world
            .service
            .propose_erasures(&world.manager, &world.round.code)
            .unwrap();
        let confirmed = world.service.confirm_erasures(&other, &world.round.code).unwrap();
        assert!(proposed.left.is_empty() && confirmed.left.is_empty());
        (proposed.done.len(), confirmed.done.len())
    };
    assert_eq!(run(), (1, 1));
    let journal = world.actions().len();
    assert_eq!(run(), (0, 0), "run twice nothing changes");
    assert_eq!(world.actions().len(), journal);
    let gone = |id| code(world.service.original(&world.auditor, id)) == (ErrorClass::Gone, "original-erased");
    assert!(uploads.into_iter().all(gone));
    assert!(
        world.service.original(&world.other_lead, theirs).is_ok(),
        "theirs must be kept"
    );
    world.hand.turn_to(moment("2040-01-01T08:00:00Z"));
    assert_eq!(run(), (1, 1));
    assert!(gone(theirs));
    let all = world.service.erasures(&world.auditor, &world.round.code).unwrap();
    assert!(all.len() == 2 && all.iter().all(|erasure| erasure.confirmed.is_some()));
    assert_eq!(verify(&world.service).faults.told(), []);
}

fn shared(world: &World) {
    let ours = world.filled(&world.figures(3));
    let theirs = SubprojectNo::new(THEIRS);
    world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", ours.clone())
        .unwrap();
    // Our workbook, sent in for another subproject by mistake: kept and blocked.
    let strange = world
        .service
        .receive_upload(&world.other_lead, &theirs, quarter(), "Q3.xlsx", ours)
        .unwrap();
    let second = world.filled_for(THEIRS, &world.figures(5));
    let send_second = |lead: &Caller, no: &SubprojectNo| {
        let kept = world
            .service
            .receive_upload(lead, no, quarter(), "Q3.xlsx", second.clone());
        kept.unwrap().upload.id
    };
    let stays = send_second(&world.other_lead, &theirs);
    pay(world, day(2024, 9, 30));
    pay_to(world, THEIRS, day(2026, 9, 30));
    let other = world.account("max", Role::Manager, Scope::All);
    let mine = world.upload(&world.figures(4)).upload.id;
    world.hand.turn_to(moment(LATE));
    assert_eq!(
        erase(world, &other).confirmed.unwrap().1,
        1,
        "only what is ours alone"
    );
    assert!(world.service.original(&world.lead, mine).is_err());
    assert!(
        world
            .service
            .original(&world.other_lead, strange.upload.id)
            .is_ok()
    );
    assert_eq!(code(propose(world)), (ErrorClass::Conflict, "nothing-to-erase"));
    // Sent in for us after ours were erased, their second file is ours as well from then on.
    world.hand.turn_to(moment("2031-07-02T08:00:00Z"));
    send_second(&world.lead, &no());
    world.hand.turn_to(moment("2040-01-01T08:00:00Z"));
    let proposed = world.service.propose_erasure(&world.manager, &theirs).unwrap();
    assert_eq!(proposed.originals, 1, "not the second, which came to us later");
    // It is ours as well: a hold on ours keeps it.
    let hold = world
        .service
        .place_hold(&world.manager, &no(), "Verfahren.")
        .unwrap();
    let confirmed = world.service.confirm_erasure(&other, proposed.id);
    assert_eq!(code(confirmed), (ErrorClass::Conflict, "nothing-to-erase"));
    world
        .service
        .lift_hold(&world.manager, hold.id, "Erledigt.")
        .unwrap();
    let done = world.service.confirm_erasure(&other, proposed.id).unwrap();
    assert_eq!(done.confirmed.unwrap().1, 1);
    assert!(
        world
            .service
            .original(&world.other_lead, strange.upload.id)
            .is_err()
    );
    assert!(world.service.original(&world.other_lead, stays).is_ok());
    assert_eq!(
        erase(world, &other).confirmed.unwrap().1,
        1,
        "the second goes with us"
    );
    assert!(world.service.original(&world.other_lead, stays).is_err());
    assert_eq!(verify(&world.service).faults.told(), []);
}

fn comes_again(world: &World) {
    let bytes = world.filled(&world.figures(3));
    let send = |quarter: Quarter| {
        world
            .service
            .receive_upload(&world.lead, &no(), quarter, "Q3.xlsx", bytes.clone())
    };
    let first = send(quarter()).unwrap();
    pay(world, day(2024, 9, 30));
    let other = world.account("max", Role::Manager, Scope::All);
    world.hand.turn_to(moment(LATE));
    erase(world, &other);
    let again = send(quarter()).unwrap();
    assert!(
        again.same_as_before && again.upload.id == first.upload.id,
        "the first receipt stays"
    );
    let next = send("2024-Q4".parse().unwrap());
    assert_eq!(code(next), (ErrorClass::Conflict, "file-erased"));
    assert_eq!(verify(&world.service).faults.told(), []);
}

/// The statement that empties originals, in the words of the database.
fn emptying(world: &World) -> String {
    let nothing = world.database.folder().map_or("''", |_sqlite| "x''");
    format!("UPDATE original SET bytes = {nothing}")
}

fn forged(world: &World) {
    let (_, other) = long_ago(world);
    let done = erase(world, &other);
    let fresh = world.upload(&world.figures(5)).upload;
    let hash = fresh.sha256;
    world
        .database
        .tamper(&format!("{} WHERE sha256 = '{hash}'", emptying(world)));
    let told = |service: &Service| -> Vec<String> {
        let verified = verify(service);
        let texts = verified.faults.told().iter();
        texts
            .map(|fault| fault.text(nachweis_domain::language::Language::En))
            .collect()
    };
    let lost = told(&world.service);
    assert!(lost.len() == 1 && lost[0].contains(&hash.to_string()), "{lost:?}");
    // Whoever also writes that it was erased is found by the journal.
    world.database.tamper(&format!(
        "INSERT INTO erased_original (sha256, erasure) VALUES ('{hash}', '{}')",
        done.id
    ));
    let lied = told(&world.service);
    assert!(
        lied.len() == 1 && lied[0].contains(&format!("erased_original/{}", done.id)),
        "{lied:?}"
    );
}

fn held_by_the_database(world: &World) {
    let (_, other) = long_ago(world);
    let empty = emptying(world);
    assert!(!world.database.takes(&empty), "nothing is proposed");
    let proposed = propose(world).unwrap();
    let at = proposed.proposed.at.timestamp_micros();
    let confirm = |by: &Caller| {
        format!(
            "INSERT INTO erasure_confirmation (erasure, proposed_by, proposed_at, confirmed_by, confirmed_at)
             VALUES ('{}', '{}', {at}, '{}', {})",
            proposed.id,
            world.manager.user,
            by.user,
            at + 1
        )
    };
    assert!(
        !world.database.takes(&confirm(&world.manager)),
        "the one who proposed"
    );
    let hold = world
        .service
        .place_hold(&world.manager, &no(), "Verfahren.")
        .unwrap();
    assert!(!world.database.takes(&confirm(&other)), "a hold");
    assert!(!world.database.takes(&empty));
    world
        .service
        .lift_hold(&world.manager, hold.id, "Erledigt.")
        .unwrap();
    let done = world.service.confirm_erasure(&other, proposed.id).unwrap();
    assert!(done.confirmed.is_some());
    for statement in [
        &empty.replace("''", "'00'"),
        "DELETE FROM original",
        "UPDATE erasure SET originals = 1",
        "DELETE FROM erased_original",
        "DELETE FROM erasure_confirmation",
        "UPDATE erased_original SET erasure = erasure",
    ] {
        assert!(!world.database.takes(statement), "{statement}");
    }
}

fn in_the_dossier(world: &World) {
    let (_, other) = long_ago(world);
    let (before, _) = dossier::export(world, None);
    assert_eq!(before.originals, 2);
    let erased = erase(world, &other);
    let (after, bytes) = dossier::export(world, None);
    assert_eq!(after.originals, 0);
    let files = dossier::unpacked(&bytes);
    assert!(dossier::differing(&files).is_empty());
    assert!(!files.iter().any(|(name, _)| name.starts_with("originals/")));
    let readme = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(
        readme.contains("Gelöschte Originale") && readme.contains("2024-Q3-r2"),
        "{readme}"
    );
    let journal = files.iter().find(|(name, _)| name == "journal.jsonl").unwrap();
    assert!(String::from_utf8_lossy(&journal.1).contains(&erased.id.to_string()));
    // A past moment tells what is missing since.
    let then = moment("2025-01-01T00:00:00Z").into();
    let (past, bytes) = dossier::export(world, Some(then));
    assert_eq!(past.originals, 0);
    let readme = String::from_utf8(dossier::unpacked(&bytes)[0].1.clone()).unwrap();
    assert!(readme.contains("Gelöschte Originale"), "{readme}");
}

fn restored(world: &World) {
    let (_, other) = long_ago(world);
    erase(world, &other);
    // Placed afterwards, it does not undo what was erased before.
    world
        .service
        .place_hold(&world.manager, &no(), "Verfahren.")
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.backup");
    let late: DateTime<_> = moment("2031-07-02T00:00:00Z");
    nachweis_service::backup(world.database.url(), &file, &Clock::fixed(late)).unwrap();
    for to in nachweis_store::testing::Backend::ALL {
        let database = TestDatabase::migrated(to);
        nachweis_service::restore(database.url(), &file).unwrap();
        let service = Service::open_as_it_is(&settings(&database), Clock::fixed(late)).unwrap();
        let verified = verify(&service);
        assert_eq!(verified.faults.told(), [], "{to:?}");
        assert_eq!(verified.erased, 2, "{to:?}");
    }
}

fn overwritten(world: &World) {
    let Some(folder) = world.database.folder() else {
        return; // PostgreSQL overwrites when it vacuums.
    };
    let (uploads, other) = long_ago(world);
    let (_, original) = world.service.original(&world.lead, uploads[0]).unwrap();
    let needle = &original[original.len() / 2..][..64];
    let holds = || {
        let files = fs::read_dir(folder).unwrap();
        files.into_iter().any(|entry| {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle)
        })
    };
    assert!(holds(), "it is there before");
    erase(world, &other);
    assert!(!holds(), "nothing of it is left");
}

fn restricted(world: &World) {
    if world.database.folder().is_some() {
        return; // SQLite knows no roles.
    }
    let (uploads, other) = long_ago(world);
    let proposed = propose(world).unwrap();
    let roles = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/postgres-roles.sql");
    world.database.tamper(&fs::read_to_string(roles).unwrap());
    let url = format!("{}&options=-crole%3Dnachweis_app", world.database.url());
    let url = if url.contains('?') {
        url
    } else {
        url.replacen('&', "?", 1)
    };
    let restricted = Settings {
        database_url: url.parse().unwrap(),
        ..settings(&world.database)
    };
    let service = Service::open_as_it_is(&restricted, Clock::fixed(moment(LATE))).unwrap();
    let confirmed = service.confirm_erasure(&other, proposed.id);
    assert_eq!(code(confirmed), (ErrorClass::Conflict, "erasing-not-here"));
    assert!(world.service.original(&world.lead, uploads[0]).is_ok());
    assert!(world.service.confirm_erasure(&other, proposed.id).is_ok());
}

fn for_whom(world: &World) {
    let (_, other) = long_ago(world);
    for caller in [&world.auditor, &world.lead, &world.coordinator] {
        let proposal = world.service.propose_erasure(caller, &no());
        assert_eq!(code(proposal).0, ErrorClass::Forbidden);
        let all = world.service.propose_erasures(caller, &world.round.code);
        assert_eq!(code(all).0, ErrorClass::Forbidden);
    }
    let proposed = propose(world).unwrap();
    for caller in [&world.auditor, &world.lead, &world.coordinator] {
        let confirmation = world.service.confirm_erasure(caller, proposed.id);
        assert_eq!(code(confirmation).0, ErrorClass::Forbidden);
    }
    for caller in [&world.other_lead, &world.admin] {
        let confirmation = world.service.confirm_erasure(caller, proposed.id);
        assert_eq!(code(confirmation).0, ErrorClass::NotFound);
    }
    for caller in [&world.lead, &world.coordinator, &world.admin] {
        let list = world.service.erasures(caller, &world.round.code);
        assert_eq!(code(list).0, ErrorClass::Forbidden);
    }
    assert_eq!(
        world
            .service
            .erasures(&world.auditor, &world.round.code)
            .unwrap()
            .len(),
        1
    );
    assert!(world.service.confirm_erasure(&other, proposed.id).is_ok());
}
