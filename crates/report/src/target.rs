//! The file that an export goes to: written beside it first, so that what stands there is replaced by a complete one.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

/// Lets `write` fill a new file, given with its folder, and puts it in the place of `to`. What stood there stays as it was
/// unless the new file is complete.
///
/// # Errors
/// What `write` returns, and what `failed` makes of a file that cannot be written or put in its place; nothing is left of
/// the new file then.
pub fn replace_file<T, E>(
    to: &Path,
    failed: impl Fn(&Path, io::Error) -> E,
    write: impl FnOnce(BufWriter<File>, &Path) -> Result<T, E>,
) -> Result<T, E> {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let part = part_of(to);
    let file = File::create(&part).map_err(|error| failed(&part, error))?;
    // rust_xlsxwriter panics when its temporary files cannot be written, as on a full disk.
    let written = catch_unwind(AssertUnwindSafe(|| write(BufWriter::new(file), folder)))
        .unwrap_or_else(|_panic| Err(failed(folder, io::ErrorKind::StorageFull.into())));
    let put = |value| match fs::rename(&part, to) {
        Ok(()) => Ok(value),
        Err(error) => Err(failed(to, error)),
    };
    match written.and_then(put) {
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
