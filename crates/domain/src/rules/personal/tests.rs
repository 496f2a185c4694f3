//! The table of headers and columns that are and are not about single persons.

use chrono::NaiveDate;

use super::{ColumnScan, PersonalKind::*, of_header, of_text};

#[test]
fn headers_of_personal_data_are_recognised() {
    let table = [
        ("Name", Name),
        ("NAME", Name),
        (" Name: ", Name),
        ("Vorname", Name),
        ("Nachname", Name),
        ("Name, Vorname", Name),
        ("Vor- und Nachname", Name),
        ("Name der Teilnehmenden", Name),
        ("Name Teilnehmer*in", Name),
        ("Teilnehmername", Name),
        ("Name des Klienten", Name),
        ("Namen", Name),
        ("FirstName", Name),
        ("last name", Name),
        ("Full name", Name),
        ("Participant name", Name),
        ("Geburtsname", Name),
        ("Geburtsdatum", BirthDate),
        ("Geb.-Datum", BirthDate),
        ("geb. am", BirthDate),
        ("Date of birth", BirthDate),
        ("DOB", BirthDate),
        ("E-Mail", Email),
        ("Email", Email),
        ("E-Mail-Adresse", Email),
        ("eMail", Email),
        ("Mail", Email),
        ("IBAN", Iban),
        ("IBAN der Person", Iban),
        ("Kontonummer", Iban),
        ("Bankverbindung", Iban),
        ("Telefon", Phone),
        ("Tel.", Phone),
        ("Telefon (privat)", Phone),
        ("Handynummer", Phone),
        ("Mobil-Nr.", Phone),
        ("Phone", Phone),
        ("Anschrift", Address),
        ("Adresse der Teilnehmerin", Address),
        ("Straße, Nr.", Address),
        ("Wohnort", Address),
        ("Teilnehmer-ID", PersonId),
        ("TeilnehmerID", PersonId),
        ("TN-Nr.", PersonId),
        ("ID der Person", PersonId),
        ("Sozialversicherungsnummer", PersonId),
        ("Steuer-ID", PersonId),
    ];
    for (header, kind) in table {
        assert_eq!(of_header(header), Some(kind), "{header:?}");
    }
}

#[test]
fn ordinary_headers_are_not() {
    let headers = [
        "",
        "Projektname",
        "Name des Kurses",
        "Name der Maßnahme",
        "Bezeichnung",
        "Kursname",
        "Dateiname",
        "Name des Trägers",
        "Name der Einrichtung",
        "Vorhaben",
        "Anzahl Teilnehmende",
        "Teilnehmerzahl",
        "TN",
        "TN gesamt",
        "Teilnehmende",
        "Frauen",
        "Geschlecht",
        "Alter",
        "Altersgruppe",
        "Betrag",
        "Kostenstelle",
        "Kontierung",
        "Sachkonto",
        "Konto",
        "Datum",
        "Rechnungsdatum",
        "Beleg-ID",
        "ID",
        "Nr.",
        "Kennung",
        "Internetadresse",
        "Adresse des Kursortes",
        "Telefonkosten",
        "Telefonberatung",
        "Telefon- und Internetkosten",
        "Mobilität",
        "Mailing",
        "E-Mail-Beratung (Anzahl)",
        "Straßenbahn",
        "Notizen",
        "Bemerkung",
        "Herkunftsland",
        "Branchenname",
        "Username des Portals",
        "Name of the course",
        "Street work",
        "Lieferant",
        "Zahlungsart",
        "Summe",
    ];
    for header in headers {
        let expected = match header {
            // Naming e-mail in a header is never needed for figures; asking to rename it is the smaller harm.
            "E-Mail-Beratung (Anzahl)" => Some(Email),
            _ => None,
        };
        assert_eq!(of_header(header), expected, "{header:?}");
    }
}

fn column(header: &str, cells: &[&str]) -> Option<super::PersonalKind> {
    let mut scan = ColumnScan::new(header);
    for cell in cells {
        scan.see_text(cell);
    }
    scan.verdict()
}

