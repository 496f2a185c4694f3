//! Names to sign in with: how they are written.

use nachweis_domain::{language::Text, limits};

use crate::error::ServiceError;

/// The name as it is looked up: without surrounding spaces, in lower case.
pub(crate) fn normal(typed: &str) -> String {
    typed
        .trim()
        .to_lowercase()
        .chars()
        .take(limits::USER_NAME.size())
        .collect()
}

/// Refuses names that are not 3 to 64 lower-case letters, digits, `.`, `-`, `_`, `@`, beginning with a letter.
///
/// # Errors
/// [`ServiceError::Invalid`] with the rule.
pub(crate) fn check(name: &str) -> Result<(), ServiceError> {
    let lengths = (3..=limits::USER_NAME.size()).contains(&name.len());
    let begins = name.starts_with(|char: char| char.is_ascii_lowercase());
    let holds = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || ".-_@".contains(char);
    if lengths && begins && name.chars().all(holds) {
        return Ok(());
    }
    Err(ServiceError::Invalid {
        code: "user-name",
        text: Text::new(
            "Ein Anmeldename hat 3 bis 64 Kleinbuchstaben ohne Umlaute, Ziffern oder die Zeichen . - _ @ und beginnt mit einem Buchstaben. Bitte einen solchen Namen wählen.",
            "A user name has 3 to 64 lower-case letters a to z, digits or the signs . - _ @ and begins with a letter. Please choose such a name.",
        ),
    })
}

/// Refuses names for people that are empty, too long or hold control characters.
///
/// # Errors
/// [`ServiceError::Invalid`] with the rule.
pub(crate) fn check_display(name: &str) -> Result<(), ServiceError> {
    let characters = name.trim().chars().count();
    if (1..=limits::DISPLAY_NAME.size()).contains(&characters) && !name.chars().any(char::is_control) {
        return Ok(());
    }
    Err(ServiceError::Invalid {
        code: "display-name",
        text: Text::new(
            "Der angezeigte Name hat 1 bis 120 Zeichen ohne Zeilenumbrüche. Bitte einen solchen Namen angeben.",
            "The displayed name has 1 to 120 characters without line breaks. Please give such a name.",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_plain_and_lower_case() {
        for good in ["lena.lead", "m1-x", "jana@iq-netzwerk.example", "abc"] {
            check(good).unwrap();
        }
        for bad in [
            "",
            "ab",
            "Lena",
            "1lena",
            "lena lead",
            "léna",
            "a;b",
            &"a".repeat(65),
        ] {
            assert_eq!(check(bad).unwrap_err().code(), "user-name", "{bad}");
        }
    }

    #[test]
    fn the_typed_name_is_found_in_any_case_and_with_spaces_around() {
        assert_eq!(normal("  Lena.Lead "), "lena.lead");
    }

    #[test]
    fn displayed_names_hold_no_control_characters() {
        check_display("Özlem Krüger").unwrap();
        for bad in ["", "  ", "a\nb", &"ä".repeat(121)] {
            assert_eq!(check_display(bad).unwrap_err().code(), "display-name");
        }
    }
}
