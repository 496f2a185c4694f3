//! Who did something: a person, or the system itself.

use nachweis_domain::record::UserId;

/// Who did something, as the journal keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The system itself.
    System,
    /// A person with an account, or [`crate::OPERATOR`].
    User(UserId),
}

impl From<UserId> for Actor {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl Actor {
    /// The person, if it is one.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::System => None,
            Self::User(user) => Some(user),
        }
    }
}
