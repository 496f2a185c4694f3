//! What stands behind the terms of a number: a few uploads with some of their cells, and who recorded plans and payments.

use std::{collections::BTreeMap, sync::Arc};

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    audit::{Behind, LocatedCell, LocatedUpload, Recorded, RecordedPayment, RecordedPlan, Revision},
    key::{SourceKey, SubprojectNo},
    money::Money,
};

use crate::{
    connection::{Conn, on},
    correction,
    error::StoreError,
    figure::{self, KEY_CELL},
    kept::{self, Unreadable},
    schema::{disbursement, figure as figure_table, plan_version, upload},
    store::Store,
    upload::UploadRow,
};

impl Store {
    /// Revisions (sorted) with the cells of some keys, of some of them (sorted) with the vouchers that correct these keys in
    /// other quarters, and the plans and payments of subprojects with who recorded them. What is not
    /// there is left out.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn behind(
        &self,
        revisions: &[Revision],
        keys: &[String],
        recorded_of: &[SubprojectNo],
        corrections_of: &[Revision],
    ) -> Result<Behind, StoreError> {
        self.snapshot("read what stands behind a number", |conn| {
            Ok(Behind {
                uploads: uploads(conn, (revisions, corrections_of), keys)?,
                plans: plans(conn, recorded_of)?,
                payments: payments(conn, recorded_of)?,
            })
        })
    }
}

/// Upload, kind, key, part, sheet, row, column, value, text.
type Row = (
    i64,
    String,
    String,
    String,
    String,
    i32,
    i32,
    Option<i64>,
    Option<String>,
);

fn uploads(
    conn: &mut Conn<'_>,
    (revisions, corrections_of): (&[Revision], &[Revision]),
    keys: &[String],
) -> Result<Vec<LocatedUpload>, StoreError> {
    let numbers: Vec<&str> = revisions.iter().map(|(no, ..)| no.as_str()).collect();
    let quarters: Vec<i32> = revisions
        .iter()
        .map(|(_, quarter, _)| quarter.ordinal())
        .collect();
    let rows: Vec<UploadRow> = on!(conn, c => upload::table
        .filter(upload::subproject.eq_any(&numbers))
        .filter(upload::quarter.eq_any(&quarters))
        .select(UploadRow::as_select())
        .load(c))?;
    let mut kept: BTreeMap<i64, LocatedUpload> = BTreeMap::new();
    for row in rows {
        let (seq, upload) = row.read()?;
        let revision = (upload.subproject.clone(), upload.quarter, upload.revision);
        if revisions.binary_search(&revision).is_ok() {
            kept.insert(
                seq,
                LocatedUpload {
                    upload,
                    cells: Vec::new(),
                    corrections: Vec::new(),
                },
            );
        }
    }
    let seqs: Vec<i64> = kept.keys().copied().collect();
    let rows: Vec<Row> = on!(conn, c => figure_table::table
        .filter(figure_table::upload_seq.eq_any(&seqs))
        .filter(figure_table::key.eq_any(keys))
        .filter(figure_table::part.ne(KEY_CELL))
        .filter(figure_table::value.is_not_null())
        .order((figure_table::upload_seq, figure_table::position))
        .select((
            figure_table::upload_seq,
            figure_table::kind,
            figure_table::key,
            figure_table::part,
            figure_table::sheet,
            figure_table::sheet_row,
            figure_table::sheet_col,
            figure_table::value,
            figure_table::text,
        ))
        .load(c))?;
    let mut sheet = Arc::from("");
    for (seq, kind, key, part, name, row, col, value, text) in rows {
        let cell = figure::understand((kind, key, part, name, row, col, value, text), &mut sheet)
            .and_then(located)
            .map_err(|column| column.of("figure", seq))?;
        if let Some((upload, cell)) = kept.get_mut(&seq).zip(cell) {
            upload.cells.push(cell);
        }
    }
    correction::locate(conn, &mut kept, corrections_of, keys)?;
    Ok(kept.into_values().collect())
}

fn located(figure: figure::Figure) -> Result<Option<LocatedCell>, Unreadable> {
    let value = figure.value()?;
    Ok(figure.part.map(|part| LocatedCell {
        kind: figure.kind,
        key: figure.key,
        part,
        at: figure.at,
        value,
    }))
}

fn plans(conn: &mut Conn<'_>, of: &[SubprojectNo]) -> Result<Vec<RecordedPlan>, StoreError> {
    let numbers: Vec<&str> = of.iter().map(SubprojectNo::as_str).collect();
    let rows: Vec<(String, i32, i64, Option<String>)> = on!(conn, c => plan_version::table
        .filter(plan_version::subproject.eq_any(&numbers))
        .order((plan_version::subproject, plan_version::number))
        .select((
            plan_version::subproject,
            plan_version::number,
            plan_version::recorded_at,
            plan_version::recorded_by,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(no, number, at, by)| {
            let damaged = |column: Unreadable| column.of("plan_version", &no);
            Ok(RecordedPlan {
                version: kept::number("number", number).map_err(damaged)?,
                recorded: recorded(at, by.as_deref()).map_err(damaged)?,
                subproject: SubprojectNo::new(&no),
            })
        })
        .collect()
}

fn payments(conn: &mut Conn<'_>, of: &[SubprojectNo]) -> Result<Vec<RecordedPayment>, StoreError> {
    let numbers: Vec<&str> = of.iter().map(SubprojectNo::as_str).collect();
    let rows: Vec<(String, i32, String, i64, i64, Option<String>)> = on!(conn, c => disbursement::table
        .filter(disbursement::subproject.eq_any(&numbers))
        .order(disbursement::seq)
        .select((
            disbursement::subproject,
            disbursement::paid_on,
            disbursement::source,
            disbursement::amount_cents,
            disbursement::recorded_at,
            disbursement::recorded_by,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(no, paid_on, source, cents, at, by)| {
            let damaged = |column: Unreadable| column.of("disbursement", &no);
            Ok(RecordedPayment {
                paid_on: kept::read_day("paid_on", paid_on).map_err(damaged)?,
                recorded: recorded(at, by.as_deref()).map_err(damaged)?,
                subproject: SubprojectNo::new(&no),
                source: SourceKey::new(source),
                amount: Money::from_cents(cents),
            })
        })
        .collect()
}

fn recorded(at: i64, by: Option<&str>) -> Result<Recorded, Unreadable> {
    Ok(Recorded {
        at: kept::read_moment("recorded_at", at)?,
        by: by.map(|by| kept::parsed("recorded_by", by)).transpose()?,
    })
}
