//! `nachweis migrate`: brings a database to this version.

use crate::{Outcome, failure::Failure, open, say, settings::Settings};

/// Applies what is missing and prints the names of what was applied.
pub(crate) fn run(settings: &Settings) -> Result<Outcome, Failure> {
    let applied = nachweis_service::migrate(&open::database(settings)?)?;
    for name in &applied {
        say::line(name)?;
    }
    if applied.is_empty() {
        say::note(settings.lang.pick(
            "Die Datenbank ist auf dem neuesten Stand.",
            "The database is up to date.",
        ));
    }
    Ok(Outcome::Clean)
}
