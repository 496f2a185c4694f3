//! What a deployment decides about an OpenID Connect issuer.

use std::{collections::BTreeSet, fmt};

use nachweis_domain::{
    language::{Language, Text},
    limits,
};
use url::{Host, Url};

/// An OpenID Connect issuer with which people sign in.
#[derive(Clone, Debug)]
pub struct IssuerSettings {
    /// Its name in addresses: 1 to 32 lower-case letters, digits and hyphens.
    pub name: String,
    /// Its address as it names itself, compared byte for byte.
    pub issuer: String,
    /// What the issuer calls this service.
    pub client_id: String,
    /// The secret that the issuer shares with this service; none for a public client.
    pub client_secret: Option<ClientSecret>,
    /// Where the issuer sends browsers back to.
    pub redirect_uri: String,
    /// What is asked for; `openid` is among it.
    pub scopes: Vec<String>,
    /// How strictly the issuer must have checked (`acr`): one of these, or anything where none is named.
    pub required_acr: Vec<String>,
    /// The certificates that are trusted for it, as PEM. Needed for `https`.
    pub roots: Vec<u8>,
    /// Whether `http` on this very machine will do: for trials.
    pub loopback: Loopback,
}

/// Whether `http` to this very machine is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loopback {
    /// Only `https`.
    Refused,
    /// `http` to a loopback address as well.
    Allowed,
}

/// The secret that an issuer shares with this service. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// The secret of a text, without surrounding blanks and line breaks.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(***)")
    }
}

/// A setting of an issuer that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the issuer {name} has settings that cannot be used: {fault:?}")]
pub struct IssuerSettingsError {
    /// The name of the issuer as it is set.
    pub name: String,
    /// What cannot be used.
    pub fault: SettingsFault,
}

/// What cannot be used of the settings of an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    /// The name has not the expected form.
    Name,
    /// Two issuers have the same name or address.
    Twice,
    /// There are too many issuers.
    TooMany,
    /// The address of the issuer.
    Issuer,
    /// The address that browsers come back to.
    RedirectUri,
    /// Browsers come back to the same address from another issuer, whose answer could then be taken for this one's.
    SharedRedirectUri,
    /// The client id or secret is empty or has control characters.
    Client,
    /// `openid` is missing, or something has blanks.
    Scopes,
    /// No certificates are trusted.
    Roots,
}

impl IssuerSettings {
    /// Whether each of the settings can be used.
    ///
    /// # Errors
    /// The first that cannot.
    pub fn check(&self) -> Result<(), IssuerSettingsError> {
        let fault = [
            (is_name(&self.name), SettingsFault::Name),
            (self.has_good_address(), SettingsFault::Issuer),
            (
                self.address(&self.redirect_uri).is_some(),
                SettingsFault::RedirectUri,
            ),
            (self.has_good_client(), SettingsFault::Client),
            (self.has_good_words(), SettingsFault::Scopes),
        ]
        .into_iter()
        .find_map(|(good, fault)| (!good).then_some(fault));
        fault.map_or(Ok(()), |fault| Err(self.error(fault)))
    }

    pub(super) fn error(&self, fault: SettingsFault) -> IssuerSettingsError {
        IssuerSettingsError {
            name: self.name.clone(),
            fault,
        }
    }

    /// An address that may be spoken to: `https`, or `http` on this machine where that is allowed; without a name or
    /// password in it and without a fragment.
    pub(super) fn address(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok()?;
        let local = match url.host()? {
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
            Host::Domain(name) => name == "localhost",
        };
        let secure = match url.scheme() {
            "https" => true,
            "http" => local && self.loopback == Loopback::Allowed,
            _ => false,
        };
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        (secure && plain).then_some(url)
    }

    fn has_good_address(&self) -> bool {
        self.issuer.len() <= limits::ISSUER_ADDRESS.size()
            && self
                .address(&self.issuer)
                .is_some_and(|url| url.query().is_none())
    }

    fn has_good_client(&self) -> bool {
        let good = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        good(&self.client_id) && self.client_secret.as_ref().is_none_or(|secret| good(&secret.0))
    }

