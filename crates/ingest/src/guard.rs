//! The guard: decides on the raw bytes whether a file may be read at all, and hands on a package written by us.
//!
//! It runs in the confined child. Steps: magic number, directory of the archive, names and policy, then one scan of
//! each part that is read (robustness.md §3.4). Each such part is unpacked once. What passes is read by calamine as
//! Excel reads it; what could be read in two ways is refused with a [`Refusal`] that names place and remedy.
//!
//! It does not know templates, rounds or figures.

use std::{collections::HashSet, fmt::Write as _};

use memchr::memmem;
use nachweis_domain::rules::personal::PersonalKind;

use crate::{
    inspection::{Inspection, Place, SheetFacts},
    refusal::{ArchiveFault, Bounded, Held as _, PartFault, Refusal},
};

mod address;
mod archive;
mod attributes;
mod beside;
mod bounds;
mod cells;
mod characters;
mod clean;
mod fault;
mod filter;
mod little;
mod number;
mod number_format;
mod once;
mod parts;
mod plain;
mod policy;
mod sheet;
mod strings;
mod styles;
mod sweep;
mod unpack;
mod vocabulary;
mod workbook;
mod xml;

use bounds::Bounds;
pub(crate) use bounds::Purpose;
use clean::Package;
use parts::Parts;
use sheet::{Counters, Scanned, Surroundings};
use strings::SharedStrings;
use workbook::{Sheet, Workbook};

/// A file that passed.
#[derive(Debug)]
pub(crate) struct Guarded {
    /// What the cell reader cannot tell.
    pub(crate) inspection: Inspection,
    /// The package to read: the scanned cells, texts and number formats in a workbook of our own.
    pub(crate) package: Vec<u8>,
}

/// Says whether a file would be read at all, without reading it.
///
/// # Errors
/// The refusal of an uploaded workbook.
pub fn check_file(bytes: &[u8]) -> Result<(), Refusal> {
    guard(bytes, Purpose::Workbook).map(drop)
}

/// Checks a file for a purpose.
pub(crate) fn guard(bytes: &[u8], purpose: Purpose) -> Result<Guarded, Refusal> {
    let bounds = Bounds::of(purpose);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    bounds.file_size.check(Bounded::File, size, "")?;
    check_magic(bytes)?;
    let entries = archive::entries(bytes, &bounds)?;
    let parts = Parts::new(entries);
    policy::check_names(&parts, &bounds)?;
    let workbook = parts.workbook(&bounds)?;
    Scan::new(&parts, &bounds, &workbook, bytes.len())?.sheets(workbook)
}

/// Tells other formats by their first bytes.
fn check_magic(bytes: &[u8]) -> Result<(), Refusal> {
    const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    // The stream name `EncryptedPackage` in UTF-16.
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.starts_with(b"PK\x03\x04") {
        Ok(())
    } else if bytes.starts_with(COMPOUND) {
        let found = memmem::find(bytes, &encrypted).is_some();
        Err(if found {
            Refusal::Encrypted
        } else {
            Refusal::OldFormat
        })
    } else if memmem::find(bytes, b"PK\x03\x04").is_some() && memmem::rfind(bytes, b"PK\x05\x06").is_some() {
        Err(Refusal::DamagedArchive {
            fault: ArchiveFault::ForeignBytes,
        })
    } else {
        Err(Refusal::NotAWorkbook)
    }
}

/// The scan of the parts of a workbook.
struct Scan<'a> {
    parts: &'a Parts<'a>,
    bounds: &'a Bounds,
    package: Package,
    strings: SharedStrings,
    counters: Counters,
    inspection: Inspection,
    /// Keys of the parts that are read.
    read: HashSet<String>,
}

impl<'a> Scan<'a> {
    fn new(
        parts: &'a Parts<'a>,
        bounds: &'a Bounds,
        workbook: &Workbook,
        size: usize,
    ) -> Result<Self, Refusal> {
        let mut scan = Self {
            parts,
            bounds,
            package: Package::with_capacity(size.saturating_mul(8).min(64 * 1024 * 1024)),
            strings: SharedStrings::default(),
            counters: Counters {
                ranges: workbook.names,
                ..Counters::default()
            },
            inspection: Inspection {
                sheets: Vec::new(),
                date1904: workbook.date1904,
                charts: Vec::new(),
                personal: Vec::new(),
                cells: 0,
            },
            read: workbook.parts().cloned().collect(),
        };
        scan.tell_settings(workbook.personal);
        if let Some(key) = &workbook.strings {
            let (bytes, part) = parts.unpack(key)?;
            scan.strings = SharedStrings::scan(&bytes, part, bounds)?;
            let content = bytes.get(scan.strings.content.clone()).unwrap_or_default();
            scan.package
                .add("xl/sharedStrings.xml", &[b"<sst>", content, b"</sst>"]);
        }
        if let Some(key) = &workbook.styles {
            let (bytes, part) = parts.unpack(key)?;
            scan.package.add(
                "xl/styles.xml",
                &[&styles::reduced(&bytes, part, bounds.numbers)?],
            );
        }
        Ok(scan)
    }

