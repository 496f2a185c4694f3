//! What stands in an address: parts of the path and parameters behind the question mark.

use std::{fmt, str::FromStr};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use nachweis_domain::{
    language::Text,
    past_moment::{self, PastMoment},
    quarter::Quarter,
};
use nachweis_service::JournalEnd;
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

use crate::problem::{Code, Problem};

/// Parameters behind the question mark, in a struct that refuses unknown ones.
#[derive(Debug)]
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            web::Query::<T>::from_query(request.query_string())
                .map(|query| Self(query.into_inner()))
                .map_err(|error| unreadable(&error)),
        )
    }
}

/// One parameter as it stands there, percent decoding done; the first when it occurs more than once.
pub(crate) fn raw(query: &str, name: &str) -> Option<String> {
    web::Query::<Vec<(String, String)>>::from_query(query)
        .ok()?
        .into_inner()
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// A parameter that must be one of a list or of a form.
pub(crate) fn unfitting(name: &str, expected: &str) -> Problem {
    Problem::with_detail(
        Code::QueryUnfitting,
        Text::new(
            format!("Der Parameter „{name}“ hat nicht die erwartete Form. Möglich ist: {expected}."),
            format!("The parameter “{name}” does not have the expected form. Possible is: {expected}."),
        ),
    )
}

/// A parameter that must be there; `expected` tells people what may stand there.
pub(crate) fn missing(name: &str, expected: &str) -> Problem {
    Problem::with_detail(
        Code::QueryUnfitting,
        Text::new(
            format!("Der Parameter „{name}“ fehlt. Bitte ergänzen: {expected}."),
            format!("The parameter “{name}” is missing. Please add it: {expected}."),
        ),
    )
}

/// Reads an optional parameter; `expected` tells people what may stand there.
///
/// # Errors
/// When something stands there that cannot be read.
pub(crate) fn optional<T: FromStr>(
    name: &str,
    value: Option<&str>,
    expected: &str,
) -> Result<Option<T>, Problem> {
    value
        .map(|text| {
            text.parse()
                .map_err(|_unreadable: T::Err| unfitting(name, expected))
        })
        .transpose()
}

/// Reads an optional parameter that is one of the stable names of a list.
///
/// # Errors
/// When something else stands there.
pub(crate) fn one_of<T: Copy>(
    parameter: &str,
    value: Option<&str>,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    let Some(text) = value else {
        return Ok(None);
    };
    let meant = all.iter().copied().find(|one| name(*one) == text);
    let expected = || {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        names.join(", ")
    };
    meant.map(Some).ok_or_else(|| unfitting(parameter, &expected()))
}

/// Reads the parameter `as_of`. A plus that was not encoded arrives as a blank; before an offset it can be nothing else.
///
/// # Errors
/// When something stands there that is no moment.
pub(crate) fn past_moment(value: Option<&str>) -> Result<Option<PastMoment>, Problem> {
    optional("as_of", value.map(with_plus).as_deref(), past_moment::EXPECTED)
}

/// Reads the parameter `until` of the journal: a position, or a moment like `as_of`.
///
/// # Errors
/// When something stands there that is neither.
pub(crate) fn journal_end(value: Option<&str>) -> Result<Option<JournalEnd>, Problem> {
    let expected = format!("120, {}", past_moment::EXPECTED);
    optional("until", value.map(with_plus).as_deref(), &expected)
}

fn with_plus(text: &str) -> String {
    match text.rsplit_once(' ') {
        Some((time, offset)) if time.contains('T') => format!("{time}+{offset}"),
        _ => text.to_owned(),
    }
}

/// What may stand in `quarter`.
pub(crate) const QUARTER_EXPECTED: &str = "2024-Q1, 2024-Q2 …";

fn unreadable(error: &dyn fmt::Display) -> Problem {
    let text = error.to_string();
    // serde names the parameter between backticks.
    match text.split('`').nth(1) {
        Some(name) if text.contains("unknown field") => {
            let name: String = name.chars().filter(|char| !char.is_control()).take(40).collect();
            Problem::with_detail(
                Code::QueryUnfitting,
                Text::new(
                    format!(
                        "Den Parameter „{name}“ gibt es hier nicht. Die Parameter stehen unter /api/v1/openapi.json."
                    ),
                    format!(
                        "There is no parameter “{name}” here. Parameters are described at /api/v1/openapi.json."
                    ),
                ),
            )
        }
        Some(name) if text.contains("missing field") => missing(name, &format!("{name}=…")),
        _ => Problem::new(Code::QueryUnfitting),
    }
}

/// The problem of a path whose parts cannot be read.
pub(crate) fn path_problem(request: &HttpRequest) -> Problem {
    let quarter = request.match_info().get("quarter");
    let (de, en) = if quarter.is_some_and(|text| text.parse::<Quarter>().is_err()) {
        (
            "Das Quartal in der Adresse ist nicht lesbar. Bitte wie „2024-Q3“ schreiben.",
            "The quarter in the address cannot be read. Please write it like “2024-Q3”.",
        )
    } else {
        (
            "Die Kennung in der Adresse ist nicht lesbar. Bitte so übernehmen, wie der Dienst sie nennt.",
            "The identifier in the address cannot be read. Please take it as the service gives it.",
        )
    };
    Problem::with_detail(Code::PathUnfitting, Text::new(de, en))
}

/// Whether the raw path or query smuggles control characters (`%00` would break a database's text).
pub(crate) fn has_control_characters(raw: &str) -> bool {
    raw.split('%').skip(1).any(|rest| {
        let code = rest
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        code.is_some_and(|code| code.is_ascii_control())
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code, reason = "only read")]
        round: String,
    }

    #[test]
    fn an_unknown_and_a_missing_parameter_are_named() {
        for (query, word) in [("round=a&rnd=b", "rnd"), ("", "round"), ("round=a&round=b", "")] {
            let request = actix_web::test::TestRequest::with_uri(&format!("/?{query}")).to_http_request();
            let problem = Params::<Example>::from_request(&request, &mut Payload::None)
                .into_inner()
                .unwrap_err();
            assert_eq!(problem.code(), "query-unfitting", "{query}");
            let body = problem.render(nachweis_domain::language::Language::En, "id");
            let bytes = actix_web::body::MessageBody::try_into_bytes(body.into_body()).unwrap();
            assert!(String::from_utf8_lossy(&bytes).contains(word), "{query}");
        }
    }

    #[test]
    fn a_moment_is_read_though_its_plus_was_not_encoded() {
        let read = |text| past_moment(Some(text)).map(|moment| moment.unwrap().to_string());
        for text in [
            "2025-01-31T10:30:00+01:00",
            "2025-01-31T10:30:00 01:00",
            "2025-01-31T09:30:00Z",
        ] {
            assert_eq!(read(text).unwrap(), "2025-01-31T09:30:00Z", "{text}");
        }
        assert_eq!(read("2025-01-31 10:30").unwrap_err().code(), "query-unfitting");
    }

    #[test]
    fn control_characters_are_seen_in_their_encoded_form_only() {
        for (raw, found) in [
            ("/a%00b", true),
            ("/a%1fb", true),
            ("/%7F", true),
            ("/%20%C3%A4", false),
            ("/100%", false),
        ] {
            assert_eq!(has_control_characters(raw), found, "{raw}");
        }
    }
}
