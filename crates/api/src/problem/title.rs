//! The short title of a problem: the name of its status in the caller's language.

use actix_web::http::StatusCode;
use nachweis_domain::language::Language;

/// `Nicht gefunden`, `Not found`.
pub(super) fn title(status: StatusCode, language: Language) -> &'static str {
    let (de, en) = match status {
        StatusCode::UNAUTHORIZED => ("Anmeldung nötig", "Sign-in needed"),
        StatusCode::FORBIDDEN => ("Nicht erlaubt", "Not allowed"),
        StatusCode::NOT_FOUND => ("Nicht gefunden", "Not found"),
        StatusCode::METHOD_NOT_ALLOWED => ("Methode unbekannt", "Method not known"),
        StatusCode::NOT_ACCEPTABLE => ("Form nicht verfügbar", "Form not available"),
        StatusCode::REQUEST_TIMEOUT => ("Zu langsam", "Too slow"),
        StatusCode::CONFLICT => ("Stand erlaubt es nicht", "State does not allow it"),
        StatusCode::PAYLOAD_TOO_LARGE => ("Zu groß", "Too large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("Art nicht unterstützt", "Kind not supported"),
        StatusCode::UNPROCESSABLE_ENTITY => ("Inhalt nicht verwendbar", "Content not usable"),
        StatusCode::TOO_MANY_REQUESTS => ("Zu viele Versuche", "Too many attempts"),
        _ => ("Anfrage nicht verwendbar", "Request not usable"),
    };
    language.pick(de, en)
}
