//! The quarterly workbook: one layout, from which it is issued, guarded, read and marked.

mod cell_value;
mod confined;
mod envelope;
mod failure;
mod frame;
mod guard;
mod inspection;
mod issue;
mod layout;
mod mark;
pub mod programme;
mod read;
mod reading;
mod refusal;
#[cfg(test)]
mod sample;
mod seal;
mod table;
#[cfg(test)]
mod testing;
mod worker;

pub use confined::{BatchReader, ConfinedReader};
pub use envelope::Envelope;
pub use failure::{ReadFailure, WorkerEnd};
pub use guard::check_file;
pub use issue::{IngestError, IssueStamp, issue, issue_filled};
pub use layout::columns_documentation;
pub use mark::mark;
pub use read::{check_identity, read_here};
pub use reading::{Places, Reading};
pub use refusal::{ArchiveFault, Bounded, CellFault, PartFault, Refusal, RefusalClass};
pub use seal::SealKey;
pub use table::{RawMerge, RawRow, RawSheet, RawValue, read_table_here};
pub use worker::{WORKER_ARGUMENT, confine_this_process, worker_main};
