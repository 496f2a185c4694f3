//! What the operating system says of a file or an address, in words of both languages.

use std::io::{Error, ErrorKind};

use nachweis_domain::language::Text;

/// Words for why the system could not do it, to be put in brackets. What is seldom is said as the system says it.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// let words = nachweis_service::system_words(&Error::from(ErrorKind::StorageFull));
/// assert_eq!((words.de.as_str(), words.en.as_str()), ("kein freier Platz", "no space left"));
/// ```
pub fn system_words(error: &Error) -> Text {
    let (de, en) = match error.kind() {
        ErrorKind::NotFound => ("gibt es nicht", "does not exist"),
        ErrorKind::PermissionDenied => ("die Rechte fehlen", "permission is missing"),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => (
            "ein Teil des Pfades ist eine Datei, kein Ordner",
            "a part of the path is a file, not a folder",
        ),
        ErrorKind::IsADirectory => ("das ist ein Ordner", "it is a folder"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ("kein freier Platz", "no space left"),
        ErrorKind::ReadOnlyFilesystem => ("schreibgeschützt", "write-protected"),
        ErrorKind::InvalidInput => ("das ist keine gewöhnliche Datei", "it is no ordinary file"),
        ErrorKind::AddrNotAvailable => ("keine Adresse dieses Rechners", "not an address of this machine"),
        _ => return Text::new(error.to_string(), error.to_string()),
    };
    Text::new(de, en)
}
