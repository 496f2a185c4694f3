//! Connections to the two databases, and what each needs to keep the record safe.
//!
//! All statements that only one database understands stand here and in `inspection.rs`. Every other query is one text,
//! compiled natively for each database by the macro `on!`.

use std::{
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{ManageConnection, R2D2Connection},
};
use nachweis_domain::limits;

use crate::{
    error::StoreError,
    url::{Address, DatabaseUrl},
};

/// How long a caller waits for a connection before it is told that the database is busy.
pub(crate) const POOL_WAIT: Duration = Duration::from_secs(limits::DATABASE_WAIT.value);
/// The longest pause between two attempts to reach a database that is away: so much later at most it is used again.
pub(crate) const POOL_RETRY: Duration = Duration::from_secs(2);
/// After this pause a pooled connection is asked for a sign of life before it is used.
const PAUSE: Duration = Duration::from_secs(1);

/// What each SQLite connection sets: wait for other processes, keep references whole, survive a power cut, overwrite what is
/// erased.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL; \
                               PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;";
/// Readers and one writer side by side. Kept in the file.
const SQLITE_WAL: &str = "PRAGMA journal_mode = WAL;";
/// While another program turns the same file, SQLite answers "locked" without waiting for `busy_timeout`: the turn is
/// asked for again, for as long as a lock is waited for.
const WAL_ATTEMPTS: u32 = 200;
const WAL_PAUSE: Duration = Duration::from_millis(50);
/// Waiting for a lock or an abandoned transaction ends.
const POSTGRES_SETTINGS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10min'; \
                                 SET client_min_messages = 'warning'; SET TIME ZONE 'UTC';";
/// Writers take turns, so that positions of the journal have no gaps and no writer works in vain. It must be the first
/// statement: the view of a serializable transaction begins with the first one that reads. Readers do not wait.
const POSTGRES_TURN: &str = "LOCK TABLE nachweis IN EXCLUSIVE MODE;";
/// Migrations of several instances that start together take turns.
const POSTGRES_MIGRATION_TURN: &str = "SELECT pg_advisory_xact_lock(5647091839);";

/// An open connection.
pub(crate) enum Session {
    Pg(Box<PgConnection>),
    Lite(Box<SqliteConnection>),
}

/// A connection as queries use it.
pub(crate) enum Conn<'a> {
    Pg(&'a mut PgConnection),
    Lite(&'a mut SqliteConnection),
}

/// Compiles one query for both databases: `on!(conn, c => query.load(c))`.
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::connection::Conn::Pg($c) => {
                let $c: &mut diesel::PgConnection = &mut **$c;
                $body
            }
            $crate::connection::Conn::Lite($c) => {
                let $c: &mut diesel::SqliteConnection = &mut **$c;
                $body
            }
        }
    };
}
pub(crate) use on;

/// Whether a missing SQLite file is created.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Refuse,
    Create,
}

impl Session {
    /// Opens a connection without touching what it finds.
    pub(crate) fn connect(url: &DatabaseUrl, missing: Missing) -> Result<Self, StoreError> {
        let unreachable = |error: &dyn std::fmt::Display| StoreError::Unreachable {
            place: url.to_string(),
            reason: url.scrub(error.to_string().trim()),
        };
        match url.address() {
            Address::Sqlite(path) => {
                if missing == Missing::Refuse && !path.exists() {
                    return Err(StoreError::Absent {
                        place: url.to_string(),
                    });
                }
                if missing == Missing::Create {
                    create_private(path);
                }
                let mut lite = SqliteConnection::establish(&sqlite_uri(path, missing))
                    .map_err(|error| unreachable(&error))?;
                lite.batch_execute(SQLITE_SETTINGS)
                    .map_err(|error| not_ours_if_no_database(error, url))?;
                Ok(Self::Lite(Box::new(lite)))
            }
            Address::Postgres(address) => {
                let mut pg =
                    PgConnection::establish(&with_timeout(address)).map_err(|error| unreachable(&error))?;
                pg.batch_execute(POSTGRES_SETTINGS)?;
                Ok(Self::Pg(Box::new(pg)))
            }
        }
    }

    /// Opens a SQLite file that nobody writes, without any file beside it.
    pub(crate) fn read_only(path: &Path) -> Result<Self, StoreError> {
        let uri = sqlite_uri(path, Missing::Refuse).replace("?mode=rw", "?mode=ro&immutable=1");
        let lite = SqliteConnection::establish(&uri).map_err(|error| StoreError::Storage {
            reason: error.to_string(),
        })?;
        Ok(Self::Lite(Box::new(lite)))
    }

