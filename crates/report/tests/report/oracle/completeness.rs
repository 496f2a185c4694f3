//! Who has reported, whose turn it is and what is overdue, row by row, computed a second time.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    ledger::{Ledger, QuarterClosing, QuarterReopening, QuarterState},
    life::Reopening,
    quarter::Quarter,
    record::UploadState,
    subproject::SubprojectKind,
};
use nachweis_report::{Report, ReportName, ReportRequest, Value, build};
use proptest::prelude::*;

use super::{asked_quarter, cases};
use crate::{disturbed, made_up::Dice, table};

/// A disturbed ledger in which reports stand wherever they can: newer revisions after one that counts, submitted ones that a
/// coordinator endorses first, quarters with uploads outside of the grant.
fn unsettled(seed: u64) -> Ledger {
    let mut ledger = disturbed::ledger(seed);
    let mut dice = Dice::new(seed ^ 0xc0);
    for state in &mut ledger.quarters {
        let before = state.clone();
        match dice.below(8) {
            // A newer revision stands beside the one that counts.
            0 => *state = newer(&before, UploadState::Checked, 0),
            1 => *state = newer(&before, UploadState::Blocked, 3),
            2 => *state = newer(&before, UploadState::Submitted, 0),
            3 => *state = newer(&before, UploadState::Returned, 0),
            4 if before.state == UploadState::Submitted => state.state = UploadState::Endorsed,
            _ => {}
        }
        if dice.below(9) == 0 {
            let ordinal = state.quarter.ordinal() + 20;
            state.quarter = Quarter::from_ordinal(ordinal).unwrap();
        }
    }
    ledger
        .quarters
        .sort_by_key(|state| (state.subproject, state.quarter));
    for network in &ledger.networks {
        if dice.below(2) == 0 {
            ledger.coordinated.insert(network.code.clone());
        }
    }
    close_some(&mut ledger, &mut dice);
    for state in &mut ledger.subprojects {
        if dice.below(6) == 0 {
            state.subproject.kind = SubprojectKind::Coordination;
        }
    }
    ledger
}

/// Closes some quarters, and opens some of them again for some subprojects, of which some are over.
fn close_some(ledger: &mut Ledger, dice: &mut Dice) {
    for ordinal in 0..4 {
        let quarter = Quarter::from_ordinal(Quarter::new(2023, 1).unwrap().ordinal() + ordinal).unwrap();
        if dice.below(2) == 0 {
            continue;
        }
        let at = ledger.status_at - chrono::Duration::days(40 + i64::try_from(dice.below(300)).unwrap());
        ledger.closings.push(QuarterClosing { quarter, at });
        for subproject in 0..ledger.subprojects.len() {
            if dice.below(3) == 0 {
                let until =
                    ledger.status_at + chrono::Duration::days(i64::try_from(dice.below(60)).unwrap() - 30);
                let reopening = Reopening { from: at, until };
                ledger.reopenings.push(QuarterReopening {
                    subproject,
                    quarter,
                    reopening,
                });
            }
        }
    }
    ledger
        .reopenings
        .sort_by_key(|one| (one.subproject, one.quarter, one.reopening.from));
}

fn newer(before: &QuarterState, state: UploadState, blocking: u32) -> QuarterState {
    QuarterState {
        state,
        revision: before.revision + 1,
        uploaded_at: before.uploaded_at + chrono::Duration::days(2),
        blocking,
        ..before.clone()
    }
}

/// State with its light, turn, days overdue, revision, blocking findings, warnings; due day.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    state: (String, String),
    turn: String,
    days: i64,
    counts: Option<[i64; 3]>,
    moments: [Value; 4],
    due: NaiveDate,
}

type Lines = BTreeMap<(String, Quarter), Line>;

