//! What auditors take away: all revisions of a round with figures, vouchers, findings, plans and payments, from one
//! moment.
//!
//! Rows are read in pages and given one by one, so that memory stays the same for a million vouchers.

use std::sync::Arc;

use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditPayment, AuditPlanRow, AuditSums, AuditUpload,
        AuditValue, AuditVoucher, AuditWaiver, FigureKind, FigurePart,
    },
    figures::VoucherColumn,
    key::RoundCode,
    ledger::Ledger,
    money::Money,
};

use crate::{
    as_of::{self, AsOf},
    connection::Conn,
    error::StoreError,
    figure::{self, Figure},
    finding, journal,
    kept::Unreadable,
    ledger,
    selection::Selection,
    store::Store,
    voucher,
    waiver::marks::KnownMarks,
};

mod dossier;
mod payments;
mod people;
mod plans;
mod revisions;
mod sums;
mod waivers;

pub use dossier::DossierReader;
pub(crate) use people::People;

/// Vouchers read at once.
const PAGE: i64 = 4096;

/// The record of a round, or of one of its subprojects, at one moment: every stream sees the same state. The ledger and the
/// sums are always those of the round.
pub struct AuditReader<'a, 'conn> {
    conn: &'a mut Conn<'conn>,
    round: RoundCode,
    selection: Selection<'a>,
    as_of: AsOf,
    people: People,
    revisions: Vec<(i64, AuditUpload)>,
    marks: KnownMarks,
}

