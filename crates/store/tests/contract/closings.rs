//! What the journal says of a closing: the reports, what they were made of, and up to which entry.

use nachweis_domain::record::{Action, Sha256};
use nachweis_store::{Changes, Conflict, NewClosing, NewUpload, OpenSubmission, StoreError};
use serde_json::json;
use sha2::{Digest as _, Sha256 as Hasher};

use crate::{on_both, sample::*};

on_both! {
    fn the_journal_names_the_revisions_that_counted_and_the_entry_up_to_which_the_reports_were_read(store) {
        set_up(store, 2);
        let first = accepted(store, &upload(1));
        let other = NewUpload { subproject: no(2), quarter: quarter("2024-Q2"), ..upload(4) };
        let other = keep(store, &NewUpload { uploaded_at: at(31), ..other }).id;
        store.submit(other, LEAD, at(32), &[]).unwrap();
        // A newer draft and the next quarter are no input.
        keep(store, &NewUpload { uploaded_at: at(41), ..upload(2) });
        let next = NewUpload { quarter: quarter("2024-Q2"), uploaded_at: at(42), ..upload(3) };
        let next = keep(store, &next).id;
        store.submit(next, LEAD, at(43), &[]).unwrap();
        let mark = store.last_change(&code(), Changes::Any).unwrap();
        let known = store.ledger(&code()).unwrap().mark;
        assert!(known.is_some());
        let closing = NewClosing {
            round: code(),
            quarter: quarter("2024-Q1"),
            by: MANAGER,
            at: at(44),
            missing: 1,
            reports: Vec::new(),
            mark,
        };
        let early = NewClosing { quarter: quarter("2024-Q2"), ..closing.clone() };
        let open = |id, number| OpenSubmission { id, subproject: no(number), revision: 1 };
        let expected = Conflict::Undecided { submissions: vec![open(next, 1), open(other, 2)] };
        match store.close_quarter(&early) {
            Err(StoreError::Conflict(found)) => assert_eq!(found, expected),
            found => panic!("{found:?}"),
        }
        store.close_quarter(&closing).unwrap();
        let entries = store.journal(0, 1_000).unwrap();
        let entry = entries.iter().find(|entry| entry.action == Action::QuarterClosed).unwrap();
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap();
        let line = format!("{} 2024-Q1 {} {}\n", no(1), first.id, first.sha256);
        let expected = Sha256(Hasher::digest(line.as_bytes()).into());
        assert_eq!(detail["inputs"], json!({ "uploads": 1, "sha256": expected }));
        assert_eq!(detail["mark"], json!(known));
    }
}
