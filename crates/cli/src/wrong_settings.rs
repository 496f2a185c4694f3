//! Settings that cannot be used get one sentence with place and remedy. Values are named only where they are no secret.

use figment::error::Kind;
use nachweis_domain::language::Text;

use crate::failure::Failure;

/// The sentence for settings that cannot be read.
pub(crate) fn failure(error: &figment::Error) -> Failure {
    let key = error.path.last().map_or("", String::as_str);
    let what = match &error.kind {
        Kind::UnknownField(name, known) => Text::new(
            format!(
                "die Einstellung „{name}“ gibt es nicht, möglich sind {}",
                known.join(", ")
            ),
            format!("there is no setting “{name}”, possible are {}", known.join(", ")),
        ),
        Kind::UnknownVariant(given, known) => Text::new(
            format!(
                "„{key}“ kann nicht „{given}“ sein, möglich sind {}",
                known.join(", ")
            ),
            format!("“{key}” cannot be “{given}”, possible are {}", known.join(", ")),
        ),
        Kind::Message(said) => unreadable(said),
        _ => Text::new(
            format!("„{key}“ hat nicht die erwartete Form"),
            format!("“{key}” does not have the expected form"),
        ),
    };
    let Text {
        de: place,
        en: place_en,
    } = place(error, key);
    Failure::new(Text::new(
        format!(
            "Die Einstellungen {place} sind nicht brauchbar: {}. Bitte mit deploy/nachweis.example.toml vergleichen.",
            what.de
        ),
        format!(
            "The settings {place_en} cannot be used: {}. Please compare with deploy/nachweis.example.toml.",
            what.en
        ),
    ))
}

/// The file, or the variable of the environment.
fn place(error: &figment::Error, key: &str) -> Text {
    let file = error
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.source.as_ref())
        .and_then(figment::Source::file_path);
    if let Some(file) = file {
        let file = format!("in {}", file.display());
        return Text::new(file.clone(), file);
    }
    let variable = format!("NACHWEIS_{}", key.to_uppercase());
    Text::new(
        format!("in der Variablen {variable}"),
        format!("in the variable {variable}"),
    )
}

/// What is no TOML: its place. The line itself may hold a secret and is not repeated.
fn unreadable(said: &str) -> Text {
    let after = |word: &str| -> String {
        let rest = said.split_once(word).map_or("", |(_, rest)| rest);
        rest.chars().take_while(char::is_ascii_digit).collect()
    };
    let (line, column) = (after("line "), after("column "));
    if line.is_empty() {
        return Text::new(
            "sie sind kein Text im Format TOML",
            "they are no text in the form TOML",
        );
    }
    Text::new(
        format!("ab Zeile {line}, Zeichen {column} ist es kein gültiges TOML"),
        format!("from line {line}, column {column} on it is no valid TOML"),
    )
}
