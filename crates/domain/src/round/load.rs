//! Reading round files.

use super::{FundingRound, RoundProblem};
use crate::limits;

/// The largest round file that is read, in bytes.
pub const ROUND_FILE_LIMIT_BYTES: usize = limits::ROUND_FILE.size();

/// A round file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// The file is larger than any round.
    #[error("the round file has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The file is no valid round in TOML.
    #[error("the round file cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// The file contradicts itself; all contradictions at once.
    #[error("the round `{code}` contradicts itself:{}", listed(.problems))]
    Invalid {
        /// The round's code as written.
        code: String,
        /// Every contradiction with its place.
        problems: Vec<RoundProblem>,
    },
}

fn listed(problems: &[RoundProblem]) -> String {
    problems
        .iter()
        .fold(String::new(), |listed, problem| format!("{listed}\n  {problem}"))
}

impl FundingRound {
    /// Reads and checks a round file.
    ///
    /// ```
    /// use nachweis_domain::round::{FundingRound, RoundError, shipped_text};
    /// let text = shipped_text("2023-2025").unwrap_or_default();
    /// assert!(FundingRound::from_toml(text).is_ok());
    /// let broken = text.replace(r#"base = ["staff_employees""#, r#"base = ["staff""#);
    /// let error = FundingRound::from_toml(&broken).unwrap_err();
    /// assert!(matches!(error, RoundError::Invalid { .. }));
    /// assert!(error.to_string().contains("plan_items.remaining_costs.base: `staff` is not defined"));
    /// ```
    ///
    /// # Errors
    /// When the file is too large, is not valid TOML of a round, or contradicts itself: every contradiction with its
    /// place.
    pub fn from_toml(text: &str) -> Result<Self, RoundError> {
        if text.len() > ROUND_FILE_LIMIT_BYTES {
            return Err(RoundError::TooLarge {
                bytes: text.len(),
                limit: ROUND_FILE_LIMIT_BYTES,
            });
        }
        let round: Self = toml::from_str(text)?;
        let problems = round.problems();
        if problems.is_empty() {
            Ok(round)
        } else {
            Err(RoundError::Invalid {
                code: round.code.to_string(),
                problems,
            })
        }
    }
}
