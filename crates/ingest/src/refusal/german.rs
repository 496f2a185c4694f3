//! The German wording of refusals.

use nachweis_domain::language::Language;

use super::{ArchiveFault, Bounded, CellFault, PartFault, Refusal};

const SAVE_AS_XLSX: &str =
    "Bitte öffnen Sie sie in Excel oder LibreOffice und speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“.";
const SAVE_AGAIN: &str = "Bitte öffnen Sie die Datei in Excel oder LibreOffice, speichern Sie sie neu als \
                          „Excel-Arbeitsmappe (.xlsx)“ und laden Sie sie noch einmal hoch.";

pub(super) fn text(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotAWorkbook => format!("Die Datei ist keine Excel-Arbeitsmappe (.xlsx). {SAVE_AS_XLSX}"),
        Refusal::OldFormat => {
            format!("Die Datei hat das alte Excel-Format (.xls), das nicht angenommen wird. {SAVE_AS_XLSX}")
        }
        Refusal::Encrypted => "Die Datei ist mit einem Kennwort verschlüsselt und kann nicht gelesen werden. Bitte \
                               entfernen Sie das Kennwort (Datei, Informationen, Arbeitsmappe schützen) und laden Sie \
                               sie noch einmal hoch."
            .into(),
        Refusal::OpenDocument => {
            format!("Die Datei ist eine OpenDocument-Tabelle (.ods), die nicht angenommen wird. {SAVE_AS_XLSX}")
        }
        Refusal::BinaryWorkbook => {
            format!("Die Datei ist eine binäre Arbeitsmappe (.xlsb), die nicht angenommen wird. {SAVE_AS_XLSX}")
        }
        Refusal::OtherOfficeFile => "Die Datei ist ein Office-Dokument, aber keine Arbeitsmappe. Bitte laden Sie die \
                                     ausgefüllte Arbeitsmappe (.xlsx) hoch."
            .into(),
        Refusal::Macros => {
            format!("Die Arbeitsmappe enthält Makros, die nicht angenommen werden. {SAVE_AS_XLSX} Dabei entfallen die Makros.")
        }
        Refusal::ExternalLinks => "Die Arbeitsmappe verweist auf andere Dateien, deren Werte hier niemand prüfen kann. \
                                   Bitte wandeln Sie die Verknüpfungen in Werte um (Daten, Verknüpfungen bearbeiten, \
                                   Verknüpfung löschen) und laden Sie sie noch einmal hoch."
            .into(),
        Refusal::EmbeddedObjects => "Die Arbeitsmappe enthält eingebettete Objekte (zum Beispiel eine eingefügte Datei \
                                     oder ein Steuerelement). Bitte löschen Sie diese Objekte und laden Sie die Mappe \
                                     noch einmal hoch; Bilder dürfen bleiben."
            .into(),
        Refusal::TooLarge { what, found, allowed, place } => too_large(*what, *found, *allowed, place),
        Refusal::DamagedArchive { fault } => {
            format!("Die Datei ist beschädigt: {}. {SAVE_AGAIN}", archive(*fault))
        }
        Refusal::DamagedPart { part, fault } => {
            format!("Die Datei ist beschädigt: Der Teil „{part}“ {}. {SAVE_AGAIN}", damaged(*fault))
        }
        Refusal::MissingPart { part } => {
            format!("Die Datei ist unvollständig: Der Teil „{part}“ fehlt. {SAVE_AGAIN}")
        }
        Refusal::DocumentType { part } => format!(
            "Der Teil „{part}“ der Datei vereinbart einen eigenen Dokumenttyp (DTD), was Arbeitsmappen nicht dürfen. \
             {SAVE_AGAIN}"
        ),
        Refusal::Encoding { part } => format!(
            "Der Teil „{part}“ der Datei ist nicht in UTF-8 geschrieben und würde falsch gelesen. {SAVE_AGAIN}"
        ),
        Refusal::UnclearCell { at, fault } => format!(
            "{at}: Die Zelle ist so gespeichert, dass Programme sie verschieden lesen: {}. Bitte geben Sie den Wert \
             dieser Zelle neu ein. {SAVE_AGAIN}",
            unclear(*fault)
        ),
        Refusal::DuplicateSheet { name } => format!(
            "Zwei Blätter haben den Namen „{name}“, sodass nicht klar ist, welches gilt. Bitte löschen Sie das falsche \
             Blatt oder benennen Sie es um."
        ),
        Refusal::SharedPart { sheet } => format!(
            "Das Blatt „{sheet}“ ist kein eigenes Blatt, sondern derselbe Teil der Datei wie ein anderes. {SAVE_AGAIN}"
        ),
        Refusal::UnclosedQuote { line } => format!(
            "Zeile {line}: Ein Anführungszeichen am Anfang eines Feldes wird nicht geschlossen, sodass die folgenden Zeilen \
             zu diesem Feld gehören würden. Bitte schließen Sie es oder verdoppeln Sie es, oder speichern Sie die Tabelle \
             als „Excel-Arbeitsmappe (.xlsx)“."
        ),
        Refusal::Unreadable { sheet } if sheet.is_empty() => {
            format!("Die Arbeitsmappe kann nicht gelesen werden. {SAVE_AGAIN}")
        }
        Refusal::Unreadable { sheet } => {
            format!("Das Blatt „{sheet}“ kann nicht gelesen werden. {SAVE_AGAIN}")
        }
    }
}

