//! A made-up list of operations with the untidiness of published ones. No name in it belongs to anyone.

use rust_xlsxwriter::{Workbook, Worksheet};

/// Headings in German, broken into lines as their publishers do.
const HEADINGS: [&str; 10] = [
    "Name des Begünstigten",
    "Bezeichnung \ndes Vorhabens",
    "Zusammenfassung des Vorhabens",
    "Datum des \nBeginns des \nVorhabens",
    "Datum des \nEndes des \nVorhabens",
    "Gesamtbetrag der \nförderfähigen Ausgaben des \nVorhabens in €",
    "Unions-\nKofinan-\nzierungssatz",
    "Kategorie der Region",
    "PLZ",
    "Land",
];

/// The same headings in English, in the row below.
const HEADINGS_EN: [&str; 10] = [
    "beneficiary name",
    "operation name",
    "operation summary",
    "operation start date",
    "operation end date",
    "total eligible expenditure allocated to the operation in €",
    "Union co-financing rate",
    "Category of region",
    "operation postcode",
    "country",
];

/// A made-up list.
#[derive(Debug)]
pub struct MadeUpList {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// What its amounts sum to, in cents.
    pub total_cents: i64,
}

/// A list of so many operations: a title block, headings in row 7 and again below in English, no column of numbers, dates
/// as text, two categories of region, two operations that look alike, empty rows and a footnote.
///
/// # Panics
/// When the workbook cannot be written.
pub fn made_up(operations: u32) -> MadeUpList {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Tabelle1").expect("a name");
    let title = [
        "Liste der Vorhaben (List of operations)",
        "Niedersächsisches Programm, erfunden",
    ];
    for (row, text) in (0..).zip(title) {
        write(sheet, row, 0, text);
    }
    write(sheet, 3, 0, "(Datenstand: 31.03.2016)");
    for (col, (german, english)) in (0..).zip(HEADINGS.into_iter().zip(HEADINGS_EN)) {
        write(sheet, 6, col, german);
        write(sheet, 7, col, english);
    }
    let mut total_cents = 0;
    for number in 0..operations {
        total_cents += operation(sheet, 8 + number, number);
    }
    write(
        sheet,
        10 + operations,
        0,
        "* SER: stärker entwickelte Region, UER: Übergangsregion",
    );
    let bytes = workbook.save_to_buffer().expect("a workbook");
    MadeUpList { bytes, total_cents }
}

/// Writes an operation and gives its amount. The second looks like the first but for its amount.
fn operation(sheet: &mut Worksheet, row: u32, number: u32) -> i64 {
    let look = if number == 1 { 0 } else { number };
    let cents = 1_234_567 + i64::from(number) * 98_765;
    let texts = [
        (0, format!("Mondschein {look} gGmbH (erfunden)")),
        (1, format!("Werkstatt {look}")),
        (2, "Erfunden".to_owned()),
        (3, format!("0{}.07.2015", look % 9 + 1)),
        (4, "31.03.2018".to_owned()),
        (7, if look % 3 == 0 { "UER" } else { "SER" }.to_owned()),
        (8, format!("{}", 26_000 + look)),
        (9, "DE".to_owned()),
    ];
    for (col, text) in texts {
        write(sheet, row, col, &text);
    }
    // A decimal text becomes the nearest number, as in a published file.
    let euro: f64 = format!("{}.{:02}", cents / 100, cents % 100)
        .parse()
        .expect("a number");
    sheet.write_number(row, 5, euro).expect("a cell");
    sheet
        .write_number(row, 6, if look % 3 == 0 { 60.0 } else { 50.0 })
        .expect("a cell");
    cents
}

fn write(sheet: &mut Worksheet, row: u32, col: u16, text: &str) {
    sheet.write_string(row, col, text).expect("a cell");
}
