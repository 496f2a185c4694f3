//! Waivers where a reader expects them: beside the quarter they are for, and with every word in the audit workbook.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    finding::Code,
    language::Language,
    ledger::Ledger,
    quarter::Quarter,
    record::{UserId, WaiverId},
    waiver::{Waiver, WaiverDecision, WaiverWithdrawal},
};
use nachweis_report::{ReportName, ReportRequest, Value, build};
use uuid::Uuid;

use crate::audit::{ledger, rows, written};

fn quarter(number: u32) -> Quarter {
    Quarter::new(2023, number).unwrap()
}

/// A waiver of the first subproject for the second quarter.
fn asked(ledger: &Ledger, number: u32) -> Waiver {
    let asked_at = ledger.status_at - TimeDelta::days(20);
    Waiver {
        id: WaiverId(Uuid::from_u128(number.into())),
        number,
        round: ledger.round.code.clone(),
        subproject: ledger.subprojects[0].subproject.no.clone(),
        code: Code::Fin04,
        first: quarter(2),
        last: quarter(2),
        reason: "=Die Rechnung kam verspätet.".to_owned(),
        asked_by: UserId(Uuid::from_u128(1)),
        asked_at,
        asked_until: asked_at + TimeDelta::days(90),
        decision: None,
        withdrawal: None,
    }
}

fn decided(waiver: Waiver, until: Option<DateTime<Utc>>) -> Waiver {
    Waiver {
        decision: Some(WaiverDecision {
            until,
            reason: "Der Kontoauszug liegt vor.".to_owned(),
            by: UserId(Uuid::from_u128(2)),
            at: waiver.asked_at + TimeDelta::days(1),
        }),
        ..waiver
    }
}

/// One waiver of each state.
fn with_waivers() -> Ledger {
    let mut ledger = ledger();
    let until = |days| Some(ledger.status_at + TimeDelta::days(days));
    let waivers = vec![
        asked(&ledger, 1),
        decided(asked(&ledger, 2), until(30)),
        decided(asked(&ledger, 3), None),
        decided(asked(&ledger, 4), until(-1)),
        Waiver {
            withdrawal: Some(WaiverWithdrawal {
                reason: "Die Rechnung ist berichtigt.".to_owned(),
                by: UserId(Uuid::from_u128(2)),
                at: ledger.status_at,
            }),
            ..decided(asked(&ledger, 5), until(30))
        },
    ];
    ledger.waivers = waivers;
    ledger
}

fn cell(ledger: &Ledger, no: &str, quarter: Quarter) -> Value {
    let request = ReportRequest {
        name: ReportName::Completeness,
        group_by: None,
        quarter: None,
        on: None,
    };
    let report = build(&request, ledger).unwrap();
    let table = report
        .tables
        .iter()
        .find(|table| table.key == "quarters")
        .unwrap();
    let place = table
        .columns
        .iter()
        .position(|column| column.key == "waivers")
        .unwrap();
    let row = table
        .rows
        .iter()
        .find(|row| row[0] == Value::text(no) && row.contains(&Value::Quarter(quarter)));
    row.unwrap()[place].clone()
}

#[test]
fn completeness_names_the_waivers_of_a_quarter_with_where_they_stand() {
    let ledger = with_waivers();
    let no = ledger.subprojects[0].subproject.no.as_str();
    let Value::Term(term) = cell(&ledger, no, quarter(2)) else {
        panic!("the waivers are a word of the report");
    };
    assert_eq!(
        term.name.de,
        "1 FIN-04 (beantragt), 2 FIN-04 (in Kraft), 3 FIN-04 (abgelehnt), 4 FIN-04 (abgelaufen), 5 FIN-04 (zurückgenommen)"
    );
    assert!(
        term.key
            .starts_with("1:FIN-04:asked 2:FIN-04:in_force 3:FIN-04:refused"),
        "{}",
        term.key
    );
    assert_eq!(cell(&ledger, no, quarter(1)), Value::Empty, "of another quarter");
    let other = ledger.subprojects[1].subproject.no.as_str();
    assert_eq!(
        cell(&ledger, other, quarter(2)),
        Value::Empty,
        "of another subproject"
    );
}

#[test]
fn the_audit_workbook_holds_every_word_on_every_waiver() {
    let ledger = with_waivers();
    let (totals, bytes) = written(&ledger, Language::De);
    assert!(totals.agree(), "{:?}", totals.differences().collect::<Vec<_>>());
    let rows = rows(&bytes, "Ausnahmen");
    assert_eq!(rows.len(), 6, "a heading and five waivers");
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    let states: Vec<&str> = texts[1..].iter().map(|row| row[5].as_str()).collect();
    assert_eq!(
        states,
        [
            "beantragt",
            "in Kraft",
            "abgelehnt",
            "abgelaufen",
            "zurückgenommen"
        ]
    );
    let last = &texts[5];
    for (col, text) in [
        (0, "5"),
        (2, "2023-Q2"),
        (4, "FIN-04"),
        (6, "m.muster"),
        (8, "=Die Rechnung kam verspätet."),
        (10, "erteilt"),
        (11, "b.beispiel"),
        (13, "Der Kontoauszug liegt vor."),
        (15, "b.beispiel"),
        (17, "Die Rechnung ist berichtigt."),
    ] {
        assert_eq!(last[col], text, "{}", texts[0][col]);
    }
    assert_eq!(texts[3][10], "abgelehnt");
    assert_eq!(
        written(&ledger, Language::En).1,
        written(&ledger, Language::En).1,
        "the same bytes"
    );
}
