//! Words that the texts of findings share.

use crate::{
    cell::{CellRef, column_letters},
    finding::{Column, Hiding, MissingGroup, Recomputed, Rows, Span, Who},
    language::Language,
};

/// A thing that a cell should hold, with its article, as the subject of a sentence.
pub(super) const fn column(language: Language, column: Column) -> &'static str {
    match column {
        Column::Amount => language.pick("der Betrag", "the amount"),
        Column::Count => language.pick("die Anzahl", "the count"),
        Column::VoucherNumber => language.pick("die Belegnummer", "the voucher number"),
        Column::PaidOn => language.pick("das Zahlungsdatum", "the payment date"),
        Column::Payee => language.pick("der Zahlungsempfänger", "the payee"),
        Column::Purpose => language.pick("der Verwendungszweck", "the purpose"),
        Column::Item => language.pick("der Einzelansatz", "the plan item"),
        Column::Narrative => language.pick("der Text des Sachberichts", "the text of the narrative report"),
    }
}

/// The same as the object of a sentence.
pub(super) const fn column_object(language: Language, column: Column) -> &'static str {
    match (language, column) {
        (Language::De, Column::Amount) => "den Betrag",
        (Language::De, Column::Payee) => "den Zahlungsempfänger",
        (Language::De, Column::Purpose) => "den Verwendungszweck",
        (Language::De, Column::Item) => "den Einzelansatz",
        (Language::De, Column::Narrative) => "den Text",
        (language, column) => self::column(language, column),
    }
}

/// Whether a thing is a number, of which an empty cell must not be taken for zero.
pub(super) const fn is_number(column: Column) -> bool {
    matches!(column, Column::Amount | Column::Count)
}

/// Whose counts, as the beginning of a sentence.
pub(super) const fn who(language: Language, who: Who) -> &'static str {
    match who {
        Who::Women => language.pick("Frauen", "Women"),
        Who::Men => language.pick("Männer", "Men"),
        Who::NonBinary => language.pick("Nicht-binäre Personen", "Non-binary persons"),
        Who::All => language.pick("Insgesamt", "In total"),
    }
}

/// Which time, within a sentence.
pub(super) const fn span(language: Language, span: Span) -> &'static str {
    match span {
        Span::Quarter => language.pick("im Quartal", "in the quarter"),
        Span::Cumulative => language.pick("kumuliert", "cumulatively"),
    }
}

/// Whose counts in which time, as the beginning of a sentence: `Frauen, im Quartal`.
pub(super) fn group(language: Language, who: Who, span: Span) -> String {
    format!("{}, {}", self::who(language, who), self::span(language, span))
}

/// What is missing among participants, as the subject of a sentence.
pub(super) const fn missing(language: Language, missing: MissingGroup) -> &'static str {
    match missing {
        MissingGroup::Education => language.pick(
            "der Bildungsstand (EECO09 bis EECO11)",
            "education (EECO09 to EECO11)",
        ),
        MissingGroup::Age => language.pick("das Alter (EECO06 bis EECO08)", "age (EECO06 to EECO08)"),
    }
}

/// A kind of personal data; never the data itself.
pub(super) fn personal(language: Language, kind: &str) -> &'static str {
    match kind {
        "name" => language.pick("Namen", "names"),
        "birth_date" => language.pick("Geburtsdaten", "birth dates"),
        "email" => language.pick("E-Mail-Adressen", "e-mail addresses"),
        "iban" => language.pick("Kontoverbindungen", "bank accounts"),
        "phone" => language.pick("Telefonnummern", "telephone numbers"),
        "address" => language.pick("Anschriften", "addresses"),
        "person_id" => language.pick("Kennungen von Personen", "numbers of persons"),
        _ => language.pick("personenbezogene Angaben", "personal details"),
    }
}

/// Where in a workbook personal data stands beside its cells, at the beginning of a sentence.
pub(super) fn place(language: Language, place: &str) -> &'static str {
    match place {
        "note" => language.pick(
            "In Notizen oder Kommentaren der Zellen",
            "In notes or comments of cells",
        ),
        "pivot_table" => language.pick(
            "In den gespeicherten Daten einer Pivot-Tabelle",
            "In the stored data of a pivot table",
        ),
        "drawing" => language.pick("In einem Textfeld oder Diagramm", "In a text box or chart"),
        "property" => language.pick(
            "In den Dokumenteigenschaften",
            "In the properties of the document",
        ),
        "page_header" => language.pick(
            "In Kopf- oder Fußzeilen, Auswahllisten oder Namen der Mappe",
            "In page headers or footers, drop-down lists or names of the workbook",
        ),
        "sheet_name" => language.pick("Im Namen eines Blattes", "In the name of a sheet"),
        _ => language.pick("In verborgenen Teilen der Datei", "In hidden parts of the file"),
    }
}

