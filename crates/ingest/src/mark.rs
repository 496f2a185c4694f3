//! The marked copy: the lead's own values in a fresh issue of the template, with every finding in its cell.

mod index;

pub(crate) use index::is_index_title;
