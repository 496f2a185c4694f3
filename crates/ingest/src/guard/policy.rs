//! What is sound but not taken: other formats, macros, embedded objects, links to other files. Names of parts give them
//! away, and so do types and relationships, whatever the parts are called.

use super::{
    bounds::Bounds,
    fault,
    parts::{CONTENT_TYPES, Parts},
};
use crate::refusal::{PartFault, Refusal};

/// Refuses what the names of the parts give away: other formats, macros, embedded objects, links to other files.
pub(super) fn check_names(parts: &Parts<'_>, bounds: &Bounds) -> Result<(), Refusal> {
    if !parts.has(CONTENT_TYPES) {
        return Err(if parts.has("mimetype") && parts.has("content.xml") {
            Refusal::OpenDocument
        } else if parts.any(|key| key.starts_with("xl/")) {
            Refusal::MissingPart {
                part: "[Content_Types].xml".into(),
            }
        } else {
            Refusal::NotAWorkbook
        });
    }
    if parts.has("xl/workbook.bin") {
        return Err(Refusal::BinaryWorkbook);
    }
    let macros = |key: &str| {
        key.ends_with("vbaproject.bin") || key.contains("/macrosheets/") || key.contains("/dialogsheets/")
    };
    if parts.any(macros) {
        return Err(Refusal::Macros);
    }
    if !bounds.links && parts.any(|key| key.contains("/externallinks/")) {
        return Err(Refusal::ExternalLinks);
    }
    if !bounds.links && parts.any(|key| key.contains("/embeddings/") || key.contains("/activex/")) {
        return Err(Refusal::EmbeddedObjects);
    }
    Ok(())
}

/// Refuses what the type of a part gives away.
pub(super) fn check_type(kind: &str, bounds: &Bounds) -> Result<(), Refusal> {
    let kind = kind.to_ascii_lowercase();
    let is_any = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if is_any(&["vbaproject", "macrosheet", "dialogsheet"]) {
        Err(Refusal::Macros)
    } else if !bounds.links
        && is_any(&[
            "externallink",
            "spreadsheetml.connections",
            "spreadsheetml.querytable",
        ])
    {
        Err(Refusal::ExternalLinks)
    } else if !bounds.links && is_any(&["oleobject", "activex"]) {
        Err(Refusal::EmbeddedObjects)
    } else {
        Ok(())
    }
}

/// Refuses what a relationship of the workbook part gives away.
pub(super) fn check_relationship(kind: &str, bounds: &Bounds) -> Result<(), Refusal> {
    match kind {
        "vbaProject" => Err(Refusal::Macros),
        "externalLink" | "connections" if !bounds.links => Err(Refusal::ExternalLinks),
        _ => Ok(()),
    }
}

/// Whether the type of the workbook part is that of a workbook without macros.
pub(super) fn check_workbook_type(kind: &str) -> Result<(), Refusal> {
    let kind = kind.to_lowercase();
    if kind.ends_with("spreadsheetml.sheet.main+xml") || kind.ends_with("spreadsheetml.template.main+xml") {
        Ok(())
    } else if kind.contains("sheet.binary") {
        Err(Refusal::BinaryWorkbook)
    } else if kind.contains("macroenabled") {
        Err(Refusal::Macros)
    } else if kind.contains("wordprocessingml") || kind.contains("presentationml") {
        Err(Refusal::OtherOfficeFile)
    } else {
        Err(fault::damaged("[Content_Types].xml", PartFault::Value))
    }
}
