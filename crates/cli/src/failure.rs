//! Why a command could not be done: one sentence with a remedy, exit status 2.

use std::path::Path;

use nachweis_domain::language::{Language, Text};
use nachweis_service::{ServiceError, system_words};

/// Why a command could not be done.
#[derive(Debug)]
pub(crate) struct Failure(Text);

impl Failure {
    /// A failure with its sentence in both languages.
    pub(crate) const fn new(text: Text) -> Self {
        Self(text)
    }

    /// The sentence, on one line.
    pub(crate) fn sentence(&self, language: Language) -> String {
        self.0
            .get(language)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A file that is not there.
    pub(crate) fn missing_file(file: &Path) -> Self {
        let file = file.display();
        Self(Text::new(
            format!("Die Datei {file} gibt es nicht. Bitte den Pfad prüfen."),
            format!("There is no file {file}. Please check the path."),
        ))
    }

    /// A folder where a file is needed.
    pub(crate) fn folder(path: &Path) -> Self {
        let path = path.display();
        Self(Text::new(
            format!("{path} ist ein Ordner, hier wird eine Datei gebraucht. Bitte die Datei darin nennen."),
            format!("{path} is a folder, a file is needed here. Please name the file in it."),
        ))
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(file: &Path, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound {
            return Self::missing_file(file);
        }
        if error.kind() == std::io::ErrorKind::IsADirectory {
            return Self::folder(file);
        }
        let file = file.display();
        let Text { de, en } = system_words(error);
        Self(Text::new(
            format!("{file} kann nicht gelesen werden ({de}). Bitte Rechte und Pfad prüfen."),
            format!("{file} cannot be read ({en}). Please check permissions and path."),
        ))
    }

    /// A file beyond a limit in bytes.
    pub(crate) fn too_large(file: &Path, limit: u64) -> Self {
        let file = file.display();
        let [de, en] = Language::ALL.map(|language| language.group(limit));
        Self(Text::new(
            format!(
                "{file} ist zu groß: Gelesen werden höchstens {de} Bytes. Bitte löschen Sie, was nicht zur Liste gehört, oder \
                 teilen Sie die Datei."
            ),
            format!(
                "{file} is too large: at most {en} bytes are read. Please delete what does not belong to the list, or divide \
                 the file."
            ),
        ))
    }

    /// A file that cannot be written.
    pub(crate) fn unwritable(file: &Path, error: &std::io::Error) -> Self {
        let file = file.display();
        let Text { de, en } = system_words(error);
        Self(Text::new(
            format!(
                "{file} kann nicht geschrieben werden ({de}). Bitte Rechte, Pfad und freien Platz prüfen."
            ),
            format!("{file} cannot be written ({en}). Please check permissions, path and free space."),
        ))
    }

    /// A round that the program should ship.
    pub(crate) fn round_missing(round: &str) -> Self {
        Self(Text::new(
            format!(
                "Zur Runde {round} fehlt die mitgelieferte Beschreibung. Bitte das Programm neu installieren."
            ),
            format!("The shipped description of round {round} is missing. Please install the program again."),
        ))
    }

    /// A value that cannot be written as JSON.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        Self(Text::new(
            format!(
                "Das Ergebnis kann nicht als JSON ausgegeben werden ({error}). Bitte ohne --json aufrufen."
            ),
            format!("The result cannot be written as JSON ({error}). Please call without --json."),
        ))
    }

    /// Output that nobody takes.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        let Text { de, en } = system_words(error);
        Self(Text::new(
            format!("Die Ausgabe kann nicht geschrieben werden ({de}). Bitte freien Platz prüfen."),
            format!("The output cannot be written ({en}). Please check free space."),
        ))
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self(Text::new(error.text(Language::De), error.text(Language::En)))
    }
}

impl From<nachweis_api::ApiError> for Failure {
    fn from(error: nachweis_api::ApiError) -> Self {
        Self(Text::new(error.text(Language::De), error.text(Language::En)))
    }
}
