//! `nachweis user`, `grant`, `token`: accounts.

use std::io::{BufRead as _, IsTerminal as _};

use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    key::{ActionFieldKey, NetworkCode, SubprojectNo},
    language::Text,
};
use nachweis_service::{Account, NewAccount, Service};

use super::user_identities;
use crate::{
    Outcome,
    args_of_accounts::{GrantArgs, TokenArgs, UserAddArgs, UserArgs, UserCommand},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Creates, lists or disables accounts.
pub(crate) fn run(args: UserArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = &open::caller(&service, args.acting.as_deref())?;
    match args.command {
        UserCommand::Add(args) => add((&service, caller), args, settings)?,
        UserCommand::List => {
            for account in service.users(caller)? {
                say::line(&described(&account, settings))?;
            }
        }
        UserCommand::Password { name, generate } => {
            let account = found((&service, caller), &name)?;
            let password = password(generate)?;
            service.set_password(caller, account.id, &password)?;
            if generate {
                say::line(&password)?;
            }
        }
        UserCommand::Link(args) => {
            user_identities::link(
                (&service, caller),
                &found((&service, caller), &args.name)?,
                &args,
                settings,
            )?;
        }
        UserCommand::Unlink(args) => {
            user_identities::unlink(
                (&service, caller),
                &found((&service, caller), &args.name)?,
                &args,
                settings,
            )?;
        }
        UserCommand::Identities { name } => {
            user_identities::list((&service, caller), &found((&service, caller), &name)?)?;
        }
        UserCommand::Disable { name } => {
            let account = found((&service, caller), &name)?;
            service.disable_user(caller, account.id)?;
        }
    }
    Ok(Outcome::Clean)
}

/// The account of a name.
fn found((service, caller): (&Service, &Caller), name: &str) -> Result<Account, Failure> {
    service
        .user_by_name(caller, name)
        .or_unknown(|| unknown::account(name))
}

fn add(
    (service, caller): (&Service, &Caller),
    args: UserAddArgs,
    settings: &Settings,
) -> Result<(), Failure> {
    let password = if args.no_password {
        None
    } else {
        Some(password(args.generate)?)
    };
    let account = NewAccount {
        display_name: args.display_name.unwrap_or_else(|| args.name.clone()),
        name: args.name,
        password: password.clone(),
        language: settings.lang,
        grants: Vec::new(),
    };
    service.create_user(caller, &account)?;
    match password {
        Some(password) if args.generate => say::line(&password),
        _ => Ok(()),
    }
}

fn password(generate: bool) -> Result<String, Failure> {
    if generate {
        Ok(nachweis_service::generate_password())
    } else {
        typed_password()
    }
}

fn typed_password() -> Result<String, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        say::note("Passwort / password:");
    }
    let mut line = String::new();
    input
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::output(&error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// One line: name, shown name, grants, whether disabled; separated by tabs.
fn described(account: &Account, settings: &Settings) -> String {
    let grants: Vec<String> = account.grants.iter().map(grant_text).collect();
    let state = if account.disabled {
        settings.lang.pick("gesperrt", "disabled")
    } else {
        settings.lang.pick("aktiv", "active")
    };
    format!(
        "{}\t{}\t{}\t{state}",
        account.name,
        account.display_name,
        grants.join(", ")
    )
}

fn grant_text(grant: &Grant) -> String {
    let scope = match &grant.scope {
        Scope::Subproject(no) => no.to_string(),
        Scope::Network(code) => code.to_string(),
        Scope::Field(key) => key.to_string(),
        Scope::All => "*".to_owned(),
    };
    format!("{}@{scope}", grant.role.as_str())
}

/// Grants or withdraws a role.
pub(crate) fn grant(args: &GrantArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let grant = Grant {
        role: role(&args.role)?,
        scope: scope(args)?,
    };
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let account = found((&service, &caller), &args.name)?;
    if args.withdraw {
        service.withdraw(&caller, account.id, &grant)?;
    } else {
        service.grant(&caller, account.id, &grant)?;
    }
    Ok(Outcome::Clean)
}

fn role(text: &str) -> Result<Role, Failure> {
    Role::ALL
        .into_iter()
        .find(|role| role.as_str() == text)
        .ok_or_else(|| {
            let known = Role::ALL.map(Role::as_str).join(", ");
            Failure::new(Text::new(
                format!("Die Rolle „{text}“ gibt es nicht. Möglich sind: {known}."),
                format!("There is no role “{text}”. Possible are: {known}."),
            ))
        })
}

fn scope(args: &GrantArgs) -> Result<Scope, Failure> {
    match (&args.subproject, &args.network, &args.field, args.all) {
        (Some(no), ..) => Ok(Scope::Subproject(SubprojectNo::new(no))),
        (_, Some(code), ..) => Ok(Scope::Network(NetworkCode::new(code))),
        (_, _, Some(key), _) => Ok(Scope::Field(ActionFieldKey::new(key))),
        (.., true) => Ok(Scope::All),
        _ => Err(Failure::new(Text::new(
            "Es fehlt, wofür die Rolle gilt: --subproject, --network, --field oder --all.",
            "It is missing what the role is for: --subproject, --network, --field or --all.",
        ))),
    }
}

/// Prints an access token of an account.
pub(crate) fn token(args: &TokenArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let key = settings.token_key()?;
    let service = open::service(settings)?;
    let account = found((&service, &Service::operator()), &args.name)?;
    if account.disabled {
        return Err(Failure::new(Text::new(
            format!(
                "Das Konto {} ist gesperrt. Für gesperrte Konten gibt es keine Zugangsmarken.",
                args.name
            ),
            format!(
                "The account {} is disabled. Disabled accounts get no tokens.",
                args.name
            ),
        )));
    }
    let pass = service.script_session(&Service::operator(), account.id)?;
    say::line(&nachweis_api::access_token(&key, &pass)?)?;
    Ok(Outcome::Clean)
}
