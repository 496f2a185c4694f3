//! Why the service could not be served, with the remedy.

use std::{io, net::SocketAddr};

use nachweis_domain::language::Language;
use nachweis_service::system_words;

use crate::{oidc::IssuerSettingsError, token::TokenError};

/// Why the service could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Another program listens at the address.
    #[error("the address {address} is taken")]
    AddressTaken {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The address cannot be listened at: not one of this machine, or a port that needs rights.
    #[error("cannot listen at {address}")]
    AddressRefused {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The key cannot sign tokens.
    #[error("the key cannot sign access tokens")]
    TokenKey(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The settings of an OpenID Connect issuer cannot be used.
    #[error(transparent)]
    Issuer(#[from] IssuerSettingsError),
    /// The server broke off.
    #[error("the server broke off")]
    Serving(#[source] io::Error),
}

impl ApiError {
    /// The problem of binding an address.
    pub(crate) fn binding(address: SocketAddr, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::AddrInUse {
            Self::AddressTaken { address, source }
        } else {
            Self::AddressRefused { address, source }
        }
    }

    /// What happened and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        match (self, language) {
            (Self::AddressTaken { address, .. }, Language::De) => format!(
                "Unter {address} lauscht bereits ein anderes Programm. Bitte dieses beenden oder mit --listen eine andere Adresse wählen."
            ),
            (Self::AddressTaken { address, .. }, Language::En) => format!(
                "Another program already listens at {address}. Please stop it, or choose another address with --listen."
            ),
            (Self::AddressRefused { address, source }, Language::De) => format!(
                "Unter {address} kann nicht gelauscht werden ({}). Bitte eine Adresse dieses Rechners und einen Port ab 1024 wählen (--listen).",
                system_words(source).de
            ),
            (Self::AddressRefused { address, source }, Language::En) => format!(
                "It is not possible to listen at {address} ({}). Please choose an address of this machine and a port from 1024 on (--listen).",
                system_words(source).en
            ),
            (Self::TokenKey(source), Language::De) => format!(
                "Mit dem Schlüssel für Zugangstoken lässt sich nicht unterschreiben ({source}). Bitte einen neuen Schlüssel einstellen."
            ),
            (Self::TokenKey(source), Language::En) => {
                format!("The key for access tokens cannot sign ({source}). Please configure a new key.")
            }
            (Self::Issuer(error), language) => error.text(language),
            (Self::Serving(source), Language::De) => {
                format!("Der Dienst wurde unterbrochen ({source}). Bitte neu starten.")
            }
            (Self::Serving(source), Language::En) => {
                format!("The service was interrupted ({source}). Please start it again.")
            }
        }
    }
}

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        Self::TokenKey(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_address_is_told_with_a_remedy() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        let error = ApiError::binding(address, io::Error::from(io::ErrorKind::AddrInUse));
        assert!(matches!(error, ApiError::AddressTaken { .. }));
        for language in Language::ALL {
            let text = error.text(language);
            assert!(
                text.contains("127.0.0.1:8080") && text.contains("--listen"),
                "{text}"
            );
        }
    }
}
