//! The entries of the journal that concern a subproject, with the head of the journal at the last of them.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    dossier::{Recorded, concerns},
    key::{RoundCode, SubprojectNo},
    proof::{Head, Link, ORIGIN, chain::Follower, line::Entry},
};

use super::super::people::People;
use crate::{
    connection::Conn,
    error::StoreError,
    journal,
    kept::{self, Unreadable},
};

/// An entry before its person is looked up.
pub(super) struct Written {
    entry: Entry,
    at: DateTime<Utc>,
    before: Link,
}

impl Written {
    /// The entry with the person it names.
    pub(super) fn resolved(self, people: &People) -> Recorded {
        Recorded {
            actor: self.entry.actor.and_then(|actor| people.find(actor)),
            entry: self.entry,
            at: self.at,
            before: self.before,
        }
    }
}

/// The entries that concern a subproject up to a moment, and the head of the whole journal at the last of them; `None`
/// where there are none. The journal is walked once; memory holds only what concerns the subproject.
pub(super) fn load(
    conn: &mut Conn<'_>,
    (no, round): (&SubprojectNo, &RoundCode),
    until: Option<DateTime<Utc>>,
) -> Result<Option<(Head, Vec<Written>)>, StoreError> {
    let until = until.map_or(kept::ALWAYS, kept::moment);
    let mut follower = Follower::default();
    let mut head = None;
    let mut found = Vec::new();
    journal::walk::<StoreError>(conn, (0, u64::MAX), &mut |linked| {
        if linked.entry.at_micros > until {
            return Ok(());
        }
        let (before, link) = (follower.link(), linked.link.unwrap_or(ORIGIN));
        // Whether the journal is sound is for `verify` to say; here it is shown as it is.
        let _ = follower.follow(&linked.entry, &link);
        if concerns(no, round, &linked.entry) {
            let position = linked.entry.position;
            head = Some(follower.head());
            found.push(Written {
                at: kept::read_moment("at", linked.entry.at_micros)
                    .map_err(|column: Unreadable| column.of("journal", position))?,
                entry: Entry::new(&linked.entry, link),
                before,
            });
        }
        Ok(())
    })?;
    Ok(head.map(|head| (head, found)))
}