    /// Turns a SQLite file into one that is written while others read. Only for databases known to be ours.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        let Self::Lite(lite) = self else {
            return Ok(());
        };
        for _ in 1..WAL_ATTEMPTS {
            match lite.batch_execute(SQLITE_WAL).map_err(StoreError::from) {
                Err(StoreError::Busy) => std::thread::sleep(WAL_PAUSE),
                other => return other,
            }
        }
        Ok(lite.batch_execute(SQLITE_WAL)?)
    }

    /// Overwrites what was erased where SQLite would leave it in its files: pages freed by this connection are zeroed (see
    /// [`SQLITE_SETTINGS`]), and the log that still holds them is emptied into the file, as soon as no reader needs it. What
    /// PostgreSQL keeps in its files and archives is a matter of its operation (`deploy/README.md`).
    pub(crate) fn overwrite_erased(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Lite(lite) => Ok(lite.batch_execute("PRAGMA wal_checkpoint(TRUNCATE);")?),
            Self::Pg(_) => Ok(()),
        }
    }

    /// The connection outside of a transaction.
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Pg(pg) => Conn::Pg(pg),
            Self::Lite(lite) => Conn::Lite(lite),
        }
    }

    /// Asks the database for a sign of life.
    fn ping(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Pg(pg) => Ok(pg.ping()?),
            Self::Lite(lite) => Ok(lite.ping()?),
        }
    }

    /// Runs a transaction that writes: all of it or nothing.
    pub(crate) fn write<T>(
        &mut self,
        work: &mut dyn FnMut(&mut Conn<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Pg(pg) => pg.build_transaction().serializable().run(|pg| {
                pg.batch_execute(POSTGRES_TURN).map_err(turn_error)?;
                work(&mut Conn::Pg(pg))
            }),
            Self::Lite(lite) => {
                // On a full disk SQLite has rolled back by itself, and rolling back again hides why.
                let mut cause = None;
                let done = lite.immediate_transaction(|lite| {
                    work(&mut Conn::Lite(lite)).map_err(|error| {
                        cause = Some(error);
                        diesel::result::Error::RollbackTransaction
                    })
                });
                done.map_err(|error| cause.unwrap_or_else(|| error.into()))
            }
        }
    }

    /// Runs queries that all see the same moment of the record.
    pub(crate) fn snapshot<T>(&mut self, work: impl FnOnce(&mut Conn<'_>) -> T) -> Result<T, StoreError> {
        match self {
            Self::Pg(pg) => pg
                .build_transaction()
                .repeatable_read()
                .read_only()
                .run(|pg| Ok(work(&mut Conn::Pg(pg)))),
            Self::Lite(lite) => lite.transaction(|lite| Ok(work(&mut Conn::Lite(lite)))),
        }
    }

    /// Runs migrations: all of them or none, one instance at a time.
    pub(crate) fn migration<T>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Pg(pg) => pg.transaction(|pg| {
                pg.batch_execute(POSTGRES_MIGRATION_TURN)?;
                work(&mut Conn::Pg(pg))
            }),
            Self::Lite(lite) => lite.immediate_transaction(|lite| work(&mut Conn::Lite(lite))),
        }
    }
}

/// Creates a missing database file that only its owner may read: it holds hashes of passwords and names of payees.
/// SQLite gives the files beside it (`-wal`, `-shm`) the same rights. Where this fails, opening says why.
fn create_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    drop(options.write(true).create_new(true).mode(0o600).open(path));
}

/// A turn that does not come in time is a busy database; the server says so in its own language only.
fn turn_error(error: diesel::result::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Query { .. } => StoreError::Busy,
        other => other,
    }
}

/// A file that is no database at all belongs to another program.
fn not_ours_if_no_database(error: diesel::result::Error, url: &DatabaseUrl) -> StoreError {
    if error.to_string().contains("not a database") {
        return StoreError::NotOurs {
            place: url.to_string(),
        };
    }
    error.into()
}

/// SQLite's address of a file, which can say whether to create it.
fn sqlite_uri(path: &Path, missing: Missing) -> String {
    let mut uri = String::from("file:");
    for char in path.to_string_lossy().chars() {
        match char {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            other => uri.push(other),
        }
    }
    uri.push_str(match missing {
        Missing::Refuse => "?mode=rw",
        Missing::Create => "?mode=rwc",
    });
    uri
}

/// The address with a limit on connecting, unless it states one.
fn with_timeout(address: &str) -> String {
    if address.contains("connect_timeout=") {
        return address.to_owned();
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}connect_timeout=5")
}

/// A pooled connection that remembers when it was lost.
pub(crate) struct Pooled {
    pub(crate) session: Session,
    pub(crate) lost: bool,
    last_used: Instant,
}

impl Pooled {
    /// Whether it still answers. Asked only after a pause: a server may have been restarted in between.
    pub(crate) fn answers(&mut self) -> bool {
        self.last_used.elapsed() < PAUSE || self.session.ping().is_ok()
    }

    /// Notes that it was just used.
    pub(crate) fn touch(&mut self) {
        self.last_used = Instant::now();
    }
}

/// Opens connections for the pool.
#[derive(Debug)]
pub(crate) struct Manager {
    pub(crate) url: DatabaseUrl,
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StoreError;

    fn connect(&self) -> Result<Pooled, StoreError> {
        let mut session = Session::connect(&self.url, Missing::Refuse)?;
        session.settle()?;
        Ok(Pooled {
            session,
            lost: false,
            last_used: Instant::now(),
        })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), StoreError> {
        pooled.session.ping()
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.lost
            || match &mut pooled.session {
                Session::Pg(pg) => pg.is_broken(),
                Session::Lite(lite) => lite.is_broken(),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_signs_of_an_address_stays_a_path() {
        assert_eq!(
            sqlite_uri(Path::new("a?b#c%d.db"), Missing::Refuse),
            "file:a%3fb%23c%25d.db?mode=rw"
        );
    }

    #[test]
    fn connecting_to_a_server_ends_in_time() {
        assert_eq!(with_timeout("postgres://h/d"), "postgres://h/d?connect_timeout=5");
        assert_eq!(
            with_timeout("postgres://h/d?sslmode=require"),
            "postgres://h/d?sslmode=require&connect_timeout=5"
        );
        assert_eq!(
            with_timeout("postgres://h/d?connect_timeout=1"),
            "postgres://h/d?connect_timeout=1"
        );
    }
}
