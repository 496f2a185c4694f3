//! Workbooks as leads fill them, and workbooks as people open them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nachweis_demo::{
    SEED,
    programme::programme,
    scenario::{Settings, play_one},
};
use nachweis_domain::{
    context::ReportingContext,
    figures::QuarterlyFigures,
    key::SubprojectNo,
    language::Language,
    programme::ProgrammeImport,
    quarter::Quarter,
    round::{FundingRound, shipped},
};
use nachweis_ingest::{IssueStamp, Reading, SealKey, issue_filled, read_here};

/// The key that [`crate::program::Desk::command`] gives the program.
pub fn seal_key() -> SealKey {
    SealKey::from_bytes(
        [0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10]
            .repeat(4)
            .try_into()
            .expect("32 bytes"),
    )
}

/// The round of the made-up programme.
pub fn round() -> FundingRound {
    shipped()
        .into_iter()
        .find(|round| round.code.as_str() == "2023-2025")
        .expect("the round ships")
}

/// An issued workbook opened: what it says of itself.
pub fn opened(workbook: &[u8]) -> Reading {
    read_here(&shipped(), workbook).expect("an issued workbook can be read")
}

/// The context of an issued workbook, and the stamp of its issue.
pub fn issued(workbook: &[u8]) -> (ReportingContext, IssueStamp) {
    let envelope = opened(workbook)
        .envelope
        .expect("an issued workbook says whose it is");
    let stamp = IssueStamp {
        id: envelope.issue_id,
        issued_at: envelope.issued_at,
    };
    (envelope.context, stamp)
}

/// Right figures of a subproject's quarter, as the story of the made-up programme tells them.
pub fn right_figures(no: &str, quarter: Quarter) -> (ReportingContext, QuarterlyFigures) {
    let round = round();
    let import = programme(&round);
    let settings = Settings {
        seed: SEED,
        vouchers_least: 10,
        vouchers_most: 25,
        // In the last quarter of a story some workbooks are still missing.
        last: quarter.next(),
    };
    play_one(&round, &import, &SubprojectNo::new(no), &settings)
        .filter(|story| story.quarter == quarter)
        .find_map(|story| Some((story.context.clone(), story.right_figures()?.clone())))
        .expect("the story has right figures for this quarter")
}

/// Right figures for an issued workbook of any round, made up from its plan as if nothing had been handed in before.
///
/// # Panics
/// When the grant of the subproject does not last beyond the workbook's quarter.
pub fn figures_of_issued(round: &FundingRound, context: &ReportingContext) -> QuarterlyFigures {
    let mut subproject = context.subproject.clone();
    // The story begins with the workbook's quarter, so that nothing was handed in before it.
    let grant = &mut subproject.grant_period;
    grant.first = grant.first.max(context.quarter.first_day());
    let import = ProgrammeImport {
        subprojects: vec![(subproject, context.plan.clone())],
        ..ProgrammeImport::default()
    };
    let mut settings = Settings::demonstration(context.quarter.next());
    settings.vouchers_most = settings.vouchers_least;
    play_one(round, &import, &context.subproject.no, &settings)
        .find(|story| story.quarter == context.quarter)
        .and_then(|story| story.right_figures().cloned())
        .expect("the story has right figures for the first quarter")
}

/// The workbook with these figures typed in.
pub fn filled(
    context: &ReportingContext,
    stamp: &IssueStamp,
    key: &SealKey,
    figures: &QuarterlyFigures,
) -> Vec<u8> {
    issue_filled(&round(), context, stamp, Language::De, key, figures).expect("a workbook")
}

/// All texts and numbers of a sheet, row by row, as a second reader sees them.
pub fn sheet(workbook: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).expect("a workbook");
    let mut cells = book.worksheet_cells_reader(name).expect("the sheet");
    let mut rows: Vec<Vec<Data>> = Vec::new();
    while let Some(cell) = cells.next_cell().expect("a cell") {
        let (row, col) = cell.get_position();
        let (row, col) = (
            usize::try_from(row).expect("small"),
            usize::try_from(col).expect("small"),
        );
        rows.resize(rows.len().max(row + 1), Vec::new());
        let line = rows.get_mut(row).expect("just made");
        line.resize(line.len().max(col + 1), Data::Empty);
        *line.get_mut(col).expect("just made") = cell.get_value().clone().into();
    }
    rows
}

/// The names of all sheets.
pub fn sheets(workbook: &[u8]) -> Vec<String> {
    Xlsx::new(Cursor::new(workbook))
        .expect("a workbook")
        .sheet_names()
}