impl Store {
    /// Reads the audit streams of a round from one moment of the record, while others go on writing.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such round; what `read` returns; or when the database fails.
    pub fn audit<T, E: From<StoreError>>(
        &self,
        code: &RoundCode,
        read: impl FnOnce(&mut AuditReader<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.snapshot("read the audit", |conn| {
            let as_of = as_of::now(conn, code)?;
            Ok(read(&mut reader(conn, (code, Selection::Round(code)), as_of)?))
        })?
    }

    /// Reads the audit streams of a round as it was known at a moment.
    ///
    /// # Errors
    /// As [`Store::audit`].
    pub fn audit_as_of<T, E: From<StoreError>>(
        &self,
        code: &RoundCode,
        as_of: &AsOf,
        read: impl FnOnce(&mut AuditReader<'_, '_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.snapshot("read the audit", |conn| {
            Ok(read(&mut reader(conn, (code, Selection::Round(code)), *as_of)?))
        })?
    }
}

fn reader<'a, 'conn>(
    conn: &'a mut Conn<'conn>,
    (round, selection): (&RoundCode, Selection<'a>),
    as_of: AsOf,
) -> Result<AuditReader<'a, 'conn>, StoreError> {
    let people = People::load(conn)?;
    let revisions = revisions::load(conn, selection, &people, as_of.at())?;
    let marks = KnownMarks::load(conn, selection, as_of.status.at)?;
    Ok(AuditReader {
        conn,
        round: round.clone(),
        selection,
        as_of,
        people,
        revisions,
        marks,
    })
}

impl AuditReader<'_, '_> {
    /// The ledger of the same moment.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn ledger(&mut self) -> Result<Ledger, StoreError> {
        ledger::ledger(self.conn, &self.round, &self.as_of)
    }

    /// What the database itself sums and counts of the round; of the journal it counts the entries up to a position.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn sums(&mut self, last_entry: u64) -> Result<AuditSums, StoreError> {
        sums::load(self.conn, &self.round, self.as_of.at(), last_entry)
    }

    /// All revisions, in the order of subproject, quarter, revision.
    pub fn uploads(&self) -> impl ExactSizeIterator<Item = &AuditUpload> {
        self.revisions.iter().map(|(_, upload)| upload)
    }

    /// Gives each voucher, in the order of subproject, quarter, revision, row.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_voucher<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditVoucher) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut item = None;
        for (seq, upload) in &self.revisions {
            let heading = voucher::heading(self.conn, *seq)?;
            let amount_col = heading.columns.get(&VoucherColumn::Amount).copied();
            let mut after = -1;
            loop {
                let page = voucher::page(self.conn, *seq, after, PAGE)?;
                let full = i64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
                for row in page {
                    after = row.sheet_row();
                    let voucher = row.read(&mut item).map_err(|column| {
                        column.of("voucher", format!("{} {after}", upload.origin.upload))
                    })?;
                    each(AuditVoucher {
                        origin: Arc::clone(&upload.origin),
                        sheet: Arc::clone(&heading.sheet),
                        row: voucher.row,
                        amount_col,
                        number: voucher.number,
                        paid_on: voucher.paid_on,
                        payee: voucher.payee,
                        purpose: voucher.purpose,
                        item: voucher.item,
                        amount: voucher.amount,
                        corrects: voucher.corrects,
                    })?;
                }
                if !full {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Gives each cell that holds a figure, in the order of subproject, quarter, revision, and within the workbook.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_figure<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditFigure) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut sheet = Arc::from("");
        let mut key: Arc<str> = Arc::from("");
        for (seq, upload) in &self.revisions {
            for row in figure::load(self.conn, *seq)? {
                let damaged = |column: Unreadable| column.of("figure", upload.origin.upload);
                let row = figure::understand(row, &mut sheet).map_err(damaged)?;
                let Some(part) = row.part else {
                    continue;
                };
                if *key != *row.key {
                    key = Arc::from(row.key.as_str());
                }
                each(AuditFigure {
                    origin: Arc::clone(&upload.origin),
                    kind: row.kind,
                    key: Arc::clone(&key),
                    part,
                    value: value(&row, part).map_err(damaged)?,
                    at: row.at,
                })?;
            }
        }
        Ok(())
    }

    /// Gives each finding, in the order of subproject, quarter, revision, and within the verdict.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_finding<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditFinding) -> Result<(), E>,
    ) -> Result<(), E> {
        for (seq, upload) in &self.revisions {
            let counted = &upload.upload;
            if counted.blocking == 0 && counted.warnings == 0 && counted.notices == 0 {
                continue;
            }
            let mut comments = finding::commented(self.conn, *seq, self.as_of.at())?;
            for (position, mut finding) in finding::list(self.conn, *seq)? {
                let commented = comments
                    .remove(&position)
                    .map(|taken| self.people.step(taken, ("finding_comment", "commented_by")))
                    .transpose()?;
                // A comment of later is not known yet.
                finding.comment = finding.comment.filter(|_| commented.is_some());
                finding.waiver = self.marks.of(*seq, counted, position, &finding);
                each(AuditFinding {
                    origin: Arc::clone(&upload.origin),
                    position,
                    finding,
                    commented,
                })?;
            }
        }
        Ok(())
    }

    /// Gives each waiver as it was known, in the order of their numbers.
    ///
    /// # Errors
    /// What `each` returns; or when a row is damaged.
    pub fn for_each_waiver<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditWaiver) -> Result<(), E>,
    ) -> Result<(), E> {
        for waiver in self.marks.waivers() {
            each(waivers::named(waiver, &self.people, self.as_of.status.at)?)?;
        }
        Ok(())
    }

    /// Gives each row of each plan version, in the order of subproject, version, kind, key, year.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_plan_row<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditPlanRow) -> Result<(), E>,
    ) -> Result<(), E> {
        plans::for_each(self.conn, (self.selection, self.as_of.at()), &self.people, each)
    }

    /// Gives each payment, in the order of subproject, day, source and recording.
    ///
    /// # Errors
    /// What `each` returns; or when the database fails or a row is damaged.
    pub fn for_each_payment<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(AuditPayment) -> Result<(), E>,
    ) -> Result<(), E> {
        payments::rows(self.conn, (self.selection, self.as_of.at()), &self.people)?
            .into_iter()
            .try_for_each(each)
    }

    /// Entries of the journal after a position, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails or an entry is damaged.
    pub fn journal(&mut self, after: u64, limit: u32) -> Result<Vec<AuditJournalEntry>, StoreError> {
        let entries = journal::entries(self.conn, after, limit)?;
        let resolved = entries.into_iter().map(|entry| AuditJournalEntry {
            actor: entry.actor.and_then(|actor| self.people.find(actor)),
            entry,
        });
        Ok(resolved.collect())
    }
}

/// The value of a figure's cell by what it is.
fn value(row: &Figure, part: FigurePart) -> Result<AuditValue, Unreadable> {
    Ok(match (row.kind, part) {
        (FigureKind::Expenditure | FigureKind::Fund, _) => AuditValue::Money(Money::from_cents(row.value()?)),
        (_, FigurePart::Corrects) => AuditValue::Quarter(row.quarter()?),
        (_, FigurePart::Note | FigurePart::Text) => AuditValue::Text(row.text()?),
        (_, _) => AuditValue::Count(row.value()?),
    })
}
