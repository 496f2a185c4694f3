//! Playing two years: day by day workbooks come in, leads submit, managers decide.

use std::{collections::BTreeMap, path::PathBuf, thread};

use indicatif::ProgressBar;
use nachweis_demo::{
    SEED, fill,
    programme::instalments,
    scenario::{self, Settings},
};
use nachweis_domain::{
    access::Caller,
    finding::Severity,
    programme::ProgrammeImport,
    quarter::Quarter,
    record::{Upload, UploadId, WarningComment},
};
use nachweis_service::{Decided, FileOutcome, SealKey, Silent};

use super::{
    LAST_QUARTER, Stage,
    accounts::Accounts,
    calendar::{self, Arrival, Case, Day},
    programme,
};
use crate::failure::Failure;

/// What was played.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Played {
    /// Workbooks taken in.
    pub(super) workbooks: usize,
    /// Errors found in them.
    pub(super) blocking: u64,
    /// Warnings.
    pub(super) warnings: u64,
    /// Notices.
    pub(super) notices: u64,
}

/// The latest upload of each subproject's quarter, and how many there were.
type Latest = BTreeMap<Case, (Upload, u32)>;

/// Plays the story to its end.
pub(super) fn play(stage: &Stage, import: &ProgrammeImport, accounts: &Accounts) -> Result<Played, Failure> {
    stage.tell(
        "Arbeitsmappen ausgeben, füllen, prüfen und übernehmen …",
        "Issuing, filling, checking and taking in workbooks …",
    );
    let last: Quarter = LAST_QUARTER
        .parse()
        .map_err(|_never| Failure::round_missing(LAST_QUARTER))?;
    let stories = scenario::play(&stage.round, import, &Settings::demonstration(last));
    let instalments = instalments(import);
    let days = calendar::days(&stories, &instalments);
    let bar = ProgressBar::new(u64::try_from(days.len()).unwrap_or_default());
    let mut latest = Latest::new();
    let mut played = Played::default();
    for (date, day) in &days {
        for instalment in &day.instalments {
            programme::record_instalment(stage, instalment, &accounts.manager(instalment.manager))?;
        }
        stage.hand.turn_to(calendar::at(*date, 10));
        take_in(stage, accounts, day, &mut latest, &mut played)?;
        stage.hand.turn_to(calendar::at(*date, 12));
        submit(stage, accounts, day, &latest)?;
        stage.hand.turn_to(calendar::at(*date, 15));
        decide(stage, accounts, day, &latest)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(played)
}

fn take_in(
    stage: &Stage,
    accounts: &Accounts,
    day: &Day<'_>,
    latest: &mut Latest,
    played: &mut Played,
) -> Result<(), Failure> {
    if day.uploads.is_empty() {
        return Ok(());
    }
    let files = write_workbooks(stage, day, latest)?;
    let handed_in: Vec<(Caller, PathBuf)> = files
        .iter()
        .map(|((case, _), path)| (accounts.lead(&case.0), path.clone()))
        .collect();
    let summary = stage.service.import_handed_in(&handed_in, &Silent);
    for ((case, number), file) in files.into_iter().map(|(case, _)| case).zip(summary.files) {
        match file.outcome {
            FileOutcome::Kept(upload) => {
                played.workbooks += 1;
                played.blocking += u64::from(upload.blocking);
                played.warnings += u64::from(upload.warnings);
                played.notices += u64::from(upload.notices);
                latest.insert(case, (*upload, number));
            }
            FileOutcome::Same(_) => {}
            FileOutcome::NotKept(error) => return Err(error.into()),
        }
    }
    summary.stopped.map_or(Ok(()), |error| Err(error.into()))
}

type Written = ((Case, u32), PathBuf);

/// Fills and writes the workbooks of a day, on both cores.
fn write_workbooks(stage: &Stage, day: &Day<'_>, latest: &Latest) -> Result<Vec<Written>, Failure> {
    let key = SealKey::from_bytes(*stage.settings.seal_key()?.as_bytes());
    let half = day.uploads.len().div_ceil(2).max(1);
    let written = thread::scope(|scope| {
        let parts: Vec<_> = day
            .uploads
            .chunks(half)
            .map(|part| {
                let key = &key;
                scope.spawn(move || {
                    let write = |(case, context, figures): &Arrival<'_>| {
                        let number = latest.get(case).map_or(0, |(_, number)| *number) + 1;
                        let stamp = fill::stamp(SEED, context, calendar::at(case.1.last_day(), 8));
                        let bytes = fill::fill(&stage.round, context, &stamp, key, figures)
                            .map_err(nachweis_service::ServiceError::from)?;
                        let path = stage.folder.write_workbook(case.1, &case.0, number, &bytes)?;
                        Ok(((case.clone(), number), path))
                    };
                    part.iter().map(write).collect::<Result<Vec<_>, Failure>>()
                })
            })
            .collect();
        parts
            .into_iter()
            .map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect::<Vec<_>>()
    });
    let mut files = Vec::new();
    for part in written {
        files.extend(part?);
    }
    Ok(files)
}

fn submit(stage: &Stage, accounts: &Accounts, day: &Day<'_>, latest: &Latest) -> Result<(), Failure> {
    let mut decisions = Vec::new();
    for (case, comment) in &day.submits {
        if let Some((upload, _)) = latest.get(case) {
            let lead = accounts.lead(&case.0);
            let comments = if upload.warnings == 0 {
                Vec::new()
            } else {
                comments(stage, &lead, upload.id, comment)?
            };
            decisions.push((lead, upload.id, Decided::Submit(comments)));
        }
    }
    stage.service.decide_many(&decisions)?;
    Ok(())
}

/// The comment for each warning of an upload.
fn comments(
    stage: &Stage,
    lead: &Caller,
    id: UploadId,
    comment: &str,
) -> Result<Vec<WarningComment>, Failure> {
    let verdict = stage.service.upload(lead, id)?;
    let warnings = (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, finding)| finding.severity == Severity::Warning);
    Ok(warnings
        .map(|(index, finding)| WarningComment {
            finding: index,
            comment: scenario::comment_on(finding.finding.code())
                .unwrap_or(comment)
                .to_owned(),
        })
        .collect())
}

fn decide(stage: &Stage, accounts: &Accounts, day: &Day<'_>, latest: &Latest) -> Result<(), Failure> {
    let mut decisions = Vec::new();
    for (case, manager, reason) in &day.decisions {
        if let Some((upload, _)) = latest.get(case) {
            let decided = reason.map_or(Decided::Accept, |reason| Decided::Return(reason.to_owned()));
            decisions.push((accounts.manager(*manager), upload.id, decided));
        }
    }
    stage.service.decide_many(&decisions)?;
    Ok(())
}
