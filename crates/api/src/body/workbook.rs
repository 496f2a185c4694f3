//! A workbook as body, or as the field `file` of a form.

use std::future::{Ready, ready};

use actix_multipart::{Field, Multipart};
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, ContentDisposition},
    rt::time::timeout,
};
use futures_util::StreamExt;
use nachweis_domain::{language::Text, limits};

use super::{collect, declared, media_type, refuse_declared, refuse_encoding, times, too_large};
use crate::{
    capacity::{OwnShare, Share},
    negotiation::XLSX,
    problem::{Code, Problem},
    session::Session,
};

/// The field of a form that holds the workbook.
const FIELD: &str = "file";

/// A workbook of which nothing has been read, nor any memory taken for it: first it is asked whether it may come.
pub(crate) struct Arriving {
    request: HttpRequest,
    payload: Payload,
}

/// An uploaded workbook, read and not yet looked at.
#[derive(Debug)]
pub(crate) struct Workbook {
    /// The name as sent, without path; `None` when none was sent.
    pub(crate) name: Option<String>,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// The memory they take, given back when the request ends.
    pub(crate) space: Space,
}

/// Memory for a workbook, of what its account and what all may take.
#[derive(Debug)]
pub(crate) struct Space {
    _own: OwnShare,
    _share: Share,
}

impl FromRequest for Arriving {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            request: request.clone(),
            payload: payload.take(),
        }))
    }
}

impl Arriving {
    /// Reads the workbook of somebody who may send it.
    ///
    /// # Errors
    /// 400, 408, 413 and 415 for what is no workbook, or none in time; 429 when too much of the account arrives, 503 when too
    /// much of all does.
    pub(crate) async fn read(self, session: &Session) -> Result<Workbook, Problem> {
        let Self { request, payload } = self;
        let limit = limits::FILE_SIZE.size();
        let space = take_space(&request, session, limit)?;
        let (name, bytes) = match media_type(&request).as_str() {
            "multipart/form-data" => of_form(&request, payload, limit).await?,
            XLSX | "application/octet-stream" => {
                let bytes = collect(&request, payload, limit, times(&request).workbook).await?;
                (name_of_header(&request), bytes)
            }
            _ => return Err(wrong_type()),
        };
        if bytes.is_empty() {
            return Err(Problem::new(Code::BodyEmpty));
        }
        Ok(Workbook { name, bytes, space })
    }
}

/// Takes memory for the declared length, or for the largest file when none is declared.
pub(super) fn take_space(
    request: &HttpRequest,
    session: &Session,
    limit_bytes: usize,
) -> Result<Space, Problem> {
    refuse_declared(request, limit_bytes + limits::FORM_OVERHEAD.size())?;
    let bytes = declared(request).unwrap_or(limit_bytes);
    let desk = session.desk();
    let own = desk
        .arriving_of_one
        .take(session.pass().user, bytes)
        .ok_or_else(|| Problem::new(Code::UploadsAtOnce))?;
    let share = desk
        .arriving
        .take(bytes)
        .ok_or_else(|| Problem::new(Code::Busy))?;
    Ok(Space {
        _own: own,
        _share: share,
    })
}

async fn of_form(
    request: &HttpRequest,
    payload: Payload,
    limit_bytes: usize,
) -> Result<(Option<String>, Vec<u8>), Problem> {
    refuse_encoding(request)?;
    let form = Multipart::new(request.headers(), payload);
    timeout(times(request).workbook, only_file(form, limit_bytes))
        .await
        .map_err(|_elapsed| Problem::new(Code::BodySlow))?
}

/// The one file of a form; anything else in it is refused at once, however many parts follow.
async fn only_file(mut form: Multipart, limit_bytes: usize) -> Result<(Option<String>, Vec<u8>), Problem> {
    let mut file = None;
    while let Some(field) = form.next().await {
        let field = field.map_err(|_multipart| Problem::new(Code::FormUnfitting))?;
        if field.name() != Some(FIELD) || file.is_some() {
            return Err(Problem::new(Code::FormUnfitting));
        }
        let name = field
            .content_disposition()
            .and_then(ContentDisposition::get_filename)
            .map(clean_name);
        file = Some((name.flatten(), content_of(field, limit_bytes).await?));
    }
    file.ok_or_else(|| Problem::new(Code::FormUnfitting))
}

async fn content_of(mut field: Field, limit_bytes: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|_multipart| Problem::new(Code::BodyBroken))?;
        if bytes.len().saturating_add(chunk.len()) > limit_bytes {
            return Err(too_large(limit_bytes));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn name_of_header(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::CONTENT_DISPOSITION)?;
    let disposition = ContentDisposition::from_raw(value).ok()?;
    let extended = disposition
        .get_filename_ext()
        .and_then(|name| std::str::from_utf8(&name.value).ok());
    clean_name(extended.or_else(|| disposition.get_filename())?)
}

/// A file name without path, control and direction characters, cut to the limit; `None` when nothing is left.
fn clean_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut clean = String::new();
    for char in last.chars().filter(|char| !is_unsafe(*char)) {
        if clean.len() + char.len_utf8() > limits::UPLOAD_NAME.size() {
            break;
        }
        clean.push(char);
    }
    let clean = clean.trim().trim_start_matches('.');
    (!clean.is_empty()).then(|| clean.to_owned())
}

fn is_unsafe(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn wrong_type() -> Problem {
    Problem::with_detail(
        Code::BodyTypeUnknown,
        Text::new(
            "Hier wird eine XLSX-Arbeitsmappe erwartet, als Inhalt (application/vnd.openxmlformats-officedocument.spreadsheetml.sheet oder application/octet-stream) oder als Feld „file“ eines Formulars (multipart/form-data).",
            "An XLSX workbook is expected here, as the body (application/vnd.openxmlformats-officedocument.spreadsheetml.sheet or application/octet-stream) or as the field “file” of a form (multipart/form-data).",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_no_path_and_no_tricks() {
        for (sent, kept) in [
            ("Quartal 3.xlsx", Some("Quartal 3.xlsx")),
            ("../../etc/passwd", Some("passwd")),
            (r"C:\Daten\Mappe.xlsx", Some("Mappe.xlsx")),
            ("a\u{202e}xslx.exe", Some("axslx.exe")),
            ("a\r\nb.xlsx", Some("ab.xlsx")),
            ("..", None),
            ("", None),
            ("dir/", None),
        ] {
            assert_eq!(clean_name(sent).as_deref(), kept, "{sent:?}");
        }
        let long = clean_name(&"ä".repeat(300)).unwrap();
        assert_eq!(long.len(), 254);
    }
}
