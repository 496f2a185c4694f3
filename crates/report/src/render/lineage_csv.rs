//! A number with where it comes from, as CSV for people: exact, with a decimal comma.

use nachweis_domain::language::Language;

use super::{
    csv::{push_text, push_value},
    lineage::moment,
};
use crate::{
    Value, View,
    lineage::{Amount, LineagePage, Made, OpenTerm, Source},
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
    if let Made::Formula(formula, operands) = &lineage.made {
        line(vec![say("Formel", "Formula"), text(formula.text.get(language))]);
        line(Vec::new());
        line(vec![
            say("Operand", "Operand"),
            say("Zahl", "Number"),
            say("Zeile", "Row"),
            say("Spalte", "Column"),
        ]);
        for operand in operands {
            let (row, column) = operand.opens.clone().unwrap_or_default();
            let number = Field::Number(operand.value.clone());
            line(vec![
                text(operand.name.get(language)),
                number,
                text(row),
                text(column),
            ]);
        }
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
        line(of_term(open));
    }
    out.into_bytes()
}

const HEADINGS_DE: &str = "Teilvorhaben;Quelle;Steht da;Zählt hier;Wann;Schlüssel;Datei;Blatt;Zellen;Fassung;Stand;SHA-256;Upload;Erfasst von;Zeit (UTC);Regelversion";
const HEADINGS_EN: &str = "Subproject;Source;Stands there;Counts here;When;Key;File;Sheet;Cells;Revision;State;SHA-256;Upload;Recorded by;Time (UTC);Rule version";

fn text(text: impl std::fmt::Display) -> Field {
    Field::Text(text.to_string())
}

fn of_term(open: &OpenTerm) -> Vec<Field> {
    let term = &open.term;
    let (when, key) = match &term.source {
        Source::Cells { quarter, key, .. } => (quarter.to_string(), key.as_str().to_owned()),
        Source::Correction {
            quarter,
            corrects,
            key,
            ..
        } => (format!("{quarter} → {corrects}"), key.as_str().to_owned()),
        Source::Plan { version, key, year } => (
            year.map_or_else(String::new, |year| year.to_string()),
            format!("{} (Plan {version})", key.as_str()),
        ),
        Source::Payment { paid_on, source, .. } => (paid_on.to_string(), source.to_string()),
        Source::Number { row, column } => (row.clone(), (*column).to_owned()),
        Source::Report { quarter, .. } => (quarter.to_string(), String::new()),
        Source::Grant(period) => (format!("{}/{}", period.first, period.last), String::new()),
        Source::Subproject => (String::new(), String::new()),
    };
    let mut fields = vec![
        text(&term.subproject),
        text(term.source.word()),
        Field::Number(term.whole.clone()),
        Field::Number(term.part.clone()),
        text(when),
        text(key),
    ];
    let mut sheets: Vec<&str> = open.cells.iter().map(|cell| cell.at.sheet()).collect();
    sheets.dedup();
    let cells: Vec<String> = open.cells.iter().map(|cell| cell.at.a1()).collect();
    match (&open.upload, open.recorded) {
        (Some(upload), _) => fields.extend([
            text(&upload.file_name),
            text(sheets.join(" + ")),
            text(cells.join(" + ")),
            text(upload.revision),
            text(upload.state.as_str()),
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
