//! A fault at every step: each use case runs again and again, and the database fails at the first row that is written,
//! at the second, and so on until none is left. Each time nothing of it is kept, and the next attempt may succeed.
//!
//! The database itself fails, by a trigger on every table that counts down. On PostgreSQL a last fault comes with the
//! commit; full disks at the commit of SQLite are among the steps of `simulation`.

use std::{collections::BTreeMap, ops::Deref};

use nachweis_domain::{
    access::{Grant, Role, Scope},
    finding::Severity,
    key::TemplateVersion,
    record::{Action, HoldId, IssueId, RefusedUpload, ReopeningId, UploadId, UserId, WarningComment},
};
use nachweis_store::{
    Actor, Changes, IssueRecord, NewClosing, NewHold, NewReopening, NewUpload, Original, PasswordHash, Store,
    StoreError,
    testing::{Backend, TestDatabase, tables_of_backups},
};
use uuid::Uuid;

use crate::{
    attest::{attested, found, with_rows},
    identities::{identity, token},
    sample::*,
    waivers::{request, word},
};

/// The most rows that one of the use cases below writes; more faults than rows would be a test that never ends.
const MOST_ROWS: u32 = 2_000;

/// A store on a database that no other test gets afterwards: its triggers stay.
struct Failing {
    store: Store,
    database: TestDatabase,
}

impl Failing {
    fn fresh(backend: Backend) -> Self {
        let database = TestDatabase::empty(backend);
        Store::migrate(database.url()).unwrap();
        let store = Store::open(database.url()).unwrap();
        Self { store, database }
    }
}

