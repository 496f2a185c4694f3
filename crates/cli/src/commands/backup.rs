//! `nachweis backup` and `nachweis restore`.

use std::path::Path;

use nachweis_domain::language::Language;
use nachweis_service::{BackupManifest, Clock};

use super::verify;
use crate::{Outcome, failure::Failure, open, say, settings::Settings};

/// Writes a backup and prints what it holds.
pub(crate) fn run(file: &Path, settings: &Settings) -> Result<Outcome, Failure> {
    let manifest = nachweis_service::backup(&open::database(settings)?, file, &Clock::system())?;
    say::line(&held(&manifest, settings.lang))?;
    Ok(Outcome::Clean)
}

/// Restores a backup, prints what was compared with it, and verifies the restored record. Status 1 when something in it
/// is not what was recorded: the backup held it already.
pub(crate) fn restore(file: &Path, settings: &Settings) -> Result<Outcome, Failure> {
    // Asked for before anything is kept: verification needs them afterwards.
    let database_url = open::service_settings(settings)?.database_url;
    let manifest = nachweis_service::restore(&database_url, file)?;
    say::line(&held(&manifest, settings.lang))?;
    let totals = settings.lang.group(count(manifest.totals.len()));
    say::line(&match settings.lang {
        Language::De => format!(
            "Wiederhergestellt: alle Zeilen, der Kopf des Journals und {totals} Kontrollsummen stimmen mit der Sicherung überein."
        ),
        Language::En => format!(
            "Restored: all rows, the head of the journal and {totals} control totals agree with the backup."
        ),
    })?;
    verify::record(settings)
}

fn held(manifest: &BackupManifest, language: Language) -> String {
    let rows = language.group(manifest.rows());
    let tables = manifest.tables.len();
    let entries = language.group(manifest.head_position);
    let link = manifest.head_link.as_deref().unwrap_or("-");
    let content = manifest.content_sha256();
    match language {
        Language::De => format!(
            "{tables} Tabellen, {rows} Zeilen, Inhalt {content}.\nJournal: {entries} Einträge, Kopf {link}."
        ),
        Language::En => format!(
            "{tables} tables, {rows} rows, content {content}.\nJournal: {entries} entries, head {link}."
        ),
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
