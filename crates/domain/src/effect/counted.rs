//! What differing verdicts come to over many uploads: by rule and one by one, over all originals and among the revisions
//! that stand; and which uploads are not counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Change, Changed, changes, subject, weight};
use crate::{
    finding::{Code, Severity},
    key::SubprojectNo,
    quarter::Quarter,
    record::{RatedFinding, Upload, UploadState},
};

/// Numbers over all uploads, and over those among them whose revision stands for its subproject and quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Both<T> {
    /// Over all.
    pub all: T,
    /// Over those that stand.
    pub standing: T,
}

impl<T> Both<T> {
    /// Counts an upload in everything that it belongs to.
    fn count(&mut self, upload: &Place, count: impl Fn(&mut T)) {
        count(&mut self.all);
        if upload.standing {
            count(&mut self.standing);
        }
    }
}

/// What would change of a rule's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Findings that would be new.
    pub found: u64,
    /// Uploads that have any of these.
    pub uploads: u64,
    /// Their subprojects.
    pub subprojects: BTreeSet<SubprojectNo>,
    /// Their quarters.
    pub quarters: BTreeSet<Quarter>,
    /// Findings that would weigh differently.
    pub weighed: u64,
    /// Findings that would say something else of the same cell.
    pub reworded: u64,
    /// Findings that would no longer be there.
    pub gone: u64,
}

/// What would change for a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleEffect {
    /// Its findings.
    pub hits: Both<Hits>,
    /// Accepted reports that it would have blocked, by a new finding or a heavier one.
    pub accepted_blocked: u64,
}

/// Uploads that were judged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// How many.
    pub uploads: u64,
    /// Those that did not block and would.
    pub newly_blocked: u64,
    /// Those that blocked and would no longer.
    pub no_longer_blocked: u64,
}

/// A single difference with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The upload.
    pub upload: Place,
    /// What differs.
    pub changed: Changed,
}

/// An upload by its place in the round, its file and its state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The quarter.
    pub quarter: Quarter,
    /// The subproject.
    pub subproject: SubprojectNo,
    /// The revision.
    pub revision: u32,
    /// Whether it stands for its subproject and quarter: the accepted one, or else the one that stands for decision, or else
    /// the newest.
    pub standing: bool,
    /// Where it stands now.
    pub state: UploadState,
    /// The name of the file as sent.
    pub file_name: String,
}

impl Place {
    /// The place of an upload.
    pub fn of(upload: &Upload, standing: bool) -> Self {
        Self {
            quarter: upload.quarter,
            subproject: upload.subproject.clone(),
            revision: upload.revision,
            standing,
            state: upload.state,
            file_name: upload.file_name.clone(),
        }
    }
}

/// Why an upload is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// Its original need not be kept any longer and was erased at this moment.
    Erased(DateTime<Utc>),
    /// Its original is missing or is not what was stored.
    Damaged,
    /// Its original is no longer read.
    Unreadable,
    /// The record no longer says what it was checked against.
    Unknown,
}

/// Uploads that are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub uploads: u64,
    /// Those among them whose originals were erased.
    pub erased: u64,
    /// The first of them, as many as the limit says.
    pub listed: Vec<(Place, Uncounted)>,
}

/// What would change over many uploads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// By rule.
    pub rules: BTreeMap<Code, RuleEffect>,
    /// The first differences in the order in which uploads were added, as many as the limit says.
    pub listed: Vec<Listed>,
    /// How many differences, and how many uploads that are not counted, are listed at most.
    pub limit: usize,
    /// How many more differences there are.
    pub further: u64,
    /// Uploads that were judged anew.
    pub judged: Both<Judged>,
    /// Uploads that were not.
    pub left_out: LeftOut,
}

impl Effect {
    /// An effect of which these rules are told, whether they change anything or not, and so many single differences.
    pub fn on(codes: impl IntoIterator<Item = Code>, limit: usize) -> Self {
        Self {
            limit,
            rules: codes
                .into_iter()
                .map(|code| (code, RuleEffect::default()))
                .collect(),
            ..Self::default()
        }
    }

    /// Adds an upload with both verdicts on it.
    pub fn add(&mut self, place: &Place, before: Vec<RatedFinding>, after: Vec<RatedFinding>) {
        let blocked = (blocks(&before), blocks(&after));
        self.judged.count(place, |judged| {
            judged.uploads += 1;
            match blocked {
                (false, true) => judged.newly_blocked += 1,
                (true, false) => judged.no_longer_blocked += 1,
                _ => {}
            }
        });
        let (mut hit, mut blocking) = (BTreeSet::new(), BTreeSet::new());
        for changed in changes(before, after) {
            let code = subject(&changed.rated.finding);
            if changed.change == Change::Found {
                hit.insert(code);
            }
            if place.state == UploadState::Accepted && changed.becomes_blocking() {
                blocking.insert(code);
            }
            self.count(code, place, &changed);
            self.list(place, changed);
        }
        for code in hit {
            let effect = self.rules.entry(code).or_default();
            effect.hits.count(place, |hits| {
                hits.uploads += 1;
                hits.subprojects.insert(place.subproject.clone());
                hits.quarters.insert(place.quarter);
            });
        }
        for code in blocking {
            self.rules.entry(code).or_default().accepted_blocked += 1;
        }
    }

    /// Adds an upload that cannot be counted.
    pub fn leave_out(&mut self, place: Place, why: Uncounted) {
        self.left_out.uploads += 1;
        if matches!(why, Uncounted::Erased(_)) {
            self.left_out.erased += 1;
        }
        if self.left_out.listed.len() < self.limit {
            self.left_out.listed.push((place, why));
        }
    }

    fn count(&mut self, code: Code, place: &Place, changed: &Changed) {
        let effect = self.rules.entry(code).or_default();
        effect.hits.count(place, |hits| {
            let number = match changed.change {
                Change::Found => &mut hits.found,
                Change::Weighed(_) => &mut hits.weighed,
                Change::Reworded => &mut hits.reworded,
                Change::Gone => &mut hits.gone,
            };
            *number += weight(&changed.rated.finding);
        });
    }

    fn list(&mut self, place: &Place, changed: Changed) {
        if self.listed.len() < self.limit {
            let upload = place.clone();
            self.listed.push(Listed { upload, changed });
        } else {
            self.further += 1;
        }
    }
}

fn blocks(findings: &[RatedFinding]) -> bool {
    findings.iter().any(|rated| rated.severity == Severity::Blocking)
}
