//! Errors to plant in right figures, each with the code that must find it: for tests of `nachweis check` and for
//! workbooks of the demonstration that are wrong at first.
//!
//! Only errors that can be typed as figures stand here; those of cells and sheets are planted in finished workbooks.

use nachweis_domain::{
    context::ReportingContext,
    figures::QuarterlyFigures,
    finding::{Code, Severity},
    quarter::Quarter,
    round::FundingRound,
};

mod finance;
mod indicators;

/// An error to plant.
#[derive(Clone, Copy, Debug)]
pub struct PlantedError {
    /// What is done, as a sentence.
    pub name: &'static str,
    /// The code that must be among the findings.
    pub code: Code,
    plant: Plant,
}

type Plant = fn(&FundingRound, &ReportingContext, &mut QuarterlyFigures) -> Option<()>;

impl PlantedError {
    /// Plants the error; `false` when the figures offer no place for it (no voucher, no participants): then they may have
    /// changed and are of no use.
    pub fn plant(
        &self,
        round: &FundingRound,
        context: &ReportingContext,
        figures: &mut QuarterlyFigures,
    ) -> bool {
        (self.plant)(round, context, figures).is_some()
    }

    /// Whether the error blocks in the report of a quarter of the round.
    pub fn is_blocking(&self, round: &FundingRound, quarter: Quarter) -> bool {
        round.severity(self.code, quarter) == Some(Severity::Blocking)
    }
}

const fn error(name: &'static str, code: Code, plant: Plant) -> PlantedError {
    PlantedError { name, code, plant }
}

/// All errors that can be planted in figures, by area.
pub fn catalogue() -> Vec<PlantedError> {
    finance::ERRORS.into_iter().chain(indicators::ERRORS).collect()
}
