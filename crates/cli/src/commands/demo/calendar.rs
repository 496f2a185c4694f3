//! The days of the story: what happens on each, so that many workbooks can be taken in together.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use nachweis_demo::{
    programme::Instalment,
    scenario::{Deed, QuarterStory},
};
use nachweis_domain::{
    context::ReportingContext, figures::QuarterlyFigures, key::SubprojectNo, quarter::Quarter,
};

/// A subproject's quarter.
pub(super) type Case = (SubprojectNo, Quarter);

/// A workbook that comes in: whose, issued for what, filled with what.
pub(super) type Arrival<'a> = (Case, &'a ReportingContext, &'a QuarterlyFigures);

/// What happens on a day, in this order.
#[derive(Default)]
pub(super) struct Day<'a> {
    /// Change notices and payments that are recorded.
    pub(super) instalments: Vec<&'a Instalment>,
    /// Workbooks that come in.
    pub(super) uploads: Vec<Arrival<'a>>,
    /// What leads submit, with their comment on warnings.
    pub(super) submits: Vec<(Case, &'static str)>,
    /// What managers decide: who, and the reason of a return.
    pub(super) decisions: Vec<(Case, u8, Option<&'static str>)>,
}

/// The moment at which the programme is recorded, before its first quarter.
pub(super) fn beginning() -> DateTime<Utc> {
    at(NaiveDate::from_ymd_opt(2022, 12, 1).unwrap_or_default(), 9)
}

/// A moment in an hour of a day; the minute differs from day to day.
pub(super) fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let minute = (day.ordinal() * 7 + hour * 13) % 60;
    day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
        .and_utc()
}

/// The days of all stories in order.
pub(super) fn days<'a>(
    stories: &'a [QuarterStory],
    instalments: &'a [Instalment],
) -> BTreeMap<NaiveDate, Day<'a>> {
    let mut days: BTreeMap<NaiveDate, Day<'_>> = BTreeMap::new();
    for instalment in instalments {
        days.entry(instalment.day)
            .or_default()
            .instalments
            .push(instalment);
    }
    for story in stories {
        for step in &story.steps {
            let day = days.entry(step.at.date_naive()).or_default();
            let case = (story.subproject.clone(), story.quarter);
            match &step.deed {
                Deed::Upload { figures, .. } => day.uploads.push((case, &story.context, figures)),
                Deed::Submit { comment } => day.submits.push((case, comment)),
                Deed::Accept { manager } => day.decisions.push((case, *manager, None)),
                Deed::Return { manager, reason } => day.decisions.push((case, *manager, Some(reason))),
            }
        }
    }
    days
}
