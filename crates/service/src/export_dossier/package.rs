//! A ZIP that is written beside its target, with the hash of every file in it.
//!
//! Files are stored as they are, without a time and in the order in which they come: the same files give the same bytes,
//! whatever library packs them.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use nachweis_domain::record::Sha256;
use sha2::{Digest as _, Sha256 as Hasher};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::error::{Doing, ServiceError};

/// A file in the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// Its path, with slashes.
    pub(super) path: String,
    /// Its size in bytes.
    pub(super) size_bytes: u64,
    /// The hash of its bytes.
    pub(super) sha256: Sha256,
}

/// A package being written. What is not kept is removed.
pub(super) struct Package {
    part: PathBuf,
    zip: Option<ZipWriter<BufWriter<File>>>,
    files: Vec<Packed>,
}

impl Package {
    /// An empty package beside its target.
    ///
    /// # Errors
    /// [`ServiceError::File`] when it cannot be written there.
    pub(super) fn beside(to: &Path) -> Result<Self, ServiceError> {
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|source| unwritable(&part, source))?;
        Ok(Self {
            part,
            zip: Some(ZipWriter::new(BufWriter::new(file))),
            files: Vec::new(),
        })
    }

    /// The files so far.
    pub(super) fn files(&self) -> &[Packed] {
        &self.files
    }

    /// Adds a file.
    ///
    /// # Errors
    /// [`ServiceError::File`] when it cannot be written.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), ServiceError> {
        self.write(path, bytes)
            .map_err(|source| unwritable(&self.part, source))?;
        self.files.push(Packed {
            path: path.to_owned(),
            size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: hash(bytes),
        });
        Ok(())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let zip = self.zip.as_mut().ok_or(io::ErrorKind::WriteZero)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(path, options)?;
        zip.write_all(bytes)
    }

    /// Adds the list of all hashes, as `sha256sum -c` reads it, closes the package and gives the list's own hash.
    ///
    /// # Errors
    /// [`ServiceError::File`] when it cannot be written.
    pub(super) fn seal(&mut self) -> Result<Sha256, ServiceError> {
        let lines = self
            .files
            .iter()
            .map(|file| format!("{}  {}\n", file.sha256, file.path));
        let sums: String = lines.collect();
        self.add("SHA256SUMS", sums.as_bytes())?;
        self.close().map_err(|source| unwritable(&self.part, source))?;
        Ok(hash(sums.as_bytes()))
    }

    fn close(&mut self) -> io::Result<()> {
        let Some(zip) = self.zip.take() else { return Ok(()) };
        let file = zip
            .finish()?
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()
    }

    /// Puts the package in the place of its target.
    ///
    /// # Errors
    /// [`ServiceError::File`] when it cannot be put there.
    pub(super) fn keep(self, to: &Path) -> Result<(), ServiceError> {
        fs::rename(&self.part, to).map_err(|source| unwritable(to, source))
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        // Under its own name nothing is left: it was kept under another one, or is of no use to anybody.
        drop(fs::remove_file(&self.part));
    }
}

fn hash(bytes: &[u8]) -> Sha256 {
    Sha256(Hasher::digest(bytes).into())
}

fn unwritable(path: &Path, source: io::Error) -> ServiceError {
    ServiceError::File {
        doing: Doing::Write,
        path: path.to_owned(),
        source,
    }
}
