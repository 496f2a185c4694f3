//! Notes the head of the journal in a file outside the database while the service runs.

use std::{path::PathBuf, thread, time::Duration};

use nachweis_domain::language::Language;
use nachweis_service::{HeadKey, Service};

use crate::{commands::head::warnings, say};

/// How often the head is noted.
const EVERY: Duration = Duration::from_hours(1);

/// Notes the head now and then once an hour, on a thread of its own that ends with the program. What goes wrong is told
/// and tried again: a journal that no longer grew from a noted head is told each time.
pub(super) fn note_on_schedule(service: Service, key: HeadKey, file: PathBuf, language: Language) {
    thread::spawn(move || {
        // Of before the start nothing is known but what the file holds.
        let mut kept = 0;
        loop {
            match service.note_head(&key, &file) {
                Ok(noted) => {
                    for warning in warnings(&noted, kept, &file) {
                        tracing::warn!(file = %file.display(), "{}", warning.en);
                        say::note(warning.get(language));
                    }
                    kept = noted.kept;
                    tracing::info!(position = noted.signed.head.position, "head of the journal noted");
                }
                Err(error) => {
                    tracing::error!(%error, "head of the journal not noted");
                    say::note(&error.text(language));
                }
            }
            thread::sleep(EVERY);
        }
    });
}
