//! What a heading means: synonyms as data, German and English, as published lists of operations write them.

use super::spelling::compact;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// The number of the operation.
    Number,
    /// The beneficiary.
    Carrier,
    /// The name of the operation.
    Title,
    /// What it is about.
    Summary,
    /// The first day.
    Start,
    /// The last day.
    End,
    /// An amount; the smaller the rank, the sooner it is the one of the operation.
    Amount(u8),
    /// The share of the Union.
    Rate,
    /// The category of region.
    Category,
    /// The Land.
    Land,
    /// A NUTS code.
    Nuts,
    /// A column that lists have and nobody needs here.
    Other,
}

/// How a synonym must fit the heading.
#[derive(Clone, Copy)]
enum Fit {
    /// It is the whole heading.
    Whole,
    /// The heading begins with it.
    Begins,
    /// It stands somewhere in the heading.
    Within,
}

use Fit::{Begins, Whole, Within};

/// Total eligible expenditure: what Annex XII of Regulation (EU) No 1303/2013 asks lists to show.
const ELIGIBLE: Role = Role::Amount(1);
/// Total cost, eligible or not.
const COST: Role = Role::Amount(2);
/// Public money for the operation.
const PUBLIC: Role = Role::Amount(3);
/// The Union's money for the operation.
const UNION: Role = Role::Amount(4);
/// Money paid out, which is not what was awarded.
const PAID: Role = Role::Amount(6);
/// An amount without further words.
const PLAIN: Role = Role::Amount(5);

