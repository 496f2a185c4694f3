//! `nachweis report`: any report in any form.

use std::{path::Path, str::FromStr};

use nachweis_domain::{
    key::RoundCode,
    language::{Language, Text},
};
use nachweis_service::{
    Report, ReportError, ReportName, ReportRequest, Service, ServiceError, UnknownName, render,
};

use crate::{
    Outcome,
    args::{Format, ReportArgs},
    failure::Failure,
    open, say,
    settings::Settings,
};

/// Makes a report and writes it.
pub(crate) fn run(args: &ReportArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let request = request(args)?;
    let service = open::service(settings)?;
    let report = service.report(&Service::operator(), &RoundCode::new(&args.round), &request)?;
    let bytes = rendered(&report, format(args), settings.lang)?;
    match &args.output {
        Some(file) if file.as_os_str() != "-" => open::write(file, &bytes)?,
        _ => say::data(&bytes)?,
    }
    Ok(Outcome::Clean)
}

fn request(args: &ReportArgs) -> Result<ReportRequest, Failure> {
    Ok(ReportRequest {
        name: known::<ReportName>(&args.name)?,
        group_by: args.group_by.as_deref().map(known).transpose()?,
        quarter: args.quarter,
    })
}

fn known<T: FromStr<Err = UnknownName>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|UnknownName { given, known }| {
        Failure::new(Text::new(
            format!("„{given}“ ist hier nicht bekannt. Möglich sind: {known}."),
            format!("“{given}” is not known here. Possible are: {known}."),
        ))
    })
}

/// The form asked for, else the one that the file's name says, else CSV.
fn format(args: &ReportArgs) -> Format {
    let ending = args
        .output
        .as_deref()
        .and_then(Path::extension)
        .and_then(|ending| ending.to_str());
    args.format.unwrap_or(match ending {
        Some("xlsx") => Format::Xlsx,
        Some("json") => Format::Json,
        _ => Format::Csv,
    })
}

/// The report in a form.
pub(crate) fn rendered(report: &Report, format: Format, language: Language) -> Result<Vec<u8>, Failure> {
    let failed = |error: ReportError| Failure::from(ServiceError::from(error));
    match format {
        Format::Xlsx => render::xlsx(report, language).map_err(failed),
        Format::Csv => Ok(render::csv(report, language)),
        Format::Json => Ok(render::json(report)),
    }
}
