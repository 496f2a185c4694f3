//! Decisions: submitted only when checked, decided only when submitted, by someone else, one open revision at a time.

use nachweis_domain::{
    finding::Severity,
    record::{Action, UploadState, WarningComment},
};
use nachweis_store::{Conflict, Decision, StoreError, Thing, Verdict};

use crate::{on_both, sample::*};

on_both! {
    fn a_checked_upload_is_submitted_and_accepted(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        assert_eq!(store.submit(kept.id, LEAD, at(20), &[]).unwrap().state, UploadState::Submitted);
        let accepted = store.accept(kept.id, MANAGER, at(30)).unwrap();
        assert_eq!(accepted.state, UploadState::Accepted);
        assert_eq!(store.upload(kept.id).unwrap(), Some(accepted));
        let progress = store.progress_of(kept.id).unwrap().unwrap();
        assert_eq!(progress.submitted, Some((LEAD, at(20))));
        assert_eq!(progress.decided, Some((MANAGER, at(30))));
        assert_eq!((progress.return_reason, progress.superseded_at), (None, None));
    }

    fn a_coordinator_endorses_before_the_manager_accepts(store) {
        set_up(store, 1);
        add_coordinator(store);
        let kept = keep(store, &upload(1));
        assert!(matches!(store.endorse(kept.id, MANAGER, at(15)), Err(StoreError::State { found: UploadState::Checked, .. })));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        assert!(matches!(store.accept(kept.id, MANAGER, at(25)), Err(StoreError::Conflict(Conflict::NotEndorsed))));
        assert!(matches!(store.endorse(kept.id, LEAD, at(25)), Err(StoreError::Conflict(Conflict::FourEyes))));
        let endorsed = store.endorse(kept.id, COORDINATOR, at(26)).unwrap();
        assert_eq!(endorsed.state, UploadState::Endorsed);
        assert_eq!(store.upload(kept.id).unwrap(), Some(endorsed));
        assert_eq!(store.progress_of(kept.id).unwrap().unwrap().endorsed, Some((COORDINATOR, at(26))));
        assert!(matches!(store.accept(kept.id, COORDINATOR, at(27)), Err(StoreError::Conflict(Conflict::FourEyes))));
        assert!(matches!(store.endorse(kept.id, MANAGER, at(28)), Err(StoreError::State { found: UploadState::Endorsed, .. })));
        assert_eq!(store.accept(kept.id, MANAGER, at(30)).unwrap().state, UploadState::Accepted);
        let last_two: Vec<Action> = store.journal(0, 100).unwrap().iter().rev().take(2).map(|entry| entry.action).collect();
        assert_eq!(last_two, [Action::Accepted, Action::Endorsed]);
    }

    fn what_is_endorsed_counts_and_can_be_returned(store) {
        set_up(store, 1);
        add_coordinator(store);
        let kept = keep(store, &upload(1));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        let submitted = store.ledger(&code()).unwrap().expenditure;
        store.endorse(kept.id, COORDINATOR, at(21)).unwrap();
        let ledger = store.ledger(&code()).unwrap();
        assert_eq!(ledger.expenditure, submitted);
        assert_eq!(ledger.quarters[0].state, UploadState::Endorsed);
        let returned = store.return_to_lead(kept.id, MANAGER, at(22), "Bitte Beleg 3 prüfen.").unwrap();
        assert_eq!(returned.state, UploadState::Returned);
        assert!(store.ledger(&code()).unwrap().expenditure.is_empty());
    }

    fn nobody_endorses_where_nobody_coordinates(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        assert!(matches!(
            store.endorse(kept.id, MANAGER, at(21)),
            Err(StoreError::Conflict(Conflict::EndorsementNotNeeded))
        ));
    }

    fn a_returned_submission_keeps_its_reason_out_of_the_journal(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        let returned = store.return_to_lead(kept.id, MANAGER, at(30), "Beleg 17 fehlt.").unwrap();
        assert_eq!(returned.state, UploadState::Returned);
        assert_eq!(store.progress_of(kept.id).unwrap().unwrap().return_reason.as_deref(), Some("Beleg 17 fehlt."));
        assert!(store.journal(0, 100).unwrap().iter().all(|entry| !entry.detail.contains("Beleg")));
    }

    fn every_other_step_is_refused_with_the_state_found(store) {
        set_up(store, 1);
        let [checked, submitted, returned, accepted_one, blocked] = [1, 2, 3, 4, 5].map(|number: u128| {
            let mut new = upload(number);
            new.quarter = (0..number).fold(new.quarter, |quarter, _| quarter.next());
            if number == 5 {
                new.findings = findings(Severity::Blocking);
            }
            keep(store, &new).id
        });
        for id in [submitted, returned, accepted_one] {
            store.submit(id, LEAD, at(20), &[]).unwrap();
        }
        store.return_to_lead(returned, MANAGER, at(30), "unvollständig").unwrap();
        store.accept(accepted_one, MANAGER, at(30)).unwrap();
        let head = store.journal_head().unwrap();
        for (id, state) in [
            (submitted, UploadState::Submitted),
            (returned, UploadState::Returned),
            (accepted_one, UploadState::Accepted),
            (blocked, UploadState::Blocked),
        ] {
            let error = store.submit(id, LEAD, at(40), &[]).unwrap_err();
            assert!(matches!(error, StoreError::State { found, .. } if found == state), "{error:?}");
        }
        for (id, state) in [
            (checked, UploadState::Checked),
            (returned, UploadState::Returned),
            (accepted_one, UploadState::Accepted),
            (blocked, UploadState::Blocked),
        ] {
            let accept = store.accept(id, MANAGER, at(40)).unwrap_err();
            assert!(matches!(accept, StoreError::State { found, .. } if found == state), "{accept:?}");
            let back = store.return_to_lead(id, MANAGER, at(40), "nein").unwrap_err();
            assert!(matches!(back, StoreError::State { found, .. } if found == state), "{back:?}");
        }
        assert_eq!(store.journal_head().unwrap(), head, "what was refused left no trace");
    }

    fn nobody_decides_on_what_they_handed_in(store) {
        set_up(store, 1);
        let mut own = upload(1);
        own.uploaded_by = MANAGER;
        let kept = keep(store, &own);
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        for by in [MANAGER, LEAD] {
            assert!(matches!(store.accept(kept.id, by, at(30)), Err(StoreError::Conflict(Conflict::FourEyes))));
            assert!(matches!(
                store.return_to_lead(kept.id, by, at(30), "nein"),
                Err(StoreError::Conflict(Conflict::FourEyes))
            ));
        }
    }

    fn four_eyes_hold_in_the_table_itself(store) {
        set_up(store, 1);
        let kept = keep(store, &upload(1));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        let statement = format!(
            "UPDATE upload SET state = 'accepted', decided_at = 1, decided_by = '{LEAD}' WHERE id = '{}'",
            kept.id
        );
        let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| store.database.tamper(&statement)));
        assert!(refused.is_err());
        assert_eq!(store.upload(kept.id).unwrap().unwrap().state, UploadState::Submitted);
    }

    fn only_one_revision_is_open_at_a_time(store) {
        set_up(store, 1);
        let (first, second) = (keep(store, &upload(1)), keep(store, &upload(2)));
        store.submit(first.id, LEAD, at(20), &[]).unwrap();
        let error = store.submit(second.id, LEAD, at(21), &[]).unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::OpenRevision { revision: 1, .. })), "{error:?}");
        store.return_to_lead(first.id, MANAGER, at(22), "Bitte Revision 2.").unwrap();
        store.submit(second.id, LEAD, at(23), &[]).unwrap();
    }

    fn a_newer_accepted_revision_supersedes_the_older(store) {
        set_up(store, 1);
        let first = accepted(store, &upload(1));
        let second = accepted(store, &upload(2));
        assert_eq!(store.upload(first.id).unwrap().unwrap().state, UploadState::Superseded);
        assert_eq!(store.upload(second.id).unwrap().unwrap().state, UploadState::Accepted);
        let decided = store.progress_of(second.id).unwrap().unwrap().decided;
        assert_eq!(store.progress_of(first.id).unwrap().unwrap().superseded_at, decided.map(|(_, at)| at));
        let steps: Vec<_> = store.journal(0, 100).unwrap().into_iter().rev().take(2).collect();
        assert_eq!((steps[0].action, steps[0].object.clone()), (Action::Accepted, second.id.to_string()));
        assert_eq!((steps[1].action, steps[1].object.clone()), (Action::Superseded, first.id.to_string()));
    }

    fn an_older_revision_is_not_submitted_after_a_newer_was_accepted(store) {
        set_up(store, 1);
        let old = keep(store, &upload(1));
        accepted(store, &upload(2));
        let error = store.submit(old.id, LEAD, at(40), &[]).unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::NewerRevision { revision: 2 })), "{error:?}");
    }

    fn comments_on_warnings_come_back_with_the_findings(store) {
        set_up(store, 1);
        let mut new = upload(1);
        new.findings = findings(Severity::Warning);
        keep(store, &new);
        let comment = |finding, comment: &str| WarningComment { finding, comment: comment.into() };
        let wrong = [comment(0, "geprüft"), comment(2, "gibt es nicht")];
        let error = store.submit(new.id, LEAD, at(20), &wrong).unwrap_err();
        assert!(matches!(error, StoreError::Unknown { thing: Thing::Finding, .. }), "{error:?}");
        assert!(store.findings_of(new.id).unwrap().iter().all(|rated| rated.comment.is_none()), "nothing of it stays");
        assert_eq!(store.upload(new.id).unwrap().unwrap().state, UploadState::Checked);
        store.submit(new.id, LEAD, at(20), &[comment(1, "Rechnung mit drei Nachkommastellen.")]).unwrap();
        let comments: Vec<_> = store.findings_of(new.id).unwrap().into_iter().map(|rated| rated.comment).collect();
        assert_eq!(comments, [None, Some("Rechnung mit drei Nachkommastellen.".into())]);
    }

    fn many_decisions_are_taken_together_or_not_at_all(store) {
        set_up(store, 2);
        let first = keep(store, &upload(1)).id;
        let mut other = upload(2);
        other.subproject = no(2);
        let second = keep(store, &other).id;
        let decision = |id, what, by| Decision { id, what, by, at: at(20) };
        let submits = [first, second].map(|id| decision(id, Verdict::Submit(vec![]), LEAD));
        let wrong = [submits.to_vec(), vec![decision(first, Verdict::Accept, LEAD)]].concat();
        assert!(matches!(store.decide_many(&wrong), Err(StoreError::Conflict(Conflict::FourEyes))));
        assert_eq!(store.upload(first).unwrap().unwrap().state, UploadState::Checked);
        let right = [
            submits.to_vec(),
            vec![
                decision(first, Verdict::Accept, MANAGER),
                decision(second, Verdict::Return("Bitte prüfen.".into()), MANAGER),
            ],
        ]
        .concat();
        let states: Vec<_> = store.decide_many(&right).unwrap().iter().map(|upload| upload.state).collect();
        let expected = [UploadState::Submitted, UploadState::Submitted, UploadState::Accepted, UploadState::Returned];
        assert_eq!(states, expected);
    }
}
