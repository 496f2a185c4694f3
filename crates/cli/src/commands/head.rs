//! `nachweis head`: what the journal comes down to, to be kept outside the database.

use std::path::Path;

use nachweis_domain::language::Text;
use nachweis_service::{NotedHead, Service};
use serde::Serialize;

use super::verify::torn;
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
        (Some(file), _) => {
            let noted = service.note_head(&settings.head_key()?, file)?;
            for warning in warnings(&noted, 0, file) {
                say::note(warning.get(settings.lang));
            }
            print(&noted.signed)?;
        }
        (None, Some(from)) => {
            let to = match args.to {
                Some(to) => to,
                None => service.head(&operator)?.position,
            };
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

/// What is odd about the file in which a head was noted. `before` is how many heads it is known to have held.
pub(super) fn warnings(noted: &NotedHead, before: usize, file: &Path) -> Vec<Text> {
    let (position, found) = (noted.signed.head.position, noted.found);
    let mut warnings: Vec<Text> = noted.torn.map(|line| torn(file, line)).into_iter().collect();
    let file = file.display();
    if found < before {
        warnings.push(Text::new(
            format!(
                "{file}: Die Datei enthält weniger Köpfe als vorher ({found} statt {before}); jemand hat sie gekürzt, ersetzt oder entfernt. Bitte mit einer Kopie vergleichen."
            ),
            format!(
                "{file}: the file holds fewer heads than before ({found} instead of {before}); somebody shortened, replaced or removed it. Please compare it with a copy."
            ),
        ));
    } else if found == 0 {
        warnings.push(Text::new(
            format!(
                "{file}: Die Datei enthält keinen Kopf oder fehlt; sie beginnt mit dem bei Eintrag {position}. Enthielt sie vorher Köpfe, hat jemand sie entfernt: Bitte mit einer Kopie vergleichen."
            ),
            format!(
                "{file}: the file holds no head or is missing; it begins with that at entry {position}. If it held heads before, somebody removed them: please compare it with a copy."
            ),
        ));
    }
    warnings
}

fn print(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| Failure::output(&error.into()))?;
    say::line(&text)
}
