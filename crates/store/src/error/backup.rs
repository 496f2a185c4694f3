//! Why a backup could not be written or restored, in words.

/// Why a backup could not be written or restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupFault {
    /// There already is a file of that name.
    #[error("the file already exists")]
    Exists,
    /// The file cannot be read or written.
    #[error("{source}")]
    File {
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no backup.
    #[error("the file is no backup")]
    NoBackup,
    /// The file is not as it was written: bytes were changed, or its end is missing.
    #[error("the file was changed")]
    Changed,
    /// The file was written by a program of another version.
    #[error("the file is of another version")]
    OtherVersion {
        /// The version of the program, if the file says it.
        written_by: Option<String>,
    },
    /// What was restored is not what the manifest says.
    #[error("the table {table} differs")]
    Differs {
        /// The first table that differs.
        table: String,
    },
}

impl BackupFault {
    pub(super) fn german(&self, file: &str) -> String {
        match self {
            Self::Exists => format!(
                "Die Datei {file} gibt es schon; sie bleibt, wie sie ist. Bitte einen anderen Namen angeben."
            ),
            Self::File { source } => {
                format!(
                    "Die Sicherung {file} lässt sich nicht lesen oder schreiben ({source}). Bitte Ordner, Rechte und freien Platz prüfen."
                )
            }
            Self::NoBackup => format!(
                "Die Datei {file} ist keine Sicherung. Bitte eine Datei angeben, die `nachweis backup` geschrieben hat."
            ),
            Self::Changed => format!(
                "Die Sicherung {file} ist nicht mehr so, wie sie geschrieben wurde: Bytes sind verändert, oder ihr Ende fehlt. Es wurde nichts wiederhergestellt; bitte eine andere Sicherung oder eine unbeschädigte Kopie verwenden."
            ),
            Self::OtherVersion {
                written_by: Some(version),
            } => format!(
                "Die Sicherung {file} stammt von einer anderen Fassung des Programms ({version}). Bitte mit jener Fassung wiederherstellen und danach `nachweis migrate` mit dieser ausführen."
            ),
            Self::OtherVersion { written_by: None } => format!(
                "Die Sicherung {file} hat eine Form, die dieses Programm nicht kennt. Bitte mit der Fassung wiederherstellen, die sie geschrieben hat."
            ),
            Self::Differs { table } => format!(
                "Was aus der Sicherung {file} wiederhergestellt wurde, stimmt in {table} nicht mit ihrem Verzeichnis überein. Es wurde nichts behalten; bitte eine andere Sicherung verwenden."
            ),
        }
    }

    pub(super) fn english(&self, file: &str) -> String {
        match self {
            Self::Exists => {
                format!("The file {file} already exists and was left as it is. Please give another name.")
            }
            Self::File { source } => {
                format!(
                    "The backup {file} cannot be read or written ({source}). Please check folder, permissions and free space."
                )
            }
            Self::NoBackup => format!(
                "The file {file} is no backup. Please give a file that `nachweis backup` has written."
            ),
            Self::Changed => format!(
                "The backup {file} is not as it was written: bytes were changed, or its end is missing. Nothing was restored; please use another backup or an undamaged copy."
            ),
            Self::OtherVersion {
                written_by: Some(version),
            } => format!(
                "The backup {file} is of another version of the program ({version}). Please restore it with that version and then run `nachweis migrate` with this one."
            ),
            Self::OtherVersion { written_by: None } => format!(
                "The backup {file} has a form that this program does not know. Please restore it with the version that wrote it."
            ),
            Self::Differs { table } => format!(
                "What was restored from the backup {file} does not agree with its manifest in {table}. Nothing was kept; please use another backup."
            ),
        }
    }
}
