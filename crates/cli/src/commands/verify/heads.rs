//! The heads that were kept outside the database, with which everything is compared: those that are named, or those of the
//! settings.

use std::path::{Path, PathBuf};

use nachweis_domain::{
    language::{Language, Text},
    proof::Head,
};
use nachweis_service::{PublicKey, read_heads};

use crate::{args::VerifyArgs, failure::Failure, say, settings::Settings};

/// Heads with where they come from.
#[derive(Debug)]
pub(super) struct Kept {
    heads: Vec<Head>,
    from: Source,
}

#[derive(Debug)]
enum Source {
    /// These files were named.
    Named(Vec<PathBuf>),
    /// The settings name the file in which the service notes them.
    Settings(PathBuf),
    /// The settings name a file, and it is not there.
    Missing(PathBuf),
    /// The settings name a file, and no key that must have signed its heads.
    Unsigned(PathBuf),
    Nowhere,
}

impl Kept {
    /// Reads the heads, each with its signature checked.
    pub(super) fn read(args: &VerifyArgs, settings: &Settings) -> Result<Self, Failure> {
        let keys = match (&*args.public_keys, settings.head_key()) {
            ([], Ok(key)) => vec![key.public()],
            ([], Err(no_key)) if !args.heads.is_empty() => return Err(no_key),
            (keys, _) => keys.to_vec(),
        };
        let (files, from) = match (&*args.heads, &settings.heads_file) {
            ([], None) => (Vec::new(), Source::Nowhere),
            ([], Some(file)) if !file.exists() => (Vec::new(), Source::Missing(file.clone())),
            ([], Some(file)) if keys.is_empty() => (Vec::new(), Source::Unsigned(file.clone())),
            ([], Some(file)) => (vec![file.clone()], Source::Settings(file.clone())),
            (named, _) => (named.to_vec(), Source::Named(named.to_vec())),
        };
        let mut heads = Vec::new();
        for file in files {
            heads.extend(signed(&file, &keys, settings.lang)?);
        }
        Ok(Self { heads, from })
    }

    /// All of them.
    pub(super) fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Whether nobody named them, but the settings do.
    pub(super) const fn is_by_default(&self) -> bool {
        !matches!(self.from, Source::Named(_))
    }

    /// With what a journal was compared, or that it was with nothing.
    pub(super) fn sentence(&self, args: &VerifyArgs, language: Language) -> String {
        let count = language.group(u64::try_from(self.heads.len()).unwrap_or(u64::MAX));
        let why = match &self.from {
            _ if !self.heads.is_empty() => {
                let files = self.files();
                return match language {
                    Language::De => format!("Verglichen mit aufbewahrten Köpfen: {count} aus {files}."),
                    Language::En => format!("Compared with kept heads: {count} of {files}."),
                };
            }
            _ if !args.expected.is_empty() => {
                let hashes = args.expected.len();
                return match language {
                    Language::De => format!("Verglichen mit genannten Hashes: {hashes}."),
                    Language::En => format!("Compared with hashes that were named: {hashes}."),
                };
            }
            Source::Nowhere => Text::new(String::new(), String::new()),
            Source::Named(_) | Source::Settings(_) => {
                let files = self.files();
                Text::new(
                    format!(" In {files} steht keiner."),
                    format!(" There is none in {files}."),
                )
            }
            Source::Missing(file) => {
                let file = file.display();
                Text::new(
                    format!(" Die Datei {file} aus den Einstellungen (heads_file) gibt es nicht."),
                    format!(" The file {file} of the settings (heads_file) is not there."),
                )
            }
            Source::Unsigned(file) => {
                let file = file.display();
                Text::new(
                    format!(
                        " Für {file} aus den Einstellungen (heads_file) fehlt der Schlüssel: NACHWEIS_HEAD_KEY oder --public-key."
                    ),
                    format!(
                        " For {file} of the settings (heads_file) the key is missing: NACHWEIS_HEAD_KEY or --public-key."
                    ),
                )
            }
        };
        match language {
            Language::De => format!(
                "Mit keinem aufbewahrten Kopf verglichen: Ein Journal, das als Ganzes neu geschrieben oder an seinem Ende gekürzt wurde, passt ebenso in sich zusammen. Erst ein Kopf, der außerhalb der Datenbank aufbewahrt wird, zeigt das (--heads, --expect-head).{}",
                why.de
            ),
            Language::En => format!(
                "Compared with no kept head: a journal that was written anew as a whole or cut at its end fits together as well. Only a head that is kept outside the database shows it (--heads, --expect-head).{}",
                why.en
            ),
        }
    }

    fn files(&self) -> String {
        let files = match &self.from {
            Source::Named(files) => &**files,
            Source::Settings(file) => std::slice::from_ref(file),
            Source::Missing(_) | Source::Unsigned(_) | Source::Nowhere => &[],
        };
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        files.join(", ")
    }
}

/// The heads of a file. Lines that are torn are told and passed over.
fn signed(file: &Path, keys: &[PublicKey], language: Language) -> Result<Vec<Head>, Failure> {
    let kept = read_heads(file)?;
    if let Some(line) = kept.foreign(keys) {
        let file = file.display();
        let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let keys = keys.join(", ");
        return Err(Failure::new(Text::new(
            format!(
                "{file}, Zeile {line}: Der Kopf ist nicht mit dem Schlüssel {keys} unterschrieben. Den öffentlichen Schlüssel von früher nennt ein weiteres --public-key."
            ),
            format!(
                "{file}, line {line}: the head is not signed with the key {keys}. A further --public-key names the public key of before."
            ),
        )));
    }
    for line in kept.torn() {
        say::note(torn(file, *line).get(language));
    }
    Ok(kept.heads().map(|signed| signed.head).collect())
}

/// What is said of a torn line.
pub(crate) fn torn(file: &Path, line: usize) -> Text {
    let file = file.display();
    Text::new(
        format!(
            "{file}, Zeile {line}: Sie bricht mitten in einem Kopf ab, wie nach einem Absturz, und wird übergangen; die übrigen Zeilen gelten."
        ),
        format!(
            "{file}, line {line}: it ends in the middle of a head, as after a crash, and is passed over; the other lines count."
        ),
    )
}
