//! Walking the whole journal as it was written, without reading anything into it: what is damaged is given, too.

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
    /// The entry and its link. An actor that is no id is left out, so that the entry does not fit its link.
    fn linked(&self) -> Linked<'_> {
        let entry = Written {
            position: kept::number("position", self.position).unwrap_or(0),
            at_micros: self.at,
            actor: self.actor.as_ref().and_then(|actor| actor.parse().ok()),
            action: &self.action,
            object: &self.object,
            detail: &self.detail,
            figures_of: self.figures_of.as_deref(),
        };
        let link = self.link.as_ref().and_then(|link| link.parse().ok());
        Linked { entry, link }
    }
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
        self.snapshot("walk the journal", |conn| Ok(walk(conn, after, each)))?
    }
}

fn walk<E: From<StoreError>>(
    conn: &mut Conn<'_>,
    after: u64,
    each: &mut dyn FnMut(&Linked<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut after: i64 = kept::fit(after)?;
    loop {
        let rows: Vec<Row> = on!(conn, c => journal::table
            .filter(journal::position.gt(after))
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
            .load(c))
        .map_err(StoreError::from)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.position;
        for row in &rows {
            each(&row.linked())?;
        }
    }
}
