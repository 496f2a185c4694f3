//! At the same time: no mixture, no lost update, no gap, no error that is nobody's fault.

use std::thread;

use nachweis_domain::record::{UploadId, UploadState};
use nachweis_store::{Conflict, NewUpload, RecordedUpload, Store, StoreError, testing::TestStore};

use crate::{on_both, sample::*};

const WRITERS: u128 = 8;

/// Runs eight writers at once, each with a store of its own as in another instance, and collects what they got.
fn at_once<T: Send>(store: &TestStore, work: impl Fn(&Store, u128) -> T + Sync) -> Vec<T> {
    let stores: Vec<Store> = (0..WRITERS)
        .map(|writer| {
            if writer % 2 == 0 {
                Store::clone(store)
            } else {
                Store::open(store.url()).unwrap()
            }
        })
        .collect();
    thread::scope(|scope| {
        let threads: Vec<_> = stores
            .iter()
            .zip(0..)
            .map(|(store, writer)| {
                scope.spawn({
                    let work = &work;
                    move || work(store, writer)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

on_both! {
    fn the_same_bytes_at_once_are_one_upload(store) {
        set_up(store, 1);
        let kept = at_once(store, |store, writer| {
            let new = NewUpload { id: UploadId(id(500 + writer)), ..upload(1) };
            store.record_upload(&new).unwrap()
        });
        let new = kept.iter().filter(|kept| matches!(kept, RecordedUpload::New(_))).count();
        assert_eq!(new, 1);
        assert!(kept.iter().all(|other| other.upload() == kept[0].upload()));
        assert_eq!(store.uploads_of(&no(1), quarter("2024-Q1")).unwrap().len(), 1);
    }

    fn files_at_once_fill_a_subproject_up_to_its_bound_and_no_further(store) {
        set_up(store, 1);
        let size = u64::try_from(upload(1).original.bytes().len()).unwrap();
        let kept = at_once(store, |store, writer| {
            let new = upload(1 + writer);
            assert_eq!(u64::try_from(new.original.bytes().len()).unwrap(), size);
            store.record_upload_within(&new, 3 * size).unwrap()
        });
        assert_eq!(kept.iter().flatten().count(), 3);
        assert_eq!(store.kept_bytes(&no(1)).unwrap(), 3 * size);
        // What is kept already is no more than before.
        let known = kept.iter().flatten().next().unwrap().upload();
        let again = NewUpload { id: UploadId(id(500)), ..upload(known.id.0.as_u128() - 0x1000) };
        assert_eq!(store.record_upload_within(&again, 3 * size).unwrap(), Some(RecordedUpload::Same(known.clone())));
    }

    fn different_files_at_once_are_revisions_in_a_row(store) {
        set_up(store, 1);
        let each = 4;
        at_once(store, |store, writer| {
            for turn in 0..each {
                let number = 1 + writer * each + turn;
                let mut new = upload(number);
                new.figures = figures(i64::try_from(number).unwrap(), 30);
                store.record_upload(&new).unwrap();
            }
        });
        let uploads = store.uploads_of(&no(1), quarter("2024-Q1")).unwrap();
        let revisions: Vec<u128> = uploads.iter().map(|upload| upload.revision.into()).collect();
        assert_eq!(revisions, (1..=WRITERS * each).collect::<Vec<_>>());
        for upload in uploads {
            let number = i64::try_from(upload.id.0.as_u128() - 0x1000).unwrap();
            assert_eq!(store.figures_of(upload.id).unwrap(), figures(number, 30), "no mixture");
        }
        let positions: Vec<u64> = store.journal(0, 1000).unwrap().iter().map(|entry| entry.position).collect();
        assert_eq!(positions, (1..=u64::try_from(positions.len()).unwrap()).collect::<Vec<_>>());
    }

    fn of_two_submissions_at_once_one_is_told_of_the_other(store) {
        set_up(store, 1);
        for number in 0..WRITERS {
            keep(store, &upload(number));
        }
        let results = at_once(store, |store, writer| store.submit(upload(writer).id, LEAD, at(20), &[]));
        let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        let winner = done[0].as_ref().unwrap().revision;
        for refused in refused {
            let error = refused.unwrap_err();
            assert!(matches!(error, StoreError::Conflict(Conflict::OpenRevision { revision, .. }) if revision == winner), "{error:?}");
        }
    }

    fn of_acceptances_and_returns_at_once_one_happens(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        let results = at_once(store, |store, writer| {
            if writer % 3 == 0 {
                store.return_to_lead(kept.id, MANAGER, at(30), "nein")
            } else {
                store.accept(kept.id, MANAGER, at(30))
            }
        });
        let state = store.upload(kept.id).unwrap().unwrap().state;
        assert!(matches!(state, UploadState::Accepted | UploadState::Returned));
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(results.iter().all(|result| match result {
            Ok(upload) => upload.state == state,
            Err(error) => matches!(error, StoreError::State { found, .. } if *found == state),
        }));
    }

    fn readers_go_on_while_others_write(store) {
        set_up(store, 1);
        let rows = at_once(store, |store, writer| {
            if writer < 4 {
                for turn in 0..5 {
                    keep(store, &upload(1 + writer * 5 + turn));
                }
                return 0;
            }
            (0..10).map(|_| store.ledger(&code()).unwrap().quarters.len()).max().unwrap()
        });
        assert!(rows.into_iter().all(|quarters| quarters <= 1));
        assert_eq!(store.uploads_of(&no(1), quarter("2024-Q1")).unwrap().len(), 20);
    }

    fn a_token_used_twice_at_once_is_taken_once(store) {
        use nachweis_store::{NewRefreshToken, Original, RefreshOutcome};
        set_up(store, 1);
        let token = |name: String| Original::new(name.into_bytes()).sha256();
        let first = NewRefreshToken {
            hash: token("first".into()),
            family: id(1),
            user: LEAD,
            issued_at: at(0),
            expires_at: at(100),
            session_ends_at: at(5_000),
        };
        store.save_refresh_token(&first).unwrap();
        let outcomes = at_once(store, |store, writer| {
            store.rotate_refresh_token(&first.hash, &token(format!("next {writer}")), at(100), at(5)).unwrap()
        });
        let rotated = outcomes.iter().filter(|outcome| matches!(outcome, RefreshOutcome::Rotated { .. })).count();
        assert_eq!(rotated, 1);
    }
}
