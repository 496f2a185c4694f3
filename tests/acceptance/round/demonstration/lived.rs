//! The demonstration looks like two years that were lived: in the audit workbook and in the reports.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Data;
use nachweis_tests::{service::Person, workbook};

/// The first day of 2023 as workbooks count days.
const DAY_OF_2023: i64 = 44_927;

/// Rows of a sheet by their headings.
struct Sheet {
    heads: Vec<String>,
    rows: Vec<Vec<Data>>,
}

impl Sheet {
    fn of(audit: &[u8], name: &str) -> Self {
        let mut rows = workbook::sheet(audit, name).into_iter();
        let heads = rows.next().expect("a heading");
        Self {
            heads: heads.iter().map(ToString::to_string).collect(),
            rows: rows.collect(),
        }
    }

    /// The cells of a column as text; moments and days as the numbers they are.
    fn column(&self, head: &str) -> Vec<String> {
        let place = self.heads.iter().position(|found| found == head);
        let place = place.unwrap_or_else(|| panic!("no column {head} in {:?}", self.heads));
        let cell = |row: &Vec<Data>| row.get(place).map(ToString::to_string).unwrap_or_default();
        self.rows.iter().map(cell).collect()
    }

    /// The days of a column of moments, counted from 1899-12-30.
    fn days(&self, head: &str) -> Vec<i64> {
        let numbers = self.column(head).into_iter();
        numbers
            .map(|number| {
                number
                    .split('.')
                    .next()
                    .unwrap_or_default()
                    .parse()
                    .expect("a moment")
            })
            .collect()
    }
}

/// Who handed in and decided, and when plans and payments were recorded.
pub(super) fn two_years_are_lived(audit: &[u8]) {
    leads_hand_in_and_managers_decide(&Sheet::of(audit, "Vorgänge"));
    let payments = Sheet::of(audit, "Auszahlungen");
    let (paid, recorded) = (payments.days("Ausgezahlt am"), payments.days("Erfasst am"));
    for (paid, recorded) in paid.iter().zip(&recorded) {
        assert!(
            (1..=40).contains(&(recorded - paid)),
            "paid {paid}, recorded {recorded}"
        );
    }
    let days: BTreeSet<i64> = recorded.into_iter().collect();
    assert!(days.len() >= 10, "payments are recorded month by month: {days:?}");
    assert!(days.last().unwrap() - days.first().unwrap() > 500, "{days:?}");
    let plans = Sheet::of(audit, "Planfassungen");
    let versions = plans.column("Fassung").into_iter().zip(plans.days("Erfasst am"));
    let later: BTreeSet<i64> = versions
        .filter(|(version, _)| version != "1")
        .map(|(_, day)| day)
        .collect();
    assert!(
        later.len() >= 4,
        "change notices come one after the other: {later:?}"
    );
    assert!(later.iter().all(|day| *day > DAY_OF_2023), "{later:?}");
    let corrections = Sheet::of(audit, "Belege").column("Korrigiert Quartal");
    let corrections = corrections.iter().filter(|quarter| !quarter.is_empty()).count();
    assert!((15..=90).contains(&corrections), "{corrections}");
}

fn leads_hand_in_and_managers_decide(steps: &Sheet) {
    let subprojects = steps.column("Teilvorhaben");
    let (uploaded, submitted) = (steps.column("Hochgeladen von"), steps.column("Eingereicht von"));
    let mut of_subproject: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((no, uploaded), submitted) in subprojects.iter().zip(&uploaded).zip(&submitted) {
        let leads = of_subproject.entry(no).or_default();
        leads.insert(uploaded);
        leads.extend(Some(submitted.as_str()).filter(|name| !name.is_empty()));
    }
    assert_eq!(of_subproject.len(), 270);
    let leads: BTreeSet<&str> = of_subproject
        .into_iter()
        .map(|(no, leads)| {
            assert_eq!(leads.len(), 1, "{no} has one lead: {leads:?}");
            leads.into_iter().next().unwrap()
        })
        .collect();
    assert_eq!(leads.len(), 270, "no two subprojects have the same lead");
    let deciders: BTreeSet<String> = steps.column("Entschieden von").into_iter().collect();
    let deciders: Vec<&str> = deciders
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(deciders, ["manager", "manager-2", "manager-3"]);
    let reasons = steps.column("Begründung der Rückgabe");
    assert!(
        reasons.iter().any(|reason| reason.starts_with("Bitte")),
        "some are returned"
    );
}

/// Overruns with and without offset stand in the report of deviations, above and below the limit.
pub(super) fn the_20_percent_rule_is_seen_in_every_way(manager: &Person<'_>) {
    let report = manager.get("/reports/deviations?round=2023-2025&format=json");
    assert_eq!(report.status, 200);
    let report = report.json();
    let rows = report["tables"][0]["rows"].as_array().expect("rows");
    let over = rows
        .iter()
        .filter(|row| row["over_cents"].as_i64() > Some(0))
        .count();
    assert!((8..=80).contains(&over), "{over} items lie above their plan");
    let verdicts: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row["state"]["key"].as_str())
        .collect();
    for verdict in ["within", "over", "warning", "not_offset", "consent", "limit"] {
        assert!(verdicts.contains(verdict), "{verdict} is not in {verdicts:?}");
    }
}
