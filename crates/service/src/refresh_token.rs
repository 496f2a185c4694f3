//! Tokens that renew a session: 32 random bytes for the person, their hash for the record.

use sha2::{Digest as _, Sha256};

use crate::hex;

/// A token as the person holds it. Not printed.
pub(crate) struct RefreshToken([u8; 32]);

impl RefreshToken {
    /// A new token from the operating system's randomness.
    pub(crate) fn random() -> Self {
        Self(rand::random())
    }

    /// The token that a person sent; `None` when it cannot be one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        hex::decode_32(text).map(Self)
    }

    /// What the person gets: 64 hexadecimal digits.
    pub(crate) fn to_text(&self) -> String {
        hex::encode(&self.0)
    }

    /// What the record keeps. A plain hash is enough: nobody guesses 256 random bits.
    pub(crate) fn hash(&self) -> nachweis_domain::record::Sha256 {
        nachweis_domain::record::Sha256(Sha256::digest(self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_text_with_the_same_hash_and_no_token_is_given_twice() {
        let token = RefreshToken::random();
        let back = RefreshToken::parse(&token.to_text()).unwrap();
        assert_eq!(back.hash(), token.hash());
        assert_ne!(RefreshToken::random().hash(), token.hash());
        assert_ne!(token.to_text(), token.hash().to_string());
        assert!(RefreshToken::parse("short").is_none());
    }
}
