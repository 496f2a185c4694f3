//! A workbook as the parts of its package, to change what no library writes.

use std::io::{Cursor, Read as _, Write as _};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a package, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    parts: Vec<(String, String)>,
}

impl Package {
    /// The parts of a workbook.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let parts = (0..archive.len()).map(|index| {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("text");
            (entry.name().expect("a name").into_owned(), text)
        });
        Self {
            parts: parts.collect(),
        }
    }

    /// Sets a part.
    pub(crate) fn set(&mut self, name: &str, content: &str) -> &mut Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), content.to_owned()));
        self
    }

    /// A part as it is.
    pub(crate) fn part(&self, name: &str) -> &str {
        let found = self.parts.iter().find(|(known, _)| known == name);
        &found.expect("the part").1
    }

    /// Replaces a text that occurs in a part, once.
    pub(crate) fn replace(&mut self, name: &str, from: &str, to: &str) -> &mut Self {
        let found = self.parts.iter_mut().find(|(known, _)| known == name);
        let (_, part) = found.expect("the part");
        assert!(part.contains(from), "{from} occurs in {name}");
        *part = part.replacen(from, to, 1);
        self
    }

    /// Adds a relationship to the workbook part.
    pub(crate) fn relate(&mut self, id: &str, kind: &str, target: &str) -> &mut Self {
        let relationship = format!(
            "<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/></Relationships>"
        );
        self.replace("xl/_rels/workbook.xml.rels", "</Relationships>", &relationship)
    }

    /// Names one more sheet, of a part that a relationship leads to.
    pub(crate) fn sheet(&mut self, name: &str, id: &str) -> &mut Self {
        let sheet = format!("<sheet name=\"{name}\" sheetId=\"99\" r:id=\"{id}\"/></sheets>");
        self.replace("xl/workbook.xml", "</sheets>", &sheet)
    }

    /// The file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            writer
                .start_file(name.as_str(), SimpleFileOptions::default())
                .expect("an entry");
            writer.write_all(content.as_bytes()).expect("content");
        }
        writer.finish().expect("a file").into_inner()
    }
}
