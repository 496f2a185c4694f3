//! Recording the made-up programme: the base of both rounds on the first day, change notices and payments as they come.

use nachweis_demo::programme::{self, Instalment};
use nachweis_domain::{
    access::Caller,
    key::{RoundCode, SubprojectNo},
    programme::ProgrammeImport,
};
use nachweis_service::ProgrammeChoices;

use super::{ROUND, Stage, calendar};
use crate::{failure::Failure, open};

/// Records both rounds as they were awarded. Gives the subprojects of the round that is played.
pub(super) fn record_base(
    stage: &Stage,
    import: &ProgrammeImport,
    manager: &Caller,
) -> Result<Vec<SubprojectNo>, Failure> {
    stage.tell("Programm einlesen …", "Reading the programme …");
    for round in open::rounds(&stage.settings)? {
        let text = if round.code.as_str() == ROUND {
            programme::write(&programme::base(import))
        } else if let Some(text) = programme::text(round.code.as_str()) {
            text.to_owned()
        } else {
            continue;
        };
        record(stage, &round.code, "programm", &text, manager)?;
    }
    Ok(import.numbers().into_iter().cloned().collect())
}

/// Records what comes on a day.
pub(super) fn record_instalment(
    stage: &Stage,
    instalment: &Instalment,
    manager: &Caller,
) -> Result<(), Failure> {
    stage.hand.turn_to(calendar::at(instalment.day, 7));
    let text = programme::write(&instalment.import);
    record(stage, &stage.round.code, &instalment.name, &text, manager)
}

/// Imports a file as `nachweis programme import` would.
fn record(stage: &Stage, round: &RoundCode, name: &str, text: &str, manager: &Caller) -> Result<(), Failure> {
    let choices = ProgrammeChoices::default();
    let file = format!("{name}-{round}.csv");
    stage
        .service
        .import_programme(manager, round, &file, text.as_bytes(), &choices)?;
    Ok(())
}
