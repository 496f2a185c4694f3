//! The marked copy: the lead's own values in a fresh issue of the template, with every finding in its cell.
//!
//! Cells are coloured by the gravest finding, each finding is a note in the lead's language, and a first sheet lists all
//! of them with links. What could not be read stands in its cell as typed. The copy keeps the id and the seal of the
//! workbook it comes from, so that a lead can correct it and hand it in.

mod index;
mod place;

use std::collections::BTreeMap;

use nachweis_domain::{
    finding::{Code, Finding, Severity},
    language::Language,
    record::RatedFinding,
    round::FundingRound,
    waiver::FindingWaiver,
};

pub(crate) use index::is_index_title;

use crate::{
    issue::{Book, IngestError, IssueStamp, Overlay, Seal},
    layout::Entry,
    reading::Reading,
    seal::SealKey,
};
use place::Map;

/// The most characters of a note; a cell of notes holds 32,767 but nobody reads more than this.
const NOTE_CHARACTERS: usize = 2_000;

/// Makes the marked copy of a workbook that was read: an XLSX file.
///
/// `findings` are those of the reading and of the rules, rated by the round. `key` renews the seal of a workbook that
/// this server had sealed; it never seals one that was not.
///
/// # Errors
/// [`IngestError::NoEnvelope`] when the reading has no envelope, and as [`crate::issue()`].
pub fn mark(
    round: &FundingRound,
    reading: &Reading,
    findings: &[RatedFinding],
    language: Language,
    key: &SealKey,
) -> Result<Vec<u8>, IngestError> {
    let envelope = reading.envelope.as_ref().ok_or(IngestError::NoEnvelope)?;
    let stamp = IssueStamp {
        id: envelope.issue_id,
        issued_at: envelope.issued_at,
    };
    let seal = Seal::Kept {
        checksum: envelope.checksum,
        seal: envelope.seal,
        renew: Some(key),
    };
    let mut book = Book::new(round, &envelope.context, stamp, envelope.language, seal)?;
    book.figures = Some(&reading.figures);
    book.is_declared = !findings.iter().any(|rated| rated.finding.code() == Code::Tpl21);
    let map = Map::new(&book.layout, reading);
    book.overlay = overlay(&map, reading, findings, language);
    let index = index::page(&book, &map, findings, language)?;
    book.write_after(vec![index])
}

/// Colours, notes and unreadable texts by cell of the copy.
fn overlay(map: &Map<'_>, reading: &Reading, findings: &[RatedFinding], language: Language) -> Overlay {
    let mut overlay = Overlay::default();
    for rated in findings {
        let parts = rated.finding.parts();
        let cells = rated.finding.at.iter().chain(&rated.finding.related);
        let mut is_noted = false;
        for (index, at) in cells.enumerate() {
            let Some(place) = map.cell(at) else { continue };
            let mark = overlay.marks.entry(place).or_insert(Severity::Notice);
            *mark = (*mark).max(weight(rated));
            // A finding about several cells says in each what stands there.
            let noted = match parts.get(index) {
                Some(part) => Some(part),
                None => (!is_noted).then_some(&rated.finding),
            };
            is_noted = true;
            if let Some(finding) = noted {
                add_note(&mut overlay.notes, place, (finding, rated.waiver), language);
            }
        }
    }
    for (at, typed) in &reading.raw {
        overlay.typed.extend(
            map.cell(at)
                .map(|place| (place, Entry::Text(typed.clone()).shown())),
        );
    }
    overlay
}

/// How much a finding weighs for the lead: a waived one asks for nothing.
const fn weight(rated: &RatedFinding) -> Severity {
    match rated.waiver {
        Some(_) => Severity::Notice,
        None => rated.severity,
    }
}

/// What is said of a finding, with the waiver under which it stands.
fn text(finding: &Finding, waiver: Option<FindingWaiver>, language: Language) -> String {
    let mut text = finding.text(language);
    if let Some(waiver) = waiver {
        text.push(' ');
        text.push_str(waiver.sentence().get(language));
    }
    text
}

fn add_note(
    notes: &mut BTreeMap<place::Key, String>,
    place: place::Key,
    (finding, waiver): (&Finding, Option<FindingWaiver>),
    language: Language,
) {
    let note = notes.entry(place).or_default();
    if !note.is_empty() {
        note.push_str("\n\n");
    }
    note.push_str(finding.code().as_str());
    note.push_str(": ");
    note.push_str(&text(finding, waiver, language));
    if let Some((cut, _)) = note.char_indices().nth(NOTE_CHARACTERS) {
        note.truncate(cut);
    }
}

#[cfg(test)]
mod tests;