    fn has_good_words(&self) -> bool {
        let word = |text: &String| !text.is_empty() && text.chars().all(|char| char.is_ascii_graphic());
        self.scopes.iter().any(|scope| scope == "openid")
            && self.scopes.iter().chain(&self.required_acr).all(word)
    }
}

fn is_name(name: &str) -> bool {
    let holds = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    (1..=32).contains(&name.len()) && name.chars().all(holds)
}

/// Whether the issuers of a deployment go together.
///
/// # Errors
/// The first that does not.
pub(super) fn check_together(issuers: &[IssuerSettings]) -> Result<(), IssuerSettingsError> {
    let (mut names, mut addresses, mut redirects) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (index, issuer) in issuers.iter().enumerate() {
        if index >= limits::ISSUERS.size() {
            return Err(issuer.error(SettingsFault::TooMany));
        }
        if !names.insert(&issuer.name) || !addresses.insert(&issuer.issuer) {
            return Err(issuer.error(SettingsFault::Twice));
        }
        let redirect =
            Url::parse(&issuer.redirect_uri).map_or_else(|_| issuer.redirect_uri.clone(), String::from);
        if !redirects.insert(redirect) {
            return Err(issuer.error(SettingsFault::SharedRedirectUri));
        }
    }
    Ok(())
}

impl IssuerSettingsError {
    /// What cannot be used and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        let what = self.fault.text();
        match language {
            Language::De => format!(
                "Der Anmeldedienst „{}“ ist nicht brauchbar eingestellt: {}. Bitte mit deploy/nachweis.example.toml vergleichen.",
                self.name, what.de
            ),
            Language::En => format!(
                "The issuer “{}” has settings that cannot be used: {}. Please compare with deploy/nachweis.example.toml.",
                self.name, what.en
            ),
        }
    }
}

