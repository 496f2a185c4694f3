//! Workbooks of the made-up programme, with as many vouchers as asked for, sealed with the key given.

use std::{fs, path::PathBuf};

use nachweis_demo::{
    SEED, fill,
    programme::programme,
    scenario::{Settings, play_one},
};
use nachweis_domain::{key::SubprojectNo, round::shipped};
use nachweis_ingest::SealKey;

/// Writes the first workbooks, so many of each subproject named or of all, and gives their number.
///
/// # Panics
/// When the key is none or a file cannot be written.
pub(crate) fn write(folder: &PathBuf, key: &str, vouchers: u32, each: usize, only: &[String]) -> usize {
    let key = seal_key(key);
    let round = shipped()
        .into_iter()
        .find(|round| round.code.as_str() == "2023-2025")
        .expect("the round ships");
    let import = programme(&round);
    let last = *round.period.quarters().last().expect("a quarter of the round");
    let settings = Settings {
        seed: SEED,
        vouchers_least: vouchers,
        vouchers_most: vouchers,
        last,
    };
    fs::create_dir_all(folder).expect("folder");
    let wanted = |no: &&SubprojectNo| only.is_empty() || only.iter().any(|wanted| wanted == no.as_str());
    let mut count = 0;
    for no in import.numbers().into_iter().filter(wanted) {
        let mut written = 0;
        for story in play_one(&round, &import, no, &settings) {
            if written == each {
                break;
            }
            let Some(figures) = story.right_figures() else {
                continue;
            };
            let stamp = fill::stamp(SEED, &story.context, chrono::DateTime::UNIX_EPOCH);
            let bytes = fill::fill(&round, &story.context, &stamp, &key, figures).expect("workbook");
            fs::write(folder.join(format!("{}-{no}.xlsx", story.quarter)), bytes).expect("written");
            written += 1;
        }
        count += written;
    }
    count
}

fn seal_key(hex: &str) -> SealKey {
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimal");
    }
    SealKey::from_bytes(key)
}
