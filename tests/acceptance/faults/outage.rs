//! A PostgreSQL server that is away for a while or restarted beneath a running service: every answer is good or says 503 with
//! when to ask again, the service works again within seconds, and nothing that was uploaded is doubled or lost.

use std::{
    collections::BTreeSet,
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use nachweis_store::testing::Backend;
use nachweis_tests::{
    often,
    service::{Answer, Person, Service},
};

use super::{
    place::{Place, QUARTER, Who},
    proxy::Proxy,
};

/// The longest answer: a request waits 10 s for a connection, and up to 5 s more where one is being made.
const LONGEST: Duration = Duration::from_secs(15);
/// Within this time after the server is back the service must work (robustness goal 30).
const BACK: Duration = Duration::from_secs(5);
const REPORT: &str = "/reports/burn?round=2023-2025&format=json";

/// What people were answered while the server came and went.
#[derive(Debug, Default)]
struct Told {
    good: usize,
    unavailable: usize,
}

impl Told {
    /// Good, or a problem that says when to ask again; anything else is a defect.
    fn take(&mut self, what: &str, begun: Instant, answer: &Answer) -> bool {
        let took = begun.elapsed();
        assert!(took < LONGEST, "{what} took {took:?}: {}", answer.text());
        if (200..300).contains(&answer.status) {
            self.good += 1;
            return true;
        }
        assert_eq!(answer.status, 503, "{what}: {}", answer.text());
        answer.demand_security_headers(what);
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{what}"
        );
        let wait = answer.header("retry-after").map(str::parse::<u64>);
        assert!(matches!(wait, Some(Ok(1..=60))), "{what}: {wait:?}");
        assert_eq!(answer.json()["code"], "busy", "{what}: {}", answer.text());
        self.unavailable += 1;
        false
    }
}

/// Uploads each workbook, again and again until it is taken.
fn upload_all(place: &Place, lead: &Person<'_>, workbooks: &[Vec<u8>]) -> Told {
    let mut told = Told::default();
    for workbook in workbooks {
        loop {
            let begun = Instant::now();
            let answer = lead.upload(&place.no, QUARTER, workbook);
            if told.take("an upload", begun, &answer) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        thread::sleep(often(Duration::from_millis(50), Duration::from_millis(800)));
    }
    told
}

/// Asks for a report until the end.
fn read_on(manager: &Person<'_>, ended: &AtomicBool) -> Told {
    let mut told = Told::default();
    while !ended.load(Ordering::Relaxed) {
        let begun = Instant::now();
        told.take("a report", begun, &manager.get(REPORT));
        thread::sleep(Duration::from_millis(50));
    }
    told
}

/// How long after now a report and an upload are given again.
fn until_it_works(place: &Place, service: &Service, workbook: &[u8]) -> Duration {
    let back = Instant::now();
    let (lead, manager) = (
        place.person(service, Who::Lead),
        place.person(service, Who::Manager),
    );
    let mut told = Told::default();
    while !told.take("a report afterwards", Instant::now(), &manager.get(REPORT)) {}
    while !told.take(
        "an upload afterwards",
        Instant::now(),
        &lead.upload(&place.no, QUARTER, workbook),
    ) {}
    back.elapsed()
}

#[expect(clippy::print_stdout, reason = "how long it took is worth knowing")]
/// People work while something happens to the server, and afterwards everything is there once.
fn lived_through(place: &Place, url: &str, outage: impl FnOnce()) -> Told {
    let mut command = place.desk.command();
    command
        .env("NACHWEIS_DATABASE_URL", url)
        .env("NACHWEIS_UPLOADS_PER_HOUR", "100000");
    let service = Service::by(command);
    let lead = place.person(&service, Who::Lead);
    let mut workbooks: Vec<Vec<u8>> = (1..=often(8, 50))
        .map(|number| place.workbook(&lead, number))
        .collect();
    let last = workbooks.pop().expect("the last");
    let ended = AtomicBool::new(false);
    let told = thread::scope(|scope| {
        let uploads = scope.spawn(|| upload_all(place, &lead, &workbooks));
        let readers = [Who::Manager, Who::SecondManager].map(|who| {
            let (service, ended) = (&service, &ended);
            scope.spawn(move || read_on(&place.person(service, who), ended))
        });
        thread::sleep(Duration::from_millis(300));
        outage();
        let back = until_it_works(place, &service, &last);
        let uploads = uploads.join().expect("done");
        ended.store(true, Ordering::Relaxed);
        let readers = readers.map(|reader| reader.join().expect("done"));
        println!("works again after {back:?}; uploads {uploads:?}, reports {readers:?}");
        assert!(back < BACK, "{back:?}");
        readers.into_iter().fold(uploads, |all, one| Told {
            good: all.good + one.good,
            unavailable: all.unavailable + one.unavailable,
        })
    });
    let uploads = place.uploads(&lead);
    let revisions: BTreeSet<u64> = uploads
        .iter()
        .filter_map(|upload| upload["revision"].as_u64())
        .collect();
    let files: BTreeSet<&str> = uploads
        .iter()
        .filter_map(|upload| upload["sha256"].as_str())
        .collect();
    let count = workbooks.len() + 1;
    assert_eq!(
        (uploads.len(), revisions.len(), files.len()),
        (count, count, count),
        "each workbook is there once"
    );
    drop(service);
    place.verify();
    told
}

#[test]
fn a_server_that_is_away_for_a_while_is_told_with_503_and_nothing_is_doubled_or_lost() {
    let place = Place::new(Backend::Postgres);
    let (mut proxy, url) = Proxy::before(&place.url);
    let told = lived_through(&place, &url, || {
        // Away for a moment, which requests wait out, then for longer than they wait.
        for seconds in [often(2, 2), often(0, 30)] {
            proxy.cut();
            thread::sleep(Duration::from_secs(seconds));
            proxy.mend();
        }
    });
    assert!(told.unavailable > 0, "somebody met the outage: {told:?}");
}

/// A server of this test alone, which can be restarted.
struct OwnServer {
    folder: String,
    url: String,
}

impl OwnServer {
    fn script(arguments: &[&str]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgres");
        let output = Command::new(script)
            .args(arguments)
            .output()
            .expect("the script starts");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    fn started() -> Self {
        let said = Self::script(&["start"]);
        let value = |name: &str| {
            let line = said.lines().find_map(|line| line.split_once(name));
            line.expect("it was said").1.trim().to_owned()
        };
        Self {
            folder: value("NACHWEIS_TEST_POSTGRES_DIR="),
            // A server for tests forgets in a crash what it said was kept, unless it is told not to.
            url: value("NACHWEIS_TEST_POSTGRES_URL=") + "?options=-csynchronous_commit%3Don",
        }
    }

    /// Restarts it: `fast` ends its connections in order, `immediate` is a crash.
    fn restart(&self, mode: &str) {
        Self::script(&["restart", &self.folder, mode]);
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        Self::script(&["stop", &self.folder]);
    }
}

#[test]
fn a_server_that_is_restarted_or_crashes_is_told_with_503_and_nothing_is_doubled_or_lost() {
    let server = OwnServer::started();
    let place = Place::at(&server.url);
    let modes: &[&str] = often(&["fast"], &["fast", "immediate", "fast", "immediate"]);
    let told = lived_through(&place, &server.url, || {
        for mode in modes {
            server.restart(mode);
            thread::sleep(often(Duration::ZERO, Duration::from_secs(4)));
        }
    });
    assert!(told.good > 0, "{told:?}");
}
