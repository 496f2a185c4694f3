//! The answer to an upload: what is kept and everything that was found.

use nachweis_domain::record::{RatedFinding, Upload};

/// The answer to an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The upload with its revision, hash, rule version and state.
    pub upload: Upload,
    /// All findings in the order of the workbook; their positions are what comments refer to.
    pub findings: Vec<RatedFinding>,
    /// The same bytes had been uploaded before for the same subproject and quarter: this is the first receipt.
    pub same_as_before: bool,
}
