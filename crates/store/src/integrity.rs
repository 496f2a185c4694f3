//! What the database itself finds when it looks at its file, and the files that are kept.

use diesel::{
    ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, QueryableByName, RunQueryDsl,
    sql_query, sql_types::Text,
};
use nachweis_domain::record::{Sha256, UploadId};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{original, upload},
    store::Store,
};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// A kept original and an upload that it came with; none when no upload names it. An original that an upload names is
/// given also when it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// The hash by which it is kept.
    pub sha256: Sha256,
    /// The upload.
    pub upload: Option<UploadId>,
}

impl Store {
    /// What SQLite finds damaged in its file, structure and constraints; nothing on PostgreSQL, which checks pages when it
    /// reads them.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.read("check the file", |conn| match conn {
            Conn::Pg(_) => Ok(Vec::new()),
            Conn::Lite(lite) => {
                let lines: Result<Vec<Line>, _> = sql_query("PRAGMA integrity_check(100)").load(&mut **lite);
                match lines.map_err(StoreError::from) {
                    Ok(lines) => Ok(lines
                        .into_iter()
                        .map(|line| line.integrity_check)
                        .filter(|line| line != "ok")
                        .collect()),
                    Err(error @ (StoreError::Unreachable { .. } | StoreError::Busy)) => Err(error),
                    Err(error) => Ok(vec![error.to_string()]),
                }
            }
        })
    }

    /// Gives each original with each upload that it came with, those that are gone after the others, as of one moment.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_kept_file<E: From<StoreError>>(
        &self,
        each: &mut dyn FnMut(KeptFile) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows: Vec<(String, Option<String>)> = self.snapshot("list the originals", |conn| {
            let mut rows: Vec<(String, Option<String>)> = on!(conn, c => original::table
                .left_join(upload::table.on(upload::sha256.eq(original::sha256)))
                .order((upload::seq, original::sha256))
                .select((original::sha256, upload::id.nullable()))
                .load(c))?;
            let gone: Vec<(String, Option<String>)> = on!(conn, c => upload::table
                .left_join(original::table.on(original::sha256.eq(upload::sha256)))
                .filter(original::sha256.nullable().is_null())
                .order(upload::seq)
                .select((upload::sha256, upload::id.nullable()))
                .load(c))?;
            rows.extend(gone);
            Ok(rows)
        })?;
        for (sha256, id) in rows {
            each(read(&sha256, id.as_deref()).map_err(|column| column.of("original", &sha256))?)?;
        }
        Ok(())
    }
}

fn read(sha256: &str, id: Option<&str>) -> Result<KeptFile, Unreadable> {
    Ok(KeptFile {
        sha256: kept::parsed("sha256", sha256)?,
        upload: id.map(|id| kept::parsed("id", id)).transpose()?,
    })
}
