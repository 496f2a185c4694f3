//! `nachweis report`: any report in any form.

use std::{path::Path, str::FromStr};

use clap::ValueEnum as _;
use nachweis_domain::{
    key::RoundCode,
    language::{Language, Text},
    limits,
    quarter::Quarter,
};
use nachweis_service::{
    Report, ReportError, ReportName, ReportRequest, Service, ServiceError, UnknownName, View, numbers::Place,
    render,
};

use crate::{
    Outcome,
    args::{Format, ReportArgs},
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Makes a report and writes it.
pub(crate) fn run(args: &ReportArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let request = request(args)?;
    let view = args.view.as_deref().map(known).transpose()?;
    let format = format(args.format, args.output.as_deref())?;
    let service = open::service(settings)?;
    if let (true, Some(quarter)) = (args.frozen, args.quarter) {
        let bytes = frozen(args, &service, (request.name, quarter), (format, settings.lang))?;
        return written(args.output.as_deref(), &bytes);
    }
    if let Some([row, column]) = args.lineage.as_deref() {
        let place = Place {
            table: args.table.clone(),
            row: row.clone(),
            column: column.clone(),
        };
        let bytes = number(args, &service, (&request, view, &place), (format, settings.lang))?;
        return written(args.output.as_deref(), &bytes);
    }
    if args.sources {
        let bytes = with_sources(args, &service, (&request, view), (format, settings.lang))?;
        return written(args.output.as_deref(), &bytes);
    }
    let report = service
        .report_in_view(
            &Service::operator(),
            &RoundCode::new(&args.round),
            &request,
            args.as_of,
            view,
        )
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let bytes = rendered(&report, format, settings.lang)?;
    written(args.output.as_deref(), &bytes)
}

/// The bytes of a report as they were frozen when its quarter was closed. JSON holds both languages.
fn frozen(
    args: &ReportArgs,
    service: &Service,
    (name, quarter): (ReportName, Quarter),
    (format, language): (Format, Language),
) -> Result<Vec<u8>, Failure> {
    let language = if format == Format::Json {
        Language::De
    } else {
        language
    };
    let round = RoundCode::new(&args.round);
    service
        .frozen_report(
            &Service::operator(),
            (&round, quarter),
            name,
            language,
            &word(format),
        )
        .or_unknown(|| unknown::closing(quarter))
}

/// Writes a report to its file, or to standard output.
pub(crate) fn written(output: Option<&Path>, bytes: &[u8]) -> Result<Outcome, Failure> {
    match output {
        Some(file) if file.as_os_str() != "-" => open::write(file, bytes)?,
        _ => say::data(bytes)?,
    }
    Ok(Outcome::Clean)
}

/// The report as a workbook that carries its sources.
fn with_sources(
    args: &ReportArgs,
    service: &Service,
    request: (&ReportRequest, Option<View>),
    (format, language): (Format, Language),
) -> Result<Vec<u8>, Failure> {
    if format != Format::Xlsx {
        return Err(Failure::new(Text::new(
            "Quellen trägt nur die Arbeitsmappe. Bitte --format xlsx angeben, oder --lineage für eine einzelne Zahl.",
            "Only the workbook carries sources. Please give --format xlsx, or --lineage for a single number.",
        )));
    }
    service
        .report_with_sources(
            &Service::operator(),
            &RoundCode::new(&args.round),
            request,
            args.as_of,
            language,
        )
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))
}

/// Where a number of the report comes from.
fn number(
    args: &ReportArgs,
    service: &Service,
    (request, view, place): (&ReportRequest, Option<View>, &Place),
    (format, language): (Format, Language),
) -> Result<Vec<u8>, Failure> {
    let round = RoundCode::new(&args.round);
    let terms = (
        args.after.unwrap_or_default(),
        args.limit.unwrap_or(limits::PAGE_MAX.size()),
    );
    if format == Format::Xlsx {
        return Err(Failure::new(Text::new(
            "Die Herkunft einer Zahl gibt es als CSV oder JSON. Die Arbeitsmappe des ganzen Berichts trägt die Quellen mit --sources auf einem eigenen Blatt.",
            "Where a number comes from is given as CSV or JSON. The workbook of the whole report carries them on a sheet of their own with --sources.",
        )));
    }
    let page = service
        .lineage(
            &Service::operator(),
            &round,
            (request, view),
            place,
            args.as_of,
            terms,
        )
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    Ok(match format {
        Format::Json => render::lineage_json(&page),
        Format::Csv | Format::Xlsx => render::lineage_csv(&page, language),
    })
}

fn request(args: &ReportArgs) -> Result<ReportRequest, Failure> {
    Ok(ReportRequest {
        name: known::<ReportName>(&args.name)?,
        group_by: args.group_by.as_deref().map(known).transpose()?,
        quarter: args.quarter,
        on: args.on,
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

/// The form asked for, else the one that the file's name says, else CSV. A name that says another form, or an unknown one,
/// is refused: the file would be something other than its name says.
pub(crate) fn format(asked: Option<Format>, output: Option<&Path>) -> Result<Format, Failure> {
    let ending = output
        .and_then(Path::extension)
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let named = ending.as_deref().map(|ending| Format::from_str(ending, true));
    match (asked, named) {
        (Some(asked), Some(Ok(named))) if asked != named => Err(disagreeing(asked, named)),
        (Some(asked), _) | (None, Some(Ok(asked))) => Ok(asked),
        (None, None) => Ok(Format::Csv),
        (None, Some(Err(_unknown))) => Err(unknown_ending(&ending.unwrap_or_default())),
    }
}

fn disagreeing(asked: Format, named: Format) -> Failure {
    let (asked, named) = (word(asked), word(named));
    Failure::new(Text::new(
        format!(
            "--format {asked} passt nicht zur Endung .{named} der Datei. Bitte eine von beiden Angaben ändern."
        ),
        format!(
            "--format {asked} does not go with the ending .{named} of the file. Please change one of them."
        ),
    ))
}

fn unknown_ending(ending: &str) -> Failure {
    let known = Format::value_variants().iter().map(|format| word(*format));
    let known: Vec<String> = known.collect();
    let known = known.join(", ");
    Failure::new(Text::new(
        format!(
            "Die Endung .{ending} gehört zu keinem Format eines Berichts. Möglich sind: {known}. Mit --format ist jeder Name möglich."
        ),
        format!(
            "The ending .{ending} belongs to no format of a report. Possible are: {known}. With --format any name is possible."
        ),
    ))
}

/// A format as it is typed.
fn word(format: Format) -> String {
    let value = format.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
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
