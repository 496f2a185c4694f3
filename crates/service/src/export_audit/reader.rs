//! The side that reads the record: answers each question with batches of rows, ahead of the writer.

use std::sync::mpsc::{Receiver, SyncSender};

use nachweis_store::{AuditReader, StoreError};

use super::rows::{BATCH, Rows, Wanted};

/// Why reading stopped before its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// The record cannot be read.
    Record(StoreError),
    /// The writer has gone; it says why.
    NobodyReads,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Record(error)
    }
}

/// Answers until nobody asks any more.
pub(super) fn serve(
    record: &mut AuditReader<'_, '_>,
    last_entry: u64,
    asked: &Receiver<Wanted>,
    answer: &SyncSender<Rows>,
) -> Result<(), StoreError> {
    for wanted in asked {
        match stream(record, last_entry, wanted, answer) {
            Ok(()) => {}
            Err(Stop::NobodyReads) => return Ok(()),
            Err(Stop::Record(error)) => return Err(error),
        }
    }
    Ok(())
}

fn stream(
    record: &mut AuditReader<'_, '_>,
    last_entry: u64,
    wanted: Wanted,
    answer: &SyncSender<Rows>,
) -> Result<(), Stop> {
    match wanted {
        Wanted::Ledger => send(answer, Rows::Ledger(Box::new(record.ledger()?)))?,
        Wanted::Uploads => {
            let mut batches = Batches::new(answer, Rows::Uploads);
            record.uploads().cloned().try_for_each(|row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Figures => {
            let mut batches = Batches::new(answer, Rows::Figures);
            record.for_each_figure(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Vouchers => {
            let mut batches = Batches::new(answer, Rows::Vouchers);
            record.for_each_voucher(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Payments => {
            let mut batches = Batches::new(answer, Rows::Payments);
            record.for_each_payment(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Plans => {
            let mut batches = Batches::new(answer, Rows::Plans);
            record.for_each_plan_row(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Findings => {
            let mut batches = Batches::new(answer, Rows::Findings);
            record.for_each_finding(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Waivers => {
            let mut batches = Batches::new(answer, Rows::Waivers);
            record.for_each_waiver(&mut |row| batches.push(row))?;
            batches.flush()?;
        }
        Wanted::Journal => journal(record, last_entry, answer)?,
        Wanted::Sums => send(answer, Rows::Sums(Box::new(record.sums(last_entry)?)))?,
    }
    send(answer, Rows::End)
}

/// The journal up to and including an entry.
fn journal(record: &mut AuditReader<'_, '_>, last_entry: u64, answer: &SyncSender<Rows>) -> Result<(), Stop> {
    let limit = u32::try_from(BATCH).unwrap_or(u32::MAX);
    let mut after = 0;
    while after < last_entry {
        let mut page = record.journal(after, limit)?;
        let Some(last) = page.last() else { break };
        after = last.entry.position;
        page.retain(|row| row.entry.position <= last_entry);
        send(answer, Rows::Journal(page))?;
    }
    Ok(())
}

/// Gathers rows into batches.
struct Batches<'a, Row> {
    answer: &'a SyncSender<Rows>,
    wrap: fn(Vec<Row>) -> Rows,
    rows: Vec<Row>,
}

impl<'a, Row> Batches<'a, Row> {
    fn new(answer: &'a SyncSender<Rows>, wrap: fn(Vec<Row>) -> Rows) -> Self {
        Self {
            answer,
            wrap,
            rows: Vec::with_capacity(BATCH),
        }
    }

    fn push(&mut self, row: Row) -> Result<(), Stop> {
        self.rows.push(row);
        if self.rows.len() < BATCH {
            Ok(())
        } else {
            self.flush()
        }
    }

    fn flush(&mut self) -> Result<(), Stop> {
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(BATCH));
        send(self.answer, (self.wrap)(rows))
    }
}

fn send(answer: &SyncSender<Rows>, rows: Rows) -> Result<(), Stop> {
    answer.send(rows).map_err(|_gone| Stop::NobodyReads)
}