/// Synonyms in the spelling of [`compact`]. The longest one that fits wins, so that `Bezeichnung des Vorhabens` is not
/// taken for `Vorhaben`.
const SYNONYMS: &[(Role, Fit, &str)] = &[
    (Role::Number, Whole, "antragsnummer"),
    (Role::Number, Whole, "aktenzeichen"),
    (Role::Number, Whole, "az"),
    (Role::Number, Whole, "fkz"),
    (Role::Number, Whole, "projektid"),
    (Role::Number, Whole, "vorhabenid"),
    (Role::Number, Whole, "vorhabensid"),
    (Role::Number, Whole, "code"),
    (Role::Number, Whole, "projektnr"),
    (Role::Number, Whole, "vorhabennr"),
    (Role::Number, Whole, "antragsnr"),
    (Role::Number, Within, "aktenzeichen"),
    (Role::Number, Within, "antragsnummer"),
    (Role::Number, Within, "vorhabennummer"),
    (Role::Number, Within, "vorhabensnummer"),
    (Role::Number, Within, "projektnummer"),
    (Role::Number, Within, "foerderkennzeichen"),
    (Role::Number, Within, "applicationnumber"),
    (Role::Number, Within, "operationnumber"),
    (Role::Number, Within, "projectnumber"),
    (Role::Number, Within, "referencenumber"),
    (Role::Number, Within, "operationcode"),
    (Role::Number, Within, "operationid"),
    (Role::Number, Within, "projectid"),
    (Role::Number, Within, "codedesvorhabens"),
    (Role::Number, Within, "kennungdesvorhabens"),
    (Role::Carrier, Within, "beguenstigter"),
    (Role::Carrier, Within, "beguenstigten"),
    (Role::Carrier, Within, "beguenstigte"),
    (Role::Carrier, Within, "zuwendungsempfaenger"),
    (Role::Carrier, Within, "foerdermittelempfaenger"),
    (Role::Carrier, Within, "foerdermittelnehmer"),
    (Role::Carrier, Within, "zuwendungsnehmer"),
    (Role::Carrier, Within, "namedesbeguenstigten"),
    (Role::Carrier, Within, "projekttraeger"),
    (Role::Carrier, Within, "projektraeger"),
    (Role::Carrier, Within, "vorhabentraeger"),
    (Role::Carrier, Within, "massnahmetraeger"),
    (Role::Carrier, Within, "massnahmentraeger"),
    (Role::Carrier, Within, "beneficiary"),
    (Role::Carrier, Within, "beneficiaryname"),
    (Role::Carrier, Within, "nameofbeneficiary"),
    (Role::Carrier, Within, "nameofthebeneficiary"),
    (Role::Carrier, Whole, "traeger"),
    (Role::Carrier, Whole, "empfaenger"),
    (Role::Carrier, Whole, "antragsteller"),
    (Role::Carrier, Whole, "antragstellerin"),
    (Role::Carrier, Whole, "antragstellerinantragsteller"),
    (Role::Carrier, Whole, "unternehmen"),
    (Role::Carrier, Whole, "name"),
    (Role::Carrier, Whole, "organisation"),
    (Role::Title, Within, "bezeichnungdesvorhabens"),
    (Role::Title, Within, "bezeichnungvorhaben"),
    (Role::Title, Within, "vorhabenbezeichnung"),
    (Role::Title, Within, "vorhabensbezeichnung"),
    (Role::Title, Within, "projektbezeichnung"),
    (Role::Title, Within, "bezeichnungdesprojekts"),
    (Role::Title, Within, "bezeichnungdesprojektes"),
    (Role::Title, Within, "namedesvorhabens"),
    (Role::Title, Within, "namedesprojekts"),
    (Role::Title, Within, "namedesprojektes"),
    (Role::Title, Within, "titeldesvorhabens"),
    (Role::Title, Within, "titeldesprojekts"),
    (Role::Title, Within, "titeldesprojektes"),
    (Role::Title, Within, "projekttitel"),
    (Role::Title, Within, "projektname"),
    (Role::Title, Within, "vorhabentitel"),
    (Role::Title, Within, "operationname"),
    (Role::Title, Within, "nameofoperation"),
    (Role::Title, Within, "nameoftheoperation"),
    (Role::Title, Within, "operationtitle"),
    (Role::Title, Within, "projecttitle"),
    (Role::Title, Within, "projectname"),
    (Role::Title, Within, "nameoftheproject"),
    (Role::Title, Whole, "bezeichnung"),
    (Role::Title, Whole, "titel"),
    (Role::Title, Whole, "title"),
    (Role::Title, Whole, "vorhaben"),
    (Role::Title, Whole, "projekt"),
    (Role::Title, Whole, "massnahme"),
    (Role::Title, Whole, "operation"),
    (Role::Title, Whole, "project"),
    (Role::Title, Whole, "projektproject"),
    (Role::Title, Whole, "vorhabenoperation"),
    (Role::Title, Whole, "projekttitelprojecttitle"),
    (Role::Summary, Within, "zusammenfassung"),
    (Role::Summary, Within, "zusammenfassungdesvorhabens"),
    (Role::Summary, Within, "kurzbeschreibung"),
    (Role::Summary, Within, "projektbeschreibung"),
    (Role::Summary, Within, "beschreibungdesvorhabens"),
    (Role::Summary, Within, "vorhabenbeschreibung"),
    (Role::Summary, Within, "operationsummary"),
    (Role::Summary, Within, "summaryoftheoperation"),
    (Role::Summary, Within, "projectsummary"),
    (Role::Summary, Within, "projectdescription"),
    (Role::Summary, Whole, "beschreibung"),
    (Role::Summary, Whole, "inhalt"),
    (Role::Summary, Whole, "projektinhalt"),
    (Role::Summary, Whole, "ziel"),
    (Role::Summary, Whole, "zweck"),
    (Role::Summary, Whole, "summary"),
    (Role::Summary, Whole, "description"),
    (Role::Start, Begins, "beginn"),
    (Role::Start, Begins, "anfang"),
    (Role::Start, Within, "datumdesbeginns"),
    (Role::Start, Within, "beginndesvorhabens"),
    (Role::Start, Within, "datumdesbeginnsdesvorhabens"),
    (Role::Start, Within, "projektbeginn"),
    (Role::Start, Within, "vorhabenbeginn"),
    (Role::Start, Within, "vorhabensbeginn"),
    (Role::Start, Within, "massnahmebeginn"),
    (Role::Start, Within, "foerderbeginn"),
    (Role::Start, Within, "projektstart"),
    (Role::Start, Within, "startdatum"),
    (Role::Start, Within, "startdate"),
    (Role::Start, Within, "dateofstart"),
    (Role::Start, Within, "laufzeitvon"),
    (Role::Start, Within, "laufzeitbeginn"),
    (Role::Start, Within, "bewilligungszeitraumvon"),
    (Role::Start, Within, "durchfuehrungszeitraumvon"),
    (Role::Start, Within, "durchfuehrungsbeginn"),
    (Role::Start, Whole, "start"),
    (Role::Start, Whole, "von"),
    (Role::Start, Whole, "from"),
    (Role::End, Whole, "ende"),
    (Role::End, Begins, "enddatum"),
    (Role::End, Begins, "endedes"),
    (Role::End, Within, "datumdesendes"),
    (Role::End, Within, "endedesvorhabens"),
    (Role::End, Within, "datumdesendesdesvorhabens"),
    (Role::End, Within, "datumdesabschlusses"),
    (Role::End, Within, "projektende"),
    (Role::End, Within, "vorhabenende"),
    (Role::End, Within, "vorhabensende"),
    (Role::End, Within, "massnahmeende"),
    (Role::End, Within, "foerderende"),
    (Role::End, Within, "enddate"),
    (Role::End, Within, "dateofend"),
    (Role::End, Within, "completiondate"),
    (Role::End, Within, "laufzeitbis"),
    (Role::End, Within, "laufzeitende"),
    (Role::End, Within, "bewilligungszeitraumbis"),
    (Role::End, Within, "durchfuehrungszeitraumbis"),
    (Role::End, Within, "durchfuehrungsende"),
    (Role::End, Whole, "bis"),
    (Role::End, Whole, "end"),
    (Role::End, Whole, "to"),
    (Role::End, Whole, "until"),
    (Role::End, Whole, "abschluss"),
    (ELIGIBLE, Within, "gesamtbetragderfoerderfaehigenausgaben"),
    (ELIGIBLE, Within, "gesamtbetragderfoerderfaehigenkosten"),
    (ELIGIBLE, Within, "gesamtbetragderzuwendungsfaehigenausgaben"),
    (ELIGIBLE, Within, "gesamtbetragfoerderfaehig"),
    (ELIGIBLE, Within, "foerderfaehigegesamtausgaben"),
    (ELIGIBLE, Within, "foerderfaehigengesamtausgaben"),
    (ELIGIBLE, Within, "foerderfaehigegesamtkosten"),
    (ELIGIBLE, Within, "foerderfaehigengesamtkosten"),
    (ELIGIBLE, Within, "foerderfaehigeausgaben"),
    (ELIGIBLE, Within, "foerderfaehigenausgaben"),
    (ELIGIBLE, Within, "foerderfaehigekosten"),
    (ELIGIBLE, Within, "foerderfaehigenkosten"),
    (ELIGIBLE, Within, "foerderfaehigergesamtbetrag"),
    (ELIGIBLE, Within, "zuwendungsfaehigeausgaben"),
    (ELIGIBLE, Within, "zuwendungsfaehigenausgaben"),
    (ELIGIBLE, Within, "zuwendungsfaehigegesamtausgaben"),
    (ELIGIBLE, Within, "zuwendungsfaehigekosten"),
    (ELIGIBLE, Within, "totaleligibleexpenditure"),
    (ELIGIBLE, Within, "totaleligiblecost"),
    (ELIGIBLE, Within, "eligibleexpenditure"),
    (ELIGIBLE, Within, "eligiblecost"),
    (ELIGIBLE, Within, "foerderfaehigegesamtinvestition"),
    (ELIGIBLE, Within, "foerderfaehigeninvestition"),
    (ELIGIBLE, Within, "foerderfaehigeinvestition"),
    (ELIGIBLE, Within, "zuschussfaehigegesamtkosten"),
    (ELIGIBLE, Within, "zuschussfaehigekosten"),
    (ELIGIBLE, Within, "zuschussfaehigeausgaben"),
    (COST, Within, "gesamtinvestition"),
    (COST, Within, "gesamtbetrag"),
    (COST, Within, "gesamtkosten"),
    (COST, Within, "gesamtausgaben"),
    (COST, Within, "gesamtfinanzierung"),
    (COST, Within, "gesamtvolumen"),
    (COST, Within, "projektvolumen"),
    (COST, Within, "totalcost"),
    (COST, Within, "totalexpenditure"),
    (COST, Within, "totalamount"),
    (COST, Whole, "gesamtsumme"),
    (PUBLIC, Within, "oeffentlicheausgaben"),
    (PUBLIC, Within, "oeffentlicheausgabeninsgesamt"),
    (PUBLIC, Within, "oeffentlichefoerderung"),
    (PUBLIC, Within, "oeffentlichemittel"),
    (PUBLIC, Within, "oeffentlichefinanzierung"),
    (PUBLIC, Within, "publicexpenditure"),
    (PUBLIC, Within, "publicfunding"),
    (PUBLIC, Within, "bewilligtesumme"),
    (PUBLIC, Within, "bewilligtemittel"),
    (PUBLIC, Within, "bewilligterbetrag"),
    (PUBLIC, Within, "bewilligtefoerderung"),
    (PUBLIC, Within, "zuwendungsbetrag"),
    (PUBLIC, Within, "zuwendungssumme"),
    (PUBLIC, Within, "foerdersumme"),
    (PUBLIC, Within, "foerderbetrag"),
    (PUBLIC, Within, "grantamount"),
    (PUBLIC, Whole, "zuwendung"),
    (PUBLIC, Whole, "zuschuss"),
    (UNION, Within, "esfmittel"),
    (UNION, Within, "esfbetrag"),
    (UNION, Within, "esffoerderung"),
    (UNION, Within, "esfzuschuss"),
    (UNION, Within, "efremittel"),
    (UNION, Within, "eumittel"),
    (UNION, Within, "eubetrag"),
    (UNION, Within, "eufoerderung"),
    (UNION, Within, "unionsbeitrag"),
    (UNION, Within, "unionsmittel"),
    (UNION, Within, "unionsunterstuetzung"),
    (UNION, Within, "unioncontribution"),
    (UNION, Within, "unionsupport"),
    (UNION, Within, "euamount"),
    (UNION, Within, "eucontribution"),
    (UNION, Within, "esfamount"),
    (UNION, Within, "mittelderunion"),
    (PAID, Within, "ausbezahlterbetrag"),
    (PAID, Within, "ausgezahlterbetrag"),
    (PAID, Within, "auszahlungsbetrag"),
    (PAID, Within, "ausgezahltemittel"),
    (PAID, Within, "amountpaid"),
    (PAID, Within, "paidamount"),
    (PLAIN, Begins, "betrag"),
    (PLAIN, Whole, "summe"),
    (PLAIN, Whole, "amount"),
    (PLAIN, Begins, "amountin"),
    (PLAIN, Whole, "ausgaben"),
    (PLAIN, Whole, "kosten"),
    (Role::Rate, Within, "kofinanzierungssatz"),
    (Role::Rate, Within, "unionskofinanzierungssatz"),
    (Role::Rate, Within, "unionskofinanzierungssatzproprioritaetsachse"),
    (Role::Rate, Within, "kofinanzierungsrate"),
    (Role::Rate, Within, "kofinanzierungsatz"),
    (Role::Rate, Within, "cofinancingrate"),
    (Role::Rate, Within, "unioncofinancingrate"),
    (Role::Rate, Within, "interventionssatz"),
    (Role::Rate, Within, "foerdersatz"),
    (Role::Rate, Within, "foerderquote"),
    (Role::Category, Within, "kategoriederregion"),
    (Role::Category, Within, "kategorienderregion"),
    (Role::Category, Within, "regionenkategorie"),
    (Role::Category, Within, "regionkategorie"),
    (Role::Category, Within, "regionskategorie"),
    (Role::Category, Within, "categoryofregion"),
    (Role::Category, Within, "regioncategory"),
    (Role::Category, Within, "gebietskategorie"),
    (Role::Category, Within, "gebietskulisse"),
    (Role::Category, Within, "programmgebiet"),
    (Role::Category, Within, "zielgebiet"),
    (Role::Category, Within, "serueer"),
    (Role::Category, Within, "seruer"),
    (Role::Category, Whole, "regionentyp"),
    (Role::Land, Whole, "land"),
    (Role::Land, Within, "bundesland"),
    (Role::Land, Within, "federalstate"),
    (Role::Nuts, Within, "nuts"),
    (Role::Other, Whole, "plz"),
    (Role::Other, Within, "postleitzahl"),
    (Role::Other, Within, "postcode"),
    (Role::Other, Whole, "ort"),
    (Role::Other, Within, "projektort"),
    (Role::Other, Within, "durchfuehrungsort"),
    (Role::Other, Within, "standort"),
    (Role::Other, Within, "landkreis"),
    (Role::Other, Within, "gemeinde"),
    (Role::Other, Whole, "county"),
    (Role::Other, Whole, "country"),
    (Role::Other, Whole, "staat"),
    (Role::Other, Within, "interventionskategorie"),
    (Role::Other, Within, "interventionsbereich"),
    (Role::Other, Within, "interventionfield"),
    (Role::Other, Within, "fieldofintervention"),
    (Role::Other, Within, "categoryofintervention"),
    (Role::Other, Within, "spezifischesziel"),
    (Role::Other, Within, "specificobjective"),
    (Role::Other, Within, "prioritaetsachse"),
    (Role::Other, Within, "priorityaxis"),
    (Role::Other, Within, "investitionsprioritaet"),
    (Role::Other, Within, "foerderprogramm"),
    (Role::Other, Within, "foerderperiode"),
    (Role::Other, Whole, "lfdnr"),
    (Role::Other, Whole, "nr"),
    (Role::Other, Whole, "fonds"),
    (Role::Other, Whole, "fund"),
];

