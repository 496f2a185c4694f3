//! Vouchers as rows and back. Sheet and columns are the same for all of an upload and kept once, in its summary.

use std::sync::Arc;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    sql_types::{BigInt, Integer, Nullable, Text},
};
use nachweis_domain::{
    figures::{Voucher, VoucherList},
    key::ItemKey,
    money::Money,
    record::UploadId,
};

use crate::{
    attest::{Group, tables},
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    rows::{borrowed_row, insert_borrowed},
    schema::{upload_summary, voucher},
};

struct NewVoucherRow<'a> {
    upload_seq: i64,
    sheet_row: i32,
    number: Option<&'a str>,
    paid_on: Option<i32>,
    payee: Option<&'a str>,
    purpose: Option<&'a str>,
    item: Option<&'a str>,
    amount_cents: Option<i64>,
    corrects: Option<i32>,
}

borrowed_row!(
    NewVoucherRow, "voucher",
    upload_seq: BigInt,
    sheet_row: Integer,
    number: Nullable<Text>,
    paid_on: Nullable<Integer>,
    payee: Nullable<Text>,
    purpose: Nullable<Text>,
    item: Nullable<Text>,
    amount_cents: Nullable<BigInt>,
    corrects: Nullable<Integer>,
);

impl<'a> NewVoucherRow<'a> {
    fn of(upload_seq: i64, voucher: &'a Voucher) -> Result<Self, StoreError> {
        Ok(Self {
            upload_seq,
            sheet_row: kept::fit(voucher.row)?,
            number: voucher.number.as_deref(),
            paid_on: voucher.paid_on.map(kept::day).transpose()?,
            payee: voucher.payee.as_deref(),
            purpose: voucher.purpose.as_deref(),
            item: voucher.item.as_ref().map(ItemKey::as_str),
            amount_cents: voucher
                .amount
                .map(|amount| kept::bounded(amount.cents()))
                .transpose()?,
            corrects: voucher.corrects.map(nachweis_domain::quarter::Quarter::ordinal),
        })
    }
}

/// Writes the vouchers of an upload, and gives what vouches for them.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    (id, upload_seq): (UploadId, i64),
    list: &VoucherList,
) -> Result<Group, StoreError> {
    let rows: Vec<NewVoucherRow<'_>> = list
        .rows
        .iter()
        .map(|voucher| NewVoucherRow::of(upload_seq, voucher))
        .collect::<Result<_, _>>()?;
    insert_borrowed(conn, &rows)?;
    Ok(Group::of_rows(&tables::VOUCHER, &[&id], &rows))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = voucher)]
pub(crate) struct VoucherRow {
    sheet_row: i32,
    number: Option<String>,
    paid_on: Option<i32>,
    payee: Option<String>,
    purpose: Option<String>,
    item: Option<String>,
    amount_cents: Option<i64>,
    corrects: Option<i32>,
}

impl VoucherRow {
    /// The row counted from zero, after which the next page begins.
    pub(crate) const fn sheet_row(&self) -> i32 {
        self.sheet_row
    }

    /// The voucher; `item` is the item of the row before, which is shared when it is the same.
    pub(crate) fn read(self, last: &mut Option<ItemKey>) -> Result<Voucher, Unreadable> {
        let item = self.item.map(|name| match last {
            Some(item) if item.as_str() == name => item.clone(),
            _ => last.insert(ItemKey::new(name)).clone(),
        });
        Ok(Voucher {
            row: kept::number("sheet_row", self.sheet_row)?,
            number: self.number,
            paid_on: self
                .paid_on
                .map(|day| kept::read_day("paid_on", day))
                .transpose()?,
            payee: self.payee,
            purpose: self.purpose,
            item,
            amount: self.amount_cents.map(Money::from_cents),
            corrects: self
                .corrects
                .map(|ordinal| kept::read_quarter("corrects", ordinal))
                .transpose()?,
        })
    }
}

/// A page of an upload's vouchers after a row, in the order of the sheet.
pub(crate) fn page(
    conn: &mut Conn<'_>,
    upload_seq: i64,
    after: i32,
    limit: i64,
) -> Result<Vec<VoucherRow>, StoreError> {
    Ok(on!(conn, c => voucher::table
        .filter(voucher::upload_seq.eq(upload_seq))
        .filter(voucher::sheet_row.gt(after))
        .order(voucher::sheet_row)
        .limit(limit)
        .select(VoucherRow::as_select())
        .load(c))?)
}

/// The sheet of an upload's vouchers and where its columns stand.
pub(crate) fn heading(conn: &mut Conn<'_>, upload_seq: i64) -> Result<VoucherList, StoreError> {
    let found: Option<(String, String)> = on!(conn, c => upload_summary::table
        .find(upload_seq)
        .select((upload_summary::voucher_sheet, upload_summary::voucher_columns))
        .first(c)
        .optional())?;
    let (sheet, columns) =
        found.ok_or_else(|| Unreadable("voucher_sheet").of("upload_summary", upload_seq))?;
    read_heading(sheet, &columns).map_err(|column| column.of("upload_summary", upload_seq))
}

pub(crate) fn read_heading(sheet: String, columns: &str) -> Result<VoucherList, Unreadable> {
    Ok(VoucherList {
        sheet: Arc::from(sheet),
        columns: kept::json("voucher_columns", columns)?,
        rows: Vec::new(),
    })
}

/// All vouchers of an upload.
pub(crate) fn list(conn: &mut Conn<'_>, upload_seq: i64) -> Result<VoucherList, StoreError> {
    let mut list = heading(conn, upload_seq)?;
    let mut item = None;
    list.rows = page(conn, upload_seq, -1, i64::MAX)?
        .into_iter()
        .map(|row| row.read(&mut item))
        .collect::<Result<_, _>>()
        .map_err(|column| column.of("voucher", upload_seq))?;
    Ok(list)
}
