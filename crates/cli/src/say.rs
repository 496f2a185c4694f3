//! Printing: data on standard output, everything else on standard error.
//!
//! A reader that closes early (`nachweis … | head`) ends the printing without an error.

use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// Writes data to standard output.
pub(crate) fn data(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::output(&error)),
        _ => Ok(()),
    }
}

/// Writes a line of data to standard output.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    data(format!("{text}\n").as_bytes())
}

/// Writes a value as JSON to standard output.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::json(&error))?;
    line(&text)
}

/// What people typed, without line breaks and what else would move the terminal.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|char: char| char.is_whitespace() || char.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Tells the person at the terminal something that is not data. What nobody reads is not an error.
pub(crate) fn note(text: &str) {
    let mut err = std::io::stderr().lock();
    let written = writeln!(err, "{text}").and_then(|()| err.flush());
    drop(written);
}
