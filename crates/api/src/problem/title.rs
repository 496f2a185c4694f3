//! The short title of a problem: the name of its status in the caller's language.

use actix_web::http::StatusCode;
use nachweis_domain::language::Language;

/// `Nicht gefunden`, `Not found`.
pub(super) fn title(status: StatusCode, language: Language) -> &'static str {
    let (de, en) = own(status).unwrap_or(("Anfrage nicht verwendbar", "Request not usable"));
    language.pick(de, en)
}

/// The title of a status that has one of its own; 400, and what the framework answers by itself, have none.
fn own(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status.as_u16() {
        401 => ("Anmeldung nötig", "Sign-in needed"),
        403 => ("Nicht erlaubt", "Not allowed"),
        404 => ("Nicht gefunden", "Not found"),
        405 => ("Methode unbekannt", "Method not known"),
        406 => ("Form nicht verfügbar", "Form not available"),
        408 => ("Zu langsam", "Too slow"),
        409 => ("Stand erlaubt es nicht", "State does not allow it"),
        410 => ("Gelöscht", "Erased"),
        413 => ("Zu groß", "Too large"),
        414 => ("Adresse zu lang", "Address too long"),
        415 => ("Art nicht unterstützt", "Kind not supported"),
        422 => ("Inhalt nicht verwendbar", "Content not usable"),
        429 => ("Zu viele Anfragen", "Too many requests"),
        431 => ("Kopfzeilen zu groß", "Headers too large"),
        500 => ("Fehler im Dienst", "Fault of the service"),
        502 => ("Anmeldedienst antwortet nicht", "Issuer does not answer"),
        503 => ("Ausgelastet", "Busy"),
        507 => ("Kein Platz", "No room"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use nachweis_service::ErrorClass;

    use super::*;
    use crate::problem::{Code, service::status_of};

    #[test]
    fn every_status_has_a_title_of_its_own_but_400() {
        let stated = Code::ALL.iter().map(|code| code.status());
        let mut told = std::collections::BTreeMap::new();
        for status in stated.chain(ErrorClass::ALL.map(status_of)) {
            let Some((de, en)) = own(status) else {
                assert_eq!(status, StatusCode::BAD_REQUEST);
                continue;
            };
            assert_ne!(de, en);
            for title in [de, en] {
                assert_eq!(
                    *told.entry(title).or_insert(status),
                    status,
                    "{title} stands for both"
                );
            }
        }
        assert_eq!(title(StatusCode::BAD_REQUEST, Language::En), "Request not usable");
    }
}
