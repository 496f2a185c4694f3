//! What headers of columns say about persons, in German and English.

use unicode_normalization::UnicodeNormalization;

use super::PersonalKind::{self, Address, BirthDate, Email, Iban, Name, PersonId, Phone};

/// Words and joined phrases that head personal data only. Written in lower case without blanks and marks.
const DECISIVE: &[(PersonalKind, &[&str])] = &[
    (
        Name,
        &[
            "vorname",
            "vornamen",
            "nachname",
            "nachnamen",
            "familienname",
            "familiennamen",
            "zuname",
            "geburtsname",
            "rufname",
            "teilnehmername",
            "teilnehmerinname",
            "teilnehmendenname",
            "klientenname",
            "kundenname",
            "firstname",
            "lastname",
            "surname",
            "familyname",
            "prenom",
            "givenname",
            "forename",
            "middlename",
            "fullname",
            "maidenname",
            "participantname",
            "clientname",
            "kontoinhaber",
            "kontoinhaberin",
        ],
    ),
    (
        BirthDate,
        &[
            "geburtsdatum",
            "geburtstag",
            "geburtsjahr",
            "geburtsort",
            "gebdatum",
            "gebdat",
            "gebam",
            "geborenam",
            "gebjahr",
            "birthdate",
            "dateofbirth",
            "dob",
            "birthday",
            "yearofbirth",
            "placeofbirth",
            "birthplace",
        ],
    ),
    (
        Email,
        &[
            "email",
            "emailadresse",
            "emailadressen",
            "emailaddress",
            "mailadresse",
            "mailadressen",
            "mailaddress",
            "emails",
        ],
    ),
    (
        Iban,
        &[
            "iban",
            "kontonummer",
            "kontonr",
            "kontoverbindung",
            "bankverbindung",
            "bankkonto",
            "bankaccount",
            "accountnumber",
        ],
    ),
    (
        Phone,
        &[
            "telefonnummer",
            "telefonnummern",
            "telefonnr",
            "telnr",
            "telnummer",
            "handy",
            "handynummer",
            "handynr",
            "mobilnummer",
            "mobilnr",
            "mobiltelefon",
            "rufnummer",
            "festnetz",
            "phonenumber",
            "mobilephone",
            "mobilenumber",
            "cellphone",
            "telephonenumber",
            "whatsapp",
        ],
    ),
    (
        Address,
        &[
            "wohnort",
            "wohnanschrift",
            "wohnadresse",
            "privatadresse",
            "privatanschrift",
            "meldeadresse",
            "meldeanschrift",
            "strassehausnummer",
            "strasseundhausnummer",
            "strassenr",
            "strasseundnr",
            "homeaddress",
            "streetaddress",
            "postaladdress",
        ],
    ),
    (
        PersonId,
        &[
            "teilnehmerid",
            "teilnehmernr",
            "teilnehmernummer",
            "teilnehmendenid",
            "teilnehmendennr",
            "teilnehmendennummer",
            "teilnehmerinnenid",
            "tnid",
            "tnnr",
            "tnnummer",
            "tncode",
            "teilnehmercode",
            "participantid",
            "participantno",
            "participantnumber",
            "clientid",
            "personid",
            "personalausweisnummer",
            "ausweisnummer",
            "ausweisnr",
            "passnummer",
            "reisepassnummer",
            "passportnumber",
            "sozialversicherungsnummer",
            "svnummer",
            "svnr",
            "rentenversicherungsnummer",
            "steuerid",
            "steueridentifikationsnummer",
            "azrnummer",
            "azrnr",
            "azr",
            "bgnummer",
            "kundennummerba",
            "nationalid",
            "socialsecuritynumber",
        ],
    ),
];

/// Words that head other things too; they decide when all other words speak of persons.
const OPEN: &[(PersonalKind, &[&str])] = &[
    (Name, &["name", "namen", "names"]),
    (
        Address,
        &["adresse", "adressen", "anschrift", "strasse", "address", "street"],
    ),
    (
        Phone,
        &["telefon", "tel", "mobil", "phone", "telephone", "mobile"],
    ),
    (Email, &["mail", "mails"]),
    (BirthDate, &["geb", "geboren", "born"]),
    (PersonId, &["pseudonym", "kennung", "id"]),
];

/// Words that speak of persons, or of nothing.
const PERSONS: &[&str] = &[
    "teilnehmer",
    "teilnehmers",
    "teilnehmern",
    "teilnehmerin",
    "teilnehmerinnen",
    "teilnehmende",
    "teilnehmenden",
    "teilnehmender",
    "tn",
    "person",
    "personen",
    "ratsuchende",
    "ratsuchenden",
    "ratsuchender",
    "klient",
    "klienten",
    "klientin",
    "klientinnen",
    "kunde",
    "kunden",
    "kundin",
    "kundinnen",
    "mitarbeiter",
    "mitarbeiterin",
    "mitarbeitende",
    "mitarbeitenden",
    "mitarbeiterinnen",
    "beschaeftigte",
    "beschaeftigten",
    "dozent",
    "dozentin",
    "participant",
    "participants",
    "client",
    "clients",
    "employee",
    "employees",
    "staff",
    "learner",
    "learners",
];