fn expected(ledger: &Ledger, asked: Option<Quarter>, on: NaiveDate) -> Lines {
    let mut lines = Lines::new();
    for (index, state) in ledger.subprojects.iter().enumerate() {
        let subproject = &state.subproject;
        let grant = subproject.grant_period;
        let mut quarter = Quarter::new(2020, 1).unwrap();
        while quarter < Quarter::new(2032, 1).unwrap() {
            let touched = quarter.first_day() <= grant.last && grant.first <= quarter.last_day();
            let uploaded = ledger
                .quarters
                .iter()
                .find(|state| state.subproject == index && state.quarter == quarter);
            let is_asked = asked.is_none_or(|asked| quarter <= asked);
            if is_asked && (uploaded.is_some() || (touched && quarter.last_day() < on)) {
                let endorses = subproject.kind != SubprojectKind::Coordination
                    && subproject
                        .network
                        .as_ref()
                        .is_some_and(|network| ledger.coordinated.contains(network));
                let line = line(ledger, (index, quarter), uploaded, endorses, on);
                lines.insert((subproject.no.to_string(), quarter), line);
            }
            quarter = Quarter::from_ordinal(quarter.ordinal() + 1).unwrap();
        }
    }
    lines
}

fn line(
    ledger: &Ledger,
    (subproject, quarter): (usize, Quarter),
    uploaded: Option<&QuarterState>,
    endorses: bool,
    on: NaiveDate,
) -> Line {
    let due = quarter.last_day() + Days::new(ledger.round.report_due_days.into());
    let state = uploaded.map_or("missing", |state| state.state.as_str());
    let with_lead = ["missing", "blocked", "checked", "returned"].contains(&state);
    let is_reported = uploaded.is_some_and(|state| state.is_reported);
    let closing = ledger.closings.iter().find(|one| one.quarter == quarter);
    let mut reopenings = ledger.reopenings.iter();
    let until = reopenings
        .find(|one| (one.subproject, one.quarter) == (subproject, quarter))
        .map(|one| one.reopening.until);
    let begun = on
        .and_hms_opt(0, 0, 0)
        .unwrap()
        .and_local_timezone(chrono_tz::Europe::Berlin);
    let is_over = until.is_none_or(|until| until <= ledger.status_at || until < begun.unwrap());
    let is_shut = closing.is_some() && is_over;
    let last = match closing {
        Some(closing) if is_shut => on.min(closing.at.with_timezone(&chrono_tz::Europe::Berlin).date_naive()),
        _ => on,
    };
    let days = if with_lead && !is_reported && last > due {
        (last - due).num_days()
    } else {
        0
    };
    let light = match (state, days) {
        ("accepted", _) => "green",
        (_, 0) => "yellow",
        _ => "red",
    };
    let turn = match state {
        "accepted" => "nobody",
        _ if is_shut => "closed",
        "submitted" if endorses => "coordinator",
        "submitted" | "endorsed" => "manager",
        _ => "lead",
    };
    Line {
        state: (state.to_owned(), light.to_owned()),
        turn: turn.to_owned(),
        days,
        counts: uploaded.map(|state| [state.revision, state.blocking, state.warnings].map(i64::from)),
        moments: [
            uploaded.map_or(Value::Empty, |state| Value::Time(state.uploaded_at)),
            uploaded
                .and_then(|state| state.submitted_at)
                .map_or(Value::Empty, Value::Time),
            closing.map_or(Value::Empty, |closing| Value::Time(closing.at)),
            until.map_or(Value::Empty, Value::Time),
        ],
        due,
    }
}

fn shown(report: &Report) -> Lines {
    let quarters = table::table(report, "quarters");
    let mut lines = Lines::new();
    for row in &quarters.rows {
        let at = |key: &str| &row[table::column(quarters, key)];
        let Value::Quarter(quarter) = at("quarter") else {
            panic!("{row:?}");
        };
        let Value::Date(due) = at("due") else {
            panic!("{row:?}");
        };
        let count = |key: &str| match at(key) {
            Value::Empty => None,
            value => Some(table::count(value)),
        };
        let counts = ["revision", "blocking", "warnings"].map(count);
        let line = Line {
            state: rated(at("state")),
            turn: table::key(at("turn")),
            days: table::count(at("overdue_days")),
            counts: counts[0].map(|_| counts.map(Option::unwrap)),
            moments: ["uploaded", "submitted", "closed", "reopened_until"].map(|key| at(key).clone()),
            due: *due,
        };
        assert_eq!(at("waivers"), &Value::Empty);
        let twice = lines.insert((table::key(at("no")), *quarter), line);
        assert!(twice.is_none(), "one row for each quarter: {row:?}");
    }
    lines
}

