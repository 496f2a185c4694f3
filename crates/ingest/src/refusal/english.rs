//! The English wording of refusals.

use nachweis_domain::language::Language;

use super::{ArchiveFault, Bounded, CellFault, PartFault, Refusal};

const SAVE_AS_XLSX: &str =
    "Please open it in Excel or LibreOffice and save it as \"Excel Workbook (.xlsx)\".";
const SAVE_AGAIN: &str = "Please open the file in Excel or LibreOffice, save it again as \"Excel Workbook (.xlsx)\" \
                          and upload it once more.";

pub(super) fn text(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAWorkbook => format!("The file is not an Excel workbook (.xlsx). {SAVE_AS_XLSX}"),
        Refusal::OldFormat => {
            format!("The file has the old Excel format (.xls), which is not accepted. {SAVE_AS_XLSX}")
        }
        Refusal::Encrypted => "The file is encrypted with a password and cannot be read. Please remove the password \
                               (File, Info, Protect Workbook) and upload it once more."
            .into(),
        Refusal::OpenDocument => {
            format!("The file is an OpenDocument spreadsheet (.ods), which is not accepted. {SAVE_AS_XLSX}")
        }
        Refusal::BinaryWorkbook => {
            format!("The file is a binary workbook (.xlsb), which is not accepted. {SAVE_AS_XLSX}")
        }
        Refusal::OtherOfficeFile => "The file is an office document, but not a workbook. Please upload the completed \
                                     workbook (.xlsx)."
            .into(),
        Refusal::Macros => {
            format!("The workbook contains macros, which are not accepted. {SAVE_AS_XLSX} This drops the macros.")
        }
        Refusal::ExternalLinks => "The workbook refers to other files whose values nobody can check here. Please turn \
                                   the links into values (Data, Edit Links, Break Link) and upload it once more."
            .into(),
        Refusal::EmbeddedObjects => "The workbook contains embedded objects (such as an inserted file or a control). \
                                     Please delete these objects and upload the workbook once more; pictures may stay."
            .into(),
        Refusal::TooLarge { what, found, allowed, place } => too_large(*what, *found, *allowed, place),
        Refusal::DamagedArchive { fault } => format!("The file is damaged: {}. {SAVE_AGAIN}", archive(*fault)),
        Refusal::DamagedPart { part, fault } => {
            format!("The file is damaged: the part \"{part}\" {}. {SAVE_AGAIN}", damaged(*fault))
        }
        Refusal::MissingPart { part } => {
            format!("The file is incomplete: the part \"{part}\" is missing. {SAVE_AGAIN}")
        }
        Refusal::DocumentType { part } => format!(
            "The part \"{part}\" of the file declares a document type (DTD) of its own, which workbooks must not do. \
             {SAVE_AGAIN}"
        ),
        Refusal::Encoding { part } => {
            format!("The part \"{part}\" of the file is not written in UTF-8 and would be misread. {SAVE_AGAIN}")
        }
        Refusal::UnclearCell { at, fault } => format!(
            "{at}: The cell is stored in a form that programs read differently: {}. Please type the value of this \
             cell again. {SAVE_AGAIN}",
            unclear(*fault)
        ),
        Refusal::DuplicateSheet { name } => format!(
            "Two sheets are named \"{name}\", so that it is not clear which one counts. Please delete or rename the \
             wrong one."
        ),
        Refusal::SharedPart { sheet } => format!(
            "The sheet \"{sheet}\" is not a sheet of its own, but the same part of the file as another. {SAVE_AGAIN}"
        ),
        Refusal::UnclosedQuote { line } => format!(
            "Line {line}: a quotation mark at the beginning of a field is not closed, so that the lines below would belong \
             to this field. Please close it or double it, or save the table as an \"Excel Workbook (.xlsx)\"."
        ),
        Refusal::Unreadable { sheet } if sheet.is_empty() => format!("The workbook cannot be read. {SAVE_AGAIN}"),
        Refusal::Unreadable { sheet } => format!("The sheet \"{sheet}\" cannot be read. {SAVE_AGAIN}"),
    }
}

fn too_large(what: Bounded, found: u64, allowed: u64, place: &str) -> String {
    let (subject, remedy) = subject(what);
    let place = if place.is_empty() {
        String::new()
    } else {
        format!(" (\"{place}\")")
    };
    format!(
        "{subject}{place}: found {}, allowed {}. {remedy}",
        amount(what, found),
        amount(what, allowed)
    )
}

