//! The totals that the demonstration prints.

use nachweis_domain::{key::RoundCode, language::Language, money::Money};
use nachweis_service::{GroupBy, Report, ReportName, ReportRequest, Service, Value};

use super::{ROUND, Stage, play::Played};
use crate::{failure::Failure, say};

/// Prints what the record holds now, taken from the reports themselves.
pub(super) fn print(stage: &Stage, played: &Played, all_agree: bool) -> Result<(), Failure> {
    let language = stage.language();
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: Some(GroupBy::Subproject),
        quarter: None,
        on: None,
    };
    let burn = stage
        .service
        .report(&Service::operator(), &RoundCode::new(ROUND), &request)?;
    let count = |count: u64| language.group(count);
    let subprojects = burn.tables.first().map_or(0, |table| table.rows.len());
    let rows = [
        (
            language.pick("Teilvorhaben", "Subprojects"),
            count(wide(subprojects)),
        ),
        (
            language.pick("bewilligt", "awarded"),
            total(&burn, "awarded").display(language),
        ),
        (
            language.pick("gemeldet", "reported"),
            total(&burn, "reported").display(language),
        ),
        (
            language.pick("angenommen", "accepted"),
            total(&burn, "accepted").display(language),
        ),
        (
            language.pick("Arbeitsmappen", "Workbooks"),
            count(wide(played.workbooks)),
        ),
        (language.pick("Fehler", "Errors"), count(played.blocking)),
        (language.pick("Warnungen", "Warnings"), count(played.warnings)),
        (language.pick("Hinweise", "Notices"), count(played.notices)),
        (
            language.pick("Kontrollsummen", "Control totals"),
            agreement(language, all_agree).to_owned(),
        ),
        (
            language.pick("Berichte", "Reports"),
            stage.folder.path().join("reports").display().to_string(),
        ),
    ];
    for (name, value) in rows {
        say::line(&format!("{name:<15} {value}"))?;
    }
    Ok(())
}

const fn agreement(language: Language, agree: bool) -> &'static str {
    if agree {
        language.pick("stimmen überein", "agree")
    } else {
        language.pick("stimmen NICHT überein", "do NOT agree")
    }
}

/// The total of a money column of a report's first table.
fn total(report: &Report, column: &str) -> Money {
    let found = report.tables.first().and_then(|table| {
        let place = table.columns.iter().position(|each| each.key == column)?;
        table.totals.as_ref()?.get(place)
    });
    match found {
        Some(Value::Money(money)) => *money,
        _ => Money::ZERO,
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
