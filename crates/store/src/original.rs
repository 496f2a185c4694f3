//! Originals: the workbooks as they came, named by the SHA-256 of their bytes, written once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::Sha256;
use sha2::{Digest, Sha256 as Hasher};

use crate::{
    connection::{Conn, on},
    error::{Conflict, StoreError},
    kept::{self, Unreadable},
    schema::{erased_original, erasure_confirmation, original, upload},
    selection::Selection,
    store::Store,
};

/// The bytes of a workbook together with their hash, so that one cannot stand for the other.
#[derive(Clone, PartialEq, Eq)]
pub struct Original {
    sha256: Sha256,
    bytes: Vec<u8>,
}

impl Original {
    /// Hashes the bytes.
    ///
    /// ```
    /// use nachweis_store::Original;
    /// let original = Original::new(b"abc".to_vec());
    /// assert!(original.sha256().to_string().starts_with("ba7816bf"));
    /// ```
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            sha256: hash(&bytes),
            bytes,
        }
    }

    /// The hash.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Original {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Original({}, {} bytes)", self.sha256, self.bytes.len())
    }
}

/// The SHA-256 of bytes.
pub(crate) fn hash(bytes: &[u8]) -> Sha256 {
    Sha256(Hasher::digest(bytes).into())
}

/// Writes an original unless it is already there.
///
/// # Errors
/// [`Conflict::Erased`] when it was there and is erased; or when the database fails.
pub(crate) fn insert(conn: &mut Conn<'_>, original: &Original) -> Result<(), StoreError> {
    let sha256 = original.sha256.to_string();
    let there: Option<String> = on!(conn, c => original::table
        .filter(original::sha256.eq(&sha256))
        .select(original::sha256)
        .first(c)
        .optional())?;
    if there.is_some()
        && let Some(at) = erased_at(conn, &sha256)?
    {
        return Err(StoreError::Conflict(Conflict::Erased { at }));
    }
    if there.is_none() {
        on!(conn, c => diesel::insert_into(original::table)
            .values((original::sha256.eq(&sha256), original::bytes.eq(&original.bytes)))
            .execute(c))?;
    }
    Ok(())
}

/// When an original was erased.
pub(crate) fn erased_at(conn: &mut Conn<'_>, sha256: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found: Option<i64> = on!(conn, c => erased_original::table
        .inner_join(erasure_confirmation::table.on(erasure_confirmation::erasure.eq(erased_original::erasure)))
        .filter(erased_original::sha256.eq(sha256))
        .select(erasure_confirmation::confirmed_at)
        .first(c)
        .optional())?;
    found
        .map(|at| kept::read_moment("confirmed_at", at))
        .transpose()
        .map_err(|column| column.of("erasure_confirmation", sha256))
}

/// Which originals of the selection were erased up to a moment, and when.
pub(crate) fn erased(
    conn: &mut Conn<'_>,
    selection: Selection<'_>,
    at: i64,
) -> Result<HashMap<Sha256, DateTime<Utc>>, StoreError> {
    let rows: Vec<(String, i64)> = on!(conn, c => {
        let all = erased_original::table
            .inner_join(erasure_confirmation::table.on(erasure_confirmation::erasure.eq(erased_original::erasure)))
            .inner_join(upload::table.on(upload::sha256.eq(erased_original::sha256)))
            .filter(erasure_confirmation::confirmed_at.le(at))
            .select((erased_original::sha256, erasure_confirmation::confirmed_at))
            .distinct();
        match selection {
            Selection::Round(code) => all.filter(upload::round.eq(code.as_str())).load(c),
            Selection::Subproject(no) => all.filter(upload::subproject.eq(no.as_str())).load(c),
        }
    })?;
    rows.into_iter()
        .map(|(sha256, at)| {
            let read = || {
                Ok((
                    kept::parsed("sha256", &sha256)?,
                    kept::read_moment("confirmed_at", at)?,
                ))
            };
            read().map_err(|column: Unreadable| column.of("erased_original", &sha256))
        })
        .collect()
}

/// Empties an original, of which a row says that it is erased.
pub(crate) fn empty(conn: &mut Conn<'_>, sha256: &str) -> Result<(), StoreError> {
    on!(conn, c => diesel::update(original::table.find(sha256))
        .set(original::bytes.eq(Vec::<u8>::new()))
        .execute(c))?;
    Ok(())
}

/// The bytes of an original, hashed again on the way out.
///
/// # Errors
/// [`StoreError::Erased`] when they were erased; [`StoreError::Corrupt`] when they are not what was stored, or are there
/// though they are said to be erased; or when the database fails.
pub(crate) fn read(conn: &mut Conn<'_>, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    let found: Option<Vec<u8>> = on!(conn, c => original::table
        .filter(original::sha256.eq(sha256.to_string()))
        .select(original::bytes)
        .first(c)
        .optional())?;
    let Some(bytes) = found else {
        return Ok(None);
    };
    let corrupt = |reason: &str| StoreError::Corrupt {
        table: "original",
        id: sha256.to_string(),
        reason: reason.into(),
    };
    match (hash(&bytes) == *sha256, erased_at(conn, &sha256.to_string())?) {
        (true, None) => Ok(Some(bytes)),
        (false, Some(at)) if bytes.is_empty() => Err(StoreError::Erased { at }),
        (false, _) => Err(corrupt("its bytes have another hash")),
        (true, Some(_)) => Err(corrupt("its bytes are there though they were erased")),
    }
}

impl Store {
    /// The bytes of an original, hashed again on the way out.
    ///
    /// # Errors
    /// [`StoreError::Erased`] when they need not be kept any longer and were erased; [`StoreError::Corrupt`] when they are no
    /// longer what was stored; or when the database fails.
    pub fn original(&self, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
        // One moment, so that an erasure meanwhile is not taken for damage.
        self.snapshot("read an original", |conn| read(conn, sha256))
    }
}
