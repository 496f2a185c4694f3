//! What everybody tries first: words, sequences of keys, and letters written as digits and signs.
//!
//! Lists of the most common passwords hold few of twelve characters and more; those are made of these parts. Taking the
//! parts out refuses whole families instead of single entries, and needs no list of other people's passwords.

/// Words, names and phrases; lower case, letters only.
const WORDS: &[&str] = &[
    "password",
    "passwort",
    "kennwort",
    "passwd",
    "parole",
    "losung",
    "geheim",
    "secret",
    "letmein",
    "openme",
    "welcome",
    "willkommen",
    "hallo",
    "hello",
    "administrator",
    "admin",
    "root",
    "toor",
    "user",
    "guest",
    "gast",
    "master",
    "login",
    "anmeldung",
    "changeme",
    "default",
    "standard",
    "test",
    "demo",
    "beispiel",
    "example",
    "nachweis",
    "foerderung",
    "bamf",
    "bmas",
    "projekt",
    "quartal",
    "bericht",
    "server",
    "computer",
    "internet",
    "google",
    "facebook",
    "microsoft",
    "windows",
    "apple",
    "samsung",
    "iloveyou",
    "ichliebedich",
    "loveyou",
    "love",
    "liebe",
    "schatz",
    "schatzi",
    "hase",
    "maus",
    "engel",
    "angel",
    "baby",
    "honey",
    "princess",
    "prinzessin",
    "sunshine",
    "sonnenschein",
    "sonne",
    "sommer",
    "winter",
    "fruehling",
    "herbst",
    "summer",
    "spring",
    "autumn",
    "january",
    "januar",
    "february",
    "februar",
    "maerz",
    "april",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "october",
    "november",
    "dezember",
    "december",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "monday",
    "friday",
    "sunday",
    "monkey",
    "dragon",
    "drache",
    "tiger",
    "lion",
    "loewe",
    "eagle",
    "adler",
    "horse",
    "pferd",
    "hund",
    "katze",
    "kitty",
    "panther",
    "phoenix",
    "falcon",
    "wolf",
    "bear",
    "football",
    "fussball",
    "baseball",
    "basketball",
    "soccer",
    "hockey",
    "bayern",
    "muenchen",
    "dortmund",
    "schalke",
    "borussia",
    "werder",
    "hamburg",
    "berlin",
    "koeln",
    "stuttgart",
    "frankfurt",
    "deutschland",
    "germany",
    "arsenal",
    "chelsea",
    "liverpool",
    "barcelona",
    "realmadrid",
    "yankees",
    "cowboys",
    "superman",
    "batman",
    "spiderman",
    "ironman",
    "pokemon",
    "pikachu",
    "starwars",
    "skywalker",
    "vader",
    "matrix",
    "naruto",
    "gandalf",
    "hogwarts",
    "harrypotter",
    "merlin",
    "ninja",
    "samurai",
    "pirate",
    "hunter",
    "killer",
    "ranger",
    "trustno",
    "whatever",
    "nothing",
    "jesus",
    "christ",
    "blessed",
    "heaven",
    "freedom",
    "freiheit",
    "shadow",
    "schatten",
    "diamond",
    "silver",
    "silber",
    "golden",
    "orange",
    "purple",
    "yellow",
    "cookie",
    "cheese",
    "chocolate",
    "schokolade",
    "banana",
    "pepper",
    "ginger",
    "coffee",
    "kaffee",
    "flower",
    "blume",
    "butterfly",
    "schmetterling",
    "lovely",
    "beautiful",
    "michael",
    "jennifer",
    "jessica",
    "jordan",
    "michelle",
    "daniel",
    "andrea",
    "andreas",
    "thomas",
    "charlie",
    "robert",
    "matthew",
    "ashley",
    "nicole",
    "hannah",
    "anthony",
    "justin",
    "joshua",
    "andrew",
    "samantha",
    "stefan",
    "christian",
    "sebastian",
    "alexander",
    "maximilian",
    "florian",
    "tobias",
    "sabine",
    "claudia",
    "martina",
    "petra",
    "monika",
    "susanne",
    "julia",
    "laura",
    "sarah",
    "marie",
    "sophie",
    "lukas",
    "felix",
    "jonas",
    "paul",
    "peter",
    "hans",
    "mercedes",
    "porsche",
    "ferrari",
    "volkswagen",
    "corvette",
    "mustang",
    "harley",
    "yamaha",
    "business",
    "family",
    "familie",
    "mutter",
    "vater",
    "mother",
    "father",
    "sister",
    "brother",
    "friends",
    "freunde",
    "access",
    "zugang",
    "money",
    "geld",
    "lucky",
    "happy",
    "magic",
    "super",
    "mega",
    "cool",
    "sexy",
    "hello",
    "world",
    "welt",
    "abc",
    "xyz",
    "qwe",
    "asd",
    "yxc",
    "zxc",
];

