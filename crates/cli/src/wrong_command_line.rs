//! A wrong command line gets one sentence with a remedy, in both languages.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use nachweis_domain::{language::Text, past_moment};

use crate::failure::Failure;

/// The sentence for a command line that clap refuses.
pub(crate) fn failure(error: &clap::Error) -> Failure {
    let given = context(error, ContextKind::InvalidArg)
        .or_else(|| context(error, ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let (de, en) = match error.kind() {
        ErrorKind::InvalidSubcommand => (
            format!("Den Befehl „{given}“ gibt es nicht."),
            format!("There is no command “{given}”."),
        ),
        ErrorKind::UnknownArgument => (
            format!("Die Angabe „{given}“ ist hier unbekannt."),
            format!("“{given}” is unknown here."),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => (
            format!("Zu {given} fehlt der Wert."),
            format!("{given} lacks its value."),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            format!(
                "„{value}“ ist kein Wert für {given}{}.",
                possible(error, &given, ": möglich sind ", ": möglich ist zum Beispiel ")
            ),
            format!(
                "“{value}” is no value for {given}{}.",
                possible(error, &given, ": possible are ", ": possible is for example ")
            ),
        ),
        ErrorKind::MissingRequiredArgument => (
            format!("Es fehlt die Angabe {given}."),
            format!("{given} is missing."),
        ),
        ErrorKind::ArgumentConflict => (
            format!("{given} passt nicht zu den übrigen Angaben."),
            format!("{given} does not go with the other options."),
        ),
        _ => (
            "Die Befehlszeile ist unvollständig.".to_owned(),
            "The command line is incomplete.".to_owned(),
        ),
    };
    Failure::new(Text::new(
        format!("{de} Alle Befehle und Angaben zeigt `nachweis --help`."),
        format!("{en} `nachweis --help` shows all commands and options."),
    ))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.chars().take(80).collect()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

/// What may stand there: all values, or an example.
fn possible(error: &clap::Error, given: &str, all: &str, example: &str) -> String {
    match context(error, ContextKind::ValidValue) {
        Some(values) if !values.is_empty() => format!("{all}{values}"),
        _ if given.starts_with("--quarter") => format!("{example}2024-Q3"),
        _ if given.starts_with("--as-of") => format!("{example}{}", past_moment::EXPECTED),
        _ => String::new(),
    }
}
