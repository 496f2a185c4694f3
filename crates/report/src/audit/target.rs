//! The file that the workbook goes to: written beside it first, so that what stands there is replaced by a complete one.

use std::{
    fs::{self, File},
    io::BufWriter,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use crate::ReportError;

/// Lets `write` fill a new file, given with its folder, and puts it in the place of `to`.
pub(super) fn replace<T>(
    to: &Path,
    write: impl FnOnce(BufWriter<File>, &Path) -> Result<T, ReportError>,
) -> Result<T, ReportError> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let part = part_of(to);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| ReportError::Io { path, cause }
    };
    let file = File::create(&part).map_err(failed(&part))?;
    // rust_xlsxwriter panics when its temporary files cannot be written, as on a full disk.
    let written =
        catch_unwind(AssertUnwindSafe(|| write(BufWriter::new(file), folder))).unwrap_or_else(|_panic| {
            Err(failed(folder)(std::io::Error::from(
                std::io::ErrorKind::StorageFull,
            )))
        });
    match written.and_then(|value| fs::rename(&part, to).map(|()| value).map_err(failed(to))) {
        Ok(value) => Ok(value),
        Err(error) => {
            // The error itself says more than a leftover that could not be removed.
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

/// `audit.xlsx` becomes `audit.xlsx.part`.
fn part_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}
