//! Corrections of earlier quarters: the vouchers of the revisions that count, summed by what they correct.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::{FigureKind, FigurePart, LocatedCell, LocatedCorrection, LocatedUpload, Revision},
    cell::CellRef,
    correction::Correction,
    figures::{VoucherColumn, VoucherList},
    key::{ItemKey, RoundCode, SubprojectNo},
    money::Money,
    quarter::Quarter,
    record::UploadState,
};

use crate::{
    as_of::AsOf,
    connection::{Conn, on},
    error::StoreError,
    kept,
    ledger::{Counted, counting_revisions},
    schema::{upload, upload_summary, voucher},
    store::Store,
    voucher::read_heading,
};

/// A voucher that corrects: upload, row, item, amount, corrected quarter.
type Row = (i64, i32, Option<String>, Option<i64>, Option<i32>);

impl Store {
    /// The corrections that counted at a moment, in the order of subproject, quarter, corrected quarter, item.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn corrections_as_of(&self, code: &RoundCode, as_of: &AsOf) -> Result<Vec<Correction>, StoreError> {
        self.snapshot("read corrections", |conn| {
            let counting: HashMap<i64, Counted> = counting_revisions(conn, code, as_of)?;
            let rows: Vec<Row> = on!(conn, c => voucher::table
                .inner_join(upload::table.on(upload::seq.eq(voucher::upload_seq)))
                .filter(upload::round.eq(code.as_str()))
                .filter(voucher::corrects.is_not_null())
                .select((
                    voucher::upload_seq,
                    voucher::sheet_row,
                    voucher::item,
                    voucher::amount_cents,
                    voucher::corrects,
                ))
                .load(c))?;
            summed(&counting, rows)
        })
    }
}

/// Where a correction counts: subproject, quarter, corrected quarter, item; and whether its revision is accepted.
type Place<'a> = (&'a SubprojectNo, Quarter, Quarter, ItemKey, bool);

fn summed(counting: &HashMap<i64, Counted>, rows: Vec<Row>) -> Result<Vec<Correction>, StoreError> {
    let mut sums: BTreeMap<Place<'_>, Money> = BTreeMap::new();
    for (seq, sheet_row, item, amount, corrects) in rows {
        let (Some(counted), Some(item), Some(amount), Some(corrects)) =
            (counting.get(&seq), item, amount, corrects)
        else {
            continue;
        };
        let corrects = kept::read_quarter("corrects", corrects)
            .map_err(|column| column.of("voucher", format!("{seq} {sheet_row}")))?;
        let place = (
            &counted.subproject,
            counted.quarter,
            corrects,
            ItemKey::new(item),
            counted.state == UploadState::Accepted,
        );
        *sums.entry(place).or_default() += Money::from_cents(amount);
    }
    let sums = sums.into_iter().filter(|(_, amount)| *amount != Money::ZERO);
    Ok(sums
        .map(
            |((subproject, quarter, corrects, item, is_accepted), amount)| Correction {
                subproject: subproject.clone(),
                quarter,
                corrects,
                item,
                amount,
                is_accepted,
            },
        )
        .collect())
}

/// Gives some revisions (sorted) the amounts of their vouchers that correct some items in other quarters.
pub(crate) fn locate(
    conn: &mut Conn<'_>,
    uploads: &mut BTreeMap<i64, LocatedUpload>,
    of: &[Revision],
    items: &[String],
) -> Result<(), StoreError> {
    let wanted = uploads.iter().filter(|(_, located)| {
        let upload = &located.upload;
        let revision = (upload.subproject.clone(), upload.quarter, upload.revision);
        of.binary_search(&revision).is_ok()
    });
    let seqs: Vec<i64> = wanted.map(|(seq, _)| *seq).collect();
    if seqs.is_empty() {
        return Ok(());
    }
    let lists = headings(conn, &seqs)?;
    let rows: Vec<Row> = on!(conn, c => voucher::table
        .filter(voucher::upload_seq.eq_any(&seqs))
        .filter(voucher::corrects.is_not_null())
        .filter(voucher::item.eq_any(items))
        .order((voucher::upload_seq, voucher::sheet_row))
        .select((
            voucher::upload_seq,
            voucher::sheet_row,
            voucher::item,
            voucher::amount_cents,
            voucher::corrects,
        ))
        .load(c))?;
    for (seq, sheet_row, item, amount, corrects) in rows {
        let (Some(item), Some(value), Some(corrects)) = (item, amount, corrects) else {
            continue;
        };
        let Some((list, upload)) = lists.get(&seq).zip(uploads.get_mut(&seq)) else {
            continue;
        };
        let damaged = |column: kept::Unreadable| column.of("voucher", format!("{seq} {sheet_row}"));
        let row = kept::number("sheet_row", sheet_row).map_err(damaged)?;
        let col = list.columns.get(&VoucherColumn::Amount).copied().unwrap_or(0);
        upload.corrections.push(LocatedCorrection {
            corrects: kept::read_quarter("corrects", corrects).map_err(damaged)?,
            cell: LocatedCell {
                kind: FigureKind::Expenditure,
                key: item,
                part: FigurePart::Amount,
                at: CellRef::at(Arc::clone(&list.sheet), row, col),
                value,
            },
        });
    }
    Ok(())
}

/// Sheets and columns of the vouchers of uploads.
fn headings(conn: &mut Conn<'_>, seqs: &[i64]) -> Result<HashMap<i64, VoucherList>, StoreError> {
    let rows: Vec<(i64, String, String)> = on!(conn, c => upload_summary::table
        .filter(upload_summary::upload_seq.eq_any(seqs))
        .select((
            upload_summary::upload_seq,
            upload_summary::voucher_sheet,
            upload_summary::voucher_columns,
        ))
        .load(c))?;
    let lists = rows.into_iter().map(|(seq, sheet, columns)| {
        let list = read_heading(sheet, &columns).map_err(|column| column.of("upload_summary", seq))?;
        Ok((seq, list))
    });
    lists.collect()
}
