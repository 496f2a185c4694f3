//! Walking the whole journal as it was written, without reading anything into it: what is damaged is given, too.

use std::{
    str::FromStr,
    sync::mpsc::{SyncSender, sync_channel},
    thread,
};

use diesel::{ExpressionMethods, QueryDsl, Queryable, RunQueryDsl};
use nachweis_domain::proof::{Link, chain::Written};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::journal,
    store::Store,
};

/// Entries read at once.
const WALKED_AT_ONCE: i64 = 10_000;

#[derive(Queryable)]
struct Row {
    position: i64,
    at: i64,
    actor: Option<String>,
    action: String,
    object: String,
    detail: String,
    figures_of: Option<String>,
    link: Option<String>,
}

/// An entry as it was written, with its link; none where there is none that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Linked<'a> {
    /// The entry.
    pub entry: Written<'a>,
    /// Its link.
    pub link: Option<Link>,
}

impl Row {
    /// The entry and its link. An actor that is no id, or not in the form in which ids are written, is left out, so that
    /// the entry does not fit its link; a link in another form is none.
    fn linked(&self) -> Linked<'_> {
        let entry = Written {
            position: kept::number("position", self.position).unwrap_or(0),
            at_micros: self.at,
            actor: self.actor.as_deref().and_then(|actor| as_written(actor, ID)),
            action: &self.action,
            object: &self.object,
            detail: &self.detail,
            figures_of: self.figures_of.as_deref(),
        };
        let link = self.link.as_deref().and_then(|link| as_written(link, LINK));
        Linked { entry, link }
    }
}

/// How many characters an id is written with, and a link.
const ID: usize = 36;
const LINK: usize = 64;

/// The value of a text in the only form in which the program writes it: so long, without capitals. A form that means the same
/// is a change all the same.
fn as_written<T: FromStr>(text: &str, length: usize) -> Option<T> {
    let written = text.len() == length && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    text.parse().ok().filter(|_| written)
}

impl Store {
    /// Gives each entry after a position as it was written, oldest first, all as of one moment. Memory does not grow with the journal.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails.
    pub fn for_each_link<E: From<StoreError>>(
        &self,
        after: u64,
        each: &mut dyn FnMut(&Linked<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.snapshot("walk the journal", |conn| Ok(walk(conn, (after, u64::MAX), each)))?
    }

    /// Gives each entry up to a position, itself included, as [`Store::for_each_link`] does; later ones are not read.
    ///
    /// # Errors
    /// As [`Store::for_each_link`].
    pub fn for_each_link_up_to<E: From<StoreError>>(
        &self,
        to: u64,
        each: &mut dyn FnMut(&Linked<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.snapshot("walk the journal", |conn| Ok(walk(conn, (0, to), each)))?
    }
}

/// Batches that are read ahead.
const AHEAD: usize = 2;

/// Gives each entry after a position up to another. One thread reads, this one looks at what was read: hashing a million entries takes as long as reading them.
pub(crate) fn walk<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    (after, to): (u64, u64),
    each: &mut dyn FnMut(&Linked<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let after: i64 = kept::fit(after)?;
    let last = i64::try_from(to).unwrap_or(i64::MAX);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD);
        scope.spawn(move || read_ahead(conn, (after, last), &sender));
        for batch in receiver {
            for row in &batch? {
                each(&row.linked())?;
            }
        }
        Ok(())
    })
}

/// Reads batches until there are no more, or nobody listens any more.
fn read_ahead(
    conn: &mut Conn<'_>,
    (mut after, last): (i64, i64),
    to: &SyncSender<Result<Vec<Row>, StoreError>>,
) {
    while after < last {
        let batch = read(conn, (after, last));
        let newest = batch.as_ref().ok().and_then(|rows| rows.last());
        let goes_on = newest.map(|newest| newest.position);
        if to.send(batch).is_err() {
            return;
        }
        match goes_on {
            Some(position) => after = position,
            None => return,
        }
    }
}

fn read(conn: &mut Conn<'_>, (after, last): (i64, i64)) -> Result<Vec<Row>, StoreError> {
    Ok(on!(conn, c => journal::table
        .filter(journal::position.gt(after))
        .filter(journal::position.le(last))
        .order(journal::position)
        .limit(WALKED_AT_ONCE)
        .select((
            journal::position,
            journal::at,
            journal::actor,
            journal::action,
            journal::object,
            journal::detail,
            journal::figures_of,
            journal::link,
        ))
        .load(c))?)
}
