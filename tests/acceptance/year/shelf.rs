//! The shelf: every report of every day as it was issued, and whether it comes out again.

use std::fs;

use chrono::{DateTime, SecondsFormat, Utc};
use nachweis_domain::key::RoundCode;
use nachweis_tests::service::Person;

use super::stage::{Stage, ran};

/// All reports.
const REPORTS: [&str; 5] = ["burn", "indicators", "completeness", "funding", "deviations"];
/// What a report is kept as that counts corrections in the quarter that they correct.
const CORRECTED: &str = "as corrected";
/// What of a closed quarter is no longer as it was frozen.
const DIFFERENCES: &str = "differences";
/// What the rule on trial would hit.
pub(super) const EFFECT: &str = "rules effect";
/// The audit workbook, and the effect of rules as a workbook, are kept on each so many days.
const AUDITED: usize = 6;
/// Each so many kept reports are made once more at the command line.
const AT_THE_DESK: usize = 9;

/// A report as it was issued.
pub(super) struct Kept {
    moment: DateTime<Utc>,
    name: &'static str,
    form: &'static str,
    path: String,
    bytes: Vec<u8>,
}

impl Kept {
    fn fetched(
        moment: DateTime<Utc>,
        (name, form): (&'static str, &'static str),
        path: String,
        reader: &Person<'_>,
    ) -> Self {
        let answer = reader.get(&path);
        assert_eq!(answer.status, 200, "{path} at {moment}");
        Self {
            moment,
            name,
            form,
            path,
            bytes: answer.body,
        }
    }
}

/// Reports in the order in which they were issued.
#[derive(Default)]
pub(super) struct Shelf {
    kept: Vec<Kept>,
    days: usize,
}

impl Shelf {
    /// Whether nothing was kept yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Days and reports kept.
    pub(super) const fn size(&self) -> (usize, usize) {
        (self.days, self.kept.len())
    }

    /// Fetches all reports of a moment.
    pub(super) fn fetched(
        &self,
        moment: DateTime<Utc>,
        manager: &Person<'_>,
        auditor: &Person<'_>,
        round: &RoundCode,
    ) -> Vec<Kept> {
        let second = if self.days.is_multiple_of(2) {
            "csv"
        } else {
            "xlsx"
        };
        let forms = REPORTS
            .into_iter()
            .flat_map(|name| [(name, "json"), (name, second)]);
        let mut fetched: Vec<Kept> = forms
            .map(|(name, form)| {
                let path = format!("/reports/{name}?round={round}&format={form}&lang=de");
                Kept::fetched(moment, (name, form), path, manager)
            })
            .collect();
        for name in ["burn", "deviations"] {
            let path = format!("/reports/{name}?round={round}&format=json&view=corrected");
            fetched.push(Kept::fetched(moment, (CORRECTED, "json"), path, manager));
        }
        for closed in closed(auditor, round) {
            let path = format!("/rounds/{round}/quarters/{closed}/differences?format=json");
            fetched.push(Kept::fetched(moment, (DIFFERENCES, "json"), path, auditor));
        }
        let mut effect = |form| {
            let path = format!("/rounds/{round}/rules/effect?format={form}&lang=de");
            fetched.push(Kept::fetched(moment, (EFFECT, form), path, manager));
        };
        effect("json");
        if self.days.is_multiple_of(AUDITED) {
            effect("xlsx");
            let path = format!("/exports/audit.xlsx?round={round}&lang=de");
            fetched.push(Kept::fetched(moment, ("audit", "xlsx"), path, auditor));
        }
        fetched
    }

    /// Keeps the reports of a day.
    pub(super) fn keep(&mut self, fetched: Vec<Kept>) {
        self.kept.extend(fetched);
        self.days += 1;
    }

    /// What a report of an evening said.
    pub(super) fn said(&self, day: &str, name: &str) -> serde_json::Value {
        let found = self.kept.iter().find(|kept| {
            kept.moment.date_naive().to_string() == day && (kept.name, kept.form) == (name, "json")
        });
        let found = found.unwrap_or_else(|| panic!("{name} of {day} was kept"));
        serde_json::from_slice(&found.bytes).expect("JSON")
    }
}

/// The quarters that are closed.
fn closed(reader: &Person<'_>, round: &RoundCode) -> Vec<String> {
    let answer = reader.get(&format!("/rounds/{round}/closings"));
    let closings: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    let quarters = closings.as_array().expect("closings").iter();
    quarters
        .map(|closing| closing["quarter"].as_str().expect("a quarter").to_owned())
        .collect()
}

/// Everything on the shelf comes out again, byte for byte: over HTTP all of it, at the command line each so many.
pub(super) fn all_comes_out_again(stage: &Stage) {
    let (manager, auditor) = (stage.person("mia"), stage.person("anna"));
    for (number, kept) in stage.shelf.kept.iter().enumerate() {
        let moment = kept.moment.to_rfc3339_opts(SecondsFormat::Secs, true);
        let reader = if kept.name == "audit" { &auditor } else { &manager };
        let again = reader.get(&format!("{}&as_of={moment}", kept.path));
        assert_eq!(again.status, 200, "{} as of {moment}", kept.path);
        assert!(again.body == kept.bytes, "{} as of {moment} differs", kept.path);
        let has_command = REPORTS.contains(&kept.name) || [DIFFERENCES, EFFECT].contains(&kept.name);
        if number.is_multiple_of(AT_THE_DESK) && has_command {
            comes_out_at_the_desk(stage, kept);
        }
    }
}

/// The day alone stands for its end.
fn comes_out_at_the_desk(stage: &Stage, kept: &Kept) {
    let day = kept.moment.date_naive().to_string();
    let round = stage.cast.round.code.to_string();
    let which = match kept.path.split('/').nth(4) {
        Some(quarter) if kept.name == DIFFERENCES => vec![DIFFERENCES, "--quarter", quarter],
        _ if kept.name == EFFECT => vec!["rules", "effect"],
        _ => vec!["report", kept.name],
    };
    let how = [
        "--round", &round, "--format", kept.form, "--as-of", &day, "-o", "again",
    ];
    ran(&stage.desk.run(which.into_iter().chain(how)));
    let again = fs::read(stage.desk.file("again")).expect("the report was written");
    assert!(
        again == kept.bytes,
        "{} {} of {day} differs at the desk",
        kept.name,
        kept.form
    );
}
