//! Databases on the PostgreSQL server for tests.
//!
//! Creating a database takes longer than most tests. So a migrated one is emptied and used again: each test, in
//! whatever process, takes the first that nobody holds. What is held is released when its connection closes.

use std::{env, fs, path::Path, sync::Mutex};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_types,
};

use crate::{DatabaseUrl, migration, original::hash};

/// The variable that names the server for tests.
pub const POSTGRES_VARIABLE: &str = "NACHWEIS_TEST_POSTGRES_URL";

/// Databases used at the same time at most.
const SLOTS: i32 = 200;
/// The number space of our advisory locks.
const LOCKS: i32 = 721_583;

/// Empties every table and puts back what migrations insert.
const EMPTY: &str = "DELETE FROM journal; DELETE FROM retention_hold_lift; DELETE FROM retention_hold; DELETE FROM erased_original; DELETE FROM erasure_confirmation; DELETE FROM erasure; DELETE FROM reopening_withdrawal; DELETE FROM reopening; DELETE FROM frozen_report; DELETE FROM quarter_closing; \
    DELETE FROM coordination; DELETE FROM network_version; DELETE FROM refused_upload; DELETE FROM finding_comment; DELETE FROM finding_waiver; \
    DELETE FROM waiver_withdrawal; DELETE FROM waiver_decision; DELETE FROM waiver; DELETE FROM finding; \
    DELETE FROM figure; DELETE FROM voucher; DELETE FROM upload_summary; DELETE FROM upload; DELETE FROM original; \
    DELETE FROM issue; DELETE FROM disbursement; DELETE FROM plan_row; DELETE FROM plan_version; \
    DELETE FROM subproject_version; DELETE FROM subproject; DELETE FROM network; DELETE FROM funding_round_version; \
    DELETE FROM funding_round; DELETE FROM refresh_token; DELETE FROM session; DELETE FROM idempotent_request; DELETE FROM attempt; DELETE FROM begun_sign_in; DELETE FROM identity; DELETE FROM former_identity; DELETE FROM role_grant; \
    DELETE FROM user_account WHERE login_key <> 'operator';";

/// A database that a test holds.
pub(crate) struct Lease {
    name: String,
    /// The connection that holds it.
    server: Mutex<PgConnection>,
    /// Whether it is removed afterwards instead of being left to the next test.
    remove: bool,
}

impl Lease {
    /// A database without any tables, removed afterwards.
    pub(crate) fn empty() -> Self {
        let mut server = connect();
        let slot = take_slot(&mut server);
        let name = format!("nachweis_empty_{slot}");
        drop_database(&mut server, &name);
        run(&mut server, &format!("CREATE DATABASE {name} TEMPLATE template0"));
        Self {
            name,
            server: Mutex::new(server),
            remove: true,
        }
    }

    /// A migrated database without rows.
    pub(crate) fn migrated() -> Self {
        let mut server = connect();
        let slot = take_slot(&mut server);
        let fingerprint = fingerprint();
        let name = format!("nachweis_{}_{slot}", fingerprint.get(..12).unwrap_or_default());
        if !(exists(&mut server, &name) && emptied(&name)) {
            drop_database(&mut server, &name);
            let unfinished = format!("nachweis_unfinished_{slot}");
            drop_database(&mut server, &unfinished);
            run(
                &mut server,
                &format!("CREATE DATABASE {unfinished} TEMPLATE template0"),
            );
            migration::migrate(&url_of(&unfinished)).expect("a new database can be migrated");
            run(
                &mut server,
                &format!("ALTER DATABASE {unfinished} RENAME TO {name}"),
            );
        }
        Self {
            name,
            server: Mutex::new(server),
            remove: false,
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> DatabaseUrl {
        url_of(&self.name)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let (true, Ok(server)) = (self.remove, self.server.get_mut()) {
            drop_database(server, &self.name);
        }
    }
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = sql_types::Bool)]
    answer: bool,
}

fn ask(server: &mut PgConnection, question: &str) -> bool {
    let answer: Answer = diesel::sql_query(question)
        .get_result(server)
        .expect("the server answers");
    answer.answer
}

/// The first number that nobody holds.
fn take_slot(server: &mut PgConnection) -> i32 {
    (1..=SLOTS)
        .find(|slot| {
            ask(
                server,
                &format!("SELECT pg_try_advisory_lock({LOCKS}, {slot}) AS answer"),
            )
        })
        .expect("not all test databases are in use")
}

/// Empties a database that was used before; not one that has grown so large that a new one is faster.
fn emptied(name: &str) -> bool {
    let mut database = connect_to(name);
    let small = ask(
        &mut database,
        "SELECT pg_total_relation_size('voucher') + pg_total_relation_size('original') < 33554432 AS answer",
    );
    if small {
        run(&mut database, "SET session_replication_role = 'replica'");
        run(&mut database, EMPTY);
    }
    small
}

fn exists(server: &mut PgConnection, name: &str) -> bool {
    ask(
        server,
        &format!("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = '{name}') AS answer"),
    )
}

fn run(server: &mut PgConnection, statements: &str) {
    server.batch_execute(statements).expect("the server does it");
}

fn drop_database(server: &mut PgConnection, name: &str) {
    run(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
}

fn connect() -> PgConnection {
    let mut server = PgConnection::establish(&admin_url()).expect("the server for tests can be reached");
    run(&mut server, "SET client_min_messages = 'error'");
    server
}

fn connect_to(database: &str) -> PgConnection {
    let crate::url::Address::Postgres(address) = url_of(database).address().clone() else {
        panic!("the server for tests is one of PostgreSQL");
    };
    PgConnection::establish(&address).expect("the database can be reached")
}

/// The address of the server's own database.
fn admin_url() -> String {
    env::var(POSTGRES_VARIABLE).unwrap_or_else(|_missing| {
        panic!(
            "{POSTGRES_VARIABLE} is not set, and tests run on both databases: use ./tests/run, or \
             eval \"$(tests/postgres start)\""
        )
    })
}

fn url_of(database: &str) -> DatabaseUrl {
    let admin = admin_url();
    let (address, query) = admin.split_once('?').unwrap_or((&admin, ""));
    let (server, _) = address
        .rsplit_once('/')
        .expect("the address ends with a database");
    let joint = if query.is_empty() { "" } else { "?" };
    format!("{server}/{database}{joint}{query}")
        .parse()
        .expect("the address is one of PostgreSQL")
}

/// The hash of all migrations, which tells test databases of different versions apart.
fn fingerprint() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut files: Vec<_> = fs::read_dir(root)
        .expect("the migrations can be listed")
        .map(|entry| entry.expect("a migration").path().join("up.sql"))
        .collect();
    files.sort();
    let texts: Vec<u8> = files
        .into_iter()
        .flat_map(|file| fs::read(file).expect("a migration can be read"))
        .collect();
    hash(&texts).to_string()
}
