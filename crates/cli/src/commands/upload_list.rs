//! `nachweis upload list`: the uploads of a round.

use nachweis_domain::key::RoundCode;
use nachweis_service::{ListedUpload, UploadFilter};

use super::decide;
use crate::{
    Outcome,
    args::ListUploadsArgs,
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Lists the uploads of a round that fit.
pub(crate) fn run(args: &ListUploadsArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let filter = UploadFilter {
        quarter: args.quarter,
        state: args.state,
        turn: args.turn,
        clean: args.clean.then_some(true),
    };
    let listed = service
        .uploads_of_round(&caller, &RoundCode::new(&args.round), &filter)
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    if args.json {
        say::json(&nachweis_api::uploads(&listed))?;
    } else {
        listed.iter().try_for_each(|listed| say::line(&line(listed)))?;
    }
    Ok(Outcome::Clean)
}

/// Subproject, quarter, revision, state, id, turn, errors and warnings that are not waived, when it was handed in; separated
/// by tabs.
fn line(listed: &ListedUpload) -> String {
    let submitted = listed.submitted;
    format!(
        "{}\t{}\t{}\t{}\t{}",
        decide::line(&listed.upload),
        listed.turn.as_str(),
        listed.open_blocking(),
        listed.open_warnings(),
        submitted.map_or_else(|| "–".to_owned(), |(_, at)| at.to_rfc3339())
    )
}
