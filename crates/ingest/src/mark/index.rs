//! The first sheet of a marked copy: all findings, with links to their cells.

/// The titles of the index sheet in both languages.
const TITLES: [&str; 2] = ["Hinweise zur Arbeitsmappe", "Findings of the workbook"];

/// Whether a sheet begins with the title of an index, so that a marked copy can be handed in again.
pub(crate) fn is_index_title(text: &str) -> bool {
    TITLES.contains(&text)
}
