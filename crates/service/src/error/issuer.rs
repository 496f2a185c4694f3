//! Why a sign-in at an OpenID Connect issuer did not succeed, in words. What an issuer says is never given on.

use nachweis_domain::language::Text;

use super::ErrorClass;

/// Why a sign-in at an OpenID Connect issuer did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuerFailure {
    /// No such sign-in waits: it was not begun here or with this secret or issuer, was completed, or took too long.
    NotBegun,
    /// The issuer cannot be reached, or what it says of itself cannot be used.
    Unavailable {
        /// What exactly, for the log.
        reason: String,
    },
    /// The issuer did not take the code.
    CodeRefused,
    /// What the issuer gave does not prove who signs in.
    Unproven {
        /// What does not hold, as a stable name for the log and the journal.
        reason: &'static str,
    },
    /// The issuer did not check the person as strictly as the deployment asks for.
    TooWeak,
    /// The identity is linked to no account.
    Unlinked {
        /// What the issuer calls the person.
        subject: String,
    },
    /// The account of the identity is disabled.
    Disabled,
}

impl IssuerFailure {
    /// The stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotBegun => "sign-in-not-begun",
            Self::Unavailable { .. } => "issuer-unavailable",
            Self::CodeRefused => "issuer-code-refused",
            Self::Unproven { .. } => "id-token-refused",
            Self::TooWeak => "sign-in-too-weak",
            Self::Unlinked { .. } => "identity-unlinked",
            Self::Disabled => "account-disabled",
        }
    }

    /// The reason in the journal: what does not hold, where that is known, else the code.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Unproven { reason } => reason,
            other => other.code(),
        }
    }

    /// What kind of answer it is.
    pub(super) const fn class(&self) -> ErrorClass {
        match self {
            Self::NotBegun | Self::CodeRefused | Self::Unproven { .. } => ErrorClass::Unauthenticated,
            Self::Unavailable { .. } => ErrorClass::Upstream,
            Self::TooWeak | Self::Unlinked { .. } | Self::Disabled => ErrorClass::Forbidden,
        }
    }

    /// Whole sentences in both languages.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::NotBegun => Text::new(
                "Diese Anmeldung wurde hier nicht begonnen, ist schon abgeschlossen oder hat zu lange gedauert. Bitte neu beginnen.",
                "This sign-in was not begun here, is completed already, or took too long. Please begin anew.",
            ),
            Self::Unavailable { .. } => Text::new(
                "Der Anmeldedienst ist nicht erreichbar oder antwortet nicht wie vereinbart. Bitte in einigen Minuten neu beginnen und sonst den Betrieb benachrichtigen.",
                "The sign-in service cannot be reached or does not answer as agreed. Please begin anew in a few minutes, or tell the operators.",
            ),
            Self::CodeRefused => Text::new(
                "Der Anmeldedienst hat den Code nicht angenommen. Bitte neu beginnen.",
                "The sign-in service did not take the code. Please begin anew.",
            ),
            Self::Unproven { .. } => Text::new(
                "Was der Anmeldedienst geschickt hat, beweist die Anmeldung nicht. Bitte neu beginnen und sonst den Betrieb benachrichtigen.",
                "What the sign-in service sent does not prove the sign-in. Please begin anew, or tell the operators.",
            ),
            Self::TooWeak => Text::new(
                "Der Anmeldedienst hat nicht so streng geprüft wie hier verlangt. Bitte dort mit dem zweiten Faktor oder dem Ausweis anmelden.",
                "The sign-in service did not check as strictly as is asked for here. Please sign in there with the second factor or the identity card.",
            ),
            Self::Unlinked { subject } => Text::new(
                format!(
                    "Die Anmeldung ist gelungen, aber kein Konto ist damit verknüpft. Bitte der Benutzerverwaltung diese Kennung nennen: {subject}"
                ),
                format!(
                    "The sign-in succeeded, but no account is linked to it. Please give this identifier to the user administration: {subject}"
                ),
            ),
            Self::Disabled => Text::new(
                "Das Konto ist gesperrt. Bitte an die Benutzerverwaltung wenden.",
                "The account is disabled. Please turn to the user administration.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_for_the_journal_and_not_for_the_caller() {
        let unproven = IssuerFailure::Unproven { reason: "nonce" };
        assert_eq!(
            (unproven.code(), unproven.reason()),
            ("id-token-refused", "nonce")
        );
        let unavailable = IssuerFailure::Unavailable {
            reason: "10.1.2.3".to_owned(),
        };
        assert_eq!(unavailable.reason(), "issuer-unavailable");
        for failure in [unproven, unavailable] {
            let Text { de, en } = failure.text();
            assert!(!format!("{de}{en}").contains("nonce") && !de.contains("10.1.2.3"));
        }
    }
}
