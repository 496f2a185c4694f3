//! An embedded database that cannot be written for a while: the disk is full, files may not grow, folder and files may only be
//! read. What would write is told so with 507, reports are given all the while, and it works again by itself.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use nachweis_store::testing::Backend;
use nachweis_tests::{
    program::program,
    service::{Answer, Person, Service},
};
use serde_json::json;

use super::place::{Place, QUARTER, Who};

const REPORT: &str = "/reports/burn?round=2023-2025&format=json";
/// The account that owns nothing.
const NOBODY: u32 = 65_534;
/// Within this time it works again.
const BACK: Duration = Duration::from_secs(5);

/// Nothing can be kept at the moment.
fn told_that_nothing_is_kept(what: &str, answer: &Answer) {
    assert_eq!(answer.status, 507, "{what}: {}", answer.text());
    answer.demand_security_headers(what);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.json()["code"], "storage-full", "{what}: {}", answer.text());
}

/// A record with one accepted revision, its people at a service, and two workbooks that are not uploaded yet.
struct Work<'a> {
    place: &'a Place,
    lead: Person<'a>,
    manager: Person<'a>,
    submitted: String,
    workbooks: [Vec<u8>; 2],
    report: Vec<u8>,
}

impl<'a> Work<'a> {
    fn begun(place: &'a Place, service: &'a Service) -> Self {
        let receipt = place.accepted(service, 1);
        let (lead, manager) = (
            place.person(service, Who::Lead),
            place.person(service, Who::Manager),
        );
        Self {
            submitted: receipt["id"].as_str().expect("an id").to_owned(),
            workbooks: [2, 3].map(|number| place.workbook(&lead, number)),
            report: manager.get(REPORT).body,
            place,
            lead,
            manager,
        }
    }

    fn upload(&self, workbook: usize) -> Answer {
        self.lead
            .upload(&self.place.no, QUARTER, &self.workbooks[workbook])
    }

    /// Nothing can be kept, and reports are given as before.
    fn nothing_is_kept_but_reports_are_given(&self) {
        for _ in 0..3 {
            told_that_nothing_is_kept("an upload", &self.upload(0));
            let template = format!("/subprojects/{}/quarters/{QUARTER}/template.xlsx", self.place.no);
            told_that_nothing_is_kept("a template", &self.lead.get(&template));
            let report = self.manager.get(REPORT);
            assert_eq!(report.status, 200, "{}", report.text());
            assert!(report.body == self.report, "the report is what it was");
            assert_eq!(self.place.uploads(&self.lead).len(), 1);
        }
        // A step that is not possible is refused as ever: reading says so.
        let path = format!("/submissions/{}/accept", self.submitted);
        assert_eq!(self.manager.post(&path, &json!({})).status, 409);
    }

    /// It works again, without a restart.
    fn goes_on(&self) {
        let back = Instant::now();
        loop {
            let answer = self.upload(0);
            if answer.status == 201 {
                break;
            }
            told_that_nothing_is_kept("an upload afterwards", &answer);
            assert!(back.elapsed() < BACK, "{}", answer.text());
        }
        assert_eq!(self.upload(1).status, 201);
        assert_eq!(self.place.uploads(&self.lead).len(), 3);
        assert_eq!(self.manager.get(REPORT).status, 200);
    }
}

/// A copy of the files of a database that nobody writes at the moment is sound.
fn is_sound(place: &Place, folder: &Path) {
    let copy = place.desk.file("copy.db");
    for end in ["", "-wal"] {
        let name = format!("nachweis.db{end}");
        fs::copy(folder.join(name), place.desk.file(&format!("copy.db{end}"))).expect("copied");
    }
    let mut command = place.desk.command();
    let url = format!("sqlite://{}", copy.display());
    let output = command
        .args(["--database-url", &url, "verify", "--lang", "en"])
        .output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("3 hashed, 3 read again"),
        "{said}"
    );
}

/// A command with the settings of a desk.
fn with_settings(place: &Place, program: &str, database: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().current_dir(place.folder());
    for (name, value) in place.desk.command().get_envs() {
        command.env(name, value.expect("a value"));
    }
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env(
        "NACHWEIS_DATABASE_URL",
        format!("sqlite://{}", database.display()),
    );
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").expect("it is there").uid() == 0
}

