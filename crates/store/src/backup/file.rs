//! The file of a backup: written beside its name, sealed by its last line, then given its name.

use std::{
    fs::{self, File, OpenOptions},
    io::{Error, ErrorKind, Read, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    process,
};

use sha2::{Digest as _, Sha256 as Hasher};

use super::tables::NOT_CARRIED;
use crate::{
    connection::{Missing, Session},
    error::{BackupFault, StoreError},
    inspection, migration,
    url::DatabaseUrl,
};

/// Before the hash in the last line.
const SEAL: &[u8] = b"nachweis-backup sha256 ";
/// Hexadecimal digits of the hash, and the end of the line.
const HASH_AND_END: usize = 65;

/// The error of a file.
pub(super) fn fault(path: &Path, fault: BackupFault) -> StoreError {
    StoreError::Backup {
        file: path.display().to_string(),
        fault,
    }
}

fn unwritable(path: &Path) -> impl Fn(Error) -> StoreError {
    move |source| fault(path, BackupFault::File { source })
}

/// A backup that is being written. What is unfinished is removed.
pub(super) struct Part {
    name: PathBuf,
    beside: PathBuf,
}

impl Part {
    /// Begins a file beside one that is not there yet.
    pub(super) fn beside(name: &Path) -> Result<Self, StoreError> {
        if name.symlink_metadata().is_ok() {
            return Err(fault(name, BackupFault::Exists));
        }
        let mut beside = name.as_os_str().to_owned();
        beside.push(format!(".{}.part", process::id()));
        let beside = PathBuf::from(beside);
        let folder = name.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(fault(
                name,
                BackupFault::File {
                    source: ErrorKind::NotFound.into(),
                },
            ));
        }
        // What is left of a process that was ended and had the same number.
        drop(fs::remove_file(&beside));
        Ok(Self {
            name: name.to_owned(),
            beside,
        })
    }

    /// Its tables, without rows.
    pub(super) fn database(&self) -> Result<Session, StoreError> {
        let url = DatabaseUrl::sqlite(&self.beside);
        migration::migrate(&url)?;
        let mut session = Session::connect(&url, Missing::Refuse)?;
        let unneeded = NOT_CARRIED.map(|(table, _)| table);
        inspection::turn_into_backup(&mut session.conn(), &unneeded)?;
        Ok(session)
    }

    /// Closes the file, seals it, and gives it its name; nothing that got that name meanwhile is written over.
    pub(super) fn finish(self, session: Session) -> Result<(), StoreError> {
        inspection::finish_backup(&mut { session }.conn())?;
        write_seal(&self.beside)
            .and_then(|()| self.rename())
            .map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => fault(&self.name, BackupFault::Exists),
                _ => unwritable(&self.name)(error),
            })
    }

    fn rename(&self) -> Result<(), Error> {
        // A second name first: unlike renaming, it never replaces a file.
        match fs::hard_link(&self.beside, &self.name) {
            Ok(()) => fs::remove_file(&self.beside)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            Err(_no_second_names) => {
                if self.name.symlink_metadata().is_ok() {
                    return Err(ErrorKind::AlreadyExists.into());
                }
                fs::rename(&self.beside, &self.name)?;
            }
        }
        let folder = self.name.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut file = self.beside.as_os_str().to_owned();
            file.push(end);
            drop(fs::remove_file(file));
        }
    }
}

fn seal(hash: &str) -> Vec<u8> {
    [SEAL, hash.as_bytes(), b"\n"].concat()
}

fn write_seal(path: &Path) -> Result<(), Error> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    let hash = hash_of(&mut file, length)?;
    file.seek(SeekFrom::End(0))?;
    file.write_all(&seal(&hash))?;
    file.sync_all()
}

/// Seals a file whose content was changed: for tests.
#[cfg(feature = "testing")]
pub(crate) fn seal_anew(path: &Path) -> Result<(), Error> {
    let file = OpenOptions::new().write(true).open(path)?;
    let pages = file.metadata()?.len() / 4096;
    file.set_len(pages * 4096)?;
    write_seal(path)
}

/// The hash of the first bytes of a file, as text.
fn hash_of(file: &mut File, length: u64) -> Result<String, Error> {
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = Hasher::new();
    let mut left = Read::by_ref(file).take(length);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = left.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        hasher.update(bytes);
    }
    Ok(nachweis_domain::record::Sha256(hasher.finalize().into()).to_string())
}

/// Refuses a file of which any byte is not as it was written.
pub(super) fn check_seal(path: &Path) -> Result<(), StoreError> {
    let failed = unwritable(path);
    let mut file = File::open(path).map_err(&failed)?;
    let length = file.metadata().map_err(&failed)?.len();
    let tail = u64::try_from(SEAL.len() + HASH_AND_END).unwrap_or(u64::MAX);
    let Some(content) = length.checked_sub(tail) else {
        return Err(fault(path, BackupFault::NoBackup));
    };
    let mut last = Vec::new();
    file.seek(SeekFrom::Start(content)).map_err(&failed)?;
    Read::by_ref(&mut file)
        .take(tail)
        .read_to_end(&mut last)
        .map_err(&failed)?;
    let hash = hash_of(&mut file, content).map_err(&failed)?;
    if last == seal(&hash) {
        return Ok(());
    }
    let begins = last.starts_with(SEAL) || is_sqlite(&mut file).map_err(&failed)?;
    Err(fault(
        path,
        if begins {
            BackupFault::Changed
        } else {
            BackupFault::NoBackup
        },
    ))
}

fn is_sqlite(file: &mut File) -> Result<bool, Error> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file).take(16).read_to_end(&mut head)?;
    Ok(head == b"SQLite format 3\0")
}
