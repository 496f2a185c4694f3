//! The journal vouches for rows: each entry names digests of the rows that its change wrote, so that verification finds
//! a row that was changed, removed or added behind the journal's back.
//!
//! Rows are texts, length before value, column after column. The database itself makes them of rows that it holds, by one
//! query text for writing and verifying. Of the many rows of an upload the same texts are made from what is about to be
//! written ([`content`]): reading them back took as long as writing them.

mod content;
pub(crate) mod tables;

use std::collections::BTreeMap;

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use nachweis_domain::{
    proof::rows::digest,
    record::{Action, Sha256},
};

pub(crate) use self::content::content;
use self::tables::Rows;
pub use self::tables::{Vouching, vouching};
use crate::{account::OPERATOR, connection::Conn, error::StoreError, rows::BorrowedRow, store::Store};

/// A group of rows that an entry vouches for.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    rows: &'static Rows,
    /// The values of the columns that name the group, as texts.
    key: Vec<String>,
    digest: Digest,
}

/// Where the digest of a group's rows comes from.
#[derive(Clone, Copy, Debug)]
enum Digest {
    /// The database is asked for the rows.
    Asked,
    /// It was made of the rows that were written.
    Written(Sha256),
    /// No rows were written.
    NoRows,
}

impl Group {
    /// The group of a key; the key has as many values as the rows have columns of it.
    pub(crate) fn new(rows: &'static Rows, key: &[&dyn ToString]) -> Self {
        Self {
            rows,
            key: key.iter().map(|value| value.to_string()).collect(),
            digest: Digest::Asked,
        }
    }

    /// The group of a key with all its rows as they were written, each as the text of [`content`].
    pub(crate) fn written(rows: &'static Rows, key: &[&dyn ToString], contents: &mut [String]) -> Self {
        let group = Self::new(rows, key);
        let digest = if contents.is_empty() {
            Digest::NoRows
        } else {
            Digest::Written(digest(&group.name(), contents))
        };
        Self { digest, ..group }
    }

    /// The group of a key with all its rows as they were inserted.
    pub(crate) fn of_rows<R: BorrowedRow>(
        rows: &'static Rows,
        key: &[&dyn ToString],
        inserted: &[R],
    ) -> Self {
        debug_assert_eq!(
            rows.columns(),
            R::COLUMNS,
            "a row's text has the columns of its digest"
        );
        let mut contents: Vec<String> = inserted.iter().map(BorrowedRow::content).collect();
        Self::written(rows, key, &mut contents)
    }

    /// Whether entries of a kind vouch for such rows.
    pub(crate) fn is_vouched_for_by(&self, action: Action) -> bool {
        self.rows.vouching().is_by(action.as_str())
    }

    /// Its name in the journal: rows and key.
    fn name(&self) -> String {
        name(self.rows, &self.key.join("/"))
    }
}

/// What migrations write before there is any entry: the operator's account. The first entry vouches for it.
pub(crate) fn shipped() -> Group {
    Group::new(&tables::ACCOUNT, &[&OPERATOR])
}

/// The name of the group that migrations write, and for which no entry vouches while there is none.
pub fn written_by_migrations() -> String {
    shipped().name()
}

fn name(rows: &'static Rows, key: &str) -> String {
    format!("{}/{key}", rows.name)
}

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = Text)]
    group_name: String,
    #[diesel(sql_type = Text)]
    content: String,
}

/// The digests of groups as their rows are now, by the groups' names. A group without rows has none: `null` in JSON.
pub(crate) fn digests(
    conn: &mut Conn<'_>,
    groups: &[Group],
) -> Result<BTreeMap<String, Option<Sha256>>, StoreError> {
    let mut digests = BTreeMap::new();
    for group in groups {
        let name = group.name();
        if digests.contains_key(&name) {
            continue;
        }
        let found = match group.digest {
            Digest::Written(digest) => Some(digest),
            Digest::NoRows => None,
            Digest::Asked => {
                let mut rows = read_group(conn, group)?;
                (!rows.is_empty()).then(|| digest(&name, &mut rows))
            }
        };
        digests.insert(name, found);
    }
    Ok(digests)
}

fn read_group(conn: &mut Conn<'_>, group: &Group) -> Result<Vec<String>, StoreError> {
    let text = group.rows.of_one(matches!(conn, Conn::Pg(_)));
    let rows: Vec<Written> = match conn {
        Conn::Pg(pg) => {
            let mut query = sql_query(text).into_boxed();
            for value in &group.key {
                query = query.bind::<Text, _>(value);
            }
            query.load(&mut **pg)
        }
        Conn::Lite(lite) => {
            let mut query = sql_query(text).into_boxed();
            for value in &group.key {
                query = query.bind::<Text, _>(value);
            }
            query.load(&mut **lite)
        }
    }?;
    Ok(rows.into_iter().map(|row| row.content).collect())
}

/// A group of rows as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRows {
    /// The name by which the journal knows it: table, `/`, key.
    pub name: String,
    /// The digest of its rows as they are.
    pub digest: Sha256,
}

/// Gives every group of rows that some entry must vouch for. Memory holds one group at a time.
pub(crate) fn for_each_group<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    each: &mut dyn FnMut(FoundRows) -> Result<(), E>,
) -> Result<(), E> {
    for rows in tables::ALL {
        let mut open: Option<(String, Vec<String>)> = None;
        let mut next = |written: Written| match &mut open {
            Some((key, contents)) if *key == written.group_name => {
                contents.push(written.content);
                Ok(())
            }
            _ => match open.replace((written.group_name, vec![written.content])) {
                Some((key, mut contents)) => each(found(rows, &key, &mut contents)),
                None => Ok(()),
            },
        };
        for_each_row(conn, rows, &mut next)?;
        if let Some((key, mut contents)) = open {
            each(found(rows, &key, &mut contents))?;
        }
    }
    Ok(())
}

fn found(rows: &'static Rows, key: &str, contents: &mut [String]) -> FoundRows {
    let name = name(rows, key);
    FoundRows {
        digest: digest(&name, contents),
        name,
    }
}

impl Store {
    /// Gives every group of rows for which some entry of the journal must vouch, all as of one moment. Memory holds one
    /// group at a time.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails.
    pub fn for_each_group<E: From<StoreError>>(
        &self,
        each: &mut dyn FnMut(FoundRows) -> Result<(), E>,
    ) -> Result<(), E> {
        self.snapshot("read all rows", |conn| Ok(for_each_group(conn, each)))?
    }
}

/// Streams the rows of a table, group after group.
fn for_each_row<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    rows: &Rows,
    each: &mut dyn FnMut(Written) -> Result<(), E>,
) -> Result<(), E> {
    use diesel::{connection::DefaultLoadingMode, pg::PgRowByRowLoadingMode};
    fn drain<E: From<StoreError>>(
        rows: impl Iterator<Item = diesel::QueryResult<Written>>,
        each: &mut dyn FnMut(Written) -> Result<(), E>,
    ) -> Result<(), E> {
        for row in rows {
            each(row.map_err(StoreError::from)?)?;
        }
        Ok(())
    }
    let query = sql_query(rows.of_all());
    match conn {
        Conn::Pg(pg) => drain(
            query
                .load_iter::<Written, PgRowByRowLoadingMode>(&mut **pg)
                .map_err(StoreError::from)?,
            each,
        ),
        Conn::Lite(lite) => drain(
            query
                .load_iter::<Written, DefaultLoadingMode>(&mut **lite)
                .map_err(StoreError::from)?,
            each,
        ),
    }
}
