//! Following the journal: every link, every head that somebody kept, and what its entries vouch for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nachweis_domain::{
    proof::{
        Head, ORIGIN,
        chain::{Follower, Written},
        rows::FIELD,
    },
    record::Sha256,
};
use nachweis_store::Store;
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
    rows: HashMap<String, Option<Sha256>>,
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
        let words = detail
            .rows
            .into_iter()
            .map(|(name, digest)| (name, Word { position, digest }));
        self.vouched.extend(words);
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
