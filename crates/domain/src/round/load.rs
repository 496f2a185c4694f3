//! Reading and checking round files, and the rounds that ship with the program.

use super::FundingRound;

/// A round file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// The file is no valid round in TOML.
    #[error("the round file cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
}

impl FundingRound {
    /// Reads and checks a round file.
    ///
    /// # Errors
    /// When the file is not valid TOML of a round, or contradicts itself.
    pub fn from_toml(text: &str) -> Result<Self, RoundError> {
        let round: Self = toml::from_str(text)?;
        Ok(round)
    }
}
