//! Importing a programme: networks, subprojects, plans and payments from our own format or a published list.
//!
//! All or nothing: a file with faults changes nothing. Every row is accounted for, taken or not taken with its reason.

use std::collections::BTreeMap;

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    language::{Language, Text},
    limits,
    money::Money,
    programme::{self, LookAlike, ProgrammeImport, ProgrammeProblem, Recorded, look_alikes},
    region::RegionCategory,
    round::FundingRound,
};
use nachweis_ingest::programme::{ImportOptions, NotTakenRow, ProgrammeFile, TakenRow, recognise};
use nachweis_store::{Conflict, StoreError};

use crate::{error::ServiceError, file_name, gate, service::Service};

mod changes;

pub use changes::{ChangedSubproject, Payments, ProgrammeChanges};

/// Whether an import is recorded, or only tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// What the file says is recorded.
    #[default]
    Record,
    /// Nothing is recorded; the report says what would be.
    Nothing,
}

/// What is chosen beside the file.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeChoices {
    /// The sheets to read; none leaves the choice to the reader.
    pub sheets: Vec<String>,
    /// The column with the amount of a published list, by its letters or its heading.
    pub amount: Option<String>,
    /// Whether it is recorded.
    pub keep: Keep,
}

/// What became of a programme file.
#[derive(Clone, Debug)]
pub struct ProgrammeReport {
    /// The round it was imported into.
    pub round: RoundCode,
    /// Whether it was recorded.
    pub keep: Keep,
    /// Rows that were taken.
    pub taken: Vec<TakenRow>,
    /// Rows that were not taken, each with the reason.
    pub not_taken: Vec<NotTakenRow>,
    /// What concerns the whole file: the sheet taken, assumptions, the encoding.
    pub notes: Vec<Text>,
    /// The sum of the amounts of all rows taken.
    pub total: Money,
    /// The subprojects of each category of region and what they are awarded; a split counts in each of its categories.
    pub by_category: BTreeMap<RegionCategory, (usize, Money)>,
    /// What changes in the record.
    pub changes: ProgrammeChanges,
}

impl Service {
    /// Imports a programme file (XLSX or CSV) into a round, or only says what an import would do. The same file again
    /// changes nothing. What is recorded already need not be repeated: payments and change notices can come alone.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Hidden`] when there is no such round, [`ServiceError::Refused`] for
    /// a file that is not read, [`ServiceError::Programme`] or [`ServiceError::Invalid`] for one that cannot be
    /// imported. Nothing is changed then.
    pub fn import_programme(
        &self,
        caller: &Caller,
        round: &RoundCode,
        file_name: &str,
        bytes: &[u8],
        choices: &ProgrammeChoices,
    ) -> Result<ProgrammeReport, ServiceError> {
        gate::programme(caller, Act::ImportProgramme)?;
        let round = self.known_round(round)?;
        let at = self.clock.now();
        let file_name = file_name::kept(file_name);
        let sheets = self.reader.read_table(bytes)?;
        let options = ImportOptions {
            sheets: choices.sheets.clone(),
            amount: choices.amount.clone(),
            file_name: Some(file_name.clone()),
            recorded_at: at,
        };
        let file = recognise(round, &sheets, &options)?;
        let problems = programme::check(round, &file.import, &self.recorded(&round.code)?);
        if !problems.is_empty() {
            return Err(faulty(&problems));
        }
        let alike: Vec<Text> = look_alikes(&file.import).iter().map(LookAlike::text).collect();
        let changes = ProgrammeChanges::of(&self.store.ledger(&round.code)?, &file.import);
        match choices.keep {
            Keep::Record => {
                self.store
                    .import_programme(&round.code, &file_name, &file.import, caller.user, at)?;
            }
            Keep::Nothing => self.refuse_other_round(&round.code, &file.import)?,
        }
        let mut report = report(round, file, changes, choices.keep);
        report.notes.extend(alike);
        Ok(report)
    }

    /// Refuses what the store would refuse: a number that belongs to another round.
    fn refuse_other_round(&self, round: &RoundCode, import: &ProgrammeImport) -> Result<(), ServiceError> {
        let named = import.numbers();
        for other in self.rounds.iter().filter(|other| other.code != *round) {
            let known = self.store.subprojects(&other.code)?;
            if let Some(found) = known.iter().find(|known| named.contains(&known.no)) {
                let conflict = Conflict::OtherRound {
                    subproject: found.no.to_string(),
                };
                return Err(StoreError::Conflict(conflict).into());
            }
        }
        Ok(())
    }
}

impl Service {
    /// What the record holds of a round.
    fn recorded(&self, round: &RoundCode) -> Result<Recorded, ServiceError> {
        let networks = self.store.networks(round)?.into_iter();
        let subprojects = self.store.subprojects(round)?.into_iter();
        Ok(Recorded {
            networks: networks.map(|network| network.code).collect(),
            subprojects: subprojects.map(|subproject| subproject.no).collect(),
        })
    }
}

fn report(
    round: &FundingRound,
    file: ProgrammeFile,
    changes: ProgrammeChanges,
    keep: Keep,
) -> ProgrammeReport {
    ProgrammeReport {
        round: round.code.clone(),
        keep,
        total: file.total(),
        by_category: by_category(round, &file.import),
        taken: file.rows_taken,
        not_taken: file.rows_not_taken,
        notes: file.notes,
        changes,
    }
}

/// What each category of region gets by the first plan of each subproject.
fn by_category(round: &FundingRound, import: &ProgrammeImport) -> BTreeMap<RegionCategory, (usize, Money)> {
    let plans = import.first_plans();
    let mut sums: BTreeMap<RegionCategory, (usize, Money)> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (subproject, _) in &import.subprojects {
        let Some(plan) = plans.get(&subproject.no).filter(|_| seen.insert(&subproject.no)) else {
            continue;
        };
        for (category, part) in subproject.regions.divide(plan.awarded(round)) {
            let (count, sum) = sums.entry(category).or_default();
            *count += 1;
            *sum += part;
        }
    }
    sums
}

fn faulty(problems: &[ProgrammeProblem]) -> ServiceError {
    let further =
        u64::try_from(problems.len().saturating_sub(limits::PROBLEMS_NAMED.size())).unwrap_or(u64::MAX);
    let wording = |language: Language, head: &str, rest: &str| {
        let mut lines = vec![head.to_owned()];
        let named = problems.iter().take(limits::PROBLEMS_NAMED.size());
        lines.extend(named.map(|problem| problem.text().get(language).to_owned()));
        if further > 0 {
            lines.push(rest.replace("{}", &language.group(further)));
        }
        lines.join("\n")
    };
    ServiceError::Invalid {
        code: "programme-faulty",
        text: Text::new(
            wording(
                Language::De,
                "Die Datei wurde nicht eingelesen, weil sie Fehler enthält. Bitte berichtigen:",
                "… und {} weitere.",
            ),
            wording(
                Language::En,
                "The file was not imported, because it has faults. Please correct:",
                "… and {} more.",
            ),
        ),
    }
}
