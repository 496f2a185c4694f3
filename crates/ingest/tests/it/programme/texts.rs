//! CSV in the forms that programs write: separators, encodings, line breaks, quotation marks.

use nachweis_ingest::read_table_here;

use super::{import_plain, notes, taken};

const ROWS: [[&str; 5]; 3] = [
    [
        "Begünstigter",
        "Vorhaben",
        "Beginn",
        "Ende",
        "Förderfähige Kosten",
    ],
    [
        "Müller, Söhne & Co.; gGmbH",
        "Zeile eins\nZeile zwei",
        "01.01.2015",
        "31.12.2015",
        "1.234,50",
    ],
    ["B gGmbH", "Der \"Mond\"", "01.01.2015", "31.12.2015", "7,00 €"],
];

/// The rows with a separator, every field in quotation marks.
fn quoted(separator: &str, line_end: &str) -> String {
    let field = |field: &&str| format!("\"{}\"", field.replace('"', "\"\""));
    let row = |row: &[&str; 5]| row.iter().map(field).collect::<Vec<_>>().join(separator);
    ROWS.iter().map(|cells| row(cells) + line_end).collect()
}

#[test]
fn separators_and_line_ends_do_not_matter() {
    for separator in [";", ",", "\t", "|"] {
        for line_end in ["\n", "\r\n"] {
            let file = import_plain(quoted(separator, line_end).as_bytes());
            assert_eq!(
                taken(&file),
                [(2, "1234.50".into()), (3, "7.00".into())],
                "{separator:?} {line_end:?}"
            );
            let first = &file.import.subprojects[0].0;
            assert_eq!(first.carrier.name, "Müller, Söhne & Co.; gGmbH");
            assert_eq!(first.title, "Zeile eins Zeile zwei");
        }
    }
}

#[test]
fn encodings_do_not_matter() {
    let text = quoted(";", "\r\n");
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect()
    };
    let windows: Vec<u8> = text
        .chars()
        .map(|char| {
            if char == '€' {
                0x80
            } else {
                u8::try_from(u32::from(char)).expect("in Windows-1252")
            }
        })
        .collect();
    let files = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        windows,
    ];
    for (index, bytes) in files.iter().enumerate() {
        let file = import_plain(bytes);
        assert_eq!(file.total().to_string(), "1241.50", "{index}");
        assert_eq!(
            file.import.subprojects[0].0.carrier.name, "Müller, Söhne & Co.; gGmbH",
            "{index}"
        );
        assert_eq!(notes(&file).contains("Windows-1252"), index == 4, "{index}");
    }
}

#[test]
fn a_declared_separator_is_obeyed() {
    let text = format!("sep=;\n{}", quoted(";", "\n"));
    assert_eq!(
        taken(&import_plain(text.as_bytes())),
        [(2, "1234.50".into()), (3, "7.00".into())]
    );
}

#[test]
fn title_lines_empty_lines_and_footnotes_keep_their_rows() {
    let text = "Liste der Vorhaben;;;;\n\n(Stand 2016);;;;\nBegünstigter;Vorhaben;Beginn;Ende;Gesamtkosten\n\nA gGmbH;Eins;2015;2016;5\n;;;;\n1) erfunden\n";
    let file = import_plain(text.as_bytes());
    assert_eq!(taken(&file), [(6, "5.00".into())]);
    let left: Vec<u32> = file.rows_not_taken.iter().map(|row| row.row).collect();
    assert_eq!(left, [1, 3, 4, 8]);
}

#[test]
fn descriptions_full_of_other_separators_do_not_mislead() {
    let text = "Begünstigter,Vorhaben,Zusammenfassung,Gesamtkosten\n\
                A gGmbH,Eins,erstens; zweitens; drittens,\"1.000,00\"\n\
                B gGmbH,Zwei,erstens; zweitens; drittens; viertens,\"2.000,00\"\n";
    assert_eq!(import_plain(text.as_bytes()).total().to_string(), "3000.00");
}

#[test]
fn an_english_list_with_the_decimal_point_is_read_to_the_cent() {
    let text = "Beneficiary name,Operation name,Start date,End date,Total eligible cost\n\
                A,One,2015-01-01,2015-12-31,\"1,234.50\"\n\
                B,Two,2015-01-01,2015-12-31,775\n\
                C,Three,2015-01-01,2015-12-31,\"12,345\"\n";
    let file = import_plain(text.as_bytes());
    assert_eq!(file.total().to_string(), "14354.50");
    assert!(
        notes(&file).contains("mit dem Punkt als Dezimalzeichen"),
        "{}",
        notes(&file)
    );
}

#[test]
fn a_quotation_mark_that_would_swallow_rows_is_refused_with_its_line() {
    let text = "Begünstigter;Vorhaben;Gesamtkosten\nA;\"12 Zoll;5\nB;Zwei;6\nC;\"Drei\";7\n";
    let refusal = read_table_here(text.as_bytes()).expect_err("rows would be lost");
    assert_eq!(refusal.code(), "FILE-20");
    assert!(
        refusal
            .text(nachweis_domain::language::Language::De)
            .starts_with("Zeile 2:")
    );
}

#[test]
fn formulas_in_a_text_stay_text() {
    let text = "Begünstigter;Vorhaben;Gesamtkosten\n=cmd|' /C calc'!A0;@SUM(A1);5\n=1+1;Zwei;=2*3\n";
    let file = import_plain(text.as_bytes());
    assert_eq!(taken(&file), [(2, "5.00".into())]);
    assert_eq!(file.import.subprojects[0].0.carrier.name, "=cmd|' /C calc'!A0");
}

#[test]
fn ten_thousand_columns_are_read_without_looking_at_all_their_headings() {
    let wide = |first: &[&str], rest: &str| {
        let mut row: Vec<&str> = first.to_vec();
        row.resize(10_000, rest);
        row.join(";")
    };
    let text = format!(
        "{}\n{}\n",
        wide(
            &["Begünstigter", "Vorhaben", "Gesamtkosten"],
            "Förderfähige Kosten"
        ),
        wide(&["A gGmbH", "Eins", "5"], "7")
    );
    let error = super::import(
        text.as_bytes(),
        &nachweis_ingest::programme::ImportOptions::default(),
    );
    // The further headings compete, and say the same: the first of them is read.
    let file = error.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(file.total().to_string(), "7.00");
}

#[test]
fn twenty_thousand_rows_are_each_accounted_for() {
    let mut text = String::from("Begünstigter;Vorhaben;Beginn;Ende;Gesamtkosten\n");
    for number in 0..20_000 {
        text.push_str(if number % 10 == 0 {
            "Gruppe\n"
        } else {
            "A;Eins;2015;2016;1,50\n"
        });
    }
    let file = import_plain(text.as_bytes());
    assert_eq!(
        (file.count(), file.total().to_string().as_str()),
        (18_000, "27000.00")
    );
    assert_eq!(file.rows_not_taken.len(), 2_001);
}
