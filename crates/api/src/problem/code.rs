//! The one table of the edge's own problems: code → status → wording. Codes of the service keep their own name.

use actix_web::http::StatusCode;
use nachweis_domain::language::Text;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $literal:literal, $status:ident, $de:literal, $en:literal;)*) => {
        /// A problem that the HTTP edge itself finds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All codes in the order of the table.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name in the answer.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $literal,)* }
            }

            /// The status of the answer.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            /// What is wrong and what to do, where nothing more exact is known.
            pub(crate) fn text(self) -> Text {
                match self { $(Self::$name => Text::new($de, $en),)* }
            }
        }
    };
}

codes! {
    /// The body is no JSON.
    JsonMalformed = "json-malformed", BAD_REQUEST,
        "Der Inhalt der Anfrage ist kein gültiges JSON. Bitte Klammern, Anführungszeichen und Kommas prüfen.",
        "The body of the request is not valid JSON. Please check brackets, quotation marks and commas.";
    /// The JSON has not the fields or types of the request.
    JsonUnfitting = "json-unfitting", BAD_REQUEST,
        "Der Inhalt der Anfrage hat nicht die erwarteten Felder. Die Beschreibung steht unter /api/v1/openapi.json.",
        "The body of the request does not have the expected fields. They are described at /api/v1/openapi.json.";
    /// A part of the address has not the expected form.
    PathUnfitting = "path-unfitting", BAD_REQUEST,
        "Ein Teil der Adresse hat nicht die erwartete Form. Bitte die Adresse prüfen.",
        "A part of the address does not have the expected form. Please check the address.";
    /// A parameter behind the question mark is unknown, missing or has not the expected form.
    QueryUnfitting = "query-unfitting", BAD_REQUEST,
        "Ein Parameter der Adresse ist unbekannt oder hat nicht die erwartete Form. Die Parameter stehen unter /api/v1/openapi.json.",
        "A parameter of the address is unknown or does not have the expected form. Parameters are described at /api/v1/openapi.json.";
    /// The request cannot be read.
    RequestUnreadable = "request-unreadable", BAD_REQUEST,
        "Die Anfrage kann nicht gelesen werden. Bitte die Anfrage prüfen und erneut senden.",
        "The request cannot be read. Please check it and send it again.";
    /// The body ended early.
    BodyBroken = "body-broken", BAD_REQUEST,
        "Die Übertragung ist abgebrochen, bevor der Inhalt vollständig war. Bitte erneut senden.",
        "The transfer ended before the body was complete. Please send it again.";
    /// The form has not exactly one file in the field `file`.
    FormUnfitting = "form-unfitting", BAD_REQUEST,
        "Das Formular muss genau eine Datei im Feld „file“ enthalten und sonst nichts. Bitte so senden.",
        "The form must hold exactly one file in the field “file” and nothing else. Please send it that way.";
    /// The body is empty.
    BodyEmpty = "body-empty", BAD_REQUEST,
        "Die Anfrage enthält keine Datei. Bitte die Arbeitsmappe als Inhalt oder im Formularfeld „file“ senden.",
        "The request holds no file. Please send the workbook as the body or in the form field “file”.";
    /// The key of a repeatable request has not the expected form.
    IdempotencyKeyUnfitting = "idempotency-key-unfitting", BAD_REQUEST,
        "Die Kopfzeile Idempotency-Key muss genau einmal dastehen und aus 1 bis 128 sichtbaren ASCII-Zeichen bestehen, zum Beispiel einer UUID. Bitte so senden.",
        "The header Idempotency-Key must stand there exactly once and consist of 1 to 128 visible ASCII characters, for example a UUID. Please send it that way.";
    /// The key was used for another request.
    IdempotencyKeyReused = "idempotency-key-reused", UNPROCESSABLE_ENTITY,
        "Dieser Idempotency-Key wurde in den letzten 24 Stunden für eine andere Anfrage benutzt. Bitte für jede neue Anfrage einen neuen nehmen.",
        "This Idempotency-Key was used for another request within the last 24 hours. Please take a new one for each new request.";
    /// The first request with the key is still running.
    IdempotencyRunning = "idempotency-running", CONFLICT,
        "Die erste Anfrage mit diesem Idempotency-Key läuft noch. Bitte in einigen Sekunden unverändert wiederholen; dann kommt dieselbe Antwort.",
        "The first request with this Idempotency-Key is still running. Please repeat it unchanged in a few seconds; the same answer will come.";
    /// The request with the key ran; the account has other rights by now.
    IdempotencyAnswerWithheld = "idempotency-answer-withheld", CONFLICT,
        "Die Anfrage mit diesem Idempotency-Key wurde ausgeführt. Seitdem haben sich die Rechte oder das Passwort des Kontos geändert; deshalb wird die damalige Antwort nicht noch einmal gegeben. Bitte den jetzigen Stand ansehen und für eine neue Anfrage einen neuen Schlüssel nehmen.",
        "The request with this Idempotency-Key was carried out. The rights or the password of the account have changed since, so the answer of then is not given again. Please look at the present state, and take a new key for a new request.";
    /// Too many keys of one account.
    IdempotencyKeysExhausted = "idempotency-keys-exhausted", TOO_MANY_REQUESTS,
        "Dieses Konto hat in den letzten 24 Stunden so viele Idempotency-Keys benutzt wie möglich. Bitte später erneut senden oder ohne die Kopfzeile.",
        "This account has used as many Idempotency-Keys within the last 24 hours as possible. Please send it later, or without the header.";
    /// Too much of one account arrives at the same time.
    UploadsAtOnce = "uploads-at-once", TOO_MANY_REQUESTS,
        "Von diesem Konto kommen gerade so viele Arbeitsmappen an, wie zugleich angenommen werden. Bitte warten, bis sie angekommen sind, und dann erneut senden.",
        "As many workbooks of this account are arriving as are taken at the same time. Please wait until they have arrived, then send it again.";
    /// No token.
    SignInNeeded = "sign-in-needed", UNAUTHORIZED,
        "Für diese Adresse ist eine Anmeldung nötig. Bitte mit POST /api/v1/auth/sign-in anmelden und das Zugangstoken als „Authorization: Bearer …“ mitsenden.",
        "This address needs a sign-in. Please sign in with POST /api/v1/auth/sign-in and send the access token as “Authorization: Bearer …”.";
    /// The token is forged, expired, or its session has ended.
    TokenInvalid = "token-invalid", UNAUTHORIZED,
        "Das Zugangstoken gilt nicht oder nicht mehr. Bitte mit POST /api/v1/auth/refresh erneuern oder neu anmelden.",
        "The access token is not valid, or no longer. Please renew it with POST /api/v1/auth/refresh or sign in again.";
    /// There is no such thing, or not for the caller.
    NotFound = "not-found", NOT_FOUND,
        "Hier ist nichts zu finden. Bitte Nummer oder Kennung prüfen.",
        "There is nothing to be found here. Please check the number or identifier.";
    /// No such issuer.
    IssuerUnknown = "issuer-unknown", NOT_FOUND,
        "Einen Anmeldedienst dieses Namens gibt es hier nicht. Bitte den Namen prüfen oder mit POST /api/v1/auth/sign-in anmelden.",
        "There is no issuer of this name here. Please check the name, or sign in with POST /api/v1/auth/sign-in.";
    /// No such address.
    RouteUnknown = "route-unknown", NOT_FOUND,
        "Diese Adresse gibt es nicht. Alle Adressen stehen unter /api/v1/openapi.json.",
        "There is no such address. All addresses are listed at /api/v1/openapi.json.";
    /// The address does not know the method.
    MethodUnknown = "method-unknown", METHOD_NOT_ALLOWED,
        "Diese Adresse kennt die verwendete Methode nicht. Die möglichen stehen in der Kopfzeile „Allow“.",
        "This address does not know the method used. Those possible are listed in the header “Allow”.";
    /// None of the forms that the caller accepts can be given.
    FormatUnavailable = "format-unavailable", NOT_ACCEPTABLE,
        "Berichte gibt es als JSON, CSV und XLSX. Bitte eines davon mit „format“ oder der Kopfzeile „Accept“ verlangen.",
        "Reports come as JSON, CSV and XLSX. Please ask for one of them with “format” or the header “Accept”.";
    /// The body takes too long.
    BodySlow = "body-slow", REQUEST_TIMEOUT,
        "Der Inhalt der Anfrage ist nicht rechtzeitig angekommen. Bitte über eine schnellere Verbindung erneut senden.",
        "The body of the request did not arrive in time. Please send it again over a faster connection.";
    /// The body is larger than it may be.
    BodyTooLarge = "body-too-large", PAYLOAD_TOO_LARGE,
        "Der Inhalt der Anfrage ist größer als erlaubt.",
        "The body of the request is larger than allowed.";
    /// The body is of a kind that is not taken here.
    BodyTypeUnknown = "body-type-unknown", UNSUPPORTED_MEDIA_TYPE,
        "Der Inhalt der Anfrage hat eine Art (Content-Type), die hier nicht angenommen wird.",
        "The body of the request has a kind (Content-Type) that is not taken here.";
    /// The query is longer than it may be.
    QueryTooLong = "query-too-long", URI_TOO_LONG,
        "Die Parameter der Adresse sind länger als erlaubt. Bitte kürzen.",
        "The parameters of the address are longer than allowed. Please shorten them.";
    /// The headers are larger than they may be.
    HeadTooLarge = "head-too-large", REQUEST_HEADER_FIELDS_TOO_LARGE,
        "Die Kopfzeilen der Anfrage sind größer als erlaubt. Bitte weglassen, was nicht nötig ist.",
        "The headers of the request are larger than allowed. Please leave out what is not needed.";
    /// Something broke on our side.
    Internal = "internal", INTERNAL_SERVER_ERROR,
        "Im Dienst ist ein Fehler aufgetreten.",
        "The service met a fault.";
    /// The place where everything is kept is full or cannot be written.
    StorageFull = "storage-full", INSUFFICIENT_STORAGE,
        "Der Speicher des Dienstes ist voll oder schreibgeschützt.",
        "The storage of the service is full or write-protected.";
    /// Too much at once.
    Busy = "busy", SERVICE_UNAVAILABLE,
        "Der Dienst ist gerade ausgelastet.",
        "The service is busy at the moment.";
}

#[cfg(test)]
mod tests {
    use nachweis_domain::language::Language;
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn every_code_is_used_once_and_speaks_both_languages() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.status().is_client_error() || code.status().is_server_error());
            let small = |letter: char| letter.is_ascii_lowercase() || letter == '-';
            assert!(code.as_str().chars().all(small), "{}", code.as_str());
            for language in Language::ALL {
                assert!(code.text().get(language).ends_with('.'), "{}", code.as_str());
            }
        }
    }
}
