//! Notes the head of the journal in a file outside the database while the service runs.

use std::{path::PathBuf, thread, time::Duration};

use nachweis_domain::language::Language;
use nachweis_service::{HeadKey, Service};

use crate::say;

/// How often the head is noted.
const EVERY: Duration = Duration::from_hours(1);

/// Notes the head now and then once an hour, on a thread of its own that ends with the program. What goes wrong is told
/// and tried again: a journal that no longer grew from a noted head is told each time.
pub(super) fn note_on_schedule(service: Service, key: HeadKey, file: PathBuf, language: Language) {
    thread::spawn(move || {
        loop {
            match service.note_head(&key, &file) {
                Ok(signed) => tracing::info!(position = signed.head.position, "head of the journal noted"),
                Err(error) => {
                    tracing::error!(%error, "head of the journal not noted");
                    say::note(&error.text(language));
                }
            }
            thread::sleep(EVERY);
        }
    });
}
