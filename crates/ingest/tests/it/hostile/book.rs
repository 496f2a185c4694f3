//! Workbooks made of raw parts. `Book::simple` is sound; everything else is a change to it.

use super::zip::{Entry, archive};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The part of the first sheet.
pub(crate) const SHEET: &str = "xl/worksheets/sheet1.xml";
/// The part of the shared texts.
pub(crate) const STRINGS: &str = "xl/sharedStrings.xml";
/// The part of the formats.
pub(crate) const STYLES: &str = "xl/styles.xml";
/// The workbook part.
pub(crate) const WORKBOOK: &str = "xl/workbook.xml";
/// The relationships of the workbook part.
pub(crate) const RELATIONSHIPS: &str = "xl/_rels/workbook.xml.rels";
/// The content types.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A workbook as its parts.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// Two rows: `Träger | 12.5` and `Titel | 1000`.
    pub(crate) fn simple() -> Self {
        let sheet = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c></row>
            <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1000</v></c></row>"#;
        let mut book = Self { parts: Vec::new() };
        book.set(
            CONTENT_TYPES,
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        );
        book.set(
            "_rels/.rels",
            &format!(r#"<Relationships><Relationship Id="rId1" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        );
        book.set(
            WORKBOOK,
            &format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        );
        book.set(
            RELATIONSHIPS,
            &relationships(&[("rId1", "worksheet", "worksheets/sheet1.xml")]),
        );
        book.set(
            STRINGS,
            r#"<sst count="2" uniqueCount="2"><si><t>Träger</t></si><si><t>Titel</t></si></sst>"#,
        );
        book.set(
            STYLES,
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>"#,
        );
        book.rows(sheet)
    }

    /// The simple workbook with one cell, A1, written as given.
    pub(crate) fn cell(cell: &str) -> Vec<u8> {
        Self::simple()
            .rows(&format!(r#"<row r="1">{cell}</row>"#))
            .bytes()
    }

    /// The same workbook with these rows in its first sheet.
    pub(crate) fn rows(self, rows: &str) -> Self {
        self.sheet(&format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}"><dimension ref="A1:B2"/><sheetData>{rows}</sheetData></worksheet>"#
        ))
    }

    /// The same workbook with this part as its first sheet.
    pub(crate) fn sheet(mut self, part: &str) -> Self {
        self.set(SHEET, part);
        self
    }

    /// Sets a part.
    pub(crate) fn set(&mut self, name: &str, content: &str) -> &mut Self {
        self.set_bytes(name, content.as_bytes())
    }

    /// Sets a part to bytes that need not be text.
    pub(crate) fn set_bytes(&mut self, name: &str, content: &[u8]) -> &mut Self {
        match self.parts.iter_mut().find(|(known, _)| known == name) {
            Some((_, part)) => *part = content.to_vec(),
            None => self.parts.push((name.to_owned(), content.to_vec())),
        }
        self
    }

    /// A part as it is.
    pub(crate) fn part(&self, name: &str) -> &[u8] {
        &self
            .parts
            .iter()
            .find(|(known, _)| known == name)
            .expect("the part")
            .1
    }

    /// Changes a part by replacing a text that must occur.
    pub(crate) fn replace(&mut self, name: &str, from: &str, to: &str) -> &mut Self {
        let part = self
            .parts
            .iter()
            .find(|(known, _)| known == name)
            .expect("the part");
        let text = String::from_utf8(part.1.clone()).expect("text");
        assert!(text.contains(from), "{from} occurs in {name}");
        self.set(name, &text.replacen(from, to, 1))
    }

    /// Takes a part away.
    pub(crate) fn remove(&mut self, name: &str) -> &mut Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    /// Names these sheets, each in a part of its own that is a copy of the first.
    pub(crate) fn sheets(&mut self, names: &[&str]) -> &mut Self {
        let part = self
            .parts
            .iter()
            .find(|(known, _)| known == SHEET)
            .expect("the sheet")
            .1
            .clone();
        let mut sheets = String::new();
        let mut targets = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let number = index + 1;
            sheets.push_str(&format!(
                r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#
            ));
            targets.push((format!("r{number}"), format!("worksheets/sheet{number}.xml")));
            self.set_bytes(&format!("xl/worksheets/sheet{number}.xml"), &part);
        }
        let known: Vec<(&str, &str, &str)> = targets
            .iter()
            .map(|(id, target)| (id.as_str(), "worksheet", target.as_str()))
            .collect();
        self.set(RELATIONSHIPS, &relationships(&known));
        self.set(
            WORKBOOK,
            &format!("<workbook><sheets>{sheets}</sheets></workbook>"),
        )
    }

    /// The entries of the archive, deflated.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.parts
            .iter()
            .map(|(name, part)| Entry::deflated(name, part))
            .collect()
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        archive(&self.entries())
    }

    /// The file with every part stored.
    pub(crate) fn stored(&self) -> Vec<u8> {
        let entries: Vec<Entry> = self
            .parts
            .iter()
            .map(|(name, part)| Entry::stored(name, part))
            .collect();
        archive(&entries)
    }
}

/// Relationships of the workbook part, with texts and formats.
pub(crate) fn relationships(sheets: &[(&str, &str, &str)]) -> String {
    let known = [
        ("s1", "sharedStrings", "sharedStrings.xml"),
        ("s2", "styles", "styles.xml"),
    ];
    let list: String = sheets
        .iter()
        .chain(&known)
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!("<Relationships>{list}</Relationships>")
}
