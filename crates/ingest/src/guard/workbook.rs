//! The workbook part: the sheets with their names and states, the date system, how many names are defined.

use std::collections::BTreeMap;

use nachweis_domain::{limits, rules::personal::PersonalKind};

use super::{
    beside,
    bounds::Bounds,
    fault,
    once::Once,
    parts::Relationship,
    strings::attribute,
    vocabulary,
    xml::{Scanner, Tag},
};
use crate::{
    inspection::SheetState,
    refusal::{Bounded, Held as _, PartFault, Refusal},
};

/// A sheet as the workbook part names it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) state: SheetState,
    pub(super) relationship: Relationship,
}

/// What the workbook part and its relationships say.
#[derive(Clone, Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Sheet>,
    pub(super) date1904: bool,
    /// Defined names.
    pub(super) names: u64,
    /// Keys of the parts with shared texts and styles.
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Keys of the workbook part itself, of its relationships and of the content types.
    pub(super) own: Vec<String>,
    /// Data about single persons in its settings.
    pub(super) personal: Option<PersonalKind>,
}

impl Workbook {
    /// Keys of the parts that are read, without the sheets.
    pub(super) fn parts(&self) -> impl Iterator<Item = &String> {
        self.own.iter().chain(&self.strings).chain(&self.styles)
    }
}

/// Reads the workbook part.
pub(super) fn read(
    bytes: &[u8],
    part: &str,
    relationships: &BTreeMap<String, Relationship>,
    bounds: &Bounds,
) -> Result<Workbook, Refusal> {
    let xml = |fault| fault::refusal(part, fault);
    let mut scanner = Scanner::new(bytes).map_err(xml)?;
    let root = scanner.root().map_err(xml)?;
    if root.local() != b"workbook" || root.closed {
        return Err(fault::damaged(part, PartFault::Element));
    }
    vocabulary::check_root(&root, part)?;
    let depth = scanner.depth();
    let mut workbook = Workbook::default();
    let mut once = Once::new(part, root.prefix());
    while let Some(tag) = scanner.child(depth).map_err(xml)? {
        match once.own(&tag, [b"workbookPr", b"sheets"])? {
            b"workbookPr" => {
                let [epoch] = tag.attributes().pick([b"date1904"]).map_err(xml)?;
                workbook.date1904 = flag(epoch).ok_or_else(|| fault::damaged(part, PartFault::Value))?;
                scanner.skip(&tag).map_err(xml)?;
            }
            b"sheets" if !tag.closed => {
                let depth = scanner.depth();
                while let Some(tag) = scanner.child(depth).map_err(xml)? {
                    workbook
                        .sheets
                        .push(read_sheet(&tag, part, relationships, bounds)?);
                    let count = u64::try_from(workbook.sheets.len()).unwrap_or(u64::MAX);
                    limits::SHEETS.check(Bounded::Sheets, count, "")?;
                    scanner.skip(&tag).map_err(xml)?;
                }
            }
            b"definedNames" if !tag.closed => {
                let depth = scanner.depth();
                while let Some(tag) = scanner.child(depth).map_err(xml)? {
                    workbook.names += 1;
                    limits::RANGES.check(Bounded::Ranges, workbook.names, part)?;
                    scanner.skip(&tag).map_err(xml)?;
                }
            }
            b"externalReferences" if !bounds.links => return Err(Refusal::ExternalLinks),
            _ => scanner.skip(&tag).map_err(xml)?,
        }
    }
    scanner.finish().map_err(xml)?;
    workbook.personal = beside::in_settings(bytes);
    Ok(workbook)
}

fn read_sheet(
    tag: &Tag<'_>,
    part: &str,
    relationships: &BTreeMap<String, Relationship>,
    bounds: &Bounds,
) -> Result<Sheet, Refusal> {
    let value = || fault::damaged(part, PartFault::Value);
    let (mut name, mut state, mut id) = (None, SheetState::Visible, None);
    for item in tag.attributes() {
        let (key, raw) = item.map_err(|fault| fault::refusal(part, fault))?;
        match key {
            b"name" => name = Some(attribute(part, raw)?),
            b"state" => {
                state = match raw {
                    b"visible" => SheetState::Visible,
                    b"hidden" => SheetState::Hidden,
                    b"veryHidden" => SheetState::VeryHidden,
                    _ => return Err(value()),
                }
            }
            // Two ids would lead two programs to two parts.
            key if key.ends_with(b":id") && id.is_some() => return Err(value()),
            key if key.ends_with(b":id") => id = Some(attribute(part, raw)?),
            _ => {}
        }
    }
    let name = name
        .filter(|name| !name.trim().is_empty() && !name.chars().any(char::is_control))
        .ok_or_else(value)?;
    let length = u64::try_from(name.chars().count()).unwrap_or(u64::MAX);
    bounds.sheet_name.check(Bounded::SheetName, length, "")?;
    let relationship = id
        .and_then(|id| relationships.get(&id))
        .ok_or_else(value)?
        .clone();
    if relationship.external {
        return Err(Refusal::ExternalLinks);
    }
    Ok(Sheet {
        name,
        state,
        relationship,
    })
}

/// A truth value of XML Schema; absent is false.
pub(super) fn flag(value: Option<&[u8]>) -> Option<bool> {
    match value {
        None | Some(b"0" | b"false") => Some(false),
        Some(b"1" | b"true") => Some(true),
        Some(_) => None,
    }
}
