//! Opening what commands work on: the database, the service, this program as the confined reader's.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use nachweis_domain::{
    access::Caller,
    language::Text,
    limits::{self, Limit},
    round::FundingRound,
};
use nachweis_service::{Clock, DatabaseUrl, Service, UrlError};

use crate::{
    failure::Failure,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// The address of the database.
pub(crate) fn database(settings: &Settings) -> Result<DatabaseUrl, Failure> {
    settings.database_url.parse().map_err(|UrlError| {
        // What was given may hold a password and is not repeated.
        Failure::new(Text::new(
            "Die Datenbankadresse kann nicht verwendet werden. Möglich sind sqlite://PFAD (zum Beispiel sqlite://nachweis.db) und postgres://BENUTZER@RECHNER/DATENBANK.",
            "The database address cannot be used. Possible are sqlite://PATH (for example sqlite://nachweis.db) and postgres://USER@HOST/DATABASE.",
        ))
    })
}

/// The settings of the service.
pub(crate) fn service_settings(settings: &Settings) -> Result<nachweis_service::Settings, Failure> {
    Ok(nachweis_service::Settings {
        database_url: database(settings)?,
        round_files: settings.round_files.clone(),
        seal_key: settings.seal_key()?,
        program: program()?,
    })
}

/// The service on the clock of the machine.
pub(crate) fn service(settings: &Settings) -> Result<Service, Failure> {
    Ok(Service::open(&service_settings(settings)?, Clock::system())?)
}

/// Who acts: the account of a name with its own rights, or the operator.
pub(crate) fn caller(service: &Service, name: Option<&str>) -> Result<Caller, Failure> {
    let Some(name) = name else {
        return Ok(Service::operator());
    };
    let account = service
        .user_by_name(&Service::operator(), name)
        .or_unknown(|| unknown::account(name))?;
    if account.disabled {
        return Err(Failure::new(Text::new(
            format!(
                "Das Konto {name} ist gesperrt; in seinem Namen geschieht nichts. Bitte ein anderes nennen."
            ),
            format!("The account {name} is disabled; nothing is done in its name. Please name another one."),
        )));
    }
    Ok(account.caller())
}

/// The service on a record that is looked at as it is: nothing is written.
pub(crate) fn as_it_is(settings: &Settings) -> Result<Service, Failure> {
    Ok(Service::open_as_it_is(
        &service_settings(settings)?,
        Clock::system(),
    )?)
}

/// The rounds that ship and those of the settings.
pub(crate) fn rounds(settings: &Settings) -> Result<Vec<FundingRound>, Failure> {
    Ok(nachweis_service::load_rounds(&settings.round_files)?)
}

/// This program, which also is the confined reader.
pub(crate) fn program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|error| Failure::unreadable(Path::new("nachweis"), &error))
}

/// The bytes of a file. One beyond the limit is refused and not read to its end.
pub(crate) fn read_within(file: &Path, limit: &Limit) -> Result<Vec<u8>, Failure> {
    let bytes = beginning(file, limit)?;
    if limit.is_exceeded_by(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
        return Err(Failure::too_large(file, limit.value));
    }
    Ok(bytes)
}

/// The bytes of a workbook, or what there is to be read of one: of one beyond the limit a byte more than is allowed, for
/// which it is refused like any other that is too large.
pub(crate) fn read_workbook(file: &Path) -> Result<Vec<u8>, Failure> {
    beginning(file, &limits::FILE_SIZE)
}

/// The bytes of a file, one more than a limit allows at most.
fn beginning(file: &Path, limit: &Limit) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::unreadable(file, &error);
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .map_err(failed)?
        .take(limit.value.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

/// Writes a file whole or not at all: first beside it, then in its place, with the rights it had. Links are followed;
/// what is no file (a pipe, a device) is written to as it is.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::unwritable(file, &error);
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let target = std::fs::canonicalize(file).unwrap_or_else(|_absent| file.to_owned());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return std::fs::write(&target, bytes).map_err(failed);
    }
    let mut beside = target.as_os_str().to_owned();
    beside.push(".part");
    let written = std::fs::write(&beside, bytes)
        .and_then(|()| old.map_or(Ok(()), |old| std::fs::set_permissions(&beside, old.permissions())))
        .and_then(|()| std::fs::rename(&beside, &target));
    written.map_err(|error| {
        // What is left of a failed try is of no use to anybody.
        drop(std::fs::remove_file(&beside));
        failed(error)
    })
}

/// Refuses a target that is there and no file: an export is written beside it first.
pub(crate) fn refuse_special(file: &Path) -> Result<(), Failure> {
    match std::fs::metadata(file) {
        Ok(old) if !old.is_file() => Err(Failure::unwritable(
            file,
            &std::io::ErrorKind::InvalidInput.into(),
        )),
        _ => Ok(()),
    }
}
