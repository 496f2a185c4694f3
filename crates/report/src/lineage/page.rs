//! A page of the terms of a number, each with what stands behind it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    audit::{
        Behind, FigureKind, FigurePart, LocatedCell, LocatedUpload, Recorded, RecordedPayment, Revision,
    },
    key::{RoundCode, SubprojectNo},
    quarter::Quarter,
    record::Upload,
};

use super::{Amount, FigureKey, Lineage, Made, Source, Term};
use crate::{Report, ReportError};

/// Some of the terms of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineagePage {
    /// The number and how it is made; of a sum without its terms, which stand below.
    pub lineage: Lineage,
    /// The round.
    pub round: RoundCode,
    /// The moment that the figures stand for.
    pub as_of: DateTime<Utc>,
    /// The head of the journal's hash chain, where there is one.
    pub head: Option<String>,
    /// How many terms the number has in all.
    pub count: usize,
    /// The terms of this page.
    pub terms: Vec<OpenTerm>,
    /// Where the next page begins, if there is one.
    pub next: Option<usize>,
}

/// A term with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTerm {
    /// The term.
    pub term: Term,
    /// The upload, for cells and reports.
    pub upload: Option<Upload>,
    /// The cells; their values sum to the term's whole.
    pub cells: Vec<LocatedCell>,
    /// Who recorded a plan or a payment, and when.
    pub recorded: Option<Recorded>,
    /// Whether it stays shut because the reader may not see the uploads of the subproject.
    pub is_withheld: bool,
}

/// What must be read to open terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    /// Revisions whose cells are wanted.
    pub revisions: Vec<Revision>,
    /// Keys of their cells.
    pub keys: Vec<String>,
    /// Subprojects whose plans and payments are wanted.
    pub recorded_of: Vec<SubprojectNo>,
    /// Those of the revisions whose vouchers that correct other quarters are wanted.
    pub corrections_of: Vec<Revision>,
}

impl LineagePage {
    /// The terms of a page of a number of a report, not opened yet.
    pub fn cut(mut lineage: Lineage, report: &Report, after: usize, limit: usize) -> Self {
        let all = match &mut lineage.made {
            Made::Sum(terms) => std::mem::take(terms),
            Made::Formula(..) => Vec::new(),
        };
        let count = all.len();
        let end = after.saturating_add(limit);
        let terms: Vec<OpenTerm> = all
            .into_iter()
            .skip(after)
            .take(limit)
            .map(|term| OpenTerm {
                term,
                upload: None,
                cells: Vec::new(),
                recorded: None,
                is_withheld: false,
            })
            .collect();
        Self {
            lineage,
            round: report.round.clone(),
            as_of: report.as_of,
            head: report.head.clone(),
            count,
            terms,
            next: (end < count).then_some(end),
        }
    }

    /// Withholds the uploads of subprojects that the reader may not see them of: their terms stay as the report shows them, and
    /// do not open.
    pub fn withhold(&mut self, may_read: impl Fn(&SubprojectNo) -> bool) {
        for open in &mut self.terms {
            let is_of_upload = matches!(
                open.term.source,
                Source::Cells { .. } | Source::Correction { .. } | Source::Report { .. }
            );
            open.is_withheld = is_of_upload && !may_read(&open.term.subproject);
        }
    }

    /// What must be read to open the terms.
    pub fn needed(&self) -> Needed {
        Needed::of(&self.terms)
    }

    /// Opens the terms with what was read.
    ///
    /// # Errors
    /// When the cells of a term do not sum to it: a fault of this program, or of the record.
    pub fn open(&mut self, behind: &Behind) -> Result<(), ReportError> {
        self.open_with(&Indexed::of(behind))
    }

    /// The same, for many pages behind which the same was read.
    ///
    /// # Errors
    /// As [`LineagePage::open`].
    pub fn open_with(&mut self, indexed: &Indexed<'_>) -> Result<(), ReportError> {
        let mut taken: Vec<&RecordedPayment> = Vec::new();
        for open in &mut self.terms {
            open.open(indexed, &mut taken)?;
        }
        Ok(())
    }
}

