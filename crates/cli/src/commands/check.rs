//! `nachweis check`: the same reading and rules as the service, offline and without a database.

use std::path::{Path, PathBuf};

use nachweis_domain::{
    finding::{Finding, Severity},
    language::{Language, Text},
    record::RatedFinding,
    round::FundingRound,
};
use nachweis_service::{CheckOutcome, ConfinedReader, ServiceError, check};
use serde::Serialize;

use crate::{Outcome, args::CheckArgs, failure::Failure, open, say, settings::Settings, severity};

/// What is said of a file.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    file: &'a Path,
    subproject: Option<String>,
    quarter: Option<String>,
    refused: Option<Refused>,
    findings: Vec<Line>,
}

/// Why a file was not read.
#[derive(Debug, Serialize)]
struct Refused {
    code: String,
    message: Text,
}

/// A finding in both languages.
#[derive(Debug, Serialize)]
struct Line {
    code: &'static str,
    severity: Severity,
    cell: Option<String>,
    /// Other cells that take part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    message: Text,
    /// What is said of each cell, where one finding stands for several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part>,
}

/// What is said of one cell of several.
#[derive(Debug, Serialize)]
struct Part {
    cell: Option<String>,
    message: Text,
}

/// Checks files and prints what is wrong; exit status 1 when one of them could not be submitted.
pub(crate) fn run(args: &CheckArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let rounds = std::sync::Arc::new(open::rounds(settings)?);
    let reader = ConfinedReader::new(open::program()?, std::sync::Arc::clone(&rounds));
    let mut outcome = Outcome::Clean;
    let mut answers = Vec::new();
    for file in &args.files {
        let (answer, blocked) = one(file, &rounds, &reader, args, settings)?;
        if blocked {
            outcome = Outcome::Blocking;
        }
        if args.json {
            answers.push(answer);
        } else {
            print(&answer, settings.lang)?;
        }
    }
    if args.json {
        say::json(&answers)?;
    }
    Ok(outcome)
}

fn one<'a>(
    file: &'a Path,
    rounds: &[FundingRound],
    reader: &ConfinedReader,
    args: &CheckArgs,
    settings: &Settings,
) -> Result<(Answer<'a>, bool), Failure> {
    match check(rounds, reader, &open::read_workbook(file)?) {
        Ok(checked) => {
            if let Some(folder) = &args.mark {
                mark(file, folder, rounds, &checked, settings.lang)?;
            }
            Ok((answer(file, &checked), checked.is_blocked()))
        }
        Err(error @ (ServiceError::Refused(_) | ServiceError::PersonalData { .. })) => {
            Ok((refused(file, &error), true))
        }
        Err(error) => Err(error.into()),
    }
}

fn answer<'a>(file: &'a Path, checked: &CheckOutcome) -> Answer<'a> {
    let context = checked
        .reading
        .envelope
        .as_ref()
        .map(|envelope| &envelope.context);
    Answer {
        file,
        subproject: context.map(|context| context.subproject.no.to_string()),
        quarter: context.map(|context| context.quarter.to_string()),
        refused: None,
        findings: checked.findings.iter().map(line).collect(),
    }
}

fn line(rated: &RatedFinding) -> Line {
    let finding = &rated.finding;
    let cell = |finding: &Finding| finding.at.as_ref().map(ToString::to_string);
    let part = |part: &Finding| Part {
        cell: cell(part),
        message: message(part),
    };
    Line {
        code: finding.code().as_str(),
        severity: rated.severity,
        cell: cell(finding),
        related: finding.related.iter().map(ToString::to_string).collect(),
        message: message(finding),
        parts: finding.parts().iter().map(part).collect(),
    }
}

fn message(finding: &Finding) -> Text {
    Text::new(finding.message(Language::De), finding.message(Language::En))
}

fn refused<'a>(file: &'a Path, error: &ServiceError) -> Answer<'a> {
    let findings = match error {
        ServiceError::PersonalData { findings } => findings.as_slice(),
        _ => &[],
    };
    let blocking = |finding: &Finding| RatedFinding {
        finding: finding.clone(),
        severity: Severity::Blocking,
        comment: None,
        waiver: None,
    };
    Answer {
        file,
        subproject: None,
        quarter: None,
        refused: Some(Refused {
            code: error.code().to_owned(),
            message: Text::new(error.text(Language::De), error.text(Language::En)),
        }),
        findings: findings.iter().map(blocking).map(|rated| line(&rated)).collect(),
    }
}

/// Writes the marked copy; a file that is none of ours has nothing to mark.
fn mark(
    file: &Path,
    folder: &Path,
    rounds: &[FundingRound],
    checked: &CheckOutcome,
    language: Language,
) -> Result<(), Failure> {
    let Some(bytes) = checked.marked(rounds, language, None)? else {
        return Ok(());
    };
    let mut name = PathBuf::from(file.file_stem().unwrap_or_default());
    name.as_mut_os_string()
        .push(language.pick("-markiert.xlsx", "-marked.xlsx"));
    open::write(&folder.join(name), &bytes)
}

fn print(answer: &Answer<'_>, language: Language) -> Result<(), Failure> {
    let file = answer.file.display();
    let verdict = match (&answer.refused, answer.findings.len()) {
        // Each finding follows on a line of its own.
        (Some(refused), 1..) => format!("[{}] {}", refused.code, not_taken(language)),
        (Some(refused), 0) => format!("[{}] {}", refused.code, refused.message.get(language)),
        (None, 0) => language.pick("keine Hinweise", "no findings").to_owned(),
        (None, count) => summary(answer, count, language),
    };
    say::line(&format!("{file}: {verdict}"))?;
    for finding in &answer.findings {
        say::line(&format!(
            "  {} [{}] {}",
            severity::word(finding.severity, language),
            finding.code,
            finding.message.get(language)
        ))?;
    }
    Ok(())
}

fn not_taken(language: Language) -> &'static str {
    language.pick(
        "Die Arbeitsmappe enthält Angaben zu einzelnen Personen und wird nicht angenommen:",
        "The workbook holds data about single persons and is not taken:",
    )
}

fn summary(answer: &Answer<'_>, count: usize, language: Language) -> String {
    let blocking = answer
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Blocking)
        .count();
    match language {
        Language::De if count == 1 => format!("1 Hinweis, davon {blocking} Fehler"),
        Language::De => format!("{count} Hinweise, davon {blocking} Fehler"),
        Language::En if count == 1 => format!("1 finding, {blocking} of them errors"),
        Language::En => format!("{count} findings, {blocking} of them errors"),
    }
}
