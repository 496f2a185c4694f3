//! The demonstration's folder: database, workbooks, reports, settings with keys of its own.

use std::{
    fs, io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use nachweis_domain::{key::SubprojectNo, language::Text, quarter::Quarter};
use nachweis_service::SecretKey;

use crate::{failure::Failure, open, settings::Settings};

/// The file that marks the folder as ours; without it nothing in the folder is touched.
const MARK: &str = "nachweis.toml";
/// What a former run left and this one makes anew.
const MADE: [&str; 6] = [
    "nachweis.db",
    "nachweis.db-wal",
    "nachweis.db-shm",
    "workbooks",
    "reports",
    MARK,
];

/// The demonstration's folder.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder, or empties that of a former run. A folder with anything else in it is left alone.
    pub(super) fn prepare(folder: &Path) -> Result<Self, Failure> {
        let failed = |error| Failure::unwritable(folder, &error);
        if folder.exists() && !is_ours(folder).map_err(failed)? {
            let name = folder.display();
            return Err(Failure::new(Text::new(
                format!(
                    "Der Ordner {name} enthält anderes als eine Demonstration und bleibt unverändert. Bitte mit --dir einen anderen nennen."
                ),
                format!(
                    "The folder {name} holds something other than a demonstration and is left alone. Please name another one with --dir."
                ),
            )));
        }
        for made in MADE {
            remove(&folder.join(made)).map_err(failed)?;
        }
        fs::create_dir_all(folder.join("reports")).map_err(failed)?;
        let folder = fs::canonicalize(folder).map_err(failed)?;
        Ok(Self(folder))
    }

    /// Settings with a database and keys of the demonstration, also written to its `nachweis.toml` for later commands.
    pub(super) fn settings(&self, settings: &Settings) -> Result<Settings, Failure> {
        let keys = (SecretKey::random(), SecretKey::random());
        let url = format!("sqlite://{}", self.0.join("nachweis.db").display());
        let text = format!(
            "# Settings of this demonstration: nachweis --config {file} report burn\n\
             database_url = {url:?}\ntoken_key = \"{}\"\nseal_key = \"{}\"\n",
            keys.0.to_hex(),
            keys.1.to_hex(),
            file = self.0.join(MARK).display(),
        );
        self.write_secret(MARK, &text)?;
        Ok(settings.for_demonstration(url, keys))
    }

    /// Writes a file that only its owner may read.
    pub(super) fn write_secret(&self, name: &str, text: &str) -> Result<(), Failure> {
        let file = self.0.join(name);
        let failed = |error| Failure::unwritable(&file, &error);
        let mut options = fs::OpenOptions::new();
        let mut out = options
            .create(true)
            .truncate(true)
            .write(true)
            .mode(0o600)
            .open(&file)
            .map_err(failed)?;
        io::Write::write_all(&mut out, text.as_bytes()).map_err(failed)
    }

    /// Writes the workbook of a subproject's quarter: `workbooks/2024-Q3/IQ23-NW-017.xlsx`, later ones numbered.
    pub(super) fn write_workbook(
        &self,
        quarter: Quarter,
        no: &SubprojectNo,
        number: u32,
        bytes: &[u8],
    ) -> Result<PathBuf, Failure> {
        let name = if number == 1 {
            format!("{no}.xlsx")
        } else {
            format!("{no}-{number}.xlsx")
        };
        let file = self.0.join("workbooks").join(quarter.to_string()).join(name);
        open::write(&file, bytes)?;
        Ok(file)
    }

    /// The file of a report.
    pub(super) fn report(&self, name: &str) -> PathBuf {
        self.0.join("reports").join(name)
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

/// Whether a folder is empty or holds a demonstration.
fn is_ours(folder: &Path) -> io::Result<bool> {
    Ok(folder.join(MARK).is_file() && folder.join("workbooks").is_dir()
        || fs::read_dir(folder)?.next().is_none())
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