/// Keys that lie beside one another, and the alphabet.
const SEQUENCES: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiopü",
    "asdfghjklöä",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6zhn",
    "6yhn",
    "7ujm",
    "1qay",
];

/// From so many keys in a row on it is a sequence.
const RUN: usize = 4;

/// What is left of a password in lower case without common words and sequences.
pub(super) fn taken_out(lower: &str) -> String {
    let mut words: Vec<&str> = WORDS.to_vec();
    // The longest first, so that `administrator` leaves no `istrator`.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let without = |text: &str| {
        words
            .iter()
            .fold(text.to_owned(), |rest, word| rest.replace(word, ""))
    };
    let left = |text: &str| without(&without_runs(&without(text)));
    let plain = left(lower);
    let read = left(&as_letters(lower));
    // Digits that stand for letters are letters only where that finds something.
    if read.chars().count() < plain.chars().count() {
        read
    } else {
        plain
    }
}

/// Digits and signs that often stand for letters, as these letters.
fn as_letters(text: &str) -> String {
    text.chars()
        .map(|char| match char {
            '0' => 'o',
            '1' | '!' | '|' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

fn without_runs(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut rest = String::new();
    let mut run: Vec<char> = Vec::new();
    for char in chars {
        if run.last().is_some_and(|last| !beside(*last, char)) {
            keep_short(&mut rest, &mut run);
        }
        run.push(char);
    }
    keep_short(&mut rest, &mut run);
    rest
}

fn keep_short(rest: &mut String, run: &mut Vec<char>) {
    if run.len() < RUN {
        rest.extend(run.iter());
    }
    run.clear();
}

/// Whether two keys follow each other in a sequence, in either direction, or are the same.
fn beside(first: char, second: char) -> bool {
    first == second
        || SEQUENCES.iter().any(|sequence| {
            let pairs = sequence.chars().zip(sequence.chars().skip(1));
            pairs
                .into_iter()
                .any(|pair| pair == (first, second) || pair == (second, first))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_with_the_usual_ends_are_refused_in_thousands() {
        let ends = [
            "", "1", "12", "123", "1234", "12345", "123456", "!", "!!", "1!", "123!", "2023", "2024", "2025",
            "2026", "2024!", "2025!", "00", "007", "01", "69", "88", "99", "xx", "#1", "@123", "@2025",
            "_2025", "-2025", ".2025", "abc", "qwe",
        ];
        let mut seen = std::collections::BTreeSet::new();
        for word in WORDS {
            for end in ends {
                for password in [
                    format!("{word}{end}"),
                    format!("{word}{word}{end}"),
                    format!("{end}{word}{end}"),
                ] {
                    seen.insert(password);
                }
            }
        }
        let long: Vec<String> = seen
            .into_iter()
            .filter(|password| password.chars().count() >= nachweis_domain::limits::PASSWORD_MIN.size())
            .collect();
        assert!(long.len() >= 3_000, "{}", long.len());
        for password in long {
            let capital = password[..1].to_uppercase() + &password[1..];
            for written in [&password, &capital] {
                let refused = super::super::check(written, "lena.lead");
                assert_eq!(
                    refused.map_err(|error| error.code()),
                    Err("password-common"),
                    "{written}"
                );
            }
        }
    }

    #[test]
    fn sequences_of_keys_and_letters_as_digits_are_refused() {
        for password in [
            "1qaz2wsx3edc",
            "qwertzuiop12",
            "asdfghjkl123",
            "abcdefghijkl",
            "zyxwvutsrqpo",
            "0987654321ab",
            "P@ssw0rd2025",
            "1l0v3y0u1234",
            "Adm1n1str4t0r",
            "aaaabbbbcccc",
        ] {
            let refused = super::super::check(password, "lena.lead");
            assert_eq!(
                refused.map_err(|error| error.code()),
                Err("password-common"),
                "{password}"
            );
        }
    }
}
