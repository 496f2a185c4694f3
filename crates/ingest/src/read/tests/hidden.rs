//! What people do not see is found; what they only filter or collapse is read and told once.

use nachweis_domain::{
    finding::{Code, Detail, Hiding},
    language::Language,
};

use super::{after, expect, found};

#[test]
fn hidden_values_are_found() {
    expect(
        |copy| copy.page("Mittel").is_hidden = true,
        &[(Code::Tpl07, "Mittel!A1")],
    );
    expect(
        |copy| copy.page("Belege").hidden_rows.push(7),
        &[(Code::Tpl08, "Belege!A8")],
    );
    expect(
        |copy| {
            let page = copy.add("Nebenrechnung");
            page.put("A1", "geheim".to_owned());
            page.is_hidden = true;
        },
        &[(Code::Tpl07, "")],
    );
}

#[test]
fn a_hidden_column_with_typed_values_is_found() {
    expect(
        |copy| copy.page("Belege").hidden_columns.push(5),
        &[(Code::Tpl08, "Belege!F5")],
    );
    expect(|copy| copy.page("Ausgaben").hidden_columns.push(0), &[]);
}

#[test]
fn hidden_rows_without_typed_values_are_no_finding() {
    expect(|copy| copy.page("Belege").hidden_rows.push(400), &[]);
    expect(|copy| copy.add("Leer").is_hidden = true, &[]);
}

#[test]
fn rows_hidden_by_hand_are_one_finding_for_each_sheet_that_names_them() {
    let reading = after(|copy| copy.page("Belege").hidden_rows.extend([7, 8, 9, 12]));
    assert_eq!(found(&reading), [(Code::Tpl08, "Belege!A8".to_owned())]);
    let finding = &reading.findings[0];
    let related: Vec<String> = finding.related.iter().map(ToString::to_string).collect();
    assert_eq!(related, ["Belege!A9", "Belege!A10", "Belege!A13"]);
    assert_eq!(
        finding.text(Language::De),
        "4 ausgeblendete Zeilen enthalten Werte: 8–10, 13. Bitte die Zeilen einblenden und prüfen."
    );
}

#[test]
fn rows_that_a_filter_hides_are_read_and_told_once() {
    let whole = after(|_| {});
    let reading = after(|copy| {
        let page = copy.page("Belege");
        page.filter = Some(((4, 0, 504, 6), 4));
        page.hidden_rows.extend([6, 8, 10]);
    });
    assert_eq!(found(&reading), [(Code::Tpl25, "Belege!A7".to_owned())]);
    assert_eq!(
        reading.findings[0].detail,
        Detail::FilteredRows {
            rows: [7, 9, 11].into_iter().collect(),
            hiding: Hiding::Filter
        }
    );
    assert_eq!(reading.figures, whole.figures);
}

#[test]
fn a_column_of_a_collapsed_outline_is_read_and_told() {
    expect(
        |copy| copy.page("Ausgaben").outlined_columns.push((2, 4)),
        &[(Code::Tpl25, "Ausgaben!E5")],
    );
}

#[test]
fn a_filter_explains_rows_within_its_range_only() {
    expect(
        |copy| {
            let page = copy.page("Belege");
            page.filter = Some(((4, 0, 7, 6), 4));
            page.hidden_rows.extend([7, 8]);
        },
        &[(Code::Tpl25, "Belege!A8"), (Code::Tpl08, "Belege!A9")],
    );
}

#[test]
fn rows_of_a_collapsed_outline_are_read_and_told_once() {
    let reading = after(|copy| copy.page("Indikatoren").outlines.push((7, 11)));
    assert_eq!(found(&reading), [(Code::Tpl25, "Indikatoren!E8".to_owned())]);
    assert_eq!(reading.findings[0].related.len(), 4);
    assert!(reading.findings[0].text(Language::De).contains("Gliederung"));
}