fn too_large(what: Bounded, found: u64, allowed: u64, place: &str) -> String {
    let (subject, remedy) = subject(what);
    let place = if place.is_empty() {
        String::new()
    } else {
        format!(" („{place}“)")
    };
    format!(
        "{subject}{place}: gefunden {}, erlaubt {}. {remedy}",
        amount(what, found),
        amount(what, allowed)
    )
}

const fn subject(what: Bounded) -> (&'static str, &'static str) {
    const LESS: &str =
        "Bitte löschen Sie, was nicht zum Nachweis gehört, und laden Sie die Datei noch einmal hoch.";
    match what {
        Bounded::File => ("Die Datei ist zu groß", LESS),
        Bounded::Entries => ("Die Datei besteht aus zu vielen Teilen", LESS),
        Bounded::EntryName => ("Ein Teil der Datei hat einen zu langen Namen", SAVE_AGAIN),
        Bounded::Entry => ("Ein Teil der Datei ist ausgepackt zu groß", LESS),
        Bounded::Unpacked => ("Die Datei ist ausgepackt zu groß", LESS),
        Bounded::Ratio => ("Ein Teil der Datei ist ungewöhnlich stark gepackt", LESS),
        Bounded::Sheets => ("Die Arbeitsmappe hat zu viele Blätter", LESS),
        Bounded::SheetName => (
            "Der Name eines Blattes ist zu lang",
            "Bitte kürzen Sie den Namen des Blattes.",
        ),
        Bounded::Cells => ("Die Arbeitsmappe hat zu viele Zellen", LESS),
        Bounded::Rows => ("Ein Blatt hat Werte in einer zu hohen Zeile", LESS),
        Bounded::Columns => ("Ein Blatt hat Werte in einer zu hohen Spalte", LESS),
        Bounded::Area => ("Die Werte eines Blattes liegen zu weit auseinander", LESS),
        Bounded::RowElements => (
            "Ein Blatt hat zu viele gespeicherte Zeilen",
            "Bitte löschen Sie die leeren Zeilen unterhalb Ihrer Angaben.",
        ),
        Bounded::Strings => ("Die Arbeitsmappe hat zu viele verschiedene Texte", LESS),
        Bounded::Text => ("Die Arbeitsmappe enthält zu viel Text", LESS),
        Bounded::CellText => ("Eine Zelle enthält zu viel Text", "Bitte kürzen Sie den Text."),
        Bounded::Formula => (
            "Eine Formel ist zu lang",
            "Bitte ersetzen Sie die Formel durch ihren Wert.",
        ),
        Bounded::SharedFormula => ("Eine gemeinsame Formel hat eine zu hohe Nummer", SAVE_AGAIN),
        Bounded::Depth => ("Ein Teil der Datei ist zu tief verschachtelt", SAVE_AGAIN),
        Bounded::Attributes => ("Ein Element der Datei hat zu viele Angaben", SAVE_AGAIN),
        Bounded::Styles => ("Die Arbeitsmappe hat zu viele Zellformate", SAVE_AGAIN),
        Bounded::NumberFormats => ("Die Arbeitsmappe hat zu viele eigene Zahlenformate", SAVE_AGAIN),
        Bounded::NumberFormat => ("Ein Zahlenformat ist zu lang", SAVE_AGAIN),
        Bounded::Ranges => (
            "Die Arbeitsmappe hat zu viele verbundene, ausgeblendete oder benannte Bereiche",
            LESS,
        ),
        Bounded::Relationships => (
            "Die Arbeitsmappe hat zu viele Verweise zwischen ihren Teilen",
            SAVE_AGAIN,
        ),
    }
}

