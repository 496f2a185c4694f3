//! Looks for data about single persons in what the template does not know. No text of a cell leaves this room.

use calamine::DataRef;

use super::scan::text_of;

/// A value of a column as far as it is looked at; dates and numbers as nothing but their presence would tell.
pub(super) fn sample(value: &DataRef<'_>, characters: usize) -> Option<String> {
    text_of(value).map(|text| text.chars().take(characters).collect())
}

/// What kind of data about single persons a column holds, by its headers and values; `None` for none.
pub(super) fn kind<'h>(
    mut headers: impl Iterator<Item = &'h str>,
    samples: &[String],
) -> Option<&'static str> {
    let is_mail = |text: &String| text.contains('@') && text.contains('.') && !text.contains(' ');
    if headers.any(|header| header.to_lowercase().contains("geburtsdatum")) {
        return Some("birth_date");
    }
    samples.iter().any(is_mail).then_some("email")
}
