//! `nachweis import`: takes in many workbooks, with a progress bar and a summary.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use nachweis_domain::language::{Language, Text};
use nachweis_service::{FileOutcome, ImportSummary, ImportedFile, Progress, Service};

use crate::{Outcome, args::ImportArgs, failure::Failure, open, say, settings::Settings};

/// Takes in workbooks; exit status 1 when one of them is not kept or cannot be submitted.
pub(crate) fn run(args: &ImportArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let files = workbooks(&args.paths)?;
    if files.is_empty() {
        return Err(nothing_found(&args.paths));
    }
    let service = open::service(settings)?;
    let operator = Service::operator();
    let summary = service.import_workbooks(&operator, &files, &Bar::new())?;
    report(&summary, settings.lang)?;
    let refused = if args.submit {
        submit_clean(&service, &summary, settings.lang)
    } else {
        0
    };
    let count = summary.count();
    if let Some(stopped) = summary.stopped {
        return Err(stopped.into());
    }
    Ok(if count.not_kept + count.blocked + refused > 0 {
        Outcome::Blocking
    } else {
        Outcome::Clean
    })
}

/// The files named, and the workbooks in the folders named, in the order of their names.
fn workbooks(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, &mut files)?;
        } else if path.exists() {
            files.push(path.clone());
        } else {
            return Err(Failure::missing_file(path));
        }
    }
    Ok(files)
}

/// Folders in which there is no workbook: most likely the wrong ones.
fn nothing_found(paths: &[PathBuf]) -> Failure {
    let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let places = places.join(", ");
    Failure::new(Text::new(
        format!("In {places} ist keine Arbeitsmappe (*.xlsx). Bitte den Ordner prüfen."),
        format!("There is no workbook (*.xlsx) in {places}. Please check the folder."),
    ))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::unreadable(folder, &error);
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else if entry
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
            && !is_lock(&entry)
        {
            files.push(entry);
        }
    }
    Ok(())
}

/// Spreadsheet programs leave `~$name.xlsx` beside an open workbook.
fn is_lock(file: &Path) -> bool {
    file.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("~$"))
}

/// Submits what has neither errors nor warnings; warnings need a person's comment. One that is refused keeps the others from
/// nothing. Gives how many were refused.
fn submit_clean(service: &Service, summary: &ImportSummary, language: Language) -> usize {
    let mut refused = 0_usize;
    for file in &summary.files {
        if let FileOutcome::Kept(upload) = &file.outcome
            && upload.blocking == 0
            && upload.warnings == 0
            && let Err(error) = service.submit(&Service::operator(), upload.id, &[])
        {
            refused = refused.saturating_add(1);
            say::note(&format!("{}: {}", file.path.display(), error.text(language)));
        }
    }
    if refused > 0 {
        say::note(&match language {
            Language::De => format!(
                "Nicht eingereicht: {refused}. Die genannten bitte klären und mit `nachweis submit` einreichen."
            ),
            Language::En => format!(
                "Not submitted: {refused}. Please settle the ones named and hand them in with `nachweis submit`."
            ),
        });
    }
    refused
}

fn report(summary: &ImportSummary, language: Language) -> Result<(), Failure> {
    for file in &summary.files {
        if let Some(text) = remark(file, language) {
            say::line(&format!("{}: {text}", file.path.display()))?;
        }
    }
    let count = summary.count();
    say::line(&match language {
        Language::De => format!(
            "{} übernommen, davon {} mit Fehlern und {} mit Warnungen; {} schon vorhanden, {} nicht übernommen; Feststellungen: {}.",
            counted(&count.kept, "Arbeitsmappe", "Arbeitsmappen"),
            count.blocked,
            count.with_warnings,
            count.same,
            count.not_kept,
            count.findings
        ),
        Language::En => format!(
            "{} taken in, {} of them with errors and {} with warnings; {} were there before, {} not taken in; findings: {}.",
            counted(&count.kept, "workbook", "workbooks"),
            count.blocked,
            count.with_warnings,
            count.same,
            count.not_kept,
            count.findings
        ),
    })
}

fn remark(file: &ImportedFile, language: Language) -> Option<String> {
    match &file.outcome {
        FileOutcome::Kept(upload) if upload.blocking > 0 => Some(match language {
            Language::De => {
                let warnings = counted(&upload.warnings, "Warnung", "Warnungen");
                format!("{} Fehler, {warnings}", upload.blocking)
            }
            Language::En => {
                let errors = counted(&upload.blocking, "error", "errors");
                format!("{errors}, {}", counted(&upload.warnings, "warning", "warnings"))
            }
        }),
        FileOutcome::Kept(_) | FileOutcome::Same(_) => None,
        FileOutcome::NotKept(error) => Some(error.text(language)),
    }
}

/// `1 Warnung`, `2 Warnungen`.
fn counted<N: std::fmt::Display + PartialEq + From<u8>>(count: &N, one: &str, many: &str) -> String {
    let is_one = *count == N::from(1);
    format!("{count} {}", if is_one { one } else { many })
}

/// The bar on standard error; nothing when that is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::no_length().with_style(style))
    }
}

impl Progress for Bar {
    fn begin(&self, files: usize) {
        self.0.set_length(u64::try_from(files).unwrap_or(u64::MAX));
    }

    fn done(&self, _: &ImportedFile) {
        self.0.inc(1);
    }
}
