//! Who plays: a few subprojects of the made-up programme, what they spend in each quarter, and what the office records.

use std::collections::BTreeMap;

use nachweis_demo::{
    SEED,
    programme::{self, Instalment},
    scenario::{Settings, play_one},
};
use nachweis_domain::{
    figures::QuarterlyFigures,
    key::{NetworkCode, SubprojectNo},
    programme::ProgrammeImport,
    quarter::Quarter,
    round::FundingRound,
    subproject::SubprojectKind,
};
use nachweis_tests::workbook;

/// The quarters of the year.
pub(crate) const QUARTERS: [&str; 4] = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"];
/// How many subprojects share the network whose coordinator has a say.
const COORDINATED: usize = 3;

type Year = BTreeMap<Quarter, QuarterlyFigures>;

/// The programme of the play.
pub(crate) struct Cast {
    /// The round.
    pub(crate) round: FundingRound,
    /// The subprojects in the order of their parts: the first three are coordinated, one more corrects an earlier quarter
    /// in its vouchers, one more is given a new plan, the last is late.
    pub(crate) numbers: Vec<SubprojectNo>,
    /// The network of the first three.
    pub(crate) network: NetworkCode,
    /// What is known on the first day.
    pub(crate) base: ProgrammeImport,
    /// What the office records later, in the order of days.
    pub(crate) instalments: Vec<Instalment>,
    figures: BTreeMap<SubprojectNo, Year>,
    /// What was first reported for the first quarter, by mistake.
    mistaken: BTreeMap<SubprojectNo, QuarterlyFigures>,
}

impl Cast {
    /// The same cast in every run.
    pub(crate) fn gathered() -> Self {
        let round = workbook::round();
        let mut import = programme::programme(&round);
        let years = years(&round, &import);
        let network = busiest(&import, &years);
        let of_network = |no: &SubprojectNo| regional_network(&import, no).as_ref() == Some(&network);
        let mut numbers: Vec<SubprojectNo> = years
            .keys()
            .filter(|no| of_network(no))
            .take(COORDINATED)
            .cloned()
            .collect();
        let is_free = |no: &SubprojectNo, taken: &[SubprojectNo]| !of_network(no) && !taken.contains(no);
        let corrects = |year: &Year| {
            year.values()
                .any(|figures| figures.vouchers.rows.iter().any(|row| row.corrects.is_some()))
        };
        let corrector = years
            .iter()
            .find(|(no, year)| is_free(no, &numbers) && corrects(year));
        numbers.push(corrector.expect("some correct an earlier quarter").0.clone());
        let noticed = |no: &SubprojectNo| {
            let plans = import.subprojects.iter();
            plans
                .filter(|(subproject, plan)| &subproject.no == no && plan.number > 1)
                .any(|(_, plan)| plan.recorded_at.date_naive().to_string().starts_with("2023"))
        };
        let changed = years.keys().find(|no| is_free(no, &numbers) && noticed(no));
        numbers.push(changed.expect("some plans change in the year").clone());
        let late = years.keys().find(|no| is_free(no, &numbers)).cloned();
        numbers.extend(late);
        let mistaken = numbers
            .iter()
            .filter_map(|no| {
                Some((
                    no.clone(),
                    year_of(&round, &import, no, SEED + 1)?.into_values().next()?,
                ))
            })
            .collect();
        import
            .subprojects
            .retain(|(subproject, _)| numbers.contains(&subproject.no));
        import.disbursements.retain(|(no, _)| numbers.contains(no));
        Self {
            base: programme::base(&import),
            instalments: programme::instalments(&import),
            figures: years,
            mistaken,
            numbers,
            network,
            round,
        }
    }

    /// The right figures of a subproject's quarter.
    pub(crate) fn figures(&self, no: &SubprojectNo, quarter: &str) -> QuarterlyFigures {
        self.figures[no][&quarter.parse().expect("a quarter")].clone()
    }

    /// Figures of the first quarter that no rule can find fault with, but that are not those of the books.
    pub(crate) fn mistaken(&self, no: &SubprojectNo) -> QuarterlyFigures {
        self.mistaken[no].clone()
    }

    /// Whether the coordinator has a say.
    pub(crate) fn is_coordinated(&self, no: &SubprojectNo) -> bool {
        self.numbers.iter().take(COORDINATED).any(|one| one == no)
    }
}

/// The first subprojects that report in all quarters of the year, with their figures.
fn years(round: &FundingRound, import: &ProgrammeImport) -> BTreeMap<SubprojectNo, Year> {
    let numbers = import.numbers();
    numbers
        .into_iter()
        .filter_map(|no| Some((no.clone(), year_of(round, import, no, SEED)?)))
        .collect()
}

fn year_of(round: &FundingRound, import: &ProgrammeImport, no: &SubprojectNo, seed: u64) -> Option<Year> {
    let settings = Settings {
        seed,
        vouchers_least: 4,
        vouchers_most: 8,
        last: "2024-Q1".parse().expect("a quarter"),
    };
    let stories = play_one(round, import, no, &settings);
    let year: Year = stories
        .take_while(|story| story.quarter.year() == 2023)
        .filter_map(|story| Some((story.quarter, story.right_figures()?.clone())))
        .collect();
    (year.len() == QUARTERS.len()).then_some(year)
}

fn regional_network(import: &ProgrammeImport, no: &SubprojectNo) -> Option<NetworkCode> {
    let (subproject, _) = import
        .subprojects
        .iter()
        .find(|(subproject, _)| &subproject.no == no)?;
    (subproject.kind == SubprojectKind::Regional)
        .then(|| subproject.network.clone())
        .flatten()
}

/// The first network with enough subprojects that report all year.
fn busiest(import: &ProgrammeImport, years: &BTreeMap<SubprojectNo, Year>) -> NetworkCode {
    let mut counted: BTreeMap<NetworkCode, usize> = BTreeMap::new();
    for network in years.keys().filter_map(|no| regional_network(import, no)) {
        *counted.entry(network).or_default() += 1;
    }
    let enough = counted.into_iter().find(|(_, count)| *count >= COORDINATED);
    enough.expect("a network with three subprojects").0
}