/// A view of the folders of its own, in which anybody may mount something; gone with its process.
fn of_its_own() -> &'static str {
    if is_root() { "-m" } else { "-Urm" }
}

#[test]
#[expect(clippy::print_stdout, reason = "what is not tried is said")]
fn a_full_disk_is_told_with_507_while_reports_are_given_and_room_is_all_that_is_needed() {
    let permitted = Command::new("unshare")
        .args([of_its_own(), "mount", "-t", "tmpfs", "none", "/mnt"])
        .status();
    if !permitted.is_ok_and(|status| status.success()) {
        println!(
            "No disk can be mounted here: only the test with a limit on files says what happens when one is full."
        );
        return;
    }
    let place = Place::new(Backend::Sqlite);
    let disk = place.folder().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let mut command = with_settings(&place, "unshare", &disk.join("nachweis.db"));
    let on_it = "mount -t tmpfs -o size=64m,mode=0755 none disk && cp nachweis.db disk && exec \"$0\" \"$@\"";
    command.args([of_its_own(), "sh", "-c", on_it]).arg(program());
    let service = Service::by(command);
    let seen = PathBuf::from(format!("/proc/{}/root", service.process()));
    let disk = seen.join(disk.strip_prefix("/").expect("from the root"));
    let work = Work::begun(&place, &service);
    let ballast = disk.join("ballast");
    let filled = fs::write(&ballast, vec![7; 80_000_000]);
    assert_eq!(
        filled.expect_err("it is full").kind(),
        std::io::ErrorKind::StorageFull
    );
    work.nothing_is_kept_but_reports_are_given();
    fs::remove_file(ballast).expect("removed");
    work.goes_on();
    is_sound(&place, &disk);
}

#[test]
fn files_that_may_not_grow_are_told_with_507_while_reports_are_given_and_room_is_all_that_is_needed() {
    let place = Place::new(Backend::Sqlite);
    let database = place.folder().join("nachweis.db");
    let mut command = with_settings(&place, "env", &database);
    command.arg("--ignore-signal=XFSZ").arg(program());
    let service = Service::by(command);
    let process = service.process().to_string();
    let limit = |bytes: &str| {
        let set = Command::new("prlimit")
            .args(["--pid", &process, &format!("--fsize={bytes}:")])
            .status();
        assert!(set.expect("it starts").success());
    };
    let work = Work::begun(&place, &service);
    let written = fs::metadata(place.folder().join("nachweis.db-wal")).expect("it is there");
    limit(&written.len().to_string());
    work.nothing_is_kept_but_reports_are_given();
    limit("unlimited");
    work.goes_on();
    is_sound(&place, place.folder());
}

/// Lets everybody write the files of a folder, or nobody.
fn permit(folder: &Path, writing: bool) {
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permitted");
    };
    for file in fs::read_dir(folder).expect("the folder is there") {
        mode(&file.expect("a file").path(), if writing { 0o666 } else { 0o444 });
    }
    mode(folder, if writing { 0o777 } else { 0o555 });
}

#[test]
fn a_folder_that_may_only_be_read_is_told_with_507_while_reports_are_given_and_rights_are_all_that_is_needed()
{
    let place = Place::new(Backend::Sqlite);
    let folder = place.folder();
    permit(folder, true);
    // It has the files open: what is taken away concerns who opens them later.
    let first = place.serve();
    let work = Work::begun(&place, &first);
    let report = work.report.clone();
    permit(folder, false);
    // Rights do not bind root.
    let own = place.desk.file("nachweis");
    fs::copy(program(), &own).expect("copied");
    let mut command = with_settings(&place, &own.display().to_string(), &folder.join("nachweis.db"));
    if is_root() {
        fs::set_permissions(place.desk.folder(), fs::Permissions::from_mode(0o755)).expect("permitted");
        command.uid(NOBODY).gid(NOBODY);
    }
    let second = Service::by(command);
    let at_second = Work {
        lead: place.person(&second, Who::Lead),
        manager: place.person(&second, Who::Manager),
        report,
        ..work
    };
    at_second.nothing_is_kept_but_reports_are_given();
    permit(folder, true);
    at_second.goes_on();
    drop(second);
    drop(first);
    place.verify();
}
