//! Importing a programme: networks, subprojects, plans and payments from our own format or a published list.
//!
//! All or nothing: a file with faults changes nothing. Every row is accounted for, taken or not taken with its reason.

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    language::{Language, Text},
    money::Money,
    programme::{self, ProgrammeProblem},
};
use nachweis_ingest::{
    limits,
    programme::{ImportOptions, NotTakenRow, ProgrammeFile, TakenRow, recognise},
};
use nachweis_store::ImportCounts;

use crate::{error::ServiceError, file_name, gate, service::Service};

/// What became of a programme file.
#[derive(Clone, Debug)]
pub struct ProgrammeReport {
    /// The round it was imported into.
    pub round: RoundCode,
    /// Rows that were taken.
    pub taken: Vec<TakenRow>,
    /// Rows that were not taken, each with the reason.
    pub not_taken: Vec<NotTakenRow>,
    /// What concerns the whole file: the sheet taken, assumptions, the encoding.
    pub notes: Vec<Text>,
    /// The sum of the amounts of all rows taken.
    pub total: Money,
    /// What changed in the record.
    pub counts: ImportCounts,
}

impl Service {
    /// Imports a programme file (XLSX or CSV) into a round. The same file again changes nothing. `sheet` chooses one of
    /// several lists.
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
        sheet: Option<&str>,
    ) -> Result<ProgrammeReport, ServiceError> {
        gate::programme(caller, Act::ImportProgramme)?;
        let round = self.known_round(round)?;
        let at = self.clock.now();
        let file_name = file_name::kept(file_name);
        let sheets = self.reader.read_table(bytes)?;
        let options = ImportOptions {
            sheet: sheet.map(str::to_owned),
            file_name: Some(file_name.clone()),
            recorded_at: at,
        };
        let file = recognise(round, &sheets, &options)?;
        let problems = programme::check(round, &file.import);
        if !problems.is_empty() {
            return Err(faulty(&problems));
        }
        let counts = self
            .store
            .import_programme(&round.code, &file_name, &file.import, caller.user, at)?;
        Ok(report(&round.code, file, counts))
    }
}

fn report(round: &RoundCode, file: ProgrammeFile, counts: ImportCounts) -> ProgrammeReport {
    ProgrammeReport {
        round: round.clone(),
        total: file.total(),
        taken: file.rows_taken,
        not_taken: file.rows_not_taken,
        notes: file.notes,
        counts,
    }
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
