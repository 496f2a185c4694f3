//! Published lists of operations, read where they lie beside the repository; nothing of them is kept here. Made-up
//! lists with the same traits stand in `made_up_lists`, so that nothing depends on these files.

use std::{collections::BTreeMap, fs, path::PathBuf};

use nachweis_domain::{language::Language, money::Money, region::RegionCategory};
use nachweis_ingest::programme::{ImportOptions, ProgrammeFile, Reason};

fn list(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("NACHWEIS_OPERATIONS_LISTS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/operations-lists"),
        PathBuf::from,
    );
    fs::read(folder.join(name)).ok()
}

fn import(name: &str) -> Option<ProgrammeFile> {
    let options = ImportOptions {
        file_name: Some(name.into()),
        ..ImportOptions::default()
    };
    Some(super::import(&list(name)?, &options).unwrap_or_else(|error| panic!("{}", error.text(Language::De))))
}

fn by_category(file: &ProgrammeFile) -> BTreeMap<RegionCategory, usize> {
    let mut counts = BTreeMap::new();
    for (subproject, _) in &file.import.subprojects {
        *counts.entry(subproject.regions.shares()[0].0).or_default() += 1;
    }
    counts
}

fn doubtful(file: &ProgrammeFile) -> Vec<(u32, Reason)> {
    let rows = file.rows_not_taken.iter().filter(|row| row.reason.is_doubtful());
    rows.map(|row| (row.row, row.reason.clone())).collect()
}

#[test]
fn the_list_of_niedersachsen_gives_its_published_total_by_category() {
    let Some(file) = import("niedersachsen-esf-2014-2020.xlsx") else {
        return;
    };
    assert_eq!(
        (file.count(), file.total()),
        (1_758, Money::from_cents(7_038_160_242))
    );
    let expected = [
        (RegionCategory::MoreDeveloped, 1_259),
        (RegionCategory::Transition, 499),
    ];
    assert_eq!(by_category(&file), BTreeMap::from(expected));
    assert_eq!(doubtful(&file), []);
}

#[test]
fn the_two_sheets_of_mecklenburg_vorpommern_are_counted_once() {
    let Some(file) = import("mecklenburg-vorpommern-esf-2014-2020.xlsx") else {
        return;
    };
    assert_eq!(
        (file.count(), file.total()),
        (1_445, Money::from_cents(14_331_514_742))
    );
    assert_eq!(
        by_category(&file),
        BTreeMap::from([(RegionCategory::Transition, 1_445)])
    );
    assert_eq!(doubtful(&file), []);
}

#[test]
fn the_list_of_bremen_without_numbers_and_with_code_tables_gives_its_total() {
    let Some(file) = import("bremen-esf-2014-2020.xlsx") else {
        return;
    };
    assert_eq!(
        (file.count(), file.total()),
        (99, Money::from_cents(3_441_025_507))
    );
    assert_eq!(
        by_category(&file),
        BTreeMap::from([(RegionCategory::MoreDeveloped, 99)])
    );
    assert_eq!(doubtful(&file), []);
}
