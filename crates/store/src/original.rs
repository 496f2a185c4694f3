//! Originals: the workbooks as they came, named by the SHA-256 of their bytes, written once.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::Sha256;
use sha2::{Digest, Sha256 as Hasher};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    schema::original,
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
pub(crate) fn insert(conn: &mut Conn<'_>, original: &Original) -> Result<(), StoreError> {
    let sha256 = original.sha256.to_string();
    let there: Option<String> = on!(conn, c => original::table
        .filter(original::sha256.eq(&sha256))
        .select(original::sha256)
        .first(c)
        .optional())?;
    if there.is_none() {
        on!(conn, c => diesel::insert_into(original::table)
            .values((original::sha256.eq(&sha256), original::bytes.eq(&original.bytes)))
            .execute(c))?;
    }
    Ok(())
}

/// The bytes of an original, hashed again on the way out.
pub(crate) fn read(conn: &mut Conn<'_>, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    let found: Option<Vec<u8>> = on!(conn, c => original::table
        .filter(original::sha256.eq(sha256.to_string()))
        .select(original::bytes)
        .first(c)
        .optional())?;
    match found {
        Some(bytes) if hash(&bytes) != *sha256 => Err(StoreError::Corrupt {
            table: "original",
            id: sha256.to_string(),
            reason: "its bytes have another hash".into(),
        }),
        other => Ok(other),
    }
}

impl Store {
    /// The bytes of an original, hashed again on the way out.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when they are no longer what was stored; or when the database fails.
    pub fn original(&self, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
        self.read("read an original", |conn| read(conn, sha256))
    }
}
