//! "There is no such thing", with its name: what was asked for, and what there is or how to list it.
//!
//! The service answers alike for what is not there and what the caller may not see; on the command line everything may be
//! seen, so that it can be said plainly.

use nachweis_domain::{language::Text, quarter::Quarter, round::FundingRound};
use nachweis_service::ServiceError;

use crate::failure::Failure;

/// Names what was asked for where the service knows only that there is none.
pub(crate) trait OrUnknown<T> {
    /// The value, or `unknown` where there is no such thing.
    ///
    /// # Errors
    /// `unknown`, or what else the service says.
    fn or_unknown(self, unknown: impl FnOnce() -> Failure) -> Result<T, Failure>;
}

impl<T> OrUnknown<T> for Result<T, ServiceError> {
    fn or_unknown(self, unknown: impl FnOnce() -> Failure) -> Result<T, Failure> {
        self.map_err(|error| match error {
            ServiceError::Hidden => unknown(),
            other => other.into(),
        })
    }
}

/// A round that is not among those there are.
pub(crate) fn round(asked: &str, rounds: &[FundingRound]) -> Failure {
    let known: Vec<&str> = rounds.iter().map(|round| round.code.as_str()).collect();
    let known = known.join(", ");
    Failure::new(Text::new(
        format!("Die Runde „{asked}“ gibt es nicht. Möglich sind: {known}."),
        format!("There is no round “{asked}”. Possible are: {known}."),
    ))
}

/// A subproject that the record does not hold.
pub(crate) fn subproject(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!(
            "Das Teilvorhaben „{asked}“ gibt es nicht. Alle Nummern zeigt `nachweis report burn --group-by subproject`."
        ),
        format!(
            "There is no subproject “{asked}”. `nachweis report burn --group-by subproject` shows all numbers."
        ),
    ))
}

/// An upload that the record does not hold.
pub(crate) fn upload(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!(
            "Den Upload {asked} gibt es nicht, oder das Konto darf ihn nicht sehen. Auch Teilvorhaben und Quartal benennen ihn, etwa IQ23-NW-017/2024-Q3."
        ),
        format!(
            "There is no upload {asked}, or the account may not see it. Subproject and quarter name it as well, like IQ23-NW-017/2024-Q3."
        ),
    ))
}

/// A quarter with which nothing was frozen.
pub(crate) fn closing(asked: Quarter) -> Failure {
    Failure::new(Text::new(
        format!(
            "Das Quartal {asked} ist nicht abgeschlossen; eingefroren ist nichts. Alle Abschlüsse zeigt `nachweis closings`."
        ),
        format!(
            "The quarter {asked} is not closed; nothing is frozen. `nachweis closings` shows all closings."
        ),
    ))
}

/// A reopening that the record does not hold.
pub(crate) fn reopening(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!(
            "Die Wiederöffnung {asked} gibt es nicht, oder das Konto darf sie nicht sehen. Alle Wiederöffnungen zeigt `nachweis reopenings`."
        ),
        format!(
            "There is no reopening {asked}, or the account may not see it. `nachweis reopenings` shows all reopenings."
        ),
    ))
}

/// A waiver that the record does not hold.
pub(crate) fn waiver(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!(
            "Die Ausnahme {asked} gibt es nicht, oder das Konto darf sie nicht sehen. Alle Ausnahmen zeigt `nachweis waiver list`."
        ),
        format!(
            "There is no waiver {asked}, or the account may not see it. `nachweis waiver list` shows all waivers."
        ),
    ))
}

/// A hold that the record does not hold.
pub(crate) fn hold(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!("Die Aufbewahrungssperre {asked} gibt es nicht. Alle zeigt `nachweis retention hold list`."),
        format!("There is no hold {asked}. `nachweis retention hold list` shows all."),
    ))
}

/// An erasure that the record does not hold.
pub(crate) fn erasure(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!("Die Löschung {asked} gibt es nicht. Alle zeigt `nachweis retention erase list`."),
        format!("There is no erasure {asked}. `nachweis retention erase list` shows all."),
    ))
}

/// An account that does not exist.
pub(crate) fn account(asked: &str) -> Failure {
    Failure::new(Text::new(
        format!("Das Konto „{asked}“ gibt es nicht. Alle Konten zeigt `nachweis user list`."),
        format!("There is no account “{asked}”. `nachweis user list` shows all accounts."),
    ))
}
