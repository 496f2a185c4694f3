//! Reads the payments of our own format.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nachweis_domain::{
    key::{SourceKey, SubprojectNo},
    language::Language,
    money::Money,
    plan::Disbursement,
};

use super::field::{Faults, Record};

/// What makes two payments the same: to whom, when, from which source, how much.
type Key = (SubprojectNo, NaiveDate, SourceKey, Money);

/// Reads the rows of the table `disbursements`. The same payment in two rows is a fault: most often a row was pasted
/// twice, and who means two payments can give their sum.
pub(super) fn read(records: &[Record<'_>], faults: &mut Faults) -> Vec<(SubprojectNo, Disbursement)> {
    let mut rows: BTreeMap<Key, u32> = BTreeMap::new();
    let mut payments = Vec::with_capacity(records.len());
    for record in records {
        let Some((no, paid)) = disbursement(record, faults) else {
            continue;
        };
        let key = (no.clone(), paid.paid_on, paid.source.clone(), paid.amount);
        if let Some(first) = rows.insert(key, record.row_number()) {
            twice(record, &no, &paid, first, faults);
        }
        payments.push((no, paid));
    }
    payments
}

fn disbursement(record: &Record<'_>, faults: &mut Faults) -> Option<(SubprojectNo, Disbursement)> {
    let no = record.required("no", faults);
    let paid_on = record.date("paid_on", faults);
    let source = record.required("source", faults);
    let amount = record.amount("amount", faults);
    let disbursement = Disbursement {
        paid_on: paid_on?,
        source: SourceKey::new(source?),
        amount: amount?,
    };
    Some((SubprojectNo::new(no?), disbursement))
}

fn twice(record: &Record<'_>, no: &SubprojectNo, paid: &Disbursement, first: u32, faults: &mut Faults) {
    let (de, en) = (Language::De, Language::En);
    faults.add(
        record,
        "amount",
        &format!(
            "Dieselbe Auszahlung an {no} ({}, {}, {}) steht schon in Zeile {first}. Bitte eine der Zeilen entfernen; sind es zwei Auszahlungen, ihre Summe in einer Zeile angeben.",
            de.date(paid.paid_on),
            paid.source,
            paid.amount.display(de),
        ),
        &format!(
            "The same payment to {no} ({}, {}, {}) is in row {first} already. Please remove one of the rows; if they are two payments, give their sum in one row.",
            en.date(paid.paid_on),
            paid.source,
            paid.amount.display(en),
        ),
    );
}
