//! What was changed behind the store's back is said to be damaged, with its id; it is never skipped.

use nachweis_domain::finding::Severity;
use nachweis_store::{StoreError, testing::Backend};

use crate::{on_both, sample::*};

/// The table and id of a damaged row.
fn damaged<T: std::fmt::Debug>(result: Result<T, StoreError>) -> (&'static str, String) {
    match result {
        Err(StoreError::Corrupt { table, id, .. }) => (table, id),
        other => panic!("{other:?}"),
    }
}

on_both! {
    fn a_changed_original_is_not_handed_out(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        let bytes = if store.database.folder().is_some() { "x'00'" } else { "'\\x00'::bytea" };
        store.database.tamper(&format!("UPDATE original SET bytes = {bytes}"));
        assert_eq!(damaged(store.original(&kept.sha256)), ("original", kept.sha256.to_string()));
    }

    fn a_changed_round_is_not_used(store) {
        set_up(store, 1);
        store.database.tamper("UPDATE funding_round_version SET document = replace(document, '2023', '2024')");
        assert_eq!(damaged(store.round(&code())).0, "funding_round_version");
        assert_eq!(damaged(store.ledger(&code())).0, "funding_round_version");
    }

    fn damaged_rows_are_errors_with_their_ids(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.findings = findings(Severity::Warning);
        accepted(store, &new);
        let id = new.id.to_string();
        store.database.tamper("UPDATE upload_summary SET totals = replace(totals, 'e', 'x')");
        assert_eq!(damaged(store.ledger(&code())).0, "upload_summary");
        assert_eq!(damaged(store.reporting_context(&no(1), quarter("2024-Q2"))).0, "upload_summary");
        store.database.tamper("UPDATE figure SET part = 'nothing' WHERE position = 3");
        assert_eq!(damaged(store.figures_of(new.id)), ("figure", id.clone()));
        store.database.tamper("UPDATE finding SET detail = '{}' WHERE position = 1");
        assert_eq!(damaged(store.findings_of(new.id)).0, "finding");
        store.database.tamper("UPDATE subproject SET regions = '[]'");
        assert_eq!(damaged(store.subproject(&no(1))), ("subproject", no(1).to_string()));
        store.database.tamper("UPDATE journal SET action = 'nothing' WHERE position = 2");
        assert_eq!(damaged(store.journal(0, 10)), ("journal", "2".into()));
        store.database.tamper("UPDATE upload SET template_version = '', file_name = '', sha256 = sha256, uploaded_at = 9223372036854775807");
        assert_eq!(damaged(store.upload(new.id)), ("upload", id));
    }

    fn the_tables_refuse_what_no_method_would_write(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        let other = keep(store, &upload(2));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        for statement in [
            "UPDATE upload SET revision = 0 WHERE revision = 1".to_owned(),
            "UPDATE upload SET revision = 1".to_owned(),
            "UPDATE upload SET state = 'lost'".to_owned(),
            "UPDATE upload SET state = 'accepted'".to_owned(),
            format!("UPDATE upload SET state = 'submitted', submitted_at = 1, submitted_by = '{LEAD}' WHERE id = '{}'", other.id),
            "UPDATE upload SET blocking = 1".to_owned(),
            "UPDATE voucher SET amount_cents = 1000000000001".to_owned(),
            "UPDATE plan_row SET amount = -1000000000001".to_owned(),
            "INSERT INTO nachweis (id) VALUES (2)".to_owned(),
        ] {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| store.database.tamper(&statement)));
            assert!(done.is_err(), "{statement}");
        }
    }
}

#[test]
fn the_server_coming_back_is_noticed() {
    let store = nachweis_store::testing::TestStore::fresh(Backend::Postgres);
    store.ping().unwrap();
    let name = store.url().to_string();
    let name = name.rsplit('/').next().unwrap();
    store.database.tamper(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    ));
    let first = store.ping();
    assert!(
        matches!(first, Ok(()) | Err(StoreError::Unreachable { .. })),
        "{first:?}"
    );
    store.ping().unwrap();
}
