//! `nachweis verify --journal`: an exported journal, without any database.

use std::path::Path;

use nachweis_domain::{language::Language, proof::line};
use nachweis_service::verify_journal_file;
use serde_json::json;

use super::{heads::Kept, outcome, print};
use crate::{Outcome, args::VerifyArgs, failure::Failure, say};

/// Follows the file and compares it with kept heads. The heads of the settings may be of later than the file: those are
/// counted, not missed.
pub(super) fn verify(
    args: &VerifyArgs,
    file: &Path,
    kept: &Kept,
    language: Language,
) -> Result<Outcome, Failure> {
    let mut followed = verify_journal_file(file, &args.expected, kept.heads())?;
    let end = followed.head.position;
    let missed = followed.not_grown_from.len();
    if kept.is_by_default() {
        followed.not_grown_from.retain(|kept| kept.position <= end);
    }
    let later = missed - followed.not_grown_from.len();
    if args.json {
        let faults: Vec<String> = followed
            .faults
            .iter()
            .map(|fault| file_fault(fault, Language::En))
            .collect();
        print(&json!({
            "head": followed.head,
            "faults": faults,
            "not_met": followed.not_met,
            "not_grown_from": followed.not_grown_from,
            "kept_heads": kept.heads().len(),
            "kept_later": later,
        }))?;
        return Ok(outcome(followed.is_sound()));
    }
    for fault in &followed.faults {
        say::line(&file_fault(fault, language))?;
    }
    for hash in &followed.not_met {
        say::line(&nachweis_service::Fault::Expected { hash: *hash }.text(language))?;
    }
    for kept in &followed.not_grown_from {
        say::line(&nachweis_service::Fault::Head { kept: *kept }.text(language))?;
    }
    let head = followed.head;
    let entries = language.group(head.position);
    say::line(&match (language, followed.is_sound()) {
        (Language::De, true) => format!(
            "{entries} Einträge, Kopf {}: die Kette passt zusammen.",
            head.link
        ),
        (Language::En, true) => format!("{entries} entries, head {}: the chain fits together.", head.link),
        (Language::De, false) => "Das Journal ist NICHT unverändert.".to_owned(),
        (Language::En, false) => "The journal is NOT unchanged.".to_owned(),
    })?;
    say::line(&kept.sentence(args, language))?;
    if later > 0 {
        say::line(&match language {
            Language::De => {
                format!("{later} davon sind später als das Ende der Datei und sagen nichts über sie.")
            }
            Language::En => {
                format!("{later} of them are later than the end of the file and say nothing of it.")
            }
        })?;
    }
    Ok(outcome(followed.is_sound()))
}

fn file_fault(fault: &line::Fault, language: Language) -> String {
    match (fault, language) {
        (line::Fault::Line { line }, Language::De) => {
            format!("Zeile {line}: Sie ist nicht so, wie sie geschrieben wird.")
        }
        (line::Fault::Line { line }, Language::En) => format!("Line {line}: it is not as it is written."),
        (line::Fault::Entry { line, found }, Language::De) => {
            let text = nachweis_service::Fault::Journal { found: found.clone() }.text(language);
            format!("Zeile {line}: {text}")
        }
        (line::Fault::Entry { line, found }, Language::En) => {
            let text = nachweis_service::Fault::Journal { found: found.clone() }.text(language);
            format!("Line {line}: {text}")
        }
        (line::Fault::Head { line }, Language::De) => {
            format!("Zeile {line}: Der Kopf ist nicht der der Einträge davor.")
        }
        (line::Fault::Head { line }, Language::En) => {
            format!("Line {line}: the head is not that of the entries before it.")
        }
        (line::Fault::Truncated, Language::De) => {
            "Die Datei endet ohne ihren Kopf; es fehlen Zeilen.".to_owned()
        }
        (line::Fault::Truncated, Language::En) => {
            "The file ends without its head; lines are missing.".to_owned()
        }
    }
}
