//! JSON bodies: small, complete, with known fields only.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use nachweis_domain::language::Text;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::{collect, media_type, times};
use crate::{
    problem::{Code, Problem},
    settings,
};

/// A JSON body. An empty body counts as `{}`.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for JsonBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let bytes = collect(
                &request,
                payload,
                settings::JSON_LIMIT_BYTES,
                times(&request).json_body,
            )
            .await?;
            if bytes.is_empty() {
                return parse(b"{}");
            }
            if media_type(&request) != "application/json" {
                return Err(wrong_type());
            }
            parse(&bytes)
        })
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<JsonBody<T>, Problem> {
    serde_json::from_slice(bytes)
        .map(JsonBody)
        .map_err(|error| unreadable(&error))
}

fn wrong_type() -> Problem {
    Problem::with_detail(
        Code::BodyTypeUnknown,
        Text::new(
            "Hier wird JSON erwartet. Bitte mit der Kopfzeile „Content-Type: application/json“ senden.",
            "JSON is expected here. Please send it with the header “Content-Type: application/json”.",
        ),
    )
}

fn unreadable(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    if error.classify() != Category::Data {
        return Problem::with_detail(
            Code::JsonMalformed,
            Text::new(
                format!(
                    "Der Inhalt der Anfrage ist ab Zeile {line}, Zeichen {column} kein gültiges JSON. Bitte dort Klammern, Anführungszeichen und Kommas prüfen."
                ),
                format!(
                    "The body of the request is not valid JSON from line {line}, character {column} on. Please check brackets, quotation marks and commas there."
                ),
            ),
        );
    }
    let message = error.to_string();
    // serde names the field between backticks.
    let name: String = message
        .split('`')
        .nth(1)
        .unwrap_or_default()
        .chars()
        .take(40)
        .collect();
    let (de, en) = match message.split(" `").next() {
        Some("unknown field") => (
            format!("Das Feld „{name}“ gibt es hier nicht. Bitte weglassen."),
            format!("There is no field “{name}” here. Please leave it out."),
        ),
        Some("missing field") => (
            format!("Das Feld „{name}“ fehlt. Bitte ergänzen."),
            format!("The field “{name}” is missing. Please add it."),
        ),
        _ => (
            format!(
                "Der Wert bei Zeile {line}, Zeichen {column} hat nicht die erwartete Form. Die Felder stehen unter /api/v1/openapi.json."
            ),
            format!(
                "The value at line {line}, character {column} does not have the expected form. The fields are described at /api/v1/openapi.json."
            ),
        ),
    };
    Problem::with_detail(Code::JsonUnfitting, Text::new(de, en))
}

#[cfg(test)]
mod tests {
    use nachweis_domain::language::Language;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code, reason = "only read")]
        name: String,
    }

    #[test]
    fn each_mistake_is_told_with_its_place() {
        for (body, code, words) in [
            ("{", "json-malformed", "line 1"),
            ("", "json-malformed", "line 1"),
            (r#"{"name": "a",}"#, "json-malformed", "character 14"),
            (r#"{"name": "a", "role": "admin"}"#, "json-unfitting", "“role”"),
            ("{}", "json-unfitting", "“name”"),
            (r#"{"name": 7}"#, "json-unfitting", "character 10"),
            (r#"{"name": "a", "name": "b"}"#, "json-unfitting", "character"),
        ] {
            let problem = parse::<Example>(body.as_bytes()).unwrap_err();
            assert_eq!(problem.code(), code, "{body}");
            let response = problem.render(Language::En, "id").into_body();
            let sent = actix_web::body::MessageBody::try_into_bytes(response).unwrap();
            let sent: serde_json::Value = serde_json::from_slice(&sent).unwrap();
            assert!(sent["detail"].as_str().unwrap().contains(words), "{body}: {sent}");
        }
    }
}
