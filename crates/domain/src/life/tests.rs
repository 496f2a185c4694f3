//! Every step from every state in every situation, and who can lift each refusal.

use chrono::DateTime;

use super::*;

fn situation(state: UploadState) -> Situation {
    Situation {
        state,
        blocking: Blocking::Stands,
        standing: Standing::Open,
        endorsement: Endorsement::Needed,
        others: Others::default(),
    }
}

/// The whole table: each state and step, with a coordinator and without.
#[test]
fn each_step_leads_where_the_table_says() {
    use Endorsement::{Needed, NotNeeded};
    use UploadState as S;
    let allowed = [
        (S::Checked, Step::Submit, Needed, S::Submitted),
        (S::Checked, Step::Submit, NotNeeded, S::Submitted),
        (S::Submitted, Step::Endorse, Needed, S::Endorsed),
        (S::Submitted, Step::Accept, NotNeeded, S::Accepted),
        (S::Submitted, Step::Return, Needed, S::Returned),
        (S::Submitted, Step::Return, NotNeeded, S::Returned),
        (S::Endorsed, Step::Accept, Needed, S::Accepted),
        (S::Endorsed, Step::Accept, NotNeeded, S::Accepted),
        (S::Endorsed, Step::Return, Needed, S::Returned),
        (S::Endorsed, Step::Return, NotNeeded, S::Returned),
    ];
    for state in S::ALL {
        for step in Step::ALL {
            for endorsement in [Needed, NotNeeded] {
                let found = Situation {
                    endorsement,
                    ..situation(state)
                }
                .after(step)
                .ok();
                let expected = allowed
                    .iter()
                    .find(|(from, with, need, _)| (*from, *with, *need) == (state, step, endorsement))
                    .map(|row| row.3);
                assert_eq!(found, expected, "{state:?} {step:?} {endorsement:?}");
            }
        }
    }
}

#[test]
fn what_is_blocked_is_handed_in_only_when_all_of_it_is_waived_and_goes_no_further_by_that() {
    for state in UploadState::ALL {
        for step in Step::ALL {
            let waived = Situation {
                blocking: Blocking::Waived,
                ..situation(state)
            };
            let expected = if (state, step) == (UploadState::Blocked, Step::Submit) {
                Ok(UploadState::Submitted)
            } else {
                situation(state).after(step)
            };
            assert_eq!(waived.after(step), expected, "{state:?} {step:?}");
        }
    }
}

#[test]
fn a_closed_quarter_takes_no_step_whatever_the_state() {
    let at = DateTime::UNIX_EPOCH;
    for standing in [Standing::Closed { at }, Standing::Expired { at }] {
        for state in UploadState::ALL {
            for step in Step::ALL {
                let refusal = Situation {
                    standing,
                    ..situation(state)
                }
                .after(step)
                .unwrap_err();
                let expected = match standing {
                    Standing::Expired { .. } => Refusal::ReopeningExpired { at },
                    _ => Refusal::Closed { at },
                };
                assert_eq!(refusal, expected, "{state:?} {step:?}");
            }
        }
    }
}

#[test]
fn a_reopened_quarter_takes_steps() {
    let reopened = Situation {
        standing: Standing::Reopened {
            until: DateTime::UNIX_EPOCH,
        },
        ..situation(UploadState::Checked)
    };
    assert_eq!(reopened.after(Step::Submit), Ok(UploadState::Submitted));
}

#[test]
fn only_one_revision_stands_for_decision_and_none_behind_an_accepted_one() {
    let beside = |others| Situation {
        others,
        ..situation(UploadState::Checked)
    };
    let open = Others {
        open: Some(OpenRevision {
            revision: 2,
            state: UploadState::Submitted,
        }),
        newer_accepted: Some(3),
    };
    let refused = |turn| Err(Refusal::OpenRevision { revision: 2, turn });
    assert_eq!(beside(open).after(Step::Submit), refused(Turn::Coordinator));
    let endorsed = Others {
        open: Some(OpenRevision {
            revision: 2,
            state: UploadState::Endorsed,
        }),
        ..open
    };
    assert_eq!(beside(endorsed).after(Step::Submit), refused(Turn::Manager));
    let newer = Others { open: None, ..open };
    assert_eq!(
        beside(newer).after(Step::Submit),
        Err(Refusal::NewerRevision { revision: 3 })
    );
}

#[test]
fn a_refusal_of_a_state_names_whose_turn_it_is() {
    let of = |state, step| situation(state).after(step).unwrap_err();
    let refused = |found, turn| Refusal::State { found, turn };
    assert_eq!(
        of(UploadState::Submitted, Step::Accept),
        Refusal::NotEndorsed,
        "the coordinator is first"
    );
    for (state, step, turn) in [
        (UploadState::Submitted, Step::Submit, Turn::Coordinator),
        (UploadState::Endorsed, Step::Endorse, Turn::Manager),
        (UploadState::Checked, Step::Accept, Turn::Lead),
        (UploadState::Returned, Step::Accept, Turn::Lead),
        (UploadState::Accepted, Step::Return, Turn::Nobody),
    ] {
        assert_eq!(of(state, step), refused(state, turn), "{state:?} {step:?}");
    }
}
