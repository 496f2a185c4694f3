//! Where the database is: `sqlite://path` or `postgres://…`.

use std::{fmt, path::PathBuf, str::FromStr};

/// The address of a database. Printing it hides the password.
///
/// ```
/// use nachweis_store::DatabaseUrl;
/// let url: DatabaseUrl = "postgres://nachweis:secret@db.example/nachweis".parse()?;
/// assert_eq!(url.to_string(), "postgres://nachweis:***@db.example/nachweis");
/// # Ok::<(), nachweis_store::UrlError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(Address);

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A text that is no address of a database. The text itself is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the database address must look like sqlite://nachweis.db or postgres://user@host/database")]
pub struct UrlError;

impl DatabaseUrl {
    /// The address of a SQLite file.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Address::Sqlite(path.into()))
    }

    pub(crate) const fn address(&self) -> &Address {
        &self.0
    }

    /// The password as it stands in the address.
    fn password(&self) -> Option<&str> {
        let Address::Postgres(url) = &self.0 else {
            return None;
        };
        let in_user = split_user(url).and_then(|(_, user, _)| user.split_once(':'));
        let in_query = url.split_once("password=").map(|(_, rest)| ("", rest));
        let (_, password) = in_user.or(in_query)?;
        let end = if in_user.is_some() {
            None
        } else {
            password.find('&')
        };
        Some(end.map_or(password, |end| password.split_at(end).0)).filter(|password| !password.is_empty())
    }

    /// A message of the database without the password, should it repeat the address.
    pub(crate) fn scrub(&self, message: &str) -> String {
        match self.password() {
            Some(password) => message.replace(password, "***"),
            None => message.to_owned(),
        }
    }
}

/// `postgres://` – user and password – the rest from `@`. The last `@` before the query counts, so that an
/// unescaped one in a password hides too much rather than too little.
fn split_user(url: &str) -> Option<(&str, &str, &str)> {
    let start = url.find("://")? + 3;
    let (scheme, rest) = url.split_at_checked(start)?;
    let query = rest.find('?').unwrap_or(rest.len());
    let at = rest.split_at_checked(query)?.0.rfind('@')?;
    let (user, rest) = rest.split_at_checked(at)?;
    Some((scheme, user, rest))
}

impl FromStr for DatabaseUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let in_memory = |path: &str| path.contains(":memory:") || path.contains("mode=memory");
        if let Some(path) = text.strip_prefix("sqlite://") {
            let usable = !path.is_empty() && !in_memory(path) && !path.contains('\0');
            return usable.then(|| Self::sqlite(path)).ok_or(UrlError);
        }
        let rest = text
            .strip_prefix("postgres://")
            .or_else(|| text.strip_prefix("postgresql://"));
        match rest {
            Some(rest) if !rest.is_empty() && !text.contains('\0') => {
                Ok(Self(Address::Postgres(text.to_owned())))
            }
            _ => Err(UrlError),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Address::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Address::Postgres(url) => f.write_str(&self.scrub(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_address_are_read() {
        for text in [
            "sqlite://nachweis.db",
            "sqlite:///var/lib/nachweis/nachweis.db",
            "postgres://nachweis@localhost:5432/nachweis",
            "postgresql:///nachweis?host=/run/postgresql",
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_addresses_are_refused_without_repeating_them() {
        for text in [
            "",
            "sqlite://",
            "mysql://root:secret@host/db",
            "sqlite://:memory:",
            "postgres://",
            "nachweis.db",
        ] {
            let error = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(!error.to_string().contains("secret"));
        }
    }

    #[test]
    fn no_form_of_a_password_is_printed() {
        for text in [
            "postgres://user:geheim@host/db",
            "postgres://user:geheim@host@host/db",
            "postgres://user:ge/heim:geheim@host/db",
            "postgres://host/db?password=geheim&user=x",
            "postgres://host/db?user=x&password=geheim",
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert!(!url.to_string().contains("geheim"), "{url}");
            assert!(!format!("{url:?}").contains("geheim"));
            assert!(!url.scrub(&format!("invalid URI \"{text}\"")).contains("geheim"));
        }
    }
}