#[test]
fn cells_of_personal_data_are_recognised() {
    let table: [(&[&str], _); 8] = [
        (&["offen", "anna.muster@example.org"], Email),
        (&["Anna Muster <anna@example.org>"], Email),
        (&["siehe mailto:a.b@example.co.uk."], Email),
        (&["DE89 3704 0044 0532 0130 00"], Iban),
        (&["Konto DE89370400440532013000 verwenden"], Iban),
        (&["12.03.1985", "1.1.1990"], BirthDate),
        (&["1985-03-12", "offen", "1999-12-31", "ja"], BirthDate),
        (&["+49 170 1234567", "0049 221 123456"], Phone),
    ];
    for (cells, kind) in table {
        assert_eq!(column("Spalte 1", cells), Some(kind), "{cells:?}");
        assert_eq!(column("", cells), Some(kind), "{cells:?}");
    }
}

#[test]
fn ordinary_cells_are_not() {
    let table: [&[&str]; 12] = [
        &[],
        &["info@example.org", "Kontakt@example.org"],
        &["@", "a@b", "Preis @ 12,50", "@name", "x@y@example.org"],
        &["15.08.2024", "31.12.2024"],
        &["12.03.1985", "15.08.2024", "16.08.2024"],
        &["01.01.1990"],
        &["1.234,56", "12", "-5"],
        &["+49 170 1234567"],
        &["+5", "+12345", "0012"],
        &["IQ23-NW-017", "RE-2024-000117"],
        &["DE89 3704 0044 0532 0130 01"],
        &["Anerkennungsberatung", "Kurs B2 Pflege"],
    ];
    for cells in table {
        assert_eq!(column("Notizen", cells), None, "{cells:?}");
    }
}

#[test]
fn date_cells_count_like_dates_in_text() {
    let mut scan = ColumnScan::new("Spalte");
    scan.see_date(NaiveDate::from_ymd_opt(1985, 3, 12).unwrap());
    assert_eq!(scan.verdict(), None);
    scan.see_date(NaiveDate::from_ymd_opt(1991, 3, 12).unwrap());
    assert_eq!(scan.verdict(), Some(BirthDate));
    (0..3).for_each(|_| scan.see_other());
    assert_eq!(scan.verdict(), None);
}

#[test]
fn a_long_cell_is_looked_at_to_its_end() {
    let long = format!("{}anna.muster@example.org", "x ".repeat(5_000));
    assert_eq!(column("Notizen", &[long.as_str()]), Some(Email));
    assert_eq!(of_text("anna.muster@example.org"), Some(Email));
}

#[test]
fn further_forms_of_headers_are_recognised() {
    for (header, kind) in [
        ("Geb.", BirthDate),
        ("V o r n a m e", Name),
        ("Ｖｏｒｎａｍｅ", Name),
        ("Vor\u{ad}name", Name),
        ("Prénom", Name),
        ("AZR-Nr.", PersonId),
    ] {
        assert_eq!(of_header(header), Some(kind), "{header:?}");
    }
}

#[test]
fn further_cells_of_personal_data_are_recognised() {
    let table: [(&[&str], _); 7] = [
        (&["DE89-3704-0044-0532-0130-00"], Iban),
        (&["0171 2345678", "030/1234567", "0221-987654"], Phone),
        (&["01712345678", "offen", "01761234567"], Phone),
        (&["15 070649 C 103"], PersonId),
        (&["15070649C104", "12020591M002"], PersonId),
        (&["Frau Muster, geb. 14.03.1987"], BirthDate),
        (&["ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ"], Email),
    ];
    for (cells, kind) in table {
        assert_eq!(column("Spalte 1", cells), Some(kind), "{cells:?}");
    }
    let ordinary: [&[&str]; 4] = [
        &["0171 2345678"],
        &["0171 2345678", "12", "13", "14", "0172 2345678"],
        &["20240115B123", "20240116B124", "20240117B125"],
        &["01.01.2024", "02.01.2024"],
    ];
    for cells in ordinary {
        assert_eq!(column("Spalte 1", cells), None, "{cells:?}");
    }
}

#[test]
fn names_below_a_header_that_speaks_of_persons_are_recognised_and_counts_are_not() {
    for header in [
        "Klient*in",
        "Teilnehmer/in",
        "Teilnehmerin",
        "TN-Liste",
        "Teilnehmerliste 2024",
    ] {
        assert_eq!(
            column(header, &["Anna Muster", "Bea Beispiel"]),
            Some(Name),
            "{header}"
        );
        assert_eq!(column(header, &["12", "14", "je Kurs"]), None, "{header}");
    }
    assert_eq!(column("Kurs", &["Anna Muster", "Bea Beispiel"]), None);
    assert!(!super::is_list_of_persons("Liste der Kurse"));
}
