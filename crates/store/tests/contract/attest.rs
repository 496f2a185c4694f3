//! The journal vouches for every row.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    figures::{QuarterlyFigures, Voucher},
    money::Money,
    proof::rows::FIELD,
};
use nachweis_store::{
    Store, StoreError,
    testing::{Backend, TestDatabase, attested_columns, columns_of},
};

use crate::{on_both, sample::*, waivers};

/// What the journal says of groups of rows, the newest word last: digests by names, `None` for what is gone.
pub(crate) fn attested(store: &Store) -> BTreeMap<String, Option<String>> {
    let mut attested = BTreeMap::new();
    store
        .for_each_link(0, &mut |linked| {
            let detail: serde_json::Value = serde_json::from_str(linked.entry.detail).unwrap();
            let rows: BTreeMap<String, Option<String>> = match detail.get(FIELD) {
                Some(rows) => serde_json::from_value(rows.clone()).unwrap(),
                None => BTreeMap::new(),
            };
            attested.extend(rows);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    attested
}

/// The digests of groups of rows as they are, by names.
pub(crate) fn found(store: &Store) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    store
        .for_each_group(&mut |rows| {
            let twice = found.insert(rows.name.clone(), Some(rows.digest.to_string()));
            assert_eq!(twice, None, "{}", rows.name);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    found
}

/// Groups that the journal knows to be without rows are not found.
pub(crate) fn with_rows(attested: BTreeMap<String, Option<String>>) -> BTreeMap<String, Option<String>> {
    attested
        .into_iter()
        .filter(|(_, digest)| digest.is_some())
        .collect()
}

on_both! {
    fn the_journal_vouches_for_every_row(store) {
        waivers::story(store);
        let found = found(store);
        assert_eq!(with_rows(attested(store)), found);
        let kinds: BTreeSet<&str> = found.keys().map(|name| name.split('/').next().unwrap()).collect();
        for kind in ["figure", "voucher", "finding", "finding_comment", "plan_row", "disbursement", "upload_superseded", "role_grant"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
    }

    fn rows_are_vouched_for_as_the_database_reads_them_whatever_their_texts_hold(store) {
        set_up(store, 1);
        let mut new = upload(1);
        let odd = ["", " ", "Bär", "e\u{301}", "👩‍🔬", "3:a-", "a'b\"c\\d", "x\ny\tz", "\u{feff}\u{200b}", "%_;--"];
        for (row, text) in (0..).zip(odd) {
            new.figures.vouchers.rows.push(Voucher {
                row: 1_000 + row,
                number: Some(text.into()),
                paid_on: None,
                payee: Some(text.into()),
                purpose: None,
                item: None,
                amount: Some(Money::from_cents(-i64::from(row))),
                corrects: None,
            });
        }
        new.file_name = odd.concat();
        keep(store, &new);
        assert_eq!(with_rows(attested(store)), found(store));

        let mut without_rows = upload(2);
        without_rows.figures = QuarterlyFigures::default();
        without_rows.findings.clear();
        keep(store, &without_rows);
        assert_eq!(with_rows(attested(store)), found(store));
        for rows in ["figure", "voucher", "finding"] {
            assert_eq!(attested(store)[&format!("{rows}/{}", without_rows.id)], None, "{rows}");
        }
    }

    fn a_row_changed_removed_or_added_is_not_what_the_journal_vouches_for(store) {
        waivers::story(store);
        let before = found(store);
        for (statement, kind) in [
            ("UPDATE figure SET value = value + 1 WHERE position = 0 AND upload_seq = (SELECT min(upload_seq) FROM figure)", "figure/"),
            ("DELETE FROM voucher WHERE upload_seq = (SELECT max(upload_seq) FROM voucher)", "voucher/"),
            ("UPDATE plan_row SET amount = amount + 1 WHERE subproject = 'IQ23-NW-001'", "plan_row/IQ23-NW-001/1"),
            ("UPDATE user_account SET password_hash = 'x' WHERE login_key = 'manager'", "user_password/"),
            ("INSERT INTO role_grant (user_id, role, scope_kind, scope_key, granted_at) SELECT id, 'admin', 'all', '', 1 FROM user_account WHERE login_key = 'manager'", "role_grant/"),
            ("UPDATE upload SET return_reason = 'x' WHERE return_reason IS NOT NULL", "upload_decided/"),
        ] {
            store.database.tamper(statement);
            let attested = attested(store);
            let now = found(store);
            let differ: Vec<&String> = now
                .keys()
                .chain(attested.keys())
                .filter(|name| now.get(*name).cloned().flatten() != attested.get(*name).cloned().flatten())
                .collect();
            assert!(differ.iter().any(|name| name.starts_with(kind)), "{statement}: {differ:?}");
        }
        assert_ne!(found(store), before);
    }
}

/// Tables and columns for which no entry vouches, and why.
const NOT_ATTESTED: [(&str, &str); 10] = [
    ("idempotent_request.", "answers kept for a day"),
    ("attempt.", "counted for an hour"),
    ("begun_sign_in.", "wait for minutes"),
    ("session.", "sessions are no record"),
    ("user_account.epoch", "counts changes, for sessions"),
    ("nachweis.", "the mark of the database"),
    ("refresh_token.", "sessions are no record"),
    ("journal.", "the chain"),
    (
        "original.",
        "named by the hash of their bytes, which the upload's row holds",
    ),
    ("frozen_report.bytes", "have the hash that is attested"),
];

#[test]
fn every_column_is_vouched_for_or_said_not_to_be() {
    let attested: BTreeSet<String> = attested_columns()
        .into_iter()
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    let free = |name: &str| NOT_ATTESTED.iter().any(|(prefix, _)| name.starts_with(prefix));
    for (table, column, ..) in columns_of(&TestDatabase::migrated(Backend::Sqlite)) {
        let name = format!("{table}.{column}");
        let number = [
            "upload.seq",
            "disbursement.seq",
            "refused_upload.seq",
            "coordination.seq",
        ]
        .contains(&name.as_str());
        assert!(attested.contains(&name) || free(&name) || number, "{name}");
        assert!(!(attested.contains(&name) && free(&name)), "{name}");
    }
}