/// The key of a rated state and its light.
fn rated(value: &Value) -> (String, String) {
    let Value::Term(term) = value else {
        panic!("{value:?}");
    };
    (term.key.clone(), term.light.unwrap().as_str().to_owned())
}

const STATES: [&str; 7] = [
    "accepted",
    "endorsed",
    "submitted",
    "checked",
    "returned",
    "blocked",
    "missing",
];

/// The overview counts the rows of each quarter, and all of them.
fn check_summary(report: &Report, lines: &Lines) {
    let summary = table::table(report, "summary");
    let mut quarters: BTreeMap<Quarter, Vec<&Line>> = BTreeMap::new();
    for ((_, quarter), line) in lines {
        quarters.entry(*quarter).or_default().push(line);
    }
    let counts = |lines: &[&Line]| {
        let of = |fits: &dyn Fn(&Line) -> bool| lines.iter().filter(|line| fits(line)).count();
        let mut counts = vec![lines.len()];
        counts.extend(STATES.map(|state| of(&|line: &Line| line.state.0 == state)));
        counts.push(of(&|line: &Line| line.days > 0));
        counts
    };
    let first = table::column(summary, "expected");
    let found = |row: &[Value]| -> Vec<usize> {
        let counts = row[first..].iter();
        counts
            .map(|value| usize::try_from(table::count(value)).unwrap())
            .collect()
    };
    let names: Vec<&str> = summary.columns[first + 1..]
        .iter()
        .map(|column| column.key)
        .collect();
    assert_eq!(names, [&STATES[..], &["overdue"][..]].concat());
    assert_eq!(summary.rows.len(), quarters.len());
    for (row, (quarter, lines)) in summary.rows.iter().zip(&quarters) {
        assert_eq!(row[0], Value::Quarter(*quarter));
        assert_eq!(found(row), counts(lines), "{quarter}");
    }
    let all: Vec<&Line> = lines.values().collect();
    assert_eq!(found(summary.totals.as_ref().unwrap()), counts(&all));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(128), ..ProptestConfig::default() })]

    #[test]
    fn who_has_reported_is_what_a_second_computation_gives(seed: u64, asked in 0_i32..9, later in 0_u64..900) {
        let ledger = unsettled(seed);
        let asked = asked_quarter(asked);
        // The day of the data in Europe/Berlin: 23:15 in UTC is the next day there.
        let status = NaiveDate::from_ymd_opt(2024, 11, 6).unwrap();
        let on = (later >= 100).then(|| status + Days::new(later - 100));
        let request = ReportRequest { name: ReportName::Completeness, group_by: None, quarter: asked, on };
        let report = build(&request, &ledger).unwrap();
        let expected = expected(&ledger, asked, on.unwrap_or(status));
        prop_assert_eq!(&shown(&report), &expected);
        check_summary(&report, &expected);
    }
}

#[test]
fn the_second_computation_meets_every_state_turn_and_light() {
    let on = NaiveDate::from_ymd_opt(2025, 1, 20).unwrap();
    let mut met = std::collections::BTreeSet::new();
    for seed in 0..60 {
        for line in expected(&unsettled(seed), None, on).into_values() {
            met.extend([line.state.0, line.state.1, line.turn]);
        }
    }
    for name in STATES.iter().chain(&[
        "green",
        "yellow",
        "red",
        "lead",
        "coordinator",
        "manager",
        "nobody",
        "closed",
    ]) {
        assert!(met.contains(*name), "{name} is not among {met:?}");
    }
}
