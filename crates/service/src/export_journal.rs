//! The journal as a file: with it and a head that somebody kept, an auditor verifies the record's history without the
//! service.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, BufWriter, Read as _, Write},
    path::Path,
};

use nachweis_domain::{
    access::{Act, Caller},
    proof::{
        Head, ORIGIN,
        chain::Follower,
        line::{Entry, FORMAT, Fault, FileFollower, Line},
    },
    record::{Action, Sha256},
};
use nachweis_store::Actor;

use crate::{
    error::{Doing, ServiceError},
    gate,
    service::Service,
};

/// The longest line of a journal file that is read, in bytes.
const LINE_LIMIT: u64 = 16 * 1024 * 1024;
/// Faults of a file that are told; there may be more.
const FAULTS_TOLD: usize = 1_000;

/// A journal file that was followed.
#[derive(Clone, Debug)]
pub struct JournalFile {
    /// What its entries come down to.
    pub head: Head,
    /// What does not fit, at most a thousand.
    pub faults: Vec<Fault>,
    /// Hashes that were asked for and are not in it.
    pub not_met: Vec<Sha256>,
    /// Heads that were kept and from which it did not grow.
    pub not_grown_from: Vec<Head>,
}

impl JournalFile {
    /// Whether everything fits.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.not_met.is_empty() && self.not_grown_from.is_empty()
    }
}

impl Service {
    /// Whether the caller may export the journal: asked before a turn is taken for it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn may_export_journal(&self, caller: &Caller) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ReadJournal)
    }

    /// Writes the whole journal, its own export included, as lines of JSON, and gives its head.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all who may not read the journal; [`ServiceError::File`] when it cannot be
    /// written; or when the database fails.
    pub fn export_journal(&self, caller: &Caller, to: &Path) -> Result<Head, ServiceError> {
        self.may_export_journal(caller)?;
        let detail = serde_json::json!({ "export": "journal" });
        let actor = Actor::User(caller.user);
        self.store
            .record_event(actor, Action::Exported, "journal", &detail, self.clock.now())?;
        let failed = |source| ServiceError::File {
            doing: Doing::Write,
            path: to.to_owned(),
            source,
        };
        let mut out = BufWriter::new(File::create(to).map_err(failed)?);
        let mut write = |line: &Line| write_line(&mut out, line).map_err(failed);
        write(&Line::Format(FORMAT.to_owned()))?;
        let mut follower = Follower::default();
        self.store.for_each_link(0, &mut |linked| {
            let link = linked.link.unwrap_or(ORIGIN);
            // What does not fit is exported as it is: whoever follows the file finds it.
            let _ = follower.follow(&linked.entry, &link);
            write(&Line::Entry(Entry::new(&linked.entry, link)))
        })?;
        let head = follower.head();
        write(&Line::Head(head))?;
        out.into_inner()
            .map_err(|error| failed(error.into_error()))?
            .sync_all()
            .map_err(failed)?;
        Ok(head)
    }
}

fn write_line(out: &mut impl Write, line: &Line) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Follows a journal file, without any database. `expected` are hashes that somebody noted, `heads` heads that were kept.
///
/// # Errors
/// [`ServiceError::File`] when the file cannot be read.
pub fn verify_journal_file(
    file: &Path,
    expected: &[Sha256],
    heads: &[Head],
) -> Result<JournalFile, ServiceError> {
    let failed = |source| ServiceError::File {
        doing: Doing::Read,
        path: file.to_owned(),
        source,
    };
    let mut input = BufReader::new(File::open(file).map_err(failed)?);
    let mut follower = FileFollower::default();
    let mut faults = Vec::new();
    let mut not_met = expected.to_vec();
    let mut not_grown_from = heads.to_vec();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input
            .by_ref()
            .take(LINE_LIMIT)
            .read_until(b'\n', &mut line)
            .map_err(failed)?;
        if read == 0 {
            break;
        }
        // A line without its end, or of bytes that are no text, is none that was written.
        let text = line
            .strip_suffix(b"\n")
            .and_then(|line| std::str::from_utf8(line).ok());
        if let Err(fault) = follower.take(text.unwrap_or_default())
            && faults.len() < FAULTS_TOLD
        {
            faults.push(fault);
        }
        not_met.retain(|hash| *hash != follower.link());
        if !not_grown_from.is_empty() {
            let position = follower.position();
            not_grown_from.retain(|kept| kept.position != position || *kept != follower.head());
        }
    }
    faults.extend(follower.end().err());
    let head = follower.head();
    not_met.retain(|hash| *hash != head.root);
    Ok(JournalFile {
        head,
        faults,
        not_met,
        not_grown_from,
    })
}