impl OpenTerm {
    /// Opens a term; equal payments are told apart by those that were taken.
    fn open<'b>(
        &mut self,
        indexed: &Indexed<'b>,
        taken: &mut Vec<&'b RecordedPayment>,
    ) -> Result<(), ReportError> {
        if self.is_withheld {
            return Ok(());
        }
        match &self.term.source {
            Source::Cells {
                quarter,
                revision,
                key,
                part,
            } => {
                let upload = indexed.upload(&self.term.subproject, *quarter, *revision);
                self.upload = upload.map(|located| located.upload.clone());
                self.cells = upload.map_or_else(Vec::new, |located| cells(&located.cells, key, *part));
                check(&self.term, &self.cells)?;
            }
            Source::Correction {
                quarter,
                revision,
                corrects,
                key,
            } => {
                let upload = indexed.upload(&self.term.subproject, *quarter, *revision);
                self.upload = upload.map(|located| located.upload.clone());
                self.cells = upload.map_or_else(Vec::new, |located| vouchers(located, *corrects, key));
                check(&self.term, &self.cells)?;
            }
            Source::Report { quarter, revision } => {
                let upload = indexed.upload(&self.term.subproject, *quarter, *revision);
                self.upload = upload.map(|located| located.upload.clone());
            }
            Source::Plan { version, .. } => {
                self.recorded = indexed.plan_recorded(&self.term.subproject, *version);
            }
            Source::Payment { .. } => {
                let payment = indexed.payment(&self.term, taken);
                taken.extend(payment);
                self.recorded = payment.map(|payment| payment.recorded);
            }
            Source::Number { .. } | Source::Grant(_) | Source::Subproject => {}
        }
        Ok(())
    }
}

/// What was read behind terms, with its uploads by subproject, quarter and revision.
#[derive(Debug)]
pub struct Indexed<'a> {
    behind: &'a Behind,
    uploads: BTreeMap<(&'a str, Quarter, u32), &'a LocatedUpload>,
}

impl<'a> Indexed<'a> {
    /// Indexes what was read.
    pub fn of(behind: &'a Behind) -> Self {
        let uploads = behind.uploads.iter().map(|located| {
            let upload = &located.upload;
            let key = (upload.subproject.as_str(), upload.quarter, upload.revision);
            (key, located)
        });
        Self {
            uploads: uploads.collect(),
            behind,
        }
    }

    fn upload(
        &self,
        no: &SubprojectNo,
        quarter: Quarter,
        revision: Option<u32>,
    ) -> Option<&'a LocatedUpload> {
        self.uploads.get(&(no.as_str(), quarter, revision?)).copied()
    }

    fn plan_recorded(&self, no: &SubprojectNo, version: u32) -> Option<Recorded> {
        let mut plans = self.behind.plans.iter();
        let plan = plans.find(|plan| plan.subproject == *no && plan.version == version);
        plan.map(|plan| plan.recorded)
    }

    /// The payment of a term, if it was not taken yet.
    fn payment(&self, term: &Term, taken: &[&RecordedPayment]) -> Option<&'a RecordedPayment> {
        let Source::Payment {
            paid_on,
            source,
            amount,
        } = &term.source
        else {
            return None;
        };
        self.behind.payments.iter().find(|payment| {
            payment.subproject == term.subproject
                && (payment.paid_on, &payment.source, payment.amount) == (*paid_on, source, *amount)
                && !taken.iter().any(|taken| std::ptr::eq(*taken, *payment))
        })
    }
}

impl Needed {
    /// Adds what other terms need.
    pub fn add(&mut self, other: Self) {
        self.revisions.extend(other.revisions);
        self.keys.extend(other.keys);
        self.recorded_of.extend(other.recorded_of);
        self.corrections_of.extend(other.corrections_of);
        self.tidy();
    }

