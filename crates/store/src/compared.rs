//! A closed quarter as it was frozen, and as it was known at a later moment.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::RoundCode,
    ledger::{JournalMark, Ledger},
    quarter::Quarter,
    record::{Closing, ReopeningRecord},
};

use crate::{
    as_of::{self, AsOf},
    closing,
    connection::Conn,
    error::StoreError,
    journal, kept, ledger,
    reopening::{self, Which},
    store::Store,
};

/// A closed quarter with what was known of it at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedQuarter {
    /// The closing.
    pub closing: Closing,
    /// The reopenings that were asked for by the moment, the oldest first, confirmed where they were by then.
    pub reopenings: Vec<ReopeningRecord>,
    /// The ledger of the closing.
    pub frozen: Ledger,
    /// The ledger of the last change of figures up to the moment.
    pub later: Ledger,
    /// When the last event happened that shows: a change of figures, the closing, or a word on a reopening.
    pub as_of: DateTime<Utc>,
    /// The journal's entry of that event.
    pub mark: Option<JournalMark>,
}

impl Store {
    /// A closed quarter as it was frozen and as it was known at a moment, or is known now where none is given: all of it
    /// as of one moment of the database. `None` when it was not closed by then.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn compared_quarter(
        &self,
        round: &RoundCode,
        quarter: Quarter,
        until: Option<DateTime<Utc>>,
    ) -> Result<Option<ComparedQuarter>, StoreError> {
        self.snapshot("compare a closed quarter", |conn| {
            compared(conn, round, quarter, until)
        })
    }
}

fn compared(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    quarter: Quarter,
    until: Option<DateTime<Utc>>,
) -> Result<Option<ComparedQuarter>, StoreError> {
    let is_known = |at: DateTime<Utc>| until.is_none_or(|until| at <= until);
    let closings = closing::closings(conn, round)?;
    let closing = closings
        .into_iter()
        .find(|closing| closing.quarter == quarter && is_known(closing.closed_at));
    let Some(closing) = closing else {
        return Ok(None);
    };
    let frozen = as_of::resolve(conn, round, Some(closing.closed_at))?;
    let (Some(frozen), Some(later)) = (frozen, as_of::resolve(conn, round, until)?) else {
        return Ok(None);
    };
    let reopenings: Vec<ReopeningRecord> = reopening::load(conn, Which::Round(round.as_str()))?
        .into_iter()
        .filter(|record| record.quarter == quarter)
        .filter_map(|record| match until {
            Some(until) => record.known_at(until),
            None => Some(record),
        })
        .collect();
    let words = reopenings.iter().flat_map(|record| {
        let withdrawn = record.withdrawal.as_ref().map(|withdrawal| withdrawal.at);
        [
            Some(record.requested_at),
            record.confirmed.map(|(_, at)| at),
            withdrawn,
        ]
    });
    let last_word = words.flatten().fold(closing.closed_at, DateTime::max);
    let entry = as_of::beside_figures(conn, kept::moment(last_word))?;
    let shown = entry.map_or(later.figures, |entry| entry.max(later.figures));
    Ok(Some(ComparedQuarter {
        reopenings,
        frozen: ledger::ledger(conn, round, &of_figures(frozen))?,
        later: ledger::ledger(conn, round, &of_figures(later))?,
        as_of: shown.at,
        mark: journal::mark_of(conn, shown.position)?,
        closing,
    }))
}

/// Only what changes figures is compared: uploads that were not handed in show nowhere.
const fn of_figures(known: AsOf) -> AsOf {
    AsOf {
        status: known.figures,
        ..known
    }
}
