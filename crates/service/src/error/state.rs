//! Why the state of an upload forbids a decision, and who can lift it.

use nachweis_domain::{access::Act, language::Text, life::Turn, record::UploadState};

/// Whole sentences: the state that was found, why that forbids what was asked for, and whose turn it is.
pub(super) fn text((found, turn): (UploadState, Turn), act: Act) -> Text {
    let (state, whose) = (state(found, act), turn.sentence(found));
    Text::new(
        format!("{} {}", state.de, whose.de),
        format!("{} {}", state.en, whose.en),
    )
}

fn state(found: UploadState, act: Act) -> Text {
    match (act, found) {
        (Act::Submit, UploadState::Blocked) => Text::new(
            "Diese Fassung hat blockierende Feststellungen und kann nicht eingereicht werden.",
            "This revision has blocking findings and cannot be submitted.",
        ),
        (Act::Submit, UploadState::Returned) => Text::new(
            "Diese Fassung wurde zurückgegeben und kann nicht noch einmal eingereicht werden.",
            "This revision was returned and cannot be submitted again.",
        ),
        (_, UploadState::Blocked) => Text::new(
            "Diese Fassung hat blockierende Feststellungen und ist nicht eingereicht.",
            "This revision has blocking findings and has not been submitted.",
        ),
        (_, UploadState::Checked) => Text::new(
            "Diese Fassung ist geprüft, aber noch nicht eingereicht.",
            "This revision has been checked but not yet submitted.",
        ),
        (_, UploadState::Submitted) => Text::new(
            "Diese Fassung ist bereits eingereicht und noch nicht entschieden.",
            "This revision has already been submitted and is not yet decided.",
        ),
        (_, UploadState::Endorsed) => Text::new(
            "Diese Fassung ist bereits eingereicht und befürwortet.",
            "This revision has already been submitted and endorsed.",
        ),
        (_, UploadState::Accepted) => Text::new(
            "Diese Fassung ist bereits angenommen.",
            "This revision has already been accepted.",
        ),
        (_, UploadState::Returned) => Text::new(
            "Diese Fassung ist bereits zurückgegeben.",
            "This revision has already been returned.",
        ),
        (_, UploadState::Superseded) => Text::new(
            "Diese Fassung ist durch eine neuere ersetzt.",
            "This revision has been superseded by a newer one.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use nachweis_domain::life::{Endorsement, turn};

    use super::*;

    /// Every state for every decision, in a network and outside of one: a word that changes shows here.
    #[test]
    fn every_state_says_what_it_is_and_whose_turn_it_is() {
        let mut told = String::new();
        for act in [Act::Submit, Act::Endorse, Act::Accept, Act::Return] {
            for endorsement in [Endorsement::Needed, Endorsement::NotNeeded] {
                for found in UploadState::ALL {
                    let Text { de, en } = text((found, turn(Some(found), endorsement)), act);
                    writeln!(told, "{act:?} {endorsement:?} {found:?}\n  {de}\n  {en}").unwrap();
                }
            }
        }
        insta::assert_snapshot!(told);
    }
}