/// The text with a capital letter at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Rows as people write them: `8–12, 20`, and how many more there are.
pub(super) fn rows(language: Language, rows: &Rows) -> String {
    let spans: Vec<String> = rows
        .spans
        .iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            }
        })
        .collect();
    let listed: u64 = rows
        .spans
        .iter()
        .map(|(first, last)| u64::from(last.saturating_sub(*first)) + 1)
        .sum();
    let spans = spans.join(", ");
    match rows.count.saturating_sub(listed) {
        0 => spans,
        more => match language {
            Language::De => format!("{spans} und {} weitere", Language::De.group(more)),
            Language::En => format!("{spans} and {} more", Language::En.group(more)),
        },
    }
}

/// What hides rows, as the subject of a sentence with its verb.
pub(super) const fn hiding(language: Language, hiding: Hiding) -> &'static str {
    match hiding {
        Hiding::Filter => language.pick("Der Filter verbirgt", "The filter hides"),
        Hiding::Outline => language.pick(
            "Die zugeklappte Gliederung verbirgt",
            "The collapsed outline hides",
        ),
    }
}

/// Hidden rows as the object of such a sentence, and that they count.
pub(super) fn hidden(language: Language, rows: &Rows) -> String {
    let named = self::rows(language, rows);
    match (language, rows.count) {
        (Language::De, 1) => format!("die Zeile {named} mit Werten; sie zählt mit"),
        (Language::De, count) => format!(
            "{} Zeilen mit Werten ({named}); sie zählen mit",
            Language::De.group(count)
        ),
        (Language::En, 1) => format!("row {named}, which holds values; it counts"),
        (Language::En, count) => format!(
            "{} rows that hold values ({named}); they count",
            Language::En.group(count)
        ),
    }
}

/// Cells with what they show and what is right: `Ausgaben!G6 (0,00 € statt 12,00 €)`.
pub(super) fn differences(language: Language, results: &[Recomputed]) -> String {
    let instead = language.pick("statt", "instead of");
    listed(results, |result| {
        format!(
            "{} {instead} {}",
            result.found.display(language),
            result.computed.display(language)
        )
    })
}

/// Cells with what they compute: `Ausgaben!G6 (12,00 €)`.
pub(super) fn values(language: Language, results: &[Recomputed]) -> String {
    listed(results, |result| result.computed.display(language))
}

fn listed(results: &[Recomputed], say: impl Fn(&Recomputed) -> String) -> String {
    let results = results.iter();
    results
        .map(|result| format!("{} ({})", result.at, say(result)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Cells without their values, those below each other as one span: `Indikatoren!H6:H22, H25`.
pub(super) fn spans(results: &[Recomputed]) -> String {
    let mut cells: Vec<&CellRef> = results.iter().map(|result| &result.at).collect();
    cells.sort_by_key(|cell| (cell.sheet(), cell.col(), cell.row()));
    let mut spans: Vec<(&CellRef, u32)> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some((first, last))
                if (first.sheet(), first.col(), *last + 1) == (cell.sheet(), cell.col(), cell.row()) =>
            {
                *last = cell.row();
            }
            _ => spans.push((cell, cell.row())),
        }
    }
    let mut sheet = "";
    let shown = spans.into_iter().map(|(first, last)| {
        let named = if first.sheet() == sheet {
            first.a1()
        } else {
            first.to_string()
        };
        sheet = first.sheet();
        if last == first.row() {
            named
        } else {
            format!("{named}:{}{}", column_letters(first.col()), last + 1)
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Things that are missing, as the subject of a German and the object of an English sentence.
pub(super) fn enumerated(language: Language, columns: &[Column]) -> String {
    let words: Vec<&str> = columns
        .iter()
        .map(|column| self::column(language, *column))
        .collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{} {} {last}", others.join(", "), language.pick("und", "and"))
        }
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}
