//! A small test runner: this binary is also the confined reader, so its `main` must be our own.
//!
//! Understands what `cargo test` and nextest say: a filter, `--exact`, `--list`.

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// A test with its name.
pub(crate) struct Test {
    /// The name as printed, a sentence.
    pub(crate) name: String,
    /// Panics when it fails.
    pub(crate) run: Box<dyn Fn() + Send + Sync>,
}

/// Tests that run at the same time.
const THREADS: usize = 2;

/// Runs the tests that the arguments name.
pub(crate) fn run(tests: Vec<Test>) -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    // `--format terse`, as nextest asks for the list, names no test.
    let follows_format =
        |place: usize| place > 0 && arguments.get(place - 1).is_some_and(|flag| flag == "--format");
    let filters: Vec<&String> = arguments
        .iter()
        .enumerate()
        .filter(|(place, argument)| !argument.starts_with('-') && !follows_format(*place))
        .map(|(_, argument)| argument)
        .collect();
    let fits = |name: &str| {
        filters.is_empty()
            || filters.iter().any(|filter| {
                if has("--exact") {
                    name == *filter
                } else {
                    name.contains(*filter)
                }
            })
    };
    let tests: Vec<Test> = tests.into_iter().filter(|test| fits(&test.name)).collect();
    if has("--list") {
        if !has("--ignored") {
            for test in &tests {
                println!("{}: test", test.name);
            }
        }
        return ExitCode::SUCCESS;
    }
    let failed = run_all(&tests);
    println!(
        "\ntest result: {} passed; {} failed",
        tests.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(101)
    }
}

fn run_all(tests: &[Test]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(test) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let passed = catch_unwind(AssertUnwindSafe(|| (test.run)())).is_ok();
                    println!("test {} ... {}", test.name, if passed { "ok" } else { "FAILED" });
                    if !passed {
                        failed.lock().unwrap().push(test.name.clone());
                    }
                }
            });
        }
    });
    failed.into_inner().unwrap()
}
