//! A backup: one SQLite file with every table of record, of either database, as of one moment.
//!
//! The file can be looked at with any SQLite tool and restored into either database. It is no database that the service
//! would open. Its last line seals every byte; its manifest holds what a restored database is compared with.

mod digest;
mod file;
mod insert;
mod manifest;
mod read;
mod reader;
mod tables;
mod totals;

use std::path::Path;

use chrono::{DateTime, Utc};

pub use self::manifest::{BackupManifest, BackupTable, BackupTotal};
use self::{digest::Digest, file::Part, insert::Inserter, reader::Backup, tables::Shape};
use crate::{
    connection::Conn,
    error::{BackupFault, StoreError},
    inspection, migration,
    store::Store,
    url::DatabaseUrl,
};

#[cfg(feature = "testing")]
pub(crate) use self::file::seal_anew;
pub(crate) use self::tables::{Column, ColumnKind, NOT_CARRIED, TABLES};

impl Store {
    /// Writes a backup of the record as of one moment, while others go on reading and writing. The file is complete or
    /// not there; nobody but its owner may read it. Memory does not grow with the record.
    ///
    /// # Errors
    /// [`StoreError::Backup`] when there already is a file of that name or it cannot be written; or when a database
    /// fails.
    pub fn backup(&self, to: &Path, at: DateTime<Utc>) -> Result<BackupManifest, StoreError> {
        let part = Part::beside(to)?;
        let mut target = part.database()?;
        let manifest = self.snapshot("read the record for a backup", |source| {
            let mut target = target.conn();
            let shapes = tables::shapes(&mut target)?;
            let mut made = BackupManifest::of(source, at)?;
            for shape in &shapes {
                made.tables.push(copy(source, &mut target, shape)?);
            }
            manifest::write(&mut target, &made)?;
            Ok(made)
        })?;
        part.finish(target)?;
        Ok(manifest)
    }

    /// Restores a backup into a database without any record, which is first brought to this version; a missing SQLite
    /// file is created. All of it or nothing: every row is read back and compared before it is kept.
    ///
    /// # Errors
    /// [`StoreError::Backup`] when the file is no backup, was changed or is of another version;
    /// [`StoreError::NotEmpty`]; or as for [`Store::migrate`].
    pub fn restore(url: &DatabaseUrl, from: &Path) -> Result<BackupManifest, StoreError> {
        let mut backup = Backup::open(from)?;
        Self::migrate(url)?;
        let store = Self::open(url)?;
        store.write("restore a backup", |target| {
            refuse_record(target, url)?;
            let shapes = backup.shapes()?;
            let manifest = backup.manifest().clone();
            for shape in &shapes {
                let copied = copy(&mut backup.conn(), target, shape)?;
                let kept = digest::of(target, shape)?;
                if manifest.table(shape.table) != Some(&copied) || kept != copied {
                    return Err(backup.fault(BackupFault::Differs {
                        table: shape.table.to_owned(),
                    }));
                }
                inspection::go_on_counting(target, shape.table, shape.counter().as_deref())?;
            }
            if BackupManifest::of(target, manifest.made_at)?.totals != manifest.totals {
                return Err(backup.fault(BackupFault::Differs {
                    table: "backup_total".to_owned(),
                }));
            }
            Ok(())
        })?;
        Ok(backup.manifest().clone())
    }
}

/// Copies all rows of a table and says what they come down to.
fn copy(source: &mut Conn<'_>, target: &mut Conn<'_>, shape: &Shape) -> Result<BackupTable, StoreError> {
    let mut digest = Digest::of(shape);
    let mut inserter = Inserter::new(shape);
    read::for_each_row(source, shape, &mut |row| {
        digest.take(&row);
        inserter.take(target, row)
    })?;
    inserter.finish(target)?;
    Ok(digest.end())
}

/// Refuses a database in which anything is recorded.
fn refuse_record(conn: &mut Conn<'_>, url: &DatabaseUrl) -> Result<(), StoreError> {
    for table in TABLES.into_iter().chain(NOT_CARRIED.map(|(table, _)| table)) {
        let allowed = tables::rows_of_migrations(table);
        if inspection::has_more_rows_than(conn, table, allowed)? {
            return Err(StoreError::NotEmpty {
                place: url.to_string(),
            });
        }
    }
    Ok(())
}

/// The versions of migrations that this program knows, in order.
fn versions() -> Result<Vec<String>, StoreError> {
    Ok(migration::known_versions()?.into_iter().collect())
}
