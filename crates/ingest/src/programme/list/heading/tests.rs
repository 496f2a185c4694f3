//! Headings of published lists, in the words of their lists.

use super::*;

const fn whole(basis: Basis) -> Role {
    Role::Amount(Money {
        part: Part::Whole,
        basis,
    })
}

/// Headings of published lists with what they mean.
const KNOWN: &[(&str, Role)] = &[
    ("Name des Begünstigten/ Projekträger", Role::Carrier),
    (
        "Name des Begünstigten (Nennung ausschließlich von juristischen Personen)",
        Role::Carrier,
    ),
    ("Zuwendungsempfänger", Role::Carrier),
    ("Recipient of funds", Role::Carrier),
    ("Lead Beneficiary", Role::Carrier),
    ("Ort des Begünstigten", Role::Other),
    ("Beneficiary postcode", Role::Other),
    ("Bezeichnung \ndes Vorhabens", Role::Title),
    ("BEZEICHNUNG", Role::Title),
    ("Name of Project", Role::Title),
    ("Projekt/ project", Role::Title),
    ("Bezeichnung/Zusammenf. d. Vorhabens/ operation name", Role::Title),
    (
        "Zusammenfassung des Vorhabens/ Projektbeschreibung",
        Role::Summary,
    ),
    (
        "Zweck des Vorhabens und erwartete und tatsächliche Errungenschaften",
        Role::Summary,
    ),
    (
        "Purpose of the operation and its expected or actual achievements",
        Role::Summary,
    ),
    ("Datum des \nBeginns des \nVorhabens", Role::Start),
    ("Beginns des Vorhabens", Role::Start),
    ("Projekt-beginn", Role::Start),
    ("von", Role::Start),
    ("Datum des Endes \ndes Vorhabens", Role::End),
    (
        "Erwartetes oder tatsächliches Datum des Abschlusses des Vorhabens",
        Role::End,
    ),
    ("Expected or actual date of completion", Role::End),
    ("operation end date", Role::End),
    ("Durchführungs-ende", Role::End),
    ("Projektende", Role::End),
    ("Projektlaufzeit", Role::Span),
    ("GESAMTBETRAG 1)", whole(Basis::Cost)),
    (
        "Gesamtbetrag der \nförderfähigen Ausgaben des \nVorhabens in €",
        whole(Basis::Eligible),
    ),
    (
        "Gesambetrag der förderfähigen Ausgaben des Vorhabens",
        whole(Basis::Eligible),
    ),
    (
        "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens/ \nBewilligte  Gesamtausgaben",
        whole(Basis::Eligible),
    ),
    (
        "total eligible expenditure allocated to the operation 1)",
        whole(Basis::Eligible),
    ),
    (
        "6. Gesamtbetrag der förderfähigen Ausgaben des Vorhabens",
        whole(Basis::Eligible),
    ),
    ("ESF-Mittel in Euro", whole(Basis::Union)),
    ("EU Betrag/ EU budget", whole(Basis::Union)),
    ("Bewilligter Betrag in Euro", whole(Basis::Public)),
    ("gesamte Fördersumme / funding amount", whole(Basis::Public)),
    (
        "Unions-Kofinanzierungssatz pro Prioriätsachse/ ESF-Anteil",
        Role::Rate,
    ),
    (
        "Kofinanzierungssatz (bezogen auf die förderfähigen Gesamtausgaben)",
        Role::Rate,
    ),
    ("Union co-financing rate", Role::Rate),
    ("Kategorie der Region", Role::Category),
    ("ANTRAGSNUMMER", Role::Number),
    ("ProjektCode / \ncode of operation", Role::Number),
    ("Unique code number of the operation", Role::Number),
    ("Förderkennzeichen (FKZ)", Role::Number),
    ("Land", Role::Land),
    ("Land/ country", Role::Land),
    ("10. Land", Role::Land),
    ("Landkreis", Role::District),
    ("Gemeindekennziffer (Vorhaben)/", Role::MunicipalKey),
    ("NUTS-3-Code", Role::Nuts),
    ("Betroffener Fonds", Role::Fund),
    (
        "Bezeichnung der Interventionskategorie für das Vorhaben",
        Role::Other,
    ),
    ("Datum der letzten Aktualisierung der Liste", Role::Other),
];

#[test]
fn headings_of_published_lists_are_understood() {
    for (heading, expected) in KNOWN {
        assert_eq!(role(heading).map(|(role, _)| role), Some(*expected), "{heading}");
    }
    for heading in [
        "",
        "Studierende",
        "Anmerkungen",
        "Teilnehmende",
        "12",
        "Projektanteil in Bremerhaven in %",
    ] {
        assert_eq!(role(heading), None, "{heading}");
    }
}

#[test]
fn synonyms_are_written_as_headings_are_compared() {
    for (.., synonym) in synonyms::all() {
        assert_eq!(compact(synonym), synonym);
    }
}
