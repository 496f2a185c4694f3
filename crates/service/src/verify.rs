//! Verifying the record: whether the journal is whole, the rows are those for which it vouches, the originals are the
//! bytes that came, and still give the figures that are kept, and frozen reports are the bytes that were frozen.
//!
//! Everything is looked at, whatever is found on the way; each fault has its place. Nothing is changed, not even the
//! journal.

use std::{collections::HashMap, thread};

use nachweis_domain::{
    access::{Act, Caller},
    proof::Head,
    record::Sha256,
};

use crate::{error::ServiceError, gate, service::Service};

mod chain;
mod fault;
mod figures;
mod frozen;
mod originals;
mod rows;

pub use fault::{Fault, Faults, Place};

/// What to compare the record with, and how thoroughly.
#[derive(Clone, Debug, Default)]
pub struct VerifyRequest {
    /// Hashes of entries that somebody noted: each must be in the chain, or be the root of the whole.
    pub expected: Vec<Sha256>,
    /// Heads that were kept outside the database: the journal must have grown from each.
    pub heads: Vec<Head>,
    /// Leaves out reading the originals once more; their bytes are hashed all the same.
    pub without_reading: bool,
}

/// What was verified and what was found.
#[derive(Clone, Debug)]
pub struct Verification {
    /// What the journal comes down to.
    pub head: Head,
    /// Groups of rows that were compared with the journal.
    pub groups: u64,
    /// Originals whose bytes were hashed.
    pub originals: u64,
    /// Originals that were erased, because they need not be kept any longer.
    pub erased: u64,
    /// Originals that were read once more.
    pub read: u64,
    /// Figures that were compared with what was read: cells.
    pub figures: u64,
    /// What was found.
    pub faults: Faults,
}

/// The last word of the journal on a group of rows: the position that says it, and the digest, none when it is gone.
#[derive(Clone, Copy, Debug)]
struct Word {
    position: u64,
    digest: Option<Sha256>,
}

/// What the journal vouches for, by the names of groups.
type Vouched = HashMap<String, Word>;

/// Told as verification goes on.
pub trait VerifyProgress: Sync {
    /// Originals will be looked at, so many.
    fn begin(&self, originals: u64);
    /// One of them is done.
    fn done(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl VerifyProgress for Quiet {
    fn begin(&self, _originals: u64) {}
    fn done(&self) {}
}

impl Service {
    /// Verifies the whole record.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all who may not read the journal; [`ServiceError::Store`] when the database cannot
    /// be reached. What is wrong with the record itself is no error: it is told in [`Verification::faults`].
    pub fn verify(
        &self,
        caller: &Caller,
        request: &VerifyRequest,
        progress: &dyn VerifyProgress,
    ) -> Result<Verification, ServiceError> {
        gate::programme(caller, Act::ReadJournal)?;
        let mut faults = Faults::default();
        // The database looks at its file while the journal is followed.
        let (chain, damage) = thread::scope(|scope| {
            let check = scope.spawn(|| self.store.integrity());
            let chain = chain::follow(&self.store, request, &mut faults);
            // A panic of the other thread goes on here.
            let damage = check
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (chain, damage)
        });
        for line in damage? {
            faults.add(Fault::Database { line });
        }
        let chain = chain?;
        // Originals are read while rows are compared: readers and this thread wait for different things.
        let (groups, looked) = thread::scope(|scope| {
            let look = scope.spawn(|| originals::look(self, request.without_reading, progress));
            let groups = rows::compare(&self.store, (chain.head.position, chain.vouched), &mut faults)
                .and_then(|groups| frozen::look(&self.store, &mut faults).map(|()| groups));
            // A panic of the other thread goes on here.
            let looked = look
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (groups, looked)
        });
        let (groups, (looked, found)) = (groups?, looked?);
        faults.append(found);
        Ok(Verification {
            head: chain.head,
            groups,
            originals: looked.hashed,
            erased: looked.erased,
            read: looked.read,
            figures: looked.figures,
            faults,
        })
    }
}
