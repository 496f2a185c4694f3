//! The quarterly workbook: one layout, from which it is issued, guarded, read and marked.

mod envelope;
mod inspection;
mod issue;
mod layout;
pub mod limits;
mod seal;

pub use envelope::Envelope;
pub use issue::{IngestError, IssueStamp, issue, issue_filled};
pub use layout::columns_documentation;
pub use seal::SealKey;
