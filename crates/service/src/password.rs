//! Passwords: which are taken, and how they are hashed (argon2id, OWASP minimum: 19 MiB, two passes, one lane).

use std::sync::{Mutex, PoisonError};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use nachweis_domain::{language::Text, limits};

use crate::error::ServiceError;

mod first_guesses;

/// Characters that must be left when common parts, digits in sequence and the user's own name are taken out.
const OWN_CHARACTERS: usize = 6;

/// Hashing takes 19 MiB on purpose; one at a time keeps many sign-ins at once from taking all memory.
static HASHING: Mutex<()> = Mutex::new(());

fn hasher() -> Argon2<'static> {
    // 19,456 KiB, 2 passes, 1 lane are the defaults of the crate; stated here so that an update cannot lower them.
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a fresh salt, as a PHC text. Takes about 20 ms on purpose.
///
/// # Errors
/// [`ServiceError::PasswordHash`] when the machine gives no randomness.
pub(crate) fn hash(password: &str) -> Result<String, ServiceError> {
    let _turn = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    hasher()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(ServiceError::PasswordHash)
}

/// Whether a password is the one of a stored hash. Without a hash it takes the same time and says no, so that the
/// time of an answer does not tell whether an account exists.
pub(crate) fn matches(password: &str, stored: Option<&str>) -> bool {
    let _turn = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    let readable = stored.and_then(|text| PasswordHash::new(text).ok());
    match readable {
        Some(hash) if password.chars().count() <= limits::PASSWORD_MAX.size() => {
            hasher().verify_password(password.as_bytes(), &hash).is_ok()
        }
        _ => {
            let shortened: String = password.chars().take(limits::PASSWORD_MAX.size()).collect();
            // Only the time counts: nobody may sign in without a hash.
            let _spent = hasher().hash_password(shortened.as_bytes());
            false
        }
    }
}

/// Letters and digits that are not mistaken for one another: 32 of them, so that each carries five bits.
const UNMISTAKABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A new password of 100 random bits, in groups that can be read out: `k7fm-x2qa-…`.
pub fn generate_password() -> String {
    let random: [u8; 20] = rand::random();
    let mut password = String::with_capacity(24);
    for (place, byte) in random.into_iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            password.push('-');
        }
        let letter = UNMISTAKABLE.get(usize::from(byte % 32)).copied().unwrap_or(b'a');
        password.push(char::from(letter));
    }
    password
}

/// Refuses passwords that are too short, too long, or mostly made of what everybody tries first.
///
/// # Errors
/// [`ServiceError::Invalid`] with the reason and what to do.
pub(crate) fn check(password: &str, user_name: &str) -> Result<(), ServiceError> {
    let characters = password.chars().count();
    let (min, max) = (limits::PASSWORD_MIN.size(), limits::PASSWORD_MAX.size());
    if characters < min {
        return Err(invalid(
            "password-too-short",
            Text::new(
                format!(
                    "Das Kennwort hat {characters} Zeichen, nötig sind mindestens {min}. Bitte ein längeres wählen, zum Beispiel mehrere Wörter."
                ),
                format!(
                    "The password has {characters} characters, at least {min} are needed. Please choose a longer one, for example several words."
                ),
            ),
        ));
    }
    if characters > max {
        return Err(invalid(
            "password-too-long",
            Text::new(
                format!(
                    "Das Kennwort hat {characters} Zeichen, möglich sind {max}. Bitte ein kürzeres wählen."
                ),
                format!(
                    "The password has {characters} characters, at most {max} are possible. Please choose a shorter one."
                ),
            ),
        ));
    }
    if own_characters(password, user_name) < OWN_CHARACTERS {
        return Err(invalid(
            "password-common",
            Text::new(
                "Das Kennwort besteht fast nur aus oft benutzten Wörtern oder Zeichenfolgen. Bitte ein anderes wählen, zum Beispiel mehrere Wörter, die nicht zusammengehören.",
                "The password consists almost only of common words or sequences. Please choose another one, for example several unrelated words.",
            ),
        ));
    }
    Ok(())
}

/// How many different characters remain without common parts, the user's name, digits and signs at the ends.
fn own_characters(password: &str, user_name: &str) -> usize {
    let lower = password.to_lowercase();
    let names = user_name
        .split(|char: char| !char.is_alphanumeric())
        .filter(|part| part.chars().count() > 3)
        .map(str::to_lowercase);
    let rest = names.fold(lower, |rest, name| rest.replace(&name, ""));
    let rest = first_guesses::taken_out(&rest);
    let rest = rest.trim_matches(|char: char| char.is_ascii_digit() || char.is_ascii_punctuation());
    rest.chars().collect::<std::collections::BTreeSet<_>>().len()
}

fn invalid(code: &'static str, text: Text) -> ServiceError {
    ServiceError::Invalid { code, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_and_no_other() {
        let stored = hash("Laterne Segel Butterbrot").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(matches("Laterne Segel Butterbrot", Some(&stored)));
        assert!(!matches("Laterne Segel Butterbrod", Some(&stored)));
        assert!(!matches("Laterne Segel Butterbrot", None));
        assert!(!matches("Laterne Segel Butterbrot", Some("no hash")));
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        let long = "ab1".repeat(100);
        for (password, code) in [
            ("kurz", "password-too-short"),
            ("elfzeichen1", "password-too-short"),
            (long.as_str(), "password-too-long"),
            ("password1234", "password-common"),
            ("Passwort2024!", "password-common"),
            ("qwertzqwertz", "password-common"),
            ("111111111111", "password-common"),
            ("aaaaaaaaaaaa", "password-common"),
            ("lena.lead2024", "password-common"),
            ("NachweisAdmin1", "password-common"),
        ] {
            let error = check(password, "lena.lead").unwrap_err();
            assert_eq!(error.code(), code, "{password}");
        }
    }

    #[test]
    fn generated_passwords_are_taken_and_differ() {
        let (first, second) = (generate_password(), generate_password());
        assert_eq!(first.len(), 24);
        assert_ne!(first, second);
        check(&first, "lena.lead").unwrap();
    }

    #[test]
    fn several_words_and_random_characters_are_taken() {
        for password in [
            "Laterne Segel Butterbrot",
            "xK4-vq9.Tz2_mB",
            "pferd batterie heftklammer",
        ] {
            check(password, "lena.lead").unwrap();
        }
    }
}
