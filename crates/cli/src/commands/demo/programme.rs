//! Importing the made-up programme of both rounds.

use nachweis_domain::key::RoundCode;
use nachweis_service::{ProgrammeChoices, Service};

use super::Stage;
use crate::failure::Failure;

/// Imports both rounds as `nachweis programme import` would.
pub(super) fn import(stage: &Stage) -> Result<(), Failure> {
    stage.tell("Programm einlesen …", "Reading the programme …");
    for round in ["2023-2025", "2026-2028"] {
        let text = nachweis_demo::programme::text(round).ok_or_else(|| Failure::round_missing(round))?;
        stage.service.import_programme(
            &Service::operator(),
            &RoundCode::new(round),
            &format!("{round}.csv"),
            text.as_bytes(),
            &ProgrammeChoices::default(),
        )?;
    }
    Ok(())
}
