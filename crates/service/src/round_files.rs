//! The rounds of a deployment: those that ship, and files of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use nachweis_domain::round::{FundingRound, ROUND_FILE_LIMIT_BYTES, RoundError, shipped};

use crate::error::{Doing, ServiceError};

/// The shipped rounds and those of the files, in the order of their codes. A file with the code of a shipped round
/// takes its place; of two files with the same code the later one counts.
///
/// # Errors
/// [`ServiceError::File`] or [`ServiceError::Round`] with the file's name.
pub fn load(files: &[PathBuf]) -> Result<Vec<FundingRound>, ServiceError> {
    let mut rounds = shipped();
    for path in files {
        let round = read(path)?;
        rounds.retain(|other| other.code != round.code);
        rounds.push(round);
    }
    rounds.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(rounds)
}

/// The round of a file.
///
/// # Errors
/// [`ServiceError::File`] or [`ServiceError::Round`] with the file's name.
pub fn read(path: &Path) -> Result<FundingRound, ServiceError> {
    let file_error = |source| ServiceError::File {
        doing: Doing::Read,
        path: path.to_owned(),
        source,
    };
    let round_error = |source| ServiceError::Round {
        path: path.to_owned(),
        source,
    };
    let size_bytes = fs::metadata(path).map_err(file_error)?.len();
    let bytes = usize::try_from(size_bytes).unwrap_or(usize::MAX);
    if bytes > ROUND_FILE_LIMIT_BYTES {
        return Err(round_error(RoundError::TooLarge {
            bytes,
            limit: ROUND_FILE_LIMIT_BYTES,
        }));
    }
    let text = fs::read_to_string(path).map_err(file_error)?;
    FundingRound::from_toml(&text).map_err(round_error)
}

#[cfg(test)]
mod tests {
    use nachweis_domain::round::shipped_text;

    use super::*;

    fn file(folder: &tempfile::TempDir, text: &str) -> PathBuf {
        let path = folder.path().join("round.toml");
        fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_file_takes_the_place_of_a_shipped_round_or_adds_one() {
        let folder = tempfile::tempdir().unwrap();
        let text = shipped_text("2023-2025").unwrap();
        let changed = text.replacen("report_due_days = 30", "report_due_days = 45", 1);
        let rounds = load(&[file(&folder, &changed)]).unwrap();
        assert_eq!(rounds.len(), shipped().len());
        assert_eq!(rounds[0].report_due_days, 45);

        let added = text.replacen("code = \"2023-2025\"", "code = \"2020-2022\"", 1);
        let rounds = load(&[file(&folder, &added)]).unwrap();
        assert_eq!(rounds.len(), shipped().len() + 1);
        assert_eq!(rounds[0].code.as_str(), "2020-2022");
    }

    #[test]
    fn a_missing_broken_or_huge_file_is_named_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let missing = load(&[folder.path().join("missing.toml")]).unwrap_err();
        assert!(matches!(&missing, ServiceError::File { path, .. } if path.ends_with("missing.toml")));
        for text in ["code = 5", &"#".repeat(ROUND_FILE_LIMIT_BYTES + 1)] {
            let error = load(&[file(&folder, text)]).unwrap_err();
            assert!(matches!(&error, ServiceError::Round { path, .. } if path.ends_with("round.toml")));
        }
    }
}