impl Deref for Failing {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// Puts a trigger on every table. With `remaining` at 0 they only count.
fn arm(store: &Failing) {
    let (kept, others) = tables_of_backups();
    let takes = |statement: &str| assert!(store.database.takes(statement), "{statement}");
    takes("CREATE TABLE fault (remaining BIGINT NOT NULL)");
    takes("INSERT INTO fault VALUES (0)");
    if backend(store) == Backend::Postgres {
        takes(
            "CREATE FUNCTION fault() RETURNS TRIGGER AS $$ DECLARE was BIGINT; BEGIN \
             UPDATE fault SET remaining = remaining - 1 RETURNING remaining INTO was; \
             IF was = 0 THEN RAISE EXCEPTION 'the disk fails' USING ERRCODE = '58030'; END IF; \
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        );
        takes(
            "CREATE FUNCTION fault_at_commit() RETURNS TRIGGER AS $$ BEGIN \
             RAISE EXCEPTION 'the disk fails' USING ERRCODE = '58030'; END $$ LANGUAGE plpgsql",
        );
    }
    for table in kept
        .into_iter()
        .chain(others)
        .filter(|table| *table != "nachweis")
    {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            let head = format!("CREATE TRIGGER fault_{table}_{event} BEFORE {event} ON {table}");
            takes(&match backend(store) {
                Backend::Postgres => format!("{head} FOR EACH ROW EXECUTE FUNCTION fault()"),
                Backend::Sqlite => format!(
                    "{head} BEGIN UPDATE fault SET remaining = remaining - 1; \
                     SELECT RAISE(ABORT, 'the disk fails') FROM fault WHERE remaining = 0; END"
                ),
            });
        }
    }
}

/// Does it while the database refuses every commit of what writes to the journal.
fn at_the_commit(store: &Failing, work: &dyn Fn(&Store) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let takes = |statement: &str| assert!(store.database.takes(statement), "{statement}");
    takes(
        "CREATE CONSTRAINT TRIGGER fault_at_commit AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED \
         FOR EACH ROW EXECUTE FUNCTION fault_at_commit()",
    );
    let done = work(store);
    takes("DROP TRIGGER fault_at_commit ON journal");
    done
}

fn backend(store: &Failing) -> Backend {
    match store.database.folder() {
        Some(_) => Backend::Sqlite,
        None => Backend::Postgres,
    }
}

fn fail_at(store: &Failing, row: u32) {
    let statement = format!("UPDATE fault SET remaining = {row}");
    assert!(store.database.takes(&statement), "{statement}");
}

/// Everything that can be seen of the record: the journal's head, digests of all rows, names of all files.
fn seen(store: &Store) -> (u64, BTreeMap<String, Option<String>>, Vec<String>) {
    let mut files = Vec::new();
    store
        .for_each_kept_file(&mut |file| {
            files.push(format!("{file:?}"));
            Ok::<(), StoreError>(())
        })
        .unwrap();
    (store.journal_head().unwrap(), found(store), files)
}

/// Does it with a fault at every row it writes, then without. Gives the number of faults.
fn at_every_row(store: &Failing, name: &str, work: &dyn Fn(&Store) -> Result<(), StoreError>) -> u32 {
    let before = seen(store);
    for row in 1..MOST_ROWS {
        fail_at(store, row);
        let done = work(store);
        fail_at(store, 0);
        if done.is_ok() {
            assert!(row > 1, "{name} wrote nothing");
            return row - 1;
        }
        assert_eq!(
            seen(store),
            before,
            "{name}: a fault at row {row} left something: {done:?}"
        );
        assert!(
            matches!(done, Err(StoreError::Query { .. } | StoreError::Storage { .. })),
            "{name}, row {row}: {done:?}"
        );
        if backend(store) == Backend::Postgres && row == 1 {
            let done = at_the_commit(store, work);
            assert!(done.is_err(), "{name}: the commit did not fail");
            assert_eq!(
                seen(store),
                before,
                "{name}: a fault at the commit left something"
            );
        }
    }
    panic!("{name} writes more than {MOST_ROWS} rows");
}

fn reopening() -> NewReopening {
    NewReopening {
        id: ReopeningId(id(0x50)),
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        reason: "Doppelt erfasst.".into(),
        by: MANAGER,
        at: at(200),
        expires_at: at(2_000),
    }
}

fn hold() -> NewHold {
    NewHold {
        id: HoldId(id(0x51)),
        subproject: no(1),
        reason: "Laufendes Verfahren.".into(),
        by: MANAGER,
        at: at(11),
    }
}

fn issue() -> IssueRecord {
    IssueRecord {
        id: IssueId(id(0x52)),
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        template_version: TemplateVersion::new("2023-1"),
        plan_version: 1,
        seal: "0f".repeat(32),
        issued_by: LEAD,
        issued_at: at(13),
    }
}

fn refused() -> RefusedUpload {
    RefusedUpload {
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        sha256: Original::new(b"Name;Geburtsdatum".to_vec()).sha256(),
        size_bytes: 17,
        sent_by: LEAD,
        sent_at: at(14),
        reason: "FILE-07".into(),
    }
}

fn close(store: &Store) -> Result<(), StoreError> {
    let new = NewClosing {
        round: code(),
        quarter: quarter("2024-Q1"),
        by: MANAGER,
        at: at(190),
        missing: 1,
        reports: Vec::new(),
        mark: store.last_change(&code(), Changes::Any)?,
    };
    store.close_quarter(&new).map(drop)
}

fn numbered(number: u128, severity: Option<Severity>) -> NewUpload {
    NewUpload {
        figures: figures(i64::try_from(number).unwrap() * 1_000, 4),
        findings: severity.map(findings).unwrap_or_default(),
        ..upload(number)
    }
}

fn upload_id(number: u128) -> UploadId {
    upload(number).id
}

fn comments() -> Vec<WarningComment> {
    let comment = |finding| WarningComment {
        finding,
        comment: "Beleg folgt.".into(),
    };
    (0..u32::try_from(findings(Severity::Warning).len()).unwrap())
        .map(comment)
        .collect()
}

/// A use case with its name.
type UseCase = (&'static str, fn(&Store) -> Result<(), StoreError>);

/// Everything that writes to the record, in an order in which each can succeed.
const USE_CASES: &[UseCase] = &[
    ("record a round", |store| {
        store.save_round(&round(), Actor::System, at(0)).map(drop)
    }),
    ("create an account", |store| {
        store.create_user(&user(LEAD, "lead", Role::Lead), Actor::System, at(1))
    }),
    ("create a manager", |store| {
        store.create_user(&user(MANAGER, "manager", Role::Manager), Actor::System, at(1))
    }),
    ("create a second manager", |store| {
        store.create_user(&user(SECOND, "second", Role::Manager), Actor::System, at(1))
    }),
    ("import the programme", |store| {
        let given = programme(2);
        store
            .import_programme(&code(), "programme.csv", &given, MANAGER, at(2))
            .map(drop)
    }),
    ("grant a role", |store| {
        store.grant(LEAD, &partner(), Actor::System, at(3))
    }),
    ("withdraw a role", |store| {
        store.withdraw(LEAD, &partner(), Actor::System, at(4))
    }),
    ("set a password", |store| {
        store.set_password(LEAD, &PasswordHash::new("$argon2id$x"), Actor::System, at(5))
    }),
    ("link an identity", |store| {
        store.link_identity(LEAD, (id(0x60), &identity()), Actor::System, at(6))
    }),
    ("sign in with an identity", |store| {
        store
            .sign_in_with_identity(&identity(), &token(LEAD, 6))
            .map(drop)
    }),
    ("unlink an identity", |store| {
        store
            .unlink_identity(LEAD, &identity(), Actor::System, at(7))
            .map(drop)
    }),
    ("ask for a waiver", |store| {
        store.ask_waiver(&request(1, 8)).map(drop)
    }),
    ("grant a waiver", |store| {
        store.decide_waiver(&word(1, MANAGER, 9), Some(at(50))).map(drop)
    }),
    ("withdraw a waiver", |store| {
        store.withdraw_waiver(&word(1, MANAGER, 10)).map(drop)
    }),
    ("place a hold", |store| store.place_hold(&hold()).map(drop)),
    ("lift a hold", |store| {
        store.lift_hold(hold().id, "Erledigt.", SECOND, at(12)).map(drop)
    }),
    ("issue a workbook", |store| store.record_issue(&issue())),
    ("note a refused file", |store| store.record_refusal(&refused())),
    ("keep an upload", |store| {
        store
            .record_upload(&numbered(1, Some(Severity::Warning)))
            .map(drop)
    }),
    ("keep many uploads", |store| {
        let many: Vec<NewUpload> = (2..=4).map(|number| numbered(number, None)).collect();
        store.record_uploads(&many).map(drop)
    }),
    ("submit with comments", |store| {
        store.submit(upload_id(1), LEAD, at(20), &comments()).map(drop)
    }),
    ("return", |store| {
        store
            .return_to_lead(upload_id(1), MANAGER, at(21), "Beleg fehlt.")
            .map(drop)
    }),
    ("submit again", |store| {
        store.submit(upload_id(2), LEAD, at(22), &[]).map(drop)
    }),
    ("accept", |store| {
        store.accept(upload_id(2), MANAGER, at(23)).map(drop)
    }),
    ("submit a newer revision", |store| {
        store.submit(upload_id(3), LEAD, at(24), &[]).map(drop)
    }),
    ("accept many and supersede", |store| {
        store.accept_many(&[upload_id(3)], MANAGER, at(25)).map(drop)
    }),
    ("appoint a coordinator", |store| {
        store.create_user(
            &user(COORDINATOR, "coordinator", Role::Coordinator),
            Actor::System,
            at(26),
        )
    }),
    ("submit to the coordinator", |store| {
        store.submit(upload_id(4), LEAD, at(27), &[]).map(drop)
    }),
    ("endorse", |store| {
        store.endorse(upload_id(4), COORDINATOR, at(28)).map(drop)
    }),
    ("return what is endorsed", |store| {
        store
            .return_to_lead(upload_id(4), MANAGER, at(29), "Beleg fehlt.")
            .map(drop)
    }),
    ("journal an event", |store| {
        store.record_event(
            Actor::System,
            Action::SignedIn,
            "lead",
            &serde_json::json!({}),
            at(29),
        )
    }),
    ("close a quarter", close),
    ("ask for a reopening", |store| {
        store.request_reopening(&reopening()).map(drop)
    }),
    ("confirm a reopening", |store| {
        store.confirm_reopening(reopening().id, SECOND, at(201)).map(drop)
    }),
    ("disable an account", |store| {
        store.disable_user(LEAD, Actor::System, at(300))
    }),
];

const SECOND: UserId = UserId(Uuid::from_u128(4));

const fn partner() -> Grant {
    Grant {
        role: Role::Partner,
        scope: Scope::All,
    }
}

fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(backend: Backend) {
    let store = &Failing::fresh(backend);
    arm(store);
    let faults: u32 = USE_CASES
        .iter()
        .map(|(name, work)| at_every_row(store, name, work))
        .sum();
    assert!(faults > 200, "only {faults} faults");
    assert_eq!(with_rows(attested(store)), found(store));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it_on_sqlite() {
    a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(Backend::Sqlite);
}

#[test]
fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it_on_postgres() {
    a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(Backend::Postgres);
}