impl SettingsFault {
    fn text(self) -> Text {
        match self {
            Self::Name => Text::new(
                "name hat 1 bis 32 Kleinbuchstaben, Ziffern oder Bindestriche",
                "name has 1 to 32 lower-case letters, digits or hyphens",
            ),
            Self::Twice => Text::new(
                "name und issuer dürfen nur einmal vorkommen",
                "name and issuer may occur only once",
            ),
            Self::TooMany => Text::new("es sind zu viele", "there are too many"),
            Self::Issuer => Text::new(
                "issuer ist keine Adresse mit https ohne Parameter",
                "issuer is no address with https and without parameters",
            ),
            Self::RedirectUri => Text::new(
                "redirect_uri ist keine Adresse mit https",
                "redirect_uri is no address with https",
            ),
            Self::SharedRedirectUri => Text::new(
                "redirect_uri gehört schon zu einem anderen Anmeldedienst; jeder braucht eine eigene, damit keine Antwort für die eines anderen gehalten wird",
                "redirect_uri belongs to another issuer already; each needs one of its own, so that no answer is taken for another's",
            ),
            Self::Client => Text::new(
                "client_id oder das Geheimnis ist leer oder hat Steuerzeichen",
                "client_id or the secret is empty or has control characters",
            ),
            Self::Scopes => Text::new(
                "scopes muss openid enthalten, und scopes und required_acr haben keine Leerzeichen",
                "scopes must contain openid, and scopes and required_acr have no blanks",
            ),
            Self::Roots => Text::new(
                "in ca_file steht kein Zertifikat, dem vertraut werden kann",
                "there is no certificate in ca_file that can be trusted",
            ),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn settings() -> IssuerSettings {
        IssuerSettings {
            name: "login".to_owned(),
            issuer: "https://login.example.org/iq".to_owned(),
            client_id: "nachweis".to_owned(),
            client_secret: Some(ClientSecret::new(" geheim\n")),
            redirect_uri: "https://nachweis.example.org/zurueck".to_owned(),
            scopes: vec!["openid".to_owned()],
            required_acr: Vec::new(),
            roots: Vec::new(),
            loopback: Loopback::Refused,
        }
    }

    type Change = fn(&mut IssuerSettings);

    #[test]
    fn each_setting_that_cannot_be_used_is_named() {
        settings().check().unwrap();
        let cases: [(Change, SettingsFault); 13] = [
            (|it| it.name = "Login".to_owned(), SettingsFault::Name),
            (|it| it.name = String::new(), SettingsFault::Name),
            (
                |it| it.issuer = "http://login.example.org".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.issuer = "http://127.0.0.1".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.issuer = "https://a:b@login.example.org".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.issuer = "https://login.example.org?a=b".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.issuer = "https://login.example.org#a".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.issuer = "login.example.org".to_owned(),
                SettingsFault::Issuer,
            ),
            (
                |it| it.redirect_uri = "/zurueck".to_owned(),
                SettingsFault::RedirectUri,
            ),
            (|it| it.client_id = String::new(), SettingsFault::Client),
            (
                |it| it.client_secret = Some(ClientSecret::new(" ")),
                SettingsFault::Client,
            ),
            (|it| it.scopes = vec!["profile".to_owned()], SettingsFault::Scopes),
            (
                |it| it.required_acr = vec!["a b".to_owned()],
                SettingsFault::Scopes,
            ),
        ];
        for (change, fault) in cases {
            let mut changed = settings();
            change(&mut changed);
            let error = changed.check().unwrap_err();
            assert_eq!(error.fault, fault, "{changed:?}");
            for language in Language::ALL {
                assert!(error.text(language).contains(&changed.name));
            }
        }
    }

    #[test]
    fn two_issuers_share_neither_name_nor_address_nor_the_page_that_browsers_come_back_to() {
        let other = |change: Change| {
            let mut other = IssuerSettings {
                name: "other".to_owned(),
                issuer: "https://other.example.org".to_owned(),
                redirect_uri: "https://nachweis.example.org/andere".to_owned(),
                ..settings()
            };
            change(&mut other);
            check_together(&[settings(), other]).map_err(|error| (error.name.clone(), error.fault, error))
        };
        other(|_| {}).unwrap();
        let cases: [(Change, SettingsFault); 4] = [
            (|it| it.name = settings().name, SettingsFault::Twice),
            (|it| it.issuer = settings().issuer, SettingsFault::Twice),
            (
                |it| it.redirect_uri = settings().redirect_uri,
                SettingsFault::SharedRedirectUri,
            ),
            (
                |it| it.redirect_uri = "https://NACHWEIS.example.org:443/zurueck".to_owned(),
                SettingsFault::SharedRedirectUri,
            ),
        ];
        for (change, fault) in cases {
            let (name, found, error) = other(change).unwrap_err();
            assert_eq!(found, fault, "{name}");
            for language in Language::ALL {
                assert!(error.text(language).contains(&name));
            }
        }
    }

    #[test]
    fn http_is_taken_on_this_machine_and_only_where_it_is_allowed() {
        let mut trial = settings();
        trial.loopback = Loopback::Allowed;
        for (address, taken) in [
            ("http://127.0.0.1:4711", true),
            ("http://[::1]:4711", true),
            ("http://localhost:4711", true),
            ("http://login.example.org", false),
            ("http://127.0.0.1.example.org", false),
            ("ftp://127.0.0.1", false),
            ("https://login.example.org", true),
        ] {
            assert_eq!(trial.address(address).is_some(), taken, "{address}");
            let only_https = settings().address(address).is_some();
            assert_eq!(only_https, taken && address.starts_with("https"), "{address}");
        }
    }

    #[test]
    fn a_name_or_an_address_is_given_once() {
        let mut other = settings();
        other.name = "other".to_owned();
        let twice = check_together(&[settings(), other.clone()]).unwrap_err();
        assert_eq!(twice.fault, SettingsFault::Twice);
        other.issuer = "https://other.example.org".to_owned();
        other.redirect_uri = "https://nachweis.example.org/back-from-other".to_owned();
        check_together(&[settings(), other]).unwrap();
    }

    #[test]
    fn a_secret_is_never_printed() {
        assert!(!format!("{:?}", settings()).contains("geheim"));
        assert_eq!(settings().client_secret.unwrap().as_str(), "geheim");
    }
}
