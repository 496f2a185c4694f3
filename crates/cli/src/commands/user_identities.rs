//! `nachweis user link`, `unlink`, `identities`: who signs in to an account at an OpenID Connect issuer.

use nachweis_domain::{access::Caller, language::Text};
use nachweis_service::{Account, Identity, Service};

use crate::{
    args_of_accounts::IdentityArgs, failure::Failure, say, settings::Settings, unknown::OrUnknown as _,
};

/// Links an identity at an issuer of the settings.
pub(super) fn link(
    (service, caller): (&Service, &Caller),
    account: &Account,
    args: &IdentityArgs,
    settings: &Settings,
) -> Result<(), Failure> {
    let identity = Identity {
        issuer: settings.issuer_address(&args.issuer)?.to_owned(),
        subject: args.subject.clone(),
    };
    Ok(service.link_identity(caller, account.id, &identity)?)
}

/// Unlinks an identity. Its issuer need not stand in the settings any more; then its address names it.
pub(super) fn unlink(
    (service, caller): (&Service, &Caller),
    account: &Account,
    args: &IdentityArgs,
    settings: &Settings,
) -> Result<(), Failure> {
    let identity = Identity {
        issuer: settings
            .issuer_address(&args.issuer)
            .unwrap_or(&args.issuer)
            .to_owned(),
        subject: args.subject.clone(),
    };
    service
        .unlink_identity(caller, account.id, &identity)
        .or_unknown(|| not_linked(&account.name))
}

/// Prints the identities of an account: issuer and subject, separated by a tab.
pub(super) fn list((service, caller): (&Service, &Caller), account: &Account) -> Result<(), Failure> {
    for identity in service.identities(caller, account.id)? {
        say::line(&format!("{}\t{}", identity.issuer, identity.subject))?;
    }
    Ok(())
}

fn not_linked(name: &str) -> Failure {
    Failure::new(Text::new(
        format!(
            "Mit dem Konto {name} ist diese Identität nicht verknüpft. `nachweis user identities {name}` zeigt die verknüpften."
        ),
        format!(
            "This identity is not linked to the account {name}. `nachweis user identities {name}` lists those that are."
        ),
    ))
}
