//! The entries of the journal that concern the subproject, one line of JSON each, and the head of the whole journal.

use std::io;

use nachweis_domain::{
    dossier::Dossier,
    proof::{Head, Link, line::Entry},
};
use serde::Serialize;

use crate::error::{Doing, ServiceError};

/// The format that the first line names.
const FORMAT: &str = "nachweis-dossier-journal-1";

/// A line of the file.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    /// The first line.
    Format(&'static str),
    /// An entry, with the link before it, from which its own follows.
    Entry {
        before: Link,
        #[serde(flatten)]
        entry: &'a Entry,
    },
    /// The last line: what the whole journal comes down to at the last of these entries.
    Head(Head),
}

/// The file.
///
/// # Errors
/// Never with these values; serialising says so by its type.
pub(super) fn lines(dossier: &Dossier) -> Result<Vec<u8>, ServiceError> {
    let entries = dossier.entries.iter().map(|recorded| Line::Entry {
        before: recorded.before,
        entry: &recorded.entry,
    });
    let lines = std::iter::once(Line::Format(FORMAT))
        .chain(entries)
        .chain(std::iter::once(Line::Head(dossier.head)));
    let mut file = Vec::new();
    for line in lines {
        file.extend(serialised(serde_json::to_vec(&line))?);
        file.push(b'\n');
    }
    Ok(file)
}

/// JSON that could be written.
pub(super) fn serialised(json: serde_json::Result<Vec<u8>>) -> Result<Vec<u8>, ServiceError> {
    json.map_err(|error| ServiceError::File {
        doing: Doing::Write,
        path: "dossier".into(),
        source: io::Error::from(error),
    })
}
