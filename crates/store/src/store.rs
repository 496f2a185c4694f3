//! The only handle to the record: a pool of connections, and how reading and writing go through it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use diesel::{
    RunQueryDsl,
    r2d2::{NopErrorHandler, Pool, PooledConnection},
};
use nachweis_domain::limits;

use crate::{
    connection::{Conn, Manager, Missing, POOL_RETRY, POOL_WAIT, Session, on},
    error::{Conflict, StoreError},
    journal, migration,
    round::TemplateVersions,
    url::{Address, DatabaseUrl},
};

/// Everything kept. Cheap to clone; all methods block until the database has answered.
///
/// Reading sees committed state only. Each writing method is one transaction: it happens wholly, with its row in the
/// journal, or not at all.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    url: DatabaseUrl,
    pool: Pool<Manager>,
    /// Writers of this process queue here, fairly and without polling, because SQLite has one writer at a time.
    turn: Mutex<()>,
    template_versions: TemplateVersions,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.inner.url)
    }
}

impl Store {
    /// Opens a database that [`Store::migrate`] has brought to this version. Changes nothing in it.
    ///
    /// # Errors
    /// [`StoreError::Absent`], [`StoreError::NotOurs`], [`StoreError::Encoding`], [`StoreError::Older`], [`StoreError::Newer`] or
    /// [`StoreError::Unreachable`], each with its remedy.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let mut session = Session::connect(url, Missing::Refuse)?;
        migration::check(&mut session, url)?;
        drop(session);
        let pool = Pool::builder()
            .max_size(u32::try_from(limits::DATABASE_CONNECTIONS.value).unwrap_or(u32::MAX))
            .min_idle(Some(0))
            // The pool pauses for half of this at most before it tries again; callers say how long they wait.
            .connection_timeout(POOL_RETRY * 2)
            .test_on_check_out(false)
            .error_handler(Box::new(NopErrorHandler))
            .build_unchecked(Manager { url: url.clone() });
        Ok(Self {
            inner: Arc::new(Inner {
                url: url.clone(),
                pool,
                turn: Mutex::new(()),
                template_versions: TemplateVersions::default(),
            }),
        })
    }

    /// Brings a database to this version and returns the versions of the migrations applied, oldest first; none when
    /// it was up to date. Creates a SQLite file that does not exist. All or nothing.
    ///
    /// # Errors
    /// [`StoreError::NotOurs`], [`StoreError::Encoding`] or [`StoreError::Newer`], which leave the database as it was; or when it cannot be
    /// reached or written.
    pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
        migration::migrate(url)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Busy`].
    pub fn ping(&self) -> Result<(), StoreError> {
        self.read("answer", |conn| {
            on!(conn, c => diesel::sql_query("SELECT 1").execute(c))?;
            Ok(())
        })
    }

    /// The address, printed without its password.
    pub fn url(&self) -> &DatabaseUrl {
        &self.inner.url
    }

    /// What was read of rounds.
    pub(crate) fn template_versions(&self) -> &TemplateVersions {
        &self.inner.template_versions
    }

    /// Runs queries, each seeing what is committed when it starts.
    pub(crate) fn read<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with_session(doing, |session| work(&mut session.conn()))
    }

    /// Runs queries that all see the same moment of the record.
    pub(crate) fn snapshot<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with_session(doing, |session| session.snapshot(work)?)
    }

    /// Runs a transaction that writes. On PostgreSQL it is tried again as a whole when a concurrent one won.
    pub(crate) fn write<T>(
        &self,
        doing: &'static str,
        mut work: impl FnMut(&mut Conn<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let _turn = match self.inner.url.address() {
            Address::Sqlite(_) => Some(self.inner.turn.lock().unwrap_or_else(PoisonError::into_inner)),
            Address::Postgres(_) => None,
        };
        self.with_session(doing, |session| {
            let mut attempts = 1;
            loop {
                match session.write(&mut work) {
                    Err(StoreError::Conflict(Conflict::Concurrent))
                        if attempts < limits::DATABASE_TRIES.value =>
                    {
                        attempts += 1;
                    }
                    other => return other,
                }
            }
        })
    }

    /// Runs a transaction that writes at a moment: the one given, or just after the last entry of the journal where that
    /// is not earlier. Moments thereby grow with positions, whatever the clocks of several instances show, and a past
    /// moment always names the same entries.
    pub(crate) fn write_at<T>(
        &self,
        doing: &'static str,
        at: DateTime<Utc>,
        mut work: impl FnMut(&mut Conn<'_>, DateTime<Utc>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(doing, |conn| {
            let at = journal::moment(conn, at)?;
            work(conn, at)
        })
    }

    pub(crate) fn with_session<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut pooled = self.pooled()?;
        let done = work(&mut pooled.session);
        pooled.touch();
        done.map_err(|error| {
            pooled.lost |= error.breaks_connection();
            self.placed(error).during(doing)
        })
    }

    fn pooled(&self) -> Result<PooledConnection<Manager>, StoreError> {
        let failed = |error: diesel::r2d2::PoolError| {
            if self.inner.pool.state().connections > 0 {
                return StoreError::Busy;
            }
            StoreError::Unreachable {
                place: self.inner.url.to_string(),
                reason: self.inner.url.scrub(&error.to_string()),
            }
        };
        for _ in 0..limits::DATABASE_CONNECTIONS.value {
            let mut pooled: PooledConnection<Manager> =
                self.inner.pool.get_timeout(POOL_WAIT).map_err(failed)?;
            if pooled.answers() {
                return Ok(pooled);
            }
            pooled.lost = true;
        }
        self.inner.pool.get_timeout(POOL_WAIT).map_err(failed)
    }

    /// The error with the address, which the place where it arose does not know.
    fn placed(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Unreachable { reason, .. } => StoreError::Unreachable {
                place: self.inner.url.to_string(),
                reason: self.inner.url.scrub(&reason),
            },
            other => other,
        }
    }
}