fn amount(what: Bounded, number: u64) -> String {
    let grouped = Language::De.group(number);
    match what {
        Bounded::File | Bounded::Entry | Bounded::Unpacked | Bounded::Text | Bounded::EntryName => {
            format!("{grouped} Bytes")
        }
        Bounded::CellText | Bounded::Formula | Bounded::NumberFormat | Bounded::SheetName => {
            format!("{grouped} Zeichen")
        }
        Bounded::Ratio => format!("{grouped} : 1"),
        _ => grouped,
    }
}

const fn archive(fault: ArchiveFault) -> &'static str {
    match fault {
        ArchiveFault::CutOff => "Ihr Ende fehlt, sie wurde vermutlich nicht vollständig übertragen",
        ArchiveFault::ForeignBytes => "Vor, zwischen oder nach ihren Teilen stehen fremde Daten",
        ArchiveFault::Directory => "Ihr Inhaltsverzeichnis widerspricht dem Inhalt",
        ArchiveFault::Name => "Ein Teil hat einen unzulässigen Namen",
        ArchiveFault::DuplicateName => "Zwei Teile haben denselben Namen",
        ArchiveFault::Overlap => "Teile überlappen einander",
        ArchiveFault::EncryptedEntry => "Ein Teil ist verschlüsselt",
        ArchiveFault::Method => "Ein Teil ist auf ungewöhnliche Weise gepackt",
        ArchiveFault::Zip64 => "Sie hat die 64-Bit-Form für sehr große Archive",
        ArchiveFault::Size => "Ein Teil hat nicht die angegebene Größe",
        ArchiveFault::Data => "Ein Teil lässt sich nicht auspacken",
    }
}

const fn damaged(fault: PartFault) -> &'static str {
    match fault {
        PartFault::Unclosed => "bricht ab",
        PartFault::Mismatch => "ist falsch verschachtelt",
        PartFault::Tag => "enthält ein fehlerhaftes Element",
        PartFault::Reference => "enthält einen unbekannten Verweis",
        PartFault::Content => "enthält Text oder Kommentare an falscher Stelle",
        PartFault::Element => "enthält ein Element an falscher Stelle",
        PartFault::Value => "enthält eine Angabe, die das Format nicht kennt",
    }
}

const fn unclear(fault: CellFault) -> &'static str {
    match fault {
        CellFault::Number => "Die Zahl ist keine gewöhnliche Dezimalzahl",
        CellFault::NumberTooLarge => "Die Zahl ist zu groß, um genau zu sein",
        CellFault::Markup => "In der Zelle stehen unsichtbare Kommentare oder Verweise",
        CellFault::Twice => "Die Zelle enthält zwei Werte",
        CellFault::ValueBesideText => "Die Zelle enthält zugleich einen Text und einen anderen Wert",
        CellFault::TextIndex => "Die Zelle verweist auf einen Text, den es nicht gibt",
        CellFault::Truth => "Der Wahrheitswert ist weder WAHR noch FALSCH",
        CellFault::ErrorValue => "Der Fehlerwert ist unbekannt",
        CellFault::Date => "Das Datum ist nicht lesbar gespeichert",
        CellFault::Kind => "Die Art der Zelle ist unbekannt",
        CellFault::Address => "Die Adresse der Zelle ist ungültig",
        CellFault::Order => "Die Zelle kommt zweimal vor oder steht an falscher Stelle",
        CellFault::Formula => "Die Formel ist fehlerhaft gespeichert",
        CellFault::Content => "Die Zelle enthält etwas, das weder Wert noch Text noch Formel ist",
    }
}