    fn of(terms: &[OpenTerm]) -> Self {
        let mut needed = Self::default();
        for OpenTerm { term, .. } in terms.iter().filter(|open| !open.is_withheld) {
            match &term.source {
                Source::Cells {
                    quarter,
                    revision,
                    key,
                    ..
                } => {
                    let revision = revision.map(|revision| (term.subproject.clone(), *quarter, revision));
                    needed.revisions.extend(revision);
                    needed.keys.push(key.as_str().to_owned());
                }
                Source::Correction {
                    quarter,
                    revision,
                    key,
                    ..
                } => {
                    let revision = revision.map(|revision| (term.subproject.clone(), *quarter, revision));
                    needed.corrections_of.extend(revision.clone());
                    needed.revisions.extend(revision);
                    needed.keys.push(key.as_str().to_owned());
                }
                Source::Report { quarter, revision } => {
                    let revision = revision.map(|revision| (term.subproject.clone(), *quarter, revision));
                    needed.revisions.extend(revision);
                }
                Source::Plan { .. } | Source::Payment { .. } => {
                    needed.recorded_of.push(term.subproject.clone());
                }
                Source::Number { .. } | Source::Grant(_) | Source::Subproject => {}
            }
        }
        needed.tidy();
        needed
    }

    fn tidy(&mut self) {
        self.revisions.sort_unstable();
        self.revisions.dedup();
        self.keys.sort_unstable();
        self.keys.dedup();
        self.recorded_of.sort_unstable();
        self.recorded_of.dedup();
        self.corrections_of.sort_unstable();
        self.corrections_of.dedup();
    }
}

/// The cells of a term. All persons together are the genders where these are typed, else the total (IND-01).
fn cells(all: &[LocatedCell], key: &FigureKey, part: FigurePart) -> Vec<LocatedCell> {
    let kind = match key {
        FigureKey::Item(_) => FigureKind::Expenditure,
        FigureKey::Source(_) => FigureKind::Fund,
        FigureKey::Indicator(_) => FigureKind::Indicator,
        FigureKey::Counter(_) => FigureKind::Counter,
    };
    let of_key = all
        .iter()
        .filter(|cell| cell.kind == kind && cell.key == key.as_str());
    let is_gender = |cell: &LocatedCell| {
        matches!(
            cell.part,
            FigurePart::Women | FigurePart::Men | FigurePart::NonBinary
        )
    };
    let rows_with_genders: Vec<u32> = of_key
        .clone()
        .filter(|cell| is_gender(cell))
        .map(|cell| cell.at.row())
        .collect();
    let is_wanted = |cell: &&LocatedCell| {
        if (kind, part) == (FigureKind::Indicator, FigurePart::Total) {
            is_gender(cell) || (cell.part == FigurePart::Total && !rows_with_genders.contains(&cell.at.row()))
        } else {
            cell.part == part
        }
    };
    of_key.filter(is_wanted).cloned().collect()
}

/// The amounts of the vouchers that correct an item in a quarter.
fn vouchers(located: &LocatedUpload, corrects: Quarter, key: &FigureKey) -> Vec<LocatedCell> {
    let all = located.corrections.iter();
    all.filter(|voucher| voucher.corrects == corrects && voucher.cell.key == key.as_str())
        .map(|voucher| voucher.cell.clone())
        .collect()
}

fn check(term: &Term, cells: &[LocatedCell]) -> Result<(), ReportError> {
    let sum: i64 = cells.iter().map(|cell| cell.value).sum();
    let whole = match term.whole {
        Amount::Money(amount) => amount.cents(),
        Amount::Count(count) => count,
        Amount::Euro(_) | Amount::Shown(_) => return Ok(()),
    };
    if sum == whole {
        return Ok(());
    }
    Err(ReportError::Parts {
        row: term.subproject.to_string(),
        column: format!("{:?}", term.source),
        parts: sum.to_string(),
        number: whole.to_string(),
    })
}
