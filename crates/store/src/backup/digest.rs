//! What the rows of a table come down to, the same on both databases.

use nachweis_domain::record::Sha256;
use sha2::{Digest as _, Sha256 as Hasher};

use super::{
    manifest::BackupTable,
    read::{self, AnyRow, Value},
    tables::Shape,
};
use crate::{connection::Conn, error::StoreError};

/// Takes the rows of a table in the order of its key.
pub(super) struct Digest {
    table: &'static str,
    hasher: Hasher,
    rows: u64,
}

impl Digest {
    pub(super) fn of(shape: &Shape) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(format!("{} ({})\n", shape.table, shape.names()));
        Self {
            table: shape.table,
            hasher,
            rows: 0,
        }
    }

    /// Every value with its kind and length before it, so that no two rows read the same.
    pub(super) fn take(&mut self, row: &AnyRow) {
        self.rows += 1;
        for value in &row.0 {
            match value {
                Value::Nothing => self.hasher.update("-"),
                Value::Number(number) => self.hasher.update(format!("n{number};")),
                Value::Text(text) => self.counted('t', text.as_bytes()),
                Value::Bytes(bytes) => self.counted('b', bytes),
            }
        }
        self.hasher.update("\n");
    }

    fn counted(&mut self, kind: char, bytes: &[u8]) {
        self.hasher.update(format!("{kind}{}:", bytes.len()));
        self.hasher.update(bytes);
    }

    pub(super) fn end(self) -> BackupTable {
        BackupTable {
            name: self.table.to_owned(),
            rows: self.rows,
            sha256: Sha256(self.hasher.finalize().into()),
        }
    }
}

/// What the rows of a table come down to as they stand in a database.
pub(super) fn of(conn: &mut Conn<'_>, shape: &Shape) -> Result<BackupTable, StoreError> {
    let mut digest = Digest::of(shape);
    read::for_each_row(conn, shape, &mut |row| {
        digest.take(&row);
        Ok(())
    })?;
    Ok(digest.end())
}
