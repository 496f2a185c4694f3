//! Frozen reports as verification looks at them: whether their bytes still have the hash that was kept with them.

use diesel::{OptionalExtension, QueryDsl, RunQueryDsl};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    original::hash,
    schema::frozen_report,
    store::Store,
};

/// A frozen report as its row says, unread, and whether its bytes have its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenFile {
    /// Round, quarter as a number, and file: `2023-2025/8098/burn_de.xlsx`.
    pub name: String,
    /// Whether the bytes are those that were frozen.
    pub is_whole: bool,
}

/// What names a row: round, quarter, name, language, format.
type Key = (String, i32, String, String, String);

impl Store {
    /// Gives each frozen report, hashed again. Memory holds the bytes of one.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails.
    pub fn for_each_frozen_file<E: From<StoreError>>(
        &self,
        each: &mut dyn FnMut(FrozenFile) -> Result<(), E>,
    ) -> Result<(), E> {
        let keys = self.read("list the frozen reports", keys)?;
        for key in keys {
            let found = self.read("read a frozen report", |conn| bytes(conn, &key))?;
            let (round, quarter, name, language, format) = key;
            each(FrozenFile {
                name: format!("{round}/{quarter}/{name}_{language}.{format}"),
                is_whole: found.is_some_and(|(sha256, bytes)| hash(&bytes).to_string() == sha256),
            })?;
        }
        Ok(())
    }
}

fn keys(conn: &mut Conn<'_>) -> Result<Vec<Key>, StoreError> {
    Ok(on!(conn, c => frozen_report::table
        .order((
            frozen_report::round,
            frozen_report::quarter,
            frozen_report::name,
            frozen_report::language,
            frozen_report::format,
        ))
        .select((
            frozen_report::round,
            frozen_report::quarter,
            frozen_report::name,
            frozen_report::language,
            frozen_report::format,
        ))
        .load(c))?)
}

/// The hash and the bytes of a row.
fn bytes(conn: &mut Conn<'_>, key: &Key) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let (round, quarter, name, language, format) = key;
    Ok(on!(conn, c => frozen_report::table
        .find((round, quarter, name, language, format))
        .select((frozen_report::sha256, frozen_report::bytes))
        .first(c)
        .optional())?)
}
