//! The names of the states of an upload.

use nachweis_domain::{language::Text, record::UploadState};

/// The name of a state for people.
pub fn name(state: UploadState) -> Text {
    match state {
        UploadState::Blocked => Text::new("fehlerhaft", "blocked by findings"),
        UploadState::Checked => Text::new("geprüft, nicht eingereicht", "checked, not submitted"),
        UploadState::Submitted => Text::new("eingereicht", "submitted"),
        UploadState::Endorsed => Text::new("befürwortet", "endorsed"),
        UploadState::Accepted => Text::new("angenommen", "accepted"),
        UploadState::Returned => Text::new("zurückgegeben", "returned"),
        UploadState::Superseded => Text::new("ersetzt", "superseded"),
    }
}
