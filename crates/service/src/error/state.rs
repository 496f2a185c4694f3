//! Why the state of an upload forbids a decision, and who can lift it.

use nachweis_domain::{access::Act, language::Text, record::UploadState};

/// Whole sentences: what is there, and what to do or whose turn it is.
pub(super) fn text(found: UploadState, act: Act) -> Text {
    match (act, found) {
        (Act::Submit, UploadState::Blocked) => Text::new(
            "Die Arbeitsmappe hat blockierende Befunde und kann nicht eingereicht werden. Bitte die Befunde beheben und die berichtigte Datei hochladen, oder eine Ausnahme beantragen, wo es sie gibt.",
            "The workbook has blocking findings and cannot be submitted. Please correct them and upload the corrected file, or ask for a waiver where there is one.",
        ),
        (Act::Submit, UploadState::Checked) => Text::new(
            "Für dieses Quartal ist bereits eine andere Fassung eingereicht. Erst wenn die Programmsteuerung sie annimmt oder zurückgibt, kann eine neue eingereicht werden.",
            "Another revision of this quarter has already been submitted. A new one can be submitted once the programme management has accepted or returned it.",
        ),
        (Act::Submit, UploadState::Submitted) => Text::new(
            "Diese Fassung ist bereits eingereicht. Am Zug ist die Programmsteuerung.",
            "This revision has already been submitted. It is the programme management's turn.",
        ),
        (Act::Submit, UploadState::Endorsed) => Text::new(
            "Diese Fassung ist bereits eingereicht und befürwortet. Am Zug ist die Programmsteuerung.",
            "This revision has already been submitted and endorsed. It is the programme management's turn.",
        ),
        (Act::Endorse, UploadState::Endorsed) => Text::new(
            "Diese Fassung ist bereits befürwortet. Am Zug ist die Programmsteuerung, die sie annimmt oder zurückgibt.",
            "This revision has already been endorsed. It is the programme management's turn to accept or return it.",
        ),
        (Act::Submit, UploadState::Returned) => Text::new(
            "Diese Fassung wurde zurückgegeben. Bitte eine berichtigte Fassung hochladen und diese einreichen.",
            "This revision was returned. Please upload a corrected revision and submit that one.",
        ),
        (_, UploadState::Accepted) => Text::new(
            "Diese Fassung ist bereits angenommen. Berichtigungen nimmt die Leitung des Teilvorhabens mit einer neuen Fassung vor.",
            "This revision has already been accepted. The subproject lead makes corrections with a new revision.",
        ),
        (_, UploadState::Superseded) => Text::new(
            "Diese Fassung ist durch eine neuere ersetzt. Bitte mit der neuesten Fassung des Quartals weiterarbeiten.",
            "This revision has been superseded by a newer one. Please continue with the latest revision of the quarter.",
        ),
        (_, UploadState::Returned) => Text::new(
            "Diese Fassung ist bereits zurückgegeben. Am Zug ist die Leitung des Teilvorhabens, die eine berichtigte Fassung hochlädt.",
            "This revision has already been returned. It is the subproject lead's turn to upload a corrected revision.",
        ),
        (_, UploadState::Blocked) => Text::new(
            "Diese Fassung hat blockierende Befunde und ist nicht eingereicht. Am Zug ist die Leitung des Teilvorhabens, die eine berichtigte Fassung hochlädt.",
            "This revision has blocking findings and has not been submitted. It is the subproject lead's turn to upload a corrected revision.",
        ),
        (_, UploadState::Checked) => Text::new(
            "Diese Fassung ist geprüft, aber noch nicht eingereicht. Am Zug ist die Leitung des Teilvorhabens.",
            "This revision has been checked but not yet submitted. It is the subproject lead's turn.",
        ),
        (_, UploadState::Submitted | UploadState::Endorsed) => Text::new(
            "Diese Fassung ist eingereicht; der Schritt passt nicht zu diesem Stand. Bitte die Ansicht neu laden.",
            "This revision is submitted; the step does not fit this state. Please reload.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use nachweis_domain::language::Language;

    use super::*;

    #[test]
    fn every_state_explains_itself_in_both_languages() {
        for act in [Act::Submit, Act::Endorse, Act::Accept, Act::Return] {
            for found in UploadState::ALL {
                let text = text(found, act);
                for language in Language::ALL {
                    let words = text.get(language);
                    assert!(
                        words.ends_with('.') && words.len() > 40,
                        "{act:?} {found:?}: {words}"
                    );
                }
            }
        }
    }
}
