//! What a heading means: synonyms as data, German and English, as published lists of operations write them.

use synonyms::{Fit, SYNONYMS};

use super::spelling::compact;

mod synonyms;

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

/// What a heading means, and how many letters of it say so; `None` for a heading nobody knows.
pub(super) fn role(heading: &str) -> Option<(Role, usize)> {
    let heading = compact(heading);
    // Numbers of columns and marks of footnotes: `10. Land`, `GESAMTBETRAG 1)`.
    let bare = heading.trim_matches(|char: char| char.is_ascii_digit());
    SYNONYMS
        .iter()
        .filter(|(_, fit, synonym)| match fit {
            Fit::Whole => bare == *synonym,
            Fit::Begins => bare.starts_with(synonym),
            Fit::Within => heading.contains(synonym),
        })
        .map(|(role, _, synonym)| (*role, synonym.len()))
        .max_by_key(|(role, length)| (*length, std::cmp::Reverse(*role)))
}

#[cfg(test)]
mod tests {
    use super::{
        synonyms::{COST, ELIGIBLE, PAID, PUBLIC, UNION},
        *,
    };

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
