//! The HTTP edge on a real port, with a real database and the real confined reader: this binary starts itself for it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests; without the usual harness they are not recognised as such"
)]

use std::process::ExitCode;

mod access;
mod bounds;
mod bulk;
mod client;
mod closed_quarters;
mod documents;
mod fields;
mod forged;
mod forms;
mod four_eyes;
mod generated;
#[path = "../../../service/tests/it/harness.rs"]
mod harness;
mod headers;
mod idempotency;
mod instances;
mod issuer_stage;
mod issuers;
mod people;
mod probe;
mod problems;
mod provider;
mod quota;
mod reads;
mod reports;
mod retention;
mod serving;
mod situations;
mod slow;
mod stage;
mod story;
mod tokens;
mod trial_issuer;
mod world;

use harness::Test;
use nachweis_store::testing::Backend;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(nachweis_ingest::WORKER_ARGUMENT) {
        return nachweis_ingest::worker_main();
    }
    harness::run(all())
}

fn all() -> Vec<Test> {
    let mut tests = Vec::new();
    for (name, run) in [
        access::TESTS,
        closed_quarters::TESTS,
        documents::TESTS,
        fields::TESTS,
        forged::TESTS,
        forms::TESTS,
        headers::TESTS,
        issuers::ALONE,
        problems::TESTS,
        reports::TESTS,
        retention::TESTS,
        serving::TESTS,
        situations::TESTS,
        slow::TESTS,
        tokens::TESTS,
    ]
    .concat()
    {
        tests.push(Test {
            name: name.to_owned(),
            run: Box::new(run),
        });
    }
    for backend in Backend::ALL {
        for (name, run) in [
            story::TESTS,
            instances::TESTS,
            idempotency::TESTS,
            bounds::TESTS,
            bulk::TESTS,
            four_eyes::TESTS,
            issuers::TESTS,
            provider::TESTS,
            generated::TESTS,
            quota::TESTS,
            reads::TESTS,
        ]
        .concat()
        {
            tests.push(Test {
                name: format!("{name} ({backend:?})"),
                run: Box::new(move || run(backend)),
            });
        }
    }
    tests
}

/// Names of tests beside their functions: `tests![a_token_is_refused]`.
macro_rules! tests {
    ($($name:ident),* $(,)?) => { &[$((stringify!($name), $name)),*] };
}
pub(crate) use tests;
