//! Moments and days: what reports are as of, and when a quarter is overdue.

use chrono::NaiveDate;
use nachweis_domain::{ledger::Ledger, record::UploadState};
use nachweis_report::{Report, ReportError, ReportName, ReportRequest, build};

use crate::{made_up::MadeUp, table};

/// Reports up to 2024-Q3, due on 30 October 2024; the last event is of 6 November in Berlin, 5 November in UTC.
fn ledger() -> Ledger {
    MadeUp::default().ledger()
}

fn made(ledger: &Ledger, name: ReportName, on: Option<&str>) -> Result<Report, ReportError> {
    let request = ReportRequest {
        name,
        group_by: None,
        quarter: None,
        on: on.map(|day| day.parse().unwrap()),
    };
    build(&request, ledger)
}

/// Days overdue of a subproject's 2024-Q3.
fn overdue(report: &Report, no: &str) -> i64 {
    let quarters = table::table(report, "quarters");
    let [number, quarter, days] = ["no", "quarter", "overdue_days"].map(|key| table::column(quarters, key));
    let row = quarters
        .rows
        .iter()
        .find(|row| table::key(&row[number]) == no && table::key(&row[quarter]) == "2024-Q3")
        .unwrap();
    table::count(&row[days])
}

fn of_state(ledger: &Ledger, state: UploadState) -> String {
    let last = "2024-Q3".parse().unwrap();
    let found = ledger
        .quarters
        .iter()
        .find(|entry| entry.state == state && entry.quarter == last);
    ledger.subprojects[found.unwrap().subproject]
        .subproject
        .no
        .to_string()
}

#[test]
fn only_completeness_is_as_of_the_last_upload() {
    let ledger = ledger();
    for name in ReportName::ALL.iter().copied() {
        let expected = if name == ReportName::Completeness {
            ledger.status_at
        } else {
            ledger.as_of
        };
        assert_eq!(made(&ledger, name, None).unwrap().as_of, expected, "{name}");
    }
}

#[test]
fn days_overdue_count_to_the_last_event_in_berlin_or_to_the_day_asked_for() {
    let ledger = ledger();
    let blocked = of_state(&ledger, UploadState::Blocked);
    for (on, days) in [
        (None, 7),
        (Some("2024-11-06"), 7),
        (Some("2024-11-30"), 31),
        (Some("2025-02-03"), 96),
    ] {
        let report = made(&ledger, ReportName::Completeness, on).unwrap();
        assert_eq!(overdue(&report, &blocked), days, "{on:?}");
        let counted = report
            .parameters
            .iter()
            .find(|(name, _)| name.en == "Deadlines counted on");
        let shown: NaiveDate = on.unwrap_or("2024-11-06").parse().unwrap();
        assert_eq!(counted.unwrap().1.en, shown.to_string());
    }
}

#[test]
fn a_quarter_with_a_newer_open_revision_is_not_overdue() {
    let mut ledger = ledger();
    let blocked = of_state(&ledger, UploadState::Blocked);
    for state in &mut ledger.quarters {
        state.is_reported = true;
    }
    let report = made(&ledger, ReportName::Completeness, None).unwrap();
    assert_eq!(overdue(&report, &blocked), 0);
}

#[test]
fn a_day_before_the_data_or_for_another_report_is_refused() {
    let ledger = ledger();
    let before = made(&ledger, ReportName::Completeness, Some("2024-11-05")).unwrap_err();
    assert_eq!(
        before.to_string(),
        "days overdue cannot be counted on 2024-11-05: the record's state is that of 2024-11-06"
    );
    let other = made(&ledger, ReportName::Burn, Some("2024-11-06")).unwrap_err();
    assert_eq!(
        other.to_string(),
        "the report `burn` counts no days overdue; only `completeness` does"
    );
}
