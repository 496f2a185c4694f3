//! `nachweis head`: what the journal comes down to, to be kept outside the database.

use nachweis_service::Service;
use serde::Serialize;

use crate::{Outcome, args::HeadArgs, failure::Failure, open, say, settings::Settings};

/// Prints or notes the head, or a proof.
pub(crate) fn run(args: &HeadArgs, settings: &Settings) -> Result<Outcome, Failure> {
    if args.public_key {
        say::line(&settings.head_key()?.public().to_string())?;
        return Ok(Outcome::Clean);
    }
    let service = open::as_it_is(settings)?;
    let operator = Service::operator();
    match (&args.output, args.since) {
        (Some(file), _) => print(&service.note_head(&settings.head_key()?, file)?)?,
        (None, Some(from)) => {
            let to = service.head(&operator)?.position;
            print(&service.consistency(&operator, from, to)?)?;
        }
        (None, None) => {
            let head = service.head(&operator)?;
            match settings.head_key() {
                Ok(key) => print(&key.sign(head))?,
                Err(_no_key) => print(&head)?,
            }
        }
    }
    Ok(Outcome::Clean)
}

fn print(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| Failure::output(&error.into()))?;
    say::line(&text)
}
