//! A number with where it comes from, as CSV for people: exact, with a decimal comma.

use nachweis_domain::language::Language;

use super::{
    csv::{push_text, push_value},
    lineage::moment,
    term_words,
};
use crate::{
    Value, View,
    lineage::{Amount, LineagePage, Made, OpenTerm, Operand},
    upload_state,
};

/// A field of a line.
enum Field {
    Text(String),
    Number(Amount),
}

/// A page of a number's lineage as CSV: the number and how it is made above, a line for each operand or term below.
pub fn lineage_csv(page: &LineagePage, language: Language) -> Vec<u8> {
    let lineage = &page.lineage;
    let mut out = String::from("\u{feff}");
    let mut line = |fields: Vec<Field>| push_line(&mut out, &fields, language);
    let say = |de: &str, en: &str| text(language.pick(de, en));
    line(vec![say("Bericht", "Report"), text(lineage.request.name)]);
    if lineage.view == View::Corrected {
        let view = say(
            "wie berichtigt (im Quartal, das sie berichtigen)",
            "as corrected (in the quarter that they correct)",
        );
        line(vec![say("Berichtigungen", "Corrections"), view]);
    }
    line(vec![say("Zeile", "Row"), text(&lineage.row)]);
    line(vec![
        say("Spalte", "Column"),
        text(&lineage.column),
        text(lineage.name.get(language)),
    ]);
    line(vec![say("Zahl", "Number"), Field::Number(lineage.value.clone())]);
    if let Some(head) = &page.head {
        line(vec![
            say("Kopf der Journalkette", "Head of the journal chain"),
            text(head),
        ]);
    }
    if let Made::Formula(formula, operands) = &lineage.made {
        line(vec![say("Formel", "Formula"), text(formula.text.get(language))]);
        line(Vec::new());
        push_operands(&mut out, operands, language);
        return out.into_bytes();
    }
    line(vec![say("Summanden", "Terms"), text(page.count)]);
    if let Some(next) = page.next {
        line(vec![
            say("Weiter mit --after", "Continue with --after"),
            text(next),
        ]);
    }
    line(Vec::new());
    let headings = language.pick(HEADINGS_DE, HEADINGS_EN).split(';');
    line(headings.map(text).collect());
    for open in &page.terms {
        line(of_term(open, language));
    }
    out.into_bytes()
}

fn push_operands(out: &mut String, operands: &[Operand], language: Language) {
    let headings = language
        .pick("Operand;Zahl;Zeile;Spalte", "Operand;Number;Row;Column")
        .split(';');
    push_line(out, &headings.map(text).collect::<Vec<Field>>(), language);
    for operand in operands {
        let (row, column) = operand.opens.clone().unwrap_or_default();
        let number = Field::Number(operand.value.clone());
        let name = text(operand.name.get(language));
        push_line(out, &[name, number, text(row), text(column)], language);
    }
}

const HEADINGS_DE: &str = "Teilvorhaben;Quelle;Steht da;Zählt hier;Wann;Schlüssel;Datei;Blatt;Zellen;Fassung;Stand;SHA-256;Upload;Erfasst von;Zeit (UTC);Regelversion";
const HEADINGS_EN: &str = "Subproject;Source;Stands there;Counts here;When;Key;File;Sheet;Cells;Revision;State;SHA-256;Upload;Recorded by;Time (UTC);Rule version";

fn text(text: impl std::fmt::Display) -> Field {
    Field::Text(text.to_string())
}

fn of_term(open: &OpenTerm, language: Language) -> Vec<Field> {
    let term = &open.term;
    let (when, key) = term_words::when_and_key(&term.source);
    let mut fields = vec![
        text(&term.subproject),
        text(term_words::kind(&term.source, language)),
        Field::Number(term.whole.clone()),
        Field::Number(term.part.clone()),
        text(when),
        text(key),
    ];
    let (sheets, cells) = term_words::sheets_and_cells(open);
    match (&open.upload, open.recorded) {
        (Some(upload), _) => fields.extend([
            text(&upload.file_name),
            text(sheets),
            text(cells),
            text(upload.revision),
            text(upload_state::name(upload.state).get(language)),
            text(upload.sha256),
            text(upload.id),
            text(upload.uploaded_by),
            text(moment(upload.uploaded_at)),
            text(&upload.rule_version),
        ]),
        (None, Some(recorded)) => {
            fields.extend((0..7).map(|_| text("")));
            fields.push(recorded.by.map_or_else(|| text(""), text));
            fields.push(text(moment(recorded.at)));
        }
        (None, None) if open.is_withheld => fields.push(text(term_words::withheld(language))),
        (None, None) => {}
    }
    fields
}

fn push_line(out: &mut String, fields: &[Field], language: Language) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        match field {
            Field::Text(text) => push_text(out, text),
            Field::Number(amount) => push_number(out, amount, language),
        }
    }
    out.push_str("\r\n");
}

fn push_number(out: &mut String, amount: &Amount, language: Language) {
    match amount {
        Amount::Euro(number) | Amount::Shown(Value::Percent(number) | Value::Points(number)) => {
            out.push_str(&number.normalize().to_string().replace('.', ","));
        }
        amount => push_value(out, &amount.shown(), language),
    }
}
