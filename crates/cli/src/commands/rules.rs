//! `nachweis rules effect`: what rules would hit.

use nachweis_domain::key::RoundCode;
use nachweis_service::{EffectRequest, Looking, Service};

use crate::{
    Outcome,
    args::{EffectArgs, RulesCommand},
    commands::report,
    failure::Failure,
    open,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Runs a command about rules.
pub(crate) fn run(command: &RulesCommand, settings: &Settings) -> Result<Outcome, Failure> {
    match command {
        RulesCommand::Effect(args) => effect(args, settings),
    }
}

/// Makes the report of what rules would hit.
fn effect(args: &EffectArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let format = report::format(args.format, args.output.as_deref())?;
    let proposed = args.proposed.as_deref().map(nachweis_service::read_round);
    let request = EffectRequest {
        proposed: proposed.transpose()?,
        revisions: args.revisions,
        looking: if args.originals {
            Looking::AtOriginals
        } else {
            Looking::WhereNeeded
        },
        until: args.as_of,
    };
    let service = open::service(settings)?;
    let found = service
        .rule_effect(&Service::operator(), &RoundCode::new(&args.round), &request)
        .or_unknown(|| unknown::round(&args.round, &service.all_rounds()))?;
    let bytes = report::rendered(&found, format, settings.lang)?;
    report::written(args.output.as_deref(), &bytes)
}
