//! What an import did, for people: what was read as what, each row not taken with its reason, and at the end the sums.

use nachweis_domain::language::Language;
use nachweis_service::{Keep, NotTakenRow, ProgrammeReport, TakenRow};

use crate::args::ProgrammeImportArgs;

/// The lines of the report. What a person should look at stands last, next to the sums.
pub(super) fn lines(args: &ProgrammeImportArgs, report: &ProgrammeReport, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = report
        .notes
        .iter()
        .map(|note| note.get(language).to_owned())
        .collect();
    if args.all_rows {
        lines.extend(report.taken.iter().map(|row| taken(row, language)));
    }
    let (doubtful, harmless): (Vec<_>, Vec<_>) =
        report.not_taken.iter().partition(|row| row.reason.is_doubtful());
    lines.extend(harmless.iter().map(|row| not_taken(row, language)));
    if !doubtful.is_empty() {
        lines.push(
            language
                .pick(
                    "Bitte prüfen Sie diese Zeilen, sie können Vorhaben sein:",
                    "Please check these rows, they may be operations:",
                )
                .to_owned(),
        );
        lines.extend(doubtful.iter().map(|row| not_taken(row, language)));
    }
    lines.extend(changed(report, language));
    lines.push(summary(args, report, doubtful.len(), language));
    lines.extend(categories(report, language));
    lines.extend(record(report, language));
    lines
}

fn taken(row: &TakenRow, language: Language) -> String {
    let remarks: Vec<&str> = row.notes.iter().map(|note| note.get(language)).collect();
    let amount = row.amount.display(language);
    format!(
        "{}:{}\t{}\t{amount}\t{}",
        row.sheet,
        row.row,
        row.no,
        remarks.join(" ")
    )
}

fn not_taken(row: &NotTakenRow, language: Language) -> String {
    let reason = row.reason.text();
    let place = language.pick("nicht übernommen", "not taken");
    format!("{}:{} {place}: {}", row.sheet, row.row, reason.get(language))
}

/// `liste.xlsx: 1.758 Vorhaben, zusammen 70.381.602,42 €; 12 Zeilen nicht übernommen, davon 2 zu prüfen.`
fn summary(
    args: &ProgrammeImportArgs,
    report: &ProgrammeReport,
    doubtful: usize,
    language: Language,
) -> String {
    let file = args.file.display();
    let total = report.total.display(language);
    let taken = counted(
        report.taken.len(),
        language,
        ["Vorhaben", "Vorhaben"],
        ["operation", "operations"],
    );
    let left = counted(
        report.not_taken.len(),
        language,
        ["Zeile", "Zeilen"],
        ["row", "rows"],
    );
    let doubtful = match (doubtful, language) {
        (0, _) => String::new(),
        (count, Language::De) => format!(", davon {} zu prüfen", group(count, language)),
        (count, Language::En) => format!(", {} of them to be checked", group(count, language)),
    };
    match language {
        Language::De => format!("{file}: {taken}, zusammen {total}; {left} nicht übernommen{doubtful}."),
        Language::En => format!("{file}: {taken}, {total} in total; {left} not taken{doubtful}."),
    }
}

fn categories(report: &ProgrammeReport, language: Language) -> Vec<String> {
    let each = report.by_category.iter().map(|(category, (count, sum))| {
        let count = counted(
            *count,
            language,
            ["Vorhaben", "Vorhaben"],
            ["operation", "operations"],
        );
        format!(
            "  {}: {count}, {}",
            category.name().get(language),
            sum.display(language)
        )
    });
    each.collect()
}

/// The subprojects that the record has otherwise.
fn changed(report: &ProgrammeReport, language: Language) -> Vec<String> {
    let each = report.changes.changed.iter().map(|changed| {
        let what = changed.what.get(language);
        match language {
            Language::De => format!("{} geändert: {what}.", changed.no),
            Language::En => format!("{} changed: {what}.", changed.no),
        }
    });
    each.collect()
}

/// What is new in the record, what stays, and whether anything was recorded at all.
fn record(report: &ProgrammeReport, language: Language) -> Vec<String> {
    let found = &report.changes;
    let round = &report.round;
    let [new, changed, same] =
        [found.new, found.changed.len(), found.same].map(|count| group(count, language));
    let mut lines = vec![match (found.is_nothing(), language) {
        (true, Language::De) => format!("Die Runde {round} bleibt unverändert: Alles steht schon so in ihr."),
        (true, Language::En) => format!("The round {round} stays as it is: everything is in it already."),
        (_, Language::De) => {
            format!("In der Runde {round}: {new} neu, {changed} geändert, {same} unverändert.")
        }
        (_, Language::En) => format!("In the round {round}: {new} new, {changed} changed, {same} unchanged."),
    }];
    lines.extend(additions(report, language));
    if found.others > 0 {
        let others = group(found.others, language);
        let sum = found.others_awarded.display(language);
        lines.push(match language {
            Language::De => {
                format!("Nicht in dieser Datei, aber in der Runde: {others} ({sum}). Sie bleiben.")
            }
            Language::En => format!("Not in this file, but in the round: {others} ({sum}). They stay."),
        });
    }
    if report.keep == Keep::Nothing {
        let rehearsal = language.pick(
            "Probelauf: Es wurde nichts gespeichert. Ohne --dry-run wird die Datei übernommen.",
            "Dry run: nothing was recorded. Without --dry-run the file is taken in.",
        );
        lines.push(rehearsal.to_owned());
    }
    lines
}

/// Plan versions and payments that are new, where there are any besides the first plans of new subprojects.
fn additions(report: &ProgrammeReport, language: Language) -> Option<String> {
    let found = &report.changes;
    let payments = found.payments;
    if found.plans <= found.new && payments.count == 0 {
        return None;
    }
    let plans = counted(
        found.plans,
        language,
        ["neue Planfassung", "neue Planfassungen"],
        ["new plan version", "new plan versions"],
    );
    let count = counted(
        payments.count,
        language,
        ["neue Auszahlung", "neue Auszahlungen"],
        ["new payment", "new payments"],
    );
    let total = payments.total.display(language);
    Some(match language {
        Language::De => format!("{plans}; {count}, zusammen {total}."),
        Language::En => format!("{plans}; {count}, {total} in total."),
    })
}

fn group(count: usize, language: Language) -> String {
    language.group(u64::try_from(count).unwrap_or(u64::MAX))
}

/// A count with its noun: one and several, German and English.
fn counted(count: usize, language: Language, de: [&str; 2], en: [&str; 2]) -> String {
    let [one, several] = match language {
        Language::De => de,
        Language::En => en,
    };
    format!(
        "{} {}",
        group(count, language),
        if count == 1 { one } else { several }
    )
}
