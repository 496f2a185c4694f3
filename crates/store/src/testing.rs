//! Fresh databases for tests, on both backends. Not part of the program.
//!
//! PostgreSQL: `NACHWEIS_TEST_POSTGRES_URL` names a running server (`eval "$(tests/postgres start)"`). A test that
//! needs it and does not find it fails; it does not skip. Each database is a copy of one that was migrated once.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its database has failed, and says why"
)]

use std::{
    fs,
    ops::Deref,
    path::Path,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_types,
};
use tempfile::TempDir;

use crate::{DatabaseUrl, Store, migration, original::hash};

/// The variable that names the server for tests.
pub const POSTGRES_VARIABLE: &str = "NACHWEIS_TEST_POSTGRES_URL";

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// SQLite, in a file of a temporary folder.
    Sqlite,
    /// PostgreSQL, in a database of its own.
    Postgres,
}

impl Backend {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A database that is removed when it is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    url: DatabaseUrl,
    kept: Place,
}

#[derive(Debug)]
enum Place {
    Folder(TempDir),
    Server { name: String },
}

impl TestDatabase {
    /// A place without any tables; for SQLite without a file.
    ///
    /// # Panics
    /// When there is no server or no temporary folder.
    pub fn empty(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::in_folder(),
            Backend::Postgres => Self::on_server("template0"),
        }
    }

    /// A database of this version, without any rows.
    ///
    /// # Panics
    /// When there is no server or no temporary folder.
    pub fn migrated(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let database = Self::in_folder();
                let Place::Folder(folder) = &database.kept else {
                    return database;
                };
                fs::write(folder.path().join(FILE), sqlite_template())
                    .expect("the temporary folder can be written");
                database
            }
            Backend::Postgres => Self::on_server(postgres_template()),
        }
    }

    fn in_folder() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        Self {
            url: DatabaseUrl::sqlite(folder.path().join(FILE)),
            kept: Place::Folder(folder),
        }
    }

    fn on_server(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nachweis_{}_{count}_{}", std::process::id(), short_random());
        run_on_server(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self {
            url: server_url(&name),
            kept: Place::Server { name },
        }
    }

    /// Its address.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The folder of a SQLite file.
    pub fn folder(&self) -> Option<&Path> {
        match &self.kept {
            Place::Folder(folder) => Some(folder.path()),
            Place::Server { .. } => None,
        }
    }

    /// Runs statements behind the store's back, as an attacker or a careless administrator would.
    ///
    /// # Panics
    /// When the database refuses them.
    pub fn tamper(&self, statements: &str) {
        let mut session = crate::connection::Session::connect(&self.url, crate::connection::Missing::Create)
            .expect("the database can be reached");
        let ran = match session.conn() {
            crate::connection::Conn::Pg(pg) => pg.batch_execute(statements),
            crate::connection::Conn::Lite(lite) => {
                lite.batch_execute("PRAGMA foreign_keys = OFF")
                    .expect("a setting");
                lite.batch_execute(statements)
            }
        };
        ran.expect("the statements run");
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Server { name } = &self.kept {
            run_on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A store on a database of its own.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    /// The database, removed after the store.
    pub database: TestDatabase,
}

impl TestStore {
    /// A store on a fresh database of this version.
    ///
    /// # Panics
    /// When there is no server or no temporary folder.
    pub fn fresh(backend: Backend) -> Self {
        let database = TestDatabase::migrated(backend);
        let store = Store::open(database.url()).expect("a fresh database opens");
        Self { store, database }
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

const FILE: &str = "nachweis.db";

/// The bytes of a migrated SQLite file, made once in a process.
fn sqlite_template() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let database = TestDatabase::in_folder();
        migration::migrate(database.url()).expect("a new file can be migrated");
        let folder = database.folder().expect("a file has a folder");
        fs::read(folder.join(FILE)).expect("the file can be read")
    })
}

/// The name of a migrated database on the server, made once for each set of migrations, whichever process comes first.
fn postgres_template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let fingerprint = fingerprint();
        let name = format!("nachweis_template_{}", fingerprint.get(..12).unwrap_or_default());
        let mut server = connect_to_server();
        server
            .batch_execute("SELECT pg_advisory_lock(7215830416)")
            .expect("processes take turns");
        if !exists(&mut server, &name) {
            let made = format!("{name}_{}", std::process::id());
            let create = format!("DROP DATABASE IF EXISTS {made}; ");
            server.batch_execute(&create).expect("a leftover can be removed");
            server
                .batch_execute(&format!("CREATE DATABASE {made} TEMPLATE template0"))
                .expect("a database can be created");
            migration::migrate(&server_url(&made)).expect("a new database can be migrated");
            server
                .batch_execute(&format!("ALTER DATABASE {made} RENAME TO {name}"))
                .expect("a database can be renamed");
        }
        name
    })
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

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = sql_types::BigInt)]
    found: i64,
}

fn exists(server: &mut PgConnection, name: &str) -> bool {
    let found: Found = diesel::sql_query("SELECT COUNT(*) AS found FROM pg_database WHERE datname = $1")
        .bind::<sql_types::Text, _>(name)
        .get_result(server)
        .expect("the list of databases can be read");
    found.found > 0
}

/// The address of the server's own database.
fn admin_url() -> String {
    std::env::var(POSTGRES_VARIABLE).unwrap_or_else(|_missing| {
        panic!(
            "{POSTGRES_VARIABLE} is not set, and tests run on both databases: use ./tests/run, or \
             eval \"$(tests/postgres start)\""
        )
    })
}

fn server_url(database: &str) -> DatabaseUrl {
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

fn connect_to_server() -> PgConnection {
    PgConnection::establish(&admin_url()).expect("the server for tests can be reached")
}

fn run_on_server(statement: &str) {
    let mut server = connect_to_server();
    server
        .batch_execute("SET client_min_messages = 'error'")
        .expect("a setting");
    server.batch_execute(statement).expect("the server does it");
}

/// Letters that differ between processes that happen to have the same number.
fn short_random() -> String {
    let folder = TempDir::new().expect("a temporary folder can be made");
    hash(folder.path().to_string_lossy().as_bytes())
        .to_string()
        .chars()
        .take(8)
        .collect()
}
