//! Rows of people: accounts, what they may, and who they are elsewhere.

use nachweis_domain::record::Action;

use super::{BY_ID, Kind::Text, Rows, changing, once, part, whole};

pub(crate) static ACCOUNT: Rows = whole(
    "user_account",
    BY_ID,
    &["login", "login_key", "display_name", "language", "created_at"],
    once(&[Action::UserCreated]),
);
pub(crate) static ACCOUNT_PASSWORD: Rows = part(
    "user_password",
    "user_account",
    BY_ID,
    &["password_hash"],
    Some("password_hash"),
    changing(&[Action::UserCreated, Action::PasswordSet]),
);
pub(crate) static ACCOUNT_DISABLED: Rows = part(
    "user_disabled",
    "user_account",
    BY_ID,
    &["disabled_at"],
    Some("disabled_at"),
    once(&[Action::UserDisabled]),
);
pub(crate) static ROLE_GRANT: Rows = whole(
    "role_grant",
    &[
        ("user_id", Text),
        ("role", Text),
        ("scope_kind", Text),
        ("scope_key", Text),
    ],
    &["granted_at"],
    changing(&[Action::UserCreated, Action::RoleGranted, Action::RoleWithdrawn]),
);
pub(crate) static COORDINATION: Rows = whole(
    "coordination",
    &[("user_id", Text)],
    &["scope_key", "since", "until"],
    changing(&[
        Action::UserCreated,
        Action::UserDisabled,
        Action::RoleGranted,
        Action::RoleWithdrawn,
    ]),
);
pub(crate) static IDENTITY: Rows = whole(
    "identity",
    BY_ID,
    &["user_id", "issuer", "subject", "linked_at"],
    changing(&[Action::IdentityLinked, Action::IdentityUnlinked]),
);
pub(crate) static FORMER_IDENTITY: Rows = whole(
    "former_identity",
    BY_ID,
    &["user_id", "issuer", "subject", "unlinked_at"],
    once(&[Action::IdentityUnlinked]),
);
