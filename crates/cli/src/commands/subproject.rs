//! `nachweis subproject`: the dossier of a subproject.

use nachweis_domain::{key::SubprojectNo, language::Language};

use crate::{
    Outcome,
    args::{DossierArgs, SubprojectCommand},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Does what is asked for with one subproject.
pub(crate) fn run(command: &SubprojectCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        SubprojectCommand::Dossier(args) => dossier(args, settings),
    }
}

fn dossier(args: &DossierArgs, settings: &Settings) -> Result<Outcome, Failure> {
    open::refuse_special(&args.output)?;
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let no = SubprojectNo::new(&args.subproject);
    let written = service
        .export_dossier(&caller, &no, args.as_of, settings.lang, &args.output)
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    let (file, files, originals) = (args.output.display(), written.files, written.originals);
    let (position, link, sums) = (written.head.position, written.head.link, written.sums);
    say::note(&match settings.lang {
        Language::De => format!(
            "{file}: {files} Dateien (Originale: {originals}), Stand Eintrag {position} {link}.\nSHA256SUMS: {sums}"
        ),
        Language::En => format!(
            "{file}: {files} files (originals: {originals}), as of entry {position} {link}.\nSHA256SUMS: {sums}"
        ),
    });
    Ok(Outcome::Clean)
}
