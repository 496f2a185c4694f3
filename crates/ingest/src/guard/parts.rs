//! The package around the sheets: its parts, content types and relationships, and what must not be in it.

use nachweis_domain::limits;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    archive::Entry,
    bounds::Bounds,
    fault, filter, policy,
    strings::attribute,
    unpack::unpack,
    workbook::{self, Workbook},
    xml::Scanner,
};
use crate::{
    inspection::CellRange,
    refusal::{Bounded, Held as _, PartFault, Refusal},
};

pub(super) const CONTENT_TYPES: &str = "[content_types].xml";
const PACKAGE_RELATIONSHIPS: &str = "_rels/.rels";

/// The parts of a package, found by name without regard to case.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    entries: HashMap<String, Entry<'a>>,
}

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    /// The last step of its type: `worksheet`, `sharedStrings` …
    pub(super) kind: String,
    /// The key of the part that it leads to.
    pub(super) target: String,
    /// Whether it leads out of the package.
    pub(super) external: bool,
}

impl<'a> Parts<'a> {
    /// The parts of an archive.
    pub(super) fn new(entries: Vec<Entry<'a>>) -> Self {
        let entries = entries
            .into_iter()
            .map(|entry| (entry.key.clone(), entry))
            .collect();
        Self { entries }
    }

    /// Whether there is a part.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The keys of all parts.
    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.entries.keys()
    }

    /// Whether the name of any part meets a condition.
    pub(super) fn any(&self, condition: impl Fn(&str) -> bool) -> bool {
        self.entries.keys().any(|key| condition(key))
    }

    /// Unpacks a part; without a byte order mark.
    pub(super) fn unpack(&self, key: &str) -> Result<(Vec<u8>, &str), Refusal> {
        let entry = self
            .entries
            .get(key)
            .ok_or_else(|| Refusal::MissingPart { part: key.to_owned() })?;
        let mut bytes = unpack(entry)?;
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        Ok((bytes, &entry.name))
    }

    /// Finds the workbook part and reads it.
    pub(super) fn workbook(&self, bounds: &Bounds) -> Result<Workbook, Refusal> {
        let package = self.relationships(PACKAGE_RELATIONSHIPS, "")?;
        let path = only(&package, "officeDocument", PACKAGE_RELATIONSHIPS)?
            .ok_or_else(|| Refusal::MissingPart {
                part: "xl/workbook.xml".into(),
            })?
            .target
            .clone();
        self.check_content_types(&path, bounds)?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let key = format!("{folder}{slash}_rels/{file}.rels");
        let relationships = self.relationships(&key, folder)?;
        for relationship in relationships.values() {
            policy::check_relationship(&relationship.kind, bounds)?;
        }
        let (bytes, name) = self.unpack(&path)?;
        let mut workbook = workbook::read(&bytes, name, &relationships, bounds)?;
        let target = |kind| {
            let found = only(&relationships, kind, &key)?.filter(|found| !found.external);
            Ok(found
                .map(|found| found.target.clone())
                .filter(|key| self.has(key)))
        };
        workbook.strings = target("sharedStrings")?;
        workbook.styles = target("styles")?;
        workbook.own = vec![CONTENT_TYPES.to_owned(), path, key];
        Ok(workbook)
    }

    fn check_content_types(&self, path: &str, bounds: &Bounds) -> Result<(), Refusal> {
        let (bytes, part) = self.unpack(CONTENT_TYPES)?;
        let xml = |fault| fault::refusal(part, fault);
        let mut scanner = Scanner::new(&bytes).map_err(xml)?;
        scanner.root().map_err(xml)?;
        let depth = scanner.depth();
        let (mut own, mut usual) = (None, None);
        while let Some(tag) = scanner.child(depth).map_err(xml)? {
            let [name, extension, kind] = tag
                .attributes()
                .pick([b"PartName", b"Extension", b"ContentType"])
                .map_err(xml)?;
            let kind = attribute(part, kind.unwrap_or_default())?;
            policy::check_type(&kind, bounds)?;
            if let Some(name) = name {
                if attribute(part, name)?.trim_start_matches('/').to_lowercase() == path {
                    own = Some(kind);
                }
            } else if extension.is_some_and(|extension| extension.eq_ignore_ascii_case(b"xml")) {
                usual = Some(kind);
            }
            scanner.skip(&tag).map_err(xml)?;
        }
        scanner.finish().map_err(xml)?;
        policy::check_workbook_type(&own.or(usual).unwrap_or_default())
    }

    /// The ranges that tables on a sheet leave rows out of. A table that cannot be read has none: it is not read for
    /// anything else.
    pub(super) fn table_filters(&self, sheet: &str) -> Vec<CellRange> {
        let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
        let Ok(relationships) = self.relationships(&format!("{folder}/_rels/{file}.rels"), folder) else {
            return Vec::new();
        };
        // Each part once, however often it is named.
        let tables: BTreeSet<String> = relationships
            .into_values()
            .filter(|relationship| relationship.kind == "table" && !relationship.external)
            .map(|relationship| relationship.target)
            .collect();
        tables
            .iter()
            .filter_map(|table| {
                let (bytes, _) = self.unpack(table).ok()?;
                filter::of_table(&bytes).ok().flatten()
            })
            .collect()
    }

    /// The relationships of a part by id; targets are relative to `folder`.
    fn relationships(&self, key: &str, folder: &str) -> Result<BTreeMap<String, Relationship>, Refusal> {
        let (bytes, part) = self.unpack(key)?;
        let xml = |fault| fault::refusal(part, fault);
        let mut scanner = Scanner::new(&bytes).map_err(xml)?;
        scanner.root().map_err(xml)?;
        let depth = scanner.depth();
        let mut relationships = BTreeMap::new();
        while let Some(tag) = scanner.child(depth).map_err(xml)? {
            let [id, kind, target, mode] = tag
                .attributes()
                .pick([b"Id", b"Type", b"Target", b"TargetMode"])
                .map_err(xml)?;
            scanner.skip(&tag).map_err(xml)?;
            let [id, kind, target] =
                [id, kind, target].map(|value| attribute(part, value.unwrap_or_default()));
            let external = mode == Some(b"External");
            let target = target?;
            let relationship = Relationship {
                kind: kind?.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external {
                    target
                } else {
                    resolve(folder, &target)
                },
                external,
            };
            if relationships.insert(id?, relationship).is_some() {
                return Err(fault::damaged(part, PartFault::Element));
            }
            let count = u64::try_from(relationships.len()).unwrap_or(u64::MAX);
            limits::RELATIONSHIPS.check(Bounded::Relationships, count, part)?;
        }
        scanner.finish().map_err(xml)?;
        Ok(relationships)
    }
}

/// The relationship of a kind that stands once.
fn only<'r>(
    relationships: &'r BTreeMap<String, Relationship>,
    kind: &str,
    part: &str,
) -> Result<Option<&'r Relationship>, Refusal> {
    let mut found = relationships
        .values()
        .filter(|relationship| relationship.kind == kind);
    let first = found.next();
    match found.next() {
        Some(_) => Err(fault::damaged(part, PartFault::Element)),
        None => Ok(first),
    }
}

/// The key of a target: from the root of the package, or from the folder; `..` leads up.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/").to_lowercase();
    let folder = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
