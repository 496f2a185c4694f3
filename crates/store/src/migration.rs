//! Brings a database to this version, and refuses one that is not ours or of another version.

use std::collections::BTreeSet;

use diesel::{backend::Backend, migration::MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{
    connection::{Conn, Missing, Session},
    error::StoreError,
    inspection, journal,
    url::DatabaseUrl,
};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
/// The table that marks a database as ours.
const MARK: &str = "nachweis";
/// Where Diesel notes what was applied.
const APPLIED: &str = "__diesel_schema_migrations";

/// The migration that makes the journal a chain. Only with it are links written afterwards: later a missing link is a
/// sign of tampering, and linking anew would hide it.
const CHAIN: &str = "0007";
/// The migration from which on entries vouch for rows. With it what was written before is taken into the journal, once:
/// doing so later would vouch for what somebody changed in between.
const ATTESTED: &str = "0009";

/// Applies what a database lacks and returns the names of what was applied.
pub(crate) fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    let mut session = Session::connect(url, Missing::Create)?;
    refuse_foreign(&mut session.conn(), url)?;
    session.settle()?;
    session.migration(|conn| {
        refuse_foreign(conn, url)?;
        match compare(conn, url) {
            Ok(()) => return Ok(Vec::new()),
            Err(StoreError::Older { .. }) => {}
            Err(other) => return Err(other),
        }
        inspection::mark(conn)?;
        apply_pending(conn)
    })
}

/// Applies what is pending one by one: what was written before is linked before triggers keep it as it is.
fn apply_pending(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let mut applied = Vec::new();
    while has_pending(conn)? {
        let version = match conn {
            Conn::Pg(pg) => pg.run_next_migration(POSTGRES).map(|version| version.to_string()),
            Conn::Lite(lite) => lite.run_next_migration(SQLITE).map(|version| version.to_string()),
        };
        let version = version.map_err(failed)?;
        if version == CHAIN {
            journal::link_what_came_before(conn)?;
        }
        applied.push(version);
    }
    // Last, when every table is there.
    if applied.iter().any(|version| version == ATTESTED) {
        journal::attest_what_came_before(conn)?;
    }
    Ok(applied)
}

fn has_pending(conn: &mut Conn<'_>) -> Result<bool, StoreError> {
    match conn {
        Conn::Pg(pg) => pg.has_pending_migration(POSTGRES),
        Conn::Lite(lite) => lite.has_pending_migration(SQLITE),
    }
    .map_err(failed)
}

fn failed(source: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    match source.downcast::<diesel::result::Error>() {
        Ok(error) => StoreError::from(*error).during("apply a migration"),
        Err(source) => StoreError::Query {
            operation: "apply a migration",
            source,
        },
    }
}

/// Checks that a database is ours and of this version.
pub(crate) fn check(session: &mut Session, url: &DatabaseUrl) -> Result<(), StoreError> {
    refuse_foreign(&mut session.conn(), url)?;
    compare(&mut session.conn(), url)
}

/// A database with tables but without our mark belongs to another program. One that keeps texts in another form than UTF-8
/// counts their characters otherwise, and what the journal vouches for would not be what it reads.
fn refuse_foreign(conn: &mut Conn<'_>, url: &DatabaseUrl) -> Result<(), StoreError> {
    if let Some(encoding) = inspection::encoding(conn)?.filter(|encoding| encoding != "UTF8") {
        return Err(StoreError::Encoding {
            place: url.to_string(),
            encoding,
        });
    }
    let tables = inspection::tables(conn)?;
    let ours = tables.is_empty() || tables.iter().any(|table| table == MARK);
    if ours {
        Ok(())
    } else {
        Err(StoreError::NotOurs {
            place: url.to_string(),
        })
    }
}

/// Compares what was applied with what this program knows.
fn compare(conn: &mut Conn<'_>, url: &DatabaseUrl) -> Result<(), StoreError> {
    let applied = applied(conn)?;
    let known: BTreeSet<String> = match conn {
        Conn::Pg(_) => known::<diesel::pg::Pg>(&POSTGRES),
        Conn::Lite(_) => known::<diesel::sqlite::Sqlite>(&SQLITE),
    }
    .map_err(failed)?;
    let unknown: Vec<String> = applied.difference(&known).cloned().collect();
    if !unknown.is_empty() {
        return Err(StoreError::Newer {
            place: url.to_string(),
            unknown,
        });
    }
    let missing: Vec<String> = known.difference(&applied).cloned().collect();
    if !missing.is_empty() {
        return Err(StoreError::Older {
            place: url.to_string(),
            missing,
        });
    }
    Ok(())
}

/// The versions applied, without creating anything.
fn applied(conn: &mut Conn<'_>) -> Result<BTreeSet<String>, StoreError> {
    if !inspection::tables(conn)?.iter().any(|table| table == APPLIED) {
        return Ok(BTreeSet::new());
    }
    // Diesel's own list would create its table first, which a restricted role may not.
    Ok(inspection::applied(conn)?.into_iter().collect())
}

/// The versions that this program knows, the same for both databases.
pub(crate) fn known_versions() -> Result<BTreeSet<String>, StoreError> {
    known::<diesel::sqlite::Sqlite>(&SQLITE).map_err(failed)
}

type MigrationResult<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn known<DB: Backend>(source: &EmbeddedMigrations) -> MigrationResult<BTreeSet<String>> {
    let migrations = MigrationSource::<DB>::migrations(source)?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}
