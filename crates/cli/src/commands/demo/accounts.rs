//! The demonstration's accounts. Passwords are made anew in each run: there is no default account.

use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    key::SubprojectNo,
};
use nachweis_service::{Account, NewAccount, Service};

use super::Stage;
use crate::{failure::Failure, say};

/// The subproject of the lead who signs in.
pub(super) const LEADS_SUBPROJECT: &str = "IQ23-NW-017";
/// The managers who decide in the story.
const MANAGERS: [&str; 3] = ["manager", "manager-2", "manager-3"];

/// The accounts with their passwords.
pub(super) struct Accounts(Vec<(Account, String)>);

impl Accounts {
    /// A manager of the story as the one who decides.
    pub(super) fn manager(&self, number: u8) -> Caller {
        let name = MANAGERS
            .get(usize::from(number) % MANAGERS.len())
            .copied()
            .unwrap_or_default();
        let found = self.0.iter().find(|(account, _)| account.name == name);
        found.map_or_else(Service::operator, |(account, _)| account.caller())
    }
}

/// Creates a lead, three managers, an auditor and an administrator.
pub(super) fn create(stage: &Stage) -> Result<Accounts, Failure> {
    let own = Scope::Subproject(SubprojectNo::new(LEADS_SUBPROJECT));
    let mut wanted = vec![("lead", "Leitung Teilvorhaben (Demo)", Role::Lead, own)];
    wanted.extend(MANAGERS.map(|name| (name, "Programm-Management (Demo)", Role::Manager, Scope::All)));
    wanted.push(("auditor", "Prüfung (Demo)", Role::Auditor, Scope::All));
    wanted.push(("admin", "Verwaltung der Konten (Demo)", Role::Admin, Scope::All));
    let accounts = wanted.into_iter().map(|(name, display_name, role, scope)| {
        let password = nachweis_service::generate_password();
        let account = stage.service.create_user(
            &Service::operator(),
            &NewAccount {
                name: name.to_owned(),
                display_name: display_name.to_owned(),
                password: Some(password.clone()),
                language: stage.language(),
                grants: vec![Grant { role, scope }],
            },
        )?;
        Ok((account, password))
    });
    Ok(Accounts(accounts.collect::<Result<_, Failure>>()?))
}

/// Prints how to sign in, and keeps it in a file that only the owner may read.
pub(super) fn print(stage: &Stage, accounts: &Accounts) -> Result<(), Failure> {
    let heading = stage
        .language()
        .pick("Anmeldung (Name, Passwort):", "Sign-in (name, password):");
    let mut text = format!("{heading}\n");
    for (account, password) in &accounts.0 {
        text = format!("{text}  {:<10} {password}\n", account.name);
    }
    stage.folder.write_secret("sign-in.txt", &text)?;
    let lead = stage
        .language()
        .pick("Teilvorhaben der Leitung: ", "The lead's subproject: ");
    say::line(&format!("{text}{lead}{LEADS_SUBPROJECT}"))
}
