//! The file of heads: one signed head a line, only ever added to.
//!
//! A crash can leave its last line torn. Such a line is passed over wherever it stands and told, and the next head is written
//! on a line of its own: nobody has to mend the file by hand, which whoever keeps it should not have to.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
};

use nachweis_domain::{language::Text, limits};

use super::{PublicKey, SignedHead};
use crate::error::{Doing, ServiceError};

/// What a file of heads holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptHeads {
    /// Each with its line, from 1.
    heads: Vec<(usize, SignedHead)>,
    torn: Vec<usize>,
    /// The last line.
    last: usize,
    /// Whether the last line has no end.
    is_open: bool,
}

impl KeptHeads {
    /// The heads in the order of the file.
    pub fn heads(&self) -> impl Iterator<Item = &SignedHead> {
        self.heads.iter().map(|(_, head)| head)
    }

    /// Lines that end in the middle of a head, as a crash leaves them, from 1.
    pub fn torn(&self) -> &[usize] {
        &self.torn
    }

    /// The line of the first head that none of these keys signed.
    pub fn foreign(&self, keys: &[PublicKey]) -> Option<usize> {
        let signed = |head: &SignedHead| keys.iter().any(|key| head.is_signed_by(key));
        let foreign = self.heads.iter().find(|(_, head)| !signed(head));
        foreign.map(|(line, _)| *line)
    }

    /// The last line, when it is torn.
    pub(super) fn torn_at_the_end(&self) -> Option<usize> {
        self.torn.last().copied().filter(|line| *line == self.last)
    }

    /// Writes a head on a line of its own at the end of the file that was read.
    pub(super) fn append(&self, file: &Path, head: &SignedHead) -> Result<(), ServiceError> {
        let failed = |source| ServiceError::File {
            doing: Doing::Write,
            path: file.to_owned(),
            source,
        };
        let line = serde_json::to_string(head).map_err(|error| failed(error.into()))?;
        let before = if self.is_open { "\n" } else { "" };
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .map_err(failed)?;
        file.write_all(format!("{before}{line}\n").as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(failed)
    }
}

/// The heads of a file, one JSON object a line. A line that ends in the middle of its object is passed over and told by
/// [`KeptHeads::torn`].
///
/// # Errors
/// [`ServiceError::File`] when it cannot be read, [`ServiceError::Invalid`] when a line is something else than a signed head.
pub fn read_heads(file: &Path) -> Result<KeptHeads, ServiceError> {
    let failed = |source| ServiceError::File {
        doing: Doing::Read,
        path: file.to_owned(),
        source,
    };
    let mut input = BufReader::new(File::open(file).map_err(failed)?.take(limits::HEADS_FILE.value));
    let mut kept = KeptHeads::default();
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes).map_err(failed)? > 0 {
        kept.last += 1;
        let line = kept.last;
        kept.is_open = !bytes.ends_with(b"\n");
        // Some file systems leave zeros where a crash took what was written.
        let text = bytes
            .trim_ascii()
            .split(|byte| *byte == 0)
            .next()
            .unwrap_or_default();
        match serde_json::from_slice(text) {
            Ok(head) => kept.heads.push((line, head)),
            Err(error) if error.is_eof() => {
                if !bytes.trim_ascii().is_empty() {
                    kept.torn.push(line);
                }
            }
            Err(_other) => return Err(not_a_head(line)),
        }
        bytes.clear();
    }
    Ok(kept)
}

fn not_a_head(line: usize) -> ServiceError {
    ServiceError::Invalid {
        code: "not-a-head",
        text: Text::new(
            format!("Zeile {line} der Datei der Köpfe ist kein unterschriebener Kopf."),
            format!("Line {line} of the file of heads is no signed head."),
        ),
    }
}
