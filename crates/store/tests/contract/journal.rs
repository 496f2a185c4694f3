//! The journal: one row for each change, positions without gaps, nothing for what changed nothing.

use nachweis_domain::{
    finding::Severity,
    key::RoundCode,
    proof::{ORIGIN, chain::Follower},
    record::Action,
};
use nachweis_store::{Actor, ChangeMark, Changes, SavedRound, StoreError, Thing};

use crate::{on_both, sample::*};

on_both! {
    fn every_change_leaves_one_row_in_order(store) {
        set_up(store, 1);
        accepted(store, &upload(1));
        store.record_event(Actor::User(MANAGER), Action::Exported, "audit", &serde_json::json!({ "rows": 3 }), at(40)).unwrap();
        let journal = store.journal(0, 100).unwrap();
        let actions: Vec<Action> = journal.iter().map(|entry| entry.action).collect();
        assert_eq!(actions, [
            Action::RoundLoaded,
            Action::UserCreated,
            Action::UserCreated,
            Action::NetworkRecorded,
            Action::SubprojectRecorded,
            Action::PlanRecorded,
            Action::ProgrammeImported,
            Action::UploadReceived,
            Action::Submitted,
            Action::Accepted,
            Action::Exported,
        ]);
        let positions: Vec<u64> = journal.iter().map(|entry| entry.position).collect();
        assert_eq!(positions, (1..=11).collect::<Vec<_>>());
        assert_eq!(store.journal_head().unwrap(), 11);
        let last = journal.last().unwrap();
        assert_eq!((last.actor, last.at, last.object.as_str(), last.detail.as_str()), (Some(MANAGER), at(40), "audit", r#"{"rows":3}"#));
        assert_eq!(journal[0].actor, None);
    }

    fn each_entry_is_linked_to_the_one_before_it(store) {
        set_up(store, 2);
        accepted(store, &upload(1));
        let mut follower = Follower::default();
        store.for_each_link(0, &mut |linked| {
            follower.follow(&linked.entry, &linked.link.unwrap()).unwrap();
            Ok::<(), StoreError>(())
        }).unwrap();
        let head = follower.head();
        assert_eq!(head.position, store.journal_head().unwrap());
        assert!(head.position > 5 && head.link != ORIGIN);
    }

    fn moments_grow_with_positions_whatever_the_clocks_show(store) {
        set_up(store, 1);
        for seconds in [50, 40, 50] {
            store.record_event(Actor::System, Action::SignedIn, "lead", &serde_json::json!({}), at(seconds)).unwrap();
        }
        let moments: Vec<_> = store.journal(0, 100).unwrap().iter().rev().take(3).map(|entry| entry.at).collect();
        let micro = chrono::TimeDelta::microseconds(1);
        assert_eq!(moments, [at(50) + micro + micro, at(50) + micro, at(50)]);
    }

    fn pages_of_the_journal_join_without_gap_or_repeat(store) {
        set_up(store, 3);
        let all = store.journal(0, 1000).unwrap();
        let mut paged = Vec::new();
        loop {
            let after = paged.last().map_or(0, |entry: &nachweis_domain::record::JournalEntry| entry.position);
            let page = store.journal(after, 2).unwrap();
            if page.is_empty() {
                break;
            }
            assert!(page.len() <= 2);
            paged.extend(page);
        }
        assert_eq!(paged, all);
    }

    fn only_what_changes_figures_moves_the_moment_of_reports(store) {
        set_up(store, 1);
        let last = |changes| store.last_change(&code(), changes).unwrap();
        let moments = || [Changes::OfFigures, Changes::Any].map(|changes| last(changes).map(|mark: ChangeMark| mark.at));
        assert_eq!(moments(), [Some(at(1)), Some(at(1))]);
        let mut blocked = upload(1);
        blocked.findings = findings(Severity::Blocking);
        keep(store, &blocked);
        assert_eq!(moments(), [Some(at(1)), Some(at(10))], "a blocked upload moves the state of its report only");
        accepted(store, &upload(2));
        assert_eq!(moments(), [Some(at(30)), Some(at(30))]);
        let mark = last(Changes::Any);
        store.record_event(Actor::System, Action::SignedIn, "lead", &serde_json::json!({}), at(60)).unwrap();
        assert_eq!(last(Changes::Any), mark);
        assert!(store.journal_head().unwrap() > mark.unwrap().position);
        assert_eq!(store.last_change(&RoundCode::new("2026-2028"), Changes::Any).unwrap(), None);
    }

    fn a_round_is_journalled_only_when_it_changed(store) {
        let mut round = round();
        assert_eq!(store.save_round(&round, Actor::System, at(0)).unwrap(), SavedRound::New);
        assert_eq!(store.save_round(&round, Actor::System, at(1)).unwrap(), SavedRound::Unchanged);
        round.report_due_days += 1;
        assert_eq!(store.save_round(&round, Actor::System, at(2)).unwrap(), SavedRound::Changed);
        assert_eq!(store.round(&code()).unwrap(), Some(round.clone()));
        assert_eq!(store.rounds().unwrap(), [round]);
        assert_eq!(store.journal_head().unwrap(), 2);
    }

    fn a_round_that_is_not_there_is_unknown(store) {
        assert_eq!(store.round(&code()).unwrap(), None);
        assert!(matches!(store.ledger(&code()), Err(StoreError::Unknown { thing: Thing::Round, .. })));
    }
}
