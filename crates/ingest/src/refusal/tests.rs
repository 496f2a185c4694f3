//! Codes, classes and both wordings of all refusals.

use std::collections::BTreeSet;

use super::*;

const BOUNDED: [Bounded; 26] = [
    Bounded::File,
    Bounded::Entries,
    Bounded::EntryName,
    Bounded::Entry,
    Bounded::Unpacked,
    Bounded::Ratio,
    Bounded::Sheets,
    Bounded::SheetName,
    Bounded::Cells,
    Bounded::Rows,
    Bounded::Columns,
    Bounded::Area,
    Bounded::RowElements,
    Bounded::Strings,
    Bounded::Text,
    Bounded::CellText,
    Bounded::Formula,
    Bounded::SharedFormula,
    Bounded::Depth,
    Bounded::Attributes,
    Bounded::Styles,
    Bounded::NumberFormats,
    Bounded::NumberFormat,
    Bounded::Ranges,
    Bounded::Relationships,
    Bounded::File,
];

const ARCHIVE: [ArchiveFault; 11] = [
    ArchiveFault::CutOff,
    ArchiveFault::ForeignBytes,
    ArchiveFault::Directory,
    ArchiveFault::Name,
    ArchiveFault::DuplicateName,
    ArchiveFault::Overlap,
    ArchiveFault::EncryptedEntry,
    ArchiveFault::Method,
    ArchiveFault::Zip64,
    ArchiveFault::Size,
    ArchiveFault::Data,
];

const PARTS: [PartFault; 7] = [
    PartFault::Unclosed,
    PartFault::Mismatch,
    PartFault::Tag,
    PartFault::Reference,
    PartFault::Content,
    PartFault::Element,
    PartFault::Value,
];

const CELLS: [CellFault; 14] = [
    CellFault::Number,
    CellFault::NumberTooLarge,
    CellFault::Markup,
    CellFault::Twice,
    CellFault::ValueBesideText,
    CellFault::TextIndex,
    CellFault::Truth,
    CellFault::ErrorValue,
    CellFault::Date,
    CellFault::Kind,
    CellFault::Address,
    CellFault::Order,
    CellFault::Formula,
    CellFault::Content,
];

fn all() -> Vec<Refusal> {
    let part = || "xl/worksheets/sheet1.xml".to_owned();
    let mut all = vec![
        Refusal::NotAWorkbook,
        Refusal::OldFormat,
        Refusal::Encrypted,
        Refusal::OpenDocument,
        Refusal::BinaryWorkbook,
        Refusal::OtherOfficeFile,
        Refusal::Macros,
        Refusal::ExternalLinks,
        Refusal::EmbeddedObjects,
    ];
    all.extend(BOUNDED.map(|what| Refusal::TooLarge {
        what,
        found: 1_234_567,
        allowed: 500_000,
        place: "Belege".into(),
    }));
    all.extend(ARCHIVE.map(|fault| Refusal::DamagedArchive { fault }));
    all.extend(PARTS.map(|fault| Refusal::DamagedPart { part: part(), fault }));
    all.push(Refusal::MissingPart { part: part() });
    all.push(Refusal::DocumentType { part: part() });
    all.push(Refusal::UnclosedQuote { line: 17 });
    all.push(Refusal::Encoding { part: part() });
    all.extend(CELLS.map(|fault| Refusal::UnclearCell {
        at: CellRef::at("Belege", 16, 3),
        fault,
    }));
    all.push(Refusal::DuplicateSheet {
        name: "Belege".into(),
    });
    all.push(Refusal::SharedPart {
        sheet: "Belege".into(),
    });
    all.push(Refusal::Unreadable { sheet: String::new() });
    all.push(Refusal::Unreadable {
        sheet: "Belege".into(),
    });
    all
}

#[test]
fn codes_classes_and_texts_are_frozen() {
    let lines: Vec<String> = all()
        .iter()
        .map(|refusal| {
            let status = refusal.class().status();
            let (de, en) = (refusal.text(Language::De), refusal.text(Language::En));
            format!("{} {status}\n  {de}\n  {en}", refusal.code())
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_text_is_whole_sentences_with_a_remedy() {
    for refusal in all() {
        for (language, please) in [(Language::De, "Bitte"), (Language::En, "Please")] {
            let text = refusal.text(language);
            assert!(text.ends_with('.') && text.contains(please), "{text}");
            assert!(!text.contains("  ") && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn codes_are_given_once_for_each_kind() {
    let codes: BTreeSet<&str> = all().iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), 20);
    assert!(codes.iter().all(|code| code.starts_with("FILE-")));
}

#[test]
fn refusals_survive_the_way_from_the_child() {
    for refusal in all() {
        let bytes = postcard::to_stdvec(&refusal).expect("serialisable");
        assert_eq!(
            postcard::from_bytes::<Refusal>(&bytes).expect("readable"),
            refusal
        );
    }
}
