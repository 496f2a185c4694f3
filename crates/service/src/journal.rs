//! Reading the journal.

use nachweis_domain::{
    access::{Act, Caller},
    limits,
    record::JournalEntry,
};

use crate::{error::ServiceError, gate, service::Service};

impl Service {
    /// Entries after a position, the earliest first; at most as many as a page holds.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but auditors.
    pub fn journal(
        &self,
        caller: &Caller,
        after: u64,
        limit: u32,
    ) -> Result<Vec<JournalEntry>, ServiceError> {
        gate::programme(caller, Act::ReadJournal)?;
        let most = u32::try_from(limits::PAGE_MAX.value).unwrap_or(u32::MAX);
        Ok(self.store.journal(after, limit.min(most))?)
    }
}
