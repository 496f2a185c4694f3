//! Corrections of earlier quarters: the vouchers of the revisions that count, summed by what they correct.

use std::collections::{BTreeMap, HashMap};

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    correction::Correction,
    key::{ItemKey, RoundCode, SubprojectNo},
    money::Money,
    quarter::Quarter,
    record::UploadState,
};

use crate::{
    as_of::AsOf,
    connection::on,
    error::StoreError,
    kept,
    ledger::{Counted, counting_revisions},
    schema::{upload, voucher},
    store::Store,
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
