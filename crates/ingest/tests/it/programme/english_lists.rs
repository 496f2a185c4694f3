//! Lists of other Member States and of Austria: English headings, other funds, other currencies, other dates.

use nachweis_domain::language::Language;
use nachweis_ingest::programme::{ImportOptions, ProgrammeError, Reason};

use super::{
    import, import_plain,
    list_file::{ListFile, row},
    notes, reason, taken,
};

#[test]
fn the_operation_may_be_named_in_the_column_of_the_beneficiary() {
    let bytes = ListFile::new()
        .sheet(
            "List of Operations",
            &[
                row![
                    "European Social Fund 2014-2020",
                    "",
                    "List of operations, made up"
                ],
                row![
                    "Project Name (Beneficiary)",
                    "Unique code number of the operation",
                    "Project Summary",
                    "Project Start Date",
                    "Project End Date",
                    "Theme/subtheme",
                    "Total Public Eligible Expenditure",
                    "Total Eligible Expenditure",
                    "Code of region"
                ],
                row![
                    "Moonlight Ltd",
                    "X-3605",
                    "made up",
                    "01.02.2015",
                    "31.12.2016",
                    "Skills",
                    27.0,
                    108.63,
                    "IE02"
                ],
                row![
                    "Observatory",
                    "X-3606",
                    "made up",
                    "25.10.2007",
                    "29.02.2008",
                    "Skills",
                    31.0,
                    103.0,
                    "IE02"
                ],
                row![
                    "Rainbow", "X-3607", "made up", "May 2016", "", "Skills", 15.0, 58.95, "IE02"
                ],
            ],
        )
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(taken(&file), [(3, "108.63".into()), (5, "58.95".into())]);
    assert_eq!(reason(&file, 4), &Reason::OutsideRound);
    assert_eq!(file.rows_taken[0].no.as_str(), "X-3605");
    assert!(
        notes(&file).contains("„Total Public Eligible Expenditure“"),
        "{}",
        notes(&file)
    );
}

#[test]
fn what_was_requested_is_not_what_is_eligible() {
    let csv = "Operation Name,Recipient organisation,ESF/ ERDF Grant requested,Total eligible expenditure,Programme,\
               Description,Postcode,Union co-financing rate,Start date,End date,Country\n\
               Hub,Transport Moon,5417475.3,13543688.24,ESF,\"a, b; c\",G4 0HF,0.4,02/5/16 , 31/12/18,Scotland\n\
               Ticket,Council,80000,160000,ESF,d,G2 1DU,0.5,20/03/15 , 31/12/18,Scotland\n";
    let file = import_plain(csv.as_bytes());
    assert_eq!(taken(&file), [(2, "13543688.24".into()), (3, "160000.00".into())]);
    let grant = file.import.subprojects[0].0.grant_period;
    assert_eq!(
        (grant.first.to_string(), grant.last.to_string()),
        ("2016-05-02".into(), "2018-12-31".into())
    );
    let sources: Vec<String> = file.import.subprojects[1]
        .1
        .sources
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(sources, ["80000.00", "80000.00"]);
}

#[test]
fn of_several_funds_those_of_the_round_are_taken_and_the_others_told() {
    let bytes = ListFile::new()
        .sheet(
            "Approved",
            &[
                row![
                    "Lead Beneficiary",
                    "Operation Title",
                    "Approval date",
                    "Total Project Cost",
                    "EU Funds Awarded",
                    "Fund"
                ],
                row!["Moon Council", "Skills", "01/12/2015", 100.0, 40.0, "ESF"],
                row!["Sun Council", "Roads", "13/12/2015", 900.0, 450.0, "ERDF"],
                row!["Star Council", "Jobs", "14/12/2015", 50.0, 25.0, "ESF"],
            ],
        )
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(taken(&file), [(2, "100.00".into()), (4, "50.00".into())]);
    assert!(matches!(reason(&file, 3), Reason::OtherFund { typed } if typed == "ERDF"));
    assert!(
        notes(&file).contains("keine Spalte für Beginn und Ende"),
        "{}",
        notes(&file)
    );
    let sources: Vec<String> = file.import.subprojects[0]
        .1
        .sources
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(sources, ["40.00", "60.00"]);
}

