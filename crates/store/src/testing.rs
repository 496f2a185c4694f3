//! Fresh databases for tests, on both backends. Not part of the program.
//!
//! PostgreSQL: `NACHWEIS_TEST_POSTGRES_URL` names a running server (`eval "$(tests/postgres start)"`). A test that
//! needs it and does not find it fails; it does not skip.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test without its database has failed, and says why"
)]

use std::{collections::BTreeSet, fs, ops::Deref, path::Path, sync::OnceLock};

use diesel::{QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_types};
use tempfile::TempDir;

use crate::{
    DatabaseUrl, Store,
    attest::tables,
    connection::{Conn, Missing, Session, on},
    migration,
};

mod backups;
mod columns;
mod contents;
mod dump;
mod server;

pub use backups::{reseal_backup, tables_of_backups};
pub use columns::{Column, columns_of, count_of, rows_of};
pub use contents::contents_of;
pub use dump::{Dump, dump_of, table_of_rows};

/// The columns for which the journal vouches: table and column.
pub fn attested_columns() -> BTreeSet<(&'static str, &'static str)> {
    tables::ALL.iter().flat_map(|rows| rows.covered()).collect()
}

pub use server::POSTGRES_VARIABLE;

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

/// A database of one test.
pub struct TestDatabase {
    url: DatabaseUrl,
    place: Place,
}

enum Place {
    /// Removed when dropped.
    Folder(TempDir),
    /// Removed, or left to the next test, when dropped.
    Server(#[expect(dead_code, reason = "held until the test ends")] server::Lease),
}

impl std::fmt::Debug for TestDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TestDatabase({})", self.url)
    }
}

impl TestDatabase {
    /// A place without any tables; for SQLite without a file.
    ///
    /// # Panics
    /// When there is no server or no temporary folder.
    pub fn empty(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => Self::in_folder(),
            Backend::Postgres => Self::on_server(server::Lease::empty()),
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
                if let Some(folder) = database.folder() {
                    fs::write(folder.join(FILE), sqlite_template())
                        .expect("the temporary folder can be written");
                }
                database
            }
            Backend::Postgres => Self::on_server(server::Lease::migrated()),
        }
    }

    fn in_folder() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        Self {
            url: DatabaseUrl::sqlite(folder.path().join(FILE)),
            place: Place::Folder(folder),
        }
    }

    fn on_server(lease: server::Lease) -> Self {
        Self {
            url: lease.url(),
            place: Place::Server(lease),
        }
    }

    /// Its address.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The folder of a SQLite file.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder.path()),
            Place::Server(_) => None,
        }
    }

    /// Runs statements behind the store's back, as an attacker or a careless administrator would who has put the
    /// triggers out of action that keep what is recorded.
    ///
    /// # Panics
    /// When the database refuses them.
    pub fn tamper(&self, statements: &str) {
        let mut session = Session::connect(&self.url, Missing::Create).expect("the database can be reached");
        let ran = match session.conn() {
            Conn::Pg(pg) => pg
                .batch_execute("SET session_replication_role = 'replica'")
                .and_then(|()| pg.batch_execute(statements)),
            Conn::Lite(lite) => {
                let unbound = format!("PRAGMA foreign_keys = OFF; {}", drop_triggers(lite));
                lite.batch_execute(&unbound)
                    .and_then(|()| lite.batch_execute(statements))
            }
        };
        ran.expect("the statements run");
    }

    /// Removes what the migration added that keeps what is recorded: a database as before it.
    ///
    /// # Panics
    /// When the database refuses it.
    pub fn forget_append_only(&self) {
        self.tamper(match self.place {
            Place::Folder(_) => "",
            Place::Server(_) => {
                "DROP FUNCTION nachweis_refuse_change CASCADE; DROP FUNCTION IF EXISTS nachweis_original_stays CASCADE;"
            }
        });
        self.tamper("DELETE FROM __diesel_schema_migrations WHERE version = '0009'");
    }

    /// Runs a statement as the program's own connections could, and says whether the database took it.
    ///
    /// # Panics
    /// When the database cannot be reached.
    pub fn takes(&self, statement: &str) -> bool {
        self.refuses(statement).is_none()
    }

    /// Runs a statement as the program's own connections could, and gives what the database says when it refuses it.
    ///
    /// # Panics
    /// When the database cannot be reached.
    pub fn refuses(&self, statement: &str) -> Option<String> {
        let mut session = Session::connect(&self.url, Missing::Refuse).expect("the database can be reached");
        let mut run = |conn: &mut Conn<'_>| Ok(on!(conn, c => c.batch_execute(statement))?);
        let refused = session.write(&mut run).err();
        refused.map(|error| format!("{error:?}"))
    }
}

/// A store on a database of its own.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    /// The database, which outlives the store.
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

/// Statements that drop every trigger of a SQLite file.
fn drop_triggers(lite: &mut SqliteConnection) -> String {
    let triggers: Vec<TriggerRow> =
        diesel::sql_query("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            .load(lite)
            .expect("triggers are listed");
    let drops: Vec<String> = triggers
        .iter()
        .map(|trigger| format!("DROP TRIGGER {};", trigger.name))
        .collect();
    drops.concat()
}

#[derive(QueryableByName)]
struct TriggerRow {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
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

/// Runs something while the SQLite file cannot grow, as on a full disk. The store must not be in use by other threads.
///
/// # Panics
/// When the database refuses the setting.
pub fn with_page_limit<T>(store: &Store, work: impl FnOnce() -> T) -> T {
    let limit = |pages: u32| {
        let set = store.read("limit the file", |conn| {
            if let Conn::Lite(lite) = conn {
                lite.batch_execute(&format!("PRAGMA max_page_count = {pages}"))?;
            }
            Ok(())
        });
        set.expect("the file can be limited");
    };
    limit(1);
    let done = work();
    limit(1_000_000_000);
    done
}
