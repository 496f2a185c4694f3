//! The journal as a file: with it and a head that somebody kept, an auditor verifies the record's history without the
//! service.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Write},
    path::Path,
};

use nachweis_domain::{
    access::{Act, Caller},
    language::Text,
    limits,
    past_moment::{PastMoment, PastMomentError},
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

/// Up to where a journal is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalEnd {
    /// Up to the entry at a position, from 1.
    Position(u64),
    /// Up to a past moment.
    Moment(PastMoment),
}

impl std::str::FromStr for JournalEnd {
    type Err = PastMomentError;

    /// A position in digits, or a moment.
    fn from_str(text: &str) -> Result<Self, PastMomentError> {
        match text.parse() {
            Ok(position) => Ok(Self::Position(position)),
            Err(_) => text.parse().map(Self::Moment),
        }
    }
}

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

    /// Writes the journal as lines of JSON and gives its head: all of it, its own export included, or what it was up to an
    /// entry. From the head of an earlier part the whole one has grown, which [`Service::consistency`] proves. A file that is
    /// there already is replaced by a complete one or stays as it is.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all who may not read the journal; [`ServiceError::Invalid`] where no entry is up to the
    /// end that is asked for, or the end is still to come; [`ServiceError::File`] when it cannot be written; or when the
    /// database fails.
    pub fn export_journal(
        &self,
        caller: &Caller,
        until: Option<JournalEnd>,
        to: &Path,
    ) -> Result<Head, ServiceError> {
        self.may_export_journal(caller)?;
        let last = until.map(|end| self.entry_at(end)).transpose()?;
        let detail = match last {
            None => serde_json::json!({ "export": "journal" }),
            Some(last) => serde_json::json!({ "export": "journal", "until": last }),
        };
        let actor = Actor::User(caller.user);
        self.store
            .record_event(actor, Action::Exported, "journal", &detail, self.clock.now())?;
        let failed = |path: &Path, source| ServiceError::File {
            doing: Doing::Write,
            path: path.to_owned(),
            source,
        };
        nachweis_report::replace_file(to, failed, |mut out, _folder| {
            let head = self.write_journal(&mut out, last, |source| failed(to, source))?;
            let file = out.into_inner().map_err(|error| failed(to, error.into_error()))?;
            file.sync_all().map_err(|error| failed(to, error))?;
            Ok(head)
        })
    }

    fn write_journal(
        &self,
        out: &mut impl Write,
        last: Option<u64>,
        failed: impl Fn(std::io::Error) -> ServiceError,
    ) -> Result<Head, ServiceError> {
        let mut write = |line: &Line| write_line(&mut *out, line).map_err(&failed);
        write(&Line::Format(FORMAT.to_owned()))?;
        let mut follower = Follower::default();
        self.store.for_each_link(0, &mut |linked| {
            if last.is_some_and(|last| linked.entry.position > last) {
                return Ok(());
            }
            let link = linked.link.unwrap_or(ORIGIN);
            // What does not fit is exported as it is: whoever follows the file finds it.
            let _ = follower.follow(&linked.entry, &link);
            write(&Line::Entry(Entry::new(&linked.entry, link)))
        })?;
        let head = follower.head();
        write(&Line::Head(head))?;
        Ok(head)
    }
}

impl Service {
    /// The position of the last entry up to an end.
    fn entry_at(&self, end: JournalEnd) -> Result<u64, ServiceError> {
        let newest = self.store.journal_head()?;
        let position = match end {
            JournalEnd::Position(position) => position,
            JournalEnd::Moment(moment) => match self.past(Some(moment))? {
                Some(at) => self.store.journal_head_at(at)?,
                None => newest,
            },
        };
        if position == 0 || position > newest {
            return Err(no_such_entry(newest));
        }
        Ok(position)
    }
}

fn no_such_entry(newest: u64) -> ServiceError {
    ServiceError::Invalid {
        code: "no-such-entry",
        text: Text::new(
            format!(
                "Bis dahin hat das Journal keinen Eintrag, oder es endet vorher; es hat die Einträge 1 bis {newest}. Bitte einen davon angeben, oder einen späteren Zeitpunkt."
            ),
            format!(
                "The journal has no entry up to there, or ends before; it has the entries 1 to {newest}. Please give one of them, or a later moment."
            ),
        ),
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
    let mut waiting: BTreeMap<u64, Vec<Head>> = BTreeMap::new();
    for head in heads {
        waiting.entry(head.position).or_default().push(*head);
    }
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input
            .by_ref()
            .take(limits::JOURNAL_LINE.value)
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
            && faults.len() < limits::FAULTS_TOLD.size()
        {
            faults.push(fault);
        }
        not_met.retain(|hash| *hash != follower.link());
        if let Some(kept) = waiting.get_mut(&follower.position()) {
            kept.retain(|kept| *kept != follower.head());
        }
    }
    faults.extend(follower.end().err());
    let head = follower.head();
    not_met.retain(|hash| *hash != head.root);
    Ok(JournalFile {
        head,
        faults,
        not_met,
        not_grown_from: waiting.into_values().flatten().collect(),
    })
}
