//! Texts that spreadsheets could take for formulas stay texts in every form.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::language::{Language, Text};
use nachweis_report::{Column, ColumnKind, Report, Table, Value, render};

use crate::{made_up::MadeUp, package};

/// 210 payloads: what the OWASP list and its relatives begin with, times what they then try.
fn payloads() -> Vec<String> {
    let starts = [
        "=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "\u{a0}=", "=+", "@SUM(1)*",
    ];
    let bodies = [
        "1+1",
        "cmd|' /C calc'!A0",
        "HYPERLINK(\"http://example.invalid\",\"klick\")",
        "IMPORTXML(\"http://example.invalid\";\"//a\")",
        "WEBSERVICE(\"http://example.invalid\")",
        "DDE(\"cmd\";\"/C calc\";\"1\")",
        "2+5+cmd|'/c powershell'!A1",
        "10,50",
        "SUM(A1:A9)&\"\"",
        "_xlfn.ENCODEURL(\"x\")",
        "A1;B1",
        "http://example.invalid",
        "'quoted\"and;separated",
        "_x003D_1",
    ];
    starts
        .iter()
        .flat_map(|start| bodies.map(|body| format!("{start}{body}")))
        .collect()
}

fn report() -> Report {
    let ledger = MadeUp::default().ledger();
    let words = |text: &str| Text::new(text, text);
    let column = |key, kind| Column::new(key, kind, key, key);
    Report {
        name: "payloads",
        title: words("=1+1"),
        as_of: ledger.as_of,
        programme: words("@programme & more"),
        round: ledger.round.code.clone(),
        round_title: words("-round"),
        funding_note: words("+note"),
        parameters: vec![(words("=name"), words("=value"))],
        notes: vec![words("=note")],
        tables: vec![Table {
            key: "payloads",
            title: words("=title"),
            columns: vec![column("text", ColumnKind::Text), column("term", ColumnKind::Text)],
            rows: payloads()
                .iter()
                .map(|payload| vec![Value::text(payload), Value::term(payload.clone(), words(payload))])
                .collect(),
            totals: None,
        }],
        head: None,
    }
}

#[test]
fn a_workbook_holds_no_formula_and_no_link() {
    assert!(payloads().len() >= 200);
    let parts = package::parts(&render::xlsx(&report(), Language::De).unwrap());
    for (name, part) in &parts {
        assert!(
            !part.contains("<f>") && !part.contains("<f "),
            "{name} holds a formula"
        );
        assert!(
            !part.contains("<hyperlink") && !part.contains("relationships/hyperlink"),
            "{name} holds a link"
        );
        assert!(
            !part.contains("ddeLink") && !part.contains("externalLink"),
            "{name} leads elsewhere"
        );
    }
}

#[test]
fn a_workbook_keeps_each_text_as_it_is() {
    let bytes = render::xlsx(&report(), Language::De).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&sheet).unwrap();
    let mut texts = Vec::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        if let Data::String(text) = cell.get_value().clone().into() {
            texts.push(text);
        }
    }
    for payload in payloads() {
        assert!(texts.contains(&payload), "{payload:?} did not come back");
    }
}

#[test]
fn csv_sets_an_apostrophe_and_quotes_before_what_could_be_a_formula() {
    let csv = String::from_utf8(render::csv(&report(), Language::De)).unwrap();
    for payload in payloads() {
        let cell = format!("\"'{}\"", payload.replace('"', "\"\""));
        assert!(
            csv.contains(&format!("{cell};{cell}\r\n")),
            "{payload:?} is not guarded"
        );
    }
    for guarded in ["\"'=1+1\"", "\"'@programme & more\"", "\"'=title\"", "\"'=note\""] {
        assert!(csv.contains(guarded), "{guarded} is not guarded");
    }
}

#[test]
fn json_keeps_each_text_as_it_is() {
    let json: serde_json::Value = serde_json::from_slice(&render::json(&report())).unwrap();
    let rows = json["tables"][0]["rows"].as_array().unwrap();
    for (row, payload) in rows.iter().zip(payloads()) {
        assert_eq!(row["text"], payload.as_str());
        assert_eq!(row["term"]["de"], payload.as_str());
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_in_a_workbook_and_whole_elsewhere() {
    let mut report = report();
    let long = "ä".repeat(40_000);
    report.tables[0].rows = vec![vec![Value::text(&long), Value::Empty]];
    let parts = package::parts(&render::xlsx(&report, Language::De).unwrap());
    assert!(parts["xl/sharedStrings.xml"].contains("ä […]<"));
    assert!(
        String::from_utf8(render::csv(&report, Language::De))
            .unwrap()
            .contains(&long)
    );
}
