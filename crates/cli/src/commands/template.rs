//! `nachweis template`: issues a workbook.

use nachweis_domain::key::SubprojectNo;
use nachweis_service::Service;

use crate::{
    Outcome,
    args::TemplateArgs,
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Issues the workbook of a subproject's quarter into a file.
pub(crate) fn run(args: &TemplateArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let no = SubprojectNo::new(&args.subproject);
    let workbook = service
        .issue_template(&Service::operator(), &no, args.quarter, settings.lang)
        .or_unknown(|| unknown::subproject(&args.subproject))?;
    open::write(&args.output, &workbook)?;
    let file = args.output.display();
    say::note(&match settings.lang {
        nachweis_domain::language::Language::De => format!("Ausgegeben: {file}"),
        nachweis_domain::language::Language::En => format!("Issued: {file}"),
    });
    Ok(Outcome::Clean)
}