#[test]
fn another_currency_is_refused_and_the_euro_beside_it_taken() {
    let pounds = ListFile::new()
        .sheet(
            "List",
            &[
                row![
                    "Recipient of funds",
                    "Name of Project",
                    "Start date",
                    "End date",
                    "Total project costs £m"
                ],
                row!["Moon Ltd", "Skills", "2015", "2016", 1.5],
            ],
        )
        .bytes();
    let error = import(&pounds, &ImportOptions::default()).expect_err("pounds");
    assert_eq!(error.code(), "PRG-09");
    for language in Language::ALL {
        assert!(error.text(language).contains("GBP"), "{}", error.text(language));
    }
    let both = ListFile::new()
        .sheet(
            "List",
            &[
                row![
                    "Beneficiary",
                    "Operation name",
                    "Total eligible expenditure (CZK)",
                    "Total eligible expenditure (EUR)"
                ],
                row!["Moon s.r.o.", "Skills", 2_500.0, 100.0],
            ],
        )
        .bytes();
    assert_eq!(import_plain(&both).total().to_string(), "100.00");
}

#[test]
fn a_column_of_currencies_decides_row_by_row() {
    let bytes = ListFile::new()
        .sheet(
            "List",
            &[
                row!["Beneficiary", "Operation name", "Total cost", "Currency"],
                row!["Moon", "One", 100.0, "EUR"],
                row!["Sun", "Two", 200.0, "PLN"],
                row!["Star", "Three", 300.0, "€"],
            ],
        )
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(taken(&file), [(2, "100.00".into()), (4, "300.00".into())]);
    assert!(matches!(reason(&file, 3), Reason::OtherCurrency { .. }));
}

#[test]
fn headings_in_two_languages_in_one_cell_and_rates_as_text_are_read() {
    let csv = "\"ProjektCode / \ncode of operation\",Name des Begünstigten / name of beneficiary,Bezeichnung des Vorhabens / operation \
               name,Datum des Beginns des Vorhabens / operation start date,Datum des Endes des Vorhabens/ operation end date,Gesamtbetrag \
               der förderfähigen Ausgaben des Vorhabens / total eligible expenditure allocated to the \
               operation,\"Unions-Kofinanzierungssatz pro Prioritätsachse / Union co-financing rate, as per priority \
               axis\",Regionalcode des Vorhabens / location indicator,Land / country\n\
               2CADAC_00089,\"Mondschein, Verein\",\"Jugend \"\"coaching\"\" \",05.09.2016,31.08.2017,\"65.450,00\",\"50,00 %\",213 - \
               Unterkärnten (NUTS),AUSTRIA\n\
               2CADAC_00111,Sternwarte,\"Zeile eins\nZeile zwei\",05.09.2016,31.08.2017,\"1,257.668,98\",\"50,00 %\",131 - Wien \
               (NUTS),AUSTRIA\n";
    let file = import_plain(csv.as_bytes());
    assert_eq!(taken(&file), [(2, "65450.00".into())]);
    assert_eq!(file.rows_taken[0].no.as_str(), "2CADAC_00089");
    assert!(
        matches!(reason(&file, 3), Reason::AmountUnreadable { .. }),
        "two kinds of grouping marks"
    );
    let sources: Vec<String> = file.import.subprojects[0]
        .1
        .sources
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(sources, ["32725.00", "32725.00"]);
}

#[test]
fn the_total_of_an_operation_is_not_taken_for_the_share_of_a_partner() {
    let bytes = ListFile::new()
        .sheet(
            "List",
            &[
                row![
                    "Beneficiary name",
                    "Operation name",
                    "Total eligible expenditure allocated to the beneficiary",
                    "Total eligible expenditure; Original",
                    "Total eligible expenditure; Current"
                ],
                row!["Moon", "One", 10.0, 90.0, 100.0],
            ],
        )
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(file.total().to_string(), "100.00");
    assert!(matches!(
        import(
            &bytes,
            &ImportOptions {
                amount: Some("beneficiary".into()),
                ..ImportOptions::default()
            }
        ),
        Err(ProgrammeError::NoSuchAmount { .. }) | Ok(_)
    ));
}
