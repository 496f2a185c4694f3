//! The command line of accounts: `user`, `grant`, `token`.

use clap::{Args, Subcommand};

use crate::args_of_decisions::Actor;

/// `nachweis user`.
#[derive(Debug, Args)]
pub(crate) struct UserArgs {
    /// Acts as this account, with its rights and in its name [default: the operator, who may do everything].
    #[arg(long = "as", value_name = "ACCOUNT", global = true)]
    pub(crate) acting: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: UserCommand,
}

/// What is done with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Creates an account; the password is read from standard input or, with --generate, made and printed.
    Add(UserAddArgs),
    /// Lists the accounts.
    List,
    /// Sets the password of an account and ends its sessions; it is read or made as with `add`.
    Password {
        /// The sign-in name.
        name: String,
        /// Makes a password and prints it once.
        #[arg(long)]
        generate: bool,
    },
    /// Links an identity at an OpenID Connect issuer: who proves it there is signed in to the account.
    Link(IdentityArgs),
    /// Unlinks an identity and ends all sessions of the account.
    Unlink(IdentityArgs),
    /// Lists the identities linked to an account.
    Identities {
        /// The sign-in name.
        name: String,
    },
    /// Disables an account and ends its sessions.
    Disable {
        /// The sign-in name.
        name: String,
    },
}

/// `nachweis user link` and `unlink`.
#[derive(Debug, Args)]
pub(crate) struct IdentityArgs {
    /// The sign-in name.
    pub(crate) name: String,
    /// The issuer: its name or address in the settings.
    #[arg(long)]
    pub(crate) issuer: String,
    /// What the issuer calls the person (`sub`), as a refused sign-in names it.
    #[arg(long)]
    pub(crate) subject: String,
}

/// `nachweis user add`.
#[derive(Debug, Args)]
pub(crate) struct UserAddArgs {
    /// The sign-in name.
    pub(crate) name: String,
    /// The name as shown to others [default: the sign-in name].
    #[arg(long)]
    pub(crate) display_name: Option<String>,
    /// Makes a password and prints it once.
    #[arg(long)]
    pub(crate) generate: bool,
    /// Creates it without a password, for who signs in at an OpenID Connect issuer only.
    #[arg(long, conflicts_with = "generate")]
    pub(crate) no_password: bool,
}

/// `nachweis grant`.
#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    /// In whose name.
    #[command(flatten)]
    pub(crate) actor: Actor,
    /// The sign-in name.
    pub(crate) name: String,
    /// lead, coordinator, manager, ministry, partner, centre, auditor or admin.
    pub(crate) role: String,
    /// For one subproject.
    #[arg(long, value_name = "NO", group = "scope")]
    pub(crate) subproject: Option<String>,
    /// For the subprojects of a network.
    #[arg(long, value_name = "CODE", group = "scope")]
    pub(crate) network: Option<String>,
    /// For the subprojects of an action field.
    #[arg(long, value_name = "KEY", group = "scope")]
    pub(crate) field: Option<String>,
    /// For everything.
    #[arg(long, group = "scope")]
    pub(crate) all: bool,
    /// Takes the role back instead.
    #[arg(long)]
    pub(crate) withdraw: bool,
}

/// `nachweis token`.
#[derive(Debug, Args)]
pub(crate) struct TokenArgs {
    /// The sign-in name.
    pub(crate) name: String,
}