/// What a heading means, and how many letters of it say so; `None` for a heading nobody knows.
pub(super) fn role(heading: &str) -> Option<(Role, usize)> {
    let heading = compact(heading);
    // Numbers of columns and marks of footnotes: `10. Land`, `GESAMTBETRAG 1)`.
    let bare = heading.trim_matches(|char: char| char.is_ascii_digit());
    SYNONYMS
        .iter()
        .filter(|(_, fit, synonym)| match fit {
            Whole => bare == *synonym,
            Begins => bare.starts_with(synonym),
            Within => heading.contains(synonym),
        })
        .map(|(role, _, synonym)| (*role, synonym.len()))
        .max_by_key(|(role, length)| (*length, std::cmp::Reverse(*role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_published_lists_are_understood() {
        let known = [
            ("Name des Begünstigten/ Projekträger", Role::Carrier),
            ("Bezeichnung \ndes Vorhabens", Role::Title),
            ("BEZEICHNUNG", Role::Title),
            (
                "Zusammenfassung des Vorhabens/ Projektbeschreibung",
                Role::Summary,
            ),
            ("Datum des \nBeginns des \nVorhabens", Role::Start),
            ("Datum des Endes \ndes Vorhabens", Role::End),
            ("GESAMTBETRAG 1)", COST),
            (
                "Gesamtbetrag der \nförderfähigen Ausgaben des \nVorhabens in €",
                ELIGIBLE,
            ),
            (
                "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens/ \nBewilligte  Gesamtausgaben",
                ELIGIBLE,
            ),
            (
                "total eligible expenditure allocated to the operation 1)",
                ELIGIBLE,
            ),
            (
                "Unions-Kofinanzierungssatz pro Prioriätsachse/ ESF-Anteil",
                Role::Rate,
            ),
            ("Union co-financing rate", Role::Rate),
            ("Kategorie der Region", Role::Category),
            ("ANTRAGSNUMMER", Role::Number),
            ("Förderkennzeichen (FKZ)", Role::Number),
            ("Land", Role::Land),
            ("Landkreis", Role::Other),
            ("ESF-Mittel in Euro", UNION),
            ("Zuwendungsempfänger", Role::Carrier),
            ("operation end date", Role::End),
            ("Projektende", Role::End),
            ("von", Role::Start),
            ("NUTS-3-Code", Role::Nuts),
            ("10. Land", Role::Land),
            (
                "6. Gesamtbetrag der förderfähigen Ausgaben des Vorhabens",
                ELIGIBLE,
            ),
            ("Projekt/ project", Role::Title),
            ("Projekt-beginn", Role::Start),
            ("Bezeichnung/Zusammenf. d. Vorhabens/ operation name", Role::Title),
            (
                "Datum des Endes des Vorhabens (voraussichtliches Datum des Abschlusses der konkreten Arbeiten)",
                Role::End,
            ),
            (
                "Name des Begünstigten (Nennung ausschließlich von juristischen Personen)",
                Role::Carrier,
            ),
            ("Durchführungs-ende", Role::End),
            ("bewilligte förderfähige Gesamtinvestition", ELIGIBLE),
            ("gesamte Fördersumme / funding amount", PUBLIC),
            ("EU Betrag/ EU budget", UNION),
            (
                "Bezeichnung der Interventionskategorie für das Vorhaben",
                Role::Other,
            ),
            ("Ausbezahlter Betrag zum Projektende", PAID),
            ("Bewilligter Betrag in Euro", PUBLIC),
        ];
        for (heading, expected) in known {
            assert_eq!(role(heading).map(|(role, _)| role), Some(expected), "{heading}");
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
        for (_, _, synonym) in SYNONYMS {
            assert_eq!(&compact(synonym), synonym);
        }
    }
}
