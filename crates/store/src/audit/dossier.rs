//! The complete file of one subproject, read from one moment of the record.
//!
//! The moment is that of the last entry of the journal that concerns the subproject, so that the same state gives the same
//! dossier, whatever happens beside it.
//!
//! What is read is that of the subproject alone, however large the round. Three things are one for all: the journal is walked
//! whole, because the head covers every entry up to it; a quarter is closed for the whole round; and names of people are read
//! together.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    dossier::{Dossier, Recorded},
    key::{RoundCode, SubprojectNo},
    proof::Head,
    record::Sha256,
};

use super::{AuditReader, reader};
use crate::{
    as_of::AsOf,
    erasure,
    error::StoreError,
    journal::ChangeMark,
    kept::{self, Unreadable},
    original,
    retention::{self, Holds},
    round,
    selection::Selection,
    store::Store,
    subproject,
};

mod entries;
mod rows;

/// The record of one subproject at one moment.
pub struct DossierReader<'a, 'conn> {
    audit: AuditReader<'a, 'conn>,
    no: SubprojectNo,
    head: Head,
    entries: Vec<Recorded>,
}

impl Store {
    /// Reads the complete file of a subproject as of a moment, or of now where none is given, while others go on writing.
    /// `None` when nothing concerned the subproject by then.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such subproject; what `read` returns; or when the database fails.
    pub fn dossier<T, E: From<StoreError>>(
        &self,
        no: &SubprojectNo,
        until: Option<DateTime<Utc>>,
        read: impl FnOnce(&mut DossierReader<'_, '_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        self.snapshot("read a dossier", |conn| {
            let code = RoundCode::new(subproject::round_of(conn, no)?);
            let Some((head, written)) = entries::load(conn, (no, &code), until)? else {
                return Ok(Ok(None));
            };
            let mark = ChangeMark {
                position: head.position,
                at: head.at,
            };
            let as_of = AsOf {
                figures: mark,
                status: mark,
            };
            let audit = reader(conn, (&code, Selection::Subproject(no)), as_of)?;
            let entries = written
                .into_iter()
                .map(|entry| entry.resolved(&audit.people))
                .collect();
            let mut dossier = DossierReader {
                audit,
                no: no.clone(),
                head,
                entries,
            };
            Ok(read(&mut dossier).map(Some))
        })?
    }
}

impl DossierReader<'_, '_> {
    /// Everything but the originals. Memory holds it whole; the limits of uploads bound it.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn contents(&mut self) -> Result<Dossier, StoreError> {
        let at = self.audit.as_of.at();
        let versions = rows::versions(self.audit.conn, &self.no, at)?;
        let subproject = versions
            .last()
            .map(|version| version.subproject.clone())
            .ok_or_else(|| Unreadable("document").of("subproject_version", &self.no))?;
        let round = round::require_at(self.audit.conn, self.audit.round.as_str(), at)?;
        let mut plan_rows = Vec::new();
        self.audit.for_each_plan_row::<StoreError>(&mut |row| {
            plan_rows.push(row);
            Ok(())
        })?;
        let mut payments = Vec::new();
        self.audit.for_each_payment::<StoreError>(&mut |payment| {
            payments.push(payment);
            Ok(())
        })?;
        let mut figures = Vec::new();
        self.audit.for_each_figure::<StoreError>(&mut |figure| {
            figures.push(figure);
            Ok(())
        })?;
        let mut findings = Vec::new();
        self.audit.for_each_finding::<StoreError>(&mut |finding| {
            findings.push(finding);
            Ok(())
        })?;
        let mut waivers = Vec::new();
        self.audit.for_each_waiver::<StoreError>(&mut |row| {
            waivers.push(row);
            Ok(())
        })?;
        let audit = &mut self.audit;
        Ok(Dossier {
            uploads: audit.uploads().cloned().collect(),
            refused: rows::refused(audit.conn, &self.no, at, &audit.people)?,
            issues: rows::issues(audit.conn, &self.no, at, &audit.people)?,
            closings: rows::closings(audit.conn, &audit.round, at, &audit.people)?,
            reopenings: rows::reopenings(audit.conn, &self.no, at, &audit.people)?,
            holds: retention::holds(audit.conn, Holds::Subproject(self.no.as_str()), at)?,
            erasures: erasure::of_subproject(audit.conn, &self.no, at)?,
            entries: self.entries.clone(),
            head: self.head,
            subproject,
            round,
            versions,
            plan_rows,
            payments,
            figures,
            findings,
            waivers,
        })
    }

    /// When each original of the subproject that is not there any longer was erased, whatever the moment of the dossier.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn erased(&mut self) -> Result<HashMap<Sha256, DateTime<Utc>>, StoreError> {
        original::erased(self.audit.conn, self.audit.selection, kept::ALWAYS)
    }

    /// The bytes of an original, hashed again on the way out; none when they are not there.
    ///
    /// # Errors
    /// [`StoreError::Erased`] when they were erased; [`StoreError::Corrupt`] when they are no longer what was stored; or when the database fails.
    pub fn original(&mut self, sha256: &Sha256) -> Result<Option<Vec<u8>>, StoreError> {
        original::read(self.audit.conn, sha256)
    }
}
