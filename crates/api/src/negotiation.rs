//! Which language and which form the caller wants.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderName},
};
use nachweis_domain::{language::Language, limits};

use crate::{params, problem::Problem};

/// The language of an answer: the parameter `lang`, else the header `Accept-Language`, else German.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted(pub(crate) Language);

impl FromRequest for Wanted {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = params::raw(request.query_string(), "lang");
        ready(match asked.as_deref().map(language_of) {
            Some(Some(language)) => Ok(Self(language)),
            Some(None) => Err(params::unfitting("lang", "de, en")),
            None => Ok(Self(accepted_language(request))),
        })
    }
}

/// The language of problems: like [`Wanted`], but a wrong parameter falls back.
pub(crate) fn problem_language(request: &HttpRequest) -> Language {
    params::raw(request.query_string(), "lang")
        .and_then(|code| language_of(&code))
        .unwrap_or_else(|| accepted_language(request))
}

fn language_of(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

fn accepted_language(request: &HttpRequest) -> Language {
    let best = weighted(text_of(request, &header::ACCEPT_LANGUAGE))
        .filter_map(|(range, weight)| {
            let primary = range.split('-').next().unwrap_or_default().to_ascii_lowercase();
            language_of(&primary).map(|language| (language, weight))
        })
        // The first of equal weights counts.
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Language::De, |(language, _)| language)
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    /// `application/json`.
    Json,
    /// `text/csv`.
    Csv,
    /// An XLSX workbook.
    Xlsx,
}

/// The media type of workbooks.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

impl Format {
    const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Xlsx];

    /// The value of the parameter `format`, and the ending of file names.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => XLSX,
        }
    }

    /// The form that the parameter names, else the one that the header `Accept` likes best; JSON where it is open.
    ///
    /// # Errors
    /// When the parameter is none of them, or the header accepts none of them (406).
    pub(crate) fn wanted(request: &HttpRequest, asked: Option<&str>) -> Result<Self, Problem> {
        if let Some(asked) = asked {
            return Self::ALL
                .into_iter()
                .find(|format| format.as_str() == asked)
                .ok_or_else(|| params::unfitting("format", "json, csv, xlsx"));
        }
        let accept = text_of(request, &header::ACCEPT);
        if accept.trim().is_empty() {
            return Ok(Self::Json);
        }
        weighted(accept)
            .filter(|(_, weight)| *weight > 0)
            .filter_map(|(range, weight)| Self::of_range(range).map(|format| (format, weight)))
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(format, _)| format)
            .ok_or_else(|| Problem::new(crate::problem::Code::FormatUnavailable))
    }

    fn of_range(range: &str) -> Option<Self> {
        match range.to_ascii_lowercase().as_str() {
            "*/*" | "application/*" | "application/json" => Some(Self::Json),
            "text/*" | "text/csv" => Some(Self::Csv),
            XLSX => Some(Self::Xlsx),
            _ => None,
        }
    }
}

fn text_of<'a>(request: &'a HttpRequest, name: &HeaderName) -> &'a str {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The ranges of an `Accept…` header with their weights in thousandths; at most [`limits::ACCEPT_RANGES`] of them are looked at.
fn weighted(header: &str) -> impl Iterator<Item = (&str, u32)> {
    header
        .split(',')
        .take(limits::ACCEPT_RANGES.size())
        .filter_map(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let range = pieces.next().filter(|range| !range.is_empty())?;
            let weight = pieces.find_map(|piece| piece.strip_prefix("q="));
            Some((range, weight.map_or(1_000, thousandths)))
        })
}

/// `0.8` as 800; unreadable weights count nothing.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), fraction.parse::<u32>()) {
        (Ok(0), Ok(fraction)) => fraction,
        (Ok(_), Ok(_)) => 1_000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_language_follows_the_header_and_is_german_otherwise() {
        for (header, language) in [
            ("", Language::De),
            ("en", Language::En),
            ("EN-GB,de;q=0.5", Language::En),
            ("fr,de;q=0.3,en;q=0.7", Language::En),
            ("fr", Language::De),
            ("de-AT", Language::De),
            ("en;q=0.2, de;q=0.21", Language::De),
            ("en;q=x", Language::En),
        ] {
            let request = TestRequest::get()
                .insert_header((header::ACCEPT_LANGUAGE, header))
                .to_http_request();
            assert_eq!(accepted_language(&request), language, "{header}");
        }
    }

    #[test]
    fn the_parameter_wins_over_the_header() {
        let request = TestRequest::get()
            .uri("/?lang=en")
            .insert_header((header::ACCEPT_LANGUAGE, "de"))
            .to_http_request();
        assert_eq!(problem_language(&request), Language::En);
    }

    #[test]
    fn the_form_follows_parameter_then_header_then_json() {
        for (accept, asked, wanted) in [
            ("", None, Some(Format::Json)),
            ("*/*", None, Some(Format::Json)),
            ("text/csv", None, Some(Format::Csv)),
            ("text/csv;q=0.2, application/json;q=0.9", None, Some(Format::Json)),
            (XLSX, None, Some(Format::Xlsx)),
            ("text/html", None, None),
            ("text/csv;q=0", None, None),
            ("text/html", Some("xlsx"), Some(Format::Xlsx)),
            ("*/*", Some("pdf"), None),
        ] {
            let request = TestRequest::get()
                .insert_header((header::ACCEPT, accept))
                .to_http_request();
            assert_eq!(Format::wanted(&request, asked).ok(), wanted, "{accept} {asked:?}");
        }
    }
}
