//! Of which subprojects something is read: all of a round, or a single one.

use nachweis_domain::key::{RoundCode, SubprojectNo};

/// The subprojects of which something is read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Selection<'a> {
    /// All of a round.
    Round(&'a RoundCode),
    /// One.
    Subproject(&'a SubprojectNo),
}
