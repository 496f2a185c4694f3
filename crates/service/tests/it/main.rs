//! Stories of the service on both databases, with the real confined reader: this binary runs itself as the reader.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails must stop"
)]
#![expect(clippy::print_stdout, reason = "the harness reports its results")]

mod accounts;
mod as_of;
mod audit;
mod backups;
mod bulk;
mod closed;
mod decisions;
mod dossier;
mod erasing;
mod flips;
mod harness;
mod imports;
mod journal_file;
mod lineage;
mod lineage_as_corrected;
mod passwords;
mod recomputed;
mod refusals;
mod reports;
mod retention;
mod rule_effect;
mod uploads;
mod verify;
mod visibility;
mod vouched;
mod waivers;
mod workbook;
mod world;

use std::process::ExitCode;

use nachweis_ingest::{WORKER_ARGUMENT, worker_main};
use nachweis_store::testing::Backend;

use crate::{harness::Test, world::World};

/// A story: told once on each database.
type Story = (&'static str, fn(&World));

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(WORKER_ARGUMENT) {
        return worker_main();
    }
    let stories = [
        uploads::STORIES,
        refusals::STORIES,
        decisions::STORIES,
        visibility::STORIES,
        waivers::STORIES,
        reports::STORIES,
        rule_effect::STORIES,
        as_of::STORIES,
        lineage::STORIES,
        lineage_as_corrected::STORIES,
        audit::STORIES,
        dossier::STORIES,
        retention::STORIES,
        erasing::STORIES,
        backups::STORIES,
        bulk::STORIES,
        closed::STORIES,
        imports::STORIES,
        accounts::STORIES,
        passwords::STORIES,
        verify::STORIES,
        vouched::STORIES,
        flips::STORIES,
        journal_file::STORIES,
        recomputed::STORIES,
    ];
    harness::run(stories.concat().into_iter().flat_map(on_both).collect())
}

fn on_both((name, story): Story) -> Vec<Test> {
    Backend::ALL
        .into_iter()
        .map(|backend| Test {
            name: format!("{name}::{backend:?}"),
            run: Box::new(move || story(&World::new(backend))),
        })
        .collect()
}
