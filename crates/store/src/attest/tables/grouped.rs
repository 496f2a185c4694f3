//! What names a group of rows, for tests that read tables past the program.

use super::Rows;

impl Rows {
    /// Name, table, and the columns that name a group.
    pub(crate) fn group(&self) -> (&'static str, &'static str, Vec<&'static str>) {
        let key: Vec<&'static str> = match self.key {
            [] => vec!["upload_seq"],
            key => key.iter().map(|(column, _)| *column).collect(),
        };
        (self.name, self.table, key)
    }
}
