//! Rows that are none of the template's: a lost key is told from a value in a wrong place and from a note.

use nachweis_domain::{finding::Code, language::Language};

use super::{after, expect, found};

#[test]
fn a_value_in_a_row_without_a_key_is_named_with_its_cell_and_the_remedy() {
    let reading = after(|copy| copy.page("Ausgaben").put("E20", 500.0));
    assert_eq!(found(&reading), [(Code::Tpl18, "Ausgaben!E20".to_owned())]);
    assert_eq!(
        reading.findings[0].message(Language::De),
        "Ausgaben!E20: „500“ steht in einer Zeile ohne Kennung und wurde nicht gelesen. Bitte den Wert in seine Zeile der Vorlage übertragen oder löschen."
    );
    assert_eq!(
        reading.findings[0].message(Language::En),
        "Ausgaben!E20: “500” stands in a row without a key and was not read. Please move the value to its row of the template or delete it."
    );
}

#[test]
fn words_and_calculations_in_free_rows_are_notes() {
    expect(
        |copy| {
            let page = copy.page("Ausgaben");
            page.put("E20", "mit der Buchhaltung klären".to_owned());
            page.put("B22", "Kontrollsumme".to_owned());
            page.formula("E22", "=SUM(E6:E9)", 12.0);
            copy.page("Deckblatt").put("C30", "Stand: Oktober".to_owned());
        },
        &[
            (Code::Tpl13, "Ausgaben!E20"),
            (Code::Tpl13, "Ausgaben!E22"),
            (Code::Tpl13, "Deckblatt!C30"),
        ],
    );
}

#[test]
fn a_value_where_nothing_belongs_is_named() {
    // Flat rates have no vouchers.
    expect(
        |copy| copy.page("Ausgaben").put("F8", 12.0),
        &[(Code::Tpl13, "Ausgaben!F8")],
    );
}

#[test]
fn a_row_whose_key_was_changed_or_deleted_is_told_once_by_its_name() {
    let reading = after(|copy| copy.page("Mittel").put("A6", "esf_minus".to_owned()));
    assert_eq!(found(&reading), [(Code::Tpl18, "Mittel!A6".to_owned())]);
    assert!(reading.findings[0].text(Language::De).contains("„esf_plus“"));
    expect(
        |copy| copy.page("Mittel").clear("A6"),
        &[(Code::Tpl18, "Mittel!A6")],
    );
}

#[test]
fn sums_and_remarks_in_the_voucher_list_are_no_vouchers() {
    let whole = after(|_| {});
    let reading = after(|copy| {
        let page = copy.page("Belege");
        page.put("A30", "Summe:".to_owned());
        page.put("F30", 5.0);
        page.formula("F32", "=SUM(F6:F30)", 5.0);
        page.put("E34", "Zwischensumme".to_owned());
        page.formula("F34", "=SUBTOTAL(9,F6:F30)", 5.0);
        page.put("D36", "Rechnung 12 fehlt noch".to_owned());
    });
    assert_eq!(
        found(&reading),
        [
            (Code::Tpl13, "Belege!F30".to_owned()),
            (Code::Tpl13, "Belege!F32".to_owned()),
            (Code::Tpl13, "Belege!F34".to_owned()),
            (Code::Tpl13, "Belege!D36".to_owned()),
        ]
    );
    assert_eq!(reading.figures, whole.figures);
}

#[test]
fn an_amount_with_anything_of_a_voucher_is_a_voucher() {
    let count = after(|_| {}).figures.vouchers.rows.len();
    for (at, value) in [
        ("A30", "B-99"),
        ("C30", "Gesamtverband e. V."),
        ("E30", "Honorare"),
        ("D30", "Lehrgang"),
    ] {
        let reading = after(|copy| {
            let page = copy.page("Belege");
            page.put(at, value.to_owned());
            page.put("F30", 5.0);
        });
        assert_eq!(reading.figures.vouchers.rows.len(), count + 1, "{at}");
    }
}

#[test]
fn a_row_of_the_leads_own_is_named_by_its_key() {
    expect(
        |copy| {
            let page = copy.page("Mittel");
            page.put("A30", "spenden".to_owned());
            page.put("B30", "Spenden".to_owned());
            page.put("F30", 10.0);
        },
        &[(Code::Tpl18, "Mittel!A30")],
    );
}

#[test]
fn what_stands_above_the_headers_is_named_where_it_was_not_issued() {
    expect(
        |copy| {
            copy.page("Ausgaben")
                .put("A4", "noch mit dem Träger klären".to_owned());
            copy.page("Mittel").put("B4", 17.0);
            copy.page("Deckblatt").put("E3", "Stand: Oktober".to_owned());
            let page = copy.page("Belege");
            page.put("A4", "siehe Ordner 3".to_owned());
            page.put("B4", 12.0);
        },
        &[
            (Code::Tpl13, "Ausgaben!A4"),
            (Code::Tpl13, "Belege!A4"),
            (Code::Tpl13, "Belege!B4"),
            (Code::Tpl13, "Deckblatt!E3"),
            (Code::Tpl13, "Mittel!B4"),
        ],
    );
}
