//! What a waiver may be asked for, who decides on it, and when it counts.

use proptest::prelude::*;

use super::*;
use crate::{finding::Unwaivable, round::shipped};

const LEAD: UserId = UserId(uuid::Uuid::from_u128(1));
const MANAGER: UserId = UserId(uuid::Uuid::from_u128(2));

fn hour(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn quarters() -> [Quarter; 2] {
    ["2024-Q2", "2024-Q3"].map(quarter)
}

/// Asked for at hour 1 until hour 100, for the second and third quarter.
fn asked() -> Waiver {
    Waiver {
        id: WaiverId(uuid::Uuid::from_u128(7)),
        number: 7,
        round: RoundCode::new("2023-2025"),
        subproject: SubprojectNo::new("IQ23-NW-001"),
        code: Code::Fin04,
        first: quarter("2024-Q2"),
        last: quarter("2024-Q3"),
        reason: "Die Rechnung kam verspätet.".into(),
        asked_by: LEAD,
        asked_at: hour(1),
        asked_until: hour(100),
        decision: None,
        withdrawal: None,
    }
}

fn decided(until: Option<i64>) -> Waiver {
    Waiver {
        decision: Some(WaiverDecision {
            until: until.map(hour),
            reason: "Nachgewiesen.".into(),
            by: MANAGER,
            at: hour(10),
        }),
        ..asked()
    }
}

fn withdrawn(waiver: Waiver) -> Waiver {
    Waiver {
        withdrawal: Some(WaiverWithdrawal {
            reason: "Die Rechnung ist berichtigt.".into(),
            by: MANAGER,
            at: hour(20),
        }),
        ..waiver
    }
}

#[test]
fn a_waiver_stands_where_its_records_say() {
    use WaiverState as S;
    for (waiver, moment, state) in [
        (asked(), 2, S::Asked),
        (asked(), 100, S::Expired),
        (decided(None), 11, S::Refused),
        (decided(Some(50)), 11, S::InForce),
        (decided(Some(50)), 49, S::InForce),
        (decided(Some(50)), 50, S::Expired),
        (withdrawn(decided(Some(50))), 21, S::Withdrawn),
        (withdrawn(asked()), 21, S::Withdrawn),
    ] {
        assert_eq!(waiver.state_at(hour(moment)), state, "{waiver:?} at {moment}");
    }
}

#[test]
fn what_was_known_earlier_knows_nothing_of_later() {
    let waiver = withdrawn(decided(Some(50)));
    assert_eq!(waiver.clone().as_known_at(hour(0)), None);
    assert_eq!(waiver.clone().as_known_at(hour(9)), Some(asked()));
    assert_eq!(waiver.clone().as_known_at(hour(19)), Some(decided(Some(50))));
    assert_eq!(waiver.clone().as_known_at(hour(20)), Some(waiver));
}

#[test]
fn another_person_decides_once_in_time_and_no_longer_than_was_asked() {
    let granted = |by, at, until: i64| asked().decidable(by, hour(at), Some(hour(until)));
    assert_eq!(granted(MANAGER, 10, 100), Ok(()));
    assert_eq!(granted(MANAGER, 10, 50), Ok(()));
    assert_eq!(granted(LEAD, 10, 50), Err(WaiverRefusal::OwnRequest));
    assert_eq!(granted(MANAGER, 10, 101), Err(WaiverRefusal::LongerThanAsked));
    assert_eq!(granted(MANAGER, 10, 10), Err(WaiverRefusal::EndPassed));
    assert_eq!(granted(MANAGER, 100, 100), Err(WaiverRefusal::Settled));
    assert_eq!(
        asked().decidable(LEAD, hour(10), None),
        Err(WaiverRefusal::OwnRequest)
    );
    for settled in [decided(None), decided(Some(50)), withdrawn(asked())] {
        assert_eq!(
            settled.decidable(MANAGER, hour(30), None),
            Err(WaiverRefusal::Settled)
        );
    }
}

#[test]
fn what_is_asked_for_or_in_force_can_be_withdrawn_and_nothing_else() {
    for (waiver, can) in [
        (asked(), true),
        (decided(Some(50)), true),
        (decided(Some(21)), false),
        (decided(None), false),
        (withdrawn(asked()), false),
    ] {
        assert_eq!(waiver.withdrawable(hour(22)).is_ok(), can, "{waiver:?}");
    }
}

#[test]
fn of_several_waivers_the_longest_counts_and_then_the_oldest() {
    let numbered = |number, until| Waiver {
        number,
        ..decided(Some(until))
    };
    let waivers = [
        numbered(3, 40),
        numbered(2, 50),
        numbered(1, 50),
        withdrawn(numbered(4, 90)),
    ];
    let at =
        |code, text, moment| in_force(&waivers, code, quarter(text), hour(moment)).map(|named| named.number);
    assert_eq!(at(Code::Fin04, "2024-Q2", 20), Some(1));
    assert_eq!(at(Code::Fin04, "2024-Q3", 49), Some(1));
    assert_eq!(at(Code::Fin04, "2024-Q3", 50), None);
    assert_eq!(at(Code::Fin04, "2024-Q1", 20), None);
    assert_eq!(at(Code::Fin04, "2024-Q4", 20), None);
    assert_eq!(at(Code::Fin05, "2024-Q2", 20), None);
}

#[test]
fn a_waiver_that_ends_with_a_day_names_that_day() {
    let until = "2023-04-30T22:00:00Z".parse().unwrap();
    let named = FindingWaiver {
        until,
        ..decided(Some(50)).named().unwrap()
    };
    assert_eq!(
        named.sentence().de,
        "Davon ausgenommen bis 30.04.2023 (Ausnahme Nr. 7, erteilt von der Programmsteuerung)."
    );
}

#[test]
fn what_cannot_be_stored_right_is_never_waived_and_the_text_says_why() {
    let rounds = shipped();
    let round = rounds.first().unwrap();
    for code in [
        Code::Val01,
        Code::Tpl02,
        Code::Tpl05,
        Code::Tpl15,
        Code::Tpl21,
        Code::Fin01,
        Code::Ind08,
    ] {
        let refusal = check_code(round, code, quarters()).unwrap_err();
        assert!(matches!(refusal, WaiverRefusal::Unwaivable { .. }), "{code}");
        for language in Language::ALL {
            let text = refusal.text();
            let text = text.get(language);
            assert!(text.contains(code.as_str()) && text.ends_with('.'), "{text}");
        }
    }
    assert_eq!(check_code(round, Code::Fin04, quarters()), Ok(()));
    let mut quiet = round.clone();
    quiet.severities.insert(Code::Fin04, Severity::Notice);
    let why = Unwaivable::Informative;
    assert_eq!(
        check_code(&quiet, Code::Fin04, quarters()),
        Err(WaiverRefusal::Unwaivable {
            code: Code::Fin04,
            why
        })
    );
}

#[test]
fn every_value_that_was_not_read_and_every_notice_stays_as_it_is() {
    for code in Code::ALL {
        if code.as_str().starts_with("VAL") {
            assert_eq!(code.unwaivable(), Some(Unwaivable::NotRead), "{code}");
        }
        if code.default_severity() == Severity::Notice {
            assert_eq!(code.unwaivable(), Some(Unwaivable::Informative), "{code}");
        }
    }
}

proptest! {
    /// Whatever happens to a waiver, it counts only between its grant and its end, and never for who asked alone.
    #[test]
    fn a_waiver_counts_only_from_its_grant_to_its_end(
        until in 11_i64..100,
        withdrawn_at in proptest::option::of(11_i64..100),
        moment in 0_i64..120,
    ) {
        let mut waiver = decided(Some(until));
        if let Some(at) = withdrawn_at {
            waiver = withdrawn(waiver);
            waiver.withdrawal.as_mut().unwrap().at = hour(at);
        }
        let known = waiver.as_known_at(hour(moment));
        let counts = known.is_some_and(|known| known.state_at(hour(moment)) == WaiverState::InForce);
        let expected = moment >= 10 && moment < until && withdrawn_at.is_none_or(|at| moment < at);
        prop_assert_eq!(counts, expected);
    }
}
