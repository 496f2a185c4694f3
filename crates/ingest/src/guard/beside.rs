//! Data about single persons beside the cells: in notes, pivot tables, drawings, properties, page headers, lists.
//!
//! The original is kept as it was sent, so what is not read is looked at, too. Nothing of it is kept or told but what
//! kind of data it is and where. The authors of a file and of its notes are staff and are left alone.

use std::collections::HashSet;

use nachweis_domain::rules::personal::{PersonalKind, of_header, of_note, of_text};

use super::{
    parts::Parts,
    sweep::{Found, sweep},
};
use crate::{inspection::Place, refusal::Refusal};

/// Looks at every part but those that the scan has `read`; binary parts and pictures hold no text.
pub(super) fn look(parts: &Parts<'_>, read: &HashSet<String>) -> Result<Vec<(Place, PersonalKind)>, Refusal> {
    let mut found = Vec::new();
    for key in parts.keys().filter(|key| !read.contains(*key)) {
        let Some(place) = place_of(key) else { continue };
        let (bytes, part) = parts.unpack(key)?;
        let text = std::str::from_utf8(&bytes).map_err(|_not_utf8| Refusal::Encoding {
            part: part.to_owned(),
        })?;
        if let Some(kind) = in_part(text, place) {
            found.push((place, kind));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Looks at the settings of a sheet or of the workbook: headers and footers of pages, drop-down lists, names.
pub(super) fn in_settings(bytes: &[u8]) -> Option<PersonalKind> {
    in_part(&String::from_utf8_lossy(bytes), Place::PageHeader)
}

/// Where a part belongs; `None` for parts that hold no text of people, and for the authors of notes.
fn place_of(key: &str) -> Option<Place> {
    let is_text = [".xml", ".rels", ".vml"]
        .iter()
        .any(|ending| key.ends_with(ending));
    if !is_text || key.contains("/theme/") || key.contains("/persons/") {
        return None;
    }
    Some(if key.contains("comment") {
        Place::Note
    } else if ["/pivot", "/slicer", "/timeline"]
        .iter()
        .any(|word| key.contains(word))
    {
        Place::PivotTable
    } else if ["/drawings/", "/charts/", "/diagrams/"]
        .iter()
        .any(|word| key.contains(word))
    {
        Place::Drawing
    } else if key.starts_with("docprops/") {
        Place::Property
    } else {
        Place::HiddenPart
    })
}

fn in_part(text: &str, place: Place) -> Option<PersonalKind> {
    let mut kind = None;
    let (mut is_author, mut is_label) = (false, false);
    sweep(text, &mut |found| {
        if kind.is_some() {
            return;
        }
        match found {
            Found::Element(element) => {
                is_author = AUTHORS.contains(&element);
                is_label &= element != "property";
                if place == Place::HiddenPart {
                    kind = of_element(element);
                }
            }
            Found::Named("property", name) if LABELS.iter().any(|label| name.starts_with(label)) => {
                is_label = true;
            }
            Found::Named("cacheField" | "property", name) => kind = of_header(name),
            Found::Text(_) if is_author || is_label => {}
            Found::Text(text) => {
                kind = of_text(text).or_else(|| of_note(text).filter(|_| place == Place::Note));
            }
            Found::Named(..) => {}
        }
    });
    kind
}

/// What an element of data of its own is called. `name` is called everything.
fn of_element(element: &str) -> Option<PersonalKind> {
    of_header(element).filter(|kind| match kind {
        PersonalKind::Name => !element.eq_ignore_ascii_case("name"),
        PersonalKind::BirthDate | PersonalKind::PersonId | PersonalKind::Iban => true,
        PersonalKind::Email | PersonalKind::Phone | PersonalKind::Address => false,
    })
}

/// Elements that name who wrote a file or note.
const AUTHORS: [&str; 5] = ["creator", "lastModifiedBy", "author", "Manager", "Company"];
/// Properties that office programs set: labels of secrecy with their owner, users of a shared file.
const LABELS: [&str; 2] = ["MSIP_Label", "display_urn"];
