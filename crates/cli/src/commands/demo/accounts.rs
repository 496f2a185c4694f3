//! The demonstration's accounts. Passwords are made anew in each run: there is no default account.
//!
//! Every subproject has a lead of its own, so that the record says who handed in what. Only the few accounts that are
//! printed have a password; the others are as accounts that were set up and not used to sign in yet.

use std::collections::BTreeMap;

use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    key::SubprojectNo,
};
use nachweis_service::{Account, NewAccount, Service};

use super::Stage;
use crate::{failure::Failure, say};

/// The subproject of the lead who signs in.
pub(super) const LEADS_SUBPROJECT: &str = "IQ23-NW-017";
/// The name of that lead.
const LEAD: &str = "lead";
/// The managers who decide in the story.
const MANAGERS: [&str; 3] = ["manager", "manager-2", "manager-3"];

/// The accounts of the story.
pub(super) struct Accounts {
    /// Those that can sign in, with their passwords.
    printed: Vec<(Account, String)>,
    leads: BTreeMap<SubprojectNo, Caller>,
}

impl Accounts {
    /// A manager of the story as the one who decides or imports.
    pub(super) fn manager(&self, number: u8) -> Caller {
        let name = MANAGERS
            .get(usize::from(number) % MANAGERS.len())
            .copied()
            .unwrap_or_default();
        let found = self.printed.iter().find(|(account, _)| account.name == name);
        found.map_or_else(Service::operator, |(account, _)| account.caller())
    }

    /// The lead of a subproject as the one who hands in.
    pub(super) fn lead(&self, no: &SubprojectNo) -> Caller {
        self.leads.get(no).cloned().unwrap_or_else(Service::operator)
    }
}

/// Creates three managers, an auditor and an administrator.
pub(super) fn of_office(stage: &Stage) -> Result<Accounts, Failure> {
    let mut wanted: Vec<(&str, String, Role)> = (1..)
        .zip(MANAGERS)
        .map(|(number, name)| {
            (
                name,
                format!("Programm-Management {number} (Demo)"),
                Role::Manager,
            )
        })
        .collect();
    wanted.push(("auditor", "Prüfung (Demo)".to_owned(), Role::Auditor));
    wanted.push(("admin", "Verwaltung der Konten (Demo)".to_owned(), Role::Admin));
    let printed = wanted.into_iter().map(|(name, display_name, role)| {
        let scope = Scope::All;
        with_password(stage, name, display_name, Grant { role, scope })
    });
    Ok(Accounts {
        printed: printed.collect::<Result<_, Failure>>()?,
        leads: BTreeMap::new(),
    })
}

/// Creates a lead for each recorded subproject; the one of [`LEADS_SUBPROJECT`] can sign in.
pub(super) fn of_leads(
    stage: &Stage,
    accounts: &mut Accounts,
    subprojects: &[SubprojectNo],
) -> Result<(), Failure> {
    for no in subprojects {
        let display_name = format!("Leitung {no} (Demo)");
        let grant = Grant {
            role: Role::Lead,
            scope: Scope::Subproject(no.clone()),
        };
        let caller = if no.as_str() == LEADS_SUBPROJECT {
            let (account, password) = with_password(stage, LEAD, display_name, grant)?;
            let caller = account.caller();
            accounts.printed.insert(0, (account, password));
            caller
        } else {
            let name = format!("{LEAD}-{}", no.as_str().to_lowercase());
            create(stage, &name, display_name, None, grant)?.caller()
        };
        accounts.leads.insert(no.clone(), caller);
    }
    Ok(())
}

fn with_password(
    stage: &Stage,
    name: &str,
    display_name: String,
    grant: Grant,
) -> Result<(Account, String), Failure> {
    let password = nachweis_service::generate_password();
    let account = create(stage, name, display_name, Some(password.clone()), grant)?;
    Ok((account, password))
}

fn create(
    stage: &Stage,
    name: &str,
    display_name: String,
    password: Option<String>,
    grant: Grant,
) -> Result<Account, Failure> {
    let new = NewAccount {
        name: name.to_owned(),
        display_name,
        password,
        language: stage.language(),
        grants: vec![grant],
    };
    Ok(stage.service.create_user(&Service::operator(), &new)?)
}

/// Prints how to sign in, and keeps it in a file that only the owner may read.
pub(super) fn print(stage: &Stage, accounts: &Accounts) -> Result<(), Failure> {
    let heading = stage
        .language()
        .pick("Anmeldung (Name, Passwort):", "Sign-in (name, password):");
    let mut text = format!("{heading}\n");
    for (account, password) in &accounts.printed {
        text = format!("{text}  {:<10} {password}\n", account.name);
    }
    stage.folder.write_secret("sign-in.txt", &text)?;
    let lead = stage
        .language()
        .pick("Teilvorhaben der Leitung: ", "The lead's subproject: ");
    say::line(&format!("{text}{lead}{LEADS_SUBPROJECT}"))
}
