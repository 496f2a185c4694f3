//! `nachweis programme import`: networks, subprojects and plans, or a published list of operations.

use std::path::Path;

use nachweis_domain::{
    key::RoundCode,
    language::{Language, Text},
};
use nachweis_service::{NotTakenRow, ProgrammeReport, Service};
use serde_json::json;

use crate::{
    Outcome,
    args::{ProgrammeCommand, ProgrammeImportArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Takes in a programme file.
pub(crate) fn run(command: &ProgrammeCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        ProgrammeCommand::Import(args) => import(args, settings),
    }
}

fn import(args: &ProgrammeImportArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let bytes = open::read(&args.file)?;
    let service = open::service(settings)?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let round = RoundCode::new(&args.round);
    let report = service
        .import_programme(&Service::operator(), &round, &name, &bytes, args.sheet.as_deref())
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    if args.json {
        say::line(&as_json(&report)?)?;
    } else {
        print(args, &report, settings.lang)?;
    }
    Ok(Outcome::Clean)
}

fn print(args: &ProgrammeImportArgs, report: &ProgrammeReport, language: Language) -> Result<(), Failure> {
    for note in &report.notes {
        say::line(note.get(language))?;
    }
    if args.all_rows {
        for row in &report.taken {
            let remarks: Vec<&str> = row.notes.iter().map(|note| note.get(language)).collect();
            let amount = row.amount.display(language);
            say::line(&format!(
                "{}:{}\t{}\t{amount}\t{}",
                row.sheet,
                row.row,
                row.no,
                remarks.join(" ")
            ))?;
        }
    }
    for row in &report.not_taken {
        say::line(&not_taken(row, language))?;
    }
    say::line(&summary(&args.file, report, language))
}

fn not_taken(row: &NotTakenRow, language: Language) -> String {
    let reason = row.reason.text();
    let place = language.pick("nicht übernommen", "not taken");
    format!("{}:{} {place}: {}", row.sheet, row.row, reason.get(language))
}

/// `liste.xlsx: 1.758 Vorhaben, zusammen 70.381.602,42 €; 12 Zeilen nicht übernommen.`
fn summary(file: &Path, report: &ProgrammeReport, language: Language) -> String {
    let file = file.display();
    let count = |count: usize| language.group(u64::try_from(count).unwrap_or(u64::MAX));
    let total = report.total.display(language);
    let (taken, left) = (count(report.taken.len()), count(report.not_taken.len()));
    match language {
        Language::De => {
            format!("{file}: {taken} Vorhaben, zusammen {total}; {left} Zeilen nicht übernommen.")
        }
        Language::En => format!("{file}: {taken} operations, {total} in total; {left} rows not taken."),
    }
}

fn as_json(report: &ProgrammeReport) -> Result<String, Failure> {
    let both = |text: &Text| json!({ "de": text.de, "en": text.en });
    let taken = report.taken.iter().map(|row| {
        json!({
            "sheet": row.sheet, "row": row.row, "no": row.no, "amount_cents": row.amount,
            "notes": row.notes.iter().map(both).collect::<Vec<_>>(),
        })
    });
    let left = report
        .not_taken
        .iter()
        .map(|row| json!({ "sheet": row.sheet, "row": row.row, "reason": both(&row.reason.text()) }));
    let whole = json!({
        "round": report.round,
        "operations": report.taken.len(),
        "total_cents": report.total,
        "notes": report.notes.iter().map(both).collect::<Vec<_>>(),
        "taken": taken.collect::<Vec<_>>(),
        "not_taken": left.collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).map_err(|error| Failure::json(&error))
}