    fn sheets(mut self, workbook: Workbook) -> Result<Guarded, Refusal> {
        let mut names = HashSet::new();
        for sheet in workbook.sheets {
            if !names.insert(sheet.name.to_lowercase()) {
                return Err(Refusal::DuplicateSheet { name: sheet.name });
            }
            if !self.read.insert(sheet.relationship.target.clone()) {
                return Err(Refusal::SharedPart { sheet: sheet.name });
            }
            match sheet.relationship.kind.as_str() {
                "worksheet" => self.sheet(sheet)?,
                // Charts on a sheet of their own hold no cells.
                "chartsheet" => self.inspection.charts.push(sheet.name),
                "dialogsheet" | "xlMacrosheet" | "xlIntlMacrosheet" => return Err(Refusal::Macros),
                _ => return Err(fault::damaged("xl/_rels/workbook.xml.rels", PartFault::Value)),
            }
        }
        if self.bounds.personal {
            let found = beside::look(self.parts, &self.read)?;
            self.inspection.personal.extend(found);
        }
        Ok(self.finish())
    }

    /// Keeps what kind of data about single persons the settings of a sheet or of the workbook hold.
    fn tell_settings(&mut self, kind: Option<PersonalKind>) {
        if self.bounds.personal {
            let found = kind.map(|kind| (Place::PageHeader, kind));
            self.inspection.personal.extend(found);
        }
    }

    fn sheet(&mut self, sheet: Sheet) -> Result<(), Refusal> {
        let (bytes, part) = self.parts.unpack(&sheet.relationship.target)?;
        let mut facts = SheetFacts {
            name: sheet.name,
            state: sheet.state,
            ..SheetFacts::default()
        };
        let around = Surroundings {
            part,
            bounds: self.bounds,
            strings: &self.strings.sizes,
        };
        let Scanned { rows, cells } = sheet::scan(&bytes, around, &mut self.counters, &mut facts)?;
        for settings in [bytes.get(..rows.start), bytes.get(rows.end..)] {
            self.tell_settings(settings.and_then(beside::in_settings));
        }
        if facts.has_tables && !facts.hidden_rows.is_empty() {
            facts
                .filters
                .extend(self.parts.table_filters(&sheet.relationship.target));
        }
        let number = self.inspection.sheets.len() + 1;
        self.package.add(
            &format!("xl/worksheets/sheet{number}.xml"),
            &[b"<worksheet><sheetData>", &cells, b"</sheetData></worksheet>"],
        );
        self.inspection.sheets.push(facts);
        Ok(())
    }

    /// Writes the workbook around the sheets.
    fn finish(mut self) -> Guarded {
        const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut sheets = String::new();
        let mut relationships = String::new();
        for (index, sheet) in self.inspection.sheets.iter().enumerate() {
            let number = index + 1;
            let name = quick_xml::escape::escape(sheet.name.as_str());
            // Writing to a string cannot fail.
            let _ = write!(
                sheets,
                "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>"
            );
            let _ = write!(
                relationships,
                "<Relationship Id=\"r{number}\" Type=\"{TYPES}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
        }
        self.inspection.cells = self.counters.cells;
        let epoch = u8::from(self.inspection.date1904);
        let workbook =
            format!("<workbook><workbookPr date1904=\"{epoch}\"/><sheets>{sheets}</sheets></workbook>");
        let root = format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{TYPES}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        let relationships = format!("<Relationships>{relationships}</Relationships>");
        self.package.add("_rels/.rels", &[root.as_bytes()]);
        self.package
            .add("xl/_rels/workbook.xml.rels", &[relationships.as_bytes()]);
        self.package.add("xl/workbook.xml", &[workbook.as_bytes()]);
        Guarded {
            inspection: self.inspection,
            package: self.package.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
