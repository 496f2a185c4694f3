//! What auditors take away: all revisions of a round with figures, vouchers, findings and plans, from one moment.
//!
//! Rows are read in pages and given one by one, so that memory stays the same for a million vouchers.

use std::{collections::HashMap, sync::Arc};

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditOrigin, AuditPlanRow, AuditUpload, AuditValue, AuditVoucher,
        FigureKind, FigurePart, PlanRowKind,
    },
    figures::VoucherColumn,
    key::{RoundCode, SubprojectNo},
    ledger::Ledger,
    money::Money,
    plan::PlanVersion,
    record::{JournalEntry, UploadState},
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    figure::{self, Figure},
    finding, journal,
    kept::Unreadable,
    ledger, plan, round,
    schema::{upload, user_account},
    store::Store,
    upload::UploadRow,
    voucher,
};

/// Vouchers read at once.
const PAGE: i64 = 4096;

/// A round's record at one moment: every stream sees the same state, and so does the ledger.
pub struct AuditReader<'a, 'conn> {
    conn: &'a mut Conn<'conn>,
    round: RoundCode,
    revisions: Vec<(i64, AuditUpload)>,
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
            round::require(conn, code.as_str())?;
            let revisions = revisions(conn, code)?;
            Ok(read(&mut AuditReader {
                conn,
                round: code.clone(),
                revisions,
            }))
        })?
    }
}

/// All revisions of a round in the order of subproject, quarter, revision.
fn revisions(conn: &mut Conn<'_>, code: &RoundCode) -> Result<Vec<(i64, AuditUpload)>, StoreError> {
    let rows: Vec<(UploadRow, String)> = on!(conn, c => upload::table
        .inner_join(user_account::table.on(user_account::id.eq(upload::uploaded_by)))
        .filter(upload::round.eq(code.as_str()))
        .select((UploadRow::as_select(), user_account::login))
        .load(c))?;
    let mut uploads = Vec::with_capacity(rows.len());
    for (row, login) in rows {
        let (seq, upload) = row.read()?;
        uploads.push((seq, upload, login));
    }
    uploads.sort_by(|(_, a, _), (_, b, _)| {
        (&a.subproject, a.quarter, a.revision).cmp(&(&b.subproject, b.quarter, b.revision))
    });
    let mut logins: HashMap<String, Arc<str>> = HashMap::new();
    let mut revisions = Vec::with_capacity(uploads.len());
    for of_quarter in
        uploads.chunk_by(|(_, a, _), (_, b, _)| (&a.subproject, a.quarter) == (&b.subproject, b.quarter))
    {
        let in_state = |state| of_quarter.iter().find(|(_, upload, _)| upload.state == state);
        let counting = in_state(UploadState::Accepted)
            .or_else(|| in_state(UploadState::Submitted))
            .map(|(seq, ..)| *seq);
        for (seq, upload, login) in of_quarter {
            let login = logins
                .entry(login.clone())
                .or_insert_with(|| Arc::from(login.as_str()));
            let origin = Arc::new(AuditOrigin {
                subproject: upload.subproject.clone(),
                quarter: upload.quarter,
                revision: upload.revision,
                state: upload.state,
                counts: counting == Some(*seq),
                upload: upload.id,
                sha256: upload.sha256,
                uploaded_by: Arc::clone(login),
                uploaded_at: upload.uploaded_at,
            });
            let upload = upload.clone();
            revisions.push((*seq, AuditUpload { origin, upload }));
        }
    }
    Ok(revisions)
}

impl AuditReader<'_, '_> {
    /// The ledger of the same moment.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn ledger(&mut self) -> Result<Ledger, StoreError> {
        ledger::ledger(self.conn, &self.round)
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
            for (position, finding) in finding::list(self.conn, *seq)? {
                each(AuditFinding {
                    origin: Arc::clone(&upload.origin),
                    position,
                    finding,
                })?;
            }
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
        for (no, versions) in plan::of_round(self.conn, &self.round)? {
            let no = SubprojectNo::new(no);
            for version in &versions {
                plan_rows(&no, version).try_for_each(&mut *each)?;
            }
        }
        Ok(())
    }

    /// Entries of the journal after a position, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails or an entry is damaged.
    pub fn journal(&mut self, after: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        journal::entries(self.conn, after, limit)
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

fn plan_rows<'a>(no: &'a SubprojectNo, version: &'a PlanVersion) -> impl Iterator<Item = AuditPlanRow> {
    let row = |kind, key: &str, year, value| AuditPlanRow {
        subproject: no.clone(),
        version: version.number,
        effective_from: version.effective_from,
        recorded_at: version.recorded_at,
        kind,
        key: Arc::from(key),
        year,
        value,
    };
    let items = version.items.iter().flat_map(move |(item, years)| {
        years.iter().map(move |(year, amount)| {
            row(
                PlanRowKind::Item,
                item.as_str(),
                Some(*year),
                AuditValue::Money(*amount),
            )
        })
    });
    let sources = version.sources.iter().map(move |(source, amount)| {
        row(
            PlanRowKind::Source,
            source.as_str(),
            None,
            AuditValue::Money(*amount),
        )
    });
    let targets = version.targets.iter().map(move |(code, target)| {
        let target = i64::try_from(*target).unwrap_or(i64::MAX);
        row(
            PlanRowKind::Target,
            code.as_str(),
            None,
            AuditValue::Count(target),
        )
    });
    items.chain(sources).chain(targets)
}