/// Words that say nothing by themselves.
const FILLERS: &[&str] = &[
    "der",
    "die",
    "das",
    "des",
    "den",
    "dem",
    "und",
    "oder",
    "von",
    "vom",
    "in",
    "innen",
    "vor",
    "nach",
    "e",
    "nr",
    "no",
    "nummer",
    "of",
    "the",
    "and",
    "or",
    "privat",
    "private",
    "1",
    "2",
    "3",
    "s",
    "voller",
    "vollstaendiger",
    "full",
    "ggf",
    "bzw",
];

/// Words for lists of persons.
const LISTS: &[&str] = &[
    "teilnehmerliste",
    "teilnehmerinnenliste",
    "teilnehmendenliste",
    "teilnehmerlisten",
    "tnliste",
    "namensliste",
    "namenliste",
    "anwesenheitsliste",
    "unterschriftenliste",
    "personenliste",
    "klientenliste",
    "participantlist",
    "participantslist",
    "attendancelist",
    "listofparticipants",
];

/// The longest header that is looked at, in characters.
const LIMIT_CHARACTERS: usize = 200;

/// From so many single letters on they are one word, written s p a c e d.
const SPACED_LETTERS: usize = 4;

/// What a header announces.
pub(super) fn kind(header: &str) -> Option<PersonalKind> {
    let words = words(header);
    decisive(&words).or_else(|| open(&words))
}

/// Whether a text announces data about persons as a header or names a list of them.
pub(super) fn announces(text: &str) -> bool {
    let words = words(text);
    decisive(&words).or_else(|| open(&words)).is_some() || names_list(&words)
}

/// Whether every word of a header speaks of persons, so that what stands below are persons or counts of them.
pub(super) fn is_of_persons(header: &str) -> bool {
    let words = words(header);
    let speaks_of_persons = |word: &String| PERSONS.contains(&word.as_str());
    let says_nothing = |word: &String| FILLERS.contains(&word.as_str());
    let only = words
        .iter()
        .all(|word| speaks_of_persons(word) || says_nothing(word));
    (only && words.iter().any(speaks_of_persons)) || names_list(&words)
}

/// Whether a name is that of a list of persons.
pub(super) fn is_list_of_persons(name: &str) -> bool {
    names_list(&words(name))
}

fn names_list(words: &[String]) -> bool {
    joined(words).any(|phrase| LISTS.contains(&phrase.as_str()))
}

/// Every word, and every two or three words next to each other joined.
fn joined(words: &[String]) -> impl Iterator<Item = String> {
    (1..=3).flat_map(|length| words.windows(length).map(<[String]>::concat))
}

fn decisive(words: &[String]) -> Option<PersonalKind> {
    joined(words).find_map(|phrase| {
        let (kind, _) = DECISIVE
            .iter()
            .find(|(_, phrases)| phrases.contains(&phrase.as_str()))?;
        Some(*kind)
    })
}

fn open(words: &[String]) -> Option<PersonalKind> {
    let of = |word: &String| OPEN.iter().find(|(_, open)| open.contains(&word.as_str()));
    let (kind, _) = words.iter().find_map(of)?;
    let speaks_of_persons = |word: &String| PERSONS.contains(&word.as_str());
    let says_nothing = |word: &String| FILLERS.contains(&word.as_str());
    let other = words
        .iter()
        .find(|word| of(word).is_none() && !speaks_of_persons(word) && !says_nothing(word));
    let named = *kind != PersonId || words.iter().any(speaks_of_persons);
    (other.is_none() && named).then_some(*kind)
}

/// The words in lower case, umlauts written out; a change from lower to upper case begins a new word (`FirstName`).
/// Wide and other forms of letters count as the letters; spaced letters are one word.
fn words(header: &str) -> Vec<String> {
    if header.chars().all(is_plain) {
        words_of(header.chars())
    } else {
        words_of(header.nfkc())
    }
}

/// Characters that are their own compatibility form and join no other.
const fn is_plain(char: char) -> bool {
    char.is_ascii()
        || matches!(
            char,
            'ä' | 'ö' | 'ü' | 'ß' | 'Ä' | 'Ö' | 'Ü' | '–' | '„' | '“' | '§' | '€'
        )
}

fn words_of(chars: impl Iterator<Item = char>) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last_was_lower = false;
    for char in chars.take(LIMIT_CHARACTERS) {
        let begins = !char.is_alphanumeric() || (char.is_uppercase() && last_was_lower);
        if begins {
            words.push(String::new());
        }
        last_was_lower = char.is_lowercase();
        let Some(word) = words.last_mut() else { continue };
        if char.is_alphanumeric() {
            for lower in char.to_lowercase() {
                match lower {
                    'ä' => word.push_str("ae"),
                    'ö' => word.push_str("oe"),
                    'ü' => word.push_str("ue"),
                    'ß' => word.push_str("ss"),
                    'é' | 'è' | 'ê' => word.push('e'),
                    other => word.push(other),
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    let is_spaced = words.len() >= SPACED_LETTERS && words.iter().all(|word| word.chars().count() == 1);
    if is_spaced {
        return vec![words.concat()];
    }
    words
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::is_plain;

    #[test]
    fn plain_characters_are_their_own_compatibility_form() {
        let plain: String = ('\0'..=char::MAX).filter(|char| is_plain(*char)).collect();
        assert!(plain.nfkc().eq(plain.chars()));
    }
}