const fn subject(what: Bounded) -> (&'static str, &'static str) {
    const LESS: &str = "Please delete what does not belong to the report and upload the file once more.";
    match what {
        Bounded::File => ("The file is too large", LESS),
        Bounded::Entries => ("The file consists of too many parts", LESS),
        Bounded::EntryName => ("A part of the file has too long a name", SAVE_AGAIN),
        Bounded::Entry => ("A part of the file is too large when unpacked", LESS),
        Bounded::Unpacked => ("The file is too large when unpacked", LESS),
        Bounded::Ratio => ("A part of the file is packed unusually tightly", LESS),
        Bounded::Sheets => ("The workbook has too many sheets", LESS),
        Bounded::SheetName => (
            "The name of a sheet is too long",
            "Please shorten the name of the sheet.",
        ),
        Bounded::Cells => ("The workbook has too many cells", LESS),
        Bounded::Rows => ("A sheet has values in too high a row", LESS),
        Bounded::Columns => ("A sheet has values in too high a column", LESS),
        Bounded::Area => ("The values of a sheet lie too far apart", LESS),
        Bounded::RowElements => (
            "A sheet has too many stored rows",
            "Please delete the empty rows below your entries.",
        ),
        Bounded::Strings => ("The workbook has too many different texts", LESS),
        Bounded::Text => ("The workbook holds too much text", LESS),
        Bounded::CellText => ("A cell holds too much text", "Please shorten the text."),
        Bounded::Formula => (
            "A formula is too long",
            "Please replace the formula by its value.",
        ),
        Bounded::SharedFormula => ("A shared formula has too high a number", SAVE_AGAIN),
        Bounded::Depth => ("A part of the file is nested too deeply", SAVE_AGAIN),
        Bounded::Attributes => ("An element of the file has too many attributes", SAVE_AGAIN),
        Bounded::Styles => ("The workbook has too many cell formats", SAVE_AGAIN),
        Bounded::NumberFormats => ("The workbook has too many number formats of its own", SAVE_AGAIN),
        Bounded::NumberFormat => ("A number format is too long", SAVE_AGAIN),
        Bounded::Ranges => ("The workbook has too many merged, hidden or named ranges", LESS),
        Bounded::Relationships => (
            "The workbook has too many references between its parts",
            SAVE_AGAIN,
        ),
    }
}

fn amount(what: Bounded, number: u64) -> String {
    let grouped = Language::En.group(number);
    match what {
        Bounded::File | Bounded::Entry | Bounded::Unpacked | Bounded::Text | Bounded::EntryName => {
            format!("{grouped} bytes")
        }
        Bounded::CellText | Bounded::Formula | Bounded::NumberFormat | Bounded::SheetName => {
            format!("{grouped} characters")
        }
        Bounded::Ratio => format!("{grouped} : 1"),
        _ => grouped,
    }
}

const fn archive(fault: ArchiveFault) -> &'static str {
    match fault {
        ArchiveFault::CutOff => "its end is missing, it was probably not transferred completely",
        ArchiveFault::ForeignBytes => "there are foreign data before, between or after its parts",
        ArchiveFault::Directory => "its table of contents contradicts the contents",
        ArchiveFault::Name => "a part has a name that is not allowed",
        ArchiveFault::DuplicateName => "two parts have the same name",
        ArchiveFault::Overlap => "parts overlap",
        ArchiveFault::EncryptedEntry => "a part is encrypted",
        ArchiveFault::Method => "a part is packed in an unusual way",
        ArchiveFault::Zip64 => "it has the 64-bit form for very large archives",
        ArchiveFault::Size => "a part does not have the size stated",
        ArchiveFault::Data => "a part cannot be unpacked",
    }
}

const fn damaged(fault: PartFault) -> &'static str {
    match fault {
        PartFault::Unclosed => "breaks off",
        PartFault::Mismatch => "is nested wrongly",
        PartFault::Tag => "contains a faulty element",
        PartFault::Reference => "contains an unknown reference",
        PartFault::Content => "contains text or comments in the wrong place",
        PartFault::Element => "contains an element in the wrong place",
        PartFault::Value => "contains a value that the format does not know",
    }
}

const fn unclear(fault: CellFault) -> &'static str {
    match fault {
        CellFault::Number => "the number is not a plain decimal",
        CellFault::NumberTooLarge => "the number is too large to be exact",
        CellFault::Markup => "there are invisible comments or references in the cell",
        CellFault::Twice => "the cell holds two values",
        CellFault::ValueBesideText => "the cell holds both a text and another value",
        CellFault::TextIndex => "the cell refers to a text that does not exist",
        CellFault::Truth => "the truth value is neither TRUE nor FALSE",
        CellFault::ErrorValue => "the error value is unknown",
        CellFault::Date => "the date is not stored legibly",
        CellFault::Kind => "the kind of the cell is unknown",
        CellFault::Address => "the address of the cell is not valid",
        CellFault::Order => "the cell occurs twice or stands in the wrong place",
        CellFault::Formula => "the formula is stored wrongly",
        CellFault::Content => "the cell holds something that is neither value, text nor formula",
    }
}
