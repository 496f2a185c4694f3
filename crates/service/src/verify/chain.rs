//! Following the journal: every link, every head that somebody kept, and what its entries vouch for.

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

use nachweis_domain::{
    proof::{
        Head, ORIGIN,
        chain::{Follower, Written},
        rows::FIELD,
    },
    record::{Action, Sha256},
};
use nachweis_store::{Store, Vouching, vouching};
use serde::Deserialize;

use super::{Fault, Faults, VerifyRequest, Vouched, Word, fault};
use crate::error::ServiceError;

/// A journal that was followed.
pub(super) struct Followed {
    pub(super) head: Head,
    pub(super) vouched: Vouched,
}

/// Follows the journal to its end.
pub(super) fn follow(
    store: &Store,
    request: &VerifyRequest,
    faults: &mut Faults,
) -> Result<Followed, ServiceError> {
    let mut walker = Walker {
        follower: Follower::default(),
        vouched: HashMap::new(),
        vouching: vouching().collect(),
        has_vouched: false,
        expected: request.expected.iter().copied().collect(),
        heads: BTreeMap::new(),
        faults,
    };
    for head in &request.heads {
        walker.heads.entry(head.position).or_default().push(*head);
    }
    let done = store.for_each_link(0, &mut |linked| {
        walker.take(&linked.entry, linked.link);
        Ok::<(), nachweis_store::StoreError>(())
    });
    fault::or_damaged(done, walker.faults)?;
    Ok(walker.end())
}

struct Walker<'a> {
    follower: Follower,
    vouched: Vouched,
    /// Which entries vouch for which rows.
    vouching: HashMap<&'static str, Vouching>,
    /// Whether an entry vouched for rows that it wrote: what was written before is taken into the journal before the first.
    has_vouched: bool,
    /// Hashes that were not met yet.
    expected: BTreeSet<Sha256>,
    /// Heads that were not compared yet, by position.
    heads: BTreeMap<u64, Vec<Head>>,
    faults: &'a mut Faults,
}

/// The part of an entry's detail that vouches for rows.
#[derive(Deserialize)]
struct Detail {
    #[serde(default)]
    rows: BTreeMap<String, Option<Sha256>>,
}

impl Walker<'_> {
    fn take(&mut self, written: &Written<'_>, link: Option<Sha256>) {
        let link = link.unwrap_or(ORIGIN);
        if let Err(found) = self.follower.follow(written, &link) {
            self.faults.add(Fault::Journal { found });
        }
        if !self.expected.is_empty() {
            self.expected.remove(&link);
        }
        if let Some(heads) = self.heads.remove(&written.position) {
            let head = self.follower.head();
            for kept in heads.into_iter().filter(|kept| *kept != head) {
                self.faults.add(Fault::Head { kept });
            }
        }
        self.vouch(written);
    }

    /// Takes over what an entry says of rows. One that cannot be read does not fit its link and is named there.
    fn vouch(&mut self, written: &Written<'_>) {
        if !written.detail.contains(FIELD) {
            return;
        }
        let Ok(detail) = serde_json::from_str::<Detail>(written.detail) else {
            return;
        };
        let position = written.position;
        let attests = written.action == Action::RowsAttested.as_str();
        let first = position == 1 || (attests && written.actor.is_none() && !self.has_vouched);
        self.has_vouched |= !attests && !detail.rows.is_empty();
        for (name, digest) in detail.rows {
            self.hear(name, Word { position, digest }, (written.action, first));
        }
    }

    /// Takes a word on rows, or says why an honest journal does not hold it. `first` is an entry that vouches for what was
    /// there before entries did.
    fn hear(&mut self, group: String, word: Word, (action, first): (&str, bool)) {
        let position = word.position;
        let table = group.split_once('/').map_or(&*group, |(table, _)| table);
        let vouching = self.vouching.get(table);
        let is_by = vouching.is_none_or(|vouching| vouching.is_by(action));
        match self.vouched.entry(group) {
            Entry::Vacant(new) => {
                if !is_by && !first {
                    let group = new.key().clone();
                    self.faults.add(Fault::Vouched { group, position });
                }
                new.insert(word);
            }
            Entry::Occupied(known) if matches!(vouching, Some(Vouching::Once(_))) => {
                self.faults.add(Fault::Again {
                    group: known.key().clone(),
                    first: known.get().position,
                    position,
                });
            }
            Entry::Occupied(known) if !is_by => {
                let group = known.key().clone();
                self.faults.add(Fault::Vouched { group, position });
            }
            Entry::Occupied(mut known) => {
                known.insert(word);
            }
        }
    }

    fn end(self) -> Followed {
        let head = self.follower.head();
        for hash in self.expected.into_iter().filter(|hash| *hash != head.root) {
            self.faults.add(Fault::Expected { hash });
        }
        for kept in self.heads.into_values().flatten() {
            if kept.position != 0 {
                self.faults.add(Fault::Head { kept });
            }
        }
        Followed {
            head,
            vouched: self.vouched,
        }
    }
}
